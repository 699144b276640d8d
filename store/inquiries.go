package store

import (
	"encoding/json"
	"fmt"
	"time"

	"fenghuo/internal/incident"

	"gorm.io/gorm/clause"
)

// InquiryRow is a question of the press, for its contact's history; of one that belongs to no incident it is
// all there is.
type InquiryRow struct {
	Incident string `gorm:"primaryKey"` // the inquiry's own number when it belongs to none
	Ord      int    `gorm:"primaryKey;autoIncrement:false"`
	Number   string // M-1, M-20260310-001
	Contact  int64
	IsOpen   bool
	At       time.Time `gorm:"serializer:utc"`
	Body     string
}

// TableName is the table of inquiries.
func (InquiryRow) TableName() string { return "media_inquiries" }

// Alone reports one that belongs to no incident.
func (r *InquiryRow) Alone() bool { return r.Incident == r.Number }

// Inquiry is what the row holds.
func (r *InquiryRow) Inquiry() (incident.Inquiry, error) {
	var q incident.Inquiry
	if err := json.Unmarshal([]byte(r.Body), &q); err != nil {
		return q, fmt.Errorf("decode inquiry %s of %s: %w", r.Number, r.Incident, err)
	}
	return q, nil
}

func inquiryRow(of string, ord int, q incident.Inquiry) (InquiryRow, error) {
	body, err := json.Marshal(q)
	if err != nil {
		return InquiryRow{}, fmt.Errorf("encode inquiry %s of %s: %w", q.ID, of, err)
	}
	return InquiryRow{Incident: of, Ord: ord, Number: q.ID, Contact: q.Contact, IsOpen: q.Open(), At: trim(q.At), Body: string(body)}, nil
}

// saveInquiries brings the table in line with inc. None is ever taken away.
func (tx *Tx) saveInquiries(inc *incident.Incident) error {
	var rows []InquiryRow
	for n, q := range inc.Inquiries {
		row, err := inquiryRow(inc.Number, n+1, q)
		if err != nil {
			return err
		}
		rows = append(rows, row)
	}
	if len(rows) == 0 {
		return nil
	}
	return project(tx, "media_inquiries", inc.Number, rows)
}

// NextInquiryNumber is the next number of a day for an inquiry that belongs to no incident: M-20260310-001.
func (tx *Tx) NextInquiryNumber(day time.Time) (string, error) { return tx.number("M", day) }

// SaveInquiry writes an inquiry that belongs to no incident, new or changed.
func (tx *Tx) SaveInquiry(q incident.Inquiry) error {
	row, err := inquiryRow(q.ID, 1, q)
	if err != nil {
		return err
	}
	if err := tx.db.Clauses(clause.OnConflict{UpdateAll: true}).Create(&row).Error; err != nil {
		return fmt.Errorf("save inquiry %s: %w", q.ID, err)
	}
	return nil
}

// Inquiry is the one of that number that belongs to no incident; nobody else changes it before this
// transaction ends.
func (tx *Tx) Inquiry(number string) (incident.Inquiry, error) {
	var row InquiryRow
	if err := take(tx.locked().Where("incident = ? and number = ?", number, number), &row, "inquiry %s", number); err != nil {
		return incident.Inquiry{}, err
	}
	return row.Inquiry()
}

// InquiriesAlone are those that belong to no incident and wait for an answer, oldest first.
func (tx *Tx) InquiriesAlone() ([]incident.Inquiry, error) {
	var rows []InquiryRow
	if err := tx.db.Where("is_open and incident = number").Order("at, number").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list inquiries: %w", err)
	}
	out := make([]incident.Inquiry, 0, len(rows))
	for n := range rows {
		q, err := rows[n].Inquiry()
		if err != nil {
			return nil, err
		}
		out = append(out, q)
	}
	return out, nil
}

// InquiriesOf is what a contact has asked, the newest first.
func (tx *Tx) InquiriesOf(contact int64) ([]InquiryRow, error) {
	var rows []InquiryRow
	if err := tx.db.Where("contact = ?", contact).Order("at desc, incident desc, ord desc").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list inquiries of contact %d: %w", contact, err)
	}
	return rows, nil
}
