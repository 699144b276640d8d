package main

import (
	"slices"
	"strings"

	"fenghuo/bot/feishu/feishutest"
)

// look holds what arrived since the last look against what the scenario expects.
func (p *larkPlay) look(st *step) {
	p.t.Helper()
	all := p.p.Messages()
	fresh := all[p.looked:]
	p.looked = len(all)
	for _, anywhere := range []bool{false, true} { // those that say where choose first
		for n, e := range st.Expect {
			if e.None || (e.In == "" && e.To == "") != anywhere {
				continue
			}
			if !p.consume(fresh, e) {
				p.t.Errorf("%s: expectation %d not met: %s; there is:%s", st.spot, n+1, e.words(), p.shown(fresh))
			}
		}
	}
	for n, e := range st.Expect {
		if !e.None {
			continue
		}
		for _, m := range fresh {
			if !p.used[m.ID] && p.meets(m, e) {
				p.t.Errorf("%s: expectation %d: nothing was to be said (%s), but: %s", st.spot, n+1, e.words(), p.read(m)[0])
			}
		}
	}
}

func (p *larkPlay) consume(fresh []feishutest.Message, e expectation) bool {
	for _, m := range fresh {
		if !p.used[m.ID] && p.meets(m, e) {
			p.used[m.ID] = true
			return true
		}
	}
	return false
}

func (p *larkPlay) meets(m feishutest.Message, e expectation) bool {
	if e.In != "" && !p.stands(m, e.In, e.To) {
		return false
	}
	if e.To != "" && m.ChatID != p.p.Private(p.openID(e.To)) {
		return false
	}
	if !slices.ContainsFunc(p.read(m), func(text string) bool { return hasAll(text, e.Contains) }) {
		return false
	}
	for _, person := range e.Mentions {
		id := p.openID(person)
		if !slices.ContainsFunc(m.Mentions, func(at feishutest.Mention) bool { return at.OpenID == id && at.Notified }) {
			return false
		}
	}
	return true
}

// hasAll reports whether a text has the phrases. A card sets words apart by lines where a text has spaces.
func hasAll(text string, phrases []phrase) bool {
	text = strings.Join(strings.Fields(text), " ")
	for _, w := range phrases {
		if w != unreadWord && !strings.Contains(text, string(w)) {
			return false
		}
	}
	return true
}

// shown is a list of messages for a person who looks for what went wrong.
func (p *larkPlay) shown(list []feishutest.Message) string {
	var b strings.Builder
	for _, m := range list {
		b.WriteString("\n  " + m.ID + " in " + m.ChatID + "/" + m.ThreadID + ": " + strings.Join(p.read(m), "\n  ↻ "))
	}
	return b.String()
}
