package config

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fenghuo/internal/calendar"
	"fenghuo/internal/incident"
)

// course is an undisturbed incident: the moments people give, and what the clocks have to make of them.
// All is worked out by hand from the instrument named in the policy file. Times are month, day, minute.
type course struct {
	name     string
	policy   string
	level    incident.Level
	year     string // 2026 when empty
	occurred string
	found    string
	reported string // registered; the first @ is said and delivered when the quiet hours allow
	acked    string
	calm     string
	want     dues
}

// dues are the due times of a course. Slots, remind and grace are about follow-ups: the slots one after
// another, reminder and end of the grace of the first.
type dues struct {
	First, Elements, Ack string
	Ladder               string
	Slots                string
	Remind, Grace        string
	Verify, Full         string
	Final                string
}

// onTuesday is found on an ordinary working day, Tuesday 10 March 2026: found 09:30, registered and @-ed
// 09:32, acknowledged 09:40, calm as early as the level allows. The presets share all but what they fix:
// first report, elements and, where given, the slots.
func onTuesday(policy string, l incident.Level, first, elements string, slots ...string) course {
	want := map[incident.Level]dues{
		incident.LevelI: {Ack: "03-10 09:37", Ladder: "03-10 09:37, 03-10 09:42, 03-10 09:47, 03-10 09:52",
			Slots:  "03-10 10:40, 03-10 11:40, 03-10 12:40, 03-10 13:40, 03-10 14:40, 03-10 15:40, 03-10 17:00, 03-10 17:40",
			Remind: "03-10 10:30", Grace: "03-10 10:45", Verify: "03-10 10:40", Full: "03-10 13:40", Final: "03-19 18:00"},
		incident.LevelII: {Ack: "03-10 09:42", Ladder: "03-10 09:42, 03-10 09:52, 03-10 10:02, 03-10 10:17",
			Slots:  "03-10 11:40, 03-10 13:40, 03-10 15:40, 03-10 17:00, 03-10 19:40, 03-10 21:40",
			Remind: "03-10 11:25", Grace: "03-10 11:50", Verify: "03-10 11:40", Full: "03-10 17:40", Final: "03-19 18:00"},
		incident.LevelIII: {Ack: "03-10 09:47", Ladder: "03-10 09:47, 03-10 10:02, 03-10 10:32",
			Slots:  "03-10 17:00, 03-11 09:00, 03-11 17:00, 03-12 09:00",
			Remind: "03-10 16:30", Grace: "03-10 17:30", Verify: "03-10 13:40", Full: "03-11 09:40", Final: "03-16 18:00"},
		incident.LevelIV: {Ack: "03-10 10:32", Ladder: "03-10 10:32, 03-10 11:32",
			Slots:  "03-10 17:00, 03-11 17:00, 03-12 17:00, 03-13 17:00, 03-16 17:00",
			Remind: "03-10 16:00", Grace: "03-11 12:00", Verify: "03-11 18:00", Full: "03-13 18:00", Final: "03-12 18:00"},
	}[l]
	want.First, want.Elements = "03-10 "+first, "03-10 "+elements
	if len(slots) > 0 {
		want.Slots = strings.Join(slots, ", ")
	}
	calm := "03-11 09:32" // 24 h after the last peak, the report itself
	if l == incident.LevelI || l == incident.LevelII {
		calm = "03-12 09:32"
	}
	return course{name: "Tuesday", policy: policy, level: l, found: "03-10 09:30", reported: "03-10 09:32", acked: "03-10 09:40", calm: calm, want: want}
}

func (c course) occurring(at string) course {
	c.occurred = at
	return c
}

func (c course) remind(at string) course {
	c.want.Remind = at
	return c
}

const (
	red    = incident.LevelI
	orange = incident.LevelII
	yellow = incident.LevelIII
	blue   = incident.LevelIV
)

