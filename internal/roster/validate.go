package roster

import (
	"fmt"
	"slices"
	"time"
)

// Problem is something wrong in an organisation file. Path is where, as in $.people[2].unit.
type Problem struct {
	Path string
	What string
}

// Validate checks that every id named exists, that none is given twice, and that routing ends in a route
// that matches everything.
func (o *Org) Validate() []Problem {
	v := &validator{org: o, seen: map[string]bool{}}
	v.must("$.name", o.Name, "the name of the enterprise")
	v.must("$.bot", o.Bot, "the name people @-mention the bot by")
	if _, err := time.LoadLocation(o.Zone); err != nil || o.Zone == "" {
		v.add("$.zone", "a time zone such as Asia/Shanghai")
	}
	v.people()
	v.units()
	v.groups()
	v.routing()
	v.rosters()
	return v.problems
}

type validator struct {
	org      *Org
	seen     map[string]bool
	problems []Problem
}

func (v *validator) add(path, format string, args ...any) {
	v.problems = append(v.problems, Problem{Path: path, What: fmt.Sprintf(format, args...)})
}

func (v *validator) must(path, value, what string) {
	if value == "" {
		v.add(path, "missing: %s", what)
	}
}

func (v *validator) once(path, kind, value string) {
	if value == "" {
		return
	}
	if v.seen[kind+value] {
		v.add(path, "%s %q is given twice", kind, value)
	}
	v.seen[kind+value] = true
}

func (v *validator) person(path, id string) {
	if _, ok := v.org.Person(id); id != "" && !ok {
		v.add(path, "person %q does not exist", id)
	}
}

func (v *validator) people() {
	if len(v.org.People) == 0 {
		v.add("$.people", "nobody is listed")
	}
	for n, p := range v.org.People {
		at := fmt.Sprintf("$.people[%d]", n)
		v.must(at+".id", p.ID, "an id of one's own")
		v.must(at+".name", p.Name, "the name people know")
		v.once(at+".id", "person", p.ID)
		for platform, account := range p.Accounts {
			v.once(at+".accounts."+platform, platform+" account ", account)
		}
		if _, ok := v.org.Unit(p.Unit); p.Unit != "" && !ok {
			v.add(at+".unit", "unit %q does not exist", p.Unit)
		}
		for i, post := range p.Posts {
			if !slices.Contains(posts, post) {
				v.add(fmt.Sprintf("%s.posts[%d]", at, i), "post %q is not one of %v", post, posts)
			}
		}
	}
}

func (v *validator) units() {
	for n, u := range v.org.Units {
		at := fmt.Sprintf("$.units[%d]", n)
		v.must(at+".id", u.ID, "an id of one's own")
		v.must(at+".name", u.Name, "the name people know")
		v.once(at+".id", "unit", u.ID)
		for _, name := range u.names() {
			v.once(at+".name", "unit name ", name)
		}
		v.person(at+".head", u.Head)
		if _, ok := v.org.Unit(u.Parent); u.Parent != "" && (!ok || u.Parent == u.ID || v.org.within(u.Parent, u.ID)) {
			v.add(at+".parent", "unit %q does not exist, or the units stand in a circle", u.Parent)
		}
		if _, ok := v.org.Group(u.Group); u.Group != "" && !ok {
			v.add(at+".group", "group %q does not exist", u.Group)
		}
	}
}

func (v *validator) groups() {
	for n, g := range v.org.Groups {
		at := fmt.Sprintf("$.groups[%d]", n)
		v.must(at+".id", g.ID, "an id of one's own")
		v.once(at+".id", "group", g.ID)
		if !slices.Contains([]string{"feishu", "wecom"}, g.Platform) {
			v.add(at+".platform", "platform %q: write feishu or wecom", g.Platform)
		}
		for i, id := range g.Members {
			v.person(fmt.Sprintf("%s.members[%d]", at, i), id)
		}
	}
	for name, id := range v.org.Functions {
		v.person("$.functions."+name, id)
	}
}

func (v *validator) routing() {
	for n, r := range v.org.Routing {
		at := fmt.Sprintf("$.routing[%d]", n)
		v.must(at+".officer", r.Officer, "who answers for it (A岗)")
		for field, id := range map[string]string{"officer": r.Officer, "backup": r.Backup, "tracker": r.Tracker, "head": r.Head, "deputy": r.Deputy, "chief": r.Chief} {
			v.person(at+"."+field, id)
		}
		for i, id := range r.Units {
			if _, ok := v.org.Unit(id); !ok {
				v.add(fmt.Sprintf("%s.units[%d]", at, i), "unit %q does not exist", id)
			}
		}
	}
	last := len(v.org.Routing) - 1
	if last < 0 || len(v.org.Routing[last].Units)+len(v.org.Routing[last].Natures)+len(v.org.Routing[last].Levels) > 0 {
		v.add("$.routing", "the last route must match everything: give it no units, natures or levels")
	}
}

func (v *validator) rosters() {
	for key, shifts := range map[string][]Shift{"duty": v.org.Duty, "holiday_duty": v.org.Holiday} {
		for n, s := range shifts {
			at := fmt.Sprintf("$.%s[%d]", key, n)
			v.must(at+".person", s.Person, "who is on duty")
			v.person(at+".person", s.Person)
			v.date(at+".from", s.From)
			v.date(at+".to", s.To)
		}
	}
	for n, l := range v.org.Leave {
		at := fmt.Sprintf("$.leave[%d]", n)
		v.person(at+".person", l.Person)
		v.person(at+".cover", l.Cover)
		v.date(at+".from", l.From)
		v.date(at+".to", l.To)
		if l.Cover == l.Person {
			v.add(at+".cover", "nobody covers for themselves")
		}
	}
	for n, r := range v.org.Digest {
		v.person(fmt.Sprintf("$.digest[%d].person", n), r.Person)
	}
}

func (v *validator) date(path, s string) {
	if _, err := time.Parse(time.DateOnly, s); s != "" && err != nil {
		v.add(path, "date %q: write 2025-10-01", s)
	}
}
