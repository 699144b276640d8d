package incident

import (
	"slices"
	"time"

	"fenghuo/internal/zh"
)

// add takes what people supplement: fields of the form, figures, evidence, words. A material change
// makes a follow-up due.
func (i *Incident) add(r Rules, a Act) error {
	if i.State.Over() {
		return i.refuseWho(Over, "", i.ClosedAt)
	}
	i.Confidential = i.Confidential || a.Restrict
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
	i.fillElements(r, a)
	i.reviewAfterCalm(r)
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
func (i *Incident) fillElements(r Rules, a Act) {
	if a.Whole {
		i.Elements.Missing = append([]string{}, a.Missing...)
	}
	if len(i.Elements.Missing) > 0 || !i.Elements.At.IsZero() || i.State == Draft {
		return
	}
	i.Elements.At = a.At
	if i.Elements.Verdict != Missed { // that stays
		i.Elements.Verdict = i.judgeElements(r, a.At)
	}
}

func (i *Incident) judgeElements(r Rules, at time.Time) Verdict {
	l, due := i.Level.Current, i.Elements.Due
	if due.IsZero() || !minute(at).After(due) {
		return OnTime
	}
	if v, _ := r.judgeOverdue(l, due, i.Elements.Nag, at); v != Late {
		return v
	}
	return verdictOf(at, due, r.due(l, due, r.Policy.Levels[l].Elements))
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
		if tells(text, w) {
			return w, true
		}
	}
	if g := i.Growth(counts); p.MaterialGrowth > 1 && g >= p.MaterialGrowth {
		return "传播数据翻倍", true
	}
	return "", false
}

// tells reports whether text holds word anywhere without denying it just before.
func tells(text, word string) bool {
	for range zh.Says(text, word, 4) {
		return true
	}
	return false
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
	i.lapseExtension()
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
