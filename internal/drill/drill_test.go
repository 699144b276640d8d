package drill

import (
	"slices"
	"testing"
	"time"
)

func TestJudge(t *testing.T) {
	at := func(minutes ...int) (out []time.Time) {
		for _, m := range minutes {
			out = append(out, time.Date(2026, 3, 10, 9, m, 0, 0, time.UTC))
		}
		return out
	}
	for name, c := range map[string]struct {
		acts []time.Time
		want []int
	}{
		"nobody did anything":         {nil, nil},
		"between the first and next":  {at(5), []int{1}},
		"at the moment it came":       {at(10), []int{2}},
		"after the end":               {at(31), nil},
		"before it began":             {at(-1), nil},
		"after the last, several":     {at(3, 21, 22), []int{1, 3}},
		"at the end, which is beyond": {at(30), nil},
	} {
		var came []Came
		for n, when := range at(0, 10, 20) {
			came = append(came, Came{N: n + 1, At: when})
		}
		var got []int
		for _, in := range Judge(came, c.acts, at(30)[0]) {
			if in.Answer {
				got = append(got, in.N)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v were answered, want %v", name, got, c.want)
		}
	}
	came := []Came{{At: at(0)[0]}, {At: at(10)[0]}}
	if d := Before(came, at(12)[0]); d != 2*time.Minute {
		t.Errorf("reported %s after the news", d)
	}
	if d := Before(nil, at(12)[0]); d != 0 {
		t.Errorf("reported %s after no news", d)
	}
}
