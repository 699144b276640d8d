package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fenghuo/config"
	"fenghuo/internal/form"
	"fenghuo/internal/incident"
	"fenghuo/internal/plan"
)

const smallPlans = `name: p
plans:
  - name: 产品质量预案
    natures: [产品质量]
    tasks:
      - {title: 送检, owner: 质量, due: {I: 1h}}
`

// TestEveryNatureOfTheFormHasAPlan: from level III up by itself, with the three synchronies before all.
func TestEveryNatureOfTheFormHasAPlan(t *testing.T) {
	book, err := config.LoadPlans("plans-v1")
	if err != nil {
		t.Fatal(err)
	}
	f, err := config.LoadForm("kuaibao-v1")
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range natureOptions(t, f) {
		for _, l := range incident.Levels() {
			c, ok := book.Choose(o, l)
			if !ok {
				t.Errorf("%s %s: no plan", o, l)
			}
			if l <= incident.LevelIII && !strings.HasPrefix(c.Tasks[0].Title, "三同步①") {
				t.Errorf("%s %s begins with %s", o, l, c.Tasks[0].Title)
			}
			if strings.Contains(c.Reason, "没有专门的预案") != (o == "其他") {
				t.Errorf("%s: %s", o, c.Reason)
			}
		}
	}
}

func natureOptions(t *testing.T, f *form.Form) []string {
	t.Helper()
	for _, field := range f.Fields {
		if field.Key != "nature" {
			continue
		}
		var out []string
		for _, o := range field.Options {
			out = append(out, o.Name)
		}
		if len(out) == 12 {
			return out
		}
	}
	t.Fatal("the form does not ask for one of 12 natures")
	return nil
}

func TestWrongPlansSayWhere(t *testing.T) {
	for _, c := range []struct{ name, old, new, want string }{
		{"a misspelt key", "owner:", "onwer:", `plans.yaml:6:21: plans[0].tasks[0]: unknown key "onwer"`},
		{"a bad span", "I: 1h", "I: soon", `plans.yaml:6:41: plans[0].tasks[0].due.I: span "soon"`},
		{"an unknown level", "I: 1h", "V: 1h", `unknown key "V"`},
		{"no due", "due: {I: 1h}", "due: {}", "plans[0].tasks[0].due: missing"},
		{"no owner", "owner: 质量", `owner: ""`, "plans[0].tasks[0].owner: missing"},
		{"a misspelt post", "owner: 质量", "owner: oficer", `"oficer" is no post`},
		{"a bad from", "owner: 质量,", "owner: 质量, from: later,", "plans[0].tasks[0].from: write start or ack"},
		{"no tasks", "      - {title: 送检, owner: 质量, due: {I: 1h}}\n", "      []\n", "plans[0].tasks: missing"},
		{"no name", "name: p\n", `name: ""` + "\n", "plans.yaml:1:7: name: missing"},
		{"a nature twice", "natures: [产品质量]", "natures: [产品质量, 产品质量]", "plans.yaml:4:14: plans[0].natures: 产品质量 has a plan already"},
		{"a task twice", "due: {I: 1h}}", "due: {I: 1h}}\n      - {title: 送检, owner: 法务, due: {I: 1h}}", "plans.yaml:7:17: plans[0].tasks[1].title: stands in the plan already"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := strings.Replace(smallPlans, c.old, c.new, 1)
			if text == smallPlans {
				t.Fatal("nothing was replaced")
			}
			_, err := config.ParsePlans([]byte(text), "plans.yaml")
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, want %s", err, c.want)
			}
		})
	}
}

func TestAFolderIsOneBook(t *testing.T) {
	dir := t.TempDir() + string(filepath.Separator)
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := config.LoadPlans(dir); err == nil || !strings.Contains(err.Error(), "no plans in it") {
		t.Errorf("an empty folder: %v", err)
	}
	write("10-quality.yaml", smallPlans)
	write("20-rest.yaml", strings.ReplaceAll(smallPlans, "    natures: [产品质量]\n", ""))
	write("readme.txt", "not a plan")
	book, err := config.LoadPlans(dir)
	if err != nil || len(book.Plans) != 2 {
		t.Fatalf("%+v, %v", book, err)
	}
	write("30-again.yaml", smallPlans)
	if _, err := config.LoadPlans(dir); err == nil || !strings.Contains(err.Error(), "产品质量 has a plan in") {
		t.Errorf("a nature in two files: %v", err)
	}
}

func TestPlansByName(t *testing.T) {
	if book, err := config.LoadPlans(""); book != nil || err != nil {
		t.Errorf("no name: %v, %v", book, err)
	}
	if _, err := config.LoadPlans("plans-v9"); err == nil || !strings.Contains(err.Error(), "plans-v1") {
		t.Errorf("an unknown name: %v", err)
	}
}

// TestAProposedLineIsATask: what administrators are told goes into the file as it stands.
func TestAProposedLineIsATask(t *testing.T) {
	m := plan.Measure{Title: `店员说"没事"时，先记录: 再回复 #1`, Who: "孙恪", When: "3天内"}
	text := strings.Replace(smallPlans, "      - {title: 送检", "      "+m.Line("质量", incident.LevelII)+"\n      - {title: 送检", 1)
	book, err := config.ParsePlans([]byte(text), "plans.yaml")
	if err != nil {
		t.Fatal(err)
	}
	got := book.Plans[0].Tasks[0]
	if got.Title != m.Title || got.Owner != "质量" || got.Due.II.D.Hours() != 72 || !got.Due.III.IsZero() {
		t.Errorf("%+v", got)
	}
}
