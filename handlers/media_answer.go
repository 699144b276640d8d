package handlers

import (
	"regexp"
	"strconv"
	"strings"

	"fenghuo/bot"
	"fenghuo/handlers/desk"
	"fenghuo/internal/incident"
	"fenghuo/internal/notice"
	"fenghuo/internal/zh"
)

// answerPress is 答复M-1 内容 and 答复M-1 用口径v1: it closes an inquiry. Without a number it is one only where it
// is unmistakable; among people it is talk.
func answerPress(t *turn) error {
	glued := t.match.Rest != "" && !apart(t.ev.Text, t.match.Rest)
	id, text := t.inquiryID()
	if id == "" && (glued || !t.ev.ToBot && !t.ev.Place.Direct()) {
		return t.talk()
	}
	a, err := t.inquiry(id, "答复", func(a notice.Asked) bool { return t.MayAnswerPress(a, t.person) })
	if a == nil || err != nil {
		return err
	}
	if !t.MayAnswerPress(*a, t.person) {
		return t.reply(t.Voice.NotAllowed("答复", t.answerers(*a)...))
	}
	version, words, named := cutVersion(zh.Clean(text))
	switch {
	case a.Open() && named && !t.maySpeakBy(a.Incident, version):
		return t.reply(t.Voice.NotInForce(a.Incident, a.Inquiry, t.Now))
	case a.Open() && !named && words == "":
		return t.reply(t.Voice.AskAnswer(a.Incident, a.Inquiry))
	}
	act := incident.Act{Kind: incident.InquiryAnswered, Text: limit(zh.Mask(words)), Inquiry: &incident.Inquiry{TalkingPoints: version}}
	if err := t.inquire(a, act); err != nil {
		return err
	}
	if err := t.outdated("已答复", offersOf(*a)...); err != nil {
		return err
	}
	m := t.Voice.InquiryAnswered(a.Incident, a.Inquiry, t.Now)
	if err := t.tellThoseWhoWait(*a, m); err != nil {
		return err
	}
	return t.answerHome(*a, "media-answered", m)
}

// answerers are those who may note the answer, who is asked first.
func (t *turn) answerers(a notice.Asked) []string {
	if a.Incident != nil {
		return []string{a.Answerer, a.Incident.Officer}
	}
	return []string{a.Answerer}
}

// tellThoseWhoWait tells the answerer when another noted the answer, and who took the question elsewhere than
// in the conversation of its incident.
func (t *turn) tellThoseWhoWait(a notice.Asked, m bot.Message) error {
	people := []string{a.Answerer}
	if (a.Incident == nil || a.Was != "" && !a.Incident.Confidential) && a.By != a.Answerer {
		people = append(people, a.By)
	}
	for _, person := range people {
		if person == t.person {
			continue
		}
		if err := t.TellPress(a, person, "answered", m); err != nil {
			return err
		}
	}
	return nil
}

var talkingPoints = regexp.MustCompile(`(?:按照?|用|依照?|根据)?\s*(?:第\s*(\d{1,3})\s*版\s*口径|口径\s*(?:[vV]\s*|第\s*)?(\d{0,3})\s*版?)`)

// cutVersion takes 用口径v1 out of an answer. named: talking points are spoken of, whether with a version or not.
func cutVersion(text string) (version int, words string, named bool) {
	at := talkingPoints.FindStringSubmatchIndex(text)
	if at == nil {
		return 0, text, false
	}
	for _, group := range [][2]int{{at[2], at[3]}, {at[4], at[5]}} {
		if group[0] >= 0 {
			version, _ = strconv.Atoi(text[group[0]:group[1]])
		}
	}
	if before := text[:at[0]]; version == 0 && strings.TrimSpace(before) != "" { // 口径已经发给对方: only spoken of
		return 0, text, false
	}
	return version, strings.Trim(text[:at[0]]+" "+text[at[1]:], " ，,。：:；;"), true
}

// maySpeakBy reports whether an answer may cite a version of an incident's talking points: one that was in
// force when it was given. A question that belongs to no incident has none.
func (t *turn) maySpeakBy(inc *incident.Incident, version int) bool {
	if inc == nil {
		return false
	}
	p := inc.TalkInForce(t.at)
	return p != nil && p.Version == version
}

// passPress is 转给 M-1 王蕾: somebody else answers the press.
func (t *turn) passPress(id, text string) error {
	a, err := t.inquiry(id, "转给", nil)
	if a == nil || err != nil {
		return err
	}
	if !t.MayAnswerPress(*a, t.person) {
		return t.reply(t.Voice.NotAllowed("转给", t.answerers(*a)...))
	}
	if strings.TrimSpace(text) == "" && a.Open() {
		return t.reply(t.Voice.AskAnswerer(a.Incident, a.Inquiry, t.nearPress(*a)))
	}
	to, _, err := t.personIn(text, "转给 "+a.ID+" 王蕾")
	if to == nil || err != nil {
		return err
	}
	if err := t.inquire(a, incident.Act{Kind: incident.InquiryPassed, Person: to.ID}); err != nil {
		return err
	}
	if err := t.outdated("已转给"+to.Name, offersOf(*a)[1]); err != nil {
		return err
	}
	if err := t.tellAnswerer(*a, "passed"); err != nil {
		return err
	}
	return t.answerHome(*a, "media-passed", t.Voice.InquiryPassed(a.Incident, a.Inquiry, t.Now))
}

// nearPress are those who may answer instead.
func (t *turn) nearPress(a notice.Asked) []string {
	near := []string{t.Org.Functions["公关"]}
	if inc := a.Incident; inc != nil {
		near = []string{inc.Officer, inc.Backup, inc.Head, inc.Tracker}
	}
	return desk.Others(append(near, t.Org.Holding("approver")...), a.Answerer)
}
