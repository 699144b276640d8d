// Package drill is what a rehearsal is made of: a script of what comes in and when, and how those who took part did.
package drill

import (
	"time"

	"fenghuo/internal/incident"
)

// Book is a file of scripts.
type Book struct {
	Name   string   `yaml:"name"`
	Note   string   `yaml:"note"`
	Drills []Script `yaml:"drills"`
}

// Script is one rehearsal.
type Script struct {
	Title string   `yaml:"title"`
	Note  string   `yaml:"note"` // what is practised
	Steps []Inject `yaml:"steps"`
}

// Inject is a piece of news that comes in.
type Inject struct {
	At     Offset         `yaml:"at"`
	Inject string         `yaml:"inject"`
	Spread string         `yaml:"spread"` // how it spreads: 抖音 播放3.2万
	Level  incident.Level `yaml:"level"`  // its colour
}

// Offset is how long after the beginning: 0m, 1h30m.
type Offset time.Duration

// UnmarshalText reads a duration as Go writes it.
func (o *Offset) UnmarshalText(text []byte) error {
	d, err := time.ParseDuration(string(text))
	*o = Offset(d)
	return err
}

// Grace is how long a rehearsal goes on after its last inject, unless it is ended before.
const Grace = time.Hour

// Longest is as long as a script may take.
const Longest = 24 * time.Hour

// Last is when the last inject comes in, after the beginning.
func (s Script) Last() time.Duration {
	var last time.Duration
	for _, step := range s.Steps {
		last = max(last, time.Duration(step.At))
	}
	return last
}

// Result is how a rehearsal went.
type Result struct {
	Injects   []Came
	Incidents []Handled
}

// Came is an inject that came in, and whether anybody did anything before the next.
type Came struct {
	N      int
	Text   string
	At     time.Time
	Answer bool
}

// Handled is what was done about an incident reported in it. A time that is zero was not reached.
type Handled struct {
	Number, Title       string
	Report              time.Duration // from the inject before it to the report
	Acked, Verified     time.Duration // from the report; negative: not reached
	FollowUps, Breaches int
}

// NotReached is a time that was not reached.
const NotReached = time.Duration(-1)

// Judge says which injects were answered: acts are the moments at which somebody did something, end when it was over.
func Judge(injects []Came, acts []time.Time, end time.Time) []Came {
	for n := range injects {
		until := end
		if n+1 < len(injects) {
			until = injects[n+1].At
		}
		for _, at := range acts {
			if !at.Before(injects[n].At) && at.Before(until) {
				injects[n].Answer = true
			}
		}
	}
	return injects
}

// Before is how long before a moment the last inject came in; zero without one.
func Before(injects []Came, at time.Time) time.Duration {
	var d time.Duration
	for _, in := range injects {
		if !in.At.After(at) {
			d = at.Sub(in.At)
		}
	}
	return d
}
