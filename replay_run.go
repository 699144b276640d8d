package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"fenghuo/bot"
	"fenghuo/bot/webchat"
	"fenghuo/config"
	"fenghuo/internal/roster"
	"fenghuo/store"
)

// replay is one scenario being played: the real service on a virtual clock, with the built-in chat in
// place of the platforms.
type replay struct {
	sc      *scenario
	org     *roster.Org
	zone    *time.Location
	clock   *steppedClock
	chat    *webchat.Chat
	house   func(context.Context, parts) ([]*app, error) // starts the service
	apps    []*app
	stepper *stepper
	log     *slog.Logger
	dir     string

	threads map[string]bot.Place // by the name the scenario gives
	looked  int                  // messages up to the last look
	used    map[int]bool         // messages some expectation spoke of
	unmet   []string
	lost    []notDelivered
	lines   []string // the transcript
	told    int      // lines of the world already in the transcript
	end     replayResult
}

// playScenario runs a file to its end.
func playScenario(ctx context.Context, file string, real func() time.Time, log *slog.Logger) (*replay, error) {
	r, until, err := loadScenario(file, real, log)
	if err != nil {
		return nil, err
	}
	if r.dir, err = os.MkdirTemp("", "fenghuo-replay-"); err != nil {
		return nil, err
	}
	defer os.RemoveAll(r.dir)
	return r, r.play(ctx, until)
}

// loadScenario is a file ready to be played until the moment it ends.
func loadScenario(file string, real func() time.Time, log *slog.Logger) (r *replay, until time.Time, err error) {
	sc, err := readScenario(file)
	if err != nil {
		return nil, until, err
	}
	r = &replay{sc: sc, log: log, threads: map[string]bot.Place{}, used: map[int]bool{}}
	r.house = r.alone
	if r.org, err = config.LoadOrg(sc.relative(sc.Org)); err != nil {
		return nil, until, sc.wrong("$.org", "org: %v", err)
	}
	if r.zone, err = time.LoadLocation(r.org.Zone); err != nil {
		return nil, until, sc.wrong("$.org", "org: zone %q: %v", r.org.Zone, err)
	}
	start, until, err := sc.resolve(r.org, r.zone)
	if err != nil {
		return nil, until, err
	}
	r.clock = newSteppedClock(start, 0, real)
	return r, until, nil
}

func (r *replay) play(ctx context.Context, until time.Time) error {
	if err := r.open(ctx); err != nil {
		return err
	}
	defer func() { _ = r.close() }()
	for n := range r.sc.Steps {
		st := &r.sc.Steps[n]
		if err := r.stepper.to(ctx, st.at); err != nil {
			return fmt.Errorf("%s: step %d: %w", st.spot, n+1, err)
		}
		if err := r.take(ctx, n+1, st); err != nil {
			return fmt.Errorf("%s: step %d: %w", st.spot, n+1, err)
		}
		if err := r.stepper.settle(ctx); err != nil {
			return err
		}
		r.transcribe()
	}
	if err := r.stepper.to(ctx, until); err != nil {
		return err
	}
	r.transcribe()
	return r.finish(ctx)
}

// open starts the service, for the first time or again on the same data.
func (r *replay) open(ctx context.Context) error {
	policy, err := config.LoadPolicy(r.sc.named(r.sc.Policy, "default-v1"))
	if err != nil {
		return r.sc.wrong("$.policy", "policy: %v", err)
	}
	forms, err := config.LoadForm(r.sc.named(r.sc.Form, "kuaibao-v1"))
	if err != nil {
		return r.sc.wrong("$.form", "form: %v", err)
	}
	plans, err := config.LoadPlans(r.sc.named(r.sc.Plans, ""))
	if err != nil {
		return r.sc.wrong("$.plans", "plans: %v", err)
	}
	scheme, err := config.LoadScore(r.sc.named(r.sc.Score, "score-v1"))
	if err != nil {
		return r.sc.wrong("$.score", "score: %v", err)
	}
	drills, err := config.LoadDrills(r.sc.named(r.sc.Drills, "drills-v1"))
	if err != nil {
		return r.sc.wrong("$.drills", "drills: %v", err)
	}
	if r.chat == nil {
		if r.chat, err = webchat.New(webchat.Config{Org: r.org, Now: r.clock.Now, Zone: r.zone, Files: (*replayFiles)(r)}); err != nil {
			return err
		}
	}
	r.apps, err = r.house(ctx, parts{now: r.clock.Now, log: r.log, org: r.org, policy: policy, form: forms, plans: plans, drills: drills, score: scheme,
		platforms: r.chat.Platforms(), connect: r.chat.Connect, migrate: true})
	r.stepper = &stepper{clock: r.clock, apps: r.apps}
	return err
}

