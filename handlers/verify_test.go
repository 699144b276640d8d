package handlers_test

import (
	"strings"
	"testing"

	"fenghuo/internal/incident"
)

func (w *world) acked() {
	w.t.Helper()
	w.reports("G1/T1")
	w.deliver()
	w.after("G1/T1", "wanglei: 收到")
	w.deliver()
}

func TestFactsComeInPieces(t *testing.T) {
	w := newWorld(t)
	w.acked()
	said := texts(w.says("sunke", "G1/T1", "核实 时间：03-09 19:40，地点：滨江店；规模：1杯、同批次2,400杯已封存"))
	v := w.incident(number).Verification
	if len(v.Facts) != 3 || v.Facts[2].Value != "1杯、同批次2,400杯已封存" || !strings.Contains(said, "还差：性质、影响、后果") {
		t.Fatalf("%+v\n%s", v.Facts, said)
	}
	if said := texts(w.says("sunke", "G1/T1", "核实 结论：属实")); !strings.Contains(said, "先把六要素报全") || w.incident(number).Verification.Conclusion != "" {
		t.Errorf("concluded too early: %s", said)
	}
	w.says("sunke", "G1/T1", "核实 性质：产品质量；影响：视频1.2万阅读；后果：顾客无不适（待核实）；来源：店长")
	inc := w.incident(number)
	if inc.Verification.FirstVerdict != incident.OnTime || !inc.Verification.FullAt.IsZero() || inc.State != incident.Verifying {
		t.Fatalf("%+v, %s", inc.Verification, inc.State)
	}
	if f, _ := inc.Verification.Fact("后果"); f.Status != incident.FactUnverified || f.Value != "顾客无不适" || f.Source != "店长" || f.By != "sunke" {
		t.Errorf("%+v", f)
	}
	w.after("G1/T1", "sunke: 核实 后果：顾客无不适", "sunke: 核实 结论：属实")
	inc = w.incident(number)
	if inc.Truth != "属实" || inc.Verification.FullVerdict != incident.OnTime || inc.State != incident.Handling {
		t.Errorf("%+v, %s, %s", inc.Verification, inc.Truth, inc.State)
	}
}

// What is known stands on the card; what is pressed there counts, unsure where it was left unsure.
func TestFactsAreWrittenOnACard(t *testing.T) {
	w := newWorld(t)
	w.acked()
	w.says("sunke", "G1/T1", "核实")
	form := w.latest("G1/T1").Message.Card.Form
	fields := map[string]string{"结论": "属实", "来源": "店长、监控"}
	for _, in := range form.Inputs[:6] {
		fields[in.Key] = strings.Join(in.Value, "")
		if fields[in.Key] == "" {
			fields[in.Key] = "已查清"
		}
	}
	toast := w.presses("sunke", "G1/T1", form.Submit, fields)
	v := w.incident(number).Verification
	if v.Conclusion != "属实" || len(v.Facts) != 6 || strings.Join(v.Unverified(), "、") != "地点、性质、影响" || !strings.Contains(toast, "已记入核实") {
		t.Errorf("%+v, told %q", v, toast)
	}
}

// A rumour that spreads goes on as one; a mistaken report ends, without a fault. Neither is mixed up.
func TestARumourIsNoMistake(t *testing.T) {
	w := newWorld(t)
	w.acked()
	six := "时间：1；地点：1；规模：1；性质：1；影响：1；后果：1；"
	w.says("sunke", "G1/T1", "核实 "+six+"结论：不实，监控里没有虫")
	inc := w.incident(number)
	if inc.State.Over() || inc.Nature != incident.NatureRumour || inc.Truth != "不实" || inc.Slot.N != 1 {
		t.Fatalf("%s, %s, %s", inc.State, inc.Nature, inc.Truth)
	}
	if said := texts(w.says("sunke", "G1/T1", "核实 误报")); !strings.Contains(said, "假消息在传") || w.incident(number).State.Over() {
		t.Errorf("ended without a reason: %s", said)
	}
	said := texts(w.says("sunke", "G1/T1", "核实 误报，是另一家公司的店"))
	inc = w.incident(number)
	if inc.State != incident.FalseReport || inc.Slot.N != 0 || !strings.Contains(said, "不扣分") || !strings.Contains(said, "周敏") || !strings.Contains(said, "孙恪核实") {
		t.Fatalf("%s, %+v: %s", inc.State, inc.Slot, said)
	}
	for key, c := range w.cards() {
		if len(c.Buttons) > 0 && strings.HasPrefix(key, "incident/") {
			t.Errorf("%s still offers %v", key, c.Buttons)
		}
	}
	w.says("wanglei", "G1/T1", "重开 确认是我们的店")
	if inc := w.incident(number); inc.State != incident.Reopened || inc.Slot.N == 0 {
		t.Errorf("reopened: %s, %+v", inc.State, inc.Slot)
	}
}

func TestWhoMayVerify(t *testing.T) {
	w := newWorld(t)
	w.acked()
	for person, may := range map[string]bool{"sunke": true, "wanglei": true, "wuyan": true, "xuqing": true, "zhoumin": false, "hanlu": false} {
		before := len(w.incident(number).Verification.Facts)
		said := texts(w.says(person, "G1/T1", "核实 规模：1杯"))
		_, known := w.incident(number).Verification.Fact("规模")
		if may != (known && strings.Contains(said, "已记入核实")) && before == 0 {
			t.Errorf("%s: %v, %s", person, known, said)
		}
		if !may && !strings.Contains(said, "王蕾") {
			t.Errorf("%s is told %s", person, said)
		}
	}
}
