package form

import (
	"strings"
	"time"

	"fenghuo/internal/incident"
	"fenghuo/internal/zh"
)

// Value is an answer as it was understood. Text is how it reads; which other fields are set depends on
// the type of the field.
type Value struct {
	Text      string
	Raw       string // as typed
	Choices   []string
	Meant     []string // Choices as the policy calls them; only in what Said gives
	Links     []string
	At        time.Time // UTC; of Times: when it happened
	Published time.Time
	Unit      string // the unit's id
	Counts    map[string]int64
	Files     []File
	Level     incident.Level
	Unknown   bool   // 不清楚, 没有: an answer without content
	Reason    string // why found late, why no link, why a lower level
	Said      time.Time
}

// File is a picture or file sent as evidence.
type File struct {
	Name    string    `json:"name"`
	Kind    string    `json:"kind"`
	SHA256  string    `json:"sha256"`
	At      time.Time `json:"at"`
	Trouble string    `json:"trouble,omitempty"` // why it could not be taken: too_big, wrong_type
}

// UnitRef is a unit of the organisation.
type UnitRef struct{ ID, Name, Full string }

// Env is what a session asks about the world.
type Env struct {
	Zone    *time.Location
	Units   func(text string) []UnitRef                              // those a text names
	Offer   func(person string) []string                             // units a list offers that person, the nearest first
	Suggest func(said Said) (level incident.Level, reasons []string) // from what is known so far
	Limit   func(level incident.Level) time.Duration                 // of the first report; 0 is never asked for a reason
}

// showTime reads like 今天09:05.
func showTime(t, now time.Time) string { return zh.ShowTime(t, now) }

func joined(list []string) string { return strings.Join(list, "、") }
