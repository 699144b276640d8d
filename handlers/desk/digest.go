package desk

import (
	"fmt"
	"slices"
	"time"

	"fenghuo/internal/incident"
	"fenghuo/internal/notice"
)

// Digest is what one leader is told of yesterday and of what is open now. Confidential incidents appear
// only to those who may see them; drills only as a number.
func (w *Work) Digest(person string) (notice.Digest, error) {
	return w.DigestOf(person, func(inc *incident.Incident) bool { return w.MaySee(inc, person) })
}

// DigestOf is a digest in which a confidential incident appears only if shown allows it.
func (w *Work) DigestOf(person string, shown func(*incident.Incident) bool) (notice.Digest, error) {
	local := w.Now.In(w.Rules.Calendar.Zone())
	today := time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, local.Location())
	d := notice.Digest{Now: w.Now, Day: today.AddDate(0, 0, -1)}
	if name, day := w.Rules.Calendar.Holiday(local); name != "" {
		d.Holiday = fmt.Sprintf("%s第%d天", name, day)
	}
	open, err := w.Tx.OpenIncidents()
	if err != nil {
		return d, err
	}
	touched, err := w.Tx.IncidentsTouched(d.Day)
	if err != nil {
		return d, err
	}
	d.Drills = len(slices.DeleteFunc(slices.Clone(open), func(inc *incident.Incident) bool { return !inc.Drill }))
	hidden := func(inc *incident.Incident) bool {
		return inc.Drill || (inc.Confidential && !shown(inc))
	}
	d.Open = slices.DeleteFunc(open, hidden)
	slices.SortStableFunc(d.Open, func(a, b *incident.Incident) int { return int(a.Level.Current) - int(b.Level.Current) })
	yesterday := tally{from: d.Day, to: today, digest: &d, onTime: map[string]int{}}
	for _, inc := range slices.DeleteFunc(touched, hidden) {
		yesterday.count(inc)
	}
	d.OnTime = yesterday.tallies()
	d.Decide = w.decisions(d.Open, person)
	d.Press, err = w.Tx.InquiriesAlone()
	return d, err
}

// decisions are what waits for this leader.
func (w *Work) decisions(open []*incident.Incident, person string) []string {
	var out []string
	for _, inc := range open {
		if inc.State == incident.FinalReview && w.Approver(inc) == person {
			out = append(out, w.Voice.DecideFinal(inc))
		}
		if inc.Level.Provisional && slices.Contains([]string{inc.Head, inc.Deputy}, person) {
			out = append(out, w.Voice.DecideLevel(inc))
		}
		if inc.Review != "" && inc.Head == person {
			out = append(out, w.Voice.DecideReview(inc))
		}
		if p := inc.TalkDrafted(); p != nil && slices.Contains(p.Waits(), person) {
			out = append(out, w.Voice.DecideTalk(inc))
		}
		if inc.Extension != nil && w.Judge(inc, inc.Extension.By) == person {
			out = append(out, w.Voice.DecideExtension(inc))
		}
	}
	return out
}

// tally counts what happened in one day.
type tally struct {
	from, to time.Time
	digest   *notice.Digest
	onTime   map[string]int
}

func (y *tally) in(t time.Time) bool { return !t.Before(y.from) && t.Before(y.to) }

func (y *tally) count(inc *incident.Incident) {
	d := y.digest
	if y.in(inc.ReportedAt) && inc.State != incident.Withdrawn {
		d.New++
	}
	if y.in(inc.ClosedAt) {
		d.Closed++
		if inc.State == incident.FalseReport {
			d.Mistaken++
		}
	}
	for n, h := range inc.Level.History {
		if n > 0 && y.in(h.At) && h.Level.Graver(inc.Level.History[n-1].Level) {
			d.Raised++
		}
	}
	for _, r := range inc.Risks {
		if y.in(r.OpenedAt) && r.Status != incident.RiskIsDismissed {
			y.risk(r.Kind)
		}
	}
	y.good("首报", inc.FirstReport.At, inc.FirstReport.Verdict)
	y.good("签收", inc.Ack.At, inc.Ack.Verdict)
	y.good("要素", inc.Elements.At, inc.Elements.Verdict)
	y.good("核实", inc.Verification.FirstAt, inc.Verification.FirstVerdict)
	for _, f := range inc.FollowUps {
		y.good("续报", f.At, f.Verdict)
	}
	y.good("口径", inc.Talk.At, inc.Talk.Verdict)
	y.good("终报", inc.Final.At, inc.Final.Verdict)
}

func (y *tally) risk(kind string) {
	y.digest.Risks++
	switch kind {
	case "缓报":
		y.digest.Slow++
	case "漏报":
		y.digest.Missed++
	case "迟报":
		y.digest.Late++
	}
}

func (y *tally) good(name string, at time.Time, v incident.Verdict) {
	if v == incident.OnTime && y.in(at) {
		y.onTime[name]++
	}
}

func (y *tally) tallies() []notice.Tally {
	var out []notice.Tally
	for _, name := range []string{"首报", "签收", "要素", "核实", "口径", "续报", "终报"} {
		if n := y.onTime[name]; n > 0 {
			out = append(out, notice.Tally{Name: name, N: n})
		}
	}
	return out
}
