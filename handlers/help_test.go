package handlers

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// The lines of help stand beside the commands; the golden file of what is said has them word for word.
func TestHelpIsInTheGoldenFile(t *testing.T) {
	golden, err := os.ReadFile("../internal/notice/testdata/lists.golden")
	if err != nil {
		t.Fatal(err)
	}
	_, said, _ := strings.Cut(string(golden), "可以这样说：")
	for _, c := range commands() {
		line := fmt.Sprintf("“%s” %s\n", c.Name, c.Help)
		before, after, found := strings.Cut(said, line)
		if c.Help != "" && (!found || strings.Trim(before, " 　\n") != "") {
			t.Errorf("%q does not come next: correct internal/notice/lists_test.go and run go test ./internal/notice -update", line)
			return
		}
		if c.Help != "" {
			said = after
		}
	}
	if rest := strings.TrimSpace(said); rest != "" {
		t.Errorf("the golden file has more: %q", rest)
	}
}
