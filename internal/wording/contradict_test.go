package wording

import (
	"testing"
	"time"
)

func TestEachPairIsNamedByItsPlacesInTheList(t *testing.T) {
	at := time.Date(2026, 3, 10, 9, 5, 0, 0, shanghai)
	got := Contradictions([]Statement{
		{Source: "首报", At: at, Text: "滨江店，5人送医。"},
		{Source: "续报1", At: at.Add(time.Hour), Text: "送医7人。"},
		{Source: "核实", At: at.Add(2 * time.Hour), Text: "城西店，送医3人。"},
	})
	want := []Contradiction{
		{Kind: Place, A: 0, B: 2, InA: Span{0, 9}, InB: Span{0, 9}},
		{Kind: Count, A: 0, B: 2, InA: Span{12, 16}, InB: Span{18, 22}, Fallen: true},
		{Kind: Count, A: 1, B: 2, InA: Span{6, 10}, InB: Span{18, 22}, Fallen: true},
	}
	if len(got) != len(want) {
		t.Fatalf("got %+v", got)
	}
	for n := range want {
		if got[n] != want[n] {
			t.Errorf("got %+v, want %+v", got[n], want[n])
		}
	}
}
