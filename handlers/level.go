package handlers

import (
	"regexp"
	"slices"
	"strings"

	"fenghuo/internal/incident"
	"fenghuo/internal/zh"
)

// raise is 升级II 理由: it takes effect at once, for those who decide to confirm or refuse.
func raise(t *turn) error {
	inc, err := t.target(t.involved)
	if inc == nil || err != nil {
		return err
	}
	if !t.MaySee(inc, t.person) {
		return t.reply(t.Voice.NotFound(inc.Number))
	}
	level, reason := t.levelAndReason(inc.Level.Current - 1)
	if !level.Valid() || reason == "" {
		return t.reply(t.Voice.AskLevel(inc, "升级"))
	}
	from := inc.Level.Current
	if err := t.do(inc, incident.Act{Kind: incident.LevelRaised, Level: level, Text: reason}); err != nil {
		return err
	}
	judges := t.LevelJudges(inc, inc.Level.Before, level, t.person)
	if t.LevelAlone(inc, inc.Level.Before, level, t.person) {
		judges = nil
		if err := t.do(inc, incident.Act{Kind: incident.LevelConfirmed}); err != nil {
			return err
		}
	}
	if err := t.outdated("已另行升级", "确认升级"); err != nil {
		return err
	}
	if err := t.tellHome("level", "升级", t.Voice.LevelRaised(inc, from, t.person, reason, judges, t.Now)); err != nil {
		return err
	}
	if err := t.TellRaised(inc, from, t.person); err != nil {
		return err
	}
	return t.Widen(inc)
}

// lower is 降级IV 理由: it waits for approval.
func lower(t *turn) error {
	inc, err := t.target(t.involved)
	if inc == nil || err != nil {
		return err
	}
	if !t.may("降级", inc) {
		return t.mayNot("降级", inc)
	}
	level, reason := t.levelAndReason(inc.Level.Current + 1)
	if !level.Valid() || reason == "" {
		return t.reply(t.Voice.AskLevel(inc, "降级"))
	}
	if inc.Level.Current == incident.LevelI && !slices.Contains([]string{inc.Head, inc.Deputy, inc.Chief}, t.person) {
		return &incident.Refusal{Code: incident.LevelStep, Number: inc.Number, Who: inc.Head}
	}
	if err := t.do(inc, incident.Act{Kind: incident.LowerAsked, Level: level, Text: reason}); err != nil {
		return err
	}
	judges := t.LevelJudges(inc, inc.Level.Current, level, t.person)
	return t.tellHome("level", "降级待批", t.Voice.LowerAsked(inc, t.person, reason, judges))
}

// confirmLevel is 确认升级.
func confirmLevel(t *turn) error {
	inc, err := t.target(func(inc *incident.Incident) bool { return inc.Level.Provisional && t.judgesLevel(inc) })
	if inc == nil || err != nil {
		return err
	}
	if !inc.Level.Provisional {
		return &incident.Refusal{Code: incident.NothingAsked, Number: inc.Number}
	}
	if !t.judgesLevel(inc) {
		return t.reply(t.Voice.NotAllowed("确认升级", t.levelJudges(inc)...))
	}
	return t.decideLevel(inc, true)
}

// levelJudges are who decides about the change that waits.
func (t *turn) levelJudges(inc *incident.Incident) []string {
	l := inc.Level
	if l.Wanted != 0 {
		return t.LevelJudges(inc, l.Current, l.Wanted, l.WantedBy)
	}
	if l.Provisional {
		return t.LevelJudges(inc, l.Before, l.Current, l.History[len(l.History)-1].By)
	}
	return nil
}

func (t *turn) judgesLevel(inc *incident.Incident) bool {
	return slices.Contains(t.levelJudges(inc), t.person)
}

// decideLevel is a yes or no to a change of level.
func (t *turn) decideLevel(inc *incident.Incident, yes bool) error {
	words, lowering, was := zh.Clean(t.match.Rest), inc.Level.Wanted != 0, inc.Level.Current
	kinds := map[bool]map[bool]incident.Kind{
		true:  {true: incident.LowerApproved, false: incident.LowerRefused},
		false: {true: incident.LevelConfirmed, false: incident.LevelRefused},
	}
	if err := t.do(inc, incident.Act{Kind: kinds[lowering][yes], Text: words}); err != nil {
		return err
	}
	if err := t.outdated(verdictOn(yes), "同意", "不同意", "确认升级"); err != nil {
		return err
	}
	return t.tellHome("level", "级别答复", t.Voice.LevelDecided(inc, was, t.person, yes, lowering, words, t.Now))
}

var statedLevel = regexp.MustCompile(`^(?:到|为|至)?\s*(I{1,3}|IV|[1-4]|[红橙黄蓝]色?|[一二三四]级|特别重大|重大|较大|一般)(?:级)?(?:[\s，,。:：]+|$)([\s\S]*)$`)

// levelAndReason reads II 已有媒体来问; without a level it is the next one.
func (t *turn) levelAndReason(next incident.Level) (incident.Level, string) {
	text := strings.TrimSpace(zh.Fold(t.match.Rest))
	m := statedLevel.FindStringSubmatch(strings.ToUpper(text))
	if m == nil {
		return next, limit(zh.Clean(t.match.Rest))
	}
	level, err := incident.ParseLevel(m[1])
	if err != nil {
		return 0, ""
	}
	rest := []rune(strings.TrimSpace(t.match.Rest))
	return level, limit(zh.Clean(string(rest[len(rest)-len([]rune(m[2])):])))
}
