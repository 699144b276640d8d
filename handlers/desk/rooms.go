package desk

import (
	"fmt"
	"slices"
	"strings"

	"fenghuo/bot"
	"fenghuo/internal/incident"
	"fenghuo/store"
)

// Concerned are those a group for an incident is for, the asker first: those named in it, those told at once at
// its level, and those who were called.
func (w *Work) Concerned(inc *incident.Incident, asker string) []string {
	people := []string{asker, inc.Officer, inc.Backup, inc.Tracker, inc.Reporter, inc.Head}
	for _, role := range w.Rules.Policy.Levels[inc.Level.Current].AtOnce {
		people = append(people, w.Holders(inc, role)...)
	}
	for _, c := range inc.Ack.Called {
		people = append(people, c.Person)
	}
	var once []string
	for _, p := range people {
		if p != "" && !slices.Contains(once, p) {
			once = append(once, p)
		}
	}
	return once
}

// Reachable divides people into those who can be reached on a platform and the others.
func (w *Work) Reachable(platform string, people []string) (in, out []string) {
	for _, p := range people {
		if slices.ContainsFunc(w.Private(p), func(place bot.Place) bool { return place.Platform == platform }) {
			in = append(in, p)
		} else {
			out = append(out, p)
		}
	}
	return in, out
}

// RoomPlatform is where a group can be made for these people, the incident's own platform first; empty:
// nowhere.
func (w *Work) RoomPlatform(inc *incident.Incident, people []string) string {
	for _, platform := range []string{inc.Home.Platform, "feishu", "wecom"} {
		if w.MakesGroups == nil || !w.MakesGroups(platform) {
			continue
		}
		if in, _ := w.Reachable(platform, people); len(in) > 1 {
			return platform
		}
	}
	return ""
}

// OpenRoom says the first words in a group, by which it is made, or greets those who join it.
func (w *Work) OpenRoom(inc *incident.Incident, people []string) error {
	room := inc.Room
	m := w.Voice.RoomOpened(inc, w.Now)
	place := bot.Place{Platform: room.Place.Platform, Chat: "new/" + inc.Number} // nobody knows its name yet
	if room.Open() {
		m, place = w.Voice.RoomJoined(inc, people, w.Now), Place(room.Place)
	}
	m.Makes = &bot.Group{Name: room.Name, Chat: room.Place.Chat, People: people}
	_, err := w.Tx.Post(store.Post{Key: fmt.Sprintf("%s/room/%d", Subject(inc.Number), inc.Acts), Place: place, Incident: inc.Number, Message: m, Reason: "处置群"})
	return err
}

// roomMade: the group is there, or has more members; who has no account there is to be added by hand.
func (w *Work) roomMade(inc *incident.Incident, p store.PostRow, chat string) error {
	if inc.Room.Open() {
		return nil
	}
	there := incident.Place{Platform: p.Place.Platform, Chat: chat}
	if err := w.Do(inc, incident.Act{Kind: incident.RoomMade, Home: &there}); err != nil {
		return err
	}
	_, out := w.Reachable(there.Platform, w.Concerned(inc, inc.Room.By))
	return w.Home(inc, Told{Purpose: fmt.Sprintf("room-ready/%d", inc.Acts), Reason: "处置群已建", Heard: Place(there).Key(), Message: w.Voice.RoomReady(inc, out)})
}

// roomFailed says who is to be put into a group by hand.
func (w *Work) roomFailed(p store.PostRow) error {
	if p.Message.Makes == nil {
		return nil
	}
	inc, err := w.Tx.Incident(p.Incident)
	if err != nil {
		return err
	}
	people := p.Message.Makes.People
	if err := w.Do(inc, incident.Act{Kind: incident.RoomFailed, People: people}); err != nil {
		return err
	}
	if !inc.Room.Open() {
		people = w.Concerned(inc, inc.Room.By)
	}
	return w.Home(inc, Told{Purpose: fmt.Sprintf("room-failed/%d", inc.Acts), Reason: "群没有建成", Message: w.Voice.RoomByHand(inc, people)})
}

// Echo says in the group made for an incident what is said where it lives. Nobody is pushed twice, nothing
// starts by it, and the card stays as it was.
func (w *Work) Echo(inc *incident.Incident, t Told) error {
	if !inc.Room.Open() || inc.Confidential || Place(inc.Room.Place).Key() == t.Heard {
		return nil
	}
	m := t.Message
	m.Urgent, m.ReplyTo, m.Updates, m.Lives, m.Opens = nil, "", "", false, false
	_, err := w.Tx.Post(store.Post{Key: strings.Join([]string{Subject(inc.Number), t.Purpose, "room"}, "/"), Place: Place(inc.Room.Place),
		Incident: inc.Number, Message: m, Reason: t.Reason})
	return err
}
