package bottest

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"fenghuo/bot"
)

// Config is what a platform knows of the company.
type Config struct {
	Platform string            // feishu, wecom
	Bot      string            // the name people mention
	Names    map[string]string // of people, by their ids
	Accounts map[string]string // on this platform, by their ids
	Topics   map[string]bool   // groups, and whether messages there open topics
	// Settle returns once everything that follows from what was said has been done; in a bubble it is
	// synctest.Wait.
	Settle func()
}

// Chat is one platform. It is a bot.Platform and a bot.CardUpdater.
type Chat struct {
	t   testing.TB
	cfg Config

	mu     sync.Mutex
	sink   bot.Sink
	lines  []*Line
	keys   map[string]bot.Receipt // sent before under this key
	faults map[string]Fault
	topics int
	events int
}

// Line is one thing the bot said.
type Line struct {
	ID      string
	Key     string
	At      time.Time
	Place   string
	Message bot.Message // as it stands now: a card may have been replaced
	read    bool
}

// New is a platform. What is unread when the test ends fails it.
func New(t testing.TB, cfg Config) *Chat {
	c := &Chat{t: t, cfg: cfg, keys: map[string]bot.Receipt{}, faults: map[string]Fault{}}
	t.Cleanup(c.nothingLeft)
	return c
}

// Connect hands on what people do from now on; nil takes the bot away.
func (c *Chat) Connect(s bot.Sink) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sink = s
}

// Name is the platform's.
func (c *Chat) Name() string { return c.cfg.Platform }

// CanUpdate allows it for two weeks.
func (c *Chat) CanUpdate(out bot.Outgoing, now time.Time) bool {
	return now.Sub(out.ShownAt) < 14*24*time.Hour
}

// Send shows a message, or fails as the test asked for. A second one with the same key is taken and not
// shown, as the real platforms do it.
func (c *Chat) Send(ctx context.Context, out bot.Outgoing) (bot.Receipt, error) {
	f := c.fault(placeName(out.Place))
	if f.delay > 0 { // a timer that is due at once crashes Go 1.26's race detector in virtual time
		select {
		case <-time.After(f.delay):
		case <-ctx.Done():
			return bot.Receipt{}, ctx.Err()
		}
	}
	if f.err != nil {
		return bot.Receipt{}, f.err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if done, ok := c.keys[out.Key]; ok {
		return done, nil
	}
	receipt, err := c.take(out, f.lost)
	if err == nil {
		c.keys[out.Key] = receipt
	}
	return receipt, err
}

// take shows a message, unless it is to be lost on the way. The caller holds the lock.
func (c *Chat) take(out bot.Outgoing, lost bool) (bot.Receipt, error) {
	topics, known := c.cfg.Topics[out.Place.Chat]
	if !known && !out.Place.Direct() {
		return bot.Receipt{}, fmt.Errorf("the bot is not in %s: %w", out.Place.Chat, bot.ErrPermanent)
	}
	receipt := bot.Receipt{Message: fmt.Sprintf("om_%d", len(c.keys)+1), Thread: out.Place.Thread, Confirmed: !lost}
	switch {
	case lost:
		return receipt, nil
	case out.Replaces != "":
		return receipt, c.replace(out)
	case topics && out.Place.Thread == "":
		receipt.Thread = c.newTopic()
		out.Place.Thread = receipt.Thread
	}
	c.lines = append(c.lines, &Line{ID: receipt.Message, Key: out.Key, At: time.Now(), Place: placeName(out.Place), Message: out.Message})
	return receipt, nil
}

func (c *Chat) replace(out bot.Outgoing) error {
	for _, l := range c.lines {
		if l.ID == out.Replaces {
			said := l.Message.Text // a card that is replaced does not change what was said
			l.Message = out.Message
			l.Message.Text = said
			return nil
		}
	}
	return fmt.Errorf("no message %s: %w", out.Replaces, bot.ErrPermanent)
}

func (c *Chat) newTopic() string {
	c.topics++
	return fmt.Sprintf("t%d", c.topics)
}

// Said is everything the bot said so far, in order.
func (c *Chat) Said() []Line {
	c.settle()
	c.mu.Lock()
	defer c.mu.Unlock()
	out := make([]Line, len(c.lines))
	for n, l := range c.lines {
		out[n] = *l
	}
	return out
}

func (c *Chat) settle() {
	if c.cfg.Settle != nil {
		c.cfg.Settle()
	}
}

// placeName is a place as tests write it.
func placeName(p bot.Place) string {
	switch {
	case p.Direct():
		return "@" + p.Person
	case p.Thread != "":
		return p.Chat + "/" + p.Thread
	}
	return p.Chat
}

// place is the same the other way round.
func (c *Chat) place(name string) bot.Place {
	if person, ok := strings.CutPrefix(name, "@"); ok {
		return bot.Place{Platform: c.cfg.Platform, Person: person}
	}
	chat, thread, _ := strings.Cut(name, "/")
	return bot.Place{Platform: c.cfg.Platform, Chat: chat, Thread: thread}
}
