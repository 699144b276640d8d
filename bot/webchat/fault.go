package webchat

import (
	"errors"
	"time"

	"fenghuo/bot"
)

// Faults a platform can have.
const (
	FaultDown    = "down"    // every attempt to send fails
	FaultSlow    = "slow"    // a message is taken, but the answer comes too late: only the second attempt gets one
	FaultDrop    = "drop"    // taken, never shown, not confirmed
	FaultLimited = "limited" // the platform asks for a pause
	FaultQuota   = "quota"   // no calls by phone are left
)

type fault struct {
	kind  string
	until time.Time
}

// pauseAsked is how long a limited platform asks to wait.
const pauseAsked = 30 * time.Second

var (
	errDown = errors.New("platform does not answer")
	errSlow = errors.New("platform answered too late")
)

// SetFault makes a platform misbehave until then; a time that has passed mends it.
func (c *Chat) SetFault(platform, kind string, until time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.faults[platform] = fault{kind: kind, until: until}
}

// faulty is the platform's fault now, empty if it has none. The caller holds the lock.
func (c *Chat) faulty(platform string) string {
	if f := c.faults[platform]; c.cfg.Now().Before(f.until) {
		return f.kind
	}
	return ""
}

// refused is why a faulty platform does not take a message at all.
func refused(kind string) error {
	switch kind {
	case FaultDown:
		return errDown
	case FaultLimited:
		return &bot.RetryAfterError{After: pauseAsked, Err: errors.New("platform limit reached")}
	}
	return nil
}
