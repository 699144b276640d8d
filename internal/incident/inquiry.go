package incident

import (
	"slices"
	"time"
)

// Inquiry is a question of the press: who asks what, until when an answer is wanted, and who gives it. A
// late answer is nobody's fault by itself; it is only asked for again, of the answerer and then of the head.
type Inquiry struct {
	ID       string    `json:"id"`                // M-1 within its incident, M-20260310-001 when it belongs to none
	Contact  int64     `json:"contact,omitempty"` // who asks, in the directory of contacts; 0: unknown
	Outlet   string    `json:"outlet,omitempty"`
	Person   string    `json:"person,omitempty"`
	Phone    string    `json:"phone,omitempty"` // masked; the directory has the whole
	Question string    `json:"question,omitempty"`
	Due      time.Time `json:"due,omitzero"`
	At       time.Time `json:"at"` // registered
	By       string    `json:"by"`
	FromForm bool      `json:"from_form,omitempty"` // from the form's question about the press

	Answerer string    `json:"answerer"`
	ToldAt   time.Time `json:"told_at,omitzero"` // the answerer last heard of it, or of another deadline
	Step     int       `json:"step,omitempty"`   // how far it has been asked for

	AnsweredAt time.Time `json:"answered_at,omitzero"`
	AnsweredBy string    `json:"answered_by,omitempty"`
	Answer     string    `json:"answer,omitempty"`
	// TalkingPoints is the version of the talking points the answer keeps to, from 1; 0: none was named.
	TalkingPoints int `json:"talking_points,omitempty"`

	Incident string `json:"incident,omitempty"` // of one that belonged to none: where it went
	Was      string `json:"was,omitempty"`      // of one that came into its incident later: its number before
}

// Steps of asking for the answer.
const (
	InquiryBefore = 1 // its answerer, before it is due
	InquiryIsDue  = 2 // its answerer, when it is
	InquiryIsLate = 3 // the head
)

// MediaPolicy is how an answer to the press is asked for. Spans run on the wall clock: the deadline is
// somebody else's, so quiet hours move only what goes to the head.
type MediaPolicy struct {
	Remind time.Duration `yaml:"remind"` // the answerer is reminded so long before it is due; zero: not
	Late   time.Duration `yaml:"late"`   // the head is told so long after it was due
}

// Open reports an inquiry that waits for an answer.
func (q *Inquiry) Open() bool { return q.AnsweredAt.IsZero() && q.Incident == "" }

// IsLate reports an open one the head has been told of.
func (q *Inquiry) IsLate() bool { return q.Open() && q.Step == InquiryIsLate }

// Missing are the labels of what is not known of it.
func (q *Inquiry) Missing() []string {
	var out []string
	for _, part := range []struct {
		label string
		known bool
	}{{"媒体", q.Outlet != ""}, {"姓名", q.Person != ""}, {"电话", q.Phone != ""}, {"问什么", q.Question != ""}, {"几点前答复", !q.Due.IsZero()}} {
		if !part.known {
			out = append(out, part.label)
		}
	}
	return out
}

// Next is what has to be done for it next, and when. Level says which quiet hours hold for the head.
func (q *Inquiry) Next(r Rules, l Level) (step int, at time.Time, ok bool) {
	if !q.Open() || q.Due.IsZero() || q.Step >= InquiryIsLate {
		return 0, time.Time{}, false
	}
	before := q.Due.Add(-r.Policy.Media.Remind)
	switch {
	case q.Step < InquiryBefore && before.Before(q.Due) && before.After(minute(q.ToldAt)):
		return InquiryBefore, before, true
	case q.Step < InquiryIsDue:
		return InquiryIsDue, q.Due, true
	}
	return InquiryIsLate, r.deferred(l, q.Due.Add(r.Policy.Media.Late)).UTC(), true
}

// Apply carries out an act about an inquiry that is registered. Nil: it was possible.
func (q *Inquiry) Apply(a Act) *Refusal {
	if !q.Open() {
		return &Refusal{Code: InquiryClosed, Who: q.AnsweredBy, At: q.AnsweredAt}
	}
	switch a.Kind {
	case InquiryAmended:
		q.amend(a)
	case InquiryPassed:
		if a.Person == q.Answerer {
			return &Refusal{Code: SamePerson, Who: a.Person}
		}
		q.Answerer, q.ToldAt = a.Person, a.At
	case InquiryReminded:
		q.Step = max(q.Step, a.Step)
	case InquiryAnswered:
		q.AnsweredAt, q.AnsweredBy, q.Answer, q.TalkingPoints = a.At, a.By, a.Text, a.Inquiry.TalkingPoints
	case InquiryPlaced:
		q.Incident = a.Inquiry.Incident
	}
	return nil
}

// amend takes what was not known before, or is known better now. Another deadline is asked for anew.
func (q *Inquiry) amend(a Act) {
	for _, part := range []struct{ old, now *string }{{&q.Outlet, &a.Inquiry.Outlet}, {&q.Person, &a.Inquiry.Person},
		{&q.Phone, &a.Inquiry.Phone}, {&q.Question, &a.Inquiry.Question}} {
		if *part.now != "" {
			*part.old = *part.now
		}
	}
	if a.Inquiry.Contact != 0 {
		q.Contact = a.Inquiry.Contact
	}
	if due := a.Inquiry.Due; !due.IsZero() && !due.Equal(q.Due) {
		q.Due, q.ToldAt, q.Step = due, a.At, 0
	}
}

// Inquiry is the one with that id, nil if there is none.
func (i *Incident) Inquiry(id string) *Inquiry {
	n := slices.IndexFunc(i.Inquiries, func(q Inquiry) bool { return q.ID == id })
	if n < 0 {
		return nil
	}
	return &i.Inquiries[n]
}

// OpenInquiries are those that wait for an answer, oldest first.
func (i *Incident) OpenInquiries() []Inquiry {
	var out []Inquiry
	for _, q := range i.Inquiries {
		if q.Open() {
			out = append(out, q)
		}
	}
	return out
}

// takeInquiry registers one. One that belonged to no incident before keeps when it was registered, and how
// far it was asked for.
func (i *Incident) takeInquiry(_ Rules, a Act) error {
	if i.State.Over() {
		return i.refuseWho(Over, "", i.ClosedAt)
	}
	q := *a.Inquiry
	q.ID, q.Was, q.Incident = "M-"+itoa(len(i.Inquiries)+1), q.ID, ""
	if q.At.IsZero() {
		q.At, q.By, q.ToldAt = a.At, a.By, a.At
	}
	i.Inquiries = append(i.Inquiries, q)
	return nil
}

// inquire carries out what happens to one of them, also after the incident is over: the press still waits.
func (i *Incident) inquire(_ Rules, a Act) error {
	q := i.Inquiry(a.Inquiry.ID)
	if q == nil {
		return i.refuse(NoInquiry)
	}
	if e := q.Apply(a); e != nil {
		e.Number = i.Number
		return e
	}
	return nil
}

// inquiryClocks ask for answers, whatever has become of the incident.
func (i *Incident) inquiryClocks(r Rules) []Clock {
	var out []Clock
	for _, q := range i.Inquiries {
		if step, at, ok := q.Next(r, i.Level.Current); ok {
			out = append(out, Clock{Kind: ClockInquiry, About: q.ID, N: step, At: at, Due: q.Due, Person: q.Answerer, Reason: "媒体来询" + q.ID})
		}
	}
	return out
}
