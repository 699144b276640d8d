package desk

import (
	"errors"
	"fmt"

	"fenghuo/bot"
	"fenghuo/internal/incident"
	"fenghuo/store"
)

// Told is a message with why it exists. Purpose is unique within the incident.
type Told struct {
	Purpose string
	Reason  string
	Starts  string   // what its delivery starts: call/0/12, due/slot/2
	Reach   []string // who must be reached: the next channel is private to each of them
	But     string   // of a confidential incident: who hears it already
	Heard   string   // the key of the place where it is said already
	Message bot.Message
}

// Home says something where the incident lives, and in the group that was made for it.
func (w *Work) Home(inc *incident.Incident, t Told) error {
	if inc.Confidential {
		return w.confide(inc, t)
	}
	post := w.post(inc, t)
	post.Place = Place(inc.Home)
	post.Message.Opens = post.Message.Lives && post.Place.Thread == ""
	if t.Starts != "" {
		for _, person := range t.Reach {
			post.Fallback = append(post.Fallback, w.Private(person)...)
		}
	}
	if _, err := w.Tx.Post(post); err != nil {
		return err
	}
	return errors.Join(w.whisper(inc, t), w.Echo(inc, t))
}

// Direct says something to one person in private. A person who cannot be reached at all is noted in
// the ledger.
func (w *Work) Direct(inc *incident.Incident, person string, t Told) error {
	places := w.Private(person)
	if len(places) == 0 {
		return w.Note("", "unreachable", Subject(inc.Number), map[string]string{"person": person, "purpose": t.Purpose})
	}
	post := w.post(inc, t)
	post.Key += "/" + person
	post.Place, post.To = places[0], person
	if t.Starts != "" {
		post.Fallback = places[1:]
	}
	_, err := w.Tx.Post(post)
	return err
}

func (w *Work) post(inc *incident.Incident, t Told) store.Post {
	return store.Post{
		Key: Subject(inc.Number) + "/" + t.Purpose, Message: t.Message, Incident: inc.Number,
		Reason: t.Reason, Starts: t.Starts,
	}
}

// Announce is the first @: the officer is called where the incident lives, and those the policy wants
// told at once are told in private. as names another officer than at registration, if not nil.
func (w *Work) Announce(inc *incident.Incident, as *incident.Assign, say func(*incident.Incident) bot.Message) error {
	if err := w.house(inc); err != nil {
		return err
	}
	officer := inc.Officer
	if as != nil {
		officer = as.Officer
	}
	act := incident.Act{Kind: incident.CalledOn, Due: inc.Ack.Planned, Assign: as,
		Called: []incident.Called{{Person: officer, Role: incident.RoleOfficer}}}
	if err := w.Do(inc, act); err != nil {
		return err
	}
	call := Told{Purpose: fmt.Sprintf("call-%d/0", inc.Acts), Reason: "首次通知责任人", Starts: Calls(inc, 0),
		Reach: []string{inc.Officer}, Message: say(inc)}
	if inc.Confidential {
		return w.Direct(inc, inc.Officer, call)
	}
	if err := w.Home(inc, call); err != nil {
		return err
	}
	return w.tellAtOnce(inc)
}

// Calls is what the delivery of the last call starts: of that step, made by that act.
func Calls(inc *incident.Incident, step int) string {
	return fmt.Sprintf("call/%d/%d", step, inc.LastCall())
}

// house moves an incident that was reported in private to the group of its unit, where its officer can be
// @-mentioned; its first message there opens the topic. A confidential one stays private.
func (w *Work) house(inc *incident.Incident) error {
	if !Place(inc.Home).Direct() || inc.Confidential {
		return nil
	}
	g, ok := w.Org.HomeGroup(inc.Unit)
	if !ok {
		return nil
	}
	return w.Do(inc, incident.Act{Kind: incident.Housed, Home: &incident.Place{Platform: g.Platform, Chat: g.ID}})
}

func (w *Work) tellAtOnce(inc *incident.Incident) error {
	for _, role := range w.Rules.Policy.Levels[inc.Level.Current].AtOnce {
		for _, person := range w.Holders(inc, role) {
			if person == inc.Officer || person == inc.Reporter {
				continue
			}
			err := w.Direct(inc, person, Told{Purpose: "at-once", Reason: "登记即告知", Message: w.Voice.ToldAtOnce(inc, w.Now)})
			if err != nil {
				return err
			}
		}
	}
	return nil
}
