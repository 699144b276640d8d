package handlers

import (
	"errors"
	"strings"

	"fenghuo/internal/incident"
	"fenghuo/internal/zh"
)

// followUp is 续报 and 无新增: it fills the slot due next.
func followUp(t *turn) error {
	inc, err := t.target(func(inc *incident.Incident) bool { return t.mayFollowUp(inc) && inc.Slot.N > 0 })
	if inc == nil || err != nil {
		return err
	}
	if !t.mayFollowUp(inc) {
		return t.mayNot("续报", inc)
	}
	text := zh.Clean(t.match.Rest)
	if t.match.Command.Name == "无新增" {
		text = strings.TrimRight("无新增，"+text, "，")
	}
	if text == "" {
		if inc.Slot.N == 0 {
			return t.do(inc, incident.Act{Kind: incident.FollowedUp}) // refused, with the reason
		}
		return t.reply(t.Voice.AskFollowUp(inc, t.Now))
	}
	return t.file(inc, text)
}

func (t *turn) file(inc *incident.Incident, text string) error {
	counts := t.counts(text)
	why, material := inc.IsMaterial(t.Rules.Policy, text, counts)
	err := t.do(inc, incident.Act{Kind: incident.FollowedUp, Text: limit(text), Counts: counts, Material: material && why != ""})
	var refusal *incident.Refusal
	if errors.As(err, &refusal) && refusal.Code == incident.FollowUpDuplicate {
		return t.duplicate(inc, refusal, text)
	}
	if err != nil {
		return err
	}
	if err := t.outdated("已续报", "续报", "无新增"); err != nil {
		return err
	}
	if err := t.tellHome("followup", "续报已收", t.Voice.FollowedUp(inc, t.Now)); err != nil {
		return err
	}
	return t.askWhich(inc)
}

// duplicate keeps what a second filing said, if it says anything new.
func (t *turn) duplicate(inc *incident.Incident, e *incident.Refusal, text string) error {
	last := inc.FollowUps[len(inc.FollowUps)-1]
	kept := zh.Fold(last.Text) != zh.Fold(text)
	if kept {
		if err := t.do(inc, incident.Act{Kind: incident.Added, Text: limit(text), Counts: t.counts(text)}); err != nil {
			return err
		}
	}
	return t.reply(t.Voice.DuplicateFollowUp(inc, e, kept, t.Now))
}

func (t *turn) mayFollowUp(inc *incident.Incident) bool {
	return t.may("续报", inc)
}

// counts are the figures of reach in a text, as of now.
func (t *turn) counts(text string) []incident.Count {
	found, err := zh.FindCounts(text)
	if err != nil {
		return nil
	}
	var out []incident.Count
	for _, kind := range []string{"reads", "reposts", "comments", "likes"} {
		if n, ok := found[kind]; ok {
			out = append(out, incident.Count{Kind: kind, Value: n, At: t.at, By: t.person})
		}
	}
	return out
}

// limit keeps a text to what the registry holds of one message.
func limit(text string) string {
	const most = 4000
	r := []rune(text)
	if len(r) <= most {
		return text
	}
	return string(r[:most]) + "…"
}
