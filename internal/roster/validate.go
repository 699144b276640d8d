package roster

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"fenghuo/internal/calendar"
)

// Problem is something wrong in an organisation file. Path is where, as in $.people[2].unit.
type Problem struct {
	Path string
	What string
}

// Validate checks that every id named exists, that none is given twice, and that routing ends in a route
// that matches everything. known is a calendar with more years than the program's own.
func (o *Org) Validate(known ...*calendar.Calendar) []Problem {
	v := &validator{org: o, seen: map[string]bool{}}
	v.must("$.name", o.Name, "write the name of the enterprise")
	v.must("$.bot", o.Bot, "write the name people @-mention the bot by")
	if zone, err := time.LoadLocation(o.Zone); err != nil || o.Zone == "" {
		v.add("$.zone", "%q is not a time zone; write Asia/Shanghai", o.Zone)
	} else if len(known) > 0 && known[0] != nil {
		v.calendar = known[0]
	} else if cal, err := calendar.New(zone); err == nil {
		v.calendar = cal
	}
	v.people()
	v.units()
	v.groups()
	v.routing()
	v.rosters()
	v.protect()
	return v.problems
}

func (v *validator) protect() {
	if n := len(v.org.Protect); n != 0 && n != 2 {
		v.add("$.protect", "%d people; write two ids from people, or leave it out", n)
	}
	for n, id := range v.org.Protect {
		at := fmt.Sprintf("$.protect[%d]", n)
		v.must(at, id, "write an id from people")
		v.person(at, id)
		v.once(at, "keeper", id)
	}
}

type validator struct {
	org      *Org
	calendar *calendar.Calendar
	seen     map[string]bool
	problems []Problem
}

func (v *validator) add(path, format string, args ...any) {
	v.problems = append(v.problems, Problem{Path: path, What: fmt.Sprintf(format, args...)})
}

func (v *validator) must(path, value, what string) {
	if value == "" {
		v.add(path, "missing; %s", what)
	}
}

func (v *validator) once(path, kind, value string) {
	if value == "" {
		return
	}
	if v.seen[kind+"\x00"+value] {
		v.add(path, "%s %q is given twice; change or delete one", kind, value)
	}
	v.seen[kind+"\x00"+value] = true
}

func (v *validator) person(path, id string) {
	if _, ok := v.org.Person(id); id != "" && !ok {
		v.add(path, "person %q does not exist; write an id from people", id)
	}
}

func (v *validator) unit(path, id string) {
	if _, ok := v.org.Unit(id); id != "" && !ok {
		v.add(path, "unit %q does not exist; write an id from units", id)
	}
}

func (v *validator) people() {
	if len(v.org.People) == 0 {
		v.add("$.people", "nobody is listed; write at least who answers for an incident")
	}
	for n, p := range v.org.People {
		at := fmt.Sprintf("$.people[%d]", n)
		v.must(at+".id", p.ID, "write an id of one's own")
		v.must(at+".name", p.Name, "write the name people know")
		v.once(at+".id", "person", p.ID)
		for _, platform := range slices.Sorted(maps.Keys(p.Accounts)) {
			v.once(at+".accounts."+platform, platform+" account", p.Accounts[platform])
		}
		if p.On != "" && !slices.Contains(platforms, p.On) {
			v.add(at+".on", "platform %q: write feishu or wecom", p.On)
		}
		v.unit(at+".unit", p.Unit)
		for i, post := range p.Posts {
			if !slices.Contains(posts, post) {
				v.add(fmt.Sprintf("%s.posts[%d]", at, i), "post %q does not exist; write one of %s", post, strings.Join(posts, ", "))
			}
		}
	}
}

func (v *validator) units() {
	for n, u := range v.org.Units {
		at := fmt.Sprintf("$.units[%d]", n)
		v.must(at+".id", u.ID, "write an id of one's own")
		v.must(at+".name", u.Name, "write the name people know")
		v.once(at+".id", "unit", u.ID)
		names := u.names()
		for i, name := range names {
			if !slices.Contains(names[:i], name) {
				v.once(at+".name", "unit name", name)
			}
		}
		v.person(at+".head", u.Head)
		v.unit(at+".parent", u.Parent)
		if u.ID != "" && v.org.within(u.Parent, u.ID) {
			v.add(at+".parent", "unit %q stands above itself; take one parent out of the circle", u.ID)
		}
		if _, ok := v.org.Group(u.Group); u.Group != "" && !ok {
			v.add(at+".group", "group %q does not exist; write an id from groups", u.Group)
		}
	}
}

// platforms people and groups are on.
var platforms = []string{"feishu", "wecom"}

func (v *validator) groups() {
	for n, g := range v.org.Groups {
		at := fmt.Sprintf("$.groups[%d]", n)
		v.must(at+".id", g.ID, "write an id of one's own")
		v.once(at+".id", "group", g.ID)
		v.once(at+".chat_id", g.Platform+" chat", g.ChatID)
		if !slices.Contains(platforms, g.Platform) {
			v.add(at+".platform", "platform %q: write feishu or wecom", g.Platform)
		}
		if !slices.Contains([]string{"", "mentions", "all"}, g.Hears) {
			v.add(at+".hears", "%q: write mentions or all", g.Hears)
		}
		for i, id := range g.Members {
			v.person(fmt.Sprintf("%s.members[%d]", at, i), id)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(v.org.Functions)) {
		at := "$.functions." + name
		v.must(at, v.org.Functions[name], "write the id of the person who heads it")
		v.person(at, v.org.Functions[name])
	}
}
