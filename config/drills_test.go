package config

import (
	"strings"
	"testing"
)

const goodDrills = `name: d
drills:
  - title: 异物
    note: 练首报
    steps:
      - {at: 0m, level: IV, inject: 有视频, spread: 抖音}
      - {at: 1h30m, level: II, inject: 上热榜}
`

func TestDrillsAreChecked(t *testing.T) {
	book, err := ParseDrills([]byte(goodDrills), "d.yaml")
	if err != nil || len(book.Drills) != 1 || book.Drills[0].Last().Minutes() != 90 {
		t.Fatalf("%+v, %v", book, err)
	}
	for name, c := range map[string]struct{ old, by, want string }{
		"no name":         {"name: d\n", "", "d.yaml:1:1: name: missing; give the scripts a name of their own"},
		"no title":        {"title: 异物", "title: ' '", "d.yaml:3:12: drills[0].title: missing; write what people call it"},
		"not later":       {"1h30m", "0m", "d.yaml:7:14: drills[0].steps[1].at: is not later than the one before; write 0m, 10m, 1h30m"},
		"too late":        {"1h30m", "25h", "d.yaml:7:14: drills[0].steps[1].at: is more than a day after the beginning"},
		"no level":        {"level: II, ", "", "d.yaml:7:9: drills[0].steps[1].level: missing; write I, II, III or IV"},
		"nothing comes":   {"inject: 上热榜", "spread: 微博", "d.yaml:7:9: drills[0].steps[1].inject: missing; write what comes in"},
		"no such key":     {"spread: 抖音", "where: 抖音", "d.yaml:6:42"},
		"no time at all":  {"1h30m", "soon", "d.yaml:7"},
		"nothing to play": {goodDrills[strings.Index(goodDrills, "    steps"):], "", "d.yaml:3:5: drills[0].steps: missing; write what comes in and when"},
	} {
		_, err := ParseDrills([]byte(strings.Replace(goodDrills, c.old, c.by, 1)), "d.yaml")
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %s", name, err, c.want)
		}
	}
}

func TestShippedDrills(t *testing.T) {
	book, err := LoadDrills("drills-v1")
	if err != nil {
		t.Fatal(err)
	}
	if s := book.Drills[0]; len(s.Steps) != 12 || s.Last().Minutes() != 120 {
		t.Errorf("%s: %d pieces of news in %s", s.Title, len(s.Steps), s.Last())
	}
	if _, err := LoadDrills("no-such"); err == nil {
		t.Error("a book nobody ships is loaded")
	}
	if book, err := LoadDrills(""); book != nil || err != nil {
		t.Errorf("%v, %v", book, err)
	}
}
