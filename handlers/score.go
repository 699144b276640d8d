package handlers

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"fenghuo/bot"
	"fenghuo/internal/incident"
	"fenghuo/internal/roster"
	"fenghuo/internal/score"
	"fenghuo/internal/zh"
)

// yearIn is a year somebody names: 2025, 2025年.
var yearIn = regexp.MustCompile(`(?:^|\s)(20\d\d)年?(?:$|\s)`)

// scores is 考核 [单位|全部] [年]: a person sees their own, a head the unit's, leaders all. Where others read along it is
// said in private.
func scores(t *turn) error {
	if t.Score == nil {
		return t.reply(t.Voice.NotScored())
	}
	what, year := strings.TrimSpace(zh.Fold(t.match.Rest)), t.local().Year()
	if m := yearIn.FindStringSubmatch(what); m != nil {
		year, _ = strconv.Atoi(m[1])
		what = strings.TrimSpace(yearIn.ReplaceAllString(what, " "))
	}
	entries, err := t.yearOf(year)
	if err != nil {
		return err
	}
	leads := t.leads()
	switch unit, isUnit := t.unitNamed(what); {
	case what == "":
		mine := slices.DeleteFunc(entries, func(e score.Entry) bool { return e.Person != t.person })
		return t.confide(t.Voice.Score(t.person, year, mine, len(leads) > 0))
	case what == "全部":
		if !t.seesAll() {
			return t.reply(t.Voice.NotAllowed("考核 全部", t.Org.Holding("deputy")...))
		}
		return t.confide(t.Voice.ScoreOfAll(year, t.UnitScores(entries, nil)))
	case isUnit:
		if !t.seesAll() && !slices.Contains(leads, unit.ID) {
			return t.reply(t.Voice.NotAllowed("考核 "+unit.Name, unit.Head))
		}
		return t.confide(t.Voice.ScoreOfUnit(year, t.UnitScores(entries, []string{unit.ID})[0]))
	}
	if p, _, ok := t.findPerson(what); ok && p.ID != t.person {
		return t.reply(t.Voice.ScoreIsTheirOwn(p.ID))
	}
	return t.reply(t.Voice.AskScore())
}

func (t *turn) yearOf(year int) ([]score.Entry, error) {
	zone := t.Rules.Calendar.Zone()
	return t.Entries(time.Date(year, 1, 1, 0, 0, 0, 0, zone), time.Date(year+1, 1, 1, 0, 0, 0, 0, zone))
}

// confide says it here when the two are alone, else in private.
func (t *turn) confide(m bot.Message) error {
	if t.ev.Place.Direct() {
		return t.reply(m)
	}
	places := t.Private(t.person)
	if len(places) == 0 {
		return t.reply(t.Voice.AskInPrivate())
	}
	if err := t.sayIn(places[0], "private", m); err != nil {
		return err
	}
	return t.reply(t.Voice.ToldInPrivate())
}

// leads are the units the person heads.
func (t *turn) leads() []string {
	var out []string
	for _, u := range t.Org.Units {
		if u.Head == t.person {
			out = append(out, u.ID)
		}
	}
	return out
}

func (t *turn) seesAll() bool {
	return t.may("考核 全部", nil)
}

func (t *turn) unitNamed(text string) (roster.Unit, bool) {
	if text == "单位" {
		if leads := t.leads(); len(leads) > 0 {
			return t.Org.Unit(leads[0])
		}
	}
	n := slices.IndexFunc(t.Org.Units, func(u roster.Unit) bool { return text != "" && (u.Name == text || u.Full == text) })
	if n < 0 {
		return roster.Unit{}, false
	}
	return t.Org.Units[n], true
}

// instruct is 批示 内容: a leader's own, by their post; 批示 省级 内容 is one from outside that is put on record.
func instruct(t *turn) error {
	inc, err := t.target(t.involved)
	if inc == nil || err != nil {
		return err
	}
	rank, text := t.rank(inc)
	switch {
	case !t.MaySee(inc, t.person):
		return t.reply(t.Voice.NotFound(inc.Number))
	case rank == "":
		return t.mayNot("批示", inc)
	case text == "":
		return t.reply(t.Voice.NeedWords("批示 请质量部今天给出结论"))
	}
	if err := t.do(inc, incident.Act{Kind: incident.Instructed, About: rank, Text: text}); err != nil {
		return err
	}
	return t.tellHome("instructed", "批示", t.Voice.Instructed(inc))
}

// outside are the authorities whose instructions those who work on it put on record.
var outside = []struct{ word, rank string }{{"国家级", "nation"}, {"省级", "province"}, {"市级", "city"}, {"上级", "outside"}}

func (t *turn) rank(inc *incident.Incident) (rank, text string) {
	text = limit(zh.Clean(t.match.Rest))
	for _, o := range outside {
		if rest, ok := strings.CutPrefix(text, o.word); ok {
			if slices.Contains([]string{inc.Officer, inc.Tracker, inc.Head, inc.Deputy, inc.Chief}, t.person) {
				return o.rank, strings.Trim(rest, " ，,：:")
			}
			return "", ""
		}
	}
	switch {
	case t.person == inc.Chief, t.Org.Has(t.person, "chief"):
		return "chief", text
	case t.person == inc.Deputy, t.Org.Has(t.person, "deputy"):
		return "deputy", text
	case t.person == inc.Head, t.Org.Has(t.person, "head"):
		return "head", text
	}
	return "", ""
}

// use is 采用 专报: what a report was made use of for.
func use(t *turn) error {
	inc, err := t.target(t.involved)
	if inc == nil || err != nil {
		return err
	}
	kind := zh.Clean(t.match.Rest)
	switch {
	case !t.MaySee(inc, t.person):
		return t.reply(t.Voice.NotFound(inc.Number))
	case !t.may("采用", inc):
		return t.mayNot("采用", inc)
	case !slices.Contains(score.Uses, kind):
		return t.reply(t.Voice.AskUse(score.Uses))
	}
	if err := t.do(inc, incident.Act{Kind: incident.Used, About: kind}); err != nil {
		return err
	}
	return t.tellHome("used", "采用", t.Voice.Used(inc))
}

// joint is 联报 001 马越: somebody reported it together with its reporter.
func joint(t *turn) error {
	inc, err := t.target(t.involved)
	if inc == nil || err != nil {
		return err
	}
	if !t.may("联报", inc) {
		return t.mayNot("联报", inc)
	}
	with, _, err := t.personIn(t.match.Rest, "联报 马越")
	if with == nil || err != nil {
		return err
	}
	if err := t.do(inc, incident.Act{Kind: incident.Joined, Person: with.ID}); err != nil {
		return err
	}
	return t.tellHome("joint", "联报", t.Voice.Joined(inc))
}
