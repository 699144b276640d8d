package feishu

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"time"

	"fenghuo/bot"
)

// readLooks are when the readers of a call are asked for after it was sent: the platform reports reading of
// private chats only, and in a group tells who asks. The last look is before the second reminder of any level
// that waits long.
var readLooks = []time.Duration{2 * time.Minute, 4 * time.Minute, 9 * time.Minute, 14 * time.Minute, 29 * time.Minute, 59 * time.Minute}

const readPace = 100 * time.Millisecond

const mostCalls = 500 // watched at a time; of more, the oldest are not asked about

// callsSaid are messages of this replica that call people in groups.
type callsSaid struct {
	mu   sync.Mutex
	list []*callSaid
}

type callSaid struct {
	message string
	sent    time.Time
	looked  int             // looks made
	people  map[string]bool // open_ids called who have not been seen to read
}

// watch remembers a message that calls people in a group.
func (c *callsSaid) watch(message string, sent time.Time, people []callout) {
	open := map[string]bool{}
	for _, p := range people {
		open[p.openID] = true
	}
	if len(open) == 0 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.list = append(c.list, &callSaid{message: message, sent: sent, people: open})
	if over := len(c.list) - mostCalls; over > 0 {
		c.list = c.list[over:]
	}
}

// due are those to be asked about now; those that are done with go.
func (c *callsSaid) due(now time.Time) (out []*callSaid) {
	c.mu.Lock()
	defer c.mu.Unlock()
	kept := c.list[:0]
	for _, s := range c.list {
		if len(s.people) == 0 || s.looked >= len(readLooks) {
			continue
		}
		kept = append(kept, s)
		if now.Sub(s.sent) >= readLooks[s.looked] {
			out = append(out, s)
		}
	}
	c.list = kept
	return out
}

// WatchReads asks who has read the calls in groups and reports it, until ctx ends.
func (a *Adapter) WatchReads(ctx context.Context, sink bot.Sink) {
	tick := time.NewTicker(time.Minute)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		for _, s := range a.calls.due(a.now()) {
			select { // far from the 50 calls a second the platform allows
			case <-ctx.Done():
				return
			case <-time.After(readPace):
			}
			if err := a.askReaders(ctx, sink, s); err != nil && ctx.Err() == nil {
				a.log.Warn("readers not known", "message", s.message, "err", err)
			}
		}
	}
}

// askReaders: https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/read_users
func (a *Adapter) askReaders(ctx context.Context, sink bot.Sink, s *callSaid) error {
	s.looked++
	for token := ""; ; {
		var page struct {
			Items []struct {
				OpenID string `json:"user_id"`
				At     string `json:"timestamp"`
			} `json:"items"`
			More  bool   `json:"has_more"`
			Token string `json:"page_token"`
		}
		query := url.Values{"user_id_type": {"open_id"}, "page_size": {"100"}}
		if token != "" {
			query.Set("page_token", token)
		}
		err := a.do(ctx, call{op: "list readers", method: http.MethodGet, path: "/open-apis/im/v1/messages/" + url.PathEscape(s.message) + "/read_users", query: query, data: &page})
		if errors.Is(err, bot.ErrPermanent) {
			s.looked = len(readLooks) // gone, too old, or not allowed
		}
		if err != nil {
			return err
		}
		for _, r := range page.Items {
			if !s.people[r.OpenID] {
				continue
			}
			ev := bot.Event{Platform: Name, Keys: []string{"read/" + s.message + "/" + r.OpenID}, Kind: bot.Read, At: a.now(), Message: s.message, Sender: r.OpenID, Place: a.private(r.OpenID)}
			if ms, err := strconv.ParseInt(r.At, 10, 64); err == nil {
				ev.At = time.UnixMilli(ms)
			}
			if _, err := sink.Receive(ctx, ev); err != nil {
				return err
			}
			delete(s.people, r.OpenID)
		}
		if token = page.Token; !page.More || token == "" {
			return nil
		}
	}
}
