package handlers

import (
	"fmt"

	"fenghuo/handlers/desk"
	"fenghuo/internal/form"
	"fenghuo/internal/incident"
	"fenghuo/internal/media"
	"fenghuo/internal/notice"
)

// pressInForm registers what a quick report tells of the press. before is how its answers read so far: what
// has not changed is not taken again, and what has corrects the inquiry.
func (t *turn) pressInForm(inc *incident.Incident, s *form.Session, before map[string]string) error {
	f, ok := s.Form().Meaning(form.MeansMedia)
	if !ok {
		return nil
	}
	text := s.Values()[f.Key].Text
	if text == "" || text == before[f.Key] || media.None(text) {
		return nil
	}
	said := media.Read(text, t.local())
	if said.Empty() {
		return nil
	}
	a, err := t.takenFromForm(inc, said)
	if a == nil || err != nil {
		return err
	}
	return t.Home(inc, desk.Told{Purpose: fmt.Sprintf("media-form/%d", inc.Acts), Reason: "媒体来询", Message: t.Voice.InquiryTaken(inc, a.Inquiry, nil, t.Now)})
}

// takenFromForm is the inquiry the form's answer became, nil if it was corrected or is answered already.
func (t *turn) takenFromForm(inc *incident.Incident, said media.Said) (*notice.Asked, error) {
	for _, q := range inc.Inquiries {
		if !q.FromForm {
			continue
		}
		if !q.Open() {
			return nil, nil
		}
		return nil, t.amend(&notice.Asked{Incident: inc, Inquiry: q}, said)
	}
	a, err := t.takeInquiry(inc, said, true)
	return &a, err
}