var courses = []course{
	onTuesday("default-v1", red, "09:45", "10:00"),
	onTuesday("default-v1", orange, "10:00", "10:30"),
	onTuesday("default-v1", yellow, "10:30", "11:30"),
	onTuesday("default-v1", blue, "11:30", "15:30"),
	{name: "at night: steps 1 and 2 go through, all else waits for 09:00", policy: "default-v1", level: yellow,
		found: "03-10 23:00", reported: "03-10 23:05", acked: "03-10 23:10", calm: "03-12 10:00",
		want: dues{First: "03-11 00:00", Elements: "03-11 09:00", Ack: "03-10 23:20", Ladder: "03-10 23:20, 03-10 23:35, 03-11 09:00",
			Slots: "03-11 09:00, 03-11 17:00, 03-12 09:00", Remind: "03-11 08:30", Grace: "03-11 09:30",
			Verify: "03-11 09:00", Full: "03-12 09:00", Final: "03-17 18:00"}},
	{name: "Friday evening, working time", policy: "default-v1", level: blue,
		found: "03-13 17:30", reported: "03-13 17:32", acked: "03-16 09:20", calm: "03-16 10:00",
		want: dues{First: "03-16 10:30", Elements: "03-16 14:30", Ack: "03-16 09:32", Ladder: "03-16 09:32, 03-16 10:32",
			Slots: "03-16 17:00, 03-17 17:00, 03-18 17:00", Remind: "03-16 16:00", Grace: "03-17 12:00",
			Verify: "03-17 18:00", Full: "03-19 18:00", Final: "03-17 18:00"}},
	{name: "Saturday: the first @ waits for Monday", policy: "default-v1", level: blue,
		found: "03-14 10:00", reported: "03-14 10:05", acked: "03-16 09:20", calm: "03-16 10:05",
		want: dues{First: "03-16 11:00", Elements: "03-16 15:00", Ack: "03-16 10:00", Ladder: "03-16 10:00, 03-16 11:00",
			Slots: "03-16 17:00, 03-17 17:00", Remind: "03-16 16:00", Grace: "03-17 12:00",
			Verify: "03-17 18:00", Full: "03-19 18:00", Final: "03-17 18:00"}},
	{name: "eve of 国庆 2025, with the make-up Saturday after it", policy: "default-v1", level: blue, year: "2025",
		found: "09-30 17:00", reported: "09-30 17:05", acked: "10-09 09:02", calm: "10-10 10:00",
		want: dues{First: "10-09 10:00", Elements: "10-09 14:00", Ack: "10-09 09:05", Ladder: "10-09 09:05, 10-09 10:05",
			Slots: "10-09 17:00, 10-10 17:00, 10-11 17:00, 10-13 17:00", Remind: "10-09 16:00", Grace: "10-10 12:00",
			Verify: "10-10 18:00", Full: "10-13 18:00", Final: "10-11 18:00"}},

	// R3: phone 15 min, written 35 min for the two gravest; written 1 h; written 6 h; 08:00 and 17:00 from 较大 up.
	onTuesday("henan-2021", red, "09:45", "10:05"),
	onTuesday("henan-2021", orange, "09:45", "10:05"),
	onTuesday("henan-2021", yellow, "10:30", "10:30", "03-10 17:00", "03-11 08:00", "03-11 17:00", "03-12 08:00"),
	onTuesday("henan-2021", blue, "11:30", "15:30"),
	{name: "at night: nothing waits, reminded at 07:30 of the follow-up before 08:00", policy: "henan-2021", level: yellow,
		found: "03-10 23:00", reported: "03-10 23:05", acked: "03-10 23:10", calm: "03-12 10:00",
		want: dues{First: "03-11 00:00", Elements: "03-11 00:00", Ack: "03-10 23:20", Ladder: "03-10 23:20, 03-10 23:35, 03-11 00:05",
			Slots: "03-11 08:00, 03-11 17:00, 03-12 08:00", Remind: "03-11 07:30", Grace: "03-11 08:30",
			Verify: "03-11 03:10", Full: "03-11 23:10", Final: "03-17 18:00"}},
	{name: "evening: 07:00 is too near 08:00 to be a slot of its own", policy: "henan-2021", level: red,
		found: "03-10 17:55", reported: "03-10 17:58", acked: "03-10 18:20", calm: "03-12 18:00",
		want: dues{First: "03-10 18:10", Elements: "03-10 18:30", Ack: "03-10 18:03", Ladder: "03-10 18:03, 03-10 18:08, 03-10 18:13, 03-10 18:18",
			Slots: "03-10 19:20, 03-10 20:20, 03-10 21:20, 03-10 22:20, 03-10 23:20, 03-11 00:20, 03-11 01:20, 03-11 02:20, " +
				"03-11 03:20, 03-11 04:20, 03-11 05:20, 03-11 06:20, 03-11 07:20, 03-11 08:00, 03-11 09:20",
			Remind: "03-10 19:10", Grace: "03-10 19:25", Verify: "03-10 19:20", Full: "03-10 22:20", Final: "03-19 18:00"}},
	{name: "Saturday: the rule's 6 h run on, the ladder is in working hours", policy: "henan-2021", level: blue,
		found: "03-14 10:00", reported: "03-14 10:05", acked: "03-16 09:20", calm: "03-16 10:05",
		want: dues{First: "03-14 12:00", Elements: "03-14 16:00", Ack: "03-16 10:00", Ladder: "03-16 10:00, 03-16 11:00",
			Slots: "03-16 17:00, 03-17 17:00", Remind: "03-16 16:00", Grace: "03-17 12:00",
			Verify: "03-17 18:00", Full: "03-19 18:00", Final: "03-17 18:00"}},

	// R2: 30 min after it happened; 1 h and 2 h from learning of it.
	onTuesday("wuhan-2020", red, "09:40", "10:00").occurring("03-10 09:10"),
	onTuesday("wuhan-2020", red, "10:00", "10:00"), // when it happened is not known: from the discovery
	onTuesday("wuhan-2020", orange, "09:40", "10:30").occurring("03-10 09:10"),
	onTuesday("wuhan-2020", yellow, "10:30", "11:30").occurring("03-10 09:10"),
	onTuesday("wuhan-2020", blue, "11:30", "15:30").occurring("03-10 09:10"),
	{name: "Friday evening: 2 h are 2 h", policy: "wuhan-2020", level: blue,
		found: "03-13 17:30", reported: "03-13 17:32", acked: "03-16 09:20", calm: "03-16 10:00",
		want: dues{First: "03-13 19:30", Elements: "03-16 14:30", Ack: "03-16 09:32", Ladder: "03-16 09:32, 03-16 10:32",
			Slots: "03-16 17:00, 03-17 17:00, 03-18 17:00", Remind: "03-16 16:00", Grace: "03-17 12:00",
			Verify: "03-17 18:00", Full: "03-19 18:00", Final: "03-17 18:00"}},

	// R4: 15 and 30 min for the two gravest, 30 and 60 min for 较大; nothing said of 一般.
	onTuesday("soe-15/30/60", red, "09:45", "10:00"),
	onTuesday("soe-15/30/60", orange, "09:45", "10:00"),
	onTuesday("soe-15/30/60", yellow, "10:00", "10:30"),
	onTuesday("soe-15/30/60", blue, "11:30", "15:30"),
	{name: "eve of 春节 2026: the working Saturday, then nine days off", policy: "soe-15/30/60", level: blue,
		found: "02-14 16:30", reported: "02-14 16:40", acked: "02-24 09:10", calm: "02-24 10:00",
		want: dues{First: "02-24 09:30", Elements: "02-24 13:30", Ack: "02-14 17:40", Ladder: "02-14 17:40, 02-24 09:40",
			Slots: "02-24 17:00, 02-25 17:00, 02-26 17:00, 02-27 17:00, 02-28 17:00, 03-02 17:00", Remind: "02-24 16:00", Grace: "02-25 12:00",
			Verify: "02-25 18:00", Full: "02-27 18:00", Final: "02-25 18:00"}},

	{name: "at night: the hour for the written report runs on", policy: "soe-15/30/60", level: yellow,
		found: "03-14 02:00", reported: "03-14 02:05", acked: "03-14 02:15", calm: "03-15 10:00",
		want: dues{First: "03-14 02:30", Elements: "03-14 03:00", Ack: "03-14 02:20", Ladder: "03-14 02:20, 03-14 02:35, 03-14 03:05",
			Slots: "03-14 09:00, 03-14 17:00, 03-15 09:00", Remind: "03-14 08:30", Grace: "03-14 09:30",
			Verify: "03-14 06:15", Full: "03-15 02:15", Final: "03-18 18:00"}},

	// R5: 20 and 40 min whatever the grade.
	onTuesday("county-20/40", red, "09:50", "10:10"),
	onTuesday("county-20/40", orange, "09:50", "10:10"),
	onTuesday("county-20/40", yellow, "09:50", "10:10"),
	onTuesday("county-20/40", blue, "09:50", "10:10").remind("03-10 16:45"),
	{name: "Saturday: 20 and 40 min all the same", policy: "county-20/40", level: blue,
		found: "03-14 10:00", reported: "03-14 10:05", acked: "03-16 09:20", calm: "03-16 10:05",
		want: dues{First: "03-14 10:20", Elements: "03-14 10:40", Ack: "03-16 10:00", Ladder: "03-16 10:00, 03-16 11:00",
			Slots: "03-16 17:00, 03-17 17:00", Remind: "03-16 16:45", Grace: "03-17 12:00",
			Verify: "03-17 18:00", Full: "03-19 18:00", Final: "03-17 18:00"}},

	// R6: 2 h for the two gravest, 4 h for 较大.
	onTuesday("anhui-2/4", red, "11:30", "11:30"),
	onTuesday("anhui-2/4", orange, "11:30", "11:30"),
	onTuesday("anhui-2/4", yellow, "13:30", "13:30"),
	onTuesday("anhui-2/4", blue, "11:30", "15:30"),

	// R7: 4 h for 较大 and above, as any operator that is neither critical infrastructure nor a central organ.
	onTuesday("cac-2025", red, "13:30", "13:30"),
	onTuesday("cac-2025", orange, "13:30", "13:30"),
	onTuesday("cac-2025", yellow, "13:30", "13:30"),
	onTuesday("cac-2025", blue, "11:30", "15:30"),
}

