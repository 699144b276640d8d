package handlers

import (
	"errors"
	"slices"
	"strings"

	"fenghuo/bot"
	"fenghuo/handlers/desk"
	"fenghuo/internal/incident"
	"fenghuo/internal/zh"
	"fenghuo/store"
)

// suspect notes which open incident a new report may be about, nil for none: before it is announced, so that the card
// of the announcement need not be written anew.
func (t *turn) suspect(inc *incident.Incident) (*incident.Incident, error) {
	other, l, err := t.Alike(inc)
	if other == nil || err != nil {
		return nil, err
	}
	return other, t.do(inc, incident.Act{Kind: incident.Suspected, Likely: &incident.Likely{Number: other.Number, Score: l.Score, Why: l.Reasons}})
}

// askWhether asks, where a new report lives, whether it is about other. The report itself is registered and its clocks
// run; without an answer the two stay apart.
func (t *turn) askWhether(inc, other *incident.Incident) error {
	if other == nil {
		return nil
	}
	return t.Home(inc, desk.Told{Purpose: "alike", Reason: "可能重复", Message: t.Voice.Alike(inc, other, t.Now)})
}

// mayMerge: those who work on it, and who reported it.
func (t *turn) mayMerge(inc *incident.Incident) bool {
	return t.may("并入", inc)
}

// two are the report spoken of and the incident it is put beside: the two numbers said, the one lived in and the number
// said, or the one with an open question and what it resembles. It answers the person itself when there are none.
func (t *turn) two(word string) (child, head *incident.Incident, err error) {
	if err := t.Tx.Lock("alike"); err != nil { // before either is read: two merges at once never wait for one another
		return nil, nil, err
	}
	first, second := t.match.Number, ""
	second, _ = bot.CutNumber(t.match.Rest)
	here, err := t.incidentHere()
	if err == nil && here == nil {
		here, err = t.quoted()
	}
	if err != nil {
		return nil, nil, err
	}
	if first == "" {
		child = here
	} else if child, err = t.numbered(first); err != nil {
		return nil, nil, err
	} else if second == "" && here != nil && child != nil && child.Number != here.Number {
		child, head = here, child
	}
	if child == nil && first == "" {
		if child, err = t.only(func(inc *incident.Incident) bool { return inc.Doubt() != nil && t.mayMerge(inc) }); child == nil || err != nil {
			return nil, nil, err
		}
	}
	switch {
	case child == nil:
		return nil, nil, t.reply(t.Voice.NotFound(first))
	case head != nil:
	case second != "":
		head, err = t.numbered(second)
	case child.Doubt() != nil:
		head, err = t.Tx.Incident(child.Doubt().Number)                   // offered, so also to whoever may not see the rest of it
		if err == nil && head.Confidential && !t.MaySee(head, t.person) { // it became so meanwhile
			return nil, nil, t.reply(t.Voice.NotFound(head.Number))
		}
	}
	if err == nil && head == nil {
		t.inc = child
		err = t.reply(t.Voice.AskOther(word))
	}
	return child, head, err
}

// numbered is the incident of a number the person may see, nil if there is none.
func (t *turn) numbered(number string) (*incident.Incident, error) {
	was, inc := t.match.Number, t.inc
	t.match.Number, t.inc = number, nil
	found, err := t.named()
	t.match.Number, t.inc = was, inc
	return found, err
}

// merge is 并入 [编号]: the report ends its own life and what it brought goes to the head.
func merge(t *turn) error {
	child, head, err := t.two("并入")
	if child == nil || head == nil || err != nil {
		return err
	}
	t.inc = child
	switch {
	case !t.mayMerge(child):
		return t.mayNot("并入", child)
	case child.Number == head.Number, head.Confidential, child.Confidential:
		return t.reply(t.Voice.CannotMerge(child, head))
	}
	if child, head, err = t.again(child, head); err != nil {
		return err
	}
	t.inc = child
	if head.State.Over() || head.State == incident.Draft {
		return t.reply(t.Voice.CannotMerge(child, head))
	}
	gap := int(child.ReportedAt.Sub(head.ReportedAt).Minutes())
	kept := slices.DeleteFunc(slices.Clone(child.Evidence), func(e incident.Evidence) bool { return e.Withdrawn })
	brought := !head.Knows(child.Links, child.Evidence)
	if err := t.do(child, incident.Act{Kind: incident.MergedAct, Merge: &incident.Merge{Into: head.Number, New: brought, Gap: gap}}); err != nil {
		return err
	}
	part := &incident.Part{Number: child.Number, Reporter: child.Reporter, Reported: child.ReportedAt, Links: child.Links, Platforms: child.Platforms}
	if err := t.do(head, incident.Act{Kind: incident.Absorbed, Part: part, Evidence: kept}); err != nil {
		return err
	}
	t.inc = child
	if err := t.outdated("已并入"+head.Number, "并入", "另立", "先看看", "签收", "续报", "无新增", "补充", "同意", "接收"); err != nil {
		return err
	}
	if err := t.tellHome("merged", "并入", t.Voice.MergedInto(child, head)); err != nil {
		return err
	}
	return t.Home(head, desk.Told{Purpose: "absorbed/" + child.Number, Reason: "并入", Message: t.Voice.Absorbed(head, head.Parts[len(head.Parts)-1])})
}

