package handlers

import (
	"errors"
	"regexp"
	"slices"
	"strings"

	"fenghuo/bot"
	"fenghuo/handlers/desk"
	"fenghuo/internal/incident"
	"fenghuo/internal/notice"
	"fenghuo/store"
)

var (
	leadingInquiry = regexp.MustCompile(`^[Mm]-?(\d{8}-\d{3,}|\d{1,3})(?:\D|$)`)
	anyInquiry     = regexp.MustCompile(`(?:^|[\s,，])[Mm]-?(\d{8}-\d{3,}|\d{1,3})(?:[\s,，。]|$)`)
)

// inquiryID takes the inquiry named out of what came with a command, and the number of an incident after it.
func (t *turn) inquiryID() (id, rest string) {
	rest = strings.TrimSpace(t.match.Rest)
	if strings.HasPrefix(t.match.Number, "M-") {
		id, t.match.Number = t.match.Number, ""
	} else if m := leadingInquiry.FindStringSubmatch(rest); m != nil {
		id = "M-" + m[1]
		rest = strings.TrimLeft(rest[strings.Index(rest, m[1])+len(m[1]):], " ，,。：:")
	} else if m := anyInquiry.FindStringSubmatch(rest); m != nil {
		id, rest = "M-"+m[1], strings.TrimSpace(strings.Replace(rest, strings.Trim(m[0], " ,，。"), "", 1))
	}
	if id != "" && t.match.Number == "" {
		t.match.Number, rest = bot.CutNumber(rest)
	}
	return id, rest
}

// alone reports the number of an inquiry that belongs to no incident: M-20260310-001.
func alone(id string) bool { return len(id) > len("M-999") }

// inquiry is the one a command is about: the one named, else the only open one here, or anywhere, that fits.
// nil: the person was answered.
func (t *turn) inquiry(id, word string, fits func(notice.Asked) bool) (*notice.Asked, error) {
	among, err := t.inquiries(id)
	if err != nil {
		return nil, err
	}
	among = slices.DeleteFunc(among, func(a notice.Asked) bool {
		hidden := a.Incident != nil && a.Incident.Confidential && !t.ev.Place.Direct()
		return hidden || !t.MaySeeInquiry(a, t.person) || (id == "" && (!a.Open() || fits != nil && !fits(a)))
	})
	if open := slices.DeleteFunc(slices.Clone(among), func(a notice.Asked) bool { return !a.Open() }); len(open) > 0 {
		among = open
	}
	switch len(among) {
	case 0:
		return nil, t.reply(t.Voice.NoInquiry(id))
	case 1:
		t.about(among[0])
		return &among[0], nil
	}
	return nil, t.reply(t.Voice.WhichInquiry(word, among))
}

// inquiries are those a number may mean: in the incident named, or else in the one that lives here, or else
// in all that go on; and those that belong to none. An empty id means each of them.
func (t *turn) inquiries(id string) ([]notice.Asked, error) {
	if alone(id) {
		return t.inquiryAlone(id)
	}
	var out []notice.Asked
	incs, err := t.pressIncidents()
	if err != nil {
		return nil, err
	}
	for _, inc := range incs {
		for _, q := range inc.Inquiries {
			if id == "" || q.ID == id {
				out = append(out, notice.Asked{Incident: inc, Inquiry: q})
			}
		}
	}
	if id != "" || t.match.Number != "" || len(incs) == 1 && desk.Place(incs[0].Home).Key() == t.ev.Place.Key() {
		return out, nil
	}
	alone, err := t.Tx.InquiriesAlone()
	for _, q := range alone {
		out = append(out, notice.Asked{Inquiry: q})
	}
	return out, err
}

func (t *turn) pressIncidents() ([]*incident.Incident, error) {
	if t.match.Number != "" {
		inc, err := t.named()
		if inc == nil || err != nil {
			return nil, err
		}
		return []*incident.Incident{inc}, nil
	}
	if here, err := t.incidentHere(); here != nil || err != nil {
		return []*incident.Incident{here}, err
	}
	return t.Tx.OpenIncidents()
}

// inquiryAlone is the one of that number; when it was put into an incident meanwhile, as it is there.
func (t *turn) inquiryAlone(id string) ([]notice.Asked, error) {
	q, err := t.Tx.Inquiry(id)
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	if err != nil || q.Incident == "" {
		return []notice.Asked{{Inquiry: q}}, err
	}
	inc, err := t.Tx.Incident(q.Incident)
	if err != nil {
		return nil, err
	}
	for _, there := range inc.Inquiries {
		if there.Was == id {
			return []notice.Asked{{Incident: inc, Inquiry: there}}, nil
		}
	}
	return nil, nil
}

func orElse(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
