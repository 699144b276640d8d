package wecomtest

import (
	"context"
	"fmt"
	"time"
)

// Faults the platform can have. Those in the second block happen once, when they are asked for.
const (
	Down      = "down"      // calls are answered 502, the socket is cut and not taken up
	Hang      = "hang"      // the connection of a call is cut before it is carried out
	Slow      = "slow"      // a call or frame is carried out, its answer comes after 30 s
	Drop      = "drop"      // messages, or those to Chat, are accepted with errcode 0 and shown to nobody
	Limited   = "limited"   // calls and frames are answered 45009
	Code      = "code"      // calls whose pattern, or frames whose cmd, contains API are refused with Code; or messages to Chat
	Duplicate = "duplicate" // what the bot is told comes twice
	Lose      = "lose"      // the first delivery of what the bot is told fails; on the socket it is lost

	RevokeTokens = "revoke_tokens" // all access_tokens are void from now
	DeleteRobot  = "delete_robot"  // the webhook robot of Chat is deleted: 93000
	DisableRobot = "disable_robot" // and disabled: 93004
	AddRobot     = "add_robot"     // and there again, with the same key
	RemoveBot    = "remove_bot"    // the AI bot is taken out of Chat
	AddBot       = "add_bot"       // and added again
	PushDead     = "push_dead"     // the AI bot's pushes to Chat are refused with 93006 until somebody talks to it there
	Cut          = "cut"           // the sockets are closed
	HalfOpen     = "half_open"     // the sockets stay open, and nothing comes or goes
	Kick         = "kick"          // another process takes the AI bot over: disconnected_event
	Mend         = "mend"          // all faults of the first block end
)

const (
	slowAnswer  = 30 * time.Second
	defaultSpan = 365 * 24 * time.Hour
)

// Fault is something that goes wrong until a time, or a number of times.
type Fault struct {
	Kind    string
	Channel string // only app, aibot, robot or appchat; empty: all
	Chat    string
	API     string
	Code    int
	Times   int       // 0: until Until
	Until   time.Time // zero: until mended
}

// Break makes something go wrong.
func (p *Platform) Break(f Fault) error {
	switch f.Kind {
	case Cut:
		p.eachConn((*conn).cut)
	case HalfOpen:
		p.eachConn((*conn).deafen)
	case Kick:
		p.kick(context.Background(), nil)
	case Down, Hang, Slow, Drop, Limited, Code, Duplicate, Lose:
		if f.Until.IsZero() {
			f.Until = p.now().Add(defaultSpan)
		}
		p.mu.Lock()
		p.faults = append(p.faults, f)
		p.mu.Unlock()
		if f.Kind == Down && (f.Channel == "" || f.Channel == AIBot) {
			p.eachConn((*conn).cut)
		}
	default:
		return p.alter(f)
	}
	return nil
}

// alter is what happens once, under the lock.
func (p *Platform) alter(f Fault) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch f.Kind {
	case Mend:
		p.faults = nil
	case RevokeTokens:
		p.tokens = nil
	case DeleteRobot, DisableRobot, AddRobot:
		r := p.robotOf(f.Chat)
		if r == nil {
			return fmt.Errorf("no robot in the chat %q", f.Chat)
		}
		r.deleted, r.disabled = f.Kind == DeleteRobot, f.Kind == DisableRobot
	case RemoveBot, AddBot, PushDead:
		c := p.chats[f.Chat]
		if c == nil {
			return fmt.Errorf("no chat %q", f.Chat)
		}
		if f.Kind == PushDead {
			c.dead = true
			return nil
		}
		c.botOut = f.Kind == RemoveBot
	default:
		return fmt.Errorf("unknown fault %q", f.Kind)
	}
	return nil
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

// chatFault is the fault Code of one chat. The caller holds the lock.
func (p *Platform) chatFault(chatID string) error {
	if f := p.broken(Code, func(f Fault) bool { return f.API == "" && f.Chat == chatID }); f != nil {
		return no(f.Code, "")
	}
	return nil
}

// spoken shows a bot's message, unless it is dropped. The caller holds the lock.
func (p *Platform) spoken(m *Message) *Message {
	if p.broken(Drop, func(f Fault) bool { return onChannel(m.Channel)(f) && (f.Chat == "" || f.Chat == m.Chat) }) != nil {
		m.Dropped = true
	}
	return p.add(m)
}

// onChannel fits faults of a channel, or of all.
func onChannel(channel string) func(Fault) bool {
	return func(f Fault) bool { return f.Channel == "" || f.Channel == channel }
}

func (p *Platform) isBroken(kind, channel string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.broken(kind, onChannel(channel)) != nil
}
