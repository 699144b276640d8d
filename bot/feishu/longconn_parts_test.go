package feishu

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestParts(t *testing.T) {
	at := time.Date(2026, 3, 10, 8, 0, 0, 0, time.UTC)
	type piece struct {
		after    time.Duration
		id       string
		sum, seq int
		part     string
		whole    string // what is complete with it
	}
	for name, pieces := range map[string][]piece{
		"in order":      {{0, "m", 3, 0, "a", ""}, {0, "m", 3, 1, "b", ""}, {0, "m", 3, 2, "c", "abc"}},
		"out of order":  {{0, "m", 3, 2, "c", ""}, {0, "m", 3, 0, "a", ""}, {0, "m", 3, 1, "b", "abc"}},
		"duplicates":    {{0, "m", 2, 0, "a", ""}, {0, "m", 2, 0, "a", ""}, {0, "m", 2, 1, "b", "ab"}, {0, "m", 2, 1, "b", ""}},
		"an empty part": {{0, "m", 2, 1, "", ""}, {0, "m", 2, 0, "a", "a"}},
		"two at once":   {{0, "m", 2, 0, "a", ""}, {0, "n", 2, 0, "x", ""}, {0, "m", 2, 1, "b", "ab"}, {0, "n", 2, 1, "y", "xy"}},
		"just in time":  {{0, "m", 2, 0, "a", ""}, {partsWait - 1, "m", 2, 1, "b", "ab"}},
		"too late":      {{0, "m", 2, 0, "a", ""}, {partsWait, "m", 2, 1, "b", ""}, {0, "m", 2, 0, "a", "ab"}},
		"sent again":    {{0, "m", 2, 0, "a", ""}, {15 * time.Second, "m", 2, 0, "a", ""}, {0, "m", 2, 1, "b", "ab"}},
		"another sum":   {{0, "m", 2, 0, "a", ""}, {0, "m", 3, 0, "x", ""}, {0, "m", 3, 1, "y", ""}, {0, "m", 3, 2, "z", "xyz"}},
		"absurd": {{0, "m", 2, 2, "a", ""}, {0, "m", 2, -1, "a", ""}, {0, "m", partsMost + 1, 0, "a", ""}, {0, "", 2, 0, "a", ""}, {0, "", 2, 1, "b", ""},
			{0, "m", 2, 0, "a", ""}, {0, "m", 2, 1, "b", "ab"}},
	} {
		var p parts
		now := at
		for n, in := range pieces {
			now = now.Add(in.after)
			if got := string(p.add(now, in.id, in.sum, in.seq, []byte(in.part))); got != in.whole {
				t.Errorf("%s, part %d: %q is complete, not %q", name, n, got, in.whole)
			}
		}
		p.expire(now.Add(partsWait))
		if p.bytes != 0 || len(p.waiting) != 0 {
			t.Errorf("%s: %d bytes of %d messages are left", name, p.bytes, len(p.waiting))
		}
	}
}

func TestPartsAreBounded(t *testing.T) {
	at := time.Date(2026, 3, 10, 8, 0, 0, 0, time.UTC)
	var p parts
	big := []byte(strings.Repeat("x", partsBytes/4))
	for n := range 50 {
		at = at.Add(time.Millisecond)
		p.add(at, fmt.Sprint("big", n), 2, 0, big)
		if p.bytes > partsBytes {
			t.Fatalf("%d bytes are waiting", p.bytes)
		}
	}
	if got := p.add(at, "big49", 2, 1, nil); len(got) != len(big) {
		t.Errorf("the newest message was dropped; %d bytes", len(got))
	}
	if p.waiting["big0"] != nil || p.waiting["big48"] == nil {
		t.Error("not the oldest were dropped")
	}
	for n := range 5 { // one message larger than all the room
		p.add(at, "huge", 8, n, big)
		if p.bytes > partsBytes {
			t.Fatalf("%d bytes are waiting", p.bytes)
		}
	}
	for n := range 10 * splitsMost {
		p.add(at, fmt.Sprint("small", n), 2, 0, []byte("x"))
	}
	if len(p.waiting) > splitsMost {
		t.Errorf("%d messages are waiting", len(p.waiting))
	}
}
