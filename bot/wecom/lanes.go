package wecom

import (
	"context"
	"hash/maphash"
	"sync"
	"time"
)

const (
	laneDepth = 32       // messages waiting in one lane
	laneBytes = 64 << 20 // waiting and running in all
)

// lanes handle messages side by side, those of one chat one after another: a chat always has the same lane.
// A message that finds its lane full is refused, never waited for: whoever reads the connection must go on
// reading, or it would miss the pongs.
type lanes struct {
	queues []chan laneTask
	seed   maphash.Seed
	cancel context.CancelFunc
	done   sync.WaitGroup

	mu    sync.Mutex
	count int
	bytes int
	idle  chan struct{} // closed when count falls to 0
}

type laneTask struct {
	size int
	do   func(ctx context.Context)
}

// openLanes starts n lanes. Tasks get ctx's values, not its end; close ends them.
func openLanes(ctx context.Context, n int) *lanes {
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	l := &lanes{queues: make([]chan laneTask, n), seed: maphash.MakeSeed(), cancel: cancel}
	for i := range l.queues {
		l.queues[i] = make(chan laneTask, laneDepth)
		l.done.Go(func() { l.work(ctx, l.queues[i]) })
	}
	return l
}

func (l *lanes) work(ctx context.Context, queue <-chan laneTask) {
	for {
		select {
		case <-ctx.Done():
			return
		case t := <-queue:
			if ctx.Err() == nil {
				t.do(ctx)
			}
			l.account(-1, -t.size)
		}
	}
}

// add queues a task for the lane of key. False: there is no room.
func (l *lanes) add(key string, size int, do func(ctx context.Context)) bool {
	if !l.account(1, size) {
		return false
	}
	select {
	case l.queues[maphash.String(l.seed, key)%uint64(len(l.queues))] <- laneTask{size, do}:
		return true
	default:
		l.account(-1, -size)
		return false
	}
}

// account books a task in or out. False: it would be too much.
func (l *lanes) account(count, bytes int) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if count > 0 && l.bytes+bytes > laneBytes {
		return false
	}
	if l.count == 0 {
		l.idle = make(chan struct{})
	}
	l.count += count
	l.bytes += bytes
	if l.count == 0 {
		close(l.idle)
	}
	return true
}

// wait returns when nothing is queued or running, or after d.
func (l *lanes) wait(d time.Duration) {
	l.mu.Lock()
	idle := l.idle
	l.mu.Unlock()
	if idle == nil {
		return
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-idle:
	case <-timer.C:
	}
}

// close ends all tasks and waits for them, at most d.
func (l *lanes) close(d time.Duration) {
	l.cancel()
	ended := make(chan struct{})
	go func() {
		l.done.Wait()
		close(ended)
	}()
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ended:
	case <-timer.C:
	}
}
