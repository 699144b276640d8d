package store

import (
	"fmt"
	"time"

	"fenghuo/internal/incident"

	"gorm.io/gorm"
)

// CreateIncident writes a new incident.
func (tx *Tx) CreateIncident(inc *incident.Incident) error {
	row, err := tx.incidentRow(inc)
	if err != nil {
		return err
	}
	if err := tx.db.Create(&row).Error; err != nil {
		return fmt.Errorf("create incident %s: %w", inc.Number, err)
	}
	return tx.saveParts(inc)
}

// SaveIncident writes an incident back as it is now.
func (tx *Tx) SaveIncident(inc *incident.Incident) error {
	row, err := tx.incidentRow(inc)
	if err != nil {
		return err
	}
	res := tx.db.Model(&incidentRow{}).Where("number = ?", inc.Number).Select("*").Omit("id", "number", "suffix").Updates(&row)
	if res.Error != nil {
		return fmt.Errorf("save incident %s: %w", inc.Number, res.Error)
	}
	if res.RowsAffected == 0 {
		return fmt.Errorf("incident %s: %w", inc.Number, ErrNotFound)
	}
	return tx.saveParts(inc)
}

// Incident is the incident with that number; nobody else changes it before this transaction ends.
func (tx *Tx) Incident(number string) (*incident.Incident, error) {
	var row incidentRow
	if err := take(tx.locked().Where("number = ?", number), &row, "incident %s", number); err != nil {
		return nil, err
	}
	return row.decode()
}

// IncidentAt is the incident living in a conversation, or for which it was made: the one that is not over, else the newest. Where
// several live that are not over, the conversation does not tell which is meant: ErrNotFound.
func (tx *Tx) IncidentAt(place incident.Place) (*incident.Incident, error) {
	key := placeOf(place).Key()
	var rows []incidentRow
	if err := tx.locked().Where("home_key = ? or room_key = ?", key, key).Order("is_over, id desc").Limit(2).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("incident at %s: %w", key, err)
	}
	if len(rows) == 0 || (len(rows) == 2 && !rows[1].IsOver) {
		return nil, fmt.Errorf("incident at %s: %w", key, ErrNotFound)
	}
	return rows[0].decode()
}

// OpenIncidents lists all that are not over, the oldest first.
func (tx *Tx) OpenIncidents() ([]*incident.Incident, error) {
	return tx.list("open incidents", tx.db.Where("not is_over").Order("id"))
}

// IncidentsIn lists those living in a group or its threads that are not over, the newest first.
func (tx *Tx) IncidentsIn(platform, chat string) ([]*incident.Incident, error) {
	q := tx.db.Where("home_chat = ? and not is_over", chatKey(platform, chat)).Order("id desc")
	return tx.list("incidents in "+chat, q)
}

// IncidentsTouched lists those to which anything happened since then, the one left alone longest first. In
// the order of their ids SQLite would read the whole table for it.
func (tx *Tx) IncidentsTouched(since time.Time) ([]*incident.Incident, error) {
	return tx.list("touched incidents", tx.db.Where("touched_at >= ?", utc(since)).Order("touched_at, id"))
}

// ReportedBy lists what a person reported, the newest first.
func (tx *Tx) ReportedBy(person string, limit int) ([]*incident.Incident, error) {
	return tx.list("incidents of "+person, tx.db.Where("reporter = ?", person).Order("id desc").Limit(limit))
}

// RecentIncidents lists the newest.
func (tx *Tx) RecentIncidents(limit int) ([]*incident.Incident, error) {
	return tx.list("recent incidents", tx.db.Order("id desc").Limit(limit))
}

func (tx *Tx) list(what string, q *gorm.DB) ([]*incident.Incident, error) {
	var rows []incidentRow
	if err := q.Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list %s: %w", what, err)
	}
	return decodeAll(rows)
}
