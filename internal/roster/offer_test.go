package roster

import (
	"fmt"
	"slices"
	"testing"
)

func TestOffer(t *testing.T) {
	o := org()
	o.Units = append(o.Units, Unit{ID: "binjiang2", Name: "滨江店", Full: "江澜滨江店（重庆）"})
	for person, want := range map[string][]string{
		"linke":  {"江澜滨江店（杭州）", "大滨江配送站", "北门仓库", "华东区域", "品牌公关部", "质量部", "法务部", "江澜滨江店（重庆）"},
		"wuyan":  {"品牌公关部", "华东区域", "大滨江配送站", "江澜滨江店（杭州）", "北门仓库", "质量部", "法务部", "江澜滨江店（重庆）"},
		"nobody": {"华东区域", "大滨江配送站", "江澜滨江店（杭州）", "北门仓库", "品牌公关部", "质量部", "法务部", "江澜滨江店（重庆）"},
	} {
		got := o.Offer(person)
		if !slices.Equal(got, want) {
			t.Errorf("%s is offered %v, want %v", person, got, want)
		}
		for _, name := range got {
			if hits := o.MatchUnits(name); len(hits) != 1 {
				t.Errorf("%s, chosen, is %d units", name, len(hits))
			}
		}
	}
	for n := range 100 {
		o.Units = append(o.Units, Unit{ID: fmt.Sprint("u", n), Name: fmt.Sprintf("第%d店", n+1)})
	}
	if n := len(o.Offer("linke")); n != mostOffered {
		t.Errorf("%d are offered", n)
	}
}

func TestAnswers(t *testing.T) {
	for person, want := range map[string]bool{"wanglei": true, "chenfang": true, "wuyan": true, "dingwei": true, "lushan": true, "linke": false, "gubo": false, "": false} {
		if got := org().Answers(person); got != want {
			t.Errorf("%s: %v", person, got)
		}
	}
}
