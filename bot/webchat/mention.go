package webchat

import (
	"slices"
	"strings"
)

// mentions finds who is @-ed in text: the longest name that fits counts. rest is the text without the
// mention of the bot.
func (c *Chat) mentions(text string) (rest string, toBot bool, people []string) {
	var b strings.Builder
	for {
		at := strings.IndexAny(text, "@＠")
		if at < 0 {
			break
		}
		sign := "@"
		if strings.HasPrefix(text[at:], "＠") {
			sign = "＠"
		}
		b.WriteString(text[:at])
		text = text[at+len(sign):]
		name, person := c.named(text)
		if person == "" && name != "" {
			toBot = true
			text = strings.TrimLeft(text[len(name):], " \u00a0\u2005\u3000")
			continue
		}
		if person != "" && !slices.Contains(people, person) {
			people = append(people, person)
		}
		b.WriteString(sign + name)
		text = text[len(name):]
	}
	b.WriteString(text)
	return strings.TrimSpace(b.String()), toBot, people
}

// named is the longest name text begins with; person is empty for the bot's.
func (c *Chat) named(text string) (name, person string) {
	if strings.HasPrefix(text, c.cfg.Org.Bot) {
		name = c.cfg.Org.Bot
	}
	for _, p := range c.cfg.Org.People {
		if len(p.Name) > len(name) && strings.HasPrefix(text, p.Name) {
			name, person = p.Name, p.ID
		}
	}
	return name, person
}
