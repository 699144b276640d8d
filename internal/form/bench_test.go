package form_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"fenghuo/internal/form"
)

// spoken is a session of n inputs.
func spoken(b *testing.B, n int) *form.Session {
	b.Helper()
	s, _ := form.Start(load(b, shipped), world(), "linke", form.Input{ID: "0", At: start, Text: title})
	for k := 1; k < n; k++ {
		text := []string{"改2 抖音", "改4 今天13点50", "改5 滨江店", "改6 1", "随便说说"}[k%5]
		s.Say(form.Input{ID: fmt.Sprint(k), At: start.Add(time.Duration(k) * time.Second), Text: text})
	}
	return s
}

func BenchmarkSay(b *testing.B) {
	s := spoken(b, 30)
	data, err := json.Marshal(s)
	if err != nil {
		b.Fatal(err)
	}
	in := form.Input{ID: "next", At: start.Add(time.Minute), Text: "改2 微博"}
	for b.Loop() {
		b.StopTimer()
		again, err := form.Open(s.Form(), world(), data)
		if err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		again.Say(in)
	}
}

func BenchmarkOpen(b *testing.B) {
	s := spoken(b, 100)
	data, err := json.Marshal(s)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := form.Open(s.Form(), world(), data); err != nil {
			b.Fatal(err)
		}
	}
}
