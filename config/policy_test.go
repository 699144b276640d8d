package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fenghuo/internal/incident"
)

func TestShippedPolicies(t *testing.T) {
	for _, name := range PolicyNames() {
		p, err := LoadPolicy(name)
		if err != nil {
			t.Error(err)
			continue
		}
		if p.Name != name || p.Source == "" {
			t.Errorf("%s: calls itself %q, from %q", name, p.Name, p.Source)
		}
	}
	if len(PolicyNames()) != 7 {
		t.Errorf("shipped: %v", PolicyNames())
	}
}

func TestDerivedPolicyTakesTheRestFromItsBase(t *testing.T) {
	p := parsed(t, "base: default-v1\nname: ours\nlevels:\n  II:\n    ack: 7m\n    follow_up: {fixed: [\"08:30\"]}\n    ladder:\n      - {after: 7m, tell: [head]}\n")
	base, err := LoadPolicy("default-v1")
	if err != nil {
		t.Fatal(err)
	}
	two, was := p.Levels[incident.LevelII], base.Levels[incident.LevelII]
	if two.Ack.D != 7*time.Minute || two.FirstReport != was.FirstReport || two.FinalBy != was.FinalBy {
		t.Errorf("ack %v, first report %v, final by %s", two.Ack.D, two.FirstReport.D, two.FinalBy)
	}
	if two.FollowUp.Every != was.FollowUp.Every || len(two.FollowUp.Fixed) != 1 {
		t.Errorf("follow-ups are merged key by key: %+v", two.FollowUp)
	}
	if len(two.Ladder) != 1 {
		t.Errorf("a ladder is taken whole: %+v", two.Ladder)
	}
	if p.Levels[incident.LevelI].Ack != base.Levels[incident.LevelI].Ack || len(p.Suggestions) != len(base.Suggestions) {
		t.Error("what is not named comes from the base")
	}
}

func TestBaseBesideTheFile(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "group.yaml", "base: default-v1\nname: group\nlevels:\n  I: {ack: 4m}\n")
	shop := write(t, dir, "shop.yaml", "base: group.yaml\nname: shop\nlevels:\n  I: {first_report: 10m}\n")
	p, err := LoadPolicy(shop)
	if err != nil {
		t.Fatal(err)
	}
	if one := p.Levels[incident.LevelI]; one.Ack.D != 4*time.Minute || one.FirstReport.D != 10*time.Minute {
		t.Errorf("ack %v, first report %v", one.Ack.D, one.FirstReport.D)
	}
}

func TestBasesInACircle(t *testing.T) {
	dir := t.TempDir()
	a := write(t, dir, "a.yaml", "name: a\nbase: b.yaml\n")
	b := write(t, dir, "b.yaml", "name: b\nbase: a.yaml\n")
	_, err := LoadPolicy(a)
	wantError(t, err, a+":2:7: base: "+b+":2:7: base: the policies build on one another in a circle ("+a+", "+b+", "+a+"); take one base line out")
}

