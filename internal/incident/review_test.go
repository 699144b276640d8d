package incident_test

import (
	"strings"
	"testing"
	"time"

	"fenghuo/internal/incident"
)

func TestAFirstReportAfterTheCalmIsReviewed(t *testing.T) {
	found := time.Date(2026, 3, 12, 1, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name      string
		published time.Duration // before the report
		occurred  time.Duration
		reviewed  bool
	}{
		{"published a day ago", 24 * time.Hour, 30 * time.Hour, true},
		{"published this morning, happened long ago", 2 * time.Hour, 72 * time.Hour, false},
		{"never published, happened two days ago", 0, 48 * time.Hour, true},
		{"nobody knows when", 0, 0, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			facts := incident.Facts{Title: "滨江店顾客称酸奶杯里有虫", FoundAt: found}
			reported := found.Add(10 * time.Minute)
			if c.published > 0 {
				facts.PublishedAt = reported.Add(-c.published)
			}
			if c.occurred > 0 {
				facts.OccurredAt = reported.Add(-c.occurred)
			}
			inc := &incident.Incident{}
			act := incident.Act{Kind: incident.Registered, At: reported, By: "zhoumin", Report: &incident.Report{Number: "YQ-20260312-001", Suggested: incident.LevelIII, Level: incident.LevelIII, Facts: facts}}
			if err := inc.Apply(rules(t), act); err != nil {
				t.Fatal(err)
			}
			if got := inc.Review != ""; got != c.reviewed || (got && !strings.Contains(inc.Review, "24小时")) {
				t.Errorf("review is %q, want one: %v", inc.Review, c.reviewed)
			}
		})
	}
}
