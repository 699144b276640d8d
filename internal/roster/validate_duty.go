package roster

import (
	"fmt"
	"slices"
	"time"
)

func (v *validator) routing() {
	last := len(v.org.Routing) - 1
	for n, r := range v.org.Routing {
		at := fmt.Sprintf("$.routing[%d]", n)
		v.must(at+".officer", r.Officer, "write who answers for it (A岗)")
		v.person(at+".officer", r.Officer)
		v.person(at+".backup", r.Backup)
		v.person(at+".tracker", r.Tracker)
		v.person(at+".head", r.Head)
		v.person(at+".deputy", r.Deputy)
		v.person(at+".chief", r.Chief)
		if r.Backup != "" && r.Backup == r.Officer {
			v.add(at+".backup", "A岗 and B岗 are the same person; name another, or delete the line")
		}
		for i, id := range r.Units {
			v.unit(fmt.Sprintf("%s.units[%d]", at, i), id)
		}
		for i, l := range r.Levels {
			if !slices.Contains([]string{"I", "II", "III", "IV"}, l) {
				v.add(fmt.Sprintf("%s.levels[%d]", at, i), "level %q: write I, II, III or IV", l)
			}
		}
		if r.matchesAll() && n < last {
			v.add(at, "matches everything, so the routes after it are never reached; move it to the end")
		}
	}
	if last < 0 || !v.org.Routing[last].matchesAll() {
		v.add("$.routing", "the last route must match everything; give it no units, natures or levels")
	}
}

func (r Route) matchesAll() bool { return len(r.Units)+len(r.Natures)+len(r.Levels) == 0 }

func (v *validator) rosters() {
	v.shifts("$.duty", v.org.Duty)
	v.shifts("$.holiday_duty", v.org.Holiday)
	for n, s := range v.org.Holiday {
		v.year(fmt.Sprintf("$.holiday_duty[%d].from", n), s.From)
		v.year(fmt.Sprintf("$.holiday_duty[%d].to", n), s.To)
	}
	for n, l := range v.org.Leave {
		at := fmt.Sprintf("$.leave[%d]", n)
		v.must(at+".person", l.Person, "write who is away")
		v.person(at+".person", l.Person)
		v.person(at+".cover", l.Cover)
		v.span(at, l.From, l.To)
		if l.Cover != "" && l.Cover == l.Person {
			v.add(at+".cover", "nobody covers for themselves; name another, or delete the line")
		}
	}
	for n, r := range v.org.Digest {
		at := fmt.Sprintf("$.digest[%d]", n)
		v.must(at+".person", r.Person, "write who gets the digest")
		v.person(at+".person", r.Person)
		if r.MinLevel < 0 || r.MinLevel > 4 {
			v.add(at+".min_level", "%d: write 1 (I) to 4 (IV)", r.MinLevel)
		}
		if _, err := time.Parse(clockTime, r.At); r.At != "" && err != nil {
			v.add(at+".at", "%q: write a time of day such as 08:30", r.At)
		}
	}
}

func (v *validator) shifts(path string, shifts []Shift) {
	for n, s := range shifts {
		at := fmt.Sprintf("%s[%d]", path, n)
		v.must(at+".person", s.Person, "write who is on duty")
		v.person(at+".person", s.Person)
		v.span(at, s.From, s.To)
		for i, day := range s.Weekdays {
			if day < 1 || day > 7 {
				v.add(fmt.Sprintf("%s.weekdays[%d]", at, i), "%d: write 1 (Monday) to 7 (Sunday)", day)
			}
		}
	}
}

func (v *validator) span(at, from, to string) {
	if v.date(at+".from", from) && v.date(at+".to", to) && from != "" && to != "" && to < from {
		v.add(at+".to", "%s is before %s; write the last day", to, from)
	}
}

func (v *validator) date(path, s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	if s != "" && err != nil {
		v.add(path, "date %q: write it as 2025-10-01", s)
	}
	return s == "" || err == nil
}

// year finds days of a holiday roster nobody knows the holidays of: it would never be in force.
func (v *validator) year(path, s string) {
	day, err := time.Parse(time.DateOnly, s)
	if err == nil && v.calendar != nil && !v.calendar.Covers(day.Year()) {
		v.add(path, "the calendar has no holidays for %d; update to a version that has them, give them with the key calendar, or take the days out", day.Year())
	}
}
