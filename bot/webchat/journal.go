package webchat

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"fenghuo/bot"
)

// record is one line of the history file: a message as it is from now on, an event for the service, or
// the key of one it has taken.
type record struct {
	Line  *Line      `json:"line,omitempty"`
	Event *bot.Event `json:"event,omitempty"`
	Taken string     `json:"taken,omitempty"`
}

// keep appends to the history file. The caller holds the lock.
func (c *Chat) keep(r record) error {
	if c.journal == nil {
		return nil
	}
	b, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("encode chat history: %w", err)
	}
	if _, err := c.journal.Write(append(b, '\n')); err != nil {
		return fmt.Errorf("write chat history: %w", err)
	}
	return nil
}

// reload reads the history file and opens it for what follows. A last line cut off by a crash is dropped.
func (c *Chat) reload() error {
	if err := os.MkdirAll(c.cfg.Dir, 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(filepath.Join(c.cfg.Dir, "webchat.jsonl"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	good, err := c.replay(f)
	if err == nil {
		err = f.Truncate(good)
	}
	if err == nil {
		_, err = f.Seek(good, io.SeekStart)
	}
	if err != nil {
		return errors.Join(err, f.Close())
	}
	c.journal = f
	return nil
}

// replay takes every whole record and returns where the last one ends.
func (c *Chat) replay(f io.Reader) (good int64, err error) {
	in := bufio.NewReader(f)
	for n := 1; ; n++ {
		b, err := in.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return good, nil
		}
		if err != nil {
			return good, err
		}
		var r record
		if err := json.Unmarshal(bytes.TrimSpace(b), &r); err != nil {
			return good, fmt.Errorf("line %d: %w", n, err)
		}
		c.recall(r)
		good += int64(len(b))
	}
}

// recall takes one record back into memory.
func (c *Chat) recall(r record) {
	switch {
	case r.Line != nil:
		c.remember(r.Line)
	case r.Event != nil:
		if n, err := strconv.Atoi(strings.TrimPrefix(r.Event.Keys[0], "ev-")); err == nil {
			c.events = max(c.events, n)
		}
		c.waiting = append(c.waiting, &waiting{ev: *r.Event})
	case r.Taken != "":
		n := slices.IndexFunc(c.waiting, func(w *waiting) bool { return w.ev.Keys[0] == r.Taken })
		if n >= 0 {
			c.waiting = slices.Delete(c.waiting, n, n+1)
		}
	}
}

func (c *Chat) remember(l *Line) {
	c.seq = max(c.seq, l.Seq)
	if old, ok := c.byID[l.ID]; ok {
		*old = *l
	} else {
		c.lines = append(c.lines, l)
		c.byID[l.ID] = l
	}
	if l.FromBot() {
		c.spoken[l.Place.Key()] = true
		if l.FromBot() && l.Key != "" {
			c.sent[l.Place.Platform+" "+l.Key] = bot.Receipt{Message: l.ID, Thread: l.Place.Thread, Confirmed: true}
		}
	}
}
