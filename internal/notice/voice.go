package notice

import (
	"strings"
	"time"

	"fenghuo/bot"
	"fenghuo/internal/incident"
	"fenghuo/internal/roster"
	"fenghuo/internal/zh"
)

// Voice says things. Name turns a person's id into the name people use; Zone is where times are shown.
type Voice struct {
	Name func(id string) string
	Zone *time.Location
}

// at shows a clock time near now: 09:31, 明早9点, 10-09 09:00.
func (v Voice) at(t, now time.Time) string { return zh.ShowClock(t.In(v.Zone), now.In(v.Zone)) }

// day shows a time with its day: 今天17:00.
func (v Voice) day(t, now time.Time) string { return zh.ShowTime(t.In(v.Zone), now.In(v.Zone)) }

// before is a limit, whether it is still to come or not: 09:31前, 09:31已到期.
func (v Voice) before(due, now time.Time) string {
	if passed(due, now) {
		return v.at(due, now) + "已到期"
	}
	return v.at(due, now) + "前"
}

// passed reports whether due lies behind, in whole minutes.
func passed(due, now time.Time) bool {
	return !due.IsZero() && now.Truncate(time.Minute).After(due)
}

func (v Voice) mention(ids ...string) string {
	names := make([]string, 0, len(ids))
	for _, id := range ids {
		if id != "" {
			at := "@"
			if roster.IsSource(id) {
				at = "" // nobody's account stands there
			}
			names = append(names, at+v.Name(id))
		}
	}
	return strings.Join(names, " ")
}

func (v Voice) names(ids []string) string {
	names := make([]string, 0, len(ids))
	for _, id := range ids {
		names = append(names, v.Name(id))
	}
	return strings.Join(names, "、")
}

// either names people any of whom will do: 王蕾、陈放或许清.
func (v Voice) either(ids []string) string {
	if len(ids) < 2 {
		return v.names(ids)
	}
	last := len(ids) - 1
	return v.names(ids[:last]) + "或" + v.Name(ids[last])
}

// said is a plain message; the people it mentions are really @-ed. Personal data in it is masked.
func said(text string, mentions ...string) bot.Message {
	return bot.Message{Text: zh.Mask(text), Mentions: people(mentions...)}
}

func people(ids ...string) []string {
	var out []string
	for _, id := range ids {
		if id != "" && !contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

func contains(list []string, v string) bool {
	for _, have := range list {
		if have == v {
			return true
		}
	}
	return false
}

// carded is a message whose card reads as its text. Personal data in it is masked.
func carded(c bot.Card, mentions ...string) bot.Message {
	c.Title = zh.Mask(c.Title)
	for n := range c.Lines {
		c.Lines[n] = zh.Mask(c.Lines[n])
	}
	for n := range c.Facts {
		c.Facts[n].Value = zh.Mask(c.Facts[n].Value)
	}
	return bot.Message{Text: Flatten(c), Card: &c, Mentions: people(mentions...)}
}

// Flatten is a card as lines of text, for places without cards and for reading aloud. What a form of it
// asks for stands in its lines.
func Flatten(c bot.Card) string {
	lines := []string{c.Head, c.Title}
	lines = append(lines, c.Lines...)
	for _, f := range c.Facts {
		lines = append(lines, f.Label+"："+f.Value)
	}
	lines = append(lines, c.Who, c.Clock, c.Stale, c.Foot)
	kept := lines[:0]
	for _, l := range lines {
		if l != "" {
			kept = append(kept, l)
		}
	}
	return strings.Join(kept, "\n")
}

// head is the first line of an incident's card: dot, level, number.
func head(inc *incident.Incident) string {
	h := inc.Level.Current.Dot() + " " + inc.Level.Current.Badge() + " " + inc.Number
	if inc.Drill {
		h = "【演练】" + h
	}
	return h
}

// plate is what every card of an incident begins with.
func plate(inc *incident.Incident) bot.Card {
	return bot.Card{Level: int(inc.Level.Current), Head: head(inc), Title: inc.Title, Since: inc.ReportedAt}
}

// ackBy puts the limit for acknowledging on a card.
func (v Voice) ackBy(c *bot.Card, inc *incident.Incident, now time.Time) {
	if due := inc.Ack.Due; !due.IsZero() {
		c.Clock, c.Due, c.Overdue = "签收截止 "+v.at(due, now), due, passed(due, now)
	}
}

// tag names an incident within a sentence.
func tag(inc *incident.Incident) string {
	return inc.Number + "【" + inc.Level.Current.Badge() + "】"
}

// short is the beginning of what somebody wrote. Masking comes first: half a telephone number is not
// recognised any more.
func short(text string, most int) string {
	r := []rune(zh.Mask(strings.Join(strings.Fields(text), " ")))
	if len(r) <= most {
		return string(r)
	}
	return string(r[:most-1]) + "…"
}

// words is what somebody wrote, to stand within a sentence that goes on or ends by itself.
func words(text string) string {
	return strings.TrimRight(strings.TrimSpace(text), "。.；;，,！!")
}

// because puts a reason in brackets.
func because(reason string) string {
	if reason = words(reason); reason == "" {
		return ""
	}
	return "（" + reason + "）"
}

func list(items []string) string { return strings.Join(items, "、") }
