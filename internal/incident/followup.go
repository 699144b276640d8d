package incident

import (
	"strings"
	"time"
	"unicode"
)

// followUp files the follow-up that is due next: one filing, one slot.
func (i *Incident) followUp(r Rules, a Act) error {
	if err := i.live(); err != nil {
		return err
	}
	if i.Slot.N == 0 {
		return i.refuseWho(NoSlot, i.Officer, i.CalmAt)
	}
	if last, dup := i.filedAlready(r, a); dup {
		e := i.refuseWho(FollowUpDuplicate, last.By, last.At)
		e.Slot = last.N
		return e
	}
	verdict, note := i.judgeSlot(r, a.At)
	i.closeSlot(r, FollowUp{N: i.Slot.N, Due: i.Slot.Due, At: a.At, By: a.By, Text: a.Text, Verdict: verdict, Note: note})
	i.Counts = append(i.Counts, a.Counts...)
	i.raisePeak(a)
	if i.State == Acked || i.State == Verifying || i.State == Reopened {
		i.State = Handling
	}
	return nil
}

// filedAlready recognises a second filing for a slot that was just filled: until the slot's grace is
// over, or with the same words, it is not meant for the next one.
func (i *Incident) filedAlready(r Rules, a Act) (FollowUp, bool) {
	if len(i.FollowUps) == 0 {
		return FollowUp{}, false
	}
	last := i.FollowUps[len(i.FollowUps)-1]
	if last.At.IsZero() {
		return last, false
	}
	until := r.due(i.Level.Current, latest(last.Due, last.At), r.Policy.Levels[i.Level.Current].Grace)
	if a.At.Before(until) && !i.Slot.Inserted { // a change since then is told of by a filing of its own
		return last, true
	}
	return last, plain(a.Text) != "" && plain(a.Text) == plain(last.Text)
}

func plain(s string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			return c
		}
		return -1
	}, s)
}

// judgeSlot: within the grace counts as on time; an outage that moved the grace is said.
func (i *Incident) judgeSlot(r Rules, at time.Time) (Verdict, string) {
	switch {
	case !minute(at).After(i.Slot.Due):
		if i.Slot.Extended {
			return OnTime, "延期"
		}
		return OnTime, ""
	}
	return r.judgeOverdue(i.Level.Current, i.Slot.Due, i.Slot.Nag, at)
}

// judgeOverdue: what was due is filed after that.
func (r Rules) judgeOverdue(l Level, due time.Time, nag Nag, at time.Time) (Verdict, string) {
	grace := r.due(l, due, r.Policy.Levels[l].Grace)
	switch {
	case nag.Outage && !minute(at).After(nag.GraceTo):
		return OnTime, "停机顺延"
	case !minute(at).After(latest(grace, nag.GraceTo)):
		return OnTime, "宽限内"
	case nag.GraceTo.IsZero():
		return Excused, "催办未送达，不计"
	}
	return Late, ""
}

// missSlot closes a slot nobody filled when the reminder for the next one goes out.
func (i *Incident) missSlot(r Rules, a Act) error {
	if err := i.live(); err != nil {
		return err
	}
	if i.Slot.N != a.Slot || i.Slot.N == 0 {
		return i.refuse(NoSlot)
	}
	if a.At.Before(i.Slot.GraceTo) {
		return i.refuse(NoRisk)
	}
	if i.Slot.GraceTo.IsZero() {
		i.closeSlot(r, FollowUp{N: i.Slot.N, Due: i.Slot.Due, Verdict: Excused, Note: "催办未送达，不计"})
		return nil
	}
	i.giveUpSlot(r, a.At)
	return nil
}

// giveUpSlot closes the open slot as missed. A risk already judged stays as it was judged.
func (i *Incident) giveUpSlot(r Rules, at time.Time) {
	about := SlotName(i.Slot.N)
	i.missedRisk(i.Risk(i.Slot.Risk), at, about, i.Tracker, about+"整个时段未报")
	i.closeSlot(r, FollowUp{N: i.Slot.N, Due: i.Slot.Due, Verdict: Missed})
}

func (i *Incident) closeSlot(r Rules, f FollowUp) {
	i.FollowUps = append(i.FollowUps, f)
	i.lapseExtension()
	after := latest(i.Slot.Nominal, i.Slot.Due)
	i.Slot = Slot{N: f.N + 1}
	i.planSlot(r, after)
	if i.Slot.N > 0 && i.Slot.Due.Before(f.At) {
		i.planSlot(r, f.At) // filed so late that it covers the next one, too
	}
}

// slotMissedAt is when the open slot closes unfilled: when the reminder for the one after it goes out.
func (i *Incident) slotMissedAt(r Rules) time.Time {
	next, _ := r.nextSlot(i.Level.Current, i.Anchor, latest(i.Slot.Nominal, i.Slot.Due))
	return r.before(i.Level.Current, next, r.Policy.Levels[i.Level.Current].Remind)
}

// SlotName is 续报一, 续报二 … 续报十二.
func SlotName(n int) string { return "续报" + numeral(n) }

func numeral(n int) string {
	digits := []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	switch {
	case n < 10:
		return digits[n]
	case n < 20:
		return "十" + digits[n%10]
	case n < 100:
		return digits[n/10] + "十" + digits[n%10]
	}
	out := digits[n/100%10] + "百"
	switch rest := n % 100; {
	case rest == 0:
	case rest < 10:
		out += "零" + digits[rest]
	default:
		out += digits[rest/10] + "十" + digits[rest%10]
	}
	return out
}

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
