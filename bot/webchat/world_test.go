package webchat

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"fenghuo/bot"
	"fenghuo/internal/roster"
)

// service is the other side: it keeps what it hears.
type service struct {
	mu     sync.Mutex
	heard  []bot.Event
	answer func(bot.Event) (string, error)
}

func (s *service) Receive(_ context.Context, ev bot.Event) (string, error) {
	s.mu.Lock()
	s.heard = append(s.heard, ev)
	answer := s.answer
	s.mu.Unlock()
	if answer == nil {
		return "", nil
	}
	return answer(ev)
}

func (s *service) events() []bot.Event {
	s.mu.Lock()
	defer s.mu.Unlock()
	heard := s.heard
	s.heard = nil
	return heard
}

func testOrg() *roster.Org {
	return &roster.Org{
		Name: "江澜食品集团", Bot: "舆报助手",
		People: []roster.Person{
			{ID: "zhoumin", Name: "周敏", Title: "滨江店店员", On: Feishu, Accounts: map[string]string{Feishu: "ou_zhoumin", WeCom: "ZhouMin"}},
			{ID: "wanglei", Name: "王蕾", Title: "品牌公关部", On: Feishu, Accounts: map[string]string{Feishu: "ou_wanglei"}},
			{ID: "wangleilei", Name: "王蕾蕾", Title: "品牌公关部", On: Feishu},
			{ID: "linke", Name: "林可", Title: "客服中心", On: WeCom, Accounts: map[string]string{WeCom: "LinKe"}},
			{ID: "heyun", Name: "何云", Title: "分管副总裁", On: Feishu},
		},
		Groups: []roster.Group{
			{ID: "G1", Name: "舆情直报群", Platform: Feishu, Topics: true, Members: []string{"zhoumin", "wanglei", "wangleilei", "linke"}},
			{ID: "G2", Name: "华东客服群", Platform: WeCom, Members: []string{"zhoumin", "linke"}},
			{ID: "G3", Name: "值班群", Platform: Feishu},
		},
	}
}

func testTime() time.Time { return time.Date(2026, 3, 10, 1, 12, 0, 0, time.UTC) }

func world(t *testing.T, change ...func(*Config)) (*Chat, *service) {
	t.Helper()
	cfg := Config{Org: testOrg(), Now: testTime, Zone: time.FixedZone("CST", 8*3600)}
	for _, f := range change {
		f(&cfg)
	}
	c, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	s := &service{}
	c.Connect(s)
	return c, s
}

func say(t *testing.T, c *Chat, u Utterance) Said {
	t.Helper()
	said, err := c.Say(t.Context(), u)
	if err != nil {
		t.Fatalf("say %q: %v", u.Text, err)
	}
	return said
}

func send(t *testing.T, c *Chat, key string, p bot.Place, m bot.Message) bot.Receipt {
	t.Helper()
	r, err := sender(t, c, p.Platform).Send(t.Context(), bot.Outgoing{Key: key, Place: p, Message: m})
	if err != nil {
		t.Fatalf("send %s: %v", key, err)
	}
	return r
}

func sender(t *testing.T, c *Chat, name string) bot.Platform {
	t.Helper()
	for _, p := range c.Platforms() {
		if p.Name() == name {
			return p
		}
	}
	t.Fatalf("no platform %s", name)
	return nil
}

