package bot

import (
	"strings"
	"time"
)

// Message is one thing the bot says. It is complete when it is queued: whoever sends it adds nothing.
type Message struct {
	Text     string   `json:"text"`               // what a person reads; of a card, the card flattened to lines
	Card     *Card    `json:"card,omitempty"`     //
	Mentions []string `json:"mentions,omitempty"` // people to really @, by the organisation's ids
	Urgent   []string `json:"urgent,omitempty"`   // people to also push to, where the platform can
	Push     string   `json:"push,omitempty"`     // the strongest way to push to them; empty: PushApp
	ReplyTo  string   `json:"reply_to,omitempty"` // the message answered
	Updates  string   `json:"updates,omitempty"`  // key of an earlier message whose card this one replaces
	// Withdraws takes the message that Updates names back, instead of replacing its card.
	Withdraws bool `json:"withdraws,omitempty"`
	// Lives marks a card that follows what it is about: it is replaced whenever that changes.
	Lives bool `json:"lives,omitempty"`
	// Opens marks a message whose matter is talked about beneath it, in a thread of its own where the
	// platform has them.
	Opens bool `json:"opens,omitempty"`
	// Makes is the group this is the first message of, made before it is said, or the people who are to join
	// the one it is said in.
	Makes *Group `json:"makes,omitempty"`
}

// Marked is the message with a mark before all that is read of it, and pushed to nobody: of a rehearsal.
func (m Message) Marked(mark string) Message {
	if !strings.HasPrefix(m.Text, mark) {
		m.Text = mark + m.Text
	}
	if m.Card != nil && !strings.HasPrefix(m.Card.Head, mark) {
		c := *m.Card
		c.Head = mark + c.Head
		m.Card = &c
	}
	m.Urgent, m.Push = nil, ""
	return m
}

// The ways to push, the gentlest first. The later two cost the enterprise money.
const (
	PushApp   = "app"
	PushSMS   = "sms"
	PushPhone = "phone"
)

// Card is a message with structure: at most three facts, one clock and three buttons are seen first.
type Card struct {
	Level   int      `json:"level,omitempty"`   // 1–4 colours the head, 0 is neutral
	Head    string   `json:"head"`              // 🟡 黄/三级 YQ-20260310-001
	Title   string   `json:"title,omitempty"`   //
	Lines   []string `json:"lines,omitempty"`   // running text
	Facts   []Fact   `json:"facts,omitempty"`   // label left, value right
	Who     string   `json:"who,omitempty"`     // officer, tracker
	Clock   string   `json:"clock,omitempty"`   // the clock that matters next: 签收截止 09:31
	Overdue bool     `json:"overdue,omitempty"` // Clock has passed
	Images  []File   `json:"images,omitempty"`
	Buttons []Button `json:"buttons,omitempty"`
	Form    *Form    `json:"form,omitempty"`  // to fill in, above the buttons
	Table   *Table   `json:"table,omitempty"` //
	Chart   *Chart   `json:"chart,omitempty"` //
	Foot    string   `json:"foot,omitempty"`  // what text does the same
	Stale   string   `json:"stale,omitempty"` // who did what, when: the card is grey and has no buttons
	// Since is when what it is about was reported, Due when Clock falls due. Where a card can be drawn anew
	// by the minute, they become 12分钟前 and 还有12分钟; elsewhere they are left out.
	Since time.Time `json:"since,omitzero"`
	Due   time.Time `json:"due,omitzero"`
}

// Fact is a labelled value.
type Fact struct {
	Label string `json:"label"`
	Value string `json:"value"`
}

// Button is a shorter way to say something.
type Button struct {
	Label   string `json:"label"`
	Say     string `json:"say"`              // the text it stands for
	Target  string `json:"target,omitempty"` // the incident it is about
	Primary bool   `json:"primary,omitempty"`
}

// Form is a card's fields with the button that sends them. Where a platform has no such thing, it is left
// out: the same can always be said in words.
type Form struct {
	Name   string  `json:"name"` // unique within the card
	Inputs []Input `json:"inputs"`
	Submit Button  `json:"submit"` // pressed, its Action carries the fields by Key; several choices are joined by 、
}

// InputKind is what a field of a card takes.
type InputKind string

// The kinds.
const (
	InputText    InputKind = "text" // Options, where there are some, are what is usual; anything else can be written
	InputArea    InputKind = "area" // several lines
	InputChoice  InputKind = "choice"
	InputChoices InputKind = "choices"
	InputPerson  InputKind = "person" // somebody of the chat; a platform without a list of people takes the name as text
	InputTime    InputKind = "time"   // 2026-03-10 09:05, in the organisation's zone
)

// Input is one field.
type Input struct {
	Key      string    `json:"key"`
	Label    string    `json:"label"`
	Kind     InputKind `json:"kind"`
	Options  []string  `json:"options,omitempty"`
	Value    []string  `json:"value,omitempty"` // what is there already
	Hint     string    `json:"hint,omitempty"`
	Error    string    `json:"error,omitempty"` // why what was there was not taken
	Required bool      `json:"required,omitempty"`
}

// Table is rows under headings.
type Table struct {
	Columns []string   `json:"columns"`
	Rows    [][]string `json:"rows"`
}

// Chart is figures side by side.
type Chart struct {
	Title  string  `json:"title,omitempty"`
	Points []Point `json:"points"`
}

// Point is one figure of a chart.
type Point struct {
	Label string  `json:"label"`
	Value float64 `json:"value"`
}
