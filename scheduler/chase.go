package scheduler

import (
	"fmt"
	"time"

	"fenghuo/bot"
	"fenghuo/handlers/desk"
	"fenghuo/internal/incident"
	"fenghuo/internal/notice"
)

// chase is what an incident's clock makes the bot do.
type chase struct {
	*desk.Work
	inc *incident.Incident
}

func (c *chase) fire(k incident.Clock) error {
	if k.About == incident.AboutTask {
		return c.nudgeTask(k)
	}
	switch k.Kind {
	case incident.ClockCall:
		return c.call()
	case incident.ClockLadder:
		return c.ladder(k)
	case incident.ClockRemind:
		return c.remind(k)
	case incident.ClockDue:
		return c.due(k)
	case incident.ClockRisk:
		return c.risk(k)
	case incident.ClockSecond:
		return c.second(k)
	case incident.ClockMissed:
		return c.missed(k)
	case incident.ClockLapse:
		return c.lapse()
	case incident.ClockInquiry:
		return c.AskAnswer(&notice.Asked{Incident: c.inc, Inquiry: *c.inc.Inquiry(k.About)}, k.N)
	case incident.ClockTalk:
		return c.lapseTalk(k)
	case incident.ClockAppeal:
		return c.settleFinding(k)
	}
	return fmt.Errorf("clock %q is not known", k.Kind)
}

// call is the first @ of an officer who was not to be disturbed before; the roster is asked anew.
func (c *chase) call() error {
	as, err := c.Assign(c.inc.Unit, c.inc.Nature, c.inc.Level.Current, c.Now)
	if err != nil {
		return err
	}
	return c.Announce(c.inc, &as, func(inc *incident.Incident) bot.Message {
		return c.Voice.Call(inc, c.Now, "")
	})
}

// ladder climbs one rung: those it names are called where the incident lives, from the third step on in private.
func (c *chase) ladder(k incident.Clock) error {
	rung, err := c.Rules.Rung(c.inc.Level.Current, k.N)
	if err != nil {
		return err
	}
	called := c.called(rung.Tell)
	act := incident.Act{Kind: incident.CalledOn, Step: k.N, Due: k.At, Called: called}
	risks := len(c.inc.Risks)
	if err := c.Do(c.inc, act); err != nil {
		return err
	}
	purpose := fmt.Sprintf("ack/step-%d", k.N)
	if c.inc.Ack.Repeats > 0 {
		purpose += fmt.Sprintf("-%d", c.inc.Ack.Repeats)
	}
	since := c.Now.Truncate(time.Minute).Sub(c.calledSince().Truncate(time.Minute))
	if err := c.ladderHome(rung, k.N, purpose, called, since); err != nil {
		return err
	}
	if err := c.ladderDirect(rung, k.N, purpose, called, since); err != nil {
		return err
	}
	if len(c.inc.Risks) > risks {
		return c.tellRisk(c.inc.Risks[risks], 0)
	}
	return nil
}

func (c *chase) called(roles []incident.Role) []incident.Called {
	var out []incident.Called
	for _, role := range roles {
		for _, person := range c.Holders(c.inc, role) {
			out = append(out, incident.Called{Person: person, Role: role})
		}
	}
	return out
}

// calledSince is when the clock began to run, or, while nobody has been reached, when the first was called.
func (c *chase) calledSince() time.Time {
	if from := c.inc.Ack.From; !from.IsZero() {
		return from
	}
	return c.inc.Ack.Called[0].At
}

// ladderHome calls those the step names where the incident lives; from the third step on it names them
// without calling, since they are asked in private. Whom no private message calls as well is reached by
// the next channel when this one fails.
func (c *chase) ladderHome(rung incident.Step, step int, purpose string, called []incident.Called, since time.Duration) error {
	told := desk.Told{Purpose: purpose, Reason: "未签收催办", Message: c.Voice.Ladder(c.inc, step, ids(called), since, step >= 3)}
	if step < 3 && len(called) > 0 {
		told.Starts = desk.Calls(c.inc, step)
		if !rung.Direct {
			told.Reach = ids(called)
		}
	}
	return c.Home(c.inc, told)
}

