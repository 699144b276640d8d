package store_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"fenghuo/bot"
	"fenghuo/internal/incident"
	"fenghuo/store"
	"fenghuo/store/storetest"
)

// BenchmarkOutbox queues a message, claims it and settles it: three transactions.
func BenchmarkOutbox(b *testing.B) {
	benchBoth(b, func(b *testing.B, s *store.Store) {
		ctx := context.Background()
		for n := 0; b.Loop(); n++ {
			inTx(b, s, func(tx *store.Tx) error {
				_, err := tx.Post(post(strconv.Itoa(n), "chat-"+strconv.Itoa(n%50)))
				return err
			})
			claimed, err := s.Claim(ctx, 64)
			if err != nil || len(claimed) != 1 {
				b.Fatal(claimed, err)
			}
			if err := s.Settle(ctx, claimed[0], bot.Result{Receipt: bot.Receipt{Message: "m" + claimed[0].Out.Key, Confirmed: true}}); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkOutboxBacklog claims and settles while thousands wait in a few conversations.
func BenchmarkOutboxBacklog(b *testing.B) {
	s := storetest.Open(b)
	ctx := context.Background()
	const places, waiting = 50, 20000
	queue := func(from, to int) {
		inTx(b, s, func(tx *store.Tx) error {
			for n := from; n < to; n++ {
				if _, err := tx.Post(post(strconv.Itoa(n), "chat-"+strconv.Itoa(n%places))); err != nil {
					return err
				}
			}
			return nil
		})
	}
	queue(0, waiting)
	n := waiting
	for b.Loop() {
		claimed, err := s.Claim(ctx, 1)
		if err != nil || len(claimed) != 1 {
			b.Fatal(claimed, err)
		}
		if err := s.Settle(ctx, claimed[0], bot.Result{Receipt: bot.Receipt{Message: "m", Confirmed: true}}); err != nil {
			b.Fatal(err)
		}
		queue(n, n+1)
		n++
	}
}

// BenchmarkDueClocks asks what is due: nothing of a thousand to a million, and ten thousand at once, by the
// hundred as the scheduler does and all together.
func BenchmarkDueClocks(b *testing.B) {
	for _, c := range []struct{ armed, due, limit int }{{1e3, 0, 100}, {1e5, 0, 100}, {1e6, 0, 100}, {1e5, 1e4, 100}, {1e5, 1e4, 1e4}} {
		b.Run(fmt.Sprintf("armed=%d/due=%d/limit=%d", c.armed, c.due, c.limit), func(b *testing.B) {
			benchBoth(b, func(b *testing.B, s *store.Store) {
				arm(b, s, c.armed, "2099-01-01")
				arm(b, s, c.due, "2026-01-01")
				now := time.Date(2026, 3, 10, 1, 0, 0, 0, time.UTC)
				for b.Loop() {
					due, err := s.DueClocks(context.Background(), now, c.limit)
					if err != nil || len(due) != min(c.due, c.limit) {
						b.Fatal(len(due), err)
					}
				}
			})
		})
	}
}

// arm sets n clocks in the days after from, in no order.
func arm(b *testing.B, s *store.Store, n int, from string) {
	b.Helper()
	at := "strftime('%Y-%m-%d %H:%M:%S.000000Z', '" + from + "', '+' || (i * 7919 % 1000000) || ' seconds')"
	if strings.HasSuffix(b.Name(), "/postgres") {
		at = "timestamptz '" + from + "' + (i::bigint * 7919 % 1000000) * interval '1 second'"
	}
	exec(b, s, `with recursive n(i) as (select 1 union all select i + 1 from n where i < `+strconv.Itoa(n)+`)
		insert into clocks (subject, kind, slot, at, due, person, reason)
		select 'incident/' || i, 'due', 1, `+at+`, null, 'wanglei', '' from n where i <= `+strconv.Itoa(n))
}

// BenchmarkAppend adds to the ledger, one transaction each.
func BenchmarkAppend(b *testing.B) {
	benchBoth(b, func(b *testing.B, s *store.Store) {
		body, err := json.Marshal(map[string]any{"kind": "added", "text": "现场照片三张，积水约三十厘米", "at": time.Now()})
		if err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			inTx(b, s, func(tx *store.Tx) error {
				_, err := tx.Append(store.Entry{Actor: "wanglei", Kind: "added", Subject: "incident/YQ-20260310-001", Cause: "event/1", Body: body})
				return err
			})
		}
	})
}

// BenchmarkSaveIncident writes back an incident with a life behind it.
func BenchmarkSaveIncident(b *testing.B) {
	benchBoth(b, func(b *testing.B, s *store.Store) {
		inc := incidentWith("YQ-20260310-001", 20)
		inTx(b, s, func(tx *store.Tx) error { return tx.CreateIncident(inc) })
		for b.Loop() {
			inc.Acts++
			inc.FollowUps[7].Text = strconv.Itoa(inc.Acts)
			inTx(b, s, func(tx *store.Tx) error { return tx.SaveIncident(inc) })
		}
	})
}

// benchBoth runs a benchmark on SQLite and, if there is one, on PostgreSQL.
func benchBoth(b *testing.B, bench func(b *testing.B, s *store.Store)) {
	b.Run("sqlite", func(b *testing.B) { bench(b, storetest.Open(b)) })
	b.Run("postgres", func(b *testing.B) {
		bench(b, storetest.OpenConfig(b, storetest.Config(b, storetest.Postgres(b))))
	})
}

// post is a message that starts a clock.
func post(key, chat string) store.Post {
	place := bot.Place{Platform: "feishu", Chat: chat}
	return store.Post{Key: key, Place: place, Message: bot.Message{Text: "请签收 " + key}, Starts: "call/0/wanglei",
		Fallback: []bot.Place{{Platform: "feishu", Person: "wanglei"}, {Platform: "wecom", Person: "wanglei"}}}
}

// incidentWith has slots follow-ups and as many risks and pieces of evidence.
func incidentWith(number string, slots int) *incident.Incident {
	at := time.Date(2026, 3, 10, 1, 0, 0, 0, time.UTC)
	inc := &incident.Incident{Number: number, Title: "解放路积水", State: incident.Handling, Reporter: "zhangsan", Officer: "wanglei",
		Home: incident.Place{Platform: "feishu", Chat: "oc_1"}, FoundAt: at, ReportedAt: at.Add(10 * time.Minute)}
	inc.Level.Current = incident.LevelIII
	for n := range slots {
		due := at.Add(time.Duration(n) * time.Hour)
		inc.FollowUps = append(inc.FollowUps, incident.FollowUp{N: n + 1, Due: due, At: due, By: "wanglei", Text: "水位下降", Verdict: incident.OnTime})
		inc.Risks = append(inc.Risks, incident.Risk{ID: fmt.Sprintf("R-%d", n+1), Kind: "迟报", Person: "wanglei", OpenedAt: due, Status: "open"})
		inc.Evidence = append(inc.Evidence, incident.Evidence{ID: fmt.Sprintf("E-%d", n+1), Name: "现场.jpg", SHA256: "ab", At: due, By: "zhangsan"})
	}
	return inc
}
