package likeness_test

import (
	"bufio"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"fenghuo/internal/likeness"
)

var update = flag.Bool("update", false, "write the golden file anew")

var names = []string{"滨江店", "城西店", "南湖店", "东站店", "北门仓库", "南门仓库", "北门仓", "一工厂", "二工厂", "华东配送中心", "配送中心", "客服中心", "总部", "江澜"}

// from and within are those of the shipped policy.
const (
	from   = 50
	within = 72 * time.Hour
)

type pair struct {
	part, label string
	a, b        written
}

// written is a report with its words.
type written struct {
	likeness.Report
	Text string
}

func pairs(t testing.TB) []pair {
	t.Helper()
	f, err := os.Open("testdata/pairs.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []pair
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if strings.HasPrefix(lines.Text(), "#") {
			continue
		}
		c := strings.Split(lines.Text(), "\t")
		if len(c) != 12 {
			t.Fatalf("%d cells: %s", len(c), lines.Text())
		}
		out = append(out, pair{c[0], c[1], report(t, c[2:7]), report(t, c[7:12])})
	}
	return out
}

func report(t testing.TB, c []string) written {
	t.Helper()
	at, err := time.Parse("2006-01-02 15:04", "2026-"+c[2])
	if err != nil {
		t.Fatal(err)
	}
	r := written{likeness.Report{Unit: strings.TrimPrefix(c[0], "-"), Nature: c[1], At: at}, c[3]}
	if c[4] != "-" {
		r.Links = []string{c[4]}
	}
	return r
}

func compare(a, b written) likeness.Likeness {
	if a.At.Sub(b.At).Abs() > within {
		return likeness.Likeness{}
	}
	return likeness.Compare(a.Report, b.Report, likeness.Read(a.Text, names...), likeness.Read(b.Text, names...))
}

// TestTheLabelledPairs holds the measures of each part to a golden file; the held part was set aside before there was
// code.
func TestTheLabelledPairs(t *testing.T) {
	var b strings.Builder
	all := pairs(t)
	for _, part := range []string{"tune", "held", ""} {
		right, wrong, missed, n := 0, 0, 0, 0
		for _, p := range all {
			if part != "" && p.part != part {
				continue
			}
			n++
			l := compare(p.a, p.b)
			found := l.Score >= from
			switch {
			case found && p.label == "same":
				right++
			case found:
				wrong++
				fmt.Fprintf(&b, "wrong  %3d %s ｜ %s\n", l.Score, p.a.Text, p.b.Text)
			case p.label == "same":
				missed++
				fmt.Fprintf(&b, "missed %3d %s ｜ %s\n", l.Score, p.a.Text, p.b.Text)
			}
		}
		name := part
		if part == "" {
			name = "all"
		}
		fmt.Fprintf(&b, "%s: %d pairs, right %d, wrong %d, missed %d; precision %.1f%%, recall %.1f%%\n", name, n, right, wrong, missed,
			100*float64(right)/float64(right+wrong), 100*float64(right)/float64(right+missed))
		if part == "held" {
			b.WriteString("\n")
		}
	}
	if len(all) < 120 {
		t.Errorf("%d pairs", len(all))
	}
	const file = "testdata/measures.golden"
	if *update {
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("measures differ from %s; look at them with -update and git diff\n%s", file, b.String())
	}
}

// TestTheDocumentedFigures are those of the golden file.
func TestTheDocumentedFigures(t *testing.T) {
	doc, err := os.ReadFile("../../docs/likeness.md")
	if err != nil {
		t.Fatal(err)
	}
	golden, err := os.ReadFile("testdata/measures.golden")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(string(golden), "\n") {
		var part string
		var n, right, wrong, missed int
		var precision, recall float64
		if _, err := fmt.Sscanf(strings.NewReplacer(",", "", ";", "", ":", "", "%", "").Replace(line), "%s %d pairs right %d wrong %d missed %d precision %f recall %f",
			&part, &n, &right, &wrong, &missed, &precision, &recall); err != nil {
			continue
		}
		if row := fmt.Sprintf("(%d) | %.1f %% | %.1f %% |", n, precision, recall); !strings.Contains(string(doc), row) {
			t.Errorf("docs/likeness.md has not %q of part %s", row, part)
		}
	}
}

// TestOneLink says which addresses are one page: what was added by sharing it does not matter, which page it is does.
func TestOneLink(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"https://weibo.example.test/77/OkLm", "weibo.example.test/77/OkLm/?from=share", true},
		{"HTTPS://Weibo.example.test/77/OkLm", "http://weibo.example.test/77/OkLm#comment", true},
		{"https://news.example.test/detail?id=1001&utm_source=wx", "https://news.example.test/detail?id=1001", true},
		{"https://news.example.test/detail?id=1001", "https://news.example.test/detail?id=1002", false},
		{"https://v.douyin.example.test/aBc12/", "https://v.douyin.example.test/abc12/", false},
		{"没有，截图转来的", "没有，截图转来的", false},
	} {
		one, other := likeness.Report{Unit: "滨江店", Links: []string{c.a}}, likeness.Report{Unit: "城西店", Links: []string{c.b}}
		if got := likeness.Compare(one, other, likeness.Read("面包"), likeness.Read("排队")).Score == 100; got != c.same {
			t.Errorf("%s and %s: one page %v", c.a, c.b, got)
		}
	}
}

// TestTheShippedPolicy: the table measures what is shipped.
func TestTheShippedPolicy(t *testing.T) {
	shipped, err := os.ReadFile("../../config/shipped/policies/default-v1.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if line := fmt.Sprintf("\nalike: {from: %d, within: %.0fh}\n", from, within.Hours()); !strings.Contains(string(shipped), line) {
		t.Errorf("default-v1 has not %q", line)
	}
}

// TestApart holds the shortcut to the rule: whoever is apart could not have been found alike.
func TestApart(t *testing.T) {
	all := pairs(t)
	for _, p := range all {
		for _, q := range all {
			if likeness.Apart(p.a.Report, q.b.Report, within) && compare(p.a, q.b).Score >= likeness.Least {
				t.Errorf("apart and alike: %s ｜ %s", p.a.Text, q.b.Text)
			}
		}
	}
}

// BenchmarkCompare is one new report beside 100 others, read anew each time as the service does.
func BenchmarkCompare(b *testing.B) {
	all := pairs(b)
	for b.Loop() {
		at := likeness.Read(all[0].a.Text, names...)
		for n := range 100 {
			other := all[n%len(all)].b
			likeness.Compare(all[0].a.Report, other.Report, at, likeness.Read(other.Text, names...))
		}
	}
}
