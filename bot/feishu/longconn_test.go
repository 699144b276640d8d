package feishu

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coder/websocket"
)

func TestLongConnAcknowledgesAfterStoring(t *testing.T) {
	lcRun(t, nil, func(w *lcWorld) {
		begun := make(chan string, 1)
		w.take.event = func(_ context.Context, payload string) error {
			begun <- payload
			time.Sleep(250 * time.Millisecond) // of fake time
			return nil
		}
		c := w.connected()
		synctest.Wait()
		if !w.conn.Connected() {
			t.Error("not connected")
		}
		c.event("m1", `{"event":{}}`)
		if got := receive(t, begun, "event"); got != `{"event":{}}` {
			t.Errorf("dispatched %q", got)
		}
		synctest.Wait()
		if len(c.acks) > 0 {
			t.Error("acknowledged before it was stored")
		}
		a, f := c.acked("m1")
		if a.Code != 200 || a.Data != nil {
			t.Errorf("acknowledged with %+v", a)
		}
		if string(f.payload) != `{"code":200,"headers":null,"data":null}` {
			t.Errorf("acknowledged with %s", f.payload)
		}
		if f.seqID != 5 || f.logID != 6 || f.logIDNew != "L" || f.header(headerTrace) != "trace-1" || f.header(headerTook) != "250" {
			t.Errorf("not the same frame came back: %+v", f)
		}
	})
}

func TestLongConnAsksForARepetition(t *testing.T) {
	lcRun(t, nil, func(w *lcWorld) {
		w.take.event = func(ctx context.Context, payload string) error {
			switch payload {
			case `"panics"`:
				panic("a bug")
			case `"hangs"`:
				<-ctx.Done()
				return ctx.Err()
			case `"fails"`:
				return errors.New("the database is away")
			}
			return nil
		}
		c := w.connected()
		for _, what := range []string{"fails", "panics", "hangs"} {
			begun := time.Now()
			c.event(what, `"`+what+`"`)
			if a, _ := c.acked(what); a.Code != 500 || a.Data != nil {
				t.Errorf("%s: acknowledged with %+v", what, a)
			}
			if took := time.Since(begun); took > dispatchLimit {
				t.Errorf("%s: answered after %s", what, took)
			}
		}
		c.event("good", `"good"`)
		if a, _ := c.acked("good"); a.Code != 200 {
			t.Errorf("after the failures: %+v", a)
		}
	})
}

func TestLongConnAnswersCards(t *testing.T) {
	lcRun(t, nil, func(w *lcWorld) {
		press := `{"header":{"event_type":"card.action.trigger"},"event":{"context":{"open_chat_id":"oc_1"}}}`
		w.take.card = func(_ context.Context, payload string) ([]byte, error) {
			switch payload {
			case press:
				return []byte(`{"toast":{"content":"已签收"}}`), nil
			case `"silent"`:
				return nil, nil
			}
			return []byte("lost"), errors.New("not stored")
		}
		c := w.connected()
		for _, in := range []struct {
			id, kind, payload string
			want              lcAnswer
		}{
			{"m1", typeEvent, press, lcAnswer{Code: 200, Data: []byte(`{"toast":{"content":"已签收"}}`)}},
			{"m2", typeCard, press, lcAnswer{Code: 200, Data: []byte(`{"toast":{"content":"已签收"}}`)}},
			{"m3", typeCard, `"silent"`, lcAnswer{Code: 200, Data: []byte(`{}`)}},
			{"m4", typeCard, `"broken"`, lcAnswer{Code: 500}},
		} {
			c.sendFrame(dataFrame(in.kind, in.id, 1, 0, in.payload))
			if a, _ := c.acked(in.id); a.Code != in.want.Code || string(a.Data) != string(in.want.Data) {
				t.Errorf("%s: answered %d %s", in.id, a.Code, a.Data)
			}
		}
	})
}

func TestLongConnJoinsParts(t *testing.T) {
	lcRun(t, nil, func(w *lcWorld) {
		c := w.connected()
		for _, seq := range []int{2, 0, 0, 2, 1} {
			c.sendFrame(dataFrame(typeEvent, "m1", 3, seq, string("abc"[seq])))
		}
		if got := receive(t, w.take.got, "event"); got != "abc" {
			t.Errorf("joined to %q", got)
		}
		if a, f := c.acked("m1"); a.Code != 200 || f.header(headerSeq) != "1" {
			t.Errorf("acknowledged part %s with %+v", f.header(headerSeq), a)
		}
		c.sendFrame(dataFrame(typeEvent, "m2", 2, 0, "a"))
		time.Sleep(partsWait)
		c.sendFrame(dataFrame(typeEvent, "m2", 2, 1, "b"))
		synctest.Wait()
		if len(c.acks)+len(w.take.got) > 0 {
			t.Error("a message whose parts came too far apart was taken")
		}
	})
}

