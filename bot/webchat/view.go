package webchat

import (
	"cmp"
	"maps"
	"net/http"
	"slices"
	"time"

	"fenghuo/bot"
	"fenghuo/internal/roster"
)

// stateView is everything one person sees.
type stateView struct {
	Me     string         `json:"me"`
	Bot    string         `json:"bot"`
	After  string         `json:"after"` // where live updates go on
	People []personView   `json:"people"`
	Convs  []conversation `json:"convs"`
	Lines  []lineView     `json:"lines"`
	Now    int64          `json:"now"` // wall clock, see wall
	Clock  *clockView     `json:"clock,omitempty"`
}

type personView struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Title string `json:"title,omitempty"`
}

// lineView is a message as one person sees it.
type lineView struct {
	ID        string      `json:"id"`
	Conv      string      `json:"conv"`
	Thread    string      `json:"thread,omitempty"`
	Sender    string      `json:"sender,omitempty"` // empty: the bot
	At        int64       `json:"at"`               // wall clock, see wall
	Text      string      `json:"text,omitempty"`
	Card      *bot.Card   `json:"card,omitempty"`
	Since     int64       `json:"since,omitempty"` // wall clock of the card's Since
	Due       int64       `json:"due,omitempty"`   // and of its Due
	Dead      bool        `json:"dead,omitempty"`
	Mentions  []string    `json:"mentions,omitempty"`
	Urgent    []string    `json:"urgent,omitempty"`
	Files     []bot.File  `json:"files,omitempty"`
	Reactions []reactView `json:"reactions,omitempty"`
	Readers   []string    `json:"readers,omitempty"`
	Unread    bool        `json:"unread,omitempty"`
	ReplyTo   string      `json:"reply_to,omitempty"`
	Key       string      `json:"key,omitempty"`     // for the sender: what their page calls it
	Unheard   string      `json:"unheard,omitempty"` // for the sender: why the bot does not know of it
}

type reactView struct {
	Emoji  string   `json:"emoji"`
	People []string `json:"people"`
}

// state is the whole picture; afterwards the page lives on events.
func (p *page) state(w http.ResponseWriter, r *http.Request) {
	me, ok := p.me(w, r)
	if !ok {
		return
	}
	lines, seq := p.since(me, 0)
	v := stateView{
		Me: me.ID, Bot: p.chat.cfg.Org.Bot, After: p.mark(seq), Convs: p.conversations(me),
		Lines: p.views(me, lines), Now: p.wall(p.chat.cfg.Now()), Clock: p.clock(r.Context()),
	}
	for _, person := range p.chat.cfg.Org.People {
		v.People = append(v.People, personView{ID: person.ID, Name: person.Name, Title: person.Title})
	}
	reply(w, v)
}

// me is who the page's visitor has chosen to be. Without a choice it is the first who is in the first group.
func (p *page) me(w http.ResponseWriter, r *http.Request) (roster.Person, bool) {
	org, id := p.chat.cfg.Org, r.FormValue("me")
	if me, ok := org.Person(id); ok {
		return me, true
	}
	if id == "" && r.Method == http.MethodGet {
		for _, person := range org.People {
			if len(org.Groups) == 0 || member(org.Groups[0], person.ID) {
				return person, true
			}
		}
	}
	sorry(w, http.StatusForbidden, "通讯录里没有这个人，请重新选择“我是…”。")
	return roster.Person{}, false
}

// since is what a person sees that is newer than seq, in order of change, and where to go on.
func (p *page) since(me roster.Person, seq int64) ([]Line, int64) {
	upTo := seq
	lines := p.chat.pick(func(l *Line) bool {
		upTo = max(upTo, l.Seq)
		return l.Seq > seq && p.chat.sees(me.ID, l.Place)
	})
	if seq > 0 {
		slices.SortFunc(lines, func(a, b Line) int { return cmp.Compare(a.Seq, b.Seq) })
	}
	return lines, upTo
}

func (p *page) views(me roster.Person, lines []Line) []lineView {
	out := make([]lineView, len(lines))
	for n := range lines {
		out[n] = p.line(me, &lines[n])
	}
	return out
}

func (p *page) line(me roster.Person, l *Line) lineView {
	v := lineView{
		ID: l.ID, Conv: p.conversationID(me, l.Place), Thread: l.Place.Thread, Sender: l.Sender, At: p.wall(l.At),
		Text: l.Text, Card: l.Card, Dead: l.Dead, Mentions: l.Mentions, Urgent: l.Urgent, Files: l.Files,
		Readers: slices.Sorted(maps.Keys(l.ReadBy)), Unread: l.Unread(me.ID), ReplyTo: l.ReplyTo,
	}
	if l.Card != nil {
		v.Since, v.Due = p.wall(l.Card.Since), p.wall(l.Card.Due)
	}
	for _, emoji := range slices.Sorted(maps.Keys(l.Reactions)) {
		v.Reactions = append(v.Reactions, reactView{Emoji: emoji, People: l.Reactions[emoji]})
	}
	if l.Sender == me.ID {
		v.Key = l.Key
	}
	if !l.Delivered && l.Sender == me.ID {
		v.Unheard = p.unheard(l)
	}
	return v
}

// unheard says to the sender why the bot does not know of a line.
func (p *page) unheard(l *Line) string {
	name := p.chat.cfg.Org.Bot
	if l.Place.Thread != "" && !l.Root {
		return name + "不在这个话题里，@它才听得到"
	}
	return "没有@" + name + "，它听不到这句"
}

// wall is what a clock on the organisation's wall shows, in milliseconds as if it hung at Greenwich: the
// browser's own zone does not matter. 0: no time.
func (p *page) wall(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	_, offset := t.In(p.chat.cfg.Zone).Zone()
	return t.UnixMilli() + int64(offset)*1000
}