// ladderDirect calls in private; each message reaches its person by whatever channel works.
func (c *chase) ladderDirect(rung incident.Step, step int, purpose string, called []incident.Called, since time.Duration) error {
	urgent := ids(c.called(rung.Urgent))
	var private []string
	if rung.Direct || step >= 3 {
		private = ids(called)
	}
	for _, person := range union(private, urgent) {
		m := c.Voice.LadderDirect(c.inc, person, step, since)
		if push := c.push(step, person); has(urgent, person) && push != "" {
			m.Urgent, m.Push = []string{person}, push
		} else if !has(private, person) {
			continue
		}
		told := desk.Told{Purpose: purpose, Reason: "未签收催办", Message: m}
		if has(ids(called), person) {
			told.Starts = desk.Calls(c.inc, step)
		}
		if err := c.Direct(c.inc, person, told); err != nil {
			return err
		}
	}
	return nil
}

// push is how strongly a person is pushed to now: in the app first, by SMS and at last by phone while they
// leave unread what was said before. After the call there is nothing stronger left, and it is not repeated.
func (c *chase) push(step int, person string) string {
	times := 0
	for n := 1; n <= step; n++ {
		rung, err := c.Rules.Rung(c.inc.Level.Current, n)
		if err == nil && has(ids(c.called(rung.Urgent)), person) {
			times++
		}
	}
	if times > 0 {
		times += c.inc.Ack.Repeats
	}
	switch {
	case times == 0, times > len(pushes):
		return ""
	case times == 1 || !c.inc.Unread(person):
		return bot.PushApp
	}
	return pushes[times-1]
}

var pushes = []string{bot.PushApp, bot.PushSMS, bot.PushPhone}

func (c *chase) remind(k incident.Clock) error {
	if err := c.Do(c.inc, incident.Act{Kind: incident.Reminded, About: k.About, Slot: k.N}); err != nil {
		return err
	}
	return c.Home(c.inc, desk.Told{Purpose: c.purpose("remind", k), Reason: "到期前提醒", Message: c.Voice.Remind(c.inc, k.About, c.Now)})
}

func (c *chase) due(k incident.Clock) error {
	if err := c.Do(c.inc, incident.Act{Kind: incident.DueSaid, About: k.About, Slot: k.N, Due: k.Due}); err != nil {
		return err
	}
	return c.Home(c.inc, desk.Told{Purpose: c.purpose("due", k), Reason: "到期", Starts: fmt.Sprintf("due/%s/%d", k.About, k.N),
		Reach: []string{k.Person}, Message: c.Voice.Due(c.inc, k.About)})
}

func (c *chase) risk(k incident.Clock) error {
	if err := c.Do(c.inc, incident.Act{Kind: incident.RiskOpened, About: k.About, Slot: k.N, Person: k.Person}); err != nil {
		return err
	}
	return c.tellRisk(c.inc.Risks[len(c.inc.Risks)-1], c.Now.Truncate(time.Minute).Sub(k.Due.Truncate(time.Minute)))
}

// tellRisk says a risk where the incident lives and to the head in private.
func (c *chase) tellRisk(r incident.Risk, over time.Duration) error {
	told := desk.Told{Purpose: "risk/" + r.ID, Reason: r.Reason, Message: c.Voice.Risk(c.inc, r, over)}
	if err := c.Home(c.inc, told); err != nil {
		return err
	}
	if c.inc.Head == "" || c.inc.Head == r.Person {
		return nil
	}
	told.Message = c.Voice.RiskToHead(c.inc, r, over)
	return c.Direct(c.inc, c.inc.Head, told)
}

func (c *chase) second(k incident.Clock) error {
	if err := c.Do(c.inc, incident.Act{Kind: incident.RiskSecond, Slot: k.N, Risk: c.inc.Slot.Risk}); err != nil {
		return err
	}
	if c.inc.Head == "" {
		return nil
	}
	return c.Direct(c.inc, c.inc.Head, desk.Told{Purpose: "second/" + c.inc.Slot.Risk, Reason: "仍未续报", Message: c.Voice.RiskSecond(c.inc, c.Now)})
}

