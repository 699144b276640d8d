package feishu

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"fenghuo/bot"
)

func pressJSON(action, chat, operator string) string {
	return `{"operator":{"tenant_key":"tk_demo","user_id":"zhang3","open_id":"` + operator + `","union_id":"on_a"},"token":"c-295e","action":` + action +
		`,"host":"im_message","delivery_type":"","context":{"url":"","preview_token":"","open_message_id":"om_card","open_chat_id":"` + chat + `"}}`
}

func TestPresses(t *testing.T) {
	t.Parallel()
	here := bot.Place{Platform: Name, Chat: "G1", Thread: "om_root"}
	const ack = `{"say":"签收","target":"YQ-1","chat":"G1","thread":"om_root"}`
	rows := map[string]struct {
		action, chat, by string
		want             bot.Action
		place            bot.Place
		toast            string
	}{
		"button": {`{"value":` + ack + `,"tag":"button","timezone":"Asia/Shanghai","name":"b"}`, "oc_zhibao", "ou_wanglei",
			bot.Action{Name: "签收", Target: "YQ-1"}, here, "info"},
		"value as a string": {`{"value":` + string(encode(ack)) + `,"tag":"button"}`, "oc_zhibao", "ou_wanglei",
			bot.Action{Name: "签收", Target: "YQ-1"}, here, "info"},
		"menu": {`{"tag":"overflow","option":` + string(encode(ack)) + `}`, "oc_zhibao", "ou_wanglei",
			bot.Action{Name: "签收", Target: "YQ-1"}, here, "info"},
		"on a card that opened its topic": {`{"value":{"say":"详情","chat":"G1","thread":"."},"tag":"button"}`, "oc_zhibao", "ou_wanglei",
			bot.Action{Name: "详情"}, bot.Place{Platform: Name, Chat: "G1", Thread: "om_card"}, "info"},
		"form": {`{"value":` + ack + `,"tag":"button","form_value":{"who":"王蕾","when":"2026-01-05 09:30 +0900","tags":["a","b"],"n":3,"none":null,"empty":""}}`, "oc_zhibao", "ou_wanglei",
			bot.Action{Name: "签收", Target: "YQ-1", Fields: map[string]string{"who": "王蕾", "when": "2026-01-05 08:30", "tags": "a、b", "n": "3", "none": "", "empty": ""}}, here, "info"},
		"picked from the list": {`{"value":` + ack + `,"tag":"button","form_value":{"where.pick":"滨江店","where":""}}`, "oc_zhibao", "ou_wanglei",
			bot.Action{Name: "签收", Target: "YQ-1", Fields: map[string]string{"where": "滨江店"}}, here, "info"},
		"written under the list": {`{"value":` + ack + `,"tag":"button","form_value":{"where.pick":"滨江店","where":"总部食堂"}}`, "oc_zhibao", "ou_wanglei",
			bot.Action{Name: "签收", Target: "YQ-1", Fields: map[string]string{"where": "总部食堂"}}, here, "info"},
		"in private": {`{"value":{"say":"在办","to":"wanglei"},"tag":"button"}`, "oc_p2p", "ou_wanglei",
			bot.Action{Name: "在办"}, bot.Place{Platform: Name, Person: "wanglei"}, "info"},
		"forwarded to another group":  {`{"value":` + ack + `,"tag":"button"}`, "oc_plain", "ou_wanglei", bot.Action{}, bot.Place{}, "warning"},
		"forwarded to another person": {`{"value":{"say":"在办","to":"wanglei"},"tag":"button"}`, "oc_p2p2", "ou_linke", bot.Action{}, bot.Place{}, "warning"},
		"forwarded from private":      {`{"value":{"say":"在办","to":"wanglei"},"tag":"button"}`, "oc_zhibao", "ou_wanglei", bot.Action{}, bot.Place{}, "warning"},
		"not a button of ours":        {`{"value":{"k":"approve"},"tag":"button"}`, "oc_zhibao", "ou_wanglei", bot.Action{}, bot.Place{}, ""},
		"value that is no object":     {`{"value":[1],"tag":"button"}`, "oc_zhibao", "ou_wanglei", bot.Action{}, bot.Place{}, ""},
		"nobody pressed":              {`{"value":` + ack + `}`, "oc_zhibao", "", bot.Action{}, bot.Place{}, "error"},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.inbox.toast = "已签收"
			got, err := w.DispatchCard(t.Context(), w.inbox, []byte(event(eventCard, pressJSON(row.action, row.chat, row.by))))
			if err != nil {
				t.Fatal(err)
			}
			if (row.toast == "") != (string(got) == "{}") || !strings.Contains(string(got), `"type":"`+row.toast) && row.toast != "" {
				t.Errorf("answered %s", got)
			}
			events := w.inbox.got()
			if row.want.Name == "" {
				if len(events) > 0 {
					t.Errorf("stored %+v", events)
				}
				return
			}
			want := []bot.Event{{Platform: Name, Keys: []string{"ev-1", "card/58de2a8d2e8b4b4e"}, Kind: bot.Pressed, At: time.UnixMilli(1767225600123).UTC(), Place: row.place,
				Message: "om_card", Sender: row.by, ToBot: true, Action: row.want}}
			want[0].Keys[1] = events[0].Keys[1]
			if diff := cmp.Diff(want, events); diff != "" || strings.Contains(events[0].Keys[1], "c-295e") {
				t.Error(diff, events[0].Keys)
			}
		})
	}
}

// TestPressIsAnsweredInTime: what takes longer than the platform waits goes on.
func TestPressIsAnsweredInTime(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	synctest.Test(t, func(t *testing.T) {
		w.inbox.hold = make(chan struct{})
		begun := time.Now()
		got, err := w.DispatchCard(t.Context(), w.inbox, []byte(event(eventCard, pressJSON(`{"value":{"say":"签收","chat":"G1"},"tag":"button"}`, "oc_zhibao", "ou_wanglei"))))
		if err != nil || time.Since(begun) > 2500*time.Millisecond || !strings.Contains(string(got), toastWorking) {
			t.Errorf("%s after %s, %v", got, time.Since(begun), err)
		}
		close(w.inbox.hold)
		synctest.Wait()
		if len(w.inbox.got()) != 1 {
			t.Error("the press was lost")
		}
	})
}

func TestPressThatIsNotStored(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.inbox.err = errors.New("disk full")
	got, err := w.DispatchCard(t.Context(), w.inbox, []byte(event(eventCard, pressJSON(`{"value":{"say":"签收","chat":"G1"},"tag":"button"}`, "oc_zhibao", "ou_wanglei"))))
	if err != nil || !strings.Contains(string(got), toastFailed) || strings.Contains(string(got), "disk") {
		t.Errorf("%s, %v", got, err)
	}
}

// TestOtherEventsToTheCardAddress: the console may be given one address for both.
func TestOtherEventsToTheCardAddress(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	got, err := w.DispatchCard(t.Context(), w.inbox, []byte(event(eventJoined, `{"chat_id":"oc_zhibao"}`)))
	if err != nil || string(got) != "{}" || len(w.inbox.got()) != 1 {
		t.Errorf("%s, %v", got, err)
	}
}
