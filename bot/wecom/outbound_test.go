package wecom

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"fenghuo/bot"
	"fenghuo/bot/wecom/wecomtest"
)

// outOrg: 周敏 and 王蕾 are in wr_A, G1; wr_B is G2.
type outOrg struct{}

var (
	outAccounts = map[string]string{"zhoumin": "ZhouMin", "wanglei": "WangLei"}
	outChats    = map[string]string{"G1": "wr_A", "G2": "wr_B"}
)

func (outOrg) Account(person string) (string, bool) { a, ok := outAccounts[person]; return a, ok }
func (outOrg) Person(userID string) (string, bool) {
	for p, a := range outAccounts {
		if strings.EqualFold(a, userID) {
			return p, true
		}
	}
	return "", false
}
func (outOrg) Chat(group string) (string, bool) { c, ok := outChats[group]; return c, ok }
func (outOrg) Group(chatID string) (string, bool) {
	for g, c := range outChats {
		if c == chatID {
			return g, true
		}
	}
	return "", false
}
func (outOrg) Name(person string) string {
	return map[string]string{"zhoumin": "周敏", "wanglei": "王蕾"}[person]
}

// outWorld is an adapter connected to a platform, on the bubble's clock.
type outWorld struct {
	*testing.T
	p    *wecomtest.Platform
	a    *Adapter
	sink *inSink
}

// outward plays in a bubble.
func outward(t *testing.T, play func(w *outWorld), change ...func(*Config)) {
	t.Helper()
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		o := wecomtest.Options{AppURL: "http://bot.test/wecom/app", Org: wecomtest.Org{
			People: []wecomtest.Person{{UserID: "ZhouMin", Name: "周敏"}, {UserID: "WangLei", Name: "王蕾"}},
			Groups: []wecomtest.Group{{ChatID: "wr_A", Name: "直报群", Members: []string{"ZhouMin", "WangLei"}}, {ChatID: "wr_B", Name: "哑群", Members: []string{"ZhouMin"}, NoBot: true, NoRobot: true}},
		}}
		var h http.Handler
		app, stopApp := wecomtest.Local(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { h.ServeHTTP(w, r) }))
		defer stopApp()
		o.Client = app
		p := wecomtest.New(o)
		client, stop := wecomtest.Local(p)
		defer stop()
		o = p.Options()
		cfg := Config{CorpID: o.CorpID, App: AppConfig{AgentID: o.AgentID, Secret: o.AppSecret, Token: o.AppToken, AESKey: o.AppAESKey},
			AIBot:     AIBotConfig{BotID: o.BotID, Secret: o.BotSecret, Name: o.BotName},
			Robots:    map[string]string{"G1": o.Org.Groups[0].RobotKey},
			Directory: outOrg{}, Files: &inShelf{}, HTTP: client}
		for _, c := range change {
			c(&cfg)
		}
		a, err := New(cfg)
		if err != nil {
			t.Fatal(err)
		}
		w := &outWorld{T: t, p: p, a: a, sink: &inSink{}}
		h = a.AppHandler(w.sink)
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan struct{})
		if cfg.AIBot.pushes() {
			conn := a.LongConn(LongConnConfig{})
			go func() { defer close(done); _ = conn.Run(ctx, w.sink) }()
		} else {
			close(done)
		}
		synctest.Wait()
		play(w)
		cancel()
		<-done
		if c := p.Complaints(); len(c) > 0 {
			t.Errorf("the platform complains: %q", c)
		}
	})
}

// sends a message, with a moment between two.
func (w *outWorld) sends(key string, place bot.Place, m bot.Message) (bot.Receipt, error) {
	w.Helper()
	time.Sleep(3 * time.Second)
	r, err := w.a.Send(w.Context(), bot.Outgoing{Key: key, Place: place, Message: m, At: time.Now()})
	synctest.Wait()
	return r, err
}

// last is what bots said last in a chat.
func (w *outWorld) last(chat string) wecomtest.Message {
	w.Helper()
	var found []wecomtest.Message
	for _, m := range w.p.In(chat) {
		if m.Channel != "people" {
			found = append(found, m)
		}
	}
	if len(found) == 0 {
		w.Fatalf("nothing was said in %s", chat)
	}
	return found[len(found)-1]
}

