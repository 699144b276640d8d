package wecomtest

import (
	"net/http"
	"testing"
	"time"
)

func TestTheBotHearsMentionsAndAnswersInAStream(t *testing.T) {
	inBubble(t, func(w *world, hc *http.Client) {
		c := subscribed(w, hc)
		w.code(c.ask("ping", nil), 0)
		_, _ = w.Say(w.Context(), "ZhouMin", "wr_A", "没有人叫它")
		if n := c.callbacks(); n != 0 {
			t.Fatalf("told %d times of what it may not hear", n)
		}
		id, err := w.Say(w.Context(), "ZhouMin", "wr_A", "@助手 上报")
		if err != nil {
			t.Fatal(err)
		}
		f, body := c.last()
		text, _ := body["text"].(object)
		if f.Cmd != "aibot_msg_callback" || body["chatid"] != "wr_A" || body["chattype"] != "group" || text["content"] != "@助手 上报" {
			t.Errorf("%s %v", f.Cmd, body)
		}
		req := f.Headers.ReqID
		w.code(c.on(req, "aibot_respond_msg", object{"msgtype": "stream", "stream": object{"id": "s1", "finish": false, "content": "正在"}}), 0)
		w.code(c.on(req, "aibot_respond_msg", object{"msgtype": "stream", "stream": object{"id": "s1", "finish": true, "content": "正在查"}}), 0)
		if m := w.lastOf(); m.Text != "正在查" || !m.Ended || m.Answers != id || m.Channel != AIBot {
			t.Errorf("%+v", m)
		}
		w.clean()
	})
}

func TestAStreamEndsWithinSixMinutes(t *testing.T) {
	inBubble(t, func(w *world, hc *http.Client) {
		c := subscribed(w, hc)
		_, _ = w.Say(w.Context(), "ZhouMin", "", "你好")
		f, _ := c.last()
		frame := func(s string, end bool) object {
			return c.on(f.Headers.ReqID, "aibot_respond_msg", object{"msgtype": "stream", "stream": object{"id": "s1", "finish": end, "content": s}})
		}
		w.code(frame("一", false), 0)
		time.Sleep(6*time.Minute + time.Second)
		w.code(frame("一二", true), 846608)
		w.code(c.ask("aibot_send_msg", object{"chatid": "ZhouMin", "chat_type": 1, "msgtype": "markdown", "markdown": object{"content": "二"}}), 0)
		if m := w.lastOf(); !m.Push || m.Chat != "aibot:ZhouMin" {
			t.Errorf("%+v", m)
		}
	})
}

func TestAPushNeedsAChatThatHasTalked(t *testing.T) {
	inBubble(t, func(w *world, hc *http.Client) {
		c := subscribed(w, hc)
		to := func(chat string, kind int, body object) object {
			body["chatid"], body["chat_type"] = chat, kind
			return c.ask("aibot_send_msg", body)
		}
		w.code(to("wr_A", 2, markdown("早")), 93006)
		_, _ = w.Say(w.Context(), "ZhouMin", "wr_A", "@助手 帮助")
		w.code(to("wr_A", 2, markdown("早")), 0)
		w.code(to("wr_a", 2, markdown("早")), 93006)
		w.code(to("wr_A", 2, textOf("早")), 40008)
		w.code(to("ZhouMin", 1, markdown("早")), 93006)
		_ = w.Break(Fault{Kind: PushDead, Chat: "wr_A"})
		w.code(to("wr_A", 0, markdown("早")), 93006)
		_, _ = w.Say(w.Context(), "ZhouMin", "wr_A", "@助手 帮助")
		for range 29 {
			w.code(to("wr_A", 2, markdown("早")), 0)
		}
		w.code(to("wr_A", 2, markdown("早")), 45009)
	})
}

func TestASecondConnectionKicksTheFirst(t *testing.T) {
	inBubble(t, func(w *world, hc *http.Client) {
		first := subscribed(w, hc)
		second := subscribed(w, hc)
		f, body := first.last()
		event, _ := body["event"].(object)
		if f.Cmd != "aibot_event_callback" || event["eventtype"] != "disconnected_event" {
			t.Errorf("%s %v", f.Cmd, body)
		}
		<-first.done
		if w.Connections() != 1 {
			t.Errorf("%d connections", w.Connections())
		}
		_, _ = w.Say(w.Context(), "ZhouMin", "", "你好")
		if second.callbacks() != 1 {
			t.Error("the second one heard nothing")
		}
	})
}
