package wecomtest

import (
	"bytes"
	"crypto/md5"
	"encoding/base64"
	"encoding/hex"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
)

func TestACardIsTheOnlyAnswerAndIsUpdatedWithinFiveSeconds(t *testing.T) {
	inBubble(t, func(w *world, hc *http.Client) {
		c := subscribed(w, hc)
		_, _ = w.Say(w.Context(), "ZhouMin", "wr_A", "@助手 待办")
		f, _ := c.last()
		w.code(c.on(f.Headers.ReqID, "aibot_respond_msg", cardOf(buttons("t1"))), 0)
		card := w.lastOf()
		w.clean()
		w.code(c.on(f.Headers.ReqID, "aibot_respond_msg", markdown("还有")), 0)
		if m := w.lastOf(); !m.Dropped || len(w.Complaints()) != 1 {
			t.Errorf("%+v %q", m, w.Complaints())
		}
		press := func() string {
			w.must(w.Press(w.Context(), "WangLei", card.ID, "收到"))
			f, body := c.last()
			if from, _ := body["from"].(object); from["userid"] != "WangLei" || f.Cmd != "aibot_event_callback" {
				t.Errorf("%s %v", f.Cmd, body)
			}
			return f.Headers.ReqID
		}
		update := object{"response_type": "update_template_card", "template_card": with(buttons("t1"), "main_title", object{"title": "已签收"})}
		req := press()
		w.code(c.on(req, "aibot_respond_msg", frameOf("好", true)), 846605)
		w.code(c.on(req, "aibot_respond_update_msg", object{"response_type": "update_template_card", "template_card": buttons("t2")}), 42015)
		w.code(c.on(req, "aibot_respond_update_msg", update), 0)
		w.code(c.on(req, "aibot_respond_update_msg", update), 846605)
		if m, _ := w.Message(card.ID); !strings.Contains(m.Text, "已签收") {
			t.Errorf("%s", m.Text)
		}
		req = press()
		time.Sleep(5*time.Second + time.Millisecond)
		w.code(c.on(req, "aibot_respond_update_msg", update), 846605)
	})
}

func TestWelcomesComeWithinFiveSecondsAndOnce(t *testing.T) {
	inBubble(t, func(w *world, hc *http.Client) {
		c := subscribed(w, hc)
		w.must(w.EnterChat(w.Context(), "ZhouMin"))
		f, body := c.last()
		if event, _ := body["event"].(object); event["eventtype"] != "enter_chat" || body["chatid"] != nil || body["chattype"] != "single" {
			t.Errorf("%v", body)
		}
		w.code(c.on(f.Headers.ReqID, "aibot_respond_welcome_msg", markdown("你好")), 40008)
		w.code(c.on(f.Headers.ReqID, "aibot_respond_welcome_msg", textOf("你好")), 0)
		w.code(c.on(f.Headers.ReqID, "aibot_respond_welcome_msg", textOf("你好")), 846605)
		w.must(w.EnterChat(w.Context(), "ZhouMin"))
		f, _ = c.last()
		time.Sleep(6 * time.Second)
		w.code(c.on(f.Headers.ReqID, "aibot_respond_welcome_msg", textOf("你好")), 846605)
		w.must(w.Rate(w.Context(), "ZhouMin", w.lastOf().ID, 2, "不对"))
		if _, body := c.last(); !strings.Contains(string(marshal(body)), `"type":2`) {
			t.Errorf("%v", body)
		}
	})
}

func TestAPushedCardInAGroupMayNeverBeSeen(t *testing.T) {
	for _, shown := range []bool{false, true} {
		t.Run("", func(t *testing.T) {
			inBubble(t, func(w *world, hc *http.Client) {
				c := subscribed(w, hc)
				_, _ = w.Say(w.Context(), "ZhouMin", "wr_A", "@助手 你好")
				body := cardOf(buttons("t1"))
				body["chatid"], body["chat_type"] = "wr_A", 2
				w.code(c.ask("aibot_send_msg", body), 0)
				if m := w.lastOf(); m.Dropped == shown {
					t.Errorf("%+v", m)
				}
			}, func(o *Options) { o.PushCards = shown })
		})
	}
}

func TestOneMessageDeliveredTwiceWantsOneAnswer(t *testing.T) {
	inBubble(t, func(w *world, hc *http.Client) {
		c := subscribed(w, hc)
		w.must(w.Break(Fault{Kind: Duplicate, Times: 1}))
		_, _ = w.Say(w.Context(), "ZhouMin", "", "你好")
		if n := c.callbacks(); n != 2 {
			t.Fatalf("%d came", n)
		}
		var ids []string
		for _, f := range c.got {
			if f.Cmd != "" {
				ids = append(ids, f.Headers.ReqID)
			}
		}
		w.code(c.on(ids[0], "aibot_respond_msg", frameOf("好", true)), 0)
		w.clean()
		w.code(c.on(ids[1], "aibot_respond_msg", frameOf("好", true)), 0)
		if n := len(w.Complaints()); n != 1 {
			t.Errorf("%q", w.Complaints())
		}
	})
}