func TestPresets(t *testing.T) {
	for _, c := range courses {
		t.Run(c.policy+"/"+c.level.String()+"/"+c.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, run(t, c)); diff != "" {
				t.Errorf("-by hand +computed\n%s", diff)
			}
		})
	}
}

// TestEveryPresetAndLevelIsWorkedOut keeps the table complete.
func TestEveryPresetAndLevelIsWorkedOut(t *testing.T) {
	done := map[string]bool{}
	for _, c := range courses {
		done[strings.ReplaceAll(c.policy, "/", "-")+c.level.String()] = true
	}
	for _, name := range PolicyNames() {
		for _, l := range incident.Levels() {
			if !done[name+l.String()] {
				t.Errorf("%s, level %s: nobody worked it out by hand", name, l)
			}
		}
	}
}

// drive is a course on its way through the clocks.
type drive struct {
	t     *testing.T
	rules incident.Rules
	year  string
}

func run(t *testing.T, c course) dues {
	t.Helper()
	policy, err := LoadPolicy(c.policy)
	if err != nil {
		t.Fatal(err)
	}
	cal, err := calendar.New(time.FixedZone("CST", 8*60*60))
	if err != nil {
		t.Fatal(err)
	}
	d := drive{t: t, rules: incident.Rules{Policy: policy, Calendar: cal}, year: c.year}
	if d.year == "" {
		d.year = "2026"
	}
	unanswered := d.called(c)
	got := dues{First: show(unanswered.FirstReport.Due), Elements: show(unanswered.Elements.Due), Ack: show(unanswered.Ack.Due), Ladder: d.climb(unanswered)}

	acked := d.called(c)
	d.do(acked, incident.Act{Kind: incident.Acknowledged, At: d.at(c.acked), By: "wanglei"})
	got.Verify, got.Full = show(acked.Verification.FirstDue), show(acked.Verification.FullDue)
	got.Remind, got.Grace = d.nag(acked)
	got.Slots = d.follow(acked, strings.Count(c.want.Slots, ",")+1)

	calm := d.called(c)
	d.do(calm, incident.Act{Kind: incident.Acknowledged, At: d.at(c.acked), By: "wanglei"})
	d.do(calm, incident.Act{Kind: incident.Calmed, At: d.at(c.calm), By: "wanglei"})
	got.Final = show(calm.Final.Due)
	return got
}

