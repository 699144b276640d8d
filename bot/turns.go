package bot

import (
	"slices"
	"sync"
	"time"
)

// turns is when messages that have to wait come back: those that wait for the same bucket one after
// another instead of all at once.
type turns struct {
	mu      sync.Mutex
	taken   map[string]int // by bucket, in this drain
	planned []time.Time
}

func (t *turns) begin() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.taken = map[string]int{}
}

// after is how long the ones before in the bucket's line will take.
func (t *turns) after(l Limit) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	n := t.taken[l.Bucket]
	t.taken[l.Bucket] += max(l.Count, 1)
	return time.Duration(float64(n) / l.PerSecond * float64(time.Second))
}

// plan notes when a message comes back; zero is never.
func (t *turns) plan(at time.Time) {
	if at.IsZero() {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.planned = append(t.planned, at)
}

// next is the earliest planned moment after a drain that began at that one; what came before is done.
// Zero: nothing is planned.
func (t *turns) next(begun time.Time) time.Time {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.planned = slices.DeleteFunc(t.planned, func(at time.Time) bool { return !at.After(begun) })
	if len(t.planned) == 0 {
		return time.Time{}
	}
	return slices.MinFunc(t.planned, time.Time.Compare)
}
