package wecom

import (
	"os"
	"strconv"
	"strings"
	"testing"
)

// What an administrator is told to do about a code is also in the tables of the documents, in both languages.
func TestTheDocumentsNameEveryCode(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../docs/wecom.md")
	if err != nil {
		t.Fatal(err)
	}
	chinese, english, _ := strings.Cut(string(text), "# Connecting WeCom")
	for code, v := range verdicts {
		for name, half := range map[string]string{"Chinese": chinese, "English": english} {
			if v.admin != "" && !strings.Contains(half, strconv.Itoa(code)) {
				t.Errorf("%d is not in the %s table: %s", code, name, v.admin)
			}
		}
	}
}
