package incident

import (
	"slices"
	"time"
)

// Instruction is what a leader wrote on a report (批示).
type Instruction struct {
	Rank string    `json:"rank"` // head, deputy, chief, outside, city, province, nation
	Text string    `json:"text"`
	By   string    `json:"by"` // who wrote it, or recorded one from outside
	At   time.Time `json:"at"`
}

// Use is what a report was made use of for (采用).
type Use struct {
	Kind string    `json:"kind"` // 专报, 送阅, 约稿, 综合, 备查
	By   string    `json:"by"`
	At   time.Time `json:"at"`
}

// instruct notes an instruction, also on what is closed.
func (i *Incident) instruct(_ Rules, a Act) error {
	if i.State == Draft || i.State == Withdrawn || i.State == Abandoned {
		return i.refuse(NotSubmitted)
	}
	i.Instructions = append(i.Instructions, Instruction{Rank: a.About, Text: a.Text, By: a.By, At: a.At})
	return nil
}

// join notes that Person reported it, too; what it earns is shared.
func (i *Incident) join(_ Rules, a Act) error {
	switch {
	case i.State == Draft || i.State == Withdrawn || i.State == Abandoned:
		return i.refuse(NotSubmitted)
	case a.Person == i.Reporter || slices.Contains(i.Joint, a.Person):
		return i.refuseWho(AnsweredAlready, a.Person, i.ReportedAt)
	}
	i.Joint = append(slices.Clone(i.Joint), a.Person)
	return nil
}

// use notes what a report was made use of for; each use once.
func (i *Incident) use(_ Rules, a Act) error {
	if i.State == Draft || i.State == Withdrawn || i.State == Abandoned {
		return i.refuse(NotSubmitted)
	}
	for _, u := range i.Uses {
		if u.Kind == a.About {
			return i.refuseWho(AnsweredAlready, u.By, u.At)
		}
	}
	i.Uses = append(i.Uses, Use{Kind: a.About, By: a.By, At: a.At})
	return nil
}
