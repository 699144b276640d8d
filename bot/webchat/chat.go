package webchat

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"sync"
	"time"

	"fenghuo/bot"
	"fenghuo/internal/roster"
)

// The platforms whose rules the built-in chat keeps.
const (
	Feishu = "feishu"
	WeCom  = "wecom"
)

// Config is what a Chat needs; Org and Now are required.
type Config struct {
	Org   *roster.Org
	Now   func() time.Time
	Zone  *time.Location // where times are shown; nil: UTC
	Dir   string         // where the history is kept; empty: in memory
	Files Files          // nil: in memory
}

// Files keeps what people send.
type Files interface {
	PutFile(ctx context.Context, name, by string, r io.Reader) (bot.File, error)
	OpenFile(ctx context.Context, sha string) (io.ReadSeekCloser, bot.File, error)
}

// Chat is the world: who said what where. It is safe for concurrent use and never holds its lock
// while it calls the service.
type Chat struct {
	cfg       Config
	platforms []string
	closing   context.Context // ends with Close
	close     context.CancelFunc

	mu       sync.Mutex
	lines    []*Line
	byID     map[string]*Line
	spoken   map[string]bool        // places the bot has spoken in
	sent     map[string]bot.Receipt // by platform and key
	faults   map[string]fault
	events   int // given to the service so far
	seq      int64
	waiting  []*waiting // events the service has not taken yet
	sink     bot.Sink
	epoch    int // counts calls of Connect
	journal  *os.File
	watchers map[int]func(Line)
	watched  int
}

// New opens the chat; with a Dir, where it was left.
func New(cfg Config) (*Chat, error) {
	if cfg.Org == nil || cfg.Now == nil {
		return nil, errors.New("webchat needs an organisation and a clock")
	}
	cfg.Zone = cmp.Or(cfg.Zone, time.UTC)
	if cfg.Files == nil {
		cfg.Files = &memory{}
	}
	c := &Chat{
		cfg: cfg, platforms: platformsOf(cfg.Org), byID: map[string]*Line{}, spoken: map[string]bool{},
		sent: map[string]bot.Receipt{}, faults: map[string]fault{}, watchers: map[int]func(Line){},
	}
	c.closing, c.close = context.WithCancel(context.Background())
	if cfg.Dir == "" {
		return c, nil
	}
	if err := c.reload(); err != nil {
		return nil, fmt.Errorf("open chat history: %w", err)
	}
	return c, nil
}

// Close ends the page's live updates and closes the history.
func (c *Chat) Close() error {
	c.close()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.journal == nil {
		return nil
	}
	journal := c.journal
	c.journal = nil
	return journal.Close()
}

// History is everything said, oldest first.
func (c *Chat) History() []Line {
	return c.pick(func(*Line) bool { return true })
}

// Lines is what was said in one conversation: a topic, a group with all its topics, a private chat.
func (c *Chat) Lines(place bot.Place) []Line {
	return c.pick(func(l *Line) bool { return l.inside(place) })
}

// Line is one message by its id.
func (c *Chat) Line(id string) (Line, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	l, ok := c.byID[id]
	if !ok {
		return Line{}, false
	}
	return l.clone(), true
}

// Subscribe calls watch with every new or changed line until cancel is called. watch must be quick; it
// may use the chat. Lines changed at the same time may come in either order: Seq tells.
func (c *Chat) Subscribe(watch func(Line)) (cancel func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	id := c.watched
	c.watched++
	c.watchers[id] = watch
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		delete(c.watchers, id)
	}
}

func (c *Chat) pick(want func(*Line) bool) []Line {
	c.mu.Lock()
	defer c.mu.Unlock()
	var out []Line
	for _, l := range c.lines {
		if want(l) {
			out = append(out, l.clone())
		}
	}
	return out
}

// add puts a new line into the chat. The caller holds the lock and then calls the returned function
// without it.
func (c *Chat) add(l *Line) (tell func(), err error) {
	l.ID = fmt.Sprintf("m%d", len(c.lines)+1)
	c.lines = append(c.lines, l)
	c.byID[l.ID] = l
	if g, ok := c.cfg.Org.Group(l.Place.Chat); ok && l.Place.Thread == "" && g.Platform == Feishu && g.Topics {
		l.Place.Thread, l.Root = l.ID, true
	}
	return c.changed(l)
}

// changed keeps a line as it is now and prepares telling who watches. The caller holds the lock.
func (c *Chat) changed(l *Line) (tell func(), err error) {
	c.seq++
	l.Seq = c.seq
	if l.FromBot() {
		c.spoken[l.Place.Key()] = true
	}
	snapshot := l.clone()
	var watch []func(Line)
	for id := range c.watched {
		if w, ok := c.watchers[id]; ok {
			watch = append(watch, w)
		}
	}
	return func() {
		for _, w := range watch {
			w(snapshot)
		}
	}, c.keep(record{Line: &snapshot})
}

// platformsOf are those of the groups and people, in a fixed order.
func platformsOf(org *roster.Org) []string {
	var names []string
	for _, g := range org.Groups {
		names = append(names, g.Platform)
	}
	for _, p := range org.People {
		names = append(names, p.On)
		for name := range p.Accounts {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.DeleteFunc(slices.Compact(names), func(s string) bool { return s == "" })
}
