package main

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"fenghuo/bot"
	"fenghuo/bot/feishu"
	"fenghuo/bot/feishu/feishutest"
	"fenghuo/config"
)

// larkPlay is a scenario played on the platform. The replay it holds compares the end.
type larkPlay struct {
	*lark
	sc     *scenario
	end    *replay
	roots  map[string]string // the first message of a topic, by the scenario's name for it
	looked int               // messages of the bot up to the last look
	used   map[string]bool   // messages some expectation spoke of
	advice string            // what the platform makes an administrator hear, which no scenario can know
}

// playOnLark plays a file to its end.
func playOnLark(t *testing.T, file, mode string) {
	t.Helper()
	sc, err := readScenario(file)
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
	_, until, err := sc.resolve(org, zone)
	if err != nil {
		t.Fatal(err)
	}
	inLark(t, mode, sc.Start, org, nil, func(w *lark) {
		p := &larkPlay{lark: w, sc: sc, roots: map[string]string{}, used: map[string]bool{},
			end: &replay{sc: sc, org: org, zone: zone, apps: []*app{w.app}, threads: map[string]bot.Place{}, used: map[int]bool{}}}
		for n := range sc.Steps {
			w.at(sc.Steps[n].at)
			if sc.Steps[n].Expect != nil {
				p.linger(n)
			}
			p.take(&sc.Steps[n])
		}
		w.at(until)
		p.finish()
	})
}

// linger waits for what is on its way: the limits of the platform set messages a second apart.
func (p *larkPlay) linger(n int) {
	d := 10 * time.Second
	if n+1 < len(p.sc.Steps) {
		d = min(d, time.Until(p.sc.Steps[n+1].at)-time.Millisecond)
	}
	p.pass(max(0, d))
}

func (p *larkPlay) take(st *step) {
	p.t.Helper()
	var err error
	ctx := context.Background()
	switch {
	case st.Expect != nil:
		p.look(st)
	case st.Fault != "":
		err = p.breaks(st)
	case st.Press != "":
		err = p.press(ctx, st)
	case st.React != "", st.Read:
		err = p.onNewest(ctx, st)
	case st.Say != "", len(st.Send) > 0:
		err = p.say(ctx, st)
	default:
		p.t.Fatalf("%s: this cannot be played on the platform", st.spot)
	}
	if err != nil {
		p.t.Fatalf("%s: %v", st.spot, err)
	}
}

// breaks is a fault, in the platform's words.
func (p *larkPlay) breaks(st *step) error {
	if st.Platform != "feishu" {
		return nil
	}
	d, err := time.ParseDuration(st.For)
	if err != nil {
		return err
	}
	kind := st.Fault
	if kind == "quota" {
		kind, p.advice = feishutest.NoSMS, "飞书加急额度已用完"
	}
	return p.p.Break(feishutest.Fault{Kind: kind, Until: st.at.Add(d)})
}

func (p *larkPlay) say(ctx context.Context, st *step) error {
	chat, how := p.spot(st.In)
	id, err := "", error(nil)
	if st.Say != "" {
		id, err = p.p.Says(ctx, p.openID(st.By), chat, st.Say, how)
	}
	for _, name := range st.Send {
		data, bad := os.ReadFile(p.sc.relative(name))
		if bad != nil {
			return bad
		}
		id, err = p.p.Sends(ctx, p.openID(st.By), chat, feishutest.Attachment{Name: filepath.Base(name), Data: data, Kind: "image"}, how)
	}
	if st.Thread != "" {
		p.roots[st.Thread] = id
		p.end.threads[st.Thread] = bot.Place{Chat: st.In, Thread: id}
	}
	return err
}

// spot is where the scenario's place is on the platform.
func (p *larkPlay) spot(in string) (chatID string, how feishutest.How) {
	if root, ok := p.roots[in]; ok {
		m, _ := p.p.Message(root)
		return m.ChatID, feishutest.How{Reply: root}
	}
	return p.chatID(in), how
}

