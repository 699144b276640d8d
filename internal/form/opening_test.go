package form_test

import (
	"os"
	"strings"
	"testing"
)

// TestOpeningTable reads testdata/opening.tsv: what is said after 上报 on Thursday 2026-03-12 at 14:02, and all
// that it answers besides the title.
func TestOpeningTable(t *testing.T) {
	data, err := os.ReadFile("testdata/opening.tsv")
	if err != nil {
		t.Fatal(err)
	}
	f, rows := load(t, shipped), 0
	for row := range strings.Lines(string(data)) {
		said, expected, ok := strings.Cut(strings.TrimRight(row, "\n"), "\t")
		if !ok {
			continue // a heading
		}
		rows++
		c, _ := begin(t, f, said)
		var got []string
		for _, l := range c.s.Lines() {
			if l.Key != "title" {
				got = append(got, l.Key+"="+l.Text)
			}
		}
		want(t, said, strings.Join(got, "; "), expected)
	}
	if rows < 60 {
		t.Errorf("only %d sentences", rows)
	}
}
