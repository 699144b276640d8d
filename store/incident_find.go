package store

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"fenghuo/internal/incident"

	"gorm.io/gorm"
)

// abbreviations is how many incidents an abbreviated number may stand for in an answer.
const abbreviations = 10

// FindNumbers resolves an abbreviated number, 001 or 20260310-001: those not over first, then the newest.
func (tx *Tx) FindNumbers(suffix string) ([]string, error) {
	suffix = strings.ToUpper(suffix)
	q := tx.db.Model(&IncidentRow{}).Where("suffix = ?", suffix[strings.LastIndex(suffix, "-")+1:])
	if strings.Contains(suffix, "-") {
		q = q.Where("number like ?", "%"+strings.NewReplacer("%", "", "_", "").Replace(suffix))
	}
	var numbers []string
	if err := q.Order("is_over, id desc").Limit(abbreviations).Pluck("number", &numbers).Error; err != nil {
		return nil, fmt.Errorf("find number %s: %w", suffix, err)
	}
	return numbers, nil
}

// Which narrows a yes-or-no column.
type Which int

// Which rows.
const (
	Either Which = iota
	Only
	Without
)

// IncidentFilter chooses incidents; zero fields do not matter.
type IncidentFilter struct {
	From, To     time.Time // reported in [From, To)
	ClosedFrom   time.Time // closed then or later
	State        incident.State
	Level        incident.Level
	Unit         string
	Person       string // reporter, officer or tracker
	Open         Which
	Drill        Which
	Confidential Which
	BeforeID     int64 // to go on where a page ended
	Limit        int
}

// IncidentRows lists incidents as a list shows them, the newest first.
func (tx *Tx) IncidentRows(f IncidentFilter) ([]IncidentRow, error) {
	var rows []IncidentRow
	if err := f.page(tx.db).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list incidents: %w", err)
	}
	return rows, nil
}

// Incidents lists whole incidents, the newest first.
func (tx *Tx) Incidents(f IncidentFilter) ([]*incident.Incident, error) {
	return tx.list("incidents", f.page(tx.db))
}

// IncidentWords is what reports are compared by.
type IncidentWords struct {
	Number  string         `json:"number"`
	State   incident.State `json:"state"`
	Title   string         `json:"title"`
	Summary string         `json:"summary"`
	Nature  string         `json:"nature"`
	Unit    string         `json:"unit"` // its id
	Links   []string       `json:"links"`
	FoundAt time.Time      `json:"found_at"`
}

// IncidentWords lists incidents as they are compared, the newest first.
func (tx *Tx) IncidentWords(f IncidentFilter) ([]IncidentWords, error) {
	var rows []incidentRow
	if err := f.page(tx.db).Select("number", "body").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list words of incidents: %w", err)
	}
	out := make([]IncidentWords, len(rows))
	for n, r := range rows {
		if err := json.Unmarshal([]byte(r.Body), &out[n]); err != nil {
			return nil, fmt.Errorf("decode incident %s: %w", r.Number, err)
		}
	}
	return out, nil
}

// CountIncidents counts them.
func (tx *Tx) CountIncidents(f IncidentFilter) (int64, error) {
	var n int64
	if err := f.where(tx.db.Model(&IncidentRow{})).Count(&n).Error; err != nil {
		return 0, fmt.Errorf("count incidents: %w", err)
	}
	return n, nil
}

// CountByLevel counts them by level.
func (tx *Tx) CountByLevel(f IncidentFilter) (map[incident.Level]int64, error) {
	var rows []struct {
		Level int
		N     int64
	}
	err := f.where(tx.db.Model(&IncidentRow{})).Select("level, count(*) as n").Group("level").Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("count incidents by level: %w", err)
	}
	counts := map[incident.Level]int64{}
	for _, r := range rows {
		counts[incident.Level(r.Level)] = r.N
	}
	return counts, nil
}

func (f IncidentFilter) page(q *gorm.DB) *gorm.DB {
	q = f.where(q).Order("id desc")
	if f.BeforeID > 0 {
		q = q.Where("id < ?", f.BeforeID)
	}
	if f.Limit > 0 {
		q = q.Limit(f.Limit)
	}
	return q
}

func (f IncidentFilter) where(q *gorm.DB) *gorm.DB {
	given := func(is bool, sql string, args ...any) {
		if is {
			q = q.Where(sql, args...)
		}
	}
	given(!f.From.IsZero(), "reported_at >= ?", utc(f.From))
	given(!f.To.IsZero(), "reported_at < ?", utc(f.To))
	given(!f.ClosedFrom.IsZero(), "closed_at >= ?", utc(f.ClosedFrom))
	given(f.State != "", "state = ?", f.State)
	given(f.Level != 0, "level = ?", int(f.Level))
	given(f.Unit != "", "unit = ?", f.Unit)
	given(f.Person != "", "(reporter = ? or officer = ? or tracker = ?)", f.Person, f.Person, f.Person)
	given(f.Open == Only, "not is_over")
	given(f.Open == Without, "is_over")
	given(f.Drill == Only, "drill")
	given(f.Drill == Without, "not drill")
	given(f.Confidential == Only, "confidential")
	given(f.Confidential == Without, "not confidential")
	return q
}
