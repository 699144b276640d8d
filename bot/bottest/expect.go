package bottest

import (
	"fmt"
	"slices"
	"strings"
)

// Expect takes the first unread message in a place that has all the words. A word of @ and a name asks
// for a real mention of that person, too.
func (c *Chat) Expect(place string, words ...string) Line {
	c.t.Helper()
	c.settle()
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, l := range c.lines {
		if !l.read && l.Place == place && c.has(l, words) {
			l.read = true
			return *l
		}
	}
	c.t.Fatalf("%s: nothing in %s says %s; unread:%s", c.cfg.Platform, place, strings.Join(words, " | "), c.unread())
	return Line{}
}

// ExpectTopic is Expect in a topic of a group the bot opened itself; it returns the topic.
func (c *Chat) ExpectTopic(group string, words ...string) string {
	c.t.Helper()
	c.settle()
	for _, l := range c.Said() {
		if !l.read && strings.HasPrefix(l.Place, group+"/") && c.has(&l, words) {
			c.Expect(l.Place, words...)
			return l.Place
		}
	}
	c.Expect(group, words...)
	return group
}

func (c *Chat) has(l *Line, words []string) bool {
	for _, w := range words {
		if !strings.Contains(l.Message.Text, w) || !c.mentioned(l, w) {
			return false
		}
	}
	return true
}

// mentioned reports whether the name in @王蕾 请签收 is a real mention; other words need none.
func (c *Chat) mentioned(l *Line, word string) bool {
	name, ok := strings.CutPrefix(word, "@")
	if !ok {
		return true
	}
	name, _, _ = strings.Cut(name, " ")
	for id, n := range c.cfg.Names {
		if n == name {
			return slices.Contains(l.Message.Mentions, id)
		}
	}
	return false
}

// Quiet reports an error if anything is unread.
func (c *Chat) Quiet() {
	c.t.Helper()
	c.settle()
	c.mu.Lock()
	defer c.mu.Unlock()
	if left := c.unread(); left != "" {
		c.t.Errorf("%s: nobody expected:%s", c.cfg.Platform, left)
		for _, l := range c.lines {
			l.read = true // said once
		}
	}
}

// Skim marks everything so far as read: what leads up to a story is not the story.
func (c *Chat) Skim() {
	c.settle()
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, l := range c.lines {
		l.read = true
	}
}

func (c *Chat) nothingLeft() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if left := c.unread(); left != "" && !c.t.Failed() {
		c.t.Errorf("%s: unread at the end:%s", c.cfg.Platform, left)
	}
}

func (c *Chat) unread() string {
	var b strings.Builder
	for _, l := range c.lines {
		if !l.read {
			fmt.Fprintf(&b, "\n  %s %s: %s", l.At.UTC().Format("01-02 15:04:05"), l.Place, strings.ReplaceAll(l.Message.Text, "\n", " ⏎ "))
		}
	}
	return b.String()
}