// called is the incident up to the delivered first @.
func (d drive) called(c course) *incident.Incident {
	d.t.Helper()
	i := &incident.Incident{}
	facts := incident.Facts{Title: "滨江店奶茶异物", FoundAt: d.at(c.found)}
	if c.occurred != "" {
		facts.OccurredAt = d.at(c.occurred)
	}
	d.do(i, incident.Act{Kind: incident.Registered, At: d.at(c.reported), By: "zhoumin", Missing: []string{"经过"}, Whole: true,
		Report: &incident.Report{Number: "YQ-1", Suggested: c.level, Level: c.level, Facts: facts,
			Assign: incident.Assign{Officer: "wanglei", Backup: "chenfang", Head: "xuqing", Tracker: "wuyan"}}})
	at := i.Ack.Planned
	d.do(i, incident.Act{Kind: incident.CalledOn, At: at, Called: []incident.Called{{Person: "wanglei", Role: incident.RoleOfficer}}})
	d.do(i, incident.Act{Kind: incident.CallDelivered, At: at, Person: "wanglei"})
	return i
}

// climb lets every step of the ladder pass, each said and delivered at its time, and lists the first four times.
func (d drive) climb(i *incident.Incident) string {
	var times []string
	for range 4 {
		c, ok := clockOf(i.Clocks(d.rules), incident.ClockLadder, "")
		if !ok || c.N <= i.Ack.Step {
			break
		}
		times = append(times, show(c.At))
		d.do(i, incident.Act{Kind: incident.CalledOn, At: c.At, Due: c.At, Step: c.N, Called: []incident.Called{{Person: "chenfang", Role: incident.RoleBackup}}})
		d.do(i, incident.Act{Kind: incident.CallDelivered, At: c.At, Step: c.N, Person: "chenfang"})
	}
	return strings.Join(times, ", ")
}

