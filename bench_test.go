package main

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"fenghuo/store"
)

// BenchmarkMessage is one message of a person, handled and on disk: the average over whole reports, a
// question about the rota, and people talking to one another.
func BenchmarkMessage(b *testing.B) {
	b.Run("report", func(b *testing.B) {
		w := newBench(b)
		var words []string
		for n := 0; b.Loop(); n++ {
			if len(words) == 0 {
				words = reportWords(n)
			}
			w.say("zhoumin", fmt.Sprintf("ev-%d", n), words[0])
			words = words[1:]
			w.pass(time.Second)
		}
	})
	b.Run("question", func(b *testing.B) {
		w := newBench(b)
		for n := 0; b.Loop(); n++ {
			w.say("zhoumin", fmt.Sprintf("ev-%d", n), "值班")
		}
	})
}

// BenchmarkTick is the minute's tick with nothing due, which must not grow with what is armed, and with
// ten thousand ladders to climb at once, each a transaction of its own.
func BenchmarkTick(b *testing.B) {
	for _, armed := range []int{1e3, 1e5, 1e6} {
		b.Run(fmt.Sprintf("armed=%d/due=0", armed), func(b *testing.B) {
			w := newBench(b)
			w.arm(armed)
			for b.Loop() {
				w.tick()
				w.pass(time.Second)
			}
		})
	}
	b.Run("armed=10000/due=10000", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			w := newBench(b)
			w.incident()
			w.copies(9999)
			w.tick()
			w.pass(16 * time.Minute)
			if err := w.app.presentAt(b.Context(), w.now().Add(-time.Minute)); err != nil {
				b.Fatal(err)
			}
			b.StartTimer()
			w.tick()
			b.StopTimer()
			if due, err := w.app.store.DueClocks(b.Context(), w.now(), 1); err != nil || len(due) > 0 {
				b.Fatal("not all went off", due, err)
			}
			b.StartTimer()
		}
	})
}

func (w *bench) tick() {
	w.b.Helper()
	if err := w.app.scheduler.Tick(w.b.Context()); err != nil {
		w.b.Fatal(err)
	}
}

// BenchmarkDigest is a leader's morning over a hundred thousand incidents, some of them open.
func BenchmarkDigest(b *testing.B) {
	for _, open := range []int{200, 2000} {
		b.Run(fmt.Sprintf("incidents=100000/open=%d", open), func(b *testing.B) {
			w := newBench(b)
			w.incident()
			w.copies(99_999)
			w.closed(open - 1)
			for b.Loop() {
				err := w.app.store.View(b.Context(), func(tx *store.Tx) error {
					d, err := w.app.desk.On(tx, "clock/digest").Digest("xuqing")
					if len(d.Open) != open {
						b.Fatal(len(d.Open), "open")
					}
					_ = w.app.desk.Voice.Digest(d)
					return err
				})
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkStart opens the service on what is there.
func BenchmarkStart(b *testing.B) {
	for _, incidents := range []int{1, 100_000} {
		b.Run(fmt.Sprintf("incidents=%d", incidents), func(b *testing.B) {
			w := newBench(b)
			w.incident()
			if incidents > 1 {
				w.copies(incidents - 1)
			}
			for b.Loop() {
				if err := w.app.Close(); err != nil {
					b.Fatal(err)
				}
				w.start()
			}
		})
	}
}

// BenchmarkDemo starts the built program as a newcomer does: until its address is on the terminal, and
// what it then occupies in memory.
func BenchmarkDemo(b *testing.B) {
	program := filepath.Join(b.TempDir(), "fenghuo")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	var resident, runs float64
	for b.Loop() {
		cmd := exec.CommandContext(b.Context(), program, "demo", "--listen", "127.0.0.1:0")
		out, err := cmd.StdoutPipe()
		if err == nil {
			err = cmd.Start()
		}
		if err != nil {
			b.Fatal(err)
		}
		for lines := bufio.NewScanner(out); lines.Scan() && !strings.Contains(lines.Text(), "/chat"); {
		}
		b.StopTimer()
		resident, runs = resident+rss(b, cmd.Process.Pid), runs+1
		_ = cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait()
		b.StartTimer()
	}
	b.ReportMetric(resident/runs, "MB-resident")
}

// rss is the resident memory of a process in megabytes.
func rss(b *testing.B, pid int) float64 {
	b.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		b.Skip(err)
	}
	_, after, _ := strings.Cut(string(status), "VmRSS:")
	kb, err := strconv.ParseFloat(strings.Fields(after)[0], 64)
	if err != nil {
		b.Fatal(err)
	}
	return kb / 1024
}