func TestBotHearsWhatThePlatformDelivers(t *testing.T) {
	t.Parallel()
	c, s := world(t)
	topic := say(t, c, Utterance{Person: "zhoumin", Group: "G1", Text: "@舆报助手 上报"}).Thread
	quiet := say(t, c, Utterance{Person: "zhoumin", Group: "G1", Text: "看到了别急"}).Thread
	spoken := say(t, c, Utterance{Person: "zhoumin", Group: "G1", Text: "另一件"}).Thread
	send(t, c, "k", bot.Place{Platform: Feishu, Chat: "G1", Thread: spoken}, bot.Message{Text: "在"})
	s.events()
	card := bot.Message{Text: "卡"}
	opened := send(t, c, "k2", bot.Place{Platform: Feishu, Chat: "G1"}, card).Thread

	for _, tc := range []struct {
		name      string
		u         Utterance
		delivered bool
		why, text string
		mentions  []string
	}{
		{"feishu topic group, mention", Utterance{Person: "zhoumin", Group: "G1", Text: "@舆报助手 帮助"}, true, "", "帮助", nil},
		{"mention at the end, full-width sign", Utterance{Person: "zhoumin", Group: "G1", Text: "在办 ＠舆报助手"}, true, "", "在办", nil},
		{"feishu topic group, no mention", Utterance{Person: "zhoumin", Group: "G1", Text: "吃了吗"}, false, "no mention", "", nil},
		{"thread opened by asking the bot", Utterance{Person: "zhoumin", Group: "G1", Thread: topic, Text: "滨江店"}, true, "", "滨江店", nil},
		{"thread the bot spoke in", Utterance{Person: "wanglei", Group: "G1", Thread: spoken, Text: "收到"}, true, "", "收到", nil},
		{"thread the bot opened", Utterance{Person: "wanglei", Group: "G1", Thread: opened, Text: "收到"}, true, "", "收到", nil},
		{"thread among people", Utterance{Person: "wanglei", Group: "G1", Thread: quiet, Text: "收到"}, false, "not in this thread", "", nil},
		{"thread among people, mention", Utterance{Person: "wanglei", Group: "G1", Thread: quiet, Text: "@舆报助手 转办 @王蕾蕾"}, true, "", "转办 @王蕾蕾", []string{"wangleilei"}},
		{"feishu group without topics", Utterance{Person: "heyun", Group: "G3", Text: "早"}, false, "no mention", "", nil},
		{"wecom group, no mention", Utterance{Person: "linke", Group: "G2", Text: "上报"}, false, "wecom group: no mention", "", nil},
		{"wecom group, mention", Utterance{Person: "linke", Group: "G2", Text: "@舆报助手上报 @周敏 看"}, true, "", "上报 @周敏 看", []string{"ZhouMin"}},
		{"private chat", Utterance{Person: "linke", Text: "我的"}, true, "", "我的", nil},
	} {
		said := say(t, c, tc.u)
		heard := s.events()
		if said.Delivered != tc.delivered || !strings.Contains(said.Why, tc.why) || len(heard) != map[bool]int{true: 1}[tc.delivered] {
			t.Errorf("%s: said %+v, heard %d", tc.name, said, len(heard))
			continue
		}
		if !tc.delivered {
			continue
		}
		ev := heard[0]
		if ev.Text != tc.text || ev.Message != said.Message || ev.Place.Thread != said.Thread || ev.Kind != bot.Said {
			t.Errorf("%s: event %+v", tc.name, ev)
		}
		if diff := cmp.Diff(tc.mentions, ev.Mentions); diff != "" {
			t.Errorf("%s: mentions %s", tc.name, diff)
		}
	}
}

func TestEventNamesAccountPlaceAndKeys(t *testing.T) {
	t.Parallel()
	c, s := world(t)
	said := say(t, c, Utterance{Person: "zhoumin", Platform: WeCom, Text: "你好", Redeliver: 2})
	heard := s.events()
	if len(heard) != 3 {
		t.Fatalf("heard %d times", len(heard))
	}
	want := bot.Event{
		Platform: WeCom, Keys: []string{"ev-1", said.Message}, Kind: bot.Said, At: testTime(), Message: said.Message,
		Place: bot.Place{Platform: WeCom, Person: "zhoumin"}, Sender: "ZhouMin", Text: "你好", ToBot: true,
	}
	for _, ev := range heard {
		if diff := cmp.Diff(want, ev); diff != "" {
			t.Error(diff)
		}
	}
}

