package handlers

import (
	"strings"

	"fenghuo/bot"
	"fenghuo/internal/incident"
	"fenghuo/internal/media"
	"fenghuo/internal/notice"
	"fenghuo/internal/zh"
	"fenghuo/store"
)

// pressAsks is 媒体来询: somebody of the press asks something. With the number of an inquiry it tells more of
// that one, or to which incident it belongs.
func pressAsks(t *turn) error {
	if _, ok := t.Org.Person(t.person); !ok {
		return t.reply(t.Voice.NotAllowed("媒体来询"))
	}
	id, text := t.inquiryID()
	if id != "" {
		return t.pressAsksMore(id, text)
	}
	inc, err := t.pressConcerns()
	if inc == nil && t.replies > 0 || err != nil {
		return err
	}
	q := media.Read(text, t.local())
	if q.Empty() {
		return t.reply(t.Voice.AskInquiry(inc))
	}
	a, err := t.takeInquiry(inc, q, false)
	if err != nil {
		return err
	}
	if inc != nil {
		return t.tellHome("media", "媒体来询", t.Voice.InquiryTaken(inc, a.Inquiry, nil, t.Now))
	}
	open, err := t.Tx.OpenIncidents()
	if err != nil {
		return err
	}
	return t.reply(t.Voice.InquiryTaken(nil, a.Inquiry, t.visible(open), t.Now))
}

// pressConcerns is the incident the press asks about: the one named, or the one that lives here; nil when
// there is none that goes on, or the person was answered.
func (t *turn) pressConcerns() (*incident.Incident, error) {
	if t.match.Number == "" {
		inc, err := t.incidentHere()
		if err != nil || inc == nil || inc.State.Over() {
			return nil, err
		}
		return inc, nil
	}
	inc, err := t.named()
	if err != nil || inc == nil {
		if err == nil {
			err = t.reply(t.Voice.NotFound(t.match.Number))
		}
		return nil, err
	}
	if inc.State.Over() {
		t.inc = nil
		return nil, nil
	}
	return inc, nil
}

// takeInquiry registers what the press asks and brings it to who answers.
func (t *turn) takeInquiry(inc *incident.Incident, said media.Said, fromForm bool) (notice.Asked, error) {
	a := notice.Asked{Incident: inc}
	a.Inquiry = masked(said)
	a.Answerer, a.FromForm = t.Answerer(inc), fromForm
	met, err := t.Tx.MeetContact(0, store.ContactRow{Outlet: a.Outlet, Person: a.Person, Phone: said.Phone, Steward: a.Answerer})
	if err != nil {
		return a, err
	}
	a.Contact = met.ID
	q := a.Inquiry
	act := incident.Act{Kind: incident.InquiryMade, Inquiry: &q}
	if inc != nil {
		if err := t.do(inc, act); err != nil {
			return a, err
		}
		a.Inquiry = inc.Inquiries[len(inc.Inquiries)-1]
	} else {
		if q.ID, err = t.Tx.NextInquiryNumber(t.local()); err != nil {
			return a, err
		}
		q.At, q.By, q.ToldAt = t.at, t.person, t.at
		act.By, act.At, a.Inquiry = t.person, t.at, q
		if err := t.KeepInquiry(q, act); err != nil {
			return a, err
		}
	}
	t.about(a)
	return a, t.tellAnswerer(a, "asked")
}

// masked is what the words told as the registry keeps it, personal data masked. The directory of the press has
// the whole number.
func masked(said media.Said) incident.Inquiry {
	return incident.Inquiry{Outlet: limit(zh.Mask(said.Outlet)), Person: limit(zh.Mask(said.Person)), Phone: media.Mask(said.Phone),
		Question: limit(zh.Mask(said.Question)), Due: said.Due.UTC()}
}

// about files what is said from now on under the inquiry's incident or, without one, its own number.
func (t *turn) about(a notice.Asked) {
	t.inc = a.Incident
	if t.inc == nil {
		t.inc = &incident.Incident{Number: a.ID}
	}
}

// tellAnswerer brings an inquiry to who answers, unless they are who speaks.
func (t *turn) tellAnswerer(a notice.Asked, stage string) error {
	if a.Answerer == t.person {
		return nil
	}
	phone, err := t.PhoneOf(a.Contact)
	if err != nil {
		return err
	}
	return t.TellPress(a, a.Answerer, stage+"/"+strings.TrimPrefix(t.Cause, "event/"), t.Voice.InquiryToAnswer(a.Incident, a.Inquiry, phone, t.Now))
}

// pressAsksMore tells more of an inquiry, or puts one that belonged to no incident where it belongs.
func (t *turn) pressAsksMore(id, text string) error {
	number := t.match.Number
	if alone(id) {
		t.match.Number = ""
	}
	a, err := t.inquiry(id, "媒体来询", nil)
	if a == nil || err != nil {
		return err
	}
	if a.Incident == nil && number != "" && text == "" {
		t.match.Number = number
		return t.place(a)
	}
	said := media.Read(text, t.local())
	if said.Empty() {
		return t.reply(t.Voice.AskInquiry(a.Incident))
	}
	if err := t.amend(a, said); err != nil {
		return err
	}
	return t.answerHome(*a, "media", t.Voice.InquiryAmended(a.Incident, a.Inquiry, t.Now))
}

// amend takes what is known better of an inquiry; its answerer hears of it.
func (t *turn) amend(a *notice.Asked, said media.Said) error {
	more := masked(said)
	if a.Open() {
		met, err := t.Tx.MeetContact(a.Contact, store.ContactRow{Outlet: orElse(more.Outlet, a.Outlet), Person: orElse(more.Person, a.Person), Phone: said.Phone, Steward: a.Answerer})
		if err != nil {
			return err
		}
		more.Contact = met.ID
	}
	if err := t.inquire(a, incident.Act{Kind: incident.InquiryAmended, Inquiry: &more}); err != nil {
		return err
	}
	return t.tellAnswerer(*a, "amended")
}

// place puts an inquiry into the incident it is about.
func (t *turn) place(a *notice.Asked) error {
	t.inc = nil
	inc, err := t.pressConcerns()
	if inc == nil || err != nil {
		return err
	}
	before, q := a.ID, a.Inquiry
	if err := t.inquire(a, incident.Act{Kind: incident.InquiryPlaced, Inquiry: &incident.Inquiry{Incident: inc.Number}}); err != nil {
		return err
	}
	if err := t.outdated("已归入"+inc.Number, offersOf(*a)...); err != nil {
		return err
	}
	if err := t.do(inc, incident.Act{Kind: incident.InquiryMade, Inquiry: &q}); err != nil {
		return err
	}
	return t.tellHome("media", "媒体来询", t.Voice.InquiryPlaced(inc, inc.Inquiries[len(inc.Inquiries)-1], before, t.Now))
}

// offersOf are the words of the buttons a card of an inquiry may have.
func offersOf(a notice.Asked) []string {
	if a.Incident == nil {
		return []string{"答复", "转给", "媒体来询 " + a.ID}
	}
	return []string{"答复 " + a.ID, "转给 " + a.ID}
}

// inquire carries out an act of the person who spoke about an inquiry.
func (t *turn) inquire(a *notice.Asked, act incident.Act) error {
	act.By, act.At = t.person, t.at
	t.about(*a)
	return t.Inquire(a, act)
}

// answerHome says something of an inquiry where its incident lives and where it was said; without one, here.
func (t *turn) answerHome(a notice.Asked, purpose string, m bot.Message) error {
	if a.Incident == nil {
		return t.reply(m)
	}
	return t.tellHome(purpose, "媒体来询", m)
}
