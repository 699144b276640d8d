package desk

import (
	"fmt"
	"slices"

	"fenghuo/internal/incident"
)

// LevelJudges are those who decide about a change of level that somebody else wants, who is to be asked
// first: for one step the officer, to or from level I and for more than a step the head and the deputy.
func (d *Desk) LevelJudges(inc *incident.Incident, from, to incident.Level, asker string) []string {
	judges := []string{inc.Officer, inc.Head, inc.Deputy, inc.Chief}
	if grave(from, to) {
		judges = []string{inc.Head, inc.Deputy, inc.Chief}
	}
	return slices.DeleteFunc(judges, func(p string) bool { return p == "" || p == asker })
}

// LevelAlone reports whether a person's own word is enough for a change of level.
func (d *Desk) LevelAlone(inc *incident.Incident, from, to incident.Level, person string) bool {
	if grave(from, to) {
		return person == inc.Chief
	}
	return slices.Contains([]string{inc.Officer, inc.Head, inc.Deputy, inc.Chief}, person)
}

// grave is a change that takes more than the officer.
func grave(from, to incident.Level) bool {
	return from == incident.LevelI || to == incident.LevelI || max(from-to, to-from) > 1
}

// TellRaised tells those who hear of the new level at once and did not of the one before.
func (w *Work) TellRaised(inc *incident.Incident, from incident.Level, by string) error {
	told := map[string]bool{inc.Officer: true, by: true}
	for _, role := range w.Rules.Policy.Levels[from].AtOnce {
		for _, person := range w.Holders(inc, role) {
			told[person] = true
		}
	}
	for _, role := range w.Rules.Policy.Levels[inc.Level.Current].AtOnce {
		for _, person := range w.Holders(inc, role) {
			if told[person] {
				continue
			}
			told[person] = true
			err := w.Direct(inc, person, Told{Purpose: fmt.Sprintf("raised/%d", inc.Acts), Reason: "升级即告知", Message: w.Voice.ToldRaised(inc, from, by, w.Now)})
			if err != nil {
				return err
			}
		}
	}
	return nil
}
