package incident

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Policy is the set of limits an enterprise runs its incidents by. It is data: shipped as YAML
// (default-v1 and the presets of published rules) and edited by every enterprise.
type Policy struct {
	Name   string `yaml:"name"`
	Source string `yaml:"source"` // the instrument the figures come from
	Note   string `yaml:"note"`

	QuietFrom DayTime `yaml:"quiet_from"` // start of the quiet hours, local time
	QuietTo   DayTime `yaml:"quiet_to"`   // their end
	// QuietResume is the time of day due times inside the quiet hours move to.
	QuietResume DayTime `yaml:"quiet_resume"`

	DeliverySlack  time.Duration `yaml:"delivery_slack"`  // a later delivery than this moves the clock it starts
	ReachWithin    time.Duration `yaml:"reach_within"`    // so long a call may try its channels before the next step is climbed unheard
	OutageAfter    time.Duration `yaml:"outage_after"`    // a longer gap between two ticks is an outage
	ProvisionalFor time.Duration `yaml:"provisional_for"` // an unconfirmed upgrade lapses after this
	Appeal         Span          `yaml:"appeal"`          // so long a finding may be appealed
	DebriefRemind  Span          `yaml:"debrief_remind"`  // so long before a debrief is due
	SecondNotice   time.Duration `yaml:"second_notice"`   // an open follow-up risk is raised again after this
	MissedElement  time.Duration `yaml:"missed_element"`  // a required element still empty so long after its deadline is 漏报

	Levels      map[Level]LevelPolicy `yaml:"levels"`
	Suggestions []SuggestRule         `yaml:"suggest"`
	// Material are words that make an addition a material change of the situation.
	Material []string `yaml:"material"`
	// MaterialGrowth makes an addition material when a count grew by at least this factor.
	MaterialGrowth float64 `yaml:"material_growth"`

	Media MediaPolicy `yaml:"media"`
	Alike AlikePolicy `yaml:"alike"`
}

// AlikePolicy is when a new report is asked about because it resembles an open incident; zero: never.
type AlikePolicy struct {
	From   int           `yaml:"from"`   // from this score of 100
	Within time.Duration `yaml:"within"` // found no further apart than this, wall clock
}

// LevelPolicy is one column of the table of limits.
type LevelPolicy struct {
	Time TimeKind `yaml:"time"` // which clock the limits run on

	FirstReport     Span   `yaml:"first_report"`
	FirstReportFrom Anchor `yaml:"first_report_from"` // found (default) or occurred
	Elements        Span   `yaml:"elements"`
	Ack             Span   `yaml:"ack"`
	Ladder          []Step `yaml:"ladder"`
	AtOnce          []Role `yaml:"at_once"` // told privately at registration

	VerifyFirst   Span          `yaml:"verify_first"`
	VerifyFull    Span          `yaml:"verify_full"`
	TalkingPoints Span          `yaml:"talking_points"`       // the first draft; zero: when asked
	TalkingBy     []Role        `yaml:"talking_points_by"`    // who has to agree to them
	TalkingValid  time.Duration `yaml:"talking_points_valid"` // in force so long, then looked at again

	// Chase are the duties of Chaseable that are asked for as follow-ups are: a reminder, a word when due, and
	// after the grace a risk of 缓报. The others have a due time and a verdict.
	Chase []string `yaml:"chase"`

	FollowUp Rhythm `yaml:"follow_up"`
	Material Span   `yaml:"material"` // follow-up on a material change
	Remind   Span   `yaml:"remind"`   // reminder before anything is due
	Grace    Span   `yaml:"grace"`    // after it was due, before it is a risk

	Calm         time.Duration `yaml:"calm"` // no new peak for so long, wall clock
	Final        Span          `yaml:"final"`
	FinalBy      Role          `yaml:"final_by"`       // who approves the final report
	Interim      Span          `yaml:"interim"`        // a page after calm, long before the final report; zero: none
	Debrief      Span          `yaml:"debrief"`        // after the final report was approved; zero: none
	DebriefMust  bool          `yaml:"debrief_must"`   // else it is as people like
	HardStopDays int           `yaml:"hard_stop_days"` // final no later than so many calendar days after calm
	Extension    Span          `yaml:"extension"`      // the longest extension

	Quiet QuietRule `yaml:"quiet"`
}

// Step is one rung of the ladder of reminders for a missing acknowledgment.
type Step struct {
	After  Span   `yaml:"after"` // from the delivered first @
	Tell   []Role `yaml:"tell"`
	Direct bool   `yaml:"direct"` // those told also get a private message
	// Urgent are the roles that also get a push where the platform has one (加急, SMS, phone).
	Urgent []Role `yaml:"urgent"`
	Repeat Span   `yaml:"repeat"` // zero: once
	Digest bool   `yaml:"digest"` // no message of its own: it waits for the next digest
}

// Rhythm is when follow-ups are due.
type Rhythm struct {
	Every    time.Duration `yaml:"every"` // zero: only the fixed hours
	For      time.Duration `yaml:"for"`   // Every holds so long after the anchor, Then after it; zero: always
	Then     time.Duration `yaml:"then"`
	Night    time.Duration `yaml:"night"` // the step outside DayFrom–DayTo; zero: as by day
	DayFrom  DayTime       `yaml:"day_from"`
	DayTo    DayTime       `yaml:"day_to"`
	Fixed    []DayTime     `yaml:"fixed"`    // always due at these hours
	Workdays bool          `yaml:"workdays"` // only on working days
}

