package desk

import (
	"errors"
	"fmt"
	"hash/fnv"
	"strings"
	"time"

	"fenghuo/bot"
	"fenghuo/store"
)

// onlyOnFailure is for what is not worth saying twice: another way is taken when one fails, not because nobody
// answers.
const onlyOnFailure = 100 * 365 * 24 * time.Hour

// TellAdmins says something to every administrator in private; where there is none, to who is on duty. key
// is why, once and for all.
func (w *Work) TellAdmins(key, reason string, m bot.Message) error {
	for _, person := range w.admins() {
		places := w.Private(person)
		if len(places) == 0 {
			continue
		}
		_, err := w.Tx.Post(store.Post{Key: "admin/" + key + "/" + person, Place: places[0], To: person, Message: m, Reason: reason,
			Starts: "admin", Fallback: places[1:], ConfirmBy: onlyOnFailure})
		if err != nil {
			return fmt.Errorf("tell %s: %w", person, err)
		}
	}
	return nil
}

// admins are the administrators; where there is none, who is on duty.
func (w *Work) admins() []string {
	var people []string
	for _, p := range w.Org.People {
		if w.Org.Has(p.ID, "admin") {
			people = append(people, p.ID)
		}
	}
	if len(people) == 0 {
		people = []string{w.Org.OnDuty(w.Now, w.Rules.Calendar)}
	}
	return people
}

// advise tells administrators what to do about a message that could not be delivered.
func (w *Work) advise(p store.PostRow, err error) error {
	advice := bot.Advice(err)
	return w.adviseOnce(p, advice, w.Voice.Undelivered(w.whereabouts(p.Place), advice))
}

// detoured tells them what to do about one that had to go another way.
func (w *Work) detoured(p store.PostRow, advice string) error {
	return w.adviseOnce(p, advice, w.Voice.Detoured(w.whereabouts(p.Place), advice))
}

// mostPlaces is how many places administrators are told of, of one cause on one day: more is one matter.
const mostPlaces = 3

// adviseOnce says it once a day for a place and a cause. Nobody is told that they could not be told.
func (w *Work) adviseOnce(p store.PostRow, advice string, m bot.Message) error {
	if advice == "" || strings.HasPrefix(p.Key, "admin/") {
		return nil
	}
	cause := fnv.New32a()
	cause.Write([]byte(advice))
	day := w.Now.In(w.Rules.Calendar.Zone()).Format(time.DateOnly)
	for n := range mostPlaces {
		key := fmt.Sprintf("undelivered/%s/%08x/%d", day, cause.Sum32(), n)
		told, err := w.Tx.PostByKey("admin/" + key + "/" + w.admins()[0])
		if errors.Is(err, store.ErrNotFound) {
			return w.TellAdmins(key, "消息没有送到", m)
		}
		if err != nil || told.Message.Text == m.Text {
			return err
		}
	}
	return nil
}

// whereabouts is a place as people name it.
func (w *Work) whereabouts(place bot.Place) string {
	if place.Direct() {
		return w.Voice.Name(place.Person)
	}
	if g, ok := w.Org.Group(place.Chat); ok {
		return g.Name
	}
	return "一个群"
}

// Gone tells administrators of a group the bot has been removed from, and how many open incidents live there.
func (w *Work) Gone(place bot.Place) error {
	open, err := w.Tx.IncidentsIn(place.Platform, place.Chat)
	if err != nil {
		return err
	}
	return w.TellAdmins("gone/"+w.Cause, "机器人离群", w.Voice.Removed(w.whereabouts(place), len(open)))
}

// Parted tells administrators that somebody reminders are meant for has left the group they are said in.
func (w *Work) Parted(place bot.Place, person string) error {
	open, err := w.Tx.IncidentsIn(place.Platform, place.Chat)
	if err != nil {
		return err
	}
	theirs := 0
	for _, inc := range open {
		if inc.Officer == person || inc.Tracker == person {
			theirs++
		}
	}
	if theirs == 0 && !w.Org.Answers(person) {
		return nil
	}
	return w.TellAdmins("parted/"+w.Cause, "负责人离群", w.Voice.Parted(person, w.whereabouts(place), theirs))
}
