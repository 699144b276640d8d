package handlers

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"fenghuo/bot"
	"fenghuo/handlers/desk"
	"fenghuo/internal/incident"
	"fenghuo/internal/zh"
	"fenghuo/store"
)

// supplement is 补充: with words it adds them; without, it asks for the elements still missing.
func supplement(t *turn) error {
	inc, err := t.target(t.involved)
	if inc == nil || err != nil {
		return err
	}
	row, err := t.Tx.FormOf(inc.Number)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	if inc.Reporter == t.person && row != nil {
		return t.supplementForm(row)
	}
	if t.match.Rest == "" && len(t.ev.Files) == 0 {
		return t.reply(t.Voice.AskAddition(inc))
	}
	return t.addWords(inc, t.match.Rest)
}

// addWords takes words, figures and files of anybody who may see the incident.
func (t *turn) addWords(inc *incident.Incident, text string) error {
	text = limit(zh.Clean(text))
	for _, f := range t.ev.Files {
		if f.Error != "" {
			return t.reply(t.Voice.FileTrouble(f.Name, f.Error))
		}
	}
	counts := t.counts(text)
	_, material := inc.IsMaterial(t.Rules.Policy, text, counts)
	act := incident.Act{Kind: incident.Added, Text: text, Counts: counts, Evidence: t.evidence(), Material: material}
	if err := t.do(inc, act); err != nil {
		return err
	}
	if material {
		return t.material(inc)
	}
	return t.reply(t.Voice.Added(inc, t.what(text)))
}

func (t *turn) what(text string) []string {
	what := []string{}
	if text != "" {
		what = append(what, text)
	}
	for _, f := range t.ev.Files {
		what = append(what, f.Name)
	}
	return what
}

// evidence is what was sent along, as the registry keeps it.
func (t *turn) evidence() []incident.Evidence {
	var out []incident.Evidence
	for _, f := range t.ev.Files {
		if f.Error == "" {
			out = append(out, incident.Evidence{Name: zh.Clean(f.Name), Kind: f.Kind, SHA256: f.SHA256, At: t.at, By: t.person})
		}
	}
	return out
}

// material tells the tracker of a material change; a second one in the same quiet hours waits silently.
func (t *turn) material(inc *incident.Incident) error {
	if inc.Material.Quiet {
		return t.reply(t.Voice.Added(inc, []string{inc.Material.Text}))
	}
	moved := inc.Material.Due.After(inc.Material.Wanted)
	return t.Home(inc, desk.Told{Purpose: fmt.Sprintf("material/%d", inc.Acts), Reason: "情况有变",
		Message: t.Voice.MaterialChange(inc, t.Now, moved)})
}

// overhear listens to people talking where an incident lives: pictures are kept, material changes and
// figures noted, offers to help answered. done reports whether that was all.
func (t *turn) overhear(inc *incident.Incident) (done bool, err error) {
	text := t.ev.Text
	if inc.State == incident.Draft {
		return false, nil
	}
	if wantsIt.MatchString(zh.Fold(text)) && t.MayAck(inc, t.person) {
		if !inc.Acked() {
			return true, t.acknowledge(inc)
		}
		if inc.Officer != t.person {
			e := &incident.Refusal{Code: incident.AlreadyAcked, Number: inc.Number, Who: inc.Ack.By, At: inc.Ack.At}
			return true, t.reply(t.Voice.Refused(inc, e, t.Now))
		}
	}
	counts := t.counts(text)
	if _, material := inc.IsMaterial(t.Rules.Policy, text, counts); material || len(counts) > 0 || len(t.evidence()) > 0 {
		return true, t.addWords(inc, text)
	}
	return false, nil
}

// wantsIt is somebody offering to take the incident on without using the word for it.
var wantsIt = regexp.MustCompile(`^(刚看到|才看到|看到了)?[,，。 ]*我(来|跟|负责|处理)`)