func TestFilesComeAndGoOverTheSocket(t *testing.T) {
	inBubble(t, func(w *world, hc *http.Client) {
		c := subscribed(w, hc)
		_, _ = w.Say(w.Context(), "ZhouMin", "", "", Attachment{Data: png})
		_, body := c.last()
		image, _ := body["image"].(object)
		address, _ := image["url"].(string)
		encoded, _ := image["aeskey"].(string)
		resp, err := hc.Get(address)
		w.must(err)
		data, _ := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		if plain, err := open(aesKey(encoded), data); err != nil || !bytes.Equal(plain, png) {
			t.Errorf("%q, %v", plain, err)
		}
		sum := md5.Sum(png)
		begin := object{"type": "file", "filename": "a.txt", "total_size": len(png), "total_chunks": 2, "md5": hex.EncodeToString(sum[:])}
		id := w.code(c.ask("aibot_upload_media_init", begin), 0)["upload_id"]
		w.code(c.ask("aibot_upload_media_finish", object{"upload_id": id}), 40058)
		for i, part := range [][]byte{png[5:], png[:5]} {
			w.code(c.ask("aibot_upload_media_chunk", object{"upload_id": id, "chunk_index": 1 - i, "base64_data": base64.StdEncoding.EncodeToString(part)}), 0)
		}
		media := w.code(c.ask("aibot_upload_media_finish", object{"upload_id": id}), 0)["media_id"]
		w.code(c.ask("aibot_send_msg", object{"chatid": "ZhouMin", "chat_type": 1, "msgtype": "file", "file": object{"media_id": media}}), 0)
		if m := w.lastOf(); len(m.Files) != 1 || !bytes.Equal(m.Files[0].Data, png) {
			t.Errorf("%+v", m)
		}
	})
}

func TestTheSocketCanBeLostInManyWays(t *testing.T) {
	inBubble(t, func(w *world, hc *http.Client) {
		say := func() Delivery {
			_, _ = w.Say(w.Context(), "ZhouMin", "", "你好")
			all := w.Deliveries()
			return all[len(all)-1]
		}
		if d := say(); !d.Lost || d.Err == nil {
			t.Errorf("%+v", d)
		}
		c := subscribed(w, hc)
		w.must(w.Break(Fault{Kind: HalfOpen}))
		if d := say(); d.Err != nil || c.callbacks() != 0 {
			t.Errorf("%+v", d)
		}
		second := subscribed(w, hc)
		w.must(w.Break(Fault{Kind: Cut}))
		<-second.done
		third := subscribed(w, hc)
		w.must(w.Break(Fault{Kind: Kick}))
		if _, body := third.last(); !strings.Contains(string(marshal(body)), "disconnected_event") {
			t.Errorf("%v", body)
		}
		w.must(w.Break(Fault{Kind: Down, Channel: AIBot}))
		if _, _, err := websocket.Dial(w.Context(), "wss://openws.work.weixin.qq.com/", &websocket.DialOptions{HTTPClient: hc}); err == nil {
			t.Error("taken up while down")
		}
		w.must(w.Break(Fault{Kind: Mend}))
		fourth := subscribed(w, hc)
		w.must(w.Break(Fault{Kind: RemoveBot, Chat: "wr_A"}))
		_, _ = w.Say(w.Context(), "ZhouMin", "wr_A", "@助手 在吗")
		if fourth.callbacks() != 0 {
			t.Error("it heard a group it is not in")
		}
	})
}

func TestTheSocketRefusesWhatItDoesNotKnow(t *testing.T) {
	inBubble(t, func(w *world, hc *http.Client) {
		c := dial(w.T, hc)
		w.code(c.ask("aibot_send_msg", markdown("x")), 40001)
		w.code(c.ask("aibot_subscribe", object{"bot_id": "aibSim", "secret": "no"}), 40001)
		w.code(c.ask("aibot_subscribe", object{"bot_id": "no", "secret": "no"}), 93019)
		w.code(c.ask("aibot_subscribe", object{"bot_id": "aibSim", "secret": "sim-bot-secret"}), 0)
		w.code(c.ask("aibot_subscribe", object{"bot_id": "aibSim", "secret": "sim-bot-secret"}), 45009)
		w.code(c.ask("aibot_dance", nil), 40058)
		w.code(c.on("nobody", "aibot_respond_msg", markdown("x")), 846605)
		_, _ = w.Say(w.Context(), "ZhouMin", "", "你好")
		f, _ := c.last()
		w.code(c.on(f.Headers.ReqID, "aibot_respond_msg", markdown(strings.Repeat("x", 20481))), 45002)
		w.code(c.on(f.Headers.ReqID, "aibot_respond_msg", textOf("x")), 40008)
		time.Sleep(24*time.Hour + time.Second)
		w.code(c.on(f.Headers.ReqID, "aibot_respond_msg", markdown("晚了")), 846605)
		_ = c.ws.Write(w.Context(), websocket.MessageText, []byte("{"))
		w.code(c.ask("ping", nil), 0)
		if n := len(w.Complaints()); n < 3 || w.Pings() != 1 {
			t.Errorf("%q", w.Complaints())
		}
	})
}

func TestSomeAreKnownToTheAIBotByAnotherName(t *testing.T) {
	inBubble(t, func(w *world, hc *http.Client) {
		c := subscribed(w, hc)
		_, _ = w.Say(w.Context(), "ZhouMin", "", "你好")
		if _, body := c.last(); body["from"].(object)["userid"] != "woZhou" {
			t.Errorf("%v", body)
		}
		body := markdown("在")
		body["chatid"] = "woZhou"
		w.code(c.ask("aibot_send_msg", body), 0)
		body["chatid"] = "ZhouMin"
		w.code(c.ask("aibot_send_msg", body), 93006)
	}, func(o *Options) { o.Org.People[0].BotSees = "woZhou" })
}
