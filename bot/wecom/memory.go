package wecom

import (
	"context"
	"sync"
	"time"
)

// memory remembers a bounded number of things by id.
type memory[T any] struct {
	most int
	mu   sync.Mutex
	byID map[string]T
	ring []string
	next int
}

func newMemory[T any](most int) *memory[T] {
	return &memory[T]{most: most, byID: map[string]T{}}
}

func (m *memory[T]) get(id string) (T, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	v, ok := m.byID[id]
	return v, ok
}

func (m *memory[T]) put(id string, v T) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, known := m.byID[id]; !known {
		if len(m.ring) < m.most {
			m.ring = append(m.ring, id)
		} else {
			delete(m.byID, m.ring[m.next])
			m.ring[m.next], m.next = id, (m.next+1)%m.most
		}
	}
	m.byID[id] = v
}

// unshared is Shared for one replica.
type unshared struct {
	now  func() time.Time
	kept *memory[kept]
}

type kept struct {
	value string
	until time.Time
}

func newUnshared(now func() time.Time) *unshared {
	return &unshared{now: now, kept: newMemory[kept](remembered)}
}

// Token is a value whose time is not over.
func (u *unshared) Token(_ context.Context, name string) (string, bool, error) {
	k, ok := u.kept.get(name)
	ok = ok && u.now().Before(k.until)
	if !ok {
		return "", false, nil
	}
	return k.value, true, nil
}

// SetToken keeps a value.
func (u *unshared) SetToken(_ context.Context, name, value string, ttl time.Duration) error {
	u.kept.put(name, kept{value, u.now().Add(ttl)})
	return nil
}

// DropToken forgets one.
func (u *unshared) DropToken(_ context.Context, name string) error {
	u.kept.put(name, kept{})
	return nil
}