func TestMalformedPolicies(t *testing.T) {
	const head = "base: default-v1\nname: ours\n"
	for _, c := range []struct{ name, text, want string }{
		{"empty", "", "p.yaml:1:1: the file is empty"},
		{"only comments", "# nothing\n", "p.yaml:1:1: the file is empty"},
		{"not YAML", head + "levels: [I\n", `p.yaml:3:9: sequence end token ']' not found`},
		{"not a block", "- 1\n", "p.yaml:1:1: write a block of keys: base, levels, name, source, note, quiet_from, quiet_to, quiet_resume, delivery_slack, reach_within, outage_after, provisional_for, appeal, debrief_remind, second_notice, missed_element, suggest, material, material_growth, media, alike"},
		{"two documents", head + "---\nname: other\n", "p.yaml:4:1: a second document begins here; a file holds one"},
		{"key given twice", head + "name: again\n", `p.yaml:3:1: mapping key "name" already defined at [2:1]`},
		{"unknown key", head + "quiet: all\n", `p.yaml:3:1: unknown key "quiet"; the keys here are base, levels, name, source, note, quiet_from, quiet_to, quiet_resume, delivery_slack, reach_within, outage_after, provisional_for, appeal, debrief_remind, second_notice, missed_element, suggest, material, material_growth, media, alike`},
		{"misspelt key of a level", head + "levels:\n  II:\n    frist_report: 15m\n", `p.yaml:5:5: levels.II: unknown key "frist_report"; did you mean first_report?`},
		{"misspelt key in a flow block", head + "levels:\n  III: {ack: 15m, follow_up: {fixd: [\"08:00\"]}}\n", `p.yaml:4:31: levels.III.follow_up: unknown key "fixd"; did you mean fixed?`},
		{"unknown level", head + "levels:\n  V: {ack: 5m}\n", `p.yaml:4:3: levels: unknown key "V"; the keys here are I, II, III, IV`},
		{"bad span", head + "levels:\n  I:\n    ack: 5 min\n", `p.yaml:5:10: levels.I.ack: span "5 min": write 15m, 4h, 4wh (working hours) or 3wd (working days)`},
		{"span without a unit", head + "levels:\n  I: {ack: 5}\n", `p.yaml:4:12: levels.I.ack: span "5": write 15m, 4h, 4wh (working hours) or 3wd (working days)`},
		{"bad working days", head + "levels:\n  I: {final: 0wd}\n", `p.yaml:4:14: levels.I.final: span "0wd": write working days as 3wd`},
		{"negative span", head + "levels:\n  I: {ack: -5m}\n", `p.yaml:4:12: levels.I.ack: span "-5m": write 15m, 4h, 4wh (working hours) or 3wd (working days)`},
		{"bad span in a ladder", head + "levels:\n  I:\n    ladder:\n      - {after: 5m, tell: [officer]}\n      - {after: soon, tell: [head]}\n", `p.yaml:7:17: levels.I.ladder[1].after: span "soon": write 15m, 4h, 4wh (working hours) or 3wd (working days)`},
		{"bad duration", head + "outage_after: 3 minutes\n", `p.yaml:3:15: outage_after: duration "3 minutes": write 30s, 15m, 4h or 48h`},
		{"negative duration", head + "outage_after: -3m\n", `p.yaml:3:15: outage_after: duration "-3m": write 30s, 15m, 4h or 48h`},
		{"working time where wall time is meant", head + "levels:\n  I: {calm: 2wd}\n", `p.yaml:4:13: levels.I.calm: duration "2wd": write 30s, 15m, 4h or 48h`},
		{"bad time of day", head + "quiet_from: \"25:00\"\n", `p.yaml:3:13: quiet_from: time of day "25:00": write it as 09:00`},
		{"no value", head + "levels:\n  I:\n    ack:\n", `p.yaml:5:5: levels.I.ack: has no value; give it one or delete the line`},
		{"not a number", head + "material_growth: double\n", "p.yaml:3:18: material_growth: write a number"},
		{"half a day", head + "levels:\n  I: {hard_stop_days: 1.5}\n", "p.yaml:4:23: levels.I.hard_stop_days: write a whole number"},
		{"not a list", head + "material: 热搜\n", "p.yaml:3:11: material: write a list: [a, b], or one item per line after a dash"},
		{"not a switch", head + "levels:\n  I: {debrief_must: please}\n", "p.yaml:4:21: levels.I.debrief_must: write true or false"},
		{"list for a value", head + "levels:\n  I: {ack: [5m]}\n", "p.yaml:4:12: levels.I.ack: is a list or a block; write one value"},
		{"number for text", head + "levels:\n  I: {quiet: 1.10}\n", "p.yaml:4:14: levels.I.quiet: is text that looks like something else; put it in quotes"},
		{"unknown clock", head + "levels:\n  I: {time: night}\n", `p.yaml:4:13: levels.I.time: "night": write wall or work`},
		{"unknown anchor", head + "levels:\n  I: {first_report_from: guess}\n", `p.yaml:4:26: levels.I.first_report_from: "guess": write found or occurred`},
		{"unknown quiet rule", head + "levels:\n  I: {quiet: never}\n", `p.yaml:4:14: levels.I.quiet: "never": write ignore, defer or all`},
		{"nobody told", head + "levels:\n  I:\n    ladder:\n      - {after: 5m}\n", "p.yaml:6:9: levels.I.ladder[0].tell: nobody; write [officer], [backup, head] …"},
		{"ladder downwards", head + "levels:\n  I:\n    ladder:\n      - {after: 5m, tell: [officer]}\n      - {after: 5m, tell: [head]}\n", "p.yaml:7:17: levels.I.ladder[1].after: not later than the step before it"},
		{"no name", "base: default-v1\n", "p.yaml:1:1: name: missing; give the policy a name of its own"},
		{"unknown base", "name: ours\nbase: default-v9\n", `p.yaml:2:7: base: "default-v9" is not shipped; write a path ending in .yaml, or one of ` + strings.Join(PolicyNames(), ", ")},
		{"missing base file", "name: ours\nbase: none.yaml\n", "p.yaml:2:7: base: open none.yaml: no such file or directory"},
		{"levels missing", "name: ours\nreach_within: 1h\noutage_after: 3m\nprovisional_for: 2h\nappeal: 5wd\ndebrief_remind: 9h\nquiet_from: \"22:00\"\nlevels:\n", "p.yaml:8:1: levels.I: missing; write all four levels, or base: default-v1\n" +
			"p.yaml:8:1: levels.II: missing; write all four levels, or base: default-v1\np.yaml:8:1: levels.III: missing; write all four levels, or base: default-v1\n" +
			"p.yaml:8:1: levels.IV: missing; write all four levels, or base: default-v1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := ParsePolicy([]byte(c.text), "p.yaml")
			wantError(t, err, c.want)
		})
	}
}

