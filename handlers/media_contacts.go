package handlers

import (
	"slices"
	"strings"

	"fenghuo/handlers/desk"
	"fenghuo/internal/media"
	"fenghuo/internal/notice"
	"fenghuo/internal/zh"
	"fenghuo/store"
)

// press is 媒体: the directory of the press; 媒体 李某: one of them with what they asked before; 媒体 李某 维护人
// 王蕾: who keeps up the relation. Telephones are whole only where nobody reads along.
func press(t *turn) error {
	if !t.ev.ToBot && !t.ev.Place.Direct() && t.match.Rest != "" {
		return t.talk()
	}
	if !t.MayReadPress(t.person) {
		return t.reply(t.Voice.NotAllowed("媒体", desk.Others(append(t.Org.Holding("info_officer"), t.Org.Holding("head")...), "")...))
	}
	name, steward, names := strings.Cut(zh.Clean(t.match.Rest), "维护人")
	name = strings.Trim(name, " ，,")
	rows, contacts, err := t.contacts(name)
	switch {
	case err != nil:
		return err
	case name == "":
		return t.reply(t.Voice.Contacts(contacts, t.Now))
	case len(contacts) != 1:
		return t.reply(t.Voice.WhichContact(name, contacts))
	case !names:
		return t.reply(t.Voice.ContactCard(contacts[0], t.Now))
	}
	to, _, err := t.personIn(steward, "媒体 "+name+" 维护人 王蕾")
	if to == nil || err != nil {
		return err
	}
	rows[0].Steward, contacts[0].Steward = to.ID, to.ID
	if err := t.Tx.SaveContact(rows[0]); err != nil {
		return err
	}
	if err := t.Note(t.person, "media_steward", "media_contacts", map[string]any{"contact": rows[0].ID, "steward": to.ID}); err != nil {
		return err
	}
	return t.reply(t.Voice.StewardNamed(contacts[0]))
}

// contacts are those whose name or outlet holds some words, heard of last first. Of whom the person may see
// no inquiry, they do not learn either.
func (t *turn) contacts(name string) ([]store.ContactRow, []notice.Contact, error) {
	all, err := t.Tx.Contacts()
	if err != nil {
		return nil, nil, err
	}
	var rows []store.ContactRow
	shown := map[int64]notice.Contact{}
	for _, row := range all {
		if !strings.Contains(zh.Fold(row.Outlet+" "+row.Person+" "+row.Outlet+row.Person), zh.Fold(name)) {
			continue
		}
		asked, err := t.askedBy(row.ID)
		if err != nil {
			return nil, nil, err
		}
		if len(asked) == 0 {
			continue
		}
		c := notice.Contact{Outlet: row.Outlet, Person: row.Person, Phone: media.Mask(row.Phone), Steward: row.Steward, Asked: asked}
		if t.ev.Place.Direct() {
			c.Phone = row.Phone
		}
		rows, shown[row.ID] = append(rows, row), c
	}
	slices.SortStableFunc(rows, func(a, b store.ContactRow) int { return shown[b.ID].Asked[0].At.Compare(shown[a.ID].Asked[0].At) })
	var out []notice.Contact
	for _, row := range rows {
		out = append(out, shown[row.ID])
	}
	return rows, out, nil
}

// askedBy is what a contact asked as far as the person may see it here, the newest first. One that was put
// into an incident is told of there.
func (t *turn) askedBy(contact int64) ([]notice.Asked, error) {
	rows, err := t.Tx.InquiriesOf(contact)
	if err != nil {
		return nil, err
	}
	var out []notice.Asked
	for _, row := range rows {
		q, err := row.Inquiry()
		if err != nil {
			return nil, err
		}
		a := notice.Asked{Inquiry: q}
		if q.Incident != "" {
			continue
		}
		if !row.Alone() {
			if a.Incident, err = t.Tx.Incident(row.Incident); err != nil {
				return nil, err
			}
			if !t.mayShow(a.Incident) {
				continue
			}
		}
		out = append(out, a)
	}
	return out, nil
}