// Role is a position a rule speaks of; the roster says who holds it today.
type Role string

// Roles a policy may name. Any other is a function of the enterprise (法务, 质量 …) whose head is meant.
const (
	RoleOfficer    Role = "officer"
	RoleBackup     Role = "backup"
	RoleHead       Role = "head"
	RoleDeputy     Role = "deputy"
	RoleChief      Role = "chief"
	RoleDuty       Role = "duty"
	RoleTracker    Role = "tracker"
	RoleInfo       Role = "info_officer" // the unit's own reporter
	RoleReporter   Role = "reporter"     // who filed it
	RoleUnitHead   Role = "unit_head"
	RoleApprover   Role = "approver"
	RoleDepartment Role = "departments" // heads of the departments in the plan
)

// TimeKind is the clock a level's limits run on.
type TimeKind string

// Wall runs day and night; Work runs 09:00–18:00 on working days.
const (
	Wall TimeKind = "wall"
	Work TimeKind = "work"
)

// Anchor is where the first-report limit counts from.
type Anchor string

// Anchors of the first-report limit.
const (
	FromFound    Anchor = "found"
	FromOccurred Anchor = "occurred"
)

// QuietRule says what the quiet hours do to a level.
type QuietRule string

// QuietIgnored: nothing waits. QuietDefer: the first @, ladder steps 1–2 and one notice of a material
// change go through, other due times move to the end of the quiet hours. QuietAll: everything waits
// for the next working morning.
const (
	QuietIgnored QuietRule = "ignore"
	QuietDefer   QuietRule = "defer"
	QuietAll     QuietRule = "all"
)

// DayTime is a time of day in minutes after midnight, written "09:00".
type DayTime int

// On is that time on the day of t, in t's location.
func (d DayTime) On(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), int(d)/60, int(d)%60, 0, 0, t.Location())
}

// Of is the time of day of t.
func (d DayTime) Of(t time.Time) DayTime { return DayTime(t.Hour()*60 + t.Minute()) }

// MarshalText writes "09:00".
func (d DayTime) MarshalText() ([]byte, error) {
	return fmt.Appendf(nil, "%02d:%02d", int(d)/60, int(d)%60), nil
}

// UnmarshalText reads "09:00".
func (d *DayTime) UnmarshalText(b []byte) error {
	t, err := time.Parse("15:04", string(b))
	if err != nil {
		return fmt.Errorf("time of day %q: write it as 09:00", b)
	}
	*d = DayTime(t.Hour()*60 + t.Minute())
	return nil
}

// Span is a length of time on a level's clock: "15m" and "4h" run on the level's own clock (Wall or
// Work), "4wh" are working hours on any level, "3wd" ends at 18:00 of the third working day after.
type Span struct {
	D        time.Duration
	Workdays int
	Work     bool // D counts working time whatever the level's clock
}

// IsZero reports an unset span.
func (s Span) IsZero() bool { return s == Span{} }

// MarshalText writes what UnmarshalText reads.
func (s Span) MarshalText() ([]byte, error) {
	switch {
	case s.Workdays > 0:
		return fmt.Appendf(nil, "%dwd", s.Workdays), nil
	case s.Work:
		return fmt.Appendf(nil, "%dwh", int(s.D.Hours())), nil
	}
	return []byte(s.D.String()), nil
}

// UnmarshalText reads "15m", "4h", "4wh" or "3wd".
func (s *Span) UnmarshalText(b []byte) error {
	text := string(b)
	if n, ok := strings.CutSuffix(text, "wd"); ok {
		days, err := strconv.Atoi(n)
		if err != nil || days < 1 {
			return fmt.Errorf("span %q: write working days as 3wd", text)
		}
		*s = Span{Workdays: days}
		return nil
	}
	if n, ok := strings.CutSuffix(text, "wh"); ok {
		hours, err := strconv.Atoi(n)
		if err != nil || hours < 1 {
			return fmt.Errorf("span %q: write working hours as 4wh", text)
		}
		*s = Span{D: time.Duration(hours) * time.Hour, Work: true}
		return nil
	}
	d, err := time.ParseDuration(text)
	if err != nil || d < 0 {
		return fmt.Errorf("span %q: write 15m, 4h, 4wh (working hours) or 3wd (working days)", text)
	}
	*s = Span{D: d}
	return nil
}

// SuggestRule is one row of the level suggestion: when all its conditions hold, the level is at least Level.
type SuggestRule struct {
	Level    Level    `yaml:"level"`
	Reason   string   `yaml:"reason"` // said to the reporter: 产品质量＋短视频平台
	Reads    int64    `yaml:"reads"`
	Fans     int64    `yaml:"fans"` // of the account that published it first
	HotRank  int      `yaml:"hot_rank"`
	HotList  string   `yaml:"hot_list"`
	Carriers []string `yaml:"carriers"` // any of: central, provincial, city, account, outlets3
	Growth   float64  `yaml:"growth"`
	Natures  []string `yaml:"natures"`   // any of
	Impacts  []string `yaml:"impacts"`   // any of
	Platform []string `yaml:"platforms"` // any of
	Words    []string `yaml:"words"`     // any of, in title or summary
	Picture  bool     `yaml:"picture"`   // with a picture, or on a platform of video
	Step     int      `yaml:"step"`      // raise by so many steps instead of setting Level
}
