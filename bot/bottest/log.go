package bottest

import (
	"context"
	"log/slog"
	"sync"
	"testing"
)

// Log is a log in which lines at error level fail the test, unless they are allowed.
type Log struct {
	t       testing.TB
	mu      sync.Mutex
	allowed map[string]int // how often it was written, by message
}

// NewLog watches over a test.
func NewLog(t testing.TB) *Log { return &Log{t: t, allowed: map[string]int{}} }

// Logger writes into it.
func (l *Log) Logger() *slog.Logger { return slog.New(&watch{log: l}) }

// Allow lets errors with this message pass.
func (l *Log) Allow(message string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.allowed[message] += 0
}

// Count is how often an allowed error was written.
func (l *Log) Count(message string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.allowed[message]
}

func (l *Log) write(message string, attrs []slog.Attr) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if n, ok := l.allowed[message]; ok {
		l.allowed[message] = n + 1
		return
	}
	l.t.Errorf("error in the log: %s %v", message, attrs)
}

// watch is the handler of a Log. It is no wrapper of another handler: a discarding one would say that
// errors are not wanted.
type watch struct {
	log   *Log
	attrs []slog.Attr
}

func (w *watch) Enabled(_ context.Context, l slog.Level) bool { return l >= slog.LevelError }

func (w *watch) Handle(_ context.Context, r slog.Record) error {
	attrs := append([]slog.Attr{}, w.attrs...)
	r.Attrs(func(a slog.Attr) bool { attrs = append(attrs, a); return true })
	w.log.write(r.Message, attrs)
	return nil
}

func (w *watch) WithAttrs(attrs []slog.Attr) slog.Handler {
	return &watch{log: w.log, attrs: append(append([]slog.Attr{}, w.attrs...), attrs...)}
}

func (w *watch) WithGroup(string) slog.Handler { return w }
