package form_test

import (
	"testing"
	"time"

	"fenghuo/internal/form"
)

func TestACardIsFilledAtOnce(t *testing.T) {
	for _, c := range []struct {
		name    string
		fields  map[string]string
		then    form.Then
		refused string // the key of the answer that is not taken
		open    string // the key of the first question still open
	}{
		{"everything", map[string]string{"title": "滨江店顾客发视频说酸奶杯里有虫", "platform": "抖音、微博", "source_link": "没有，同事转发", "found_at": "2026-03-12 13:50",
			"unit_place": "北门仓库", "nature": "产品质量", "impact_now": "无明显"}, form.Review, "", ""},
		{"half of it", map[string]string{"title": "滨江店顾客发视频说酸奶杯里有虫", "platform": "抖音"}, form.Fill, "", "source_link"},
		{"a time to come", map[string]string{"title": "滨江店顾客发视频说酸奶杯里有虫", "platform": "抖音", "source_link": "没有，同事转发", "found_at": "2026-03-13 09:05",
			"unit_place": "北门仓库", "nature": "产品质量", "impact_now": "无明显"}, form.Fill, "found_at", "found_at"},
		{"a field of the second pass is not on the card", map[string]string{"summary": "昨晚顾客在店里买的酸奶里发现异物，拍视频发到网上"}, form.Fill, "", "title"},
	} {
		t.Run(c.name, func(t *testing.T) {
			at := start
			s, _ := form.Start(load(t, shipped), world(), "zhoumin", form.Input{ID: "0", At: at})
			r := s.Say(form.Input{ID: "card", At: at.Add(time.Minute), Text: "填好了", Fields: c.fields})
			if r.Then != c.then {
				t.Errorf("then %q, want %q", r.Then, c.then)
			}
			refused := ""
			for _, row := range s.Sheet(r.Notes) {
				if row.Refused != nil {
					refused = row.Field.Key
				}
			}
			if refused != c.refused {
				t.Errorf("refused %q, want %q", refused, c.refused)
			}
			open := ""
			for _, row := range s.Sheet(nil) {
				if open == "" && len(row.Value) == 0 {
					open = row.Field.Key
				}
			}
			if open != c.open {
				t.Errorf("open %q, want %q", open, c.open)
			}
		})
	}
}

func TestACardSentAgainChangesNothing(t *testing.T) {
	at := start
	s, _ := form.Start(load(t, shipped), world(), "zhoumin", form.Input{ID: "0", At: at})
	fields := map[string]string{"title": "滨江店顾客发视频说酸奶杯里有虫", "platform": "抖音", "found_at": "2026-03-12 13:50"}
	s.Say(form.Input{ID: "1", At: at.Add(time.Minute), Fields: fields})
	s.Say(form.Input{ID: "2", At: at.Add(2 * time.Minute), Fields: fields})
	for _, l := range s.Lines() {
		if len(l.Old) > 0 {
			t.Errorf("%s was changed from %v", l.Key, l.Old)
		}
	}
}
