package desk

import (
	"slices"

	"fenghuo/internal/incident"
)

// TalkChain is who has to agree to talking points at the incident's level: the holders of the roles the
// policy names, the head where it names nobody who is there.
func (w *Work) TalkChain(inc *incident.Incident) []incident.Called {
	var chain []incident.Called
	for _, role := range w.Rules.Policy.Levels[inc.Level.Current].TalkingBy {
		for _, person := range w.Holders(inc, role) {
			if !slices.ContainsFunc(chain, func(c incident.Called) bool { return c.Person == person }) {
				chain = append(chain, incident.Called{Person: person, Role: role})
			}
		}
	}
	if len(chain) > 0 {
		return chain
	}
	if inc.Head != "" {
		return []incident.Called{{Person: inc.Head, Role: incident.RoleHead}}
	}
	return []incident.Called{{Person: inc.Officer, Role: incident.RoleOfficer}}
}
