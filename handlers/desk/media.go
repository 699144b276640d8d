package desk

import (
	"fmt"
	"slices"

	"fenghuo/bot"
	"fenghuo/internal/incident"
	"fenghuo/internal/notice"
	"fenghuo/store"
)

// InquirySubject is how ledger and clocks name a question of the press that belongs to no incident.
func InquirySubject(number string) string { return "media/" + number }

// Inquire carries out an act about a question of the press, whatever it belongs to.
func (w *Work) Inquire(a *notice.Asked, act incident.Act) error {
	if act.Inquiry == nil {
		act.Inquiry = &incident.Inquiry{}
	}
	act.Inquiry.ID = a.ID
	if a.Incident != nil {
		if err := w.Do(a.Incident, act); err != nil {
			return err
		}
		a.Inquiry = *a.Incident.Inquiry(a.ID)
		return nil
	}
	if act.At.IsZero() {
		act.At = w.Now
	}
	act.At = act.At.UTC()
	if refusal := a.Inquiry.Apply(act); refusal != nil {
		refusal.Number = a.ID
		return refusal
	}
	return w.KeepInquiry(a.Inquiry, act)
}

// KeepInquiry writes down what happened to one that belongs to no incident: row, ledger and clock.
func (w *Work) KeepInquiry(q incident.Inquiry, act incident.Act) error {
	if err := w.Note(act.By, string(act.Kind), InquirySubject(q.ID), act); err != nil {
		return err
	}
	if err := w.Tx.SaveInquiry(q); err != nil {
		return err
	}
	return w.RearmInquiry(q)
}

// RearmInquiry sets its clock. The quiet hours of level III hold for it: that is what a call of the press
// suggests by itself.
func (w *Work) RearmInquiry(q incident.Inquiry) error {
	var clocks []store.Clock
	if step, at, ok := q.Next(w.Rules, incident.LevelIII); ok {
		clocks = append(clocks, store.Clock{Kind: string(incident.ClockInquiry), Slot: step, At: at, Due: q.Due, Person: q.Answerer, Reason: "媒体来询" + q.ID})
	}
	return w.Tx.SetClocks(InquirySubject(q.ID), clocks)
}

// AskAnswer asks for the answer: its answerer, and when it is late the head. One whose deadline passed
// before it could be reminded of is due.
func (w *Work) AskAnswer(a *notice.Asked, step int) error {
	if step < incident.InquiryIsDue && !w.Now.Before(a.Due) {
		step = incident.InquiryIsDue
	}
	if err := w.Inquire(a, incident.Act{Kind: incident.InquiryReminded, Step: step}); err != nil {
		return err
	}
	stage := fmt.Sprintf("ask-%d/%d", step, a.Due.Unix())
	if step == incident.InquiryIsLate {
		return w.TellPress(*a, w.pressHead(*a), stage, w.Voice.InquiryLate(a.Incident, a.Inquiry, w.Now))
	}
	phone, err := w.PhoneOf(a.Contact)
	if err != nil {
		return err
	}
	return w.TellPress(*a, a.Answerer, stage, w.Voice.InquiryReminder(a.Incident, a.Inquiry, phone, w.Now))
}

// pressHead is who hears that an answer is late: the head, or, when they answer themselves, the deputy.
func (w *Work) pressHead(a notice.Asked) string {
	head, deputy := "", ""
	if a.Incident != nil {
		head, deputy = a.Incident.Head, a.Incident.Deputy
	} else if as, err := w.Assign("", "", incident.LevelIII, w.Now); err == nil {
		head, deputy = as.Head, as.Deputy
	}
	if head == a.Answerer || head == "" {
		return deputy
	}
	return head
}

// PhoneOf is the whole number of a contact, for private conversations with those who answer.
func (w *Work) PhoneOf(contact int64) (string, error) {
	if contact == 0 {
		return "", nil
	}
	c, err := w.Tx.Contact(contact)
	return c.Phone, err
}

// TellPress tells one person of an inquiry in private, by whatever way works; stage makes it unique.
func (w *Work) TellPress(a notice.Asked, person, stage string, m bot.Message) error {
	subject, number := InquirySubject(a.ID), a.ID
	if a.Incident != nil {
		subject, number = Subject(a.Incident.Number), a.Incident.Number
	}
	places := w.Private(person)
	if person == "" || len(places) == 0 {
		return w.Note("", "unreachable", subject, map[string]string{"person": person, "purpose": "media/" + stage})
	}
	_, err := w.Tx.Post(store.Post{Key: fmt.Sprintf("%s/media/%s/%s/%s", subject, a.ID, stage, person), Place: places[0], To: person, Message: m,
		Incident: number, Reason: "媒体来询", Starts: "media", Fallback: places[1:]})
	return err
}

// Answerer is who answers the press unless somebody else is named: the officer, else who heads 公关, else an
// approver of talking points, else who is on duty.
func (w *Work) Answerer(inc *incident.Incident) string {
	var people []string
	if inc != nil {
		people = append(people, inc.Officer)
	}
	people = append(people, w.Org.Functions["公关"])
	people = append(append(people, w.Org.Holding("approver")...), w.OnLeads()...)
	for _, p := range people {
		if cover, ok := w.Org.Cover(p, w.Now); ok && cover != "" {
			return cover
		}
		if p != "" {
			return p
		}
	}
	return ""
}

// pressPosts work with the press, and see who asked what as far as they may see the incident.
var pressPosts = []string{"info_officer", "officer", "head", "deputy", "chief"}

// MayReadPress reports whether a person may see the directory of the press.
func (d *Desk) MayReadPress(person string) bool {
	return slices.ContainsFunc(pressPosts, func(post string) bool { return d.Org.Has(person, post) })
}

// MaySeeInquiry reports whether a person may see a question of the press.
func (d *Desk) MaySeeInquiry(a notice.Asked, person string) bool {
	if person == a.By || person == a.Answerer {
		return true
	}
	if a.Incident != nil {
		return d.MaySee(a.Incident, person)
	}
	return d.MayReadPress(person) || d.Org.Has(person, "duty") || d.Org.Has(person, "approver")
}

// MayAnswerPress reports whether a person may note the answer to one, or name who answers: its answerer,
// and those who answer for the incident; without one, those who work with the press.
func (d *Desk) MayAnswerPress(a notice.Asked, person string) bool {
	switch {
	case person == "":
		return false
	case person == a.Answerer:
		return true
	case a.Incident == nil:
		return d.MayReadPress(person)
	}
	inc := a.Incident
	return slices.Contains([]string{inc.Officer, inc.Backup, inc.Tracker, inc.Head, inc.Deputy}, person)
}
