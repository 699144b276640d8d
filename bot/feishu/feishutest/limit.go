package feishutest

import (
	"net/http"
	"time"
)

// Limits of the platform (ukTMukTMukTM/uUzN04SN3QjL1cDN; im-v1/message/create): each API 50 a second and 1000 a
// minute, each chat or person 5 messages a second from all bots together.
const (
	perSecond = 50
	perMinute = 1000
	perTarget = 5
)

// window counts the calls of one API in the present second and minute.
type window struct {
	second, minute     time.Time
	inSecond, inMinute int
}

// withinLimit counts a call of an API. The caller holds the lock.
func (p *Platform) withinLimit(name string, now time.Time) *Refusal {
	w := p.windows[name]
	if w == nil {
		w = &window{}
		p.windows[name] = w
	}
	if s := now.Truncate(time.Second); !s.Equal(w.second) {
		w.second, w.inSecond = s, 0
	}
	if m := now.Truncate(time.Minute); !m.Equal(w.minute) {
		w.minute, w.inMinute = m, 0
	}
	w.inSecond++
	w.inMinute++
	switch {
	case w.inMinute > perMinute:
		return tooMany(perMinute, w.minute.Add(time.Minute).Sub(now))
	case w.inSecond > perSecond:
		return tooMany(perSecond, w.second.Add(time.Second).Sub(now))
	}
	return nil
}

// tooMany is the answer above a limit; the header says after how many seconds the count begins anew.
func tooMany(limit int, reset time.Duration) *Refusal {
	r := no(99991400, "")
	r.Status = http.StatusTooManyRequests
	r.Header = map[string]string{"x-ogw-ratelimit-limit": itoa(limit), "x-ogw-ratelimit-reset": itoa(int((reset + time.Second - 1) / time.Second))}
	return r
}

// pace lets five things a second happen to one target. The caller holds the lock.
func (p *Platform) pace(target, what string, now time.Time) error {
	kept := p.recent[target][:0]
	for _, at := range p.recent[target] {
		if now.Sub(at) < time.Second {
			kept = append(kept, at)
		}
	}
	if len(kept) >= perTarget {
		p.recent[target] = kept
		return no(230020, "ext=%s rate limit", what)
	}
	p.recent[target] = append(kept, now)
	return nil
}
