package roster

import (
	"slices"
	"testing"
)

func TestMatchUnits(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"short name", "滨江店", []string{"binjiang"}},
		{"full name", "江澜滨江店（杭州）", []string{"binjiang"}},
		{"alias", "北门仓", []string{"beimen"}},
		{"spaces around it", " 滨江店 ", []string{"binjiang"}},
		{"part of two names: the one that begins with it first", "滨江", []string{"binjiang", "depot"}},
		{"part of one name", "配送站", []string{"depot"}},
		{"in a sentence", "滨江店的奶茶里有异物", []string{"binjiang"}},
		{"the longest name in a sentence", "华东区域北门仓库着火", []string{"huadong", "beimen"}},
		{"one character is too little", "店", nil},
		{"nothing like it", "南京路店面", nil},
		{"nothing", "  ", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, u := range org().MatchUnits(c.text) {
				got = append(got, u.ID)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestHomeGroup(t *testing.T) {
	o := org()
	o.Units[0].Group = "G2" // the region
	for unit, want := range map[string]string{"beimen": "G2", "binjiang": "G2", "quality": "G1", "": "G1", "mall": "G1"} {
		if g, ok := o.HomeGroup(unit); !ok || g.ID != want {
			t.Errorf("unit %q lives in %q, want %q", unit, g.ID, want)
		}
	}
	if _, ok := (&Org{}).HomeGroup("binjiang"); ok {
		t.Error("a group out of nothing")
	}
}
