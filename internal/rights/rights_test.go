package rights_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"fenghuo/internal/rights"
)

var update = flag.Bool("update", false, "write docs/rights.md anew")

var words = map[rights.Hand]string{rights.Reporter: "报送人", rights.Officer: "责任人", rights.Backup: "B岗", rights.Tracker: "跟踪人", rights.Head: "负责人", rights.Deputy: "分管", rights.Chief: "一把手",
	rights.Verifier: "核实人", rights.InfoOfficer: "专管员", rights.Duty: "值班员", rights.Approver: "口径审批", rights.Committee: "委员", rights.Admin: "管理员", rights.AnyHead: "各部门负责人", rights.AnyDeputy: "各分管", rights.AnyChief: "各一把手", rights.Keeper: "保密人", rights.Photo: "摄影专管员"}

// TestEveryCell asks for each act with each hand alone: what the row names may, the others may not.
func TestEveryCell(t *testing.T) {
	cells := 0
	for _, row := range rights.Matrix {
		for _, hand := range rights.Hands {
			cells++
			t.Run(row.Act+"/"+string(hand), func(t *testing.T) {
				if may, want := rights.May(row.Act, []rights.Hand{hand}), slices.Contains(row.Hands, hand); may != want {
					t.Errorf("%s by %s: %v, want %v", row.Act, hand, may, want)
				}
			})
		}
		if rights.May(row.Act, nil) {
			t.Errorf("%s is in nobody's hands and allowed", row.Act)
		}
	}
	if cells < 400 {
		t.Errorf("%d cells", cells)
	}
}

// TestEveryActHasOneRow, in which nobody is named to others who may not do it.
func TestEveryActHasOneRow(t *testing.T) {
	seen := map[string]bool{}
	for _, row := range rights.Matrix {
		if seen[row.Act] || len(row.Hands) == 0 {
			t.Errorf("%s: twice, or in nobody's hands", row.Act)
		}
		seen[row.Act] = true
		for _, h := range row.First {
			if !slices.Contains(row.Hands, h) {
				t.Errorf("%s names %s, who may not", row.Act, h)
			}
		}
	}
}

// TestTheDocumentedMatrix is the one the program reads.
func TestTheDocumentedMatrix(t *testing.T) {
	var b strings.Builder
	b.WriteString("# 谁能办什么 · Who may do what\n\n每个动作在执行时按这张表核对，不看按钮在谁手里。表在 `internal/rights/matrix.yaml`，本页由它生成（`go test ./internal/rights -update`）。\n")
	b.WriteString("等某一位答复的事（延期、升级、口径、认定、终报、复盘、更正）按时限制度和事件里的人来定，不在表里。保密事件另外只有名单上的人看得到。\n\n| 动作 |")
	for _, h := range rights.Hands {
		fmt.Fprintf(&b, " %s |", words[h])
	}
	b.WriteString(" 另外 |\n|---|" + strings.Repeat("---|", len(rights.Hands)+1) + "\n")
	for _, row := range rights.Matrix {
		fmt.Fprintf(&b, "| %s |", row.Act)
		for _, h := range rights.Hands {
			fmt.Fprintf(&b, " %s |", map[bool]string{true: "✓", false: ""}[slices.Contains(row.Hands, h)])
		}
		fmt.Fprintf(&b, " %s |\n", row.Note)
	}
	const file = "../../docs/rights.md"
	if *update {
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	doc, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(doc) != b.String() {
		t.Errorf("%s is not the matrix; run go test ./internal/rights -update", file)
	}
}