// again reads both as they are now, for this transaction to change.
func (t *turn) again(a, b *incident.Incident) (*incident.Incident, *incident.Incident, error) {
	one, err := t.Tx.Incident(a.Number)
	if err != nil {
		return nil, nil, err
	}
	other, err := t.Tx.Incident(b.Number)
	return one, other, err
}

// standAlone is 另立: the two are two matters.
func standAlone(t *turn) error {
	inc, err := t.target(func(inc *incident.Incident) bool { return inc.Doubt() != nil && t.mayMerge(inc) })
	if inc == nil || err != nil {
		return err
	}
	if !t.may("另立", inc) {
		return t.mayNot("另立", inc)
	}
	if err := t.do(inc, incident.Act{Kind: incident.StoodAlone}); err != nil {
		return err
	}
	if err := t.outdated("已另立", "并入", "另立", "先看看"); err != nil {
		return err
	}
	return t.reply(t.Voice.StoodAlone(inc))
}

// lookFirst is 先看看: more of the other one, with personal data masked.
func lookFirst(t *turn) error {
	child, head, err := t.two("先看看")
	if child == nil || head == nil || err != nil {
		return err
	}
	t.inc = child
	return t.reply(t.Voice.Beside(child, head, t.Now))
}

// split is 拆分 [编号] 理由: a merged report gets its own life back, and the head gives back what it brought.
func split(t *turn) error {
	child, head, err := t.toSplit()
	if child == nil || err != nil {
		return err
	}
	t.inc = child
	if !t.may("拆分", head) {
		return t.mayNot("拆分", head)
	}
	_, reason := bot.CutNumber(t.match.Rest)
	if reason = limit(zh.Clean(reason)); reason == "" {
		return t.reply(t.Voice.NeedWords("拆分 " + child.Number[len(child.Number)-3:] + " 是另一家店的事"))
	}
	if child, head, err = t.again(child, head); err != nil {
		return err
	}
	t.inc = child
	if err := t.do(child, incident.Act{Kind: incident.SplitOff, Text: reason}); err != nil {
		return err
	}
	if err := t.do(head, incident.Act{Kind: incident.Released, Text: child.Number}); err != nil {
		return err
	}
	t.inc = child
	if err := t.Home(head, desk.Told{Purpose: "released/" + strings.TrimPrefix(t.Cause, "event/"), Reason: "拆分", Message: t.Voice.Released(child)}); err != nil {
		return err
	}
	return t.tellHome("split", "拆分", t.Voice.Split(child, head, reason))
}

// toSplit is the merged report and its head: the one named, the one lived in, or the only part of the head lived in.
func (t *turn) toSplit() (child, head *incident.Incident, err error) {
	if err := t.Tx.Lock("alike"); err != nil {
		return nil, nil, err
	}
	number := t.match.Number
	if second, _ := bot.CutNumber(t.match.Rest); second != "" {
		number = second
	}
	here, err := t.incidentHere()
	if err != nil {
		return nil, nil, err
	}
	switch {
	case number != "":
		child, err = t.numbered(number)
	case here != nil && here.State == incident.Merged:
		child = here
	case here != nil:
		parts := slices.DeleteFunc(slices.Clone(here.Parts), func(p incident.Part) bool { return !p.Until.IsZero() })
		if len(parts) == 1 {
			child, err = t.Tx.Incident(parts[0].Number)
		}
	}
	if err != nil {
		return nil, nil, err
	}
	if child == nil || child.MergedInto() == "" {
		return nil, nil, t.reply(t.Voice.NothingToSplit())
	}
	head, err = t.Tx.Incident(child.MergedInto())
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil, t.reply(t.Voice.NothingToSplit())
	}
	return child, head, err
}

// relate is 关联 YQ-… [同批|同源]: a tie between two matters, noted at both.
func relate(t *turn) error {
	child, head, err := t.two("关联")
	if child == nil || head == nil || err != nil {
		return err
	}
	t.inc = child
	switch {
	case !t.may("关联", child):
		return t.mayNot("关联", child)
	case child.Number == head.Number, head.Confidential != child.Confidential:
		return t.reply(t.Voice.CannotMerge(child, head))
	}
	if child, head, err = t.again(child, head); err != nil {
		return err
	}
	t.inc = child
	kind := incident.RelationKinds[0]
	for _, k := range incident.RelationKinds {
		if strings.Contains(t.match.Rest, k) {
			kind = k
		}
	}
	if err := t.do(child, incident.Act{Kind: incident.Related, Text: head.Number, About: kind, Main: kind != incident.RelationKinds[0]}); err != nil {
		return err
	}
	if err := t.do(head, incident.Act{Kind: incident.Related, Text: child.Number, About: kind}); err != nil {
		return err
	}
	t.inc = child
	return t.tellHome("related", "关联", t.Voice.Related(child, head, kind))
}
