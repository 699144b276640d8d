package config

import (
	"strings"
	"testing"
)

func TestShippedExampleOrganisation(t *testing.T) {
	org, err := LoadOrg("../testdata/org/jianglan.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if len(org.People) == 0 || org.Functions["法务"] != "hanlu" {
		t.Errorf("%+v", org)
	}
}

// goodOrg passes; each refused case replaces one text in it.
const goodOrg = `name: 江澜食品集团
bot: 舆报助手
zone: Asia/Shanghai
people:
  - {id: wanglei, name: 王蕾, unit: pr, posts: [officer], accounts: {feishu: ou_1}}
  - {id: chenfang, name: 陈放, unit: pr, accounts: {feishu: ou_2}}
units:
  - {id: pr, name: 品牌公关部, head: wanglei}
  - {id: shop, name: 滨江店, parent: pr}
groups:
  - {id: G1, name: 直报群, platform: feishu, members: [wanglei]}
functions: {法务: chenfang}
routing:
  - {units: [shop], levels: [I], officer: chenfang}
  - {officer: wanglei, backup: chenfang}
duty:
  - {person: wanglei, weekdays: [1, 7]}
holiday_duty:
  - {person: chenfang, from: 2026-10-01, to: 2026-10-07}
leave:
  - {person: wanglei, from: 2026-03-10, to: 2026-03-12, cover: chenfang}
digest:
  - {person: wanglei, min_level: 2}
`

