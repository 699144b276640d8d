package feishu

import (
	"encoding/json"
	"fmt"
	"time"
)

// pace is how often to ping and when to try again. The platform sends its wishes with the endpoint and
// with any pong (ClientConfig); until it has, ours hold.
type pace struct {
	told     bool          // by the platform
	count    int           // attempts before giving up; negative: any number
	interval time.Duration // between attempts
	nonce    time.Duration // at most so much at random, so that not all clients come back at once
	ping     time.Duration
}

const (
	soonest   = time.Second      // between two attempts, whatever the platform says
	slowest   = 10 * time.Minute // of anything it may ask for
	slowly    = 5 * time.Minute  // between attempts that only an administrator can make succeed
	pongGrace = 30 * time.Second
)

func defaultPace() pace {
	return pace{count: -1, interval: 2 * time.Minute, nonce: 30 * time.Second, ping: 2 * time.Minute}
}

// apply takes the platform's ClientConfig; all values are seconds. What is absent or absurd changes nothing.
func (p *pace) apply(config []byte) error {
	var c struct{ ReconnectCount, ReconnectInterval, ReconnectNonce, PingInterval *int64 }
	if err := json.Unmarshal(config, &c); err != nil {
		return fmt.Errorf("client config: %w", err)
	}
	seconds := func(to *time.Duration, n *int64, least time.Duration) {
		if n != nil && *n >= int64(least/time.Second) {
			*to = time.Duration(min(*n, int64(slowest/time.Second))) * time.Second
			p.told = true
		}
	}
	seconds(&p.interval, c.ReconnectInterval, soonest)
	seconds(&p.nonce, c.ReconnectNonce, 0)
	seconds(&p.ping, c.PingInterval, time.Second)
	if c.ReconnectCount != nil {
		p.count = int(max(-1, min(*c.ReconnectCount, 1<<20)))
		p.told = true
	}
	return nil
}

// pause is how long to wait after so many failed attempts in a row, 0 after a connection that had worked.
// r is random in [0,1). A platform that says how many attempts it wants gets no more at that pace; but a
// bot that gave up for good would be deaf until someone noticed, so it goes on slowly.
func (p pace) pause(failed int, r float64) time.Duration {
	switch {
	case p.count >= 0 && failed > p.count:
		return p.slow(r)
	case !p.told: // nobody has answered yet: begin quickly, become patient
		base := min(p.interval, soonest<<min(failed, 10))
		return max(soonest, base/2+share(base, r))
	case failed == 0:
		return max(soonest, share(p.nonce, r))
	}
	return max(soonest, p.interval+share(p.nonce, r))
}

// slow is the pause after an answer that will not change by itself.
func (p pace) slow(r float64) time.Duration {
	base := max(slowly, p.interval)
	return base + share(base/2, r)
}

// silence is how long the link may be quiet before it counts as dead: one ping has then gone unanswered for
// half an interval, or for 30 s where that is less. Answers after more than 3 s are seen in the field.
func (p pace) silence() time.Duration { return p.ping + min(p.ping/2, pongGrace) }

func share(d time.Duration, r float64) time.Duration { return time.Duration(float64(d) * r) }
