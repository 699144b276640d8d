package incident

import (
	"slices"
	"time"
)

// Room is the group made for the people an incident concerns, beside the conversation it lives in.
type Room struct {
	Place  Place     `json:"place"` // Chat is empty until it is there
	Name   string    `json:"name"`
	By     string    `json:"by"` // who asked for it
	At     time.Time `json:"at"`
	People []string  `json:"people"`
	Failed bool      `json:"failed,omitempty"` // it could not be made
}

// Open reports whether there is a group.
func (r *Room) Open() bool { return r != nil && r.Place.Chat != "" }

// askRoom wants a group, or more people in the one there is. One that is being made is not asked for twice.
func (i *Incident) askRoom(_ Rules, a Act) error {
	if err := i.live(); err != nil {
		return err
	}
	if i.Room.Open() {
		i.Room.People = append(slices.Clone(i.Room.People), a.People...)
		return nil
	}
	if i.Room != nil && !i.Room.Failed {
		return i.refuseWho(AnsweredAlready, i.Room.By, i.Room.At)
	}
	i.Room = &Room{Place: *a.Home, Name: a.Text, By: a.By, At: a.At, People: a.People}
	return nil
}

// roomMade: the group is there.
func (i *Incident) roomMade(_ Rules, a Act) error {
	if i.Room == nil {
		return i.refuse(NothingAsked)
	}
	i.Room.Place, i.Room.Failed = *a.Home, false
	return nil
}

// roomFailed: it could not be made, or these people could not join it.
func (i *Incident) roomFailed(_ Rules, a Act) error {
	if i.Room == nil {
		return i.refuse(NothingAsked)
	}
	if !i.Room.Open() {
		i.Room.Failed = true
		return nil
	}
	i.Room.People = slices.DeleteFunc(slices.Clone(i.Room.People), func(p string) bool { return slices.Contains(a.People, p) })
	return nil
}
