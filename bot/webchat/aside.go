package webchat

import (
	"context"
	"net/http"
	"time"

	"fenghuo/bot"
	"fenghuo/internal/roster"
)

// Registry is what a person may see of the registry. The service decides who sees what.
type Registry interface {
	// At is the entry a conversation is about.
	At(ctx context.Context, place bot.Place, viewer string) (Entry, bool, error)
	// Recent are the latest entries, newest first.
	Recent(ctx context.Context, viewer string) ([]Entry, error)
}

// Entry is one incident as it stands in the registry, in words for people. The page lights up the rows
// whose value changed, and counts down to Due.
type Entry struct {
	Number   string    `json:"number"`          // YQ-20260310-001
	Title    string    `json:"title,omitempty"` //
	Level    string    `json:"level,omitempty"` // I, II, III, IV; empty: not graded
	State    string    `json:"state,omitempty"` // 待签收
	Clock    string    `json:"clock,omitempty"` // 签收 今天09:31
	Due      time.Time `json:"-"`               // when Clock falls due; the page shows the time left
	Rows     []Row     `json:"rows,omitempty"`
	Verdicts []Verdict `json:"verdicts,omitempty"`
	Place    bot.Place `json:"-"`             // where it is talked about; zero: nowhere to go
	URL      string    `json:"url,omitempty"` // of its full page, on this server
}

// Row is a labelled value.
type Row struct {
	Label string `json:"label"`
	Value string `json:"value"`
	Tone  Tone   `json:"tone,omitempty"`
}

// Verdict is what the rules say of one duty: 首报 · 按时 · 用时9分钟.
type Verdict struct {
	Label  string `json:"label"`
	Result string `json:"result"`
	Detail string `json:"detail,omitempty"`
	Tone   Tone   `json:"tone,omitempty"`
}

// Tone is how a value is meant. It colours words that say the same.
type Tone string

// The tones; the zero value is plain.
const (
	Good  Tone = "good"  // in time, done
	Warn  Tone = "warn"  // soon due
	Bad   Tone = "bad"   // overdue, failed
	Quiet Tone = "quiet" // of little weight, or not known yet
)

// asideView is what stands beside the conversation.
type asideView struct {
	Entry  *entryView  `json:"entry,omitempty"`
	Recent []entryView `json:"recent"`
	Clock  *clockView  `json:"clock,omitempty"`
}

type entryView struct {
	Entry
	Due    int64  `json:"due,omitempty"`  // wall clock
	Conv   string `json:"conv,omitempty"` // where it is talked about, if the viewer can go there
	Thread string `json:"thread,omitempty"`
}

// aside answers what the registry has about the open conversation, and what else is there.
func (p *page) aside(w http.ResponseWriter, r *http.Request) {
	me, ok := p.me(w, r)
	if !ok {
		return
	}
	v := asideView{Recent: []entryView{}, Clock: p.clock(r.Context())}
	if p.opts.Registry == nil {
		reply(w, v)
		return
	}
	recent, err := p.opts.Registry.Recent(r.Context(), me.ID)
	if err != nil {
		sorry(w, http.StatusInternalServerError, "登记簿暂时打不开，请稍后再看。")
		return
	}
	for _, e := range recent {
		v.Recent = append(v.Recent, p.entry(me, e))
	}
	if place, ok := p.place(me, r.FormValue("in")); ok {
		place.Thread = r.FormValue("topic")
		e, found, err := p.opts.Registry.At(r.Context(), place, me.ID)
		if err != nil {
			sorry(w, http.StatusInternalServerError, "登记簿暂时打不开，请稍后再看。")
			return
		}
		if found {
			shown := p.entry(me, e)
			v.Entry = &shown
		}
	}
	reply(w, v)
}

func (p *page) entry(me roster.Person, e Entry) entryView {
	v := entryView{Entry: e, Due: p.wall(e.Due)}
	if (e.Place != bot.Place{}) && p.chat.sees(me.ID, e.Place) {
		v.Conv, v.Thread = p.conversationID(me, e.Place), e.Place.Thread
	}
	return v
}
