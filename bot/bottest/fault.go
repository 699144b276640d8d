package bottest

import (
	"errors"
	"strings"
	"time"

	"fenghuo/bot"
)

// Fault is how sending goes wrong.
type Fault struct {
	err   error
	delay time.Duration
	lost  bool
}

// Ways of going wrong.
var (
	Down        = Fault{err: errors.New("connection refused")}
	Permanent   = Fault{err: bot.ErrPermanent}
	Unconfirmed = Fault{lost: true} // taken and never shown
)

// RetryAfter asks for a pause.
func RetryAfter(d time.Duration) Fault {
	return Fault{err: &bot.RetryAfterError{After: d, Err: errors.New("too many requests")}}
}

// Slow takes its time for each message, and no message when it is asked to stop meanwhile.
func Slow(d time.Duration) Fault { return Fault{delay: d} }

// Fails makes sending to a place, and to the topics in it, go wrong until it is mended; the place "" is
// the whole platform.
func (c *Chat) Fails(place string, f Fault) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.faults[place] = f
}

// Mended makes sending to a place work again.
func (c *Chat) Mended(place string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.faults, place)
}

func (c *Chat) fault(place string) Fault {
	c.mu.Lock()
	defer c.mu.Unlock()
	group, _, _ := strings.Cut(place, "/")
	for _, name := range []string{place, group, ""} {
		if f, ok := c.faults[name]; ok {
			return f
		}
	}
	return Fault{}
}
