package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"fenghuo/bot"
)

// ErrFormActive is a second form for a person in a conversation where one is still being filled.
var ErrFormActive = errors.New("another form is active here")

// FormRow is a form being filled, or one that was.
type FormRow struct {
	ID        int64
	Person    string
	PlaceKey  string
	Place     bot.Place `gorm:"serializer:json"`
	Form      string
	State     json.RawMessage `gorm:"serializer:text"`
	Active    bool            // one per person and conversation
	Incident  string          // what it became
	StartedAt time.Time       `gorm:"serializer:utc"`
	LastAt    time.Time       `gorm:"serializer:utc"` // the person's last word
	UpdatedAt time.Time       `gorm:"serializer:utc;autoUpdateTime:false"`
}

// TableName is the table of forms.
func (FormRow) TableName() string { return "forms" }

// SaveForm writes row; a new one gets its ID.
func (tx *Tx) SaveForm(row *FormRow) error {
	row.PlaceKey, row.UpdatedAt = row.Place.Key(), tx.Now
	if row.StartedAt.IsZero() {
		row.StartedAt = tx.Now
	}
	if row.ID != 0 {
		return tx.updateForm(row)
	}
	res := tx.unlessKnown().Create(row)
	if res.Error != nil {
		return fmt.Errorf("create form: %w", res.Error)
	}
	if res.RowsAffected == 0 {
		row.ID = 0
		return fmt.Errorf("form of %s in %s: %w", row.Person, row.PlaceKey, ErrFormActive)
	}
	return nil
}

func (tx *Tx) updateForm(row *FormRow) error {
	res := tx.db.Select("*").Updates(row)
	if res.Error != nil {
		return fmt.Errorf("save form %d: %w", row.ID, res.Error)
	}
	if res.RowsAffected == 0 {
		return fmt.Errorf("form %d: %w", row.ID, ErrNotFound)
	}
	return nil
}

// Form is the form with that id; nobody else changes it before this transaction ends.
func (tx *Tx) Form(id int64) (*FormRow, error) {
	return tx.oneForm("id = ?", id)
}

// ActiveForm is what person is filling in that conversation.
func (tx *Tx) ActiveForm(person, placeKey string) (*FormRow, error) {
	return tx.oneForm("person = ? and place_key = ? and active", person, placeKey)
}

// FormOf is the form the incident came from, the newest if there were several.
func (tx *Tx) FormOf(incident string) (*FormRow, error) {
	return tx.oneForm("incident = ?", incident)
}

func (tx *Tx) oneForm(where string, args ...any) (*FormRow, error) {
	var row FormRow
	if err := take(tx.locked().Where(where, args...).Order("id desc"), &row, "form"); err != nil {
		return nil, err
	}
	return &row, nil
}

// ActiveForms lists what person is filling anywhere, the one spoken to last first.
func (tx *Tx) ActiveForms(person string) ([]FormRow, error) {
	var rows []FormRow
	if err := tx.db.Where("person = ? and active", person).Order("updated_at desc, id desc").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list forms of %s: %w", person, err)
	}
	return rows, nil
}
