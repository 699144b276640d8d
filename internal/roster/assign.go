package roster

import (
	"fmt"
	"slices"
	"time"

	"fenghuo/internal/calendar"
)

// Query asks who answers for an incident at a moment.
type Query struct {
	Unit, Nature string
	Level        int // 1–4
	At           time.Time
	Calendar     *calendar.Calendar
}

// Assignment is the answer, with the reason in words.
type Assignment struct {
	Officer, Backup, Tracker, Head, Deputy, Chief, Duty, UnitHead string
	OnHoliday                                                     bool
	Reason                                                        string
}

// Assign finds the route, puts the duty officer in the place of officer and tracker on statutory
// holidays, and covers in the place of people on leave.
func (o *Org) Assign(q Query) (Assignment, error) {
	route, ok := o.route(q)
	if !ok {
		return Assignment{}, fmt.Errorf("routing: nobody answers for unit %q, nature %q, level %d", q.Unit, q.Nature, q.Level)
	}
	a := Assignment{Officer: route.Officer, Backup: route.Backup, Tracker: route.Tracker, Head: route.Head, Deputy: route.Deputy,
		Chief: route.Chief, Duty: o.OnDuty(q.At, q.Calendar), Reason: "A岗"}
	if u, ok := o.Unit(q.Unit); ok {
		a.UnitHead = u.Head
	}
	if name, _ := q.Calendar.Holiday(q.At); name != "" {
		if duty := o.onShift(o.Holiday, q.At.In(q.Calendar.Zone())); duty != "" {
			a.Officer, a.Tracker, a.OnHoliday = duty, duty, true
			a.Reason = "节假日值班表：" + o.DisplayName(duty)
		}
	}
	o.coverAll(&a, q.At.In(q.Calendar.Zone()))
	return a, nil
}

func (o *Org) route(q Query) (Route, bool) {
	level := [...]string{"", "I", "II", "III", "IV"}[max(0, min(4, q.Level))]
	return find(o.Routing, func(r Route) bool {
		return (len(r.Units) == 0 || slices.ContainsFunc(r.Units, func(u string) bool { return o.within(q.Unit, u) })) &&
			(len(r.Natures) == 0 || slices.Contains(r.Natures, q.Nature)) &&
			(len(r.Levels) == 0 || slices.Contains(r.Levels, level))
	})
}

// within reports whether unit is parent or stands somewhere below it.
func (o *Org) within(unit, parent string) bool {
	for range len(o.Units) + 1 {
		if unit == parent {
			return unit != ""
		}
		u, ok := o.Unit(unit)
		if !ok {
			return false
		}
		unit = u.Parent
	}
	return false
}

// OnDuty is who is on duty at a moment, "" if nobody is.
func (o *Org) OnDuty(at time.Time, cal *calendar.Calendar) string {
	local := at.In(cal.Zone())
	if name, _ := cal.Holiday(at); name != "" {
		if person := o.onShift(o.Holiday, local); person != "" {
			return person
		}
	}
	return o.onShift(o.Duty, local)
}

// onShift is the first on a shift who is there, or stands in for who should be.
func (o *Org) onShift(shifts []Shift, at time.Time) string {
	weekday := (int(at.Weekday())+6)%7 + 1
	for _, s := range shifts {
		if (len(s.Weekdays) == 0 || slices.Contains(s.Weekdays, weekday)) && days(s.From, s.To, at) {
			if person := o.present(s.Person, at); person != "" {
				return person
			}
		}
	}
	return ""
}

// days reports whether the day of at lies in from–to, both included; empty ends are open.
func days(from, to string, at time.Time) bool {
	day := at.Format(time.DateOnly)
	return (from == "" || day >= from) && (to == "" || day <= to)
}

// DutyDay is one line of the duty table.
type DutyDay struct {
	Day    time.Time
	Person string
	Note   string
}

// DutyTable is who is on duty on the days from from on.
func (o *Org) DutyTable(from time.Time, n int, cal *calendar.Calendar) []DutyDay {
	var table []DutyDay
	for i := range n {
		day := from.In(cal.Zone()).AddDate(0, 0, i)
		d := DutyDay{Day: day, Person: o.OnDuty(day, cal)}
		if name, nth := cal.Holiday(day); name != "" {
			d.Note = fmt.Sprintf("%s第%d天", name, nth)
		}
		table = append(table, d)
	}
	return table
}

// Holders are the people who hold a role for an incident: one of the assignment, the unit's own
// reporters except who filed, or the head of a function of the enterprise.
func (o *Org) Holders(role string, a Assignment, reporter, unit string) []string {
	var people []string
	switch role {
	case "officer":
		people = []string{a.Officer}
	case "backup":
		people = []string{a.Backup}
	case "head", "departments":
		people = []string{a.Head}
	case "deputy":
		people = []string{a.Deputy}
	case "chief":
		people = []string{a.Chief}
	case "duty":
		people = []string{a.Duty}
	case "tracker":
		people = []string{a.Tracker}
	case "unit_head":
		people = []string{a.UnitHead}
	case "reporter":
		people = []string{reporter}
	case "info_officer":
		people = o.reporters(unit, reporter)
	case "approver":
		people = o.holding("approver")
	default:
		people = []string{o.Functions[role]}
	}
	slices.Sort(people)
	people = slices.Compact(people)
	return slices.DeleteFunc(people, func(id string) bool { return id == "" })
}

func (o *Org) reporters(unit, except string) []string {
	var out []string
	for _, p := range o.People {
		if p.Unit == unit && unit != "" && p.ID != except && slices.Contains(p.Posts, "reporter") {
			out = append(out, p.ID)
		}
	}
	return out
}

func (o *Org) holding(post string) []string {
	var out []string
	for _, p := range o.People {
		if slices.Contains(p.Posts, post) {
			out = append(out, p.ID)
		}
	}
	return out
}
