package roster

import (
	"slices"
	"testing"
)

func assign(t *testing.T, o *Org, q Query, when string) Assignment {
	t.Helper()
	q.At, q.Calendar = at(t, when), cal(t)
	a, err := o.Assign(q)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestFirstMatchingRouteAnswers(t *testing.T) {
	o := org()
	o.Routing = []Route{
		{Units: []string{"binjiang"}, Natures: []string{"产品质量"}, Levels: []string{"I", "II"}, Officer: "heyun"},
		{Units: []string{"binjiang"}, Natures: []string{"产品质量"}, Officer: "sunke"},
		{Natures: []string{"财务合规", "信息安全"}, Officer: "hanlu"},
		{Units: []string{"huadong"}, Levels: []string{"IV"}, Officer: "mayue"},
		{Units: []string{"huadong"}, Officer: "chenfang"},
		usual(),
	}
	for _, c := range []struct {
		name, unit, nature string
		level              int
		want               string
	}{
		{"unit, nature and level", "binjiang", "产品质量", 1, "heyun"},
		{"one of two levels", "binjiang", "产品质量", 2, "heyun"},
		{"unit and nature, other level", "binjiang", "产品质量", 3, "sunke"},
		{"nature alone goes before the region", "binjiang", "信息安全", 4, "hanlu"},
		{"region and level, for a unit below it", "beimen", "环境", 4, "mayue"},
		{"region itself", "huadong", "环境", 4, "mayue"},
		{"region, graver", "beimen", "产品质量", 1, "chenfang"},
		{"another unit", "quality", "产品质量", 1, "wanglei"},
		{"unit not known", "", "环境", 3, "wanglei"},
		{"unit not in the file", "mall", "环境", 3, "wanglei"},
		{"level not set matches no route with levels", "beimen", "环境", 0, "chenfang"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if a := assign(t, o, Query{Unit: c.unit, Nature: c.nature, Level: c.level}, "2026-03-10 09:30"); a.Officer != c.want {
				t.Errorf("officer is %s, want %s", a.Officer, c.want)
			}
		})
	}
}

func TestNoRoute(t *testing.T) {
	o := org()
	o.Routing = []Route{{Natures: []string{"环境"}, Officer: "wanglei"}}
	_, err := o.Assign(Query{Unit: "binjiang", Nature: "其他", Level: 3, At: at(t, "2026-03-10 09:30"), Calendar: cal(t)})
	if err == nil || err.Error() != `routing: nobody answers for unit "binjiang", nature "其他", level 3` {
		t.Error(err)
	}
}

func TestOrdinaryDay(t *testing.T) {
	got := assign(t, org(), Query{Unit: "binjiang", Level: 3}, "2026-03-10 09:30")
	want := Assignment{Officer: "wanglei", Backup: "chenfang", Tracker: "wuyan", Head: "xuqing", Deputy: "heyun", Chief: "gubo",
		Duty: "dingwei", UnitHead: "mayue", Reason: "A岗"}
	if got != want {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestLeave(t *testing.T) {
	const day = "2026-03-10 09:30"
	away := func(person, cover string) Leave {
		return Leave{Person: person, From: "2026-03-10", To: "2026-03-12", Cover: cover}
	}
	for _, c := range []struct {
		name                             string
		when                             string
		leave                            []Leave
		officer, backup, tracker, reason string
	}{
		{"the day before", "2026-03-09 23:59", []Leave{away("wanglei", "hanlu")}, "wanglei", "chenfang", "wuyan", "A岗"},
		{"first day", "2026-03-10 00:00", []Leave{away("wanglei", "hanlu")}, "hanlu", "chenfang", "wuyan", "王蕾请假，由韩律代"},
		{"last day", "2026-03-12 23:59", []Leave{away("wanglei", "hanlu")}, "hanlu", "chenfang", "wuyan", "王蕾请假，由韩律代"},
		{"the day after", "2026-03-13 00:00", []Leave{away("wanglei", "hanlu")}, "wanglei", "chenfang", "wuyan", "A岗"},
		{"covered by B岗, who is not called twice", day, []Leave{away("wanglei", "chenfang")}, "chenfang", "", "wuyan", "王蕾请假，由陈放代"},
		{"no cover: B岗", day, []Leave{away("wanglei", "")}, "chenfang", "", "wuyan", "王蕾请假，由陈放代"},
		{"the cover is away, too, and covered", day, []Leave{away("wanglei", "chenfang"), away("chenfang", "sunke")}, "sunke", "", "wuyan", "王蕾请假，由孙恪代"},
		{"A岗 and B岗 away: the duty officer", day, []Leave{away("wanglei", ""), away("chenfang", "")}, "dingwei", "", "wuyan", "王蕾请假，由丁伟代"},
		{"they cover for one another: the duty officer", day, []Leave{away("wanglei", "chenfang"), away("chenfang", "wanglei")}, "dingwei", "", "wuyan", "王蕾请假，由丁伟代"},
		{"nobody but the head", day, []Leave{away("wanglei", ""), away("chenfang", ""), away("dingwei", "")}, "xuqing", "", "wuyan", "王蕾请假，由许清代"},
		{"B岗 away, covered by A岗: nobody is B岗", day, []Leave{away("chenfang", "wanglei")}, "wanglei", "", "wuyan", "A岗"},
		{"B岗 away without cover", day, []Leave{away("chenfang", "")}, "wanglei", "", "wuyan", "A岗"},
		{"tracker covered", day, []Leave{away("wuyan", "linke")}, "wanglei", "chenfang", "linke", "A岗"},
		{"tracker not covered: whoever acknowledges tracks", day, []Leave{away("wuyan", "")}, "wanglei", "chenfang", "", "A岗"},
		{"open-ended leave", "2027-01-05 10:00", []Leave{{Person: "wanglei", From: "2026-03-10", Cover: "hanlu"}}, "hanlu", "chenfang", "wuyan", "王蕾请假，由韩律代"},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := org()
			o.Leave = c.leave
			a := assign(t, o, Query{Unit: "binjiang", Level: 3}, c.when)
			if a.Officer != c.officer || a.Backup != c.backup || a.Tracker != c.tracker || a.Reason != c.reason {
				t.Errorf("officer %s, backup %q, tracker %q, %s", a.Officer, a.Backup, a.Tracker, a.Reason)
			}
		})
	}
}