func TestLongConnSurvivesGarbage(t *testing.T) {
	lcRun(t, nil, func(w *lcWorld) {
		c := w.connected()
		c.sendRaw(websocket.MessageText, []byte("hello"))
		c.sendRaw(websocket.MessageBinary, nil)
		c.sendRaw(websocket.MessageBinary, []byte("\xff\xff\xff\xff\xff\xff"))
		c.sendRaw(websocket.MessageText, dataFrame(typeEvent, "m0", 1, 0, "text").encode())
		c.sendFrame(frame{method: 9})
		c.sendFrame(frame{method: frameControl, headers: []frameHeader{{headerType, typePong}}, payload: []byte("{")})
		c.sendFrame(frame{method: frameControl, headers: []frameHeader{{headerType, "reboot"}}})
		c.sendFrame(dataFrame("poem", "m0", 1, 0, "x"))
		c.sendFrame(dataFrame(typeEvent, "m0", -4, -4, "not json"))
		c.acked("m0")
		c.sendFrame(dataFrame(typeEvent, "m0", 1<<30, 7, "x"))
		c.event("m1", "{}")
		c.acked("m1")
	})
}

func TestLongConnKeepsTheOrderOfAChat(t *testing.T) {
	const chats, each, atOnce = 10, 20, 3
	lcRun(t, func(_ *lcWorld, cfg *LongConnConfig) { cfg.MaxInFlight = atOnce }, func(w *lcWorld) {
		var mu sync.Mutex
		running, most := 0, 0
		last := map[string]int{}
		w.take.event = func(_ context.Context, payload string) error {
			mu.Lock()
			running++
			most = max(most, running)
			mu.Unlock()
			chat, _ := lookInto([]byte(payload))
			time.Sleep(time.Duration(len(payload)*7%13) * time.Millisecond)
			_, rest, _ := strings.Cut(payload, `"n":`)
			var n int
			fmt.Sscan(rest, &n)
			mu.Lock()
			defer mu.Unlock()
			running--
			if n != last[chat]+1 {
				t.Errorf("%s: %d came after %d", chat, n, last[chat])
			}
			last[chat] = n
			return nil
		}
		c := w.connected()
		for n := 1; n <= each; n++ {
			for chat := range chats {
				c.event("m", fmt.Sprintf(`{"event":{"message":{"chat_id":"oc_%d"},"n":%d }}`, chat, n))
			}
			for range chats {
				c.acked("m")
			}
		}
		if most > atOnce || most < 2 {
			t.Errorf("%d ran at the same time", most)
		}
	})
}

func TestLongConnRefusesAFlood(t *testing.T) {
	lcRun(t, nil, func(w *lcWorld) {
		release := make(chan struct{})
		w.take.event = func(context.Context, string) error { <-release; return nil }
		c := w.connected()
		const sent = 1 + laneDepth + 5
		for n := range sent {
			c.event("m", "{}")
			if n == 0 {
				synctest.Wait() // the first is being handled, not queued
			}
		}
		for range 5 {
			if a, _ := c.acked("m"); a.Code != 500 {
				t.Errorf("refused with %d", a.Code)
			}
		}
		close(release)
		for range sent - 5 {
			if a, _ := c.acked("m"); a.Code != 200 {
				t.Errorf("acknowledged with %d", a.Code)
			}
		}
	})
}

func TestLookInto(t *testing.T) {
	for payload, want := range map[string]struct {
		chat string
		card bool
	}{
		`{"header":{"event_type":"im.message.receive_v1"},"event":{"message":{"chat_id":"oc_1"}}}`:    {"oc_1", false},
		`{"header":{"event_type":"im.message.recalled_v1"},"event":{"chat_id":"oc_2"}}`:               {"oc_2", false},
		`{"header":{"event_type":"card.action.trigger"},"event":{"context":{"open_chat_id":"oc_3"}}}`: {"oc_3", true},
		`{"header":{"event_type":"im.message.reaction.created_v1"},"event":{"message_id":"om_1"}}`:    {"", false},
		`{"event":{"message":{"chat_id":7}}}`:                                                         {"", false},
		`[]`:                                                                                          {"", false},
		``:                                                                                            {"", false},
	} {
		if chat, card := lookInto([]byte(payload)); chat != want.chat || card != want.card {
			t.Errorf("%s: %q, %v", payload, chat, card)
		}
	}
}