var (
	group1  = bot.Place{Platform: Name, Chat: "G1"}
	toWang  = bot.Place{Platform: Name, Person: "wanglei"}
	theCall = bot.Message{Text: "🟡 黄/三级 YQ-20260310-001\n杯里有虫\n@王蕾 请于09:31前签收。\n责任人：王蕾\n签收截止 09:31\n也可直接回“收到”。", Mentions: []string{"wanglei"},
		Card: &bot.Card{Level: 3, Head: "🟡 黄/三级 YQ-20260310-001", Title: "杯里有虫", Lines: []string{"@王蕾 请于09:31前签收。"}, Who: "责任人：王蕾", Clock: "签收截止 09:31",
			Buttons: []bot.Button{{Label: "签收", Say: "签收", Target: "YQ-20260310-001", Primary: true}, {Label: "详情", Say: "详情", Target: "YQ-20260310-001"}}, Foot: "也可直接回“收到”。"}}
)

// In a group, who must come is really mentioned, by the robot; everything else is the AI bot's.
func TestWhoSpeaksInAGroup(t *testing.T) {
	outward(t, func(w *outWorld) {
		if _, err := w.p.Say(w.Context(), "ZhouMin", "wr_A", "@助手 在办"); err != nil {
			w.Fatal(err)
		}
		r, err := w.sends("call", group1, theCall)
		if m := w.last("wr_A"); err != nil || !r.Confirmed || m.Channel != wecomtest.Robot || !slices.Equal(m.At, []string{"WangLei"}) || !strings.Contains(m.Text, "@我回：签收 001、详情 001") {
			w.Errorf("%v %+v %+v", err, r, m)
		}
		r, err = w.sends("said", group1, bot.Message{Text: "王蕾 09:21 签收。"})
		if m := w.last("wr_A"); err != nil || !r.Confirmed || m.Channel != wecomtest.AIBot || m.Text != "王蕾 09:21 签收。" {
			w.Errorf("%v %+v %+v", err, r, m)
		}
		if err := w.p.Break(wecomtest.Fault{Kind: wecomtest.DeleteRobot, Chat: "wr_A"}); err != nil {
			w.Fatal(err)
		}
		r, err = w.sends("again", group1, theCall)
		if m := w.last("wr_A"); err != nil || m.Channel != wecomtest.AIBot || r.Note == "" || !strings.Contains(r.Advice, "机器人") {
			w.Errorf("%v %+v %+v", err, r, m)
		}
		if err := w.p.Break(wecomtest.Fault{Kind: wecomtest.PushDead, Chat: "wr_A"}); err != nil {
			w.Fatal(err)
		}
		if _, err = w.sends("dead", group1, theCall); bot.Advice(err) == "" {
			w.Errorf("no way is left: %v", err)
		}
	})
}

// Asked in a group, the AI bot answers the request with buttons; pressed there, they say who pressed.
func TestAnAnswerHasButtons(t *testing.T) {
	outward(t, func(w *outWorld) {
		id, err := w.p.Say(w.Context(), "ZhouMin", "wr_A", "@助手 详情 001")
		if err != nil {
			w.Fatal(err)
		}
		synctest.Wait()
		asked := w.sink.got()[0]
		m := theCall
		m.Mentions, m.ReplyTo = nil, asked.Message
		if r, err := w.sends("reply", group1, m); err != nil || !r.Confirmed {
			w.Fatal(err, r)
		}
		said := w.last("wr_A")
		if said.Card == "" || said.Answers != id {
			w.Fatalf("answered with %+v", said)
		}
		if err := w.p.Press(w.Context(), "WangLei", said.ID, "签收"); err != nil {
			w.Fatal(err)
		}
		synctest.Wait()
		pressed := w.sink.got()[1]
		if pressed.Kind != bot.Pressed || pressed.Action.Name != "签收" || pressed.Action.Target != "YQ-20260310-001" || pressed.Sender != "WangLei" || pressed.Place.Chat != "G1" {
			w.Errorf("pressed %+v", pressed)
		}
		if r, err := w.sends("second", group1, m); err != nil || !strings.HasPrefix(r.Message, "aibot:") {
			w.Errorf("the request was answered once: %v %+v", err, r)
		}
	})
}

