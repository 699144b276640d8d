package handlers

import (
	"slices"
	"strings"

	"fenghuo/bot"

	"fenghuo/internal/incident"
	"fenghuo/internal/roster"
	"fenghuo/internal/zh"
)

// handOver is 移交给 丁伟，理由: the duty of tracking passes on when the new tracker accepts.
func handOver(t *turn) error {
	inc, err := t.target(t.involved)
	if inc == nil || err != nil {
		return err
	}
	if !t.may("移交", inc) {
		return t.mayNot("移交", inc)
	}
	if t.match.Rest == "" {
		return t.askPerson(inc, "移交", inc.Tracker, inc.Officer, inc.Backup, inc.Reporter)
	}
	to, reason, err := t.personIn(t.match.Rest, "移交给 丁伟，休假到周五")
	if to == nil || err != nil {
		return err
	}
	if err := t.outdated("已另行移交", "接收"); err != nil {
		return err
	}
	if err := t.do(inc, incident.Act{Kind: incident.HandoverAsked, Person: to.ID, Text: reason}); err != nil {
		return err
	}
	return t.tellHome("handover", "移交跟踪", t.Voice.HandoverAsked(inc, t.Now))
}

// accept is 接收.
func accept(t *turn) error {
	inc, err := t.target(func(inc *incident.Incident) bool { return inc.Handover != nil && inc.Handover.To == t.person })
	if inc == nil || err != nil {
		return err
	}
	if inc.Handover == nil && inc.Takeover != nil && inc.Takeover.Offered && inc.Takeover.By == t.person {
		return t.agreeTakeover(inc)
	}
	if err := t.do(inc, incident.Act{Kind: incident.HandoverAccepted}); err != nil {
		return err
	}
	if err := t.outdated("已接收", "接收"); err != nil {
		return err
	}
	return t.tellHome("handed-over", "移交完成", t.Voice.HandedOver(inc, t.Now))
}

// reassign is 转办 张三: before anybody acknowledged, the other is called; after it, they are offered it.
func reassign(t *turn) error {
	if id, text := t.inquiryID(); id != "" { // 转给 M-1 王蕾
		return t.passPress(id, text)
	}
	inc, err := t.target(t.involved)
	if inc == nil || err != nil {
		return err
	}
	if !t.may("转办", inc) {
		return t.mayNot("转办", inc)
	}
	if t.match.Rest == "" {
		return t.askPerson(inc, "转办", inc.Officer, inc.Backup, inc.Head, t.Org.OnDuty(t.Now, t.Rules.Calendar), inc.Deputy)
	}
	to, reason, err := t.personIn(t.match.Rest, "转办 陈放")
	if to == nil || err != nil {
		return err
	}
	if err := t.outdated("已转办", "转办", "签收"); err != nil {
		return err
	}
	if inc.Acked() {
		if err := t.do(inc, incident.Act{Kind: incident.TakeoverAsked, Person: to.ID, Text: reason}); err != nil {
			return err
		}
		return t.tellHome("offer", "转办", t.Voice.TakeoverAsked(inc))
	}
	if err := t.do(inc, incident.Act{Kind: incident.Reassigned, Person: to.ID, Text: reason}); err != nil {
		return err
	}
	return t.Announce(inc, nil, func(inc *incident.Incident) bot.Message {
		return t.Voice.Reassigned(inc, t.person, t.Now)
	})
}

// askPerson asks who is to have it instead of who has it now.
func (t *turn) askPerson(inc *incident.Incident, word, now string, near ...string) error {
	var people []string
	for _, id := range near {
		if id != "" && id != now && !slices.Contains(people, id) {
			people = append(people, id)
		}
	}
	return t.reply(t.Voice.AskPerson(inc, word, people))
}

// personIn reads a name and a reason: 给 丁伟，休假到周五. It answers the person itself when there is no
// such name.
func (t *turn) personIn(text, example string) (*roster.Person, string, error) {
	if p, reason, ok := t.findPerson(text); ok {
		return p, reason, nil
	}
	text = zh.Clean(bareName(text))
	return nil, "", t.reply(t.Voice.NoSuchPerson(firstPart(text), example))
}

// findPerson is who is mentioned, or named at the beginning of a text, and what follows.
func (t *turn) findPerson(text string) (*roster.Person, string, bool) {
	text = bareName(text)
	for _, id := range t.ev.Mentions {
		if p, ok := t.Org.ByAccount(t.ev.Platform, id); ok {
			return &p, zh.Clean(strings.Trim(strings.TrimPrefix(text, p.Name), " ，,。：:@")), true
		}
	}
	for n := min(len([]rune(text)), 12); n >= 2; n-- {
		name := string([]rune(text)[:n])
		if found := t.Org.ByName(name); len(found) == 1 {
			return &found[0], zh.Clean(strings.Trim(strings.TrimPrefix(text, name), " ，,。：:")), true
		}
	}
	return nil, "", false
}

func bareName(text string) string {
	return strings.TrimLeft(strings.TrimPrefix(strings.TrimSpace(text), "给"), " 　@：:")
}

// firstPart is what stands before the first pause: the name in 丁伟，休假到周五.
func firstPart(s string) string {
	if at := strings.IndexAny(s, "，,。 　;；"); at > 0 {
		return s[:at]
	}
	return s
}
