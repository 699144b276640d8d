package feishu

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"fenghuo/bot"
)

// The platform documents no event for a message somebody edits. Should it bring one as im.message.receive_v1 again, with
// the same message_id and a later update_time, that is taken for an edit (said.go); as long as it does not, the message is
// looked at again a few times:
// https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/get

// editLooks are when a message is looked at again after it was said: people mend what they wrote within minutes.
var editLooks = []time.Duration{3 * time.Minute, 20 * time.Minute, 3 * time.Hour}

const mostHeard = 500 // looked at again at a time; of more, the oldest are not

// textsHeard are messages of people this replica has taken.
type textsHeard struct {
	mu   sync.Mutex
	list []*textHeard
}

type textHeard struct {
	message string
	at      time.Time
	looked  int
	text    string // as it is known
	stood   stood
}

// remember keeps a message to look at again.
func (h *textsHeard) remember(message, text string, at time.Time, s stood) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.list = append(h.list, &textHeard{message: message, text: text, at: at, stood: s})
	if over := len(h.list) - mostHeard; over > 0 {
		h.list = h.list[over:]
	}
}

// due are those to be looked at now; those that are done with go.
func (h *textsHeard) due(now time.Time) (out []*textHeard) {
	h.mu.Lock()
	defer h.mu.Unlock()
	kept := h.list[:0]
	for _, s := range h.list {
		if s.looked >= len(editLooks) {
			continue
		}
		kept = append(kept, s)
		if now.Sub(s.at) >= editLooks[s.looked] {
			out = append(out, s)
		}
	}
	h.list = kept
	return out
}

// WatchEdits looks again at what people said and reports what they changed, until ctx ends.
func (a *Adapter) WatchEdits(ctx context.Context, sink bot.Sink) {
	tick := time.NewTicker(time.Minute)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		for _, s := range a.heard.due(a.now()) {
			select { // far from the 50 calls a second the platform allows
			case <-ctx.Done():
				return
			case <-time.After(readPace):
			}
			if err := a.lookAgain(ctx, sink, s); err != nil && ctx.Err() == nil {
				a.log.Warn("message not looked at again", "message", s.message, "err", err)
			}
		}
	}
}

func (a *Adapter) lookAgain(ctx context.Context, sink bot.Sink, s *textHeard) error {
	s.looked++
	var answer struct {
		Items []struct {
			Type    string `json:"msg_type"`
			Updated digits `json:"update_time"`
			Gone    bool   `json:"deleted"`
			Body    struct {
				Content string `json:"content"`
			} `json:"body"`
			Mentions []struct {
				Key  string `json:"key"`
				Name string `json:"name"`
			} `json:"mentions"`
		} `json:"items"`
	}
	err := a.do(ctx, call{op: "get message", method: http.MethodGet, path: "/open-apis/im/v1/messages/" + url.PathEscape(s.message), data: &answer})
	if errors.Is(err, bot.ErrPermanent) {
		s.looked = len(editLooks) // gone, or not allowed
	}
	if err != nil || len(answer.Items) == 0 {
		return err
	}
	it := answer.Items[0]
	c, ok := readContent(it.Type, it.Body.Content)
	if it.Gone || !ok {
		s.looked = len(editLooks)
		return nil
	}
	text := c.text
	for _, m := range it.Mentions {
		text = strings.ReplaceAll(text, m.Key, "@"+m.Name)
	}
	if text = tidy(text); plainly(text) == plainly(s.text) {
		return nil
	}
	s.text = text
	_, err = sink.Receive(ctx, edited(s.message, text, it.Updated, s.stood))
	return err
}

// edited is the event of a message that says something else now.
func edited(message, text string, updated digits, s stood) bot.Event {
	return bot.Event{Platform: Name, Keys: []string{"edit/" + message + "/" + strconv.FormatInt(int64(updated), 10)}, Kind: bot.Edited, At: updated.time(),
		Message: message, Sender: s.sender, Place: s.place, Text: text}
}

// plainly is text without the names it calls, which the two ways to learn it write differently.
func plainly(text string) string {
	words := strings.Fields(text)
	kept := words[:0]
	for _, w := range words {
		if !strings.HasPrefix(w, "@") {
			kept = append(kept, w)
		}
	}
	return strings.Join(kept, " ")
}