func TestRefusedOrganisations(t *testing.T) {
	if _, err := ParseOrg([]byte(goodOrg), "org.yaml"); err != nil {
		t.Fatal(err)
	}
	const posts = "reporter, photo, info_officer, officer, verifier, head, deputy, chief, duty, approver, committee, admin"
	for _, c := range []struct{ name, old, by, want string }{
		{"unknown key", "bot: ", "bott: ", `org.yaml:2:1: unknown key "bott"; did you mean bot?`},
		{"unknown key of a person", "posts: [officer]", "post: officer", `org.yaml:5:39: people[0]: unknown key "post"; did you mean posts?`},
		{"no name", "name: 江澜食品集团\n", "", "org.yaml:1:1: name: missing; write the name of the enterprise"},
		{"zone", "Asia/Shanghai", "Beijing", `org.yaml:3:7: zone: "Beijing" is not a time zone; write Asia/Shanghai`},
		{"duplicate person", "id: chenfang", "id: wanglei", ""},
		{"duplicate account", "ou_2", "ou_1", `org.yaml:6:59: people[1].accounts.feishu: feishu account "ou_1" is given twice; change or delete one`},
		{"person without an id", "{id: chenfang, ", "{", ""},
		{"unknown post", "[officer]", "[officier]", `org.yaml:5:47: people[0].posts[0]: post "officier" does not exist; write one of ` + posts},
		{"unknown unit of a person", "unit: pr, posts", "unit: prr, posts", `org.yaml:5:35: people[0].unit: unit "prr" does not exist; write an id from units`},
		{"duplicate unit", "id: shop", "id: pr", ""},
		{"duplicate unit name", "滨江店", "品牌公关部", `org.yaml:9:22: units[1].name: unit name "品牌公关部" is given twice; change or delete one`},
		{"unknown head", "head: wanglei", "head: wang", `org.yaml:8:33: units[0].head: person "wang" does not exist; write an id from people`},
		{"unknown parent", "parent: pr", "parent: hq", `org.yaml:9:35: units[1].parent: unit "hq" does not exist; write an id from units`},
		{"own parent", "head: wanglei", "parent: pr", `org.yaml:8:35: units[0].parent: unit "pr" stands above itself; take one parent out of the circle`},
		{"parents in a circle", "head: wanglei", "parent: shop", `org.yaml:8:35: units[0].parent: unit "pr" stands above itself; take one parent out of the circle` + "\n" +
			`org.yaml:9:35: units[1].parent: unit "shop" stands above itself; take one parent out of the circle`},
		{"unknown platform", "platform: feishu", "platform: dingtalk", `org.yaml:11:35: groups[0].platform: platform "dingtalk": write feishu or wecom`},
		{"unknown member", "members: [wanglei]", "members: [wanglei, wang]", `org.yaml:11:62: groups[0].members[1]: person "wang" does not exist; write an id from people`},
		{"unknown person of a function", "{法务: chenfang}", "{法务: chen}", `org.yaml:12:17: functions.法务: person "chen" does not exist; write an id from people`},
		{"unknown person in routing", "officer: wanglei, backup", "officer: wang, backup", `org.yaml:15:15: routing[1].officer: person "wang" does not exist; write an id from people`},
		{"route without an officer", "{officer: wanglei, backup: chenfang}", "{backup: chenfang}", "org.yaml:15:5: routing[1].officer: missing; write who answers for it (A岗)"},
		{"unknown unit in routing", "units: [shop]", "units: [shop, mall]", `org.yaml:14:20: routing[0].units[1]: unit "mall" does not exist; write an id from units`},
		{"unknown level in routing", "levels: [I]", "levels: [V]", `org.yaml:14:30: routing[0].levels[0]: level "V": write I, II, III or IV`},
		{"A岗 as her own B岗", "backup: chenfang", "backup: wanglei", "org.yaml:15:32: routing[1].backup: A岗 and B岗 are the same person; name another, or delete the line"},
		{"no last route", "  - {officer: wanglei, backup: chenfang}\n", "", "org.yaml:14:3: routing: the last route must match everything; give it no units, natures or levels"},
		{"route never reached", "units: [shop], levels: [I], officer", "officer", "org.yaml:14:5: routing[0]: matches everything, so the routes after it are never reached; move it to the end"},
		{"weekday", "[1, 7]", "[0, 7]", "org.yaml:17:34: duty[0].weekdays[0]: 0: write 1 (Monday) to 7 (Sunday)"},
		{"date", "from: 2026-10-01", "from: 10月1日", `org.yaml:19:30: holiday_duty[0].from: date "10月1日": write it as 2025-10-01`},
		{"end before the start", "to: 2026-10-07", "to: 2026-09-30", "org.yaml:19:46: holiday_duty[0].to: 2026-09-30 is before 2026-10-01; write the last day"},
		{"year without holidays", "from: 2026-10-01, to: 2026-10-07", "from: 2031-10-01", "org.yaml:19:30: holiday_duty[0].from: the calendar has no holidays for 2031; update to a version that has them, give them with the key calendar, or take the days out"},
		{"unknown cover", "cover: chenfang", "cover: chen", `org.yaml:21:64: leave[0].cover: person "chen" does not exist; write an id from people`},
		{"covers for herself", "cover: chenfang", "cover: wanglei", "org.yaml:21:64: leave[0].cover: nobody covers for themselves; name another, or delete the line"},
		{"one keeper of sources", "digest:", "protect: [wanglei]\ndigest:", `org.yaml:22:10: protect: 1 people; write two ids from people, or leave it out`},
		{"a keeper twice", "digest:", "protect: [wanglei, wanglei]\ndigest:", `org.yaml:22:20: protect[1]: keeper "wanglei" is given twice; change or delete one`},
		{"a keeper nobody knows", "digest:", "protect: [wanglei, wang]\ndigest:", `org.yaml:22:20: protect[1]: person "wang" does not exist; write an id from people`},
		{"digest", "min_level: 2", "min_level: 5", "org.yaml:23:34: digest[0].min_level: 5: write 1 (I) to 4 (IV)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if !strings.Contains(goodOrg, c.old) {
				t.Fatalf("the organisation does not hold %q", c.old)
			}
			_, err := ParseOrg([]byte(strings.Replace(goodOrg, c.old, c.by, 1)), "org.yaml")
			if err == nil {
				t.Fatal("accepted")
			}
			if c.want != "" && err.Error() != c.want {
				t.Errorf("got\n%v\nwant\n%s", err, c.want)
			}
		})
	}
}

// TestDuplicatesAreNamedWhereTheyAreGivenAgain: other errors follow from a duplicate; this one comes first.
func TestDuplicatesAreNamedWhereTheyAreGivenAgain(t *testing.T) {
	for _, c := range []struct{ old, by, want string }{
		{"id: chenfang", "id: wanglei", `org.yaml:6:10: people[1].id: person "wanglei" is given twice; change or delete one`},
		{"id: shop", "id: pr", `org.yaml:9:10: units[1].id: unit "pr" is given twice; change or delete one`},
		{"{id: chenfang, ", "{", "org.yaml:6:5: people[1].id: missing; write an id of one's own"},
	} {
		_, err := ParseOrg([]byte(strings.Replace(goodOrg, c.old, c.by, 1)), "org.yaml")
		if err == nil || lines(err)[0] != c.want {
			t.Errorf("got\n%v\nwant first\n%s", err, c.want)
		}
	}
}
