package feishutest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Golden is all messages, chat by chat, as text that stays the same from run to run, for golden files.
func (p *Platform) Golden() string {
	var b strings.Builder
	all := p.All()
	slices.SortStableFunc(all, func(a, b Message) int { return strings.Compare(a.ChatID, b.ChatID) })
	for _, m := range all {
		p.mu.Lock()
		p.golden(&b, &m)
		p.mu.Unlock()
	}
	return b.String()
}

func (p *Platform) golden(b *strings.Builder, m *Message) {
	fmt.Fprintf(b, "── %s %s %s %s\n", m.Sent.In(p.opt.Zone).Format("01-02 15:04"), p.where(m), p.nameOf(m.From), m.Type)
	var notes []string
	for _, at := range m.Mentions {
		note := "@" + at.Name
		if !at.Notified && !at.All {
			note += "（不在群里，收不到）"
		}
		notes = append(notes, note)
	}
	for _, u := range m.Urgent {
		var names []string
		for _, id := range u.To {
			names = append(names, p.nameOf(id))
		}
		notes = append(notes, fmt.Sprintf("加急(%s) %s %s", u.Kind, strings.Join(names, "、"), u.At.In(p.opt.Zone).Format("15:04")))
	}
	for _, r := range m.Reacts {
		notes = append(notes, fmt.Sprintf("[%s] %s", r.Emoji, p.nameOf(r.OpenID)))
	}
	if m.Recalled {
		notes = append(notes, "已撤回")
	}
	if len(notes) > 0 {
		fmt.Fprintf(b, "   %s\n", strings.Join(notes, "  "))
	}
	if m.Type != "interactive" {
		indent(b, "   ", p.plain(m))
		return
	}
	for i, s := range m.States {
		if i > 0 {
			fmt.Fprintf(b, " ↻ %s %s\n", s.At.In(p.opt.Zone).Format("01-02 15:04"), s.How)
		}
		indent(b, "   ", p.CardText(s.Content))
	}
}

func (p *Platform) where(m *Message) string {
	c := p.chats[m.ChatID]
	switch {
	case c.private != "":
		return "@" + p.nameOf(c.private)
	case m.ThreadID != "":
		return c.Name + "/" + m.ThreadID
	case m.ParentID != "":
		return c.Name + "→" + m.ParentID
	}
	return c.Name
}

// nameOf is a person's name. The caller holds the lock.
func (p *Platform) nameOf(openID string) string {
	if person := p.people[openID]; person != nil {
		return person.Name
	}
	if openID == p.opt.BotOpenID {
		return p.opt.BotName
	}
	return openID
}

func indent(b *strings.Builder, by, text string) {
	for line := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		b.WriteString(strings.TrimRight(by+line, " ") + "\n")
	}
}

// plain is what a message other than a card says.
func (p *Platform) plain(m *Message) string {
	switch m.Type {
	case "text":
		return textOf(m)
	case "post":
		return postText(m)
	}
	return m.Content
}

// postText is rich text as text, with or without a language around it.
func postText(m *Message) string {
	var body map[string]json.RawMessage
	if json.Unmarshal([]byte(m.Content), &body) != nil {
		return m.Content
	}
	raw := []byte(m.Content)
	for _, lang := range []string{"zh_cn", "en_us"} {
		if one, ok := body[lang]; ok {
			raw = one
		}
	}
	var post struct {
		Title   string
		Content [][]map[string]any
	}
	if json.Unmarshal(raw, &post) != nil {
		return m.Content
	}
	var lines []string
	if post.Title != "" {
		lines = append(lines, "# "+post.Title)
	}
	for _, row := range post.Content {
		var line strings.Builder
		for _, node := range row {
			line.WriteString(nodeText(node, m))
		}
		lines = append(lines, line.String())
	}
	return strings.Join(lines, "\n")
}

func nodeText(node map[string]any, m *Message) string {
	text, _ := node["text"].(string)
	switch node["tag"] {
	case "at":
		for _, at := range m.Mentions {
			if at.Key == node["user_id"] || at.OpenID == node["user_id"] || at.All && node["user_id"] == "all" {
				return "@" + at.Name
			}
		}
		return fmt.Sprintf("@%v", node["user_id"])
	case "a":
		return fmt.Sprintf("%s<%v>", text, node["href"])
	case "img":
		return fmt.Sprintf("[图 %v]", node["image_key"])
	}
	return text
}
