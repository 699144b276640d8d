package incident

import (
	"slices"
	"strings"
	"time"
)

// add takes what people supplement: fields of the form, figures, evidence, words. A material change
// makes a follow-up due.
func (i *Incident) add(r Rules, a Act) error {
	if i.State.Over() {
		return i.refuseWho(Over, "", i.ClosedAt)
	}
	if a.Facts != nil {
		i.setFacts(*a.Facts)
	}
	for _, ans := range a.Answers {
		i.setAnswer(ans)
	}
	i.Counts = append(i.Counts, a.Counts...)
	i.Evidence = append(i.Evidence, numbered(i.Evidence, a.Evidence)...)
	if a.Text != "" {
		i.Notes = append(i.Notes, Note{At: a.At, By: a.By, Text: a.Text, Material: a.Material})
	}
	i.fillElements(a)
	i.raisePeak(a)
	if a.Material && i.State != Draft {
		i.change(r, a)
	}
	return nil
}

func (i *Incident) setAnswer(ans Answer) {
	at := slices.IndexFunc(i.Answers, func(have Answer) bool { return have.Key == ans.Key })
	if at >= 0 {
		i.Answers[at] = ans
		return
	}
	i.Answers = append(i.Answers, ans)
}

func numbered(have, more []Evidence) []Evidence {
	out := slices.Clone(more)
	for n := range out {
		out[n].ID = evidenceID(len(have) + n + 1)
	}
	return out
}

// fillElements notes which required elements are still missing; with none left the duty is done.
func (i *Incident) fillElements(a Act) {
	if a.Whole {
		i.Elements.Missing = append([]string{}, a.Missing...)
	}
	if len(i.Elements.Missing) > 0 || !i.Elements.At.IsZero() || i.State == Draft {
		return
	}
	i.Elements.At = a.At
	i.Elements.Verdict = OnTime
	if !i.Elements.Due.IsZero() && !i.withinGrace(a.At) {
		i.Elements.Verdict = verdictOf(a.At, i.Elements.Due, i.Elements.Due.Sub(i.FoundAt))
	}
}

func (i *Incident) withinGrace(at time.Time) bool {
	return !minute(at).After(i.Elements.Due) || i.Elements.GraceTo.IsZero() || !minute(at).After(i.Elements.GraceTo)
}

// raisePeak moves the last peak when a figure grew or the change is material.
func (i *Incident) raisePeak(a Act) {
	if a.Material || i.Growth(a.Counts) > 1 {
		i.PeakAt = a.At
	}
}

// Growth is the largest factor by which new figures exceed the highest known before them; figures
// without a predecessor count as no growth.
func (i *Incident) Growth(counts []Count) float64 {
	most := 1.0
	for _, c := range counts {
		before := int64(0)
		for _, old := range i.Counts {
			if old.Kind == c.Kind && old.At.Before(c.At) {
				before = max(before, old.Value)
			}
		}
		if before > 0 {
			most = max(most, float64(c.Value)/float64(before))
		}
	}
	return most
}

// IsMaterial reports whether words and figures tell of a material change, and which of them does.
func (i *Incident) IsMaterial(p *Policy, text string, counts []Count) (why string, material bool) {
	for _, w := range p.Material {
		if strings.Contains(text, w) && !negated(text, w) {
			return w, true
		}
	}
	if g := i.Growth(counts); p.MaterialGrowth > 1 && g >= p.MaterialGrowth {
		return "传播数据翻倍", true
	}
	return "", false
}

// negated: 没有记者, 无人员受伤, 未上热搜 tell of no change.
func negated(text, word string) bool {
	before := []rune(text[:strings.Index(text, word)])
	tail := string(before[max(0, len(before)-4):])
	return strings.ContainsAny(tail, "无没未不")
}

// change makes the follow-up on a material change due. When the slot due next is near, that one covers it.
func (i *Incident) change(r Rules, a Act) {
	l := i.Level.Current
	lp := r.Policy.Levels[l]
	quiet := lp.Quiet == QuietDefer && r.InQuiet(a.At) && r.InQuiet(i.Material.At) && a.At.Sub(i.Material.At) < 12*time.Hour
	m := Material{At: a.At, Text: a.Text, Wanted: r.due(l, a.At, lp.Material), Quiet: quiet}
	m.Due = r.deferred(l, m.Wanted)
	defer func() { i.Material = m }()
	if i.Slot.N == 0 {
		return // nobody tracks yet, or the incident has calmed: people are told, no clock runs
	}
	if !i.Slot.Due.After(m.Due.Add(mergeWithin(lp))) {
		m.Merged = true
		return
	}
	i.Slot = Slot{N: i.Slot.N, Nominal: m.Due, Due: m.Due, Inserted: true, Reason: "情况有变"}
}

// mergeWithin is how close behind a due time the next slot covers it as well.
func mergeWithin(lp LevelPolicy) time.Duration {
	if lp.Remind.Work || lp.Remind.Workdays > 0 {
		return time.Hour
	}
	return lp.Remind.D
}

func evidenceID(n int) string { return "E-" + itoa(n) }