func TestLeadersStayForTheLadder(t *testing.T) {
	o := org()
	o.Leave = []Leave{{Person: "heyun"}, {Person: "gubo", Cover: "heyun"}, {Person: "xuqing", Cover: "hanlu"}, {Person: "mayue"}}
	a := assign(t, o, Query{Unit: "binjiang", Level: 1}, "2026-03-10 09:30")
	if a.Deputy != "heyun" || a.Chief != "gubo" || a.UnitHead != "mayue" {
		t.Errorf("without a cover who is there, deputy %q, chief %q and unit head %q stay", a.Deputy, a.Chief, a.UnitHead)
	}
	if a.Head != "hanlu" {
		t.Errorf("the head is covered by %q", a.Head)
	}
}

func TestCover(t *testing.T) {
	o := org()
	o.Leave = []Leave{{Person: "wanglei", Cover: "chenfang"}, {Person: "chenfang", Cover: "hanlu"}, {Person: "wuyan"}, {Person: "sunke", Cover: "mayue"}, {Person: "mayue", Cover: "sunke"}}
	for _, c := range []struct {
		name, person, cover string
		ok                  bool
	}{
		{"there", "heyun", "heyun", false},
		{"away, and the cover away, too", "wanglei", "hanlu", true},
		{"away without cover", "wuyan", "", false},
		{"in a circle", "sunke", "", false},
		{"nobody", "", "", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			cover, ok := o.Cover(c.person, at(t, "2026-03-10 09:30"))
			if ok != c.ok || cover != c.cover {
				t.Errorf("got %q, %v", cover, ok)
			}
		})
	}
}

// TestNobodyOffDutyIsAssigned tries every set of absences: who has to answer, back up or track is there,
// as long as somebody is.
func TestNobodyOffDutyIsAssigned(t *testing.T) {
	people := []string{"wanglei", "chenfang", "wuyan", "xuqing", "dingwei", "lushan"}
	for _, when := range []string{"2026-03-10 09:30", "2026-03-14 03:00", "2025-10-02 12:00"} {
		for set := range 1 << len(people) {
			o := org()
			var away []string
			for n, p := range people {
				if set&(1<<n) != 0 {
					away = append(away, p)
					o.Leave = append(o.Leave, Leave{Person: p, Cover: people[(n+1)%len(people)]})
				}
			}
			a := assign(t, o, Query{Unit: "binjiang", Level: 3}, when)
			if len(away) < len(people) && slices.Contains(away, a.Officer) {
				t.Fatalf("%s: %s answers, away are %v", when, a.Officer, away)
			}
			for _, p := range []string{a.Backup, a.Tracker, a.Duty} {
				if slices.Contains(away, p) {
					t.Fatalf("%s: %s is given a duty, away are %v: %+v", when, p, away, a)
				}
			}
			if a.Backup != "" && a.Backup == a.Officer {
				t.Fatalf("%s is A岗 and B岗", a.Backup)
			}
		}
	}
}
