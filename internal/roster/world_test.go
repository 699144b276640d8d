package roster

import (
	"testing"
	"time"

	"fenghuo/internal/calendar"
)

// org is a small enterprise: a region with two shops, a depot and the public-relations department.
func org() *Org {
	return &Org{
		Name: "江澜", Bot: "舆报助手", Zone: "Asia/Shanghai",
		People: []Person{
			{ID: "zhoumin", Name: "周敏", Unit: "binjiang", Posts: []string{"reporter"}},
			{ID: "linke", Name: "林可", Unit: "binjiang", Posts: []string{"reporter"}},
			{ID: "mayue", Name: "马越", Unit: "binjiang"},
			{ID: "wanglei", Name: "王蕾", Unit: "pr", Posts: []string{"officer"}},
			{ID: "chenfang", Name: "陈放", Unit: "pr", Posts: []string{"officer"}},
			{ID: "wuyan", Name: "吴妍", Unit: "pr", Posts: []string{"info_officer"}},
			{ID: "xuqing", Name: "许清", Unit: "pr", Posts: []string{"head", "approver"}},
			{ID: "heyun", Name: "何云", Posts: []string{"deputy"}},
			{ID: "gubo", Name: "顾波", Posts: []string{"chief"}},
			{ID: "sunke", Name: "孙恪", Unit: "quality"},
			{ID: "hanlu", Name: "韩律", Unit: "legal", Posts: []string{"approver"}},
			{ID: "dingwei", Name: "丁伟", Posts: []string{"duty"}},
			{ID: "lushan", Name: "陆山", Posts: []string{"duty"}},
		},
		Units: []Unit{
			{ID: "huadong", Name: "华东区域", Aliases: []string{"华东"}},
			{ID: "depot", Name: "大滨江配送站", Parent: "huadong"},
			{ID: "binjiang", Name: "滨江店", Full: "江澜滨江店（杭州）", Head: "mayue", Parent: "huadong"},
			{ID: "beimen", Name: "北门仓库", Aliases: []string{"北门仓"}, Parent: "huadong", Group: "G2"},
			{ID: "pr", Name: "品牌公关部"},
			{ID: "quality", Name: "质量部"},
			{ID: "legal", Name: "法务部"},
		},
		Groups:    []Group{{ID: "G1", Platform: "feishu"}, {ID: "G2", Platform: "wecom"}},
		Functions: map[string]string{"法务": "hanlu", "质量": "sunke"},
		Routing:   []Route{usual()},
		Duty:      []Shift{{Person: "lushan", Weekdays: []int{6, 7}}, {Person: "dingwei"}},
		Holiday: []Shift{
			{Person: "lushan", From: "2025-10-01", To: "2025-10-03"},
			{Person: "dingwei", From: "2025-10-04", To: "2025-10-08"},
		},
	}
}

// usual is the route for everything.
func usual() Route {
	return Route{Officer: "wanglei", Backup: "chenfang", Tracker: "wuyan", Head: "xuqing", Deputy: "heyun", Chief: "gubo"}
}

func cal(t *testing.T) *calendar.Calendar {
	t.Helper()
	c, err := calendar.New(time.FixedZone("CST", 8*60*60))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func at(t *testing.T, s string) time.Time {
	t.Helper()
	moment, err := time.ParseInLocation("2006-01-02 15:04", s, time.FixedZone("CST", 8*60*60))
	if err != nil {
		t.Fatal(err)
	}
	return moment
}
