package roster

import (
	"strings"
	"testing"
)

// FuzzMatchUnits: no unit twice, none that the text has nothing to do with.
func FuzzMatchUnits(f *testing.F) {
	for _, s := range []string{"滨江店", " 江澜滨江店（杭州）", "滨江", "店", "华东区域北门仓库着火", "", "\xff", "滨江\x00店"} {
		f.Add(s)
	}
	o := org()
	f.Fuzz(func(t *testing.T, text string) {
		seen := map[string]bool{}
		for _, u := range o.MatchUnits(text) {
			if seen[u.ID] {
				t.Errorf("%s twice", u.ID)
			}
			seen[u.ID] = true
			near := false
			for _, name := range u.names() {
				near = near || strings.Contains(text, name) || strings.Contains(name, strings.TrimSpace(text))
			}
			if !near {
				t.Errorf("%q is no %s", text, u.Name)
			}
		}
	})
}