func TestSayRefusesWhatCannotBeSaid(t *testing.T) {
	t.Parallel()
	c, _ := world(t)
	for name, u := range map[string]Utterance{
		"stranger": {Person: "x", Text: "a"}, "no group": {Person: "zhoumin", Group: "G9", Text: "a"},
		"not a member": {Person: "heyun", Group: "G1", Text: "a"}, "nothing": {Person: "zhoumin", Text: "  "},
		"no thread": {Person: "zhoumin", Group: "G1", Thread: "m99", Text: "a"}, "wecom thread": {Person: "zhoumin", Group: "G2", Thread: "m1", Text: "a"},
	} {
		if said, err := c.Say(t.Context(), u); err == nil {
			t.Errorf("%s: said %+v", name, said)
		}
	}
	if n := len(c.History()); n != 0 {
		t.Errorf("%d lines", n)
	}
}

func TestButtonsPressReactionsAndReads(t *testing.T) {
	t.Parallel()
	c, s := world(t)
	s.answer = func(ev bot.Event) (string, error) { return string(ev.Kind) + ev.Action.Name, nil }
	ack := &bot.Card{Head: "h", Buttons: []bot.Button{{Label: "签收", Say: "收到", Target: "YQ-1"}}}
	asked := say(t, c, Utterance{Person: "linke", Group: "G2", Text: "@舆报助手 上报"})
	feishu := send(t, c, "a", bot.Place{Platform: Feishu, Chat: "G1"}, bot.Message{Card: ack})
	pushed := send(t, c, "b", bot.Place{Platform: WeCom, Chat: "G2"}, bot.Message{Card: ack})
	reply := send(t, c, "c", bot.Place{Platform: WeCom, Chat: "G2"}, bot.Message{Card: ack, ReplyTo: asked.Message})
	s.events()

	toast, err := c.Press(t.Context(), "wanglei", feishu.Message, "签收")
	if err != nil || toast != "pressed收到" {
		t.Fatalf("press: %q %v", toast, err)
	}
	ev := s.events()[0]
	if ev.Action.Name != "收到" || ev.Action.Target != "YQ-1" || ev.Place.Thread != feishu.Thread || ev.Message != feishu.Message {
		t.Errorf("event %+v", ev)
	}
	if _, err := c.Press(t.Context(), "linke", pushed.Message, "签收"); !errors.Is(err, ErrNoButton) {
		t.Errorf("pushed card in wecom group: %v", err)
	}
	if _, err := c.Press(t.Context(), "linke", reply.Message, "签收"); err != nil {
		t.Errorf("reply card in wecom group: %v", err)
	}
	if _, err := c.Press(t.Context(), "heyun", feishu.Message, "签收"); !errors.Is(err, ErrNoMessage) {
		t.Errorf("not a member: %v", err)
	}
	if err := c.React(t.Context(), "wanglei", feishu.Message, "👍"); err != nil {
		t.Error(err)
	}
	if err := c.React(t.Context(), "linke", reply.Message, "👍"); !errors.Is(err, ErrUnheard) {
		t.Errorf("reaction on wecom: %v", err)
	}
	for range 2 {
		if err := c.Read(t.Context(), "wanglei", feishu.Message); err != nil {
			t.Error(err)
		}
	}
	if err := c.Read(t.Context(), "linke", reply.Message); err != nil {
		t.Error(err)
	}
	var kinds []string
	for _, ev := range s.events() {
		kinds = append(kinds, fmt.Sprint(ev.Kind, ev.Emoji, ev.Platform))
	}
	if diff := cmp.Diff([]string{"pressedwecom", "reacted👍feishu", "readfeishu"}, kinds); diff != "" {
		t.Error(diff)
	}
	l, _ := c.Line(feishu.Message)
	if l.Unread("wanglei") || !l.Unread("linke") || len(l.Reactions["👍"]) != 1 {
		t.Errorf("line %+v", l)
	}
}

