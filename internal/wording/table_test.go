package wording

import (
	"bufio"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "rewrite the golden file")

// row is a line of a table: which part it belongs to, and the rest of it.
type row struct {
	part  string
	cells []string
}

func rows(t testing.TB, file string) []row {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []row
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if strings.HasPrefix(lines.Text(), "#") {
			continue
		}
		cells := strings.Split(lines.Text(), "\t")
		out = append(out, row{cells[0], cells[1:]})
	}
	return out
}

// labels reads kind=words;kind=words.
func labels(s string) map[Kind]string {
	out := map[Kind]string{}
	if s == "ok" {
		return out
	}
	for one := range strings.SplitSeq(s, ";") {
		kind, words, _ := strings.Cut(one, "=")
		out[Kind(kind)] = words
	}
	return out
}

// tally is what was right, wrongly found and missed.
type tally struct{ right, wrong, missed int }

func (t tally) String() string {
	percent := func(n, of int) string {
		if of == 0 {
			return "-"
		}
		return fmt.Sprintf("%.1f%%", 100*float64(n)/float64(of))
	}
	return fmt.Sprintf("right %d, wrong %d, missed %d; precision %s, recall %s", t.right, t.wrong, t.missed,
		percent(t.right, t.right+t.wrong), percent(t.right, t.right+t.missed))
}

// cells are the same for a page.
func (t tally) cells() string {
	return fmt.Sprintf("%d | %d | %d | %.0f %% | %.0f %%", t.right, t.wrong, t.missed,
		100*float64(t.right)/float64(t.right+t.wrong), 100*float64(t.right)/float64(t.right+t.missed))
}

// inDocs: both pages have the line.
func inDocs(t *testing.T, line string) {
	t.Helper()
	for _, page := range []string{"../../docs/wording.md", "../../docs/wording.zh-CN.md"} {
		b, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(b), line) {
			t.Errorf("%s should have %s", page, line)
		}
	}
}

// scores are the tallies of a table by part and kind.
type scores map[string]*tally

func (s scores) at(part string, k Kind) []*tally {
	var out []*tally
	for _, key := range []string{"all/" + string(k), part + "/" + string(k), "all/every kind", part + "/every kind"} {
		if s[key] == nil {
			s[key] = &tally{}
		}
		out = append(out, s[key])
	}
	return out
}

// count compares what was found of a row with what should be.
func (s scores) count(part string, want map[Kind]string, found map[Kind]bool) (missed, wrong []Kind) {
	for k := range want {
		for _, t := range s.at(part, k) {
			if found[k] {
				t.right++
			} else {
				t.missed++
			}
		}
		if !found[k] {
			missed = append(missed, k)
		}
	}
	for k := range found {
		if _, ok := want[k]; !ok {
			for _, t := range s.at(part, k) {
				t.wrong++
			}
			wrong = append(wrong, k)
		}
	}
	slices.Sort(missed)
	slices.Sort(wrong)
	return missed, wrong
}

func TestTheFiguresAreThoseRecorded(t *testing.T) {
	var b strings.Builder
	for _, table := range []struct {
		file string
		read func(row) (want map[Kind]string, found map[Kind]bool)
	}{{"say.tsv", said}, {"contradict.tsv", contradicted}} {
		s, faults := scores{}, ""
		sizes := map[string]int{}
		clean := map[string]int{}
		for _, r := range rows(t, "testdata/"+table.file) {
			want, found := table.read(r)
			sizes[r.part]++
			sizes["all"]++
			if len(want) == 0 {
				clean[r.part]++
				clean["all"]++
			}
			missed, wrong := s.count(r.part, want, found)
			for _, k := range missed {
				faults += fmt.Sprintf("missed %s (%s): %s\n", k, r.part, strings.Join(r.cells[1:], " / "))
			}
			for _, k := range wrong {
				faults += fmt.Sprintf("wrong %s (%s): %s\n", k, r.part, strings.Join(r.cells[1:], " / "))
			}
		}
		for _, part := range []string{"all", "held", "fresh"} {
			fmt.Fprintf(&b, "%s, %s: %d rows, %d with nothing to find\n", table.file, part, sizes[part], clean[part])
		}
		for _, key := range slices.Sorted(keys(s)) {
			if !strings.HasPrefix(key, "tune") {
				fmt.Fprintf(&b, "%s: %s\n", key, s[key])
			}
		}
		b.WriteString(faults + "\n")
		for _, part := range []string{"all", "held", "fresh"} {
			inDocs(t, fmt.Sprintf("| `%s` %s | %d | %s |", table.file, part, sizes[part], s[part+"/every kind"].cells()))
		}
	}
	golden(t, "testdata/figures.golden", b.String())
}

func keys(s scores) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range s {
			if !yield(k) {
				return
			}
		}
	}
}

// said checks a sentence; a finding counts when its words meet the labelled ones.
func said(r row) (want map[Kind]string, found map[Kind]bool) {
	want, found = labels(r.cells[1]), map[Kind]bool{}
	sentence := r.cells[2]
	for _, f := range Check(sentence, sheets[r.cells[0]], now) {
		if words, ok := want[f.Kind]; !ok || meets(sentence, f.Span, words) {
			found[f.Kind] = true
		}
	}
	return want, found
}

// meets reports whether a span overlaps the words, which the table writes folded.
func meets(in string, s Span, words string) bool {
	t, w := fold(in), fold(words).string
	at := strings.Index(t.string, w)
	if at < 0 {
		return false
	}
	o := t.span(at, at+len(w))
	return s.From < o.To && o.From < s.To
}

func contradicted(r row) (want map[Kind]string, found map[Kind]bool) {
	want, found = labels(r.cells[0]), map[Kind]bool{}
	all := []Statement{statement(r.cells[1], r.cells[2]), statement(r.cells[3], r.cells[4])}
	for _, c := range Contradictions(all) {
		words, ok := want[c.Kind]
		a, b, _ := strings.Cut(words, "|")
		if !ok || meets(all[0].Text, c.InA, a) && meets(all[1].Text, c.InB, b) {
			found[c.Kind] = true
		}
	}
	return want, found
}

func statement(at, text string) Statement {
	s := Statement{Text: text}
	when := at[:len("03-10 09:05")]
	s.At, _ = time.ParseInLocation("2006-01-02 15:04", "2026-"+when, shanghai)
	s.Key = strings.TrimSpace(at[len(when):])
	return s
}

// TestLabelsAreInTheirRows keeps the tables from labels that can never be met.
func TestLabelsAreInTheirRows(t *testing.T) {
	has := func(in, words string) {
		if !strings.Contains(fold(in).string, fold(words).string) {
			t.Errorf("%q is not in %q", words, in)
		}
	}
	for _, r := range rows(t, "testdata/say.tsv") {
		if _, ok := sheets[r.cells[0]]; !ok {
			t.Errorf("no sheet %s", r.cells[0])
		}
		for _, words := range labels(r.cells[1]) {
			has(r.cells[2], words)
		}
	}
	for _, r := range rows(t, "testdata/contradict.tsv") {
		for _, words := range labels(r.cells[0]) {
			a, b, _ := strings.Cut(words, "|")
			has(r.cells[2], a)
			has(r.cells[4], b)
		}
	}
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs (go test ./internal/wording -update):\n%s", file, got)
	}
}
