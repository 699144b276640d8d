package feishutest

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestAnEventThatFailsIsRepeatedFourTimes(t *testing.T) {
	t.Parallel()
	w, a := withApp(t)
	a.answers(500)
	ctx := t.Context()
	if _, err := w.Says(ctx, "ou_zhoumin", "oc_1", "@助手 上报"); err != nil {
		t.Fatal(err)
	}
	for _, wait := range retries {
		w.clock.add(wait - time.Second)
		if n := w.Tick(ctx); n != 0 {
			t.Fatalf("repeated %d times before its time", n)
		}
		w.clock.add(time.Second)
		if n := w.Tick(ctx); n != 1 {
			t.Fatalf("%d attempts after %s", n, wait)
		}
	}
	w.clock.add(24 * time.Hour)
	if n := w.Tick(ctx); n != 0 {
		t.Error("a sixth attempt")
	}
	all := w.Deliveries()
	if len(all) != 5 || !all[4].Lost || all[4].At.Sub(all[0].At) != 7*time.Hour+5*time.Minute+15*time.Second {
		t.Errorf("%+v", all)
	}
	if got := a.events(); len(slices.Compact(got)) != 1 {
		t.Errorf("event ids differ: %q", got)
	}
}

func TestARepeatThatIsTakenIsTheLast(t *testing.T) {
	t.Parallel()
	w, a := withApp(t)
	a.answers(500)
	ctx := t.Context()
	_, _ = w.Says(ctx, "ou_zhoumin", "", "你好")
	a.answers(0)
	w.clock.add(15 * time.Second)
	w.Tick(ctx)
	if n, _ := w.Pending(); n != 0 || len(a.events()) != 2 {
		t.Errorf("%d pending, %d came", n, len(a.events()))
	}
}

func TestEventsComeTwiceLateAndOutOfOrderOnDemand(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		fault string
		want  []string // texts as they come
	}{
		{Duplicate, []string{"1", "1", "1", "2"}},
		{Reorder, []string{"2", "1"}},
		{Lose, []string{"2", "1"}},
	} {
		t.Run(c.fault, func(t *testing.T) {
			t.Parallel()
			w, a := withApp(t)
			ctx := t.Context()
			_ = w.Break(Fault{Kind: c.fault, Times: 1})
			for _, text := range []string{"1", "2"} {
				_, _ = w.Says(ctx, "ou_zhoumin", "", text)
			}
			w.clock.add(15 * time.Second)
			w.Tick(ctx)
			var got []string
			for _, ev := range a.got {
				m := ev["event"].(map[string]any)["message"].(map[string]any)
				got = append(got, strings.Trim(m["content"].(string), `{}"tex:`))
			}
			if d := cmp.Diff(c.want, got); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestWhatTheAppIsTold(t *testing.T) {
	t.Parallel()
	w, a := withApp(t)
	ctx := t.Context()
	private := w.sent("oc_p2p_zhoumin", "text", object{"text": "x"})
	said, _ := w.Says(ctx, "ou_zhoumin", "oc_1", "@助手 请 @王蕾 看")
	message := a.last()["message"].(map[string]any)
	if message["content"] != `{"text":"@_user_1 请 @_user_2 看"}` || len(message["mentions"].([]any)) != 2 || message["chat_type"] != "group" {
		t.Errorf("%v", message)
	}
	if _, err := w.Says(ctx, "ou_zhoumin", "oc_1", "别的话"); err != nil {
		t.Fatal(err)
	}
	for _, do := range []error{
		w.Reacts(ctx, "ou_wanglei", said, "OK"), w.Unreacts(ctx, "ou_wanglei", said, "OK"), w.Recalls(ctx, "ou_zhoumin", said), w.Reads(ctx, "ou_zhoumin", private),
		w.Enters(ctx, "ou_zhoumin"), w.Picks(ctx, "ou_zhoumin", "report"), w.Joins(ctx, "ou_gubo", "oc_1"), w.Leaves(ctx, "ou_gubo", "oc_1"),
		w.Break(Fault{Kind: RemoveBot, Chat: "oc_1"}), w.Break(Fault{Kind: AddBot, Chat: "oc_1"}), w.Break(Fault{Kind: Disband, Chat: "oc_1"}),
	} {
		if do != nil {
			t.Error(do)
		}
	}
	var kinds []string
	for _, e := range a.events() {
		kinds = append(kinds, strings.Fields(e)[0])
	}
	want := []string{"im.message.receive_v1", "im.message.reaction.created_v1", "im.message.reaction.deleted_v1", "im.message.recalled_v1", "im.message.message_read_v1",
		"im.chat.access_event.bot_p2p_chat_entered_v1", "application.bot.menu_v6", "im.chat.member.user.added_v1", "im.chat.member.user.deleted_v1",
		"im.chat.member.bot.deleted_v1", "im.chat.member.bot.added_v1", "im.chat.disbanded_v1"}
	if d := cmp.Diff(want, kinds); d != "" {
		t.Error(d)
	}
}

func TestEachKindOfMessageArrives(t *testing.T) {
	t.Parallel()
	w, a := withApp(t)
	for kind, has := range map[string]string{"image": "image_key", "file": "file_name", "audio": "duration", "media": "image_key", "sticker": "file_key", "merge_forward": "Merged"} {
		if _, err := w.Sends(t.Context(), "ou_zhoumin", "", Attachment{Name: "a.pdf", Data: []byte("x"), Kind: kind}); err != nil {
			t.Fatal(err)
		}
		m := a.last()["message"].(map[string]any)
		if m["message_type"] != kind || !strings.Contains(m["content"].(string), has) {
			t.Errorf("%s: %v", kind, m)
		}
	}
	if _, err := w.Says(t.Context(), "ou_zhoumin", "", "@助手 上报\n第二行", How{Post: true}); err != nil {
		t.Fatal(err)
	}
	if c := a.last()["message"].(map[string]any)["content"].(string); !strings.Contains(c, `"tag":"at"`) || strings.Contains(c, "zh_cn") {
		t.Error(c)
	}
}

func TestTheAppIsToldOnlyWhatItsScopesShow(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, chat, text string
		scopes           []string
		want             int
	}{
		{"group, mentioned", "oc_1", "@助手 hi", []string{"im:message.group_at_msg:readonly"}, 1},
		{"group, not mentioned", "oc_1", "hi", []string{"im:message.group_at_msg:readonly"}, 0},
		{"group, @all", "oc_1", "@所有人 hi", []string{"im:message.group_at_msg:readonly"}, 0},
		{"group, hears all", "oc_1", "hi", []string{"im:message.group_msg"}, 1},
		{"private", "", "hi", []string{"im:message.p2p_msg:readonly"}, 1},
		{"private without scope", "", "hi", []string{}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w, a := withApp(t, func(o *Options) { o.Scopes = c.scopes })
			_, _ = w.Says(t.Context(), "ou_zhoumin", c.chat, c.text)
			if n := len(a.events()); n != c.want {
				t.Errorf("%d events", n)
			}
		})
	}
}

func TestTheAddressIsVerified(t *testing.T) {
	t.Parallel()
	w, a := withApp(t)
	if err := w.Verify(t.Context(), "http://bot.test/feishu/event"); err != nil {
		t.Error(err)
	}
	a.key = "another key"
	if err := w.Verify(t.Context(), "http://bot.test/feishu/event"); err == nil {
		t.Error("an app with another key passes")
	}
	a.bad = nil
}
