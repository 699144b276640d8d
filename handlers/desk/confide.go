package desk

import (
	"slices"

	"fenghuo/bot"
	"fenghuo/internal/incident"
)

// confide is Home of a confidential incident, which has no place where others read along: everybody it
// concerns hears it in private. What delivery starts, each message to one who must be reached or is mentioned starts.
func (w *Work) confide(inc *incident.Incident, t Told) error {
	people := slices.Concat(t.Reach, t.Message.Mentions, []string{inc.Reporter, inc.Officer})
	if inc.Acked() {
		people = append(people, inc.Tracker)
	}
	t.Purpose = "confided/" + t.Purpose
	told := map[string]bool{"": true, t.But: true}
	for _, person := range people {
		if told[person] {
			continue
		}
		told[person] = true
		own := t
		if !slices.Contains(t.Reach, person) && !slices.Contains(t.Message.Mentions, person) {
			own.Starts = ""
		}
		if err := w.Direct(inc, person, own); err != nil {
			return err
		}
	}
	return nil
}

// Confided is the place of a conversation about an incident: of a confidential one, a person's private
// chat instead of a group.
func Confided(inc *incident.Incident, place bot.Place, person string) bot.Place {
	if inc == nil || !inc.Confidential || place.Direct() {
		return place
	}
	return bot.Place{Platform: place.Platform, Person: person}
}