// missed gives a slot up, or tells that elements stayed empty.
func (c *chase) missed(k incident.Clock) error {
	if k.About == incident.AboutElements {
		act := incident.Act{Kind: incident.RiskOpened, About: k.About, Nag: "missed"}
		if err := c.Do(c.inc, act); err != nil {
			return err
		}
		return c.Home(c.inc, desk.Told{Purpose: "missed/elements", Reason: k.Reason, Message: c.Voice.ElementsMissed(c.inc, *c.inc.Risk(c.inc.Elements.Risk))})
	}
	if k.About == incident.AboutFinal {
		return c.hardStop(k)
	}
	risk := c.inc.Slot.Risk
	if err := c.Do(c.inc, incident.Act{Kind: incident.SlotMissed, Slot: k.N}); err != nil {
		return err
	}
	gone := c.inc.FollowUps[len(c.inc.FollowUps)-1]
	if gone.Verdict != incident.Missed {
		return nil // nobody was reminded: no fault, no word
	}
	if risk == "" {
		risk = c.inc.Risks[len(c.inc.Risks)-1].ID
	}
	return c.Home(c.inc, desk.Told{Purpose: fmt.Sprintf("missed/slot/%d", k.N), Reason: k.Reason, Message: c.Voice.Missed(c.inc, k.N, *c.inc.Risk(risk))})
}

// hardStop tells the tracker, and those above in private, that the last day for the final report has passed.
func (c *chase) hardStop(k incident.Clock) error {
	if err := c.Do(c.inc, incident.Act{Kind: incident.HardStopped}); err != nil {
		return err
	}
	risk := *c.inc.Risk(c.inc.Final.Risk)
	if err := c.Home(c.inc, desk.Told{Purpose: "hard-stop", Reason: k.Reason, Message: c.Voice.HardStop(c.inc, risk)}); err != nil {
		return err
	}
	for _, leader := range union([]string{c.inc.Head}, []string{c.inc.Deputy}) {
		if leader == "" || leader == risk.Person {
			continue
		}
		told := desk.Told{Purpose: "hard-stop", Reason: k.Reason, Message: c.Voice.HardStopToLeader(c.inc, risk)}
		if err := c.Direct(c.inc, leader, told); err != nil {
			return err
		}
	}
	return nil
}

func (c *chase) lapse() error {
	was := c.inc.Level.Current
	if err := c.Do(c.inc, incident.Act{Kind: incident.LevelLapsed}); err != nil {
		return err
	}
	return c.Home(c.inc, desk.Told{Purpose: fmt.Sprintf("lapse/%d", c.inc.Acts), Reason: "临时升级未确认", Message: c.Voice.LevelLapsed(c.inc, was)})
}

// lapseTalk ends talking points whose time is over and asks for new ones.
func (c *chase) lapseTalk(k incident.Clock) error {
	if err := c.Do(c.inc, incident.Act{Kind: incident.TalkOver}); err != nil {
		return err
	}
	told := desk.Told{Purpose: fmt.Sprintf("talk-lapsed/%d", k.N), Reason: "口径到期", Message: c.Voice.TalkLapsed(c.inc, c.inc.Talk.Versions[k.N-1])}
	return c.Home(c.inc, told)
}

// settleFinding makes a finding final that nobody appealed against.
func (c *chase) settleFinding(k incident.Clock) error {
	id := fmt.Sprintf("I-%d", k.N)
	if err := c.Do(c.inc, incident.Act{Kind: incident.FindingSettled, Finding: id}); err != nil {
		return err
	}
	f := *c.inc.Finding(id)
	return c.TellFinding(c.inc, f, "settled", c.Voice.FindingSettled(c.inc, f), f.Person)
}

func (c *chase) purpose(what string, k incident.Clock) string {
	p := fmt.Sprintf("%s/%s/%d", what, k.About, k.N)
	if k.About == incident.AboutSlot && c.inc.Slot.Extended {
		p += "/extended"
	}
	return p
}

func ids(called []incident.Called) []string {
	var out []string
	for _, c := range called {
		if !has(out, c.Person) {
			out = append(out, c.Person)
		}
	}
	return out
}

func union(a, b []string) []string {
	out := append([]string{}, a...)
	for _, v := range b {
		if !has(out, v) {
			out = append(out, v)
		}
	}
	return out
}

func has(list []string, v string) bool {
	for _, have := range list {
		if have == v {
			return true
		}
	}
	return false
}
