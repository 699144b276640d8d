package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"fenghuo/bot/bottest"
	"fenghuo/bot/feishu"
	"fenghuo/bot/feishu/feishutest"
	"fenghuo/config"
	"fenghuo/internal/roster"
	"fenghuo/store"
)

var updateFeishu = flag.Bool("update-feishu", false, "write what arrives at the stand-in to testdata/feishu")

// feishuPlay is a scenario played against the stand-in of Feishu's platform: the real app, the real adapter,
// people who talk and press there, in virtual time.
type feishuPlay struct {
	t        *testing.T
	sc       *scenario
	org      *roster.Org
	platform *feishutest.Platform
	app      *app
	threads  map[string]string // the message that opened a topic, by the scenario's name of it
	log      written
	looked   int
	seen     map[string]bool
}

// The same conversations in Feishu, by both ways events can come.
func TestScenariosInFeishu(t *testing.T) {
	for _, file := range []string{"02-corrections", "05-silent-officer"} {
		for _, mode := range []string{feishu.ModeHTTP, feishu.ModeWebsocket} {
			t.Run(file+"/"+mode, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) { playInFeishu(t, file, mode) })
			})
		}
	}
}

func playInFeishu(t *testing.T, file, mode string) {
	sc, err := readScenario(filepath.Join("testdata", "scenarios", file+".yaml"))
	if err != nil {
		t.Fatal(err)
	}
	org, err := config.LoadOrg(sc.relative(sc.Org))
	if err != nil {
		t.Fatal(err)
	}
	zone, err := time.LoadLocation(org.Zone)
	if err != nil {
		t.Fatal(err)
	}
	start, until, err := sc.resolve(org, zone)
	if err != nil {
		t.Fatal(err)
	}
	time.Sleep(time.Until(start))
	f := &feishuPlay{t: t, sc: sc, org: org, threads: map[string]string{}, seen: map[string]bool{}}
	stop := f.start(mode)
	for n := range sc.Steps {
		st := &sc.Steps[n]
		time.Sleep(time.Until(st.at))
		synctest.Wait()
		f.take(st)
		synctest.Wait()
	}
	time.Sleep(time.Until(until))
	synctest.Wait()
	stop()
	if c := f.platform.Complaints(); len(c) > 0 {
		t.Errorf("the platform complains: %v", c)
	}
	f.noSecretIn(f.log.String())
	f.golden(file)
}

