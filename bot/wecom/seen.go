package wecom

import (
	"context"
	"errors"
	"strings"
	"sync"
	"time"

	"fenghuo/bot"
)

// signOfLife reports the app's last message to a person as seen, when that person does anything in the app:
// the platform drops messages silently, and says of none whether it was read.
func (a *Adapter) signOfLife(ctx context.Context, sink bot.Sink, m *appMessage) error {
	if wordless[m.Event] || asleep[m.Event] || m.Event == appSubscribe {
		return nil
	}
	place := a.private(m.Sender, ChannelApp)
	message, ok := a.lastApp.get(place.Person)
	if !ok {
		return nil
	}
	ev := bot.Event{Platform: Name, Keys: []string{"seen/" + message}, Kind: bot.Read, At: m.at(), Place: place, Message: message, Sender: m.Sender, ToBot: true}
	if ev.At.IsZero() {
		ev.At = a.now()
	}
	if _, err := a.receive(ctx, sink, ev); err != nil {
		return errors.Join(errNotStored, err)
	}
	a.lastApp.forget(place.Person, message)
	return nil
}

// unseen is the last message of the app to each person that nobody has shown to have arrived.
type unseen struct {
	mu   sync.Mutex
	byID map[string]string
	ring []string
}

// put remembers a message to a person; what is forgotten of very many people falls back to the next channel.
func (u *unseen) put(person, message string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.byID == nil {
		u.byID = map[string]string{}
	}
	if _, known := u.byID[person]; !known {
		u.ring = append(u.ring, person)
	}
	u.byID[person] = message
	if len(u.ring) > mostUnseen {
		delete(u.byID, u.ring[0])
		u.ring = u.ring[1:]
	}
}

func (u *unseen) get(person string) (message string, ok bool) {
	u.mu.Lock()
	defer u.mu.Unlock()
	message, ok = u.byID[person]
	return message, ok && message != ""
}

// forget strikes a message out, unless another has taken its place meanwhile.
func (u *unseen) forget(person, message string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.byID[person] == message {
		u.byID[person] = ""
	}
}

const mostUnseen = 4096 // people

const (
	codeLife = 72 * time.Hour
	again    = "@" // stands between the task of a card and what tells the cards apart that took its place
)

// keepResponseCode keeps what lets the card of a task be updated once more, for all replicas:
// https://developer.work.weixin.qq.com/document/path/94888
func (a *Adapter) keepResponseCode(ctx context.Context, task, code string) error {
	task, _, _ = strings.Cut(task, again)
	return a.cfg.Shared.SetToken(ctx, "wecom/response/"+task, code, codeLife)
}

// bell tells one listener that something happened, however often it did.
type bell chan struct{}

func (b bell) changed() {
	select {
	case b <- struct{}{}:
	default:
	}
}