// alone is the service as one process with a file.
func (r *replay) alone(ctx context.Context, p parts) ([]*app, error) {
	p.shared = store.NewMemory(p.now)
	a, err := newApp(ctx, r.config("sqlite:"+filepath.Join(r.dir, "fenghuo.db")), p)
	if err != nil {
		return nil, err
	}
	return []*app{a}, nil
}

func (r *replay) config(database string) *config.Config {
	return &config.Config{Timezone: r.org.Zone, DataDir: r.dir, Secret: playSecret, Database: config.Database{URL: config.Secret(database)}}
}

// close lets go of the database.
func (r *replay) close() error {
	var errs []error
	for _, a := range r.apps {
		errs = append(errs, a.Close())
	}
	return errors.Join(errs...)
}

// named is a shipped name, or a path relative to the scenario.
func (sc *scenario) named(name, shipped string) string {
	if name == "" {
		return shipped
	}
	if strings.HasSuffix(name, ".yaml") || strings.HasSuffix(name, ".yml") || strings.HasSuffix(name, "/") {
		return sc.relative(name)
	}
	return name
}

func (r *replay) take(ctx context.Context, n int, st *step) error {
	switch {
	case st.Expect != nil:
		r.look(st)
		return nil
	case st.Fault != "":
		d, _ := time.ParseDuration(st.For)
		r.chat.SetFault(st.Platform, st.Fault, r.clock.Now().Truncate(time.Minute).Add(d))
		r.note("（%s %s %s）", st.Platform, st.Fault, st.For)
		return nil
	case st.Outage != "":
		return r.outage(ctx, st)
	case st.Signal != nil:
		return r.signal(ctx, st)
	case st.Press != "":
		return r.press(ctx, st)
	case st.React != "", st.Read:
		return r.onNewest(ctx, st)
	}
	return r.say(ctx, n, st)
}

// outage kills the service and starts it again on the same data.
func (r *replay) outage(ctx context.Context, st *step) error {
	d, err := time.ParseDuration(st.Outage)
	if err != nil {
		return err
	}
	if err := r.close(); err != nil {
		return err
	}
	r.note("（停机%s）", st.Outage)
	r.clock.Set(r.clock.Now().Truncate(time.Minute).Add(d))
	if err := r.open(ctx); err != nil {
		return err
	}
	if err := r.stepper.tick(ctx); err != nil {
		return err
	}
	return r.stepper.settle(ctx)
}

func (r *replay) say(ctx context.Context, n int, st *step) error {
	u := webchat.Utterance{Person: st.By, Text: st.Say, Redeliver: st.Redeliver, Platform: st.On}
	place := r.place(st.In)
	u.Group, u.Thread = place.Chat, place.Thread
	for _, name := range st.Send {
		data, err := os.ReadFile(r.sc.relative(name))
		if err != nil {
			return err
		}
		u.Files = append(u.Files, webchat.Bytes(filepath.Base(name), data))
	}
	said, err := r.chat.Say(ctx, u)
	if err != nil {
		return err
	}
	if !said.Delivered {
		r.lost = append(r.lost, notDelivered{Step: n, Why: said.Why})
	}
	if st.Thread != "" {
		r.threads[st.Thread] = bot.Place{Chat: st.In, Thread: said.Thread}
	}
	return nil
}

// place is where a name of the scenario points to.
func (r *replay) place(in string) bot.Place {
	if p, ok := r.threads[in]; ok {
		return p
	}
	if in == "direct" {
		return bot.Place{}
	}
	return bot.Place{Chat: in}
}

func (r *replay) press(ctx context.Context, st *step) error {
	lines := r.chat.History()
	for n := len(lines) - 1; n >= 0; n-- {
		if l := lines[n]; r.stands(l, st.In, st.By) && hasButton(l.Card, st.Press) {
			_, err := r.chat.Press(ctx, st.By, l.ID, st.Press)
			return err
		}
	}
	return fmt.Errorf("press %q: no card in %s has this button", st.Press, st.In)
}

func hasButton(c *bot.Card, label string) bool {
	if c == nil {
		return false
	}
	for _, b := range c.Buttons {
		if b.Label == label {
			return true
		}
	}
	return false
}

// onNewest reacts to, or reads, the bot's newest message in a place.
func (r *replay) onNewest(ctx context.Context, st *step) error {
	lines := r.chat.History()
	for n := len(lines) - 1; n >= 0; n-- {
		l := lines[n]
		if l.Sender != "" || !r.stands(l, st.In, st.By) {
			continue
		}
		if st.Read {
			return r.chat.Read(ctx, st.By, l.ID)
		}
		return r.chat.React(ctx, st.By, l.ID, st.React)
	}
	return fmt.Errorf("the bot has said nothing in %s yet", st.In)
}

// stands reports whether a line stands in the place a scenario names; direct means person's own.
func (r *replay) stands(l webchat.Line, in, person string) bool {
	if in == "direct" {
		return l.Place.Direct() && l.Place.Person == person
	}
	p := r.place(in)
	return l.Place.Chat == p.Chat && l.Place.Thread == p.Thread
}
