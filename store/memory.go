package store

import (
	"context"
	"math"
	"sync"
	"time"
)

// memory is Shared within one process.
type memory struct {
	now func() time.Time

	mu      sync.Mutex
	leases  map[string]lasting // value: the holder
	tokens  map[string]lasting
	buckets map[string]bucket
}

// lasting is a value with an end.
type lasting struct {
	value string
	until time.Time
}

// bucket is how much of a limit is left.
type bucket struct {
	left float64
	at   time.Time
	full time.Time // when it has refilled and need not be remembered
}

// NewMemory shares among the goroutines of this process.
func NewMemory(now func() time.Time) Shared {
	return &memory{now: now, leases: map[string]lasting{}, tokens: map[string]lasting{}, buckets: map[string]bucket{}}
}

func (m *memory) Acquire(_ context.Context, lease, holder string, ttl time.Duration) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := m.now()
	if l, ok := m.leases[lease]; ok && l.value != holder && l.until.After(now) {
		return false, nil
	}
	m.leases[lease] = lasting{holder, now.Add(ttl)}
	return true, nil
}

func (m *memory) Release(_ context.Context, lease, holder string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.leases[lease].value == holder {
		delete(m.leases, lease)
	}
	return nil
}

func (m *memory) Token(_ context.Context, name string) (string, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	t, ok := m.tokens[name]
	if !ok || !t.until.After(m.now()) {
		delete(m.tokens, name)
		return "", false, nil
	}
	return t.value, true, nil
}

func (m *memory) SetToken(_ context.Context, name, value string, ttl time.Duration) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.tokens[name] = lasting{value, m.now().Add(ttl)}
	return nil
}

func (m *memory) DropToken(_ context.Context, name string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.tokens, name)
	return nil
}

// manyBuckets is when those that have refilled are thrown out.
const manyBuckets = 1024

func (m *memory) Take(_ context.Context, name string, n int, perSecond float64, burst int) (time.Duration, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := m.now()
	b, ok := m.buckets[name]
	if !ok {
		m.sweep(now)
		b = bucket{left: float64(burst), at: now}
	}
	b.left = min(float64(burst), b.left+max(0, now.Sub(b.at).Seconds())*perSecond)
	b.at = now
	wait := time.Duration(0)
	if need := float64(min(n, burst)); b.left >= need {
		b.left -= float64(n)
	} else {
		wait = time.Duration(math.Ceil((need-b.left)/perSecond*1e3)) * time.Millisecond
	}
	b.full = now.Add(time.Duration((float64(burst) - b.left) / perSecond * float64(time.Second)))
	m.buckets[name] = b
	return wait, nil
}

func (m *memory) sweep(now time.Time) {
	if len(m.buckets) < manyBuckets {
		return
	}
	for name, b := range m.buckets {
		if !b.full.After(now) {
			delete(m.buckets, name)
		}
	}
}
