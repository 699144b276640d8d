package store

import (
	"errors"
	"fmt"
	"time"
)

// ContactRow is somebody of the press. When they last called, and about what, is in their inquiries.
type ContactRow struct {
	ID        int64
	Outlet    string // empty while unknown, like Person and Phone
	Person    string
	Phone     string
	Steward   string    // who keeps up the relation
	CreatedAt time.Time `gorm:"serializer:utc"`
}

// TableName is the table of contacts.
func (ContactRow) TableName() string { return "media_contacts" }

// MeetContact is the contact somebody who called is: known says which it was taken for so far, 0 for none.
// What was not known of them before is written down, and another telephone replaces the one they had. Of
// whom nothing is known there is none, and its id is 0.
func (tx *Tx) MeetContact(known int64, c ContactRow) (ContactRow, error) {
	if c.Outlet == "" && c.Phone == "" {
		return ContactRow{}, nil
	}
	if err := tx.Lock("media_contacts"); err != nil {
		return c, err
	}
	have, err := tx.sameContact(known, c)
	if errors.Is(err, ErrNotFound) {
		c.ID, c.CreatedAt = 0, tx.Now
		if err := tx.db.Create(&c).Error; err != nil {
			return c, fmt.Errorf("write contact: %w", err)
		}
		return c, nil
	}
	if err != nil {
		return c, err
	}
	met := have
	met.Outlet, met.Person = or(have.Outlet, c.Outlet), or(have.Person, c.Person)
	met.Phone, met.Steward = or(c.Phone, have.Phone), or(have.Steward, c.Steward)
	if met == have {
		return have, nil
	}
	return met, tx.SaveContact(met)
}

// sameContact finds who bears the same telephone or, else, the same name at the same outlet; and whom the
// inquiry was taken for, as far as that does not contradict.
func (tx *Tx) sameContact(known int64, c ContactRow) (ContactRow, error) {
	var rows []ContactRow
	q := tx.db.Where("id = ?", known).Or("phone = ? and phone <> ''", c.Phone).Or("outlet = ? and person = ?", c.Outlet, c.Person)
	if err := q.Order("id").Find(&rows).Error; err != nil {
		return c, fmt.Errorf("find contact: %w", err)
	}
	agree := func(a, b string) bool { return a == "" || b == "" || a == b }
	for _, fits := range []func(ContactRow) bool{
		func(r ContactRow) bool { return r.Phone != "" && r.Phone == c.Phone && agree(r.Person, c.Person) },
		func(r ContactRow) bool { return c.Person != "" && r.Outlet == c.Outlet && r.Person == c.Person },
		func(r ContactRow) bool {
			return r.ID == known && agree(r.Outlet, c.Outlet) && agree(r.Person, c.Person)
		},
		func(r ContactRow) bool { return c.Phone == "" && r.Outlet == c.Outlet && r.Person == c.Person },
	} {
		for _, r := range rows {
			if fits(r) {
				return r, nil
			}
		}
	}
	return c, ErrNotFound
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// SaveContact writes a contact back.
func (tx *Tx) SaveContact(c ContactRow) error {
	if err := tx.db.Select("outlet", "person", "phone", "steward").Updates(&c).Error; err != nil {
		return fmt.Errorf("save contact %d: %w", c.ID, err)
	}
	return nil
}

// Contact is the one with that id.
func (tx *Tx) Contact(id int64) (ContactRow, error) {
	var row ContactRow
	err := take(tx.db.Where("id = ?", id), &row, "contact %d", id)
	return row, err
}

// Contacts are all of them, by outlet and name.
func (tx *Tx) Contacts() ([]ContactRow, error) {
	var rows []ContactRow
	if err := tx.db.Order("outlet, person, id").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list contacts: %w", err)
	}
	return rows, nil
}
