package handlers_test

import (
	"strings"
	"testing"
	"time"

	"fenghuo/internal/incident"
	"fenghuo/store"
)

const lone = "M-20260310-001"

// TestTheWholeNumberIsSaidInPrivateAlone: whatever is said of an inquiry where others read along, and all the
// registry and the ledger keep, has it masked.
func TestTheWholeNumberIsSaidInPrivateAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.reports(home)
	w.says("zhoumin", home, "存草稿")
	w.deliver()
	w.after(home, "wanglei: 签收", "linke: 媒体来询 南方某报 记者李某 13812345678 问：回电0571-88880000还是本机？17点前答复", "wanglei: 转给 M-1 许清",
		"wuyan: 媒体", "wuyan: 媒体 李某", "wuyan: 详情", "xuqing: 答复 M-1 已回电13812345678")
	w.after("", "wuyan: 媒体", "wuyan: 媒体 李某", "xuqing: 日报")
	read := map[string]bool{}
	for _, row := range w.posts() {
		text := row.Message.Text
		if row.Message.Card != nil {
			text += row.Message.Card.Title + strings.Join(row.Message.Card.Lines, "")
		}
		if !strings.Contains(text, "13812345678") {
			continue
		}
		if !row.Place.Direct() {
			t.Errorf("in %s: %s", row.PlaceKey, text)
		}
		read[row.Place.Person] = true
	}
	for _, person := range []string{"wanglei", "xuqing", "wuyan"} {
		if !read[person] {
			t.Errorf("%s has not read it", person)
		}
		delete(read, person)
	}
	if len(read) > 0 {
		t.Errorf("read by %v", read)
	}
	must(t, w.store.View(t.Context(), func(tx *store.Tx) error {
		entries, err := tx.EntriesOf("incident/" + number)
		for _, e := range entries {
			if strings.Contains(string(e.Body), "13812345678") {
				t.Errorf("the ledger has it: %s", e.Body)
			}
		}
		return err
	}))
}

// TestAnInquiryOfNoIncident: it is registered and asked about; who may sees it put where it belongs, and its
// old number goes on meaning it.
func TestAnInquiryOfNoIncident(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.reports(home)
	w.says("zhoumin", home, "存草稿")
	w.deliver()
	told := func(person, say, want string) {
		t.Helper()
		if got := texts(w.says(person, "", say)); !strings.Contains(got, want) {
			t.Errorf("%s: %s: want %s, told\n%s", person, say, want, got)
		}
	}
	told("linke", "媒体来询 都市晚报 王某 问：是否召回？17点前答复", lone)
	told("wuyan", "媒体来询 都市晚报 王某 问：何时道歉？17点前答复", "回“媒体来询 M-20260310-002 001”归入")
	told("linke", "媒体来询 "+lone+" 电话13812345678", "都市晚报 王某（138****5678）")
	told("mayue", "答复 "+lone+" 已回", "没有找到您能看的")
	told("linke", "答复 "+lone+" 已回", "要由许清来")
	told("linke", "媒体来询 "+lone+" 001", "没有找到您能看的“001”")
	told("xuqing", "答复", "哪一条")
	told("xuqing", "转给 "+lone+" 王蕾", "改由王蕾答复")
	told("wuyan", "媒体来询 "+lone+" 001", "编号M-1")
	told("wuyan", "媒体来询 "+lone+" 001", "请一条写明") // it is there already
	told("wanglei", "答复 "+lone+" 用口径v1", "现在没有在用的口径")
	told("wanglei", "签收 001", "签收")
	told("wanglei", "口径初稿 001 正在核实", "口径v1初稿")
	told("xuqing", "同意 001", "口径v1生效")
	told("wanglei", "答复 "+lone+" 用口径v1", "M-1（都市晚报 王某）已由王蕾答复，用口径v1")
	told("xuqing", "答复 M-20260310-002 已回", "M-20260310-002（都市晚报 王某）已由许清答复")
	told("xuqing", "媒体 王某", "M-1 001")
	inc := w.incident(number)
	if len(inc.Inquiries) != 1 || inc.Inquiries[0].By != "linke" || inc.Inquiries[0].TalkingPoints != 1 {
		t.Errorf("registered: %+v", inc.Inquiries)
	}
	must(t, w.store.View(t.Context(), func(tx *store.Tx) error {
		for _, n := range []string{lone, "M-20260310-002"} {
			if clocks, err := tx.ClocksOf("media/" + n); err != nil || len(clocks) > 0 {
				t.Errorf("%s is still asked for: %v, %v", n, clocks, err)
			}
		}
		return nil
	}))
}

// TestThePressAsksAfterItIsOver: nothing is lost, and the closed incident stays closed.
func TestThePressAsksAfterItIsOver(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.reports(home)
	w.says("zhoumin", home, "存草稿")
	w.deliver()
	w.after(home, append(final, "xuqing: 批准终报")...)
	got := texts(w.says("linke", home, "媒体来询 南方某报 问：结果公布吗？"))
	if inc := w.incident(number); !strings.Contains(got, "媒体来询已登记 M-") || len(inc.Inquiries) > 0 || inc.State != incident.Closed {
		t.Errorf("told\n%s", got)
	}
}

// TestAConfidentialInquiryIsNobodyElsesBusiness: those not named in its incident learn nothing of who asked.
func TestAConfidentialInquiryIsNobodyElsesBusiness(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.reports("", "改18 是")
	w.deliver()
	w.after("", "wanglei: 签收 001", "wanglei: 媒体来询 001 西北某台 李某 问：是否召回？17点前答复")
	if inc := w.incident(number); !inc.Confidential || len(inc.Inquiries) != 1 {
		t.Fatalf("confidential %v, %d inquiries", inc.Confidential, len(inc.Inquiries))
	}
	for _, row := range w.posts() {
		if strings.Contains(row.Message.Text, "西北某台") && (!row.Place.Direct() || row.Place.Person == "hanlu") {
			t.Errorf("told %s: %s", row.PlaceKey, row.Message.Text)
		}
	}
	if got := texts(w.says("wanglei", "", "媒体")); !strings.Contains(got, "西北某台") {
		t.Errorf("the officer reads\n%s", got)
	}
	if got := texts(w.says("wanglei", home, "媒体")); strings.Contains(got, "西北某台") {
		t.Errorf("others read along\n%s", got)
	}
}

// TestTheFormAsksForThePress: what field 13 tells is one inquiry, corrected with the field; 没有 is none.
func TestTheFormAsksForThePress(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.reports("", "改13 没有")
	if n := len(w.incident(number).Inquiries); n != 0 {
		t.Errorf("%d inquiries out of 没有", n)
	}
	w.now = w.now.Add(time.Minute)
	w.says("zhoumin", "", "补充")
	w.says("zhoumin", "", "改13 有，城市频道，张某，13812345678，问是否召回，17点截稿")
	w.says("zhoumin", "", "改13 有，城市频道，张某，13812345678，问是否召回，18点截稿")
	w.says("zhoumin", "", "⑭已下架")
	inc := w.incident(number)
	if len(inc.Inquiries) != 1 {
		t.Fatalf("%d inquiries", len(inc.Inquiries))
	}
	q := inc.Inquiries[0]
	if q.Outlet != "城市频道" || q.Person != "张某" || q.Phone != "138****5678" || q.Due.UTC().Hour() != 10 || !q.FromForm {
		t.Errorf("%+v", q)
	}
}