func TestUpdatedCardTakesThePlaceOfTheOld(t *testing.T) {
	t.Parallel()
	c, _ := world(t)
	place := bot.Place{Platform: Feishu, Chat: "G1"}
	first := send(t, c, "a", place, bot.Message{Text: "旧", Card: &bot.Card{Head: "旧", Buttons: []bot.Button{{Label: "签收"}}}})
	out := bot.Outgoing{Key: "a2", Place: place, Replaces: first.Message, Message: bot.Message{Text: "新", Card: &bot.Card{Head: "新", Stale: "王蕾 09:21 签收"}}}
	r, err := sender(t, c, Feishu).Send(t.Context(), out)
	if err != nil || r.Message != first.Message {
		t.Fatalf("%+v %v", r, err)
	}
	lines := c.History()
	if len(lines) != 1 || lines[0].Card.Head != "新" {
		t.Fatalf("%+v", lines)
	}
	if _, err := c.Press(t.Context(), "wanglei", first.Message, "签收"); !errors.Is(err, ErrNoButton) {
		t.Errorf("stale card: %v", err)
	}
}

func TestFaults(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c, _ := world(t, func(cfg *Config) { cfg.Now = time.Now })
		p := sender(t, c, Feishu)
		n := 0
		try := func(kind string) (bot.Receipt, int, error) {
			n++
			c.SetFault(Feishu, kind, time.Now().Add(20*time.Minute))
			before := len(c.History())
			r, err := p.Send(t.Context(), bot.Outgoing{Key: fmt.Sprint("k", n), Place: bot.Place{Chat: "G1"}, Message: bot.Message{Text: "x", Urgent: []string{"wanglei"}, Push: bot.PushPhone}})
			return r, len(c.History()) - before, err
		}
		if _, shown, err := try(FaultDown); err == nil || errors.Is(err, bot.ErrPermanent) || shown != 0 {
			t.Errorf("down: %v, %d shown", err, shown)
		}
		var after *bot.RetryAfterError
		if _, shown, err := try(FaultLimited); !errors.As(err, &after) || shown != 0 {
			t.Errorf("limited: %v, %d shown", err, shown)
		}
		if r, shown, err := try(FaultDrop); err != nil || r.Confirmed || shown != 0 {
			t.Errorf("drop: %+v %v, %d shown", r, err, shown)
		}
		if r, shown, err := try(FaultQuota); err != nil || r.Note == "" || shown != 1 {
			t.Errorf("quota: %+v %v, %d shown", r, err, shown)
		}
		if _, shown, err := try(FaultSlow); err == nil || shown != 1 {
			t.Errorf("slow: %v, %d shown", err, shown)
		}
		n-- // the same key again
		if r, shown, err := try(FaultSlow); err != nil || !r.Confirmed || shown != 0 {
			t.Errorf("slow, second attempt: %+v %v, %d shown", r, err, shown)
		}
		time.Sleep(20 * time.Minute)
		if _, err := p.Send(t.Context(), bot.Outgoing{Key: "later", Place: bot.Place{Chat: "G1"}, Message: bot.Message{Text: "x"}}); err != nil {
			t.Errorf("mended: %v", err)
		}
	})
}

