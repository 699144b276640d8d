package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"fenghuo/bot/bottest"
	"fenghuo/bot/wecom"
	"fenghuo/bot/wecom/wecomtest"
	"fenghuo/config"
	"fenghuo/internal/incident"
	"fenghuo/internal/roster"
	"fenghuo/store"
)

var updateWecom = flag.Bool("update-wecom", false, "write what arrives at the stand-in to testdata/wecom")

// wecomWorld is the whole service on a WeCom of its own, in a bubble: the real app and adapter, callbacks and
// the socket over pipes.
type wecomWorld struct {
	t      *testing.T
	mode   string
	org    *roster.Org
	p      *wecomtest.Platform
	app    *app
	client *http.Client
	door   *door
	dir    string
	shared store.Shared
	log    written
	stop   func() // ends the service
	stops  []func()
}

var wecomModes = []string{wecom.ModeWebsocket, wecom.ModeHTTP}

// The secrets of the stand-in's app and bot; none may be seen anywhere.
var wecomSecrets = []string{"sim-app-secret", "sim-bot-secret", "simAppToken", "simBotToken", "SimAppSimApp", "SimBotSimBot", "5100ab1e-0000-4000", "sim-response-code"}

// inWecom plays in a bubble and begins at a local time. Everybody of the organisation is on WeCom.
func inWecom(t *testing.T, mode, org, start string, play func(w *wecomWorld)) {
	t.Helper()
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		o, err := config.LoadOrg(org)
		if err != nil {
			t.Fatal(err)
		}
		zone, err := time.LoadLocation(o.Zone)
		if err != nil {
			t.Fatal(err)
		}
		begin, err := time.ParseInLocation("2006-01-02 15:04", start, zone)
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Until(begin))
		w := &wecomWorld{t: t, mode: mode, org: o, dir: t.TempDir(), door: &door{}, shared: store.NewMemory(time.Now)}
		w.platform()
		defer func() {
			for _, s := range w.stops {
				s()
			}
		}()
		w.stop = w.start(nil)
		defer func() { w.stop() }()
		play(w)
		w.pass(time.Second)
		if c := w.p.Complaints(); len(c) > 0 {
			t.Errorf("the platform complains: %q", c)
		}
		for _, s := range wecomSecrets {
			if strings.Contains(w.log.String(), s) {
				t.Errorf("%q is in the log", s)
			}
		}
	})
}

func (w *wecomWorld) platform() {
	o := simWecomOptions(w.org, time.Now)
	o.Log = slog.New(slog.DiscardHandler)
	for n := range o.Org.Groups {
		if o.Org.Groups[n].ChatID == "" {
			o.Org.Groups[n].ChatID = "wr_unknown"
		}
	}
	back, stopBack := wecomtest.Local(w.door)
	o.Client, o.AppURL = back, "http://bot.test/wecom/app"
	if w.mode == wecom.ModeHTTP {
		o.BotURL = "http://bot.test/wecom/aibot"
	}
	w.p = wecomtest.New(o)
	client, stop := wecomtest.Local(w.p)
	w.client = client
	ctx, cancel := context.WithCancel(context.Background())
	var ticking atomic.Bool
	ticking.Store(true)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for tick := time.NewTicker(5 * time.Second); ; {
			select {
			case <-ctx.Done():
				tick.Stop()
				return
			case <-tick.C:
				w.p.Tick(ctx)
			}
		}
	}()
	w.stops = append(w.stops, cancel, func() { <-done }, stop, stopBack, client.CloseIdleConnections, back.CloseIdleConnections)
}

// again runs the service anew, connected with more than WeCom.
func (w *wecomWorld) again(more func(*config.Config, *parts) error) {
	w.t.Helper()
	w.stop()
	w.stop = w.start(more)
}

