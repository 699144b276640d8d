package roster

import (
	"fmt"
	"slices"
	"testing"
)

func TestOnDuty(t *testing.T) {
	for _, c := range []struct {
		name, when string
		leave      []Leave
		want       string
	}{
		{"a weekday", "2026-03-10 09:30", nil, "dingwei"},
		{"Saturday", "2026-03-14 09:30", nil, "lushan"},
		{"Sunday, last minute", "2026-03-15 23:59", nil, "lushan"},
		{"Monday, first minute", "2026-03-16 00:00", nil, "dingwei"},
		{"国庆, first half", "2025-10-03 23:59", nil, "lushan"},
		{"国庆, second half, though a Saturday", "2025-10-04 00:00", nil, "dingwei"},
		{"the first working day after", "2025-10-09 09:00", nil, "dingwei"},
		{"make-up Saturday is no holiday", "2025-10-11 09:00", nil, "lushan"},
		{"holiday without a roster of its own", "2026-05-01 09:00", nil, "dingwei"},
		{"away: the cover", "2026-03-10 09:30", []Leave{{Person: "dingwei", Cover: "hanlu"}}, "hanlu"},
		{"away without cover: the next shift that fits", "2026-03-14 09:30", []Leave{{Person: "lushan"}}, "dingwei"},
		{"all away", "2026-03-10 09:30", []Leave{{Person: "dingwei"}}, ""},
		{"holiday roster away: the ordinary one", "2025-10-05 09:00", []Leave{{Person: "dingwei", Cover: ""}}, "lushan"},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := org()
			o.Leave = c.leave
			if got := o.OnDuty(at(t, c.when), cal(t)); got != c.want {
				t.Errorf("%q is on duty, want %q", got, c.want)
			}
		})
	}
}

func TestHolidayRosterReplacesOfficerAndTracker(t *testing.T) {
	for _, c := range []struct {
		name, when       string
		officer, tracker string
		holiday          bool
		reason           string
	}{
		{"eve of 国庆", "2025-09-30 23:59", "wanglei", "wuyan", false, "A岗"},
		{"first day", "2025-10-01 00:00", "lushan", "lushan", true, "节假日值班表：陆山"},
		{"the roster changes hands at midnight", "2025-10-04 00:00", "dingwei", "dingwei", true, "节假日值班表：丁伟"},
		{"last day", "2025-10-08 23:59", "dingwei", "dingwei", true, "节假日值班表：丁伟"},
		{"back at work", "2025-10-09 00:00", "wanglei", "wuyan", false, "A岗"},
		{"an ordinary Sunday", "2026-03-15 12:00", "wanglei", "wuyan", false, "A岗"},
		{"a holiday nobody is rostered for", "2026-05-01 12:00", "wanglei", "wuyan", false, "A岗"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := assign(t, org(), Query{Unit: "binjiang", Level: 2}, c.when)
			if a.Officer != c.officer || a.Tracker != c.tracker || a.OnHoliday != c.holiday || a.Reason != c.reason {
				t.Errorf("%+v", a)
			}
			if a.Head != "xuqing" || a.Deputy != "heyun" || a.Chief != "gubo" {
				t.Errorf("the ladder stays: %+v", a)
			}
		})
	}
}

func TestDutyTable(t *testing.T) {
	var got []string
	for _, d := range org().DutyTable(at(t, "2025-09-30 09:00"), 10, cal(t)) {
		got = append(got, fmt.Sprint(d.Day.Format("01-02 "), d.Person, " ", d.Note))
	}
	want := []string{"09-30 dingwei ", "10-01 lushan 国庆第1天", "10-02 lushan 国庆第2天", "10-03 lushan 国庆第3天", "10-04 dingwei 国庆第4天",
		"10-05 dingwei 国庆第5天", "10-06 dingwei 国庆第6天", "10-07 dingwei 国庆第7天", "10-08 dingwei 国庆第8天", "10-09 dingwei "}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestHolders(t *testing.T) {
	a := Assignment{Officer: "wanglei", Backup: "chenfang", Tracker: "wuyan", Head: "xuqing", Deputy: "heyun", Chief: "gubo", Duty: "dingwei", UnitHead: "mayue"}
	for _, c := range []struct {
		role string
		want []string
	}{
		{"officer", []string{"wanglei"}},
		{"backup", []string{"chenfang"}},
		{"tracker", []string{"wuyan"}},
		{"head", []string{"xuqing"}},
		{"departments", []string{"xuqing"}},
		{"deputy", []string{"heyun"}},
		{"chief", []string{"gubo"}},
		{"duty", []string{"dingwei"}},
		{"unit_head", []string{"mayue"}},
		{"reporter", []string{"zhoumin"}},
		{"info_officer", []string{"linke"}}, // the unit's own, except who filed it
		{"approver", []string{"hanlu", "xuqing"}},
		{"法务", []string{"hanlu"}},
		{"安全", nil}, // nobody heads it here
	} {
		t.Run(c.role, func(t *testing.T) {
			if got := org().Holders(c.role, a, "zhoumin", "binjiang"); !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}
