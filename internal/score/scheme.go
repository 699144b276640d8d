// Package score is what people and units are credited with and charged for: a fold of the registry by a scheme the
// enterprise chooses. It decides nothing; findings are people's.
package score

import (
	"fenghuo/internal/incident"
)

// Scheme is one way to score, as data.
type Scheme struct {
	Name   string `yaml:"name"`
	Source string `yaml:"source"`

	Report         map[incident.Level]Points `yaml:"report"`          // an accepted first report, by verified level
	Use            map[string]Points         `yaml:"use"`             // or by the best use that was made of it
	Unused         Points                    `yaml:"unused"`          // with use: a report nobody made use of
	Late           int                       `yaml:"late"`            // percent of that for one that came late
	LateGrave      int                       `yaml:"late_grave"`      // and for one that came gravely late
	Evidence       Points                    `yaml:"evidence"`        // link or picture kept, and the elements complete in time
	Pictures       Points                    `yaml:"pictures"`        // a picture, recording or film from the scene
	FirstDiscovery Points                    `yaml:"first_discovery"` // before monitoring, anybody else's report, and the press
	EarlySign      Points                    `yaml:"early_sign"`      // a level IV report of what became graver
	Instruction    map[string]Points         `yaml:"instruction"`     // the highest instruction written on it, by rank
	FollowUp       Series                    `yaml:"follow_up"`       // on time, to who filed it
	Final          Points                    `yaml:"final"`           // on time
	Debrief        Points                    `yaml:"debrief"`         // accepted
	Merged         Points                    `yaml:"merged"`          // a report put into another one, with something new
	MergedWithin   int                       `yaml:"merged_within"`   // minutes after the other one
	Averted        Points                    `yaml:"averted"`         // a finding that a loss was averted
	Faults         map[string]Fault          `yaml:"faults"`
	Element        Points                    `yaml:"element"` // 缓报 of the elements; zero: as any other

	Year Year `yaml:"year"`
}

// Series is something credited each time, up to a sum for an incident; zero most: without end.
type Series struct {
	Each Points `yaml:"each"`
	Most Points `yaml:"most"`
}

// Fault is what a finding costs.
type Fault struct {
	Points   Points                    `yaml:"points"`
	Levels   map[incident.Level]Points `yaml:"levels"`    // instead, by level
	OfReport int                       `yaml:"of_report"` // instead, percent of what the report was credited with
	PerStep  bool                      `yaml:"per_step"`  // Points for each step of the ladder let pass
	Void     bool                      `yaml:"void"`      // the report is credited with nothing
	Veto     bool                      `yaml:"veto"`      // 一票否决
}

// Year is how a unit's year adds up.
type Year struct {
	Average  bool    `yaml:"average"` // the sum over the number of reports that were credited
	Base     Points  `yaml:"base"`
	Workload Points  `yaml:"workload"` // at most, when Expected reports were accepted
	Expected int     `yaml:"expected"` // accepted reports of a unit in a year
	Bonus    Points  `yaml:"bonus"`    // at most; zero: credits do not count
	Floor    Points  `yaml:"floor"`
	Cap      Points  `yaml:"cap"` // zero: none
	Grades   []Grade `yaml:"grades"`
}

// Grade is a word for a total from so many points.
type Grade struct {
	From Points `yaml:"from"`
	Name string `yaml:"name"`
}

// Ranks of an instruction. Those above the chief are outside authorities.
var Ranks = []string{"head", "deputy", "chief", "outside", "city", "province", "nation"}

// Uses of a report, the best first.
var Uses = []string{"专报", "送阅", "约稿", "综合", "备查"}
