package handlers_test

import (
	"context"
	"testing"
	"time"

	"fenghuo/bot"
	"fenghuo/store"
)

// dropped settles what is queued as taken by a platform that does not say whether it was shown.
func (w *world) dropped() {
	w.t.Helper()
	w.store.SetOnSettled(w.desk.Settled)
	for {
		queued, err := w.store.Claim(w.t.Context(), 100)
		must(w.t, err)
		if len(queued) == 0 {
			return
		}
		for _, q := range queued {
			must(w.t, w.store.Settle(context.WithoutCancel(w.t.Context()), q, bot.Result{Receipt: bot.Receipt{Message: "bot-" + q.Out.Key, Thread: q.Out.Place.Thread}}))
		}
	}
}

// call is the last message about an incident that starts something.
func (w *world) call() store.PostRow {
	w.t.Helper()
	var last store.PostRow
	for _, r := range w.posts() {
		if r.Starts != "" {
			last = r
		}
	}
	return last
}

func TestASignOfLifeConfirmsWhatWasSaid(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name      string
		do        func(w *world)
		confirmed bool
	}{
		{"a read receipt of the officer", func(w *world) { w.gesture("wanglei", bot.Read, "") }, true},
		{"a read receipt of somebody else", func(w *world) { w.gesture("linke", bot.Read, "") }, true}, // the group has it
		{"another reaction", func(w *world) { w.gesture("wanglei", bot.Reacted, "🌹") }, true},
		{"the officer speaks in the topic", func(w *world) { w.says("wanglei", home, "我看看") }, true},
		{"somebody else speaks in the topic", func(w *world) { w.says("linke", home, "怎么了") }, false},
		{"the reporter speaks in the topic", func(w *world) { w.says("zhoumin", home, "补充 阅读1万") }, false},
		{"the officer speaks elsewhere", func(w *world) { w.says("wanglei", "G1/T9", "早") }, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.reports(home)
			w.dropped()
			if row := w.call(); row.Status != store.Unconfirmed || !w.incident(number).Ack.From.IsZero() {
				t.Fatalf("%s is %s, the clock runs from %v", row.Key, row.Status, w.incident(number).Ack.From)
			}
			w.now = w.now.Add(30 * time.Second)
			tc.do(w)
			inc, row := w.incident(number), w.call()
			if got := !inc.Ack.From.IsZero(); got != tc.confirmed || row.Confirmed != tc.confirmed || row.ConfirmAt.IsZero() != tc.confirmed {
				t.Errorf("clock runs: %v, message %s, next channel at %v", got, row.Status, row.ConfirmAt)
			}
			if tc.confirmed && !inc.Ack.Called[0].Delivered.Equal(w.now) {
				t.Errorf("delivered at %v", inc.Ack.Called[0].Delivered)
			}
		})
	}
}

// gesture is something a person does to the bot's last message that starts something.
func (w *world) gesture(person string, kind bot.EventKind, emoji string) {
	w.t.Helper()
	ev := w.event(person, home, "")
	ev.Kind, ev.Message, ev.Emoji, ev.ToBot = kind, w.call().MessageID, emoji, false
	_, err := w.svc.Receive(w.t.Context(), ev)
	must(w.t, err)
}

func TestAReplyInPrivateConfirmsWhatWasSaidThere(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.reports("", "改18 是") // confidential: the call is private
	w.dropped()
	w.now = w.now.Add(3 * time.Minute)
	w.says("wanglei", "", "帮助")
	inc := w.incident(number)
	if want := w.now.Truncate(time.Second); !inc.Ack.From.Equal(want) { // three minutes late
		t.Errorf("the clock runs from %v, not %v", inc.Ack.From, want)
	}
}

func TestAnAcknowledgmentConfirmsTheCallItAnswers(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.reports(home)
	w.dropped()
	w.now = w.now.Add(40 * time.Second)
	w.says("wanglei", "", "签收 001") // in private, of what was said in the group
	row, inc := w.call(), w.incident(number)
	if !row.Confirmed || !inc.Acked() || inc.Ack.Called[0].Delivered.IsZero() {
		t.Errorf("%s, acknowledged %v, delivered %v", row.Status, inc.Acked(), inc.Ack.Called[0].Delivered)
	}
}

func TestGroupsAreNotedWhenTheBotIsSpokenTo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ev := w.event("wanglei", "G1", "帮助")
	ev.ToBot = false
	_, err := w.svc.Receive(t.Context(), ev)
	must(t, err)
	joined := w.event("", "oc_new", "")
	joined.Kind, joined.ToBot, joined.Sender = bot.Joined, false, ""
	_, err = w.svc.Receive(t.Context(), joined)
	must(t, err)
	w.says("wanglei", "G1", "帮助")
	var rows []store.GroupRow
	must(t, w.store.View(t.Context(), func(tx *store.Tx) (err error) { rows, err = tx.Groups(); return err }))
	if len(rows) != 2 || rows[0].Chat != "G1" && rows[1].Chat != "G1" {
		t.Errorf("groups: %+v", rows)
	}
}
