package desk

import (
	"fmt"
	"hash/fnv"
	"strings"
	"time"

	"fenghuo/bot"
	"fenghuo/store"
)

// TellAdmins says something to every administrator in private; where there is none, to who is on duty. key
// is why, once and for all.
func (w *Work) TellAdmins(key, reason string, m bot.Message) error {
	var people []string
	for _, p := range w.Org.People {
		if w.Org.Has(p.ID, "admin") {
			people = append(people, p.ID)
		}
	}
	if len(people) == 0 {
		people = []string{w.Org.OnDuty(w.Now, w.Rules.Calendar)}
	}
	for _, person := range people {
		places := w.Private(person)
		if len(places) == 0 {
			continue
		}
		_, err := w.Tx.Post(store.Post{Key: "admin/" + key + "/" + person, Place: places[0], To: person, Message: m, Reason: reason,
			Starts: "admin", Fallback: places[1:]})
		if err != nil {
			return fmt.Errorf("tell %s: %w", person, err)
		}
	}
	return nil
}

// advise tells administrators what to do about a message that could not be delivered: once a day for a
// place and a cause.
func (w *Work) advise(p store.PostRow, err error) error {
	if advice := bot.Advice(err); advice != "" {
		return w.adviseWords(p, advice)
	}
	return nil
}

func (w *Work) adviseWords(p store.PostRow, advice string) error {
	if strings.HasPrefix(p.Key, "admin/") { // they would be told that they cannot be told
		return nil
	}
	cause := fnv.New32a()
	cause.Write([]byte(advice))
	day := w.Now.In(w.Rules.Calendar.Zone()).Format(time.DateOnly)
	return w.TellAdmins(fmt.Sprintf("undelivered/%s/%s/%08x", day, p.PlaceKey, cause.Sum32()), "消息没有送到", w.Voice.Undelivered(w.whereabouts(p.Place), advice))
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
