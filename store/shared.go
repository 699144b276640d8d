package store

import (
	"context"
	"time"
)

// Shared is what replicas have in common and may lose: who holds a lease, tokens of the platforms, how
// much of a rate limit is used. Memory is enough for one; from two on it has to be Redis.
type Shared interface {
	// Acquire takes a lease, or prolongs it for who holds it. False: somebody else does.
	Acquire(ctx context.Context, lease, holder string, ttl time.Duration) (bool, error)
	// Release gives a lease back; if it is another's, nothing happens.
	Release(ctx context.Context, lease, holder string) error
	// Token is a value kept for all replicas; false: there is none, or its time is over.
	Token(ctx context.Context, name string) (string, bool, error)
	SetToken(ctx context.Context, name, value string, ttl time.Duration) error
	DropToken(ctx context.Context, name string) error
	// Take uses n at once of a bucket that refills at perSecond and holds burst. Zero: go ahead; otherwise
	// nothing was used, and it is worth asking again after wait. More than it holds are given when it is
	// full, and are owed by it afterwards.
	Take(ctx context.Context, bucket string, n int, perSecond float64, burst int) (wait time.Duration, err error)
}
