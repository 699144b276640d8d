package feishutest

import (
	"fmt"
	"net/http"
	"time"
)

// Faults the platform can have. Those in the second block happen once, when they are asked for.
const (
	Down      = "down"      // every call is answered 503, the long connection is cut and not taken up
	Slow      = "slow"      // a call is carried out, its answer comes after 30 s; a repeat with the same uuid is answered at once
	Drop      = "drop"      // a call is not carried out, its connection is cut
	Limited   = "limited"   // every call is answered 429 with x-ogw-ratelimit-reset: 30
	Disabled  = "disabled"  // the app is not enabled: 99991662
	Code      = "code"      // calls whose pattern contains API, or messages to Chat, are refused with Code
	NoScope   = "no_scope"  // the app lacks Scope (empty: any): 99991672
	NoSMS     = "no_sms"    // the quota of urgent text messages is used up: 230024
	NoPhone   = "no_phone"  // the quota of urgent calls is used up: 230024
	Duplicate = "duplicate" // events come again: once with the same event_id, once with another
	Reorder   = "reorder"   // an event comes after the one that follows it
	Lose      = "lose"      // the first delivery of an event fails

	ExpireTokens = "expire_tokens" // all tokens are invalid from now
	HalfOpen     = "half_open"     // the present connections stay open and are deaf and mute
	Disconnect   = "disconnect"    // the present connections are closed
	RemoveBot    = "remove_bot"    // the bot is removed from Chat
	AddBot       = "add_bot"       // and added again
	Disband      = "disband"       // Chat is disbanded
	Mend         = "mend"          // all faults end
)

const (
	slowAnswer  = 30 * time.Second
	limitedFor  = 30 * time.Second
	defaultSpan = 365 * 24 * time.Hour
)

// Fault is something that goes wrong until a time, or a number of times.
type Fault struct {
	Kind  string
	Chat  string
	Scope string
	API   string
	Code  int
	Times int       // 0: until Until
	Until time.Time // zero: until mended
}

// Break makes something go wrong.
func (p *Platform) Break(f Fault) error {
	switch f.Kind {
	case ExpireTokens:
		p.mu.Lock()
		p.tokens = nil
		p.mu.Unlock()
	case HalfOpen:
		p.eachConn((*conn).deafen)
	case Disconnect:
		p.eachConn((*conn).cut)
	case RemoveBot:
		return p.removeBot(f.Chat)
	case AddBot:
		return p.addBot(f.Chat)
	case Disband:
		return p.disband(f.Chat)
	case Mend:
		p.mend()
	case Down, Slow, Drop, Limited, Disabled, Code, NoScope, NoSMS, NoPhone, Duplicate, Reorder, Lose:
		if f.Until.IsZero() {
			f.Until = p.now().Add(defaultSpan)
		}
		p.mu.Lock()
		p.faults = append(p.faults, f)
		p.mu.Unlock()
		if f.Kind == Down {
			p.eachConn((*conn).cut)
		}
	default:
		return fmt.Errorf("unknown fault %q", f.Kind)
	}
	return nil
}

func (p *Platform) mend() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.faults = nil
	if p.held != nil {
		p.queue = append(p.queue, p.held)
		p.held = nil
	}
}

// broken is a fault of that kind, used once; nil if there is none. The caller holds the lock.
func (p *Platform) broken(kind string, fits func(Fault) bool) *Fault {
	now := p.now()
	for i := range p.faults {
		f := p.faults[i]
		if f.Kind != kind || !now.Before(f.Until) || fits != nil && !fits(f) {
			continue
		}
		if f.Times > 0 {
			p.faults[i].Times--
			if p.faults[i].Times == 0 {
				p.faults = append(p.faults[:i:i], p.faults[i+1:]...)
			}
		}
		return &f
	}
	return nil
}

func (p *Platform) isBroken(kind string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.broken(kind, nil) != nil
}

// faultyAnswer answers for a platform that does not even look at the call.
func (p *Platform) faultyAnswer(w http.ResponseWriter, pattern string) bool {
	switch {
	case p.isBroken(Down):
		http.Error(w, "upstream connect error", http.StatusServiceUnavailable)
	case p.isBroken(Drop):
		p.opt.Log.Debug("dropped", "api", pattern)
		panic(http.ErrAbortHandler)
	case p.isBroken(Limited):
		p.refuse(w, tooMany(perMinute, limitedFor))
	default:
		return false
	}
	return true
}

// tooSlow reports whether the answer must wait.
func (p *Platform) tooSlow(c *call) bool { return !c.repeat && p.isBroken(Slow) }
