package webchat

import (
	"context"
	"net/http"
	"strconv"
	"time"
)

// Clock is the virtual clock people may turn.
type Clock interface {
	Now() time.Time
	Speed() float64 // 0: stands still
	SetSpeed(speed float64) error
	Advance(ctx context.Context, d time.Duration) error
	// NextDue is when something next falls due.
	NextDue(ctx context.Context) (at time.Time, ok bool, err error)
	JumpTo(ctx context.Context, t time.Time) error
}

// clockView is the clock as the page shows it.
type clockView struct {
	Now   int64   `json:"now"` // wall clock
	Speed float64 `json:"speed"`
	Next  int64   `json:"next,omitempty"` // when something next falls due; 0: nothing does
}

// clock is nil if there is none to turn.
func (p *page) clock(ctx context.Context) *clockView {
	c := p.opts.Clock
	if c == nil {
		return nil
	}
	v := &clockView{Now: p.wall(c.Now()), Speed: c.Speed()}
	if at, ok, err := c.NextDue(ctx); err == nil && ok {
		v.Next = p.wall(at)
	}
	return v
}

// turn moves the clock. Something may fail on the way; how far it got is shown all the same.
func (p *page) turn(w http.ResponseWriter, r *http.Request) {
	c := p.opts.Clock
	if c == nil {
		http.NotFound(w, r)
		return
	}
	if !small(w, r) {
		return
	}
	known, err := p.move(r.Context(), c, r.FormValue("do"), r.FormValue("speed"))
	p.turned.ring()
	switch {
	case err != nil:
		sorry(w, http.StatusInternalServerError, "时钟没有走完，请再按一次。")
	case known != "":
		sorry(w, http.StatusConflict, known)
	default:
		reply(w, p.clock(r.Context()))
	}
}

// move does what a button of the clock bar says; sentence is why it cannot.
func (p *page) move(ctx context.Context, c Clock, do, speed string) (sentence string, err error) {
	switch do {
	case "plus5":
		return "", c.Advance(ctx, 5*time.Minute)
	case "plus60":
		return "", c.Advance(ctx, time.Hour)
	case "morning":
		return "", c.JumpTo(ctx, nextMorning(c.Now().In(p.chat.cfg.Zone)))
	case "next":
		at, ok, err := c.NextDue(ctx)
		if err != nil {
			return "", err
		}
		if !ok {
			return "眼下没有要到期的事。", nil
		}
		return "", c.JumpTo(ctx, at)
	case "speed":
		if x, err := strconv.ParseFloat(speed, 64); err == nil && x >= 0 && x <= 600 {
			return "", c.SetSpeed(x)
		}
	}
	return "时钟不会这样走。", nil
}

// nextMorning is the next half past eight.
func nextMorning(now time.Time) time.Time {
	y, m, d := now.Date()
	at := time.Date(y, m, d, 8, 30, 0, 0, now.Location())
	if !at.After(now) {
		at = time.Date(y, m, d+1, 8, 30, 0, 0, now.Location())
	}
	return at
}