// nag is when the first slot's reminder goes out and its grace ends, its messages delivered at once.
func (d drive) nag(acked *incident.Incident) (remind, grace string) {
	i := *acked
	c, _ := clockOf(i.Clocks(d.rules), incident.ClockRemind, incident.AboutSlot)
	d.do(&i, incident.Act{Kind: incident.DueSaid, At: i.Slot.Due, About: incident.AboutSlot, Slot: i.Slot.N})
	d.do(&i, incident.Act{Kind: incident.DueDelivered, At: i.Slot.Due, Due: i.Slot.Due, About: incident.AboutSlot, Slot: i.Slot.N})
	risk, _ := clockOf(i.Clocks(d.rules), incident.ClockRisk, incident.AboutSlot)
	return show(c.At), show(risk.At)
}

// follow files n follow-ups, each the minute it is due.
func (d drive) follow(i *incident.Incident, n int) string {
	var times []string
	for range n {
		times = append(times, show(i.Slot.Due))
		d.do(i, incident.Act{Kind: incident.FollowedUp, At: i.Slot.Due, By: "wuyan", Text: "截至" + show(i.Slot.Due)})
	}
	return strings.Join(times, ", ")
}

func (d drive) do(i *incident.Incident, a incident.Act) {
	d.t.Helper()
	if err := i.Apply(d.rules, a); err != nil {
		d.t.Fatalf("%s at %s: %v", a.Kind, show(a.At), err)
	}
}

func (d drive) at(s string) time.Time {
	d.t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", d.year+"-"+s, d.rules.Calendar.Zone())
	if err != nil {
		d.t.Fatal(err)
	}
	return at
}

func clockOf(clocks []incident.Clock, kind incident.ClockKind, about string) (incident.Clock, bool) {
	for _, c := range clocks {
		if c.Kind == kind && c.About == about {
			return c, true
		}
	}
	return incident.Clock{}, false
}

func show(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(time.FixedZone("CST", 8*60*60)).Format("01-02 15:04")
}

// TestLineHeadAndDeputyAreToldAtOnce: R4 has the person in charge tell both within 10 minutes.
func TestLineHeadAndDeputyAreToldAtOnce(t *testing.T) {
	p, err := LoadPolicy("soe-15/30/60")
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range []incident.Level{red, orange, yellow} {
		for _, role := range []incident.Role{incident.RoleHead, incident.RoleDeputy} {
			if !slices.Contains(p.Levels[l].AtOnce, role) {
				t.Errorf("level %s: %s is not told at once", l, role)
			}
		}
	}
}
