package store

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"fenghuo/bot"
	"fenghuo/internal/incident"
)

// IncidentRow is an incident as lists need it: what can be searched by, without the rest.
type IncidentRow struct {
	ID           int64 // grows with time of creation
	Number       string
	Suffix       string // the number's last part: 001
	Title        string
	State        incident.State
	IsOver       bool
	Level        incident.Level `gorm:"type:integer"`
	Drill        bool
	Confidential bool
	Reporter     string
	Officer      string
	Tracker      string
	Unit         string
	HomeKey      string
	HomeChat     string    // platform/chat; empty when at home in a private chat
	RoomKey      string    // of the group made for it; empty: none
	FoundAt      time.Time `gorm:"serializer:utc"`
	ReportedAt   time.Time `gorm:"serializer:utc"`
	ClosedAt     time.Time `gorm:"serializer:utc"`
	TouchedAt    time.Time `gorm:"serializer:utc"` // the last act
}

// TableName is the table of incidents.
func (IncidentRow) TableName() string { return "incidents" }

// incidentRow is the whole incident in JSON, beside its columns.
type incidentRow struct {
	IncidentRow
	Body string
}

func (incidentRow) TableName() string { return "incidents" }

func (tx *Tx) incidentRow(inc *incident.Incident) (incidentRow, error) {
	body, err := json.Marshal(inc)
	if err != nil {
		return incidentRow{}, fmt.Errorf("encode incident %s: %w", inc.Number, err)
	}
	home, room := placeOf(inc.Home), ""
	if inc.Room.Open() {
		room = placeOf(inc.Room.Place).Key()
	}
	return incidentRow{Body: string(body), IncidentRow: IncidentRow{
		Number: inc.Number, Suffix: inc.Number[strings.LastIndex(inc.Number, "-")+1:], Title: inc.Title,
		State: inc.State, IsOver: inc.State.Over(), Level: inc.Level.Current,
		Drill: inc.Drill, Confidential: inc.Confidential,
		Reporter: inc.Reporter, Officer: inc.Officer, Tracker: inc.Tracker, Unit: inc.Unit,
		HomeKey: home.Key(), HomeChat: chatKey(home.Platform, home.Chat), RoomKey: room,
		FoundAt: inc.FoundAt, ReportedAt: inc.ReportedAt, ClosedAt: inc.ClosedAt, TouchedAt: tx.Now,
	}}, nil
}

// chatKey names a group with all its threads.
func chatKey(platform, chat string) string {
	if chat == "" {
		return ""
	}
	return platform + "/" + chat
}

func (r *incidentRow) decode() (*incident.Incident, error) {
	var inc incident.Incident
	if err := json.Unmarshal([]byte(r.Body), &inc); err != nil {
		return nil, fmt.Errorf("decode incident %s: %w", r.Number, err)
	}
	return &inc, nil
}

func decodeAll(rows []incidentRow) ([]*incident.Incident, error) {
	out := make([]*incident.Incident, 0, len(rows))
	for n := range rows {
		inc, err := rows[n].decode()
		if err != nil {
			return nil, err
		}
		out = append(out, inc)
	}
	return out, nil
}

// placeOf is the conversation an incident lives in.
func placeOf(p incident.Place) bot.Place {
	return bot.Place{Platform: p.Platform, Chat: p.Chat, Thread: p.Thread, Person: p.Person}
}