// addByReference: 13:10那条传播数据：阅读8万, said in the main stream of a group. What it says goes to the
// incident's topic; the speaker gets one pointer.
func (t *turn) addByReference() (bool, error) {
	inc, text, err := t.referred()
	if inc == nil || err != nil {
		return false, err
	}
	counts := t.counts(text)
	_, material := inc.IsMaterial(t.Rules.Policy, text, counts)
	t.inc = inc
	if err := t.do(inc, incident.Act{Kind: incident.Added, Text: limit(zh.Clean(text)), Counts: counts, Evidence: t.evidence(), Material: material}); err != nil {
		return true, err
	}
	err = t.Home(inc, desk.Told{Purpose: "added/" + t.Cause, Reason: "他处补充", Message: t.Voice.AddedFrom(t.person, text)})
	if err == nil && material {
		err = t.material(inc)
	}
	if err != nil {
		return true, err
	}
	return true, t.reply(t.Voice.NotedInTopic(inc))
}

var (
	thatOne    = regexp.MustCompile(`^(\d{1,2})[:：点](\d{2})?分?(?:的)?(?:那条|那件|那个|那起)[的，,：:]?\s*`)
	thatNumber = regexp.MustCompile(`^#?((?i:Y[QL])-\d{8}-\d{3,}|\d{3})[\s，,：:]+`)
)

// referred is the open incident of this group that the words point at, by the time of its report or its
// number, and what they say of it.
func (t *turn) referred() (*incident.Incident, string, error) {
	if t.ev.Place.Direct() {
		return nil, "", nil
	}
	open, err := t.Tx.IncidentsIn(t.ev.Platform, t.ev.Place.Chat)
	if err != nil {
		return nil, "", err
	}
	text := zh.Fold(t.ev.Text)
	var fits func(*incident.Incident) bool
	if m := thatOne.FindStringSubmatch(text); m != nil {
		want := pad(m[1]) + ":" + pad(m[2])
		fits = func(inc *incident.Incident) bool {
			zone := t.Rules.Calendar.Zone()
			return inc.ReportedAt.In(zone).Format("15:04") == want || inc.FoundAt.In(zone).Format("15:04") == want
		}
		text = text[len(m[0]):]
	} else if m := thatNumber.FindStringSubmatch(text); m != nil {
		fits = func(inc *incident.Incident) bool {
			return len(inc.Number) >= len(m[1]) && inc.Number[len(inc.Number)-len(m[1]):] == m[1]
		}
		text = text[len(m[0]):]
	} else {
		return nil, "", nil
	}
	open = slices.DeleteFunc(open, func(inc *incident.Incident) bool { return !fits(inc) })
	if len(open) != 1 {
		return nil, "", nil
	}
	return open[0], text, nil
}

func pad(s string) string {
	for len(s) < 2 {
		s = "0" + s
	}
	return s
}

// recalled: taking a message back does not take it out of the registry; that it was taken back stands in the
// ledger of the incident it was said to.
func (t *turn) recalled() error {
	inc, err := t.incidentHere()
	if err != nil {
		return err
	}
	subject := "message/" + t.ev.Message
	if inc != nil {
		subject = desk.Subject(inc.Number)
	}
	return t.Note(t.person, "message_recalled", subject, map[string]string{"message": t.ev.Message, "place": t.ev.Place.Key()})
}

// edited: changing a message changes nothing in the registry; what it says now stands in the ledger, and those who work
// on the incident are told, since they may go by what they read.
func (t *turn) edited() error {
	inc, err := t.incidentHere()
	if err != nil {
		return err
	}
	text := limit(zh.Mask(zh.Clean(t.ev.Text)))
	subject := "message/" + t.ev.Message
	if inc != nil {
		subject = desk.Subject(inc.Number)
	}
	if err := t.Note(t.person, "message_edited", subject, map[string]string{"message": t.ev.Message, "place": t.ev.Place.Key(), "text": text}); err != nil || inc == nil {
		return err
	}
	t.inc = inc
	return t.Home(inc, desk.Told{Purpose: "edited/" + strings.TrimPrefix(t.Cause, "event/"), Reason: "消息被改", Message: t.Voice.MessageEdited(inc, t.person, text)})
}

// joined greets a group, or whoever opens the private chat for the first time.
func (t *turn) joined() error {
	return t.reply(bot.Message{Text: t.Voice.Hello(t.ev.Place.Direct()).Text})
}
