package notice_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"fenghuo/bot"
	"fenghuo/internal/form"
	"fenghuo/internal/incident"
	"fenghuo/internal/notice"
)

var update = flag.Bool("update", false, "write the golden files anew")

// transcript is what was said about one topic, as a person would read it.
type transcript struct {
	strings.Builder
	said []line
	seen map[string]bool // methods of Voice, and the codes that came by as arguments
}

// line is one thing said.
type line struct {
	method, when string
	message      bot.Message
}

func newTranscript() *transcript { return &transcript{seen: map[string]bool{}} }

func (tr *transcript) chapter(title string) { fmt.Fprintf(tr, "# %s\n\n", title) }

// say calls a method of Voice and writes down what it says. when is the branch it is to take.
func (tr *transcript) say(when string, method any, args ...any) {
	fn := reflect.ValueOf(method)
	in := make([]reflect.Value, len(args))
	for n, a := range args {
		in[n] = reflect.ValueOf(a)
		tr.note(a)
	}
	name := runtime.FuncForPC(fn.Pointer()).Name()
	name = strings.TrimSuffix(name[strings.LastIndexByte(name, '.')+1:], "-fm")
	tr.seen[name] = true
	var m bot.Message
	switch out := fn.Call(in)[0].Interface().(type) {
	case bot.Message:
		m = out
	case string:
		m = bot.Message{Text: out}
	case []bot.Fact:
		for _, f := range out {
			m.Text += f.Label + "｜" + f.Value + "\n"
		}
		m.Text = strings.TrimSpace(m.Text)
	}
	tr.said = append(tr.said, line{name, when, m})
	fmt.Fprintf(tr, "## %s　%s\n%s\n", when, name, shown(m))
}

// note remembers the codes in an argument, so that a new one without words is found.
func (tr *transcript) note(arg any) {
	switch a := arg.(type) {
	case *incident.Refusal:
		tr.seen["RefusalCode "+string(a.Code)] = true
	case form.Reply:
		tr.seen["Then "+string(a.Then)] = true
		for _, n := range a.Notes {
			tr.seen["NoteKind "+string(n.Kind)] = true
			tr.seen["Why "+string(n.Why)] = true
		}
	}
}

func shown(m bot.Message) string {
	var b strings.Builder
	row := func(label string, values ...string) {
		for _, v := range values {
			if v != "" {
				fmt.Fprintf(&b, "%s%s\n", label, strings.ReplaceAll(v, "\n", "\n　　"))
			}
		}
	}
	if len(m.Mentions) > 0 {
		row("@：", strings.Join(m.Mentions, " "))
	}
	c := m.Card
	if c != nil && m.Text != notice.Flatten(*c) {
		row("　　", m.Text)
	}
	if c == nil {
		row("　　", m.Text)
		return b.String()
	}
	fmt.Fprintf(&b, "┌ %d级 %s\n", c.Level, c.Head)
	row("│ 标题：", c.Title)
	row("│ ", c.Lines...)
	for _, f := range c.Facts {
		row("│ "+f.Label+"｜", f.Value)
	}
	row("│ 谁：", c.Who)
	row("│ 钟：", c.Clock)
	if !c.Due.IsZero() {
		row("│ ", "（到"+c.Due.In(shanghai).Format("01-02 15:04")+"）")
	}
	if c.Overdue {
		row("│ ", "（已超）")
	}
	for _, button := range c.Buttons {
		primary := ""
		if button.Primary {
			primary = " ●"
		}
		row("│ ", fmt.Sprintf("[%s%s] → %s", button.Label, primary, strings.TrimSpace(button.Say+" "+button.Target)))
	}
	if c.Form != nil {
		for _, in := range c.Form.Inputs {
			row("│ ", fmt.Sprintf("%s：____ %s", in.Label, strings.Join(in.Options, " ")))
		}
		row("│ ", fmt.Sprintf("[%s ●] → %s", c.Form.Submit.Label, strings.TrimSpace(c.Form.Submit.Say+" "+c.Form.Submit.Target)))
	}
	row("└ ", c.Foot)
	row("灰：", c.Stale)
	return b.String()
}

// topics are all transcripts. Each has a golden file of its name.
var topics = []struct {
	name string
	tell func(*transcript)
}{
	{"registered", tellRegistered},
	{"present", tellPresent},
	{"level", tellLevel},
	{"room", tellRoom},
	{"plan", tellPlan},
	{"verify", tellVerify},
	{"ack", tellAck},
	{"nag", tellNag},
	{"followup", tellFollowUp},
	{"closing", tellClosing},
	{"duty", tellDuty},
	{"refusal", tellRefusal},
	{"form", tellForm},
	{"lists", tellLists},
	{"digest", tellDigest},
	{"outage", tellOutage},
	{"upkeep", tellUpkeep},
	{"admin", tellAdmin},
	{"source", tellOfSources},
	{"drill", rehearse},
	{"album", arrangePhotos},
	{"signal", tellSignal},
	{"media", tellMedia},
	{"talk", tellTalk},
	{"score", tellScore},
	{"merge", tellMerge},
}

func TestWhatIsSaid(t *testing.T) {
	for _, topic := range topics {
		t.Run(topic.name, func(t *testing.T) {
			tr := newTranscript()
			topic.tell(tr)
			file := filepath.Join("testdata", topic.name+".golden")
			if *update {
				if err := os.WriteFile(file, []byte(tr.String()), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if got := tr.String(); got != string(want) {
				t.Errorf("%s changed; if that is meant, run go test ./internal/notice -update\n%s", file, firstDifference(got, string(want)))
			}
		})
	}
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for n := range max(len(g), len(w)) {
		if n >= len(g) || n >= len(w) || g[n] != w[n] {
			return fmt.Sprintf("line %d\n got %q\nwant %q", n+1, g[min(n, len(g)-1)], w[min(n, len(w)-1)])
		}
	}
	return ""
}

// everything is all that the transcripts say.
func everything() *transcript {
	all := newTranscript()
	for _, topic := range topics {
		topic.tell(all)
	}
	return all
}

func TestEveryMethodOfVoiceIsHeard(t *testing.T) {
	seen := everything().seen
	typ := reflect.TypeFor[notice.Voice]()
	for n := range typ.NumMethod() {
		if name := typ.Method(n).Name; !seen[name] {
			t.Errorf("Voice.%s is in no transcript", name)
		}
	}
}

func TestEveryCodeIsHeard(t *testing.T) {
	seen := everything().seen
	for typ, dir := range map[string]string{"RefusalCode": "../incident", "Then": "../form", "NoteKind": "../form", "Why": "../form"} {
		codes := constants(t, dir, typ)
		if len(codes) < 10 {
			t.Errorf("only %d constants of type %s found in %s", len(codes), typ, dir)
		}
		for _, code := range codes {
			if !seen[typ+" "+code] {
				t.Errorf("%s %q is in no transcript", typ, code)
			}
		}
	}
}

func TestACardReadsAsItsText(t *testing.T) {
	for _, l := range everything().said {
		if c := l.message.Card; c != nil && (c.Form == nil || c.Form.Name != notice.SheetForm) && l.message.Text != notice.Flatten(*c) {
			t.Errorf("%s, %s: text is not the card flattened:\n%s", l.method, l.when, l.message.Text)
		}
		if l.message.Card == nil && strings.TrimSpace(l.message.Text) == "" && !slices.Contains([]string{"Form"}, l.method) {
			t.Errorf("%s, %s says nothing", l.method, l.when)
		}
	}
}
