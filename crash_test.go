package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"fenghuo/bot"
)

const crashes = 50

// TestKilledFiftyTimes kills the service without warning while twenty people report at once, and starts it
// again on the same data. What people were told holds.
func TestKilledFiftyTimes(t *testing.T) {
	if testing.Short() {
		t.Skip("half a minute")
	}
	dir := t.TempDir()
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	for run := range crashes {
		killOnce(t, dir, run, time.Duration(20+random.IntN(381))*time.Millisecond)
		inspect(t, dir, run, false)
		if t.Failed() {
			t.Fatalf("after crash %d", run+1)
		}
	}
	finish(t, dir, crashes)
	inspect(t, dir, crashes, true)
}

// killOnce runs the service in a process of its own for a while and kills it. Every fifth time it is hit
// while it starts.
func killOnce(t *testing.T, dir string, run int, after time.Duration) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestServiceToBeKilled$", "-test.count=1")
	cmd.Env = append(os.Environ(), "FENGHUO_CRASH_DIR="+dir, "FENGHUO_CRASH_RUN="+strconv.Itoa(run))
	var log bytes.Buffer
	cmd.Stderr = &log
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(out)
	if run%5 != 4 {
		if line, err := lines.ReadString('\n'); err != nil || line != "ready\n" {
			rest, _ := io.ReadAll(lines)
			t.Errorf("the service did not start: %q %v\n%s%s", line, err, rest, log.String())
		}
	}
	time.Sleep(after)
	_ = cmd.Process.Signal(syscall.SIGKILL)
	rest, _ := io.ReadAll(lines)
	err = cmd.Wait()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
		t.Errorf("the service ended by itself: %v\n%s%s", err, rest, log.String())
	}
	if strings.Contains(log.String(), "level=ERROR") {
		t.Errorf("errors in the log:\n%s", log.String())
	}
}

// TestServiceToBeKilled is the process that is killed; run by itself it does nothing.
func TestServiceToBeKilled(t *testing.T) {
	dir := os.Getenv("FENGHUO_CRASH_DIR")
	if dir == "" {
		return
	}
	run, err := strconv.Atoi(os.Getenv("FENGHUO_CRASH_RUN"))
	if err != nil {
		t.Fatal(err)
	}
	rush(t, dir, run, slog.New(slog.NewTextHandler(os.Stderr, nil)), func() { fmt.Println("ready") }, false)
}

// finish lets everybody come to the end of the report they are at.
func finish(t *testing.T, dir string, run int) {
	t.Helper()
	var log bytes.Buffer
	rush(t, dir, run, slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelError})), func() {}, true)
	if log.Len() > 0 {
		t.Errorf("errors in the log:\n%s", log.String())
	}
}

// rush is one life of the service with everybody at their phones.
func rush(t *testing.T, dir string, run int, log *slog.Logger, ready func(), last bool) {
	d, err := openDiary(filepath.Join(dir, "diary"), run)
	if err != nil {
		t.Fatal(err)
	}
	a, err := crashApp(t, dir, run, d, log)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(context.Background(), 50*time.Second)
	defer stop()
	var people []*reporter
	for n := range reporters {
		people = append(people, newReporter(d, a, fmt.Sprintf("p%02d", n+1), last))
	}
	var serving, typing sync.WaitGroup
	serving.Go(func() {
		if err := a.Run(ctx, nil); err != nil {
			t.Error(err)
		}
	})
	ready()
	for _, p := range people {
		typing.Go(func() {
			if err := p.live(ctx); err != nil {
				t.Errorf("%s: %v", p.id, err)
			}
		})
	}
	typing.Wait()
	stop()
	serving.Wait()
}

// reporter is a person who answers what the bot last asked, report after report.
type reporter struct {
	id, account string
	d           *diary
	a           *app
	ear         chan string
	said        int    // events so far
	reports     int    // begun so far
	pending     record // said, and not known to have been taken
	unanswered  string // what the bot said last, if the person has not reacted
	last        bool   // to stop after the report at hand
}

func newReporter(d *diary, a *app, id string, last bool) *reporter {
	p := &reporter{id: id, account: "ou_" + id, d: d, a: a, ear: make(chan string, 1000), last: last}
	d.ears[id] = p.ear
	for _, r := range d.past {
		if r.Person != id {
			continue
		}
		switch r.Kind {
		case "send":
			p.unanswered = r.Text
		case "event":
			p.said++
			p.pending, p.unanswered = r, ""
			if r.Text == "上报" {
				p.reports++
			}
		case "taken":
			p.pending = record{}
		}
	}
	return p
}

// live goes on where the person was when the service went away. What it did not take is delivered again.
func (p *reporter) live(ctx context.Context) error {
	if p.pending.Key != "" {
		if err := p.deliver(ctx, p.pending.Key, p.pending.Text); err != nil {
			return err
		}
	}
	heard := p.unanswered
	if p.said == 0 {
		heard = "已登记"
	}
	for {
		heard = p.latest(heard)
		if answer := p.answer(heard); answer == "" && p.last && strings.Contains(heard, "已登记") {
			return nil
		} else if answer != "" {
			if err := p.say(ctx, answer); err != nil {
				return err
			}
		}
		select {
		case heard = <-p.ear:
		case <-ctx.Done():
			return fmt.Errorf("no answer to what was said after %q", heard)
		}
	}
}

var (
	asked = regexp.MustCompile(`([①-⑦])/7`)
	lost  = regexp.MustCompile(`还在吗|停在|未完成快报|没听懂|没看懂|稍后`)
)

// latest is the last thing the bot has said: nobody answers what has scrolled away.
func (p *reporter) latest(heard string) string {
	for {
		select {
		case heard = <-p.ear:
		default:
			return heard
		}
	}
}

// answer is what the person says to what they heard; empty: nothing.
func (p *reporter) answer(heard string) string {
	if strings.Contains(heard, "已登记") {
		if p.last && p.said > 0 {
			return ""
		}
		p.reports++
		return "上报"
	}
	if strings.Contains(heard, "请核对") {
		return "提交"
	}
	found := asked.FindAllStringSubmatch(heard, -1)
	if len(found) == 0 && lost.MatchString(heard) {
		return "继续"
	}
	if len(found) == 0 {
		return ""
	}
	return map[string]string{"①": title(p.id, p.reports), "②": "抖音", "③": fmt.Sprintf("https://v.example.test/%s/%d", p.id, p.reports),
		"④": "刚刚", "⑤": "一号店", "⑥": "1", "⑦": "1"}[found[len(found)-1][1]]
}

func title(id string, n int) string {
	return fmt.Sprintf("顾客在一号店投诉酸奶里有虫（%s-%d）", id, n)
}

func (p *reporter) say(ctx context.Context, text string) error {
	p.said++
	key := fmt.Sprintf("ev-%s-%d", p.id, p.said)
	if err := p.d.note(record{Kind: "event", Key: key, Person: p.id, Text: text}); err != nil {
		return err
	}
	return p.deliver(ctx, key, text)
}

func (p *reporter) deliver(ctx context.Context, key, text string) error {
	ev := bot.Event{Platform: "feishu", Keys: []string{key}, Kind: bot.Said, At: p.a.parts.now(), Place: bot.Place{Platform: "feishu", Person: p.id},
		Message: key, Sender: p.account, ToBot: true, Text: text}
	if _, err := p.a.service.Receive(ctx, ev); err != nil {
		return err
	}
	return p.d.note(record{Kind: "taken", Key: key, Person: p.id})
}