func TestSendRefusesPlacesThatDoNotExist(t *testing.T) {
	t.Parallel()
	c, _ := world(t)
	for name, place := range map[string]bot.Place{
		"group": {Chat: "G9"}, "person": {Person: "x"}, "group of the other platform": {Chat: "G2"}, "thread": {Chat: "G1", Thread: "m7"},
	} {
		_, err := sender(t, c, Feishu).Send(t.Context(), bot.Outgoing{Place: place, Message: bot.Message{Text: "x"}})
		if !errors.Is(err, bot.ErrPermanent) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestEventsWaitForTheServiceInOrder(t *testing.T) {
	t.Parallel()
	c, s := world(t)
	c.Connect(nil)
	for _, text := range []string{"一", "二", "三"} {
		if said := say(t, c, Utterance{Person: "zhoumin", Text: text}); !said.Delivered {
			t.Errorf("%s: %+v", text, said)
		}
	}
	if n := len(s.events()); n != 0 {
		t.Fatalf("%d events while down", n)
	}
	c.Connect(s)
	say(t, c, Utterance{Person: "zhoumin", Text: "四"})
	var texts []string
	for _, ev := range s.events() {
		texts = append(texts, ev.Text)
	}
	if diff := cmp.Diff([]string{"一", "二", "三", "四"}, texts); diff != "" {
		t.Error(diff)
	}
}

func TestRefusedEventIsDeliveredAgain(t *testing.T) {
	t.Parallel()
	c, s := world(t)
	s.answer = func(bot.Event) (string, error) { return "", errors.New("database is away") }
	if _, err := c.Say(t.Context(), Utterance{Person: "zhoumin", Text: "一"}); err == nil {
		t.Fatal("the error is lost")
	}
	s.answer = nil
	say(t, c, Utterance{Person: "zhoumin", Text: "二"})
	if heard := s.events(); len(heard) != 3 || heard[0].Keys[0] != heard[1].Keys[0] || heard[2].Text != "二" {
		t.Errorf("heard %+v", heard)
	}
}

func TestHistorySurvivesARestart(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	c, _ := world(t, func(cfg *Config) { cfg.Dir = dir })
	topic := say(t, c, Utterance{Person: "zhoumin", Group: "G1", Text: "@舆报助手 上报"}).Thread
	r := send(t, c, "k", bot.Place{Platform: Feishu, Chat: "G1", Thread: topic}, bot.Message{Text: "①", Card: &bot.Card{Head: "h"}})
	if err := c.Read(t.Context(), "zhoumin", r.Message); err != nil {
		t.Fatal(err)
	}
	c.Connect(nil)
	say(t, c, Utterance{Person: "zhoumin", Group: "G1", Thread: topic, Text: "答"})
	before := c.History()
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}

	again, s := world(t, func(cfg *Config) { cfg.Dir = dir })
	if diff := cmp.Diff(before, again.History()); diff != "" {
		t.Error(diff)
	}
	heard := s.events()
	if len(heard) != 1 || heard[0].Text != "答" {
		t.Errorf("kept events: %+v", heard)
	}
	if same := send(t, again, "k", bot.Place{Platform: Feishu, Chat: "G1", Thread: topic}, bot.Message{Text: "①"}); same.Message != r.Message {
		t.Errorf("said twice: %+v", same)
	}
	say(t, again, Utterance{Person: "zhoumin", Group: "G1", Thread: topic, Text: "再答"})
	if next := s.events(); len(next) != 1 || next[0].Keys[0] == heard[0].Keys[0] {
		t.Errorf("event ids repeat: %+v", next)
	}
}

func TestManyPeopleTalkAtOnce(t *testing.T) {
	t.Parallel()
	c, s := world(t)
	s.answer = func(ev bot.Event) (string, error) {
		_, err := sender(t, c, ev.Platform).Send(context.Background(), bot.Outgoing{Key: "re/" + ev.Keys[0], Place: ev.Place, Message: bot.Message{Text: "答" + ev.Text}})
		return "", err
	}
	var wg sync.WaitGroup
	for n := range 20 {
		wg.Go(func() {
			if _, err := c.Say(t.Context(), Utterance{Person: "zhoumin", Group: "G1", Text: fmt.Sprint("@舆报助手 ", n)}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	seen := map[string]bool{}
	for _, l := range c.History() {
		if seen[l.ID] || l.Place.Thread == "" {
			t.Errorf("line %+v", l)
		}
		seen[l.ID] = true
	}
	if len(seen) != 40 {
		t.Errorf("%d lines", len(seen))
	}
}
