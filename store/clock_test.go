package store_test

import (
	"sync"
	"testing"
	"time"

	"fenghuo/bot"
	"fenghuo/store"
	"fenghuo/store/storetest"
)

// hand is a clock that moves only when told.
type hand struct {
	mu sync.Mutex
	at time.Time
}

func newHand() *hand { return &hand{at: time.Date(2026, 3, 10, 1, 0, 0, 0, time.UTC)} }

func (h *hand) now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.at
}

// pass moves the clock and says where it stands then.
func (h *hand) pass(d time.Duration) time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.at = h.at.Add(d)
	return h.at
}

// timed is storetest.Run with a clock for the test to move.
func timed(t *testing.T, test func(t *testing.T, s *store.Store, h *hand)) {
	t.Parallel()
	both(t, func(t *testing.T, url string) {
		h, cfg := newHand(), storetest.Config(t, url)
		cfg.Now = h.now
		test(t, storetest.OpenConfig(t, cfg), h)
	})
}

func TestNowIsUTCAndNoFinerThanTheDatabase(t *testing.T) {
	timed(t, func(t *testing.T, s *store.Store, h *hand) {
		h.at = time.Date(2026, 3, 10, 9, 0, 0, 123456789, time.FixedZone("CST", 8*3600))
		want := time.Date(2026, 3, 10, 1, 0, 0, 123456000, time.UTC)
		if got := s.Now(); got != want {
			t.Errorf("now %v, want %v", got, want)
		}
		inTx(t, s, func(tx *store.Tx) error {
			if tx.Now != want {
				t.Errorf("within a transaction %v, want %v", tx.Now, want)
			}
			return nil
		})
	})
}

// said is an event with these keys.
func said(keys ...string) bot.Event {
	return bot.Event{Platform: "feishu", Keys: keys, Kind: bot.Said, At: time.Date(2026, 3, 10, 1, 0, 0, 0, time.UTC),
		Place: bot.Place{Platform: "feishu", Chat: "oc_1"}, Sender: "ou_1", Person: "zhangsan", Text: "快报 解放路积水", ToBot: true}
}