func (p *larkPlay) press(ctx context.Context, st *step) error {
	return p.newest(st, func(m feishutest.Message) bool {
		return m.Type == "interactive" && slices.Contains(feishutest.Buttons(m.Content), st.Press)
	},
		func(m feishutest.Message) error {
			a, err := p.p.Presses(ctx, p.openID(st.By), m.ID, st.Press)
			if a.Failed != 0 {
				p.t.Errorf("%s: the client shows %d: %v", st.spot, a.Failed, a.Why)
			}
			return err
		})
}

func (p *larkPlay) onNewest(ctx context.Context, st *step) error {
	return p.newest(st, func(feishutest.Message) bool { return true }, func(m feishutest.Message) error {
		if st.Read {
			return p.p.Reads(ctx, p.openID(st.By), m.ID)
		}
		return p.p.Reacts(ctx, p.openID(st.By), m.ID, st.React)
	})
}

// newest does something with the newest message of the bot in the step's place.
func (p *larkPlay) newest(st *step, fits func(feishutest.Message) bool, do func(feishutest.Message) error) error {
	p.t.Helper()
	for _, m := range slices.Backward(p.p.Messages()) {
		if p.stands(m, st.In, st.By) && fits(m) {
			return do(m)
		}
	}
	p.t.Errorf("%s: the bot has said nothing there", st.spot)
	return nil
}

// stands reports whether a message is in a place of the scenario; direct is person's own.
func (p *larkPlay) stands(m feishutest.Message, in, person string) bool {
	if in == "direct" {
		return m.ChatID == p.p.Private(p.openID(person))
	}
	if root, ok := p.roots[in]; ok {
		first, _ := p.p.Message(root)
		return m.ThreadID != "" && m.ThreadID == first.ThreadID
	}
	// A message of the bot in a group of topics opens one: it stands in the group.
	return m.ChatID == p.chatID(in) && m.ParentID == ""
}

// finish compares the registry with what the scenario expects, and looks for what nobody expected.
func (p *larkPlay) finish() {
	p.t.Helper()
	quiet := p.sc.Expect != nil && p.sc.Expect.Quiet
	if quiet {
		p.sc.Expect.Quiet = false // that looks at the built-in chat
	}
	if err := p.end.finish(context.Background()); err != nil {
		p.t.Error(err)
	}
	for _, u := range p.end.unmet {
		if !strings.Contains(u, unreadEnd) {
			p.t.Error(u)
		}
	}
	told := p.advice == ""
	for _, m := range p.p.Messages() {
		if !told && m.ChatID == p.p.Private(p.openID("wuyan")) && strings.Contains(p.read(m)[0], p.advice) {
			p.used[m.ID], told = true, true
		}
		if quiet && !p.used[m.ID] {
			p.t.Errorf("nobody expected: %s %s", m.Sent.In(p.zone).Format("01-02 15:04"), p.read(m)[0])
		}
	}
	if !told {
		p.t.Errorf("no administrator heard: %s", p.advice)
	}
}

// Read receipts in groups have to be asked for, and the adapter does not ask yet: nobody has read anything
// there.
const (
	unreadWord = "已读未签收"
	unreadEnd  = "].read: expected true, got false"
)

// read is what a message says, and has said, to a person who reads it.
func (w *lark) read(m feishutest.Message) []string {
	if m.Type != "interactive" {
		var body any
		_ = json.Unmarshal([]byte(m.Content), &body) // no text says nothing
		return []string{w.words(body)}
	}
	var out []string
	for _, s := range m.States {
		out = append(out, w.p.CardText(s.Content))
	}
	return out
}

var atPerson = regexp.MustCompile(`<at [^>]*>([^<]*)</at>`)

// words are those of a text or a rich text, with names for people.
func (w *lark) words(v any) string {
	switch v := v.(type) {
	case string:
		return atPerson.ReplaceAllString(v, "@$1")
	case []any:
		var b strings.Builder
		for _, part := range v {
			b.WriteString(w.words(part))
		}
		return b.String()
	case map[string]any:
		if id, ok := v["user_id"].(string); ok {
			p, _ := w.org.ByAccount(feishu.Name, id)
			return "@" + p.Name
		}
		for _, key := range []string{"text", "zh_cn", "content"} {
			if inner, ok := v[key]; ok {
				return w.words(inner)
			}
		}
	}
	return ""
}
