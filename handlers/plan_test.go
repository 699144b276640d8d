package handlers_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fenghuo/config"
	"fenghuo/internal/incident"
	"fenghuo/internal/roster"
	"fenghuo/store"
)

// planned is a world with the shipped plans and an incident of level III that nobody has acknowledged.
func planned(t *testing.T) *world {
	t.Helper()
	w := newWorld(t)
	book, err := config.LoadPlans("plans-v1")
	must(t, err)
	w.desk.Plans = book
	w.reports(home)
	return w
}

// saidAmong finds the message with these words.
func saidAmong(rows []store.PostRow, words string) (store.PostRow, bool) {
	n := slices.IndexFunc(rows, func(r store.PostRow) bool { return strings.Contains(r.Message.Text, words) })
	if n < 0 {
		return store.PostRow{}, false
	}
	return rows[n], true
}

func TestAPlanMentionsItsOwnersByDayOnly(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		after time.Duration
		want  int
	}{{"by day", 0, 4}, {"at night", 13*time.Hour + 30*time.Minute, 0}} {
		w := planned(t)
		w.now = w.now.Add(c.after)
		row, ok := saidAmong(w.says("wanglei", home, "签收"), "已启动“产品质量预案”")
		if !ok || len(row.Message.Mentions) != c.want {
			t.Errorf("%s: mentions %v", c.name, row.Message.Mentions)
		}
	}
}

func TestWithoutPlansNothingStarts(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.reports(home)
	if row, ok := saidAmong(w.says("wanglei", home, "签收"), "预案"); ok {
		t.Errorf("said %q", row.Message.Text)
	}
	if _, ok := saidAmong(w.says("wanglei", home, "预案"), "没有适用的预案"); !ok {
		t.Error("nobody is told that nothing is planned")
	}
}

// TestAnOwnerOnLeaveIsCoveredFor, and where nobody stands in, the officer has the task.
func TestAnOwnerOnLeaveIsCoveredFor(t *testing.T) {
	t.Parallel()
	w := planned(t)
	w.org.Leave = append(w.org.Leave, roster.Leave{Person: "sunke", From: "2026-03-10", To: "2026-03-12", Cover: "dingwei"}, roster.Leave{Person: "mayue", From: "2026-03-10", To: "2026-03-12"})
	w.says("wanglei", home, "签收")
	for title, want := range map[string]string{"同批次下架封存，留样送检": "dingwei", "联系当事人，问清经过并安抚": "wanglei", "三同步②：处置进展和对外口径一起研究": "xuqing"} {
		n := slices.IndexFunc(w.incident(number).Tasks, func(task incident.Task) bool { return task.Title == title })
		if n < 0 || w.incident(number).Tasks[n].Owner != want {
			t.Errorf("%s: task %d of %+v, want %s", title, n, w.incident(number).Tasks, want)
		}
	}
}

func TestRightsOverTasks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		person, say string
		told        string
		done        bool
	}{
		{"sunke", "完成 3", "任务3已办", true},
		{"wanglei", "完成3 已送到", "任务3已办", true},
		{"chenfang", "完成 3", "任务3已办", true},
		{"wuyan", "完成第3项", "任务3已办", true},
		{"mayue", "完成 3", "要由孙恪或王蕾来", false},
		{"zhoumin", "完成 3", "要由孙恪或王蕾来", false},
		{"hanlu", "完成 3", "要由孙恪或王蕾来", false},
		{"xuqing", "完成 3", "要由孙恪或王蕾来", false},
		{"stranger", "完成 3", "没有找到", false},
		{"sunke", "完成", "请写明编号", false},
		{"sunke", "完成 9", "没有这一项任务", false},
	} {
		w := planned(t)
		w.says("wanglei", home, "签收")
		rows := w.says(c.person, home, c.say)
		if _, ok := saidAmong(rows, c.told); !ok || w.incident(number).Task(3).Open() == c.done {
			t.Errorf("%s: %s: %v, open %v", c.person, c.say, texts(rows), w.incident(number).Task(3).Open())
		}
	}
}

func TestWhoMayGiveTasks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		person, say, told string
		given             bool
	}{
		{"wanglei", "任务 给 林可 今晚8点前 联系平台删帖", "@林可 任务6：联系平台删帖（20:00前）", true},
		{"xuqing", "任务给林可 联系平台删帖", "@林可 任务6：联系平台删帖。", true},
		{"wuyan", "派任务 林可 半小时后 回电", "任务6：回电", true},
		{"zhoumin", "任务 给 林可 今晚8点前 联系平台删帖", "要由王蕾来", false},
		{"wanglei", "任务 给 赵六 今晚8点前 联系平台删帖", "赵六", false},
		{"wanglei", "任务 给 林可 今晚8点前", "请写明给谁", false},
		{"wanglei", "任务 给 林可 今晚8点前 同批次下架封存，留样送检", "已经有这样一项", false},
	} {
		w := planned(t)
		w.says("wanglei", home, "签收")
		rows := w.says(c.person, home, c.say)
		if _, ok := saidAmong(rows, c.told); !ok || (len(w.incident(number).Tasks) == 6) != c.given {
			t.Errorf("%s: %s: %v, %d tasks", c.person, c.say, texts(rows), len(w.incident(number).Tasks))
		}
	}
}
