package store_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fenghuo/store"
	"fenghuo/store/storetest"
)

func TestSetClocksReplacesThoseOfOneSubject(t *testing.T) {
	timed(t, func(t *testing.T, s *store.Store, h *hand) {
		due := h.now().Add(time.Hour)
		ack := store.Clock{Kind: "ack", At: h.now().Add(time.Minute), Due: due, Person: "wanglei", Reason: "一级"}
		slot := store.Clock{Kind: "due", Slot: 2, At: due, Due: due}
		set := func(subject string, clocks ...store.Clock) {
			inTx(t, s, func(tx *store.Tx) error { return tx.SetClocks(subject, clocks) })
		}
		want := func(subject string, clocks ...store.Clock) {
			t.Helper()
			inTx(t, s, func(tx *store.Tx) error {
				got, err := tx.ClocksOf(subject)
				for n := range clocks {
					clocks[n].Subject = subject
				}
				if err != nil || !slices.Equal(got, clocks) {
					t.Errorf("%s has %v, %v; want %v", subject, got, err, clocks)
				}
				return nil
			})
		}
		set("incident/1", slot, ack, store.Clock{Kind: "stopped"})
		set("incident/2", ack)
		want("incident/1", ack, slot)
		set("incident/1", ack, ack)
		want("incident/1", ack, ack)
		set("incident/1", ack)
		want("incident/1", ack)
		set("incident/1")
		want("incident/1")
		want("incident/2", ack)
	})
}

func TestClocksThatDidNotChangeAreNotWritten(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	at := time.Date(2026, 3, 10, 1, 0, 0, 123456789, time.FixedZone("CST", 8*3600))
	set := func() {
		inTx(t, s, func(tx *store.Tx) error { return tx.SetClocks("s", []store.Clock{{Kind: "a", At: at, Due: at}}) })
	}
	set()
	exec(t, s, "create trigger clocks_stay before delete on clocks begin select raise(abort, 'written again'); end")
	set()
}

func TestDueClocksComeInOrderAndInPart(t *testing.T) {
	timed(t, func(t *testing.T, s *store.Store, h *hand) {
		if _, found, err := s.NextClock(t.Context()); err != nil || found {
			t.Errorf("an empty table has a next clock: %v", err)
		}
		inTx(t, s, func(tx *store.Tx) error {
			for n, subject := range []string{"c", "a", "b"} {
				at := h.now().Add(time.Duration(n/2) * time.Minute)
				if err := tx.SetClocks(subject, []store.Clock{{Kind: "k", At: at}}); err != nil {
					return err
				}
			}
			return nil
		})
		if at, found, err := s.NextClock(t.Context()); err != nil || !found || !at.Equal(h.now()) {
			t.Errorf("next %v, %v, %v", at, found, err)
		}
		for _, c := range []struct {
			after time.Duration
			limit int
			want  string
		}{{-time.Microsecond, 9, ""}, {0, 9, "ac"}, {time.Minute, 9, "acb"}, {time.Minute, 2, "ac"}} {
			due, err := s.DueClocks(t.Context(), h.now().Add(c.after), c.limit)
			got := ""
			for _, d := range due {
				got += d.Subject
			}
			if err != nil || got != c.want {
				t.Errorf("after %v: %q, %v; want %q", c.after, got, err, c.want)
			}
		}
	})
}

func TestWhatIsDueIsFoundThroughAnIndex(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	now := map[string]any{"now": "2026-03-10 01:00:00.000000Z", "limit": 10}
	for _, c := range []struct {
		index, query string
		args         []any
	}{
		{"clocks_at", "select * from clocks where at <= '2026' order by at, subject, id limit 10", nil},
		{"clocks_at", "select min(at) from clocks", nil},
		{"clocks_subject", "select * from clocks where subject = 'x' order by at, id", nil},
		{"posts_waiting", store.Claimable, []any{now}},
		{"posts_confirm", "select * from posts where confirm_at <= '2026' order by confirm_at, id", nil},
		{"inbox_parked", "select * from inbox where state = 'parked' and next_at <= '2026' order by next_at, id", nil},
		{"inbox_dead", "select * from inbox where state = 'dead' order by id", nil},
		{"incidents_open", "select * from incidents where not is_over order by id", nil},
		{"entries_subject", "select * from entries where subject = 'x' order by seq", nil},
	} {
		plan := strings.Join(store.Explain(t, s, c.query, c.args...), "\n")
		if !strings.Contains(plan, c.index) {
			t.Errorf("%s\ndoes not use %s:\n%s", c.query, c.index, plan)
		}
		for line := range strings.Lines(plan) {
			table, scans := strings.CutPrefix(line, "SCAN ")
			if scans && !strings.Contains(line, "INDEX") && slices.Contains([]string{"posts", "clocks", "inbox", "incidents", "entries"}, strings.TrimSpace(table)) {
				t.Errorf("%s\nreads a whole table: %s", c.query, line)
			}
		}
	}
}