// TestPolicyWithoutBaseNeedsEverything: each thing left out of a whole policy is named with its place.
func TestPolicyWithoutBaseNeedsEverything(t *testing.T) {
	for _, c := range []struct{ name, cut, want string }{
		{"outage", "outage_after: 3m\n", "outage_after: missing; write 3m"},
		{"reach", "reach_within: 1h\n", "reach_within: missing; write 1h"},
		{"ack", "    ack: 5m\n", "levels.I.ack: missing; write 15m, 4h, 4wh (working hours) or 3wd (working days)"},
		{"calm", "    calm: 48h\n", "levels.I.calm: missing; write 24h"},
		{"rhythm", "    follow_up: {every: 1h, for: 24h, then: 2h, fixed: [\"09:00\", \"17:00\"]}\n", `levels.I.follow_up: neither every nor fixed; write {fixed: ["17:00"]}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := ParsePolicy([]byte(whole(t, c.cut, "")), "p.yaml")
			if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("got %v\nwant %s", err, c.want)
			}
		})
	}
}

func TestEveryProblemIsReportedAtOnce(t *testing.T) {
	_, err := ParsePolicy([]byte("base: default-v1\nname: ours\nlevels:\n  I: {ack: x, elemens: 5m}\n"), "p.yaml")
	wantError(t, err, `p.yaml:4:12: levels.I.ack: span "x": write 15m, 4h, 4wh (working hours) or 3wd (working days)`+"\n"+
		`p.yaml:4:15: levels.I: unknown key "elemens"; did you mean elements?`)
}

// whole is default-v1 with one text replaced.
func whole(t *testing.T, old, by string) string {
	t.Helper()
	data, _, err := read("policies", "default-v1")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(data), old) {
		t.Fatalf("default-v1 does not hold %q", old)
	}
	return strings.Replace(string(data), old, by, 1)
}

func parsed(t *testing.T, text string) *incident.Policy {
	t.Helper()
	p, err := ParsePolicy([]byte(text), "p.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func wantError(t *testing.T, err error, want string) {
	t.Helper()
	if err == nil {
		t.Fatalf("no error; want %s", want)
	}
	if err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
}

func write(t *testing.T, dir, name, text string) string {
	t.Helper()
	file := filepath.Join(dir, name)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func load(t *testing.T, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