// start puts the organisation on the platform and connects the app with it.
func (f *feishuPlay) start(mode string) (stop func()) {
	log := slog.New(slog.NewMultiHandler(bottest.NewLog(f.t).Logger().Handler(), slog.NewJSONHandler(&f.log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	o := simOptions(f.org, time.Now)
	o.Log = slog.New(slog.DiscardHandler)
	o.Scopes = append(feishutest.Scopes(), "im:message.group_msg")
	back, stopBack := feishutest.Local(&later{f: f})
	if mode == feishu.ModeHTTP {
		o.EventURL, o.CardURL, o.Client = "http://bot.test/feishu/event", "http://bot.test/feishu/card", back
	}
	f.platform = feishutest.New(o)
	o = f.platform.Options()
	client, stopPlatform := feishutest.Local(f.platform)

	p, err := demoParts(log)
	if err != nil {
		f.t.Fatal(err)
	}
	p.org, p.now, p.shared, p.http = f.org, time.Now, store.NewMemory(time.Now), client
	dir := f.t.TempDir()
	cfg := &config.Config{DataDir: dir, Timezone: f.org.Zone, Database: config.Database{URL: config.Secret("sqlite:" + filepath.Join(dir, "f.db"))},
		Feishu: config.Feishu{AppID: o.AppID, AppSecret: config.Secret(o.AppSecret), EncryptKey: config.Secret(o.EncryptKey),
			VerificationToken: config.Secret(o.VerificationToken), Mode: mode, BaseURL: "http://feishu.test"}}
	if err := p.withFeishu(cfg); err != nil {
		f.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(f.t.Context()))
	if f.app, err = newApp(ctx, cfg, p); err != nil {
		f.t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- f.app.Run(ctx, nil) }()
	synctest.Wait()
	return func() {
		cancel()
		if err := <-done; err != nil && !errors.Is(err, context.Canceled) {
			f.t.Error(err)
		}
		stopPlatform()
		stopBack()
		client.CloseIdleConnections()
		back.CloseIdleConnections()
	}
}

func (f *feishuPlay) account(person string) string {
	p, ok := f.org.Person(person)
	if !ok {
		f.t.Fatalf("nobody is %q", person)
	}
	return p.Accounts["feishu"]
}

// where is a chat_id and, within it, the message that opened the topic.
func (f *feishuPlay) where(in string) (chat, root string) {
	if root, ok := f.threads[in]; ok {
		m, _ := f.platform.Message(root)
		return m.ChatID, root
	}
	if g, ok := f.org.Group(in); ok {
		return g.ChatID, ""
	}
	return "", ""
}

func (f *feishuPlay) take(st *step) {
	f.t.Helper()
	ctx := f.t.Context()
	chat, root := f.where(st.In)
	var how []feishutest.How
	if root != "" {
		how = append(how, feishutest.How{Reply: root, Thread: true})
	}
	var err error
	switch {
	case st.Expect != nil:
		time.Sleep(2500 * time.Millisecond) // cards are renewed before the next word in a conversation
		synctest.Wait()
		f.look(st)
	case st.Say != "":
		var id string
		if id, err = f.platform.Says(ctx, f.account(st.By), chat, st.Say, how...); st.Thread != "" {
			f.threads[st.Thread] = id
		}
	case len(st.Send) > 0:
		for _, name := range st.Send {
			data, failed := os.ReadFile(f.sc.relative(name))
			if failed != nil {
				f.t.Fatal(failed)
			}
			_, err = f.platform.Sends(ctx, f.account(st.By), chat, feishutest.Attachment{Name: name, Data: data, Kind: "image"}, how...)
		}
	case st.Press != "":
		_, err = f.platform.Presses(ctx, f.account(st.By), f.newestWith(st.Press, root), st.Press)
	case st.Fault == "quota":
		err = f.platform.Break(feishutest.Fault{Kind: feishutest.NoSMS, Until: time.Now().Add(time.Hour)})
	case st.Read: // nobody tells the app; it asks
		err = f.platform.Reads(ctx, f.account(st.By), f.newestWith("签收", root))
	default:
		f.t.Fatalf("%s: not played here", st.spot)
	}
	if err != nil {
		f.t.Errorf("%s: %v", st.spot, err)
	}
}

func (f *feishuPlay) newestWith(label, root string) string {
	for _, m := range slices.Backward(f.platform.Messages()) {
		if (m.RootID == root || m.ID == root) && slices.Contains(feishutest.Buttons(m.Content), label) {
			return m.ID
		}
	}
	f.t.Fatalf("no card has the button %q", label)
	return ""
}

// look compares what the bot said since the last look with what was expected.
func (f *feishuPlay) look(st *step) {
	f.t.Helper()
	all := f.platform.Messages()
	fresh := all[f.looked:]
	f.looked = len(all)
	for _, e := range st.Expect {
		if e.None {
			for _, m := range fresh {
				if chat, root := f.where(e.In); m.ChatID == chat && m.RootID == root && !f.seen[m.ID] {
					f.t.Errorf("%s: nothing was to be said in %s, but: %s", st.spot, e.In, f.text(m))
				}
			}
			continue
		}
		if !slices.ContainsFunc(fresh, func(m feishutest.Message) bool { return f.meets(m, e) }) {
			var said []string
			for _, m := range fresh {
				said = append(said, f.text(m))
			}
			f.t.Errorf("%s: not met: %s\nsaid was:\n%s", st.spot, e.words(), strings.Join(said, "\n---\n"))
		}
	}
}

func (f *feishuPlay) meets(m feishutest.Message, e expectation) bool {
	chat, root := f.where(e.In)
	if e.To != "" {
		chat, root = f.platform.Private(f.account(e.To)), ""
	}
	if (e.In != "" || e.To != "") && (m.ChatID != chat || m.RootID != root) {
		return false
	}
	text := f.text(m)
	for _, w := range e.Contains {
		if !strings.Contains(text, string(w)) {
			return false
		}
	}
	for _, person := range e.Mentions {
		account := f.account(person)
		if !slices.ContainsFunc(m.Mentions, func(at feishutest.Mention) bool { return at.OpenID == account && at.Notified }) {
			return false
		}
	}
	f.seen[m.ID] = true
	return true
}

// text is what a person reads when the message arrives.
func (f *feishuPlay) text(m feishutest.Message) string {
	content := m.Content
	if len(m.States) > 0 {
		content = m.States[0].Content
	}
	if m.Type == "interactive" {
		return f.platform.CardText(content)
	}
	var any any
	if err := json.Unmarshal([]byte(content), &any); err != nil {
		f.t.Fatal(err)
	}
	return f.words(any)
}

// words are those of a text or a rich text, people by name.
func (f *feishuPlay) words(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case []any:
		var b strings.Builder
		for _, part := range v {
			b.WriteString(f.words(part))
		}
		return b.String()
	case map[string]any:
		if v["tag"] == "at" {
			p, _ := f.org.ByAccount("feishu", v["user_id"].(string))
			return "@" + p.Name
		}
		for _, key := range []string{"text", "zh_cn", "content"} {
			if inner, ok := v[key]; ok {
				return f.words(inner)
			}
		}
	}
	return ""
}

func (f *feishuPlay) golden(file string) {
	f.t.Helper()
	path := filepath.Join("testdata", "feishu", file+".golden")
	got := byConversation(f.platform.Golden())
	if *updateFeishu {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			f.t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			f.t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		f.t.Fatal(err)
	}
	if got != string(want) {
		f.t.Errorf("what arrived differs from %s; look at it with -update-feishu and git diff", path)
	}
}
