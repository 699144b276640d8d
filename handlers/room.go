package handlers

import (
	"slices"

	"fenghuo/handlers/desk"
	"fenghuo/internal/incident"
)

// makeRoom is 建群: those the incident concerns get a group of their own; said again, who is missing joins it.
func makeRoom(t *turn) error {
	inc, err := t.target(t.mayMakeRoom)
	if inc == nil || err != nil {
		return err
	}
	switch {
	case !t.mayMakeRoom(inc):
		return t.mayNot("建群", inc)
	case inc.Confidential:
		return t.reply(t.Voice.NoRoom(inc))
	case inc.State.Over():
		return t.do(inc, incident.Act{Kind: incident.RoomAsked}) // refused, with the reason
	}
	people := t.Concerned(inc, t.person)
	if inc.Room.Open() {
		return t.joinRoom(inc, people)
	}
	name := t.Voice.RoomName(inc)
	platform := t.RoomPlatform(inc, people)
	if platform == "" {
		if err := t.Note(t.person, "room_by_hand", desk.Subject(inc.Number), map[string]any{"name": name, "people": people}); err != nil {
			return err
		}
		return t.reply(t.Voice.RoomByHand(inc, people))
	}
	in, _ := t.Reachable(platform, people)
	if err := t.do(inc, incident.Act{Kind: incident.RoomAsked, Home: &incident.Place{Platform: platform}, Text: name, People: in}); err != nil {
		return err
	}
	if err := t.OpenRoom(inc, in); err != nil {
		return err
	}
	return t.reply(t.Voice.RoomComing(inc, in))
}

// joinRoom asks those into the group who are not in it.
func (t *turn) joinRoom(inc *incident.Incident, people []string) error {
	in, _ := t.Reachable(inc.Room.Place.Platform, people)
	in = slices.DeleteFunc(in, func(p string) bool { return slices.Contains(inc.Room.People, p) })
	if len(in) == 0 {
		return t.reply(t.Voice.RoomThere(inc, t.Now))
	}
	if err := t.do(inc, incident.Act{Kind: incident.RoomAsked, People: in}); err != nil {
		return err
	}
	if err := t.OpenRoom(inc, in); err != nil {
		return err
	}
	return t.reply(t.Voice.RoomComing(inc, in))
}

// mayMakeRoom: who answers for the incident, and administrators.
func (t *turn) mayMakeRoom(inc *incident.Incident) bool {
	return t.may("建群", inc)
}
