package wecomtest

import "time"

// Limits of the platform (D/90454, D/90236, D/90248, D/99110, D/101463).
var (
	perMember   = []rate{{30, time.Minute}, {1000, time.Hour}}        // of the app's messages to one member: more is not shown
	perRobot    = []rate{{20, time.Minute}}                           // of a webhook robot
	perChat     = []rate{{30, time.Minute}, {1000, time.Hour}}        // of the AI bot in one chat
	perChatter  = []rate{{200, time.Minute}, {10000, 24 * time.Hour}} // of one app's group messages to one member: more is not shown
	perGroups   = []rate{{20000, time.Minute}, {150000, time.Hour}}   // of all group messages to all members
	perUploader = []rate{{30, time.Minute}, {1000, time.Hour}}        // of the AI bot's uploads
	perLogin    = []rate{{20, time.Minute}}                           // of subscribing: own figure
	perChange   = []rate{{1000, time.Hour}}                           // of changes to groups
	perCreation = []rate{{1000, 24 * time.Hour}}                      // of new groups
)

type rate struct {
	n    int
	span time.Duration
}

// within counts one more of something and reports whether it is within its limits; what is not is not
// counted. The caller holds the lock.
func (p *Platform) within(what string, limits []rate) bool {
	now, longest := p.now(), limits[len(limits)-1].span
	kept := p.recent[what][:0]
	for _, at := range p.recent[what] {
		if now.Sub(at) < longest {
			kept = append(kept, at)
		}
	}
	p.recent[what] = kept
	for _, l := range limits {
		if len(kept) >= l.n && now.Sub(kept[len(kept)-l.n]) < l.span {
			return false
		}
	}
	p.recent[what] = append(kept, now)
	return true
}
