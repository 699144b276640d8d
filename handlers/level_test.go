package handlers_test

import (
	"strings"
	"testing"
	"time"

	"fenghuo/internal/incident"
	"fenghuo/store"
)

// told are the people told something in private.
func told(rows []store.PostRow) (people []string) {
	for _, r := range rows {
		if r.To != "" && r.Message.Updates == "" {
			people = append(people, r.To)
		}
	}
	return people
}

func TestAnUpgradeTakesEffectAtOnce(t *testing.T) {
	w := newWorld(t)
	w.reports("G1/T1")
	w.deliver()
	w.after("G1/T1", "wanglei: 收到")
	rows := w.says("zhoumin", "G1/T1", "升级II 已有媒体来问")
	inc := w.incident(number)
	if inc.Level.Current != incident.LevelII || !inc.Level.Provisional {
		t.Fatalf("level %+v", inc.Level)
	}
	if !strings.Contains(texts(rows), "@王蕾 请在11:12前回“确认升级”") {
		t.Errorf("said\n%s", texts(rows))
	}
	if got := strings.Join(told(rows), " "); got != "heyun" {
		t.Errorf("told at once: %s", got)
	}
	if got := texts(w.says("wuyan", "G1/T1", "确认升级")); !strings.Contains(got, "王蕾") || !w.incident(number).Level.Provisional {
		t.Errorf("wuyan is told %s", got)
	}
	w.says("wanglei", "G1/T1", "同意")
	if inc := w.incident(number); inc.Level.Provisional || inc.Level.Current != incident.LevelII {
		t.Errorf("level %+v", inc.Level)
	}
	if keys := offering(w.cards(), "确认升级"); len(keys) > 0 {
		t.Errorf("确认升级 is still offered by %v", keys)
	}
}

// The officer's word is enough for one step, not for level I.
func TestWhoseWordIsEnough(t *testing.T) {
	for _, c := range []struct {
		by, say string
		level   incident.Level
		open    bool
		asked   string
	}{
		{"wanglei", "升级 有媒体来问", incident.LevelII, false, ""},
		{"wanglei", "升级到红 有人死亡", incident.LevelI, true, "@许清"},
		{"xuqing", "升级一级 有人死亡", incident.LevelI, true, "@何云"},
		{"gubo", "升级I 有人死亡", incident.LevelI, false, ""},
		{"zhoumin", "升级橙，有人受伤", incident.LevelII, true, "@王蕾"},
	} {
		w := newWorld(t)
		w.reports("G1/T1")
		w.deliver()
		w.after("G1/T1", "wanglei: 收到")
		said := texts(w.says(c.by, "G1/T1", c.say))
		l := w.incident(number).Level
		if l.Current != c.level || l.Provisional != c.open || (c.asked != "" && !strings.Contains(said, c.asked)) {
			t.Errorf("%s says %s: %+v\n%s", c.by, c.say, l, said)
		}
	}
}

func TestADowngradeWaitsForApproval(t *testing.T) {
	w := newWorld(t)
	w.reports("G1/T1")
	w.deliver()
	w.after("G1/T1", "wanglei: 收到")
	said := texts(w.says("wanglei", "G1/T1", "降级IV 视频已删"))
	if l := w.incident(number).Level; l.Current != incident.LevelIII || l.Wanted != incident.LevelIV || !strings.Contains(said, "@许清") {
		t.Fatalf("level %+v, said %s", l, said)
	}
	w.says("wuyan", "G1/T1", "同意")
	w.says("xuqing", "G1/T1", "不同意 还有讨论")
	if l := w.incident(number).Level; l.Current != incident.LevelIII || l.Wanted != 0 {
		t.Fatalf("level %+v", l)
	}
	w.after("G1/T1", "wanglei: 降级 视频已删", "xuqing: 同意")
	if l := w.incident(number).Level; l.Current != incident.LevelIV {
		t.Errorf("level %+v", l)
	}
}

// Without a level or a reason the bot asks for them on a card; what is chosen there counts.
func TestALevelIsChosenOnACard(t *testing.T) {
	w := newWorld(t)
	w.reports("G1/T1")
	w.deliver()
	w.says("zhoumin", "G1/T1", "升级")
	asked := w.latest("G1/T1").Message.Card
	if asked.Form == nil || strings.Join(asked.Form.Inputs[0].Options, "") != "红橙" {
		t.Fatalf("asked with %+v", asked)
	}
	w.presses("zhoumin", "G1/T1", asked.Form.Submit, map[string]string{"choice": "橙", "text": "有人受伤"})
	inc := w.incident(number)
	if inc.Level.Current != incident.LevelII || inc.Level.History[len(inc.Level.History)-1].Reason != "有人受伤" {
		t.Errorf("level %+v", inc.Level)
	}
	if keys := offering(w.cards(), "升级"); len(keys) == 0 {
		t.Error("the incident's card offers no further upgrade")
	}
	w.says("wanglei", "G1/T1", "不同意 只有一条")
	if l := w.incident(number).Level; l.Current != incident.LevelIII || l.Provisional {
		t.Errorf("refused, but %+v", l)
	}
	w.now = w.now.Add(time.Minute)
	if said := texts(w.says("zhenghai", "G1/T1", "升级II 我来凑热闹")); w.incident(number).Level.Current != incident.LevelIII {
		t.Errorf("a stranger upgrades: %s", said)
	}
}