// A private card of the app is replaced as things change, once for each press or sending.
func TestACardOfTheAppIsReplaced(t *testing.T) {
	outward(t, func(w *outWorld) {
		r, err := w.sends("call", toWang, theCall)
		chat := w.p.Private(wecomtest.App, "WangLei")
		shown := w.last(chat)
		if err != nil || r.Confirmed || shown.Card == "" {
			w.Fatalf("%v %+v %+v", err, r, shown)
		}
		if err := w.p.Press(w.Context(), "WangLei", shown.ID, "详情"); err != nil {
			w.Fatal(err)
		}
		synctest.Wait()
		replace := func(key string, m bot.Message) error {
			out := bot.Outgoing{Key: key, Place: toWang, Message: m, Replaces: r.Message, ShownAt: time.Now()}
			if !w.a.CanUpdate(out, time.Now()) {
				w.Fatalf("%s cannot be replaced", r.Message)
			}
			_, err := w.a.Send(w.Context(), out)
			return err
		}
		next := theCall
		card := *theCall.Card
		card.Title, card.Buttons = "杯里有虫", []bot.Button{{Label: "续报", Say: "续报", Target: "YQ-20260310-001"}}
		next.Card = &card
		if err := replace("state/1", next); err != nil {
			w.Fatal(err)
		}
		shown = w.last(chat)
		if got := w.p.Buttons("WangLei", shown.ID); !slices.Equal(got, []string{"续报"}) {
			w.Errorf("offers %v", got)
		}
		if err := w.p.Press(w.Context(), "WangLei", shown.ID, "续报"); err != nil {
			w.Fatal(err)
		}
		synctest.Wait()
		gone := *theCall.Card
		gone.Buttons, gone.Stale = nil, "王蕾 09:21 已签收"
		if err := replace("stale", bot.Message{Text: "x", Card: &gone}); err != nil {
			w.Fatal(err)
		}
		shown = w.last(chat)
		if got := shown.Shown("WangLei"); got.Button != "王蕾 09:21 已签收" {
			w.Errorf("shown %+v", got)
		}
		if err := replace("more", next); err == nil {
			w.Error("without a press there is no code for another change")
		}
	})
}

// What the app cannot deliver to a person, the AI bot says; a long text comes in parts.
func TestAnotherWayToAPerson(t *testing.T) {
	outward(t, func(w *outWorld) {
		if _, err := w.p.Say(w.Context(), "WangLei", w.p.Private(wecomtest.AIBot, "WangLei"), "在办"); err != nil {
			w.Fatal(err)
		}
		if err := w.p.Break(wecomtest.Fault{Kind: wecomtest.Code, Channel: wecomtest.App, API: "message/send", Code: 60020}); err != nil {
			w.Fatal(err)
		}
		r, err := w.sends("call", toWang, theCall)
		if m := w.last(w.p.Private(wecomtest.AIBot, "WangLei")); err != nil || m.Card == "" || !strings.Contains(r.Advice, "可信IP") {
			w.Errorf("%v %+v %+v", err, r, m)
		}
		if err := w.p.Break(wecomtest.Fault{Kind: wecomtest.Mend}); err != nil {
			w.Fatal(err)
		}
		long := strings.Repeat("一、在办一件，红一橙零黄零蓝零。\n", 80)
		if _, err := w.sends("long", toWang, bot.Message{Text: long}); err != nil {
			w.Fatal(err)
		}
		var got string
		for _, m := range w.p.In(w.p.Private(wecomtest.App, "WangLei")) {
			got += m.Text + "\n"
		}
		if strings.Count(got, "一、在办一件") != 80 {
			w.Errorf("of 80 lines %d arrived", strings.Count(got, "一、在办一件"))
		}
	})
}

// What people write formats, links and mentions nothing.
func TestWordsStayWords(t *testing.T) {
	outward(t, func(w *outWorld) {
		text := "<@WangLei> **急** [点我](https://evil.example) `x`\n# 大字 <font color=\"warning\">红</font>"
		if _, err := w.sends("said", group1, bot.Message{Text: text + "\n@周敏 请补。", Mentions: []string{"zhoumin"}}); err != nil {
			w.Fatal(err)
		}
		m := w.last("wr_A")
		if !slices.Equal(m.At, []string{"ZhouMin"}) || strings.ContainsAny(strings.ReplaceAll(m.Text, "<@ZhouMin>", ""), "<>`") || strings.Contains(m.Text, "](") || strings.Contains(m.Text, "\n#") {
			w.Errorf("%+v", m)
		}
	})
}

// However a place names the way, messages into one chat share one count; a robot's chat has the robot's.
func TestOneChatIsCountedOnce(t *testing.T) {
	outward(t, func(w *outWorld) {
		of := func(p bot.Place) bot.Limit { return w.a.Limits(bot.Outgoing{Place: p})[0] }
		app := bot.Place{Platform: Name, Person: "wanglei", Channel: ChannelApp}
		if of(toWang) != of(app) {
			t.Errorf("%+v and %+v", of(toWang), of(app))
		}
		if one, other := of(app), of(bot.Place{Platform: Name, Person: "wanglei", Channel: ChannelAIBot}); one.Bucket == other.Bucket {
			t.Errorf("two chats are counted as %q", one.Bucket)
		}
		if l := of(group1); l.PerSecond*60+float64(l.Burst) > 20 {
			t.Errorf("a robot's chat: %+v", l)
		}
	}, func(c *Config) { c.AIBot = AIBotConfig{} })
}
