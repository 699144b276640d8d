package handlers

import "fenghuo/internal/incident"

// may asks the matrix of rights for the person who spoke.
func (t *turn) may(act string, inc *incident.Incident) bool { return t.May(act, inc, t.person) }

// mayNot names who may.
func (t *turn) mayNot(act string, inc *incident.Incident) error {
	return t.reply(t.Voice.NotAllowed(act, t.First(act, inc)...))
}
