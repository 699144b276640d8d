package bot

import (
	"context"
	"time"
)

// Queued is a message waiting in the outbox.
type Queued struct {
	ID       int64
	Out      Outgoing
	Attempts int // made before this one
}

// Result is what came of one attempt.
type Result struct {
	Receipt Receipt
	Err     error     // nil: taken by the platform
	Final   bool      // with Err: no further attempt on this channel
	RetryAt time.Time // with Err and not Final: when to try again
	Held    bool      // with Err: it had to wait for a limit of ours and was not tried; no attempt is used up
}

// Outbox is where the dispatcher gets its work. Claim gives messages due now, in order, at most one
// at a time for each conversation; Settle records what came of an attempt, in one transaction with
// everything that follows from it (a clock started, the next channel tried).
type Outbox interface {
	Claim(ctx context.Context, limit int) ([]Queued, error)
	Settle(ctx context.Context, q Queued, res Result) error
}
