package wecomtest

import (
	"fmt"
	"slices"
	"strings"
)

// Golden is all messages, chat by chat, as text that stays the same from run to run, for golden files.
func (p *Platform) Golden() string {
	var b strings.Builder
	all := p.All()
	slices.SortStableFunc(all, func(a, b Message) int { return strings.Compare(a.Chat, b.Chat) })
	for _, m := range all {
		p.mu.Lock()
		p.golden(&b, &m)
		p.mu.Unlock()
	}
	return b.String()
}

func (p *Platform) golden(b *strings.Builder, m *Message) {
	fmt.Fprintf(b, "── %s %s %s %s\n", m.Sent.In(p.opt.Zone).Format("01-02 15:04"), p.where(m), p.sender(m), m.Type)
	if notes := p.notes(m); len(notes) > 0 {
		fmt.Fprintf(b, "   %s\n", strings.Join(notes, "  "))
	}
	if m.Card == "" {
		if m.Text != "" {
			indent(b, "   ", m.Text)
		}
		return
	}
	for i, s := range m.States {
		if i > 0 {
			fmt.Fprintf(b, " ↻ %s %s", s.At.In(p.opt.Zone).Format("01-02 15:04"), s.How)
			if len(s.For) > 0 {
				fmt.Fprintf(b, " 仅 %s 可见", p.names(s.For))
			}
			b.WriteByte('\n')
		}
		indent(b, "   ", cardTextWith(s.Card, s.Button))
	}
}

// notes are what is to be said of a message besides its words.
func (p *Platform) notes(m *Message) (notes []string) {
	for _, id := range m.At {
		notes = append(notes, "@"+p.nameOf(id))
	}
	for _, id := range m.Unheard {
		notes = append(notes, "@"+p.nameOf(id)+"（提醒不到）")
	}
	for _, f := range m.Files {
		notes = append(notes, fmt.Sprintf("[%s %s %d 字节]", f.Kind, f.Name, len(f.Data)))
	}
	if m.Dropped {
		notes = append(notes, "未送达")
	}
	if len(m.Missed) > 0 {
		notes = append(notes, p.names(m.Missed)+" 看不到")
	}
	if m.Recalled {
		notes = append(notes, "已撤回")
	}
	return notes
}

// where is the chat of a message, for people's eyes.
func (p *Platform) where(m *Message) string {
	c := p.chats[m.Chat]
	switch {
	case c == nil:
		return m.Chat
	case c.with == App:
		return "@" + c.person.Name + "·" + p.opt.AppName
	case c.with == AIBot:
		return "@" + c.person.Name + "·" + p.opt.BotName
	}
	return c.Name
}

// sender names who speaks, and of bots which.
func (p *Platform) sender(m *Message) string {
	if m.Channel == People {
		return p.nameOf(m.From)
	}
	return m.From + "(" + m.Channel + ")"
}

// nameOf is a person's name. The caller holds the lock.
func (p *Platform) nameOf(userID string) string {
	if person := p.member(userID); person != nil {
		return person.Name
	}
	if userID == "@all" {
		return "所有人"
	}
	return userID
}

func (p *Platform) names(ids []string) string {
	var out []string
	for _, id := range ids {
		out = append(out, p.nameOf(id))
	}
	return strings.Join(out, "、")
}

func indent(b *strings.Builder, by, text string) {
	for line := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		b.WriteString(strings.TrimRight(by+line, " ") + "\n")
	}
}
