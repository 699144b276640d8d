package handlers

import (
	"slices"
	"strings"
	"time"

	"fenghuo/internal/incident"
	"fenghuo/internal/notice"
	"fenghuo/internal/wording"
	"fenghuo/internal/zh"
)

// trySaying is 试说 内容 and 这样说行吗：内容: a sentence beside the talking points in force.
func trySaying(t *turn) error {
	inc, err := t.target(t.involved)
	if inc == nil || err != nil {
		return err
	}
	text := strings.TrimLeft(zh.Clean(t.match.Rest), "：:，,？? ")
	if text == "" {
		return t.reply(t.Voice.NeedWords("试说 同批次已经封存，结果出来就公布"))
	}
	p := inc.TalkInForce(t.at)
	if p == nil {
		return t.reply(t.Voice.Talk(inc, t.Now))
	}
	return t.reply(t.Voice.Tried(inc, *p, text, wording.Check(text, t.sheetOf(inc, *p), t.local())))
}

// sheetOf are talking points with what the verification has not made sure of.
func (t *turn) sheetOf(inc *incident.Incident, p incident.TalkingPoint) wording.Sheet {
	s := wording.Sheet{Version: p.Version, At: p.At.In(t.Rules.Calendar.Zone()), Stance: p.Sheet.Stance, May: p.Sheet.May, Inside: p.Sheet.Inside, Service: p.Sheet.Service}
	for _, text := range p.Sheet.Facts {
		f := fact("", text)
		s.Facts = append(s.Facts, wording.Fact{Text: f.Value, Verified: f.Status == incident.FactVerified})
	}
	for _, f := range inc.Verification.Facts {
		if f.Status == incident.FactUnverified {
			s.Facts = append(s.Facts, wording.Fact{Text: f.Value})
		}
	}
	for _, text := range p.Sheet.Forbidden {
		no, instead, _ := strings.Cut(text, "→")
		s.Forbidden = append(s.Forbidden, wording.Phrase{Text: strings.TrimSpace(no), Instead: strings.TrimSpace(instead)})
	}
	for _, qa := range p.Sheet.Answers {
		s.Answers = append(s.Answers, wording.Answer{Q: qa.Q, A: qa.A})
	}
	return s
}

// askWhich asks which is right where what was just written contradicts what was written before.
func (t *turn) askWhich(inc *incident.Incident) error {
	clashes := t.clashes(inc)
	if len(clashes) == 0 {
		return nil
	}
	return t.reply(t.Voice.AskWhich(clashes))
}

// clashes are the contradictions of what was just written with what was written before. What a verification
// has settled is compared with that alone.
func (t *turn) clashes(inc *incident.Incident) []notice.Clash {
	all := t.statements(inc)
	var out []notice.Clash
	for _, c := range wording.Contradictions(all) {
		a, b := all[c.A], all[c.B]
		if !b.At.Equal(t.at) || a.At.Equal(t.at) {
			continue
		}
		settled, ok := inc.Verification.Fact(elementOf[c.Kind])
		if ok && settled.Status == incident.FactVerified && b.Source != verification && a.Source != verification {
			continue
		}
		clash := notice.Clash{Kind: c.Kind, Fallen: c.Fallen, Before: a.Source, SaidBefore: c.InA.Of(a.Text), Now: b.Source, SaidNow: c.InB.Of(b.Text)}
		if !slices.Contains(out, clash) { // title and course of a first report say the same
			out = append(out, clash)
		}
	}
	return out
}

const verification = "核实"

// elementOf is the element of a verification that settles a contradiction of a kind.
var elementOf = map[wording.Kind]string{wording.Time: "时间", wording.Place: "地点", wording.Count: "规模"}

// statements are what was written about an incident, oldest first, with the moments they were written at.
func (t *turn) statements(inc *incident.Incident) []wording.Statement {
	var all []wording.Statement
	zone := t.Rules.Calendar.Zone()
	add := func(source, key, text string, at time.Time) {
		if text != "" {
			all = append(all, wording.Statement{Source: source, Key: key, Text: text, At: at.In(zone)})
		}
	}
	add("首报", "", inc.Title, inc.WrittenAt)
	add("首报", "", inc.Summary, inc.WrittenAt)
	add("首报", "地点", inc.Subject, inc.WrittenAt)
	if !inc.OccurredAt.IsZero() {
		add("首报", "时间", inc.OccurredAt.In(zone).Format("1月2日15:04"), inc.WrittenAt)
	}
	for _, f := range inc.FollowUps {
		add(incident.SlotName(f.N), "", f.Text, f.At)
	}
	for _, f := range inc.Verification.Facts {
		if f.Status != incident.FactUntrue {
			add(verification, f.Element, f.Value, f.At)
		}
	}
	for _, p := range inc.Talk.Versions {
		if p.Status != incident.TalkRefused {
			add(notice.TalkVersion(p.Version), "", strings.Join(append([]string{p.Sheet.Stance}, p.Sheet.Facts...), "。"), p.At)
		}
	}
	slices.SortStableFunc(all, func(a, b wording.Statement) int { return a.At.Compare(b.At) })
	return all
}
