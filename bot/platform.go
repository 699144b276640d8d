package bot

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Outgoing is a message on its way to one place.
type Outgoing struct {
	Key     string  // why this message exists; a platform that can, refuses a second one with the same key
	Place   Place   // where; of a private chat, the person
	Message Message //
	At      time.Time
	// Replaces is the platform's id of the message whose card this one updates; empty: a new message.
	Replaces string
	// ShownAt is when that message was sent.
	ShownAt time.Time
}

// Receipt is what a platform says of a message it took.
type Receipt struct {
	Message   string // its id there
	Thread    string // the thread it opened or stands in
	Chat      string // the group that was made for it
	Confirmed bool   // false: accepted, but the platform may have dropped it silently
	Note      string // what was done otherwise than asked: 电话额度已用完，改为应用内加急
	Advice    string // what an administrator should do about how it went
}

// Platform sends. One call is one attempt; the dispatcher decides about the next.
type Platform interface {
	Name() string
	Send(ctx context.Context, out Outgoing) (Receipt, error)
}

// Sink takes what came in. It returns once the event is stored; from then on it cannot be lost.
// The answer, if any, is a short notice for the person who pressed a button.
type Sink interface {
	Receive(ctx context.Context, ev Event) (toast string, err error)
}

// CardUpdater is a platform that can replace a card already shown.
type CardUpdater interface {
	// CanUpdate reports whether out can take the place of the message it replaces.
	CanUpdate(out Outgoing, now time.Time) bool
}

// Withdrawer is a platform on which the bot can take back what it said.
type Withdrawer interface {
	// CanWithdraw reports whether the message out names as replaced can still be taken back.
	CanWithdraw(out Outgoing, now time.Time) bool
	Withdraw(ctx context.Context, out Outgoing) error
}

// Channels is a platform with several ways to reach a person in private.
type Channels interface {
	// Channels are those that lead to the person, best first; none: the platform's only one.
	Channels(person string) []string
}

// ErrPermanent is an attempt no repetition will mend: the bot is not in the group, the account is gone.
var ErrPermanent = errors.New("permanent")

// Advised is an error an administrator can do something about.
type Advised interface {
	error
	Advice() string // what, in a sentence for them; empty if nothing
}

// Advice is what err asks an administrator to do, empty if nothing.
func Advice(err error) string {
	var advised Advised
	if errors.As(err, &advised) {
		return advised.Advice()
	}
	return ""
}

// RetryAfterError asks for a pause.
type RetryAfterError struct {
	After time.Duration
	Err   error
}

func (e *RetryAfterError) Error() string { return fmt.Sprintf("retry after %s: %v", e.After, e.Err) }

// Unwrap is the cause.
func (e *RetryAfterError) Unwrap() error { return e.Err }
