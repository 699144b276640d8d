package webchat

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"fenghuo/bot"
	"fenghuo/internal/roster"
)

// Utterance is what a person is about to say.
type Utterance struct {
	Person    string
	Group     string // the organisation's id of it; empty: the private chat with the bot
	Thread    string // the topic, by its first message; empty: the main stream
	Platform  string // of a private chat; empty: the one the person uses
	Text      string
	Files     []Upload
	Key       string // what the sender's page calls it: said again under the same one, it is the same message
	Redeliver int    // how many more times the platform delivers it
}

// Upload is a file to be sent along.
type Upload struct {
	Name string
	Data io.Reader
}

// Bytes is an upload of what is in memory.
func Bytes(name string, content []byte) Upload {
	return Upload{Name: name, Data: bytes.NewReader(content)}
}

// Said is what became of it.
type Said struct {
	Message   string
	Thread    string // the topic it stands in or opens
	Delivered bool   // the bot hears it, now or when the service is back
	Why       string // why not
}

// maxFile is the largest file the platforms let through; a larger one is shown, but the bot learns only that.
const maxFile = 20 << 20

// Say puts a message into the conversation and delivers it to the service by the rules of the platform.
func (c *Chat) Say(ctx context.Context, u Utterance) (Said, error) {
	l, err := c.draft(u)
	if err != nil {
		return Said{}, err
	}
	if l.Files, err = c.store(ctx, u); err != nil {
		return Said{}, err
	}
	c.mu.Lock()
	if twin := c.twin(l); twin != nil { // its answer was lost on the way
		defer c.mu.Unlock()
		return Said{Message: twin.ID, Thread: twin.Place.Thread, Delivered: twin.Delivered, Why: twin.Why}, nil
	}
	tell, err := c.speak(l)
	said := Said{Message: l.ID, Thread: l.Place.Thread, Delivered: l.Delivered, Why: l.Why}
	var events []*waiting
	if err == nil && l.Delivered {
		events, err = c.queue(c.utterance(l), u.Redeliver+1)
	}
	c.mu.Unlock()
	tell()
	if err == nil && said.Delivered {
		_, err = c.deliver(ctx, events)
	}
	return said, err
}

// twin is what was said before under the same key, nil if nothing was. The caller holds the lock.
func (c *Chat) twin(l *Line) *Line {
	for _, old := range slices.Backward(c.lines) {
		if l.Key != "" && old.Key == l.Key && old.Sender == l.Sender {
			return old
		}
	}
	return nil
}

// utterance is the event of something said. The message's own id is a key, too: platforms deliver one
// message under several event ids.
func (c *Chat) utterance(l *Line) bot.Event {
	ev := c.event(l, bot.Said, l.Sender)
	ev.Keys = append(ev.Keys, l.ID)
	ev.Text, ev.ToBot, _ = c.mentions(l.Text)
	ev.ToBot, ev.Files = l.ToBot, l.Files
	for _, person := range l.Mentions {
		ev.Mentions = append(ev.Mentions, c.account(person, l.Place.Platform))
	}
	return ev
}

// draft checks that the person can say something there.
func (c *Chat) draft(u Utterance) (*Line, error) {
	person, ok := c.cfg.Org.Person(u.Person)
	if !ok {
		return nil, fmt.Errorf("person %q is not in the organisation", u.Person)
	}
	if strings.TrimSpace(u.Text) == "" && len(u.Files) == 0 {
		return nil, errors.New("nothing to say")
	}
	place, err := c.place(person, u)
	if err != nil {
		return nil, err
	}
	return &Line{Place: place, Sender: u.Person, Text: u.Text, Key: u.Key}, nil
}

func (c *Chat) place(person roster.Person, u Utterance) (bot.Place, error) {
	if u.Group == "" {
		return bot.Place{Platform: c.privatePlatform(person, u.Platform), Person: person.ID}, nil
	}
	group, ok := c.cfg.Org.Group(u.Group)
	if !ok {
		return bot.Place{}, fmt.Errorf("group %q is not in the organisation", u.Group)
	}
	if !member(group, person.ID) {
		return bot.Place{}, fmt.Errorf("%s is not in the group %s", person.ID, group.ID)
	}
	place := bot.Place{Platform: group.Platform, Chat: group.ID, Thread: u.Thread}
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.threadExists(place); err != nil {
		return bot.Place{}, err
	}
	return place, nil
}

// privatePlatform is where the private chat with a person is unless another one is asked for.
func (c *Chat) privatePlatform(p roster.Person, asked string) string {
	switch {
	case slices.Contains(c.platforms, asked):
		return asked
	case p.On != "":
		return p.On
	}
	for _, name := range c.platforms {
		if p.Accounts[name] != "" {
			return name
		}
	}
	return c.platforms[0]
}

// threadExists refuses a thread nobody opened. The caller holds the lock.
func (c *Chat) threadExists(p bot.Place) error {
	if p.Thread == "" {
		return nil
	}
	if p.Platform != Feishu {
		return fmt.Errorf("%s groups have no threads", p.Platform)
	}
	root, ok := c.byID[p.Thread]
	if !ok || root.Place.Chat != p.Chat || (root.Place.Thread != "" && root.Place.Thread != root.ID) {
		return fmt.Errorf("group %s has no thread %q", p.Chat, p.Thread)
	}
	return nil
}

// speak adds the line, judged by what the bot hears. The caller holds the lock.
func (c *Chat) speak(l *Line) (tell func(), err error) {
	l.At = c.cfg.Now()
	_, l.ToBot, l.Mentions = c.mentions(l.Text)
	l.ToBot = l.ToBot || l.Place.Direct()
	l.Delivered, l.Why = c.hears(l)
	return c.add(l)
}

// hears decides whether the platform delivers the line to the bot. The caller holds the lock.
func (c *Chat) hears(l *Line) (ok bool, why string) {
	switch {
	case l.ToBot:
		return true, ""
	case l.Place.Platform != Feishu:
		return false, l.Place.Platform + " group: no mention"
	case l.Place.Thread == "":
		return false, "feishu group: no mention, not in a thread"
	}
	root := c.byID[l.Place.Thread]
	if c.spoken[l.Place.Key()] || (root != nil && (root.ToBot || root.FromBot())) {
		return true, ""
	}
	return false, "feishu group: no mention, and the bot is not in this thread"
}

func member(g roster.Group, person string) bool {
	return len(g.Members) == 0 || slices.Contains(g.Members, person)
}
