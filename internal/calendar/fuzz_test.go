package calendar

import (
	"strings"
	"testing"
)

// FuzzParse: a table of holidays is taken, or refused with its place.
func FuzzParse(f *testing.F) {
	for _, s := range []string{year2028, "", "2028-01-01\toff", "2028-13-01\toff\t元旦\n", "\xff\t\t\n", "2028-01-02\toff\t元旦\n2028-01-01\toff\t元旦\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if _, err := parse([]byte(text), "own.tsv"); err != nil {
			for line := range strings.SplitSeq(err.Error(), "\n") {
				if !strings.HasPrefix(line, "own.tsv") {
					t.Errorf("no place: %s", line)
				}
			}
		}
	})
}