// start runs the service; stop ends it.
func (w *wecomWorld) start(more func(*config.Config, *parts) error) (stop func()) {
	w.t.Helper()
	log := slog.New(slog.NewMultiHandler(bottest.NewLog(w.t).Logger().Handler(), slog.NewJSONHandler(&w.log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	p, err := demoParts(log)
	if err != nil {
		w.t.Fatal(err)
	}
	p.org, p.now, p.shared, p.http = w.org, time.Now, w.shared, w.client
	cfg := w.config()
	if more != nil {
		err = more(cfg, &p)
	}
	if err := errors.Join(err, p.withWecom(cfg)); err != nil {
		w.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(w.t.Context()))
	if w.app, err = newApp(ctx, cfg, p); err != nil {
		w.t.Fatal(err)
	}
	a, done := w.app, make(chan error, 1)
	h := a.handler()
	w.door.inside.Store(&h)
	go func() { done <- a.Run(ctx, nil) }()
	synctest.Wait()
	return func() {
		cancel()
		if err := <-done; err != nil && !errors.Is(err, context.Canceled) {
			w.t.Error(err)
		}
	}
}

func (w *wecomWorld) config() *config.Config {
	o := w.p.Options()
	cfg := &config.Config{DataDir: w.dir, Timezone: w.org.Zone, Secret: "sixteen characters", Database: config.Database{URL: config.Secret("sqlite:" + filepath.Join(w.dir, "f.db"))}}
	c := &cfg.Wecom
	c.CorpID, c.BaseURL = o.CorpID, "http://wecom.test"
	c.App = config.App{AgentID: "1000017", Secret: config.Secret(o.AppSecret), Token: config.Secret(o.AppToken), EncodingAESKey: config.Secret(o.AppAESKey)}
	c.AIBot = config.AIBot{Mode: w.mode, BotID: o.BotID, Secret: config.Secret(o.BotSecret)}
	if w.mode == wecom.ModeHTTP {
		c.AIBot = config.AIBot{Mode: w.mode, Token: config.Secret(o.BotToken), EncodingAESKey: config.Secret(o.BotAESKey)}
	}
	for n, g := range wecomGroups(w.org) {
		if g.ChatID == "" {
			continue // to be bound
		}
		c.Robots = append(c.Robots, config.Robot{Group: g.ID, Key: config.Secret(o.Org.Groups[n].RobotKey)})
	}
	return cfg
}

// nowhere is a secret that must not be read: in the log or in any file of the service.
func (w *wecomWorld) nowhere(secret string) {
	w.t.Helper()
	if strings.Contains(w.log.String(), secret) {
		w.t.Error("the secret is in the log")
	}
	files, err := os.ReadDir(w.dir)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, f := range files {
		if data, err := os.ReadFile(filepath.Join(w.dir, f.Name())); err == nil && bytes.Contains(data, []byte(secret)) {
			w.t.Errorf("the secret is in %s", f.Name())
		}
	}
}

// until lets time pass to a moment, and until what is due then is done.
func (w *wecomWorld) until(at time.Time) {
	time.Sleep(time.Until(at))
	synctest.Wait()
}

func (w *wecomWorld) pass(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

func (w *wecomWorld) userID(person string) string {
	w.t.Helper()
	p, ok := w.org.Person(person)
	if !ok {
		w.t.Fatalf("nobody is %q", person)
	}
	return p.Accounts[wecom.Name]
}

// chatID is a group's, or of "direct" the person's private chat with the app.
func (w *wecomWorld) chatID(in, person string) string {
	w.t.Helper()
	if in == "direct" {
		return w.p.Private(wecomtest.App, w.userID(person))
	}
	g, ok := w.org.Group(in)
	if !ok {
		w.t.Fatalf("no group is %q", in)
	}
	return g.ChatID
}

func (w *wecomWorld) says(person, in, text string) {
	w.t.Helper()
	if _, err := w.p.Say(w.t.Context(), w.userID(person), w.chatID(in, person), text); err != nil {
		w.t.Fatal(err)
	}
	synctest.Wait()
}

// said are the words of bots in a chat.
func (w *wecomWorld) said(chat string) (out []string) {
	for _, m := range w.p.In(chat) {
		if m.Channel != "people" && !m.Dropped {
			out = append(out, firstText(m))
		}
	}
	return out
}

// firstText is what a person reads when the message arrives.
func firstText(m wecomtest.Message) string {
	if len(m.States) > 0 && m.States[0].Card != "" {
		return wecomtest.CardText(m.States[0].Card)
	}
	return m.Text
}

func (w *wecomWorld) incident(number string) *incident.Incident {
	w.t.Helper()
	var inc *incident.Incident
	if err := w.app.store.View(w.t.Context(), func(tx *store.Tx) (err error) { inc, err = tx.Incident(number); return err }); err != nil {
		w.t.Fatal(err)
	}
	return inc
}

// TestScenariosInWecom plays the conversations in their WeCom form by both ways the AI bot can be told, and
// compares what arrived.
func TestScenariosInWecom(t *testing.T) {
	for _, file := range []string{"02w-private-form", "05w-silent-officer"} {
		for _, mode := range wecomModes {
			t.Run(file+"/"+mode, func(t *testing.T) {
				sc, err := readScenario(filepath.Join("testdata", "scenarios", file+".yaml"))
				if err != nil {
					t.Fatal(err)
				}
				inWecom(t, mode, sc.relative(sc.Org), sc.Start, func(w *wecomWorld) {
					t := w.t
					zone, _ := time.LoadLocation(w.org.Zone)
					_, until, err := sc.resolve(w.org, zone)
					if err != nil {
						t.Fatal(err)
					}
					play := &wecomPlay{wecomWorld: w, sc: sc, looked: map[string]int{}}
					for n := range sc.Steps {
						play.take(&sc.Steps[n])
					}
					w.until(until)
					play.golden(filepath.Join("testdata", "wecom", file+"-"+mode+".golden"))
				})
			})
		}
	}
}

// wecomPlay is a scenario played there.
type wecomPlay struct {
	*wecomWorld
	sc     *scenario
	looked map[string]int // messages in a chat up to the last look
}

func (w *wecomPlay) take(st *step) {
	w.t.Helper()
	w.until(st.at)
	switch {
	case st.Expect != nil:
		w.pass(20 * time.Second) // the platform's limits set messages apart
		w.look(st)
	case st.Say != "":
		w.says(st.By, st.In, st.Say)
	case st.Press != "":
		w.press(st)
	default:
		w.t.Fatalf("%s: not played here", st.spot)
	}
}

func (w *wecomPlay) press(st *step) {
	w.t.Helper()
	user, chat := w.userID(st.By), w.chatID(st.In, st.By)
	for _, m := range slices.Backward(w.p.In(chat)) {
		if m.Card != "" && slices.Contains(w.p.Buttons(user, m.ID), st.Press) {
			if err := w.p.Press(w.t.Context(), user, m.ID, st.Press); err != nil {
				w.t.Fatalf("%s: %v", st.spot, err)
			}
			synctest.Wait()
			return
		}
	}
	w.says(st.By, st.In, st.Press) // everything can be typed
}

func (w *wecomPlay) look(st *step) {
	w.t.Helper()
	fresh := map[string][]wecomtest.Message{}
	for _, m := range w.p.Messages() {
		fresh[m.Chat] = append(fresh[m.Chat], m)
	}
	for chat, all := range fresh {
		fresh[chat] = all[w.looked[chat]:]
		w.looked[chat] = len(all)
	}
	for _, e := range st.Expect {
		chats := []string{}
		switch {
		case e.To != "":
			chats = append(chats, w.p.Private(wecomtest.App, w.userID(e.To)), w.p.Private(wecomtest.AIBot, w.userID(e.To)))
		case e.In != "":
			chats = append(chats, w.chatID(e.In, ""))
		}
		met := false
		var said []string
		for _, chat := range chats {
			for _, m := range fresh[chat] {
				said = append(said, firstText(m))
				met = met || w.meets(m, e)
			}
		}
		if met == e.None && !(e.None && len(said) == 0) {
			w.t.Errorf("%s: not met: %s\nsaid was:\n%s", st.spot, e.words(), strings.Join(said, "\n---\n"))
		}
	}
}

func (w *wecomPlay) meets(m wecomtest.Message, e expectation) bool {
	text := firstText(m)
	for _, word := range e.Contains {
		if !strings.Contains(text, string(word)) {
			return false
		}
	}
	for _, person := range e.Mentions {
		if !slices.Contains(m.At, w.userID(person)) {
			return false
		}
	}
	return true
}

// golden compares everything that arrived.
func (w *wecomPlay) golden(file string) {
	w.t.Helper()
	got := []byte(w.p.Golden())
	if *updateWecom {
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, got, 0o644)); err != nil {
			w.t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil || !bytes.Equal(got, want) {
		w.t.Errorf("what arrived differs from %s; look at it with -update-wecom and git diff (%v)", file, err)
	}
}
