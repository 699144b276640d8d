package feishu

import (
	"fmt"
	"slices"
	"strings"

	"fenghuo/bot"
)

// maxElements are 200, less some room: https://open.feishu.cn/document/uAjLw4CM/ukzMukzMukzM/feishu-cards/card-json-v2-structure
const maxElements = 190

// budget is how much of a card is shown.
type budget struct {
	lines   int // characters of running text
	value   int // characters of one fact, cell, option
	facts   int
	rows    int
	options int // of one field
	inputs  int
}

// budgets are tried in order until the card fits.
var budgets = []budget{
	{6000, 1000, 20, 200, 100, 20},
	{4000, 300, 20, 100, 100, 20},
	{2500, 100, 15, 50, 50, 20},
	{1500, 60, 10, 20, 30, 15},
	{800, 40, 6, 10, 20, 10},
	{300, 20, 3, 5, 10, 8},
}

// renderCard is the card within the platform's limits. What does not fit is left out, and the card says
// where it can be read.
func renderCard(s sheet) body {
	var content []byte
	for _, b := range budgets {
		smaller := s
		smaller.card = b.of(s.card)
		drawn := drawCard(&smaller)
		content = encode(drawn)
		if len(quoted(content)) <= maxContent && count(drawn) <= maxElements {
			break
		}
	}
	return body{"interactive", content}
}

// of is the part of a card that fits the budget.
func (b budget) of(c bot.Card) bot.Card {
	c.Head, c.Title, c.Who = clip(c.Head, 100), clip(c.Title, 200), clip(c.Who, 400)
	c.Clock, c.Stale, c.Foot = clip(c.Clock, 200), clip(c.Stale, 200), clip(c.Foot, 200)
	if text := strings.Join(c.Lines, "\n"); len([]rune(text)) > b.lines {
		c.Lines = []string{shorten(text, b.lines)}
	}
	c.Facts = slices.Clone(c.Facts[:min(len(c.Facts), b.facts)])
	for n, f := range c.Facts {
		c.Facts[n] = bot.Fact{Label: clip(f.Label, 30), Value: shorten(f.Value, b.value)}
	}
	c.Images = c.Images[:min(len(c.Images), maxParts)]
	c.Buttons = c.Buttons[:min(len(c.Buttons), 10)]
	if c.Table != nil {
		c.Table, c.Lines = b.table(c)
	}
	if c.Form != nil {
		c.Form = b.form(c.Form)
	}
	return c
}

func (b budget) table(c bot.Card) (*bot.Table, []string) {
	t, lines := bot.Table{Columns: c.Table.Columns}, c.Lines
	for _, r := range c.Table.Rows[:min(len(c.Table.Rows), b.rows)] {
		row := make([]string, len(r))
		for n, cell := range r {
			row[n] = clip(cell, b.value)
		}
		t.Rows = append(t.Rows, row)
	}
	if over := len(c.Table.Rows) - len(t.Rows); over > 0 {
		lines = append(slices.Clone(lines), fmt.Sprintf("下表只列前%d行%s", len(t.Rows), elsewhere))
	}
	return &t, lines
}

func (b budget) form(f *bot.Form) *bot.Form {
	g := *f
	g.Inputs = slices.Clone(f.Inputs[:min(len(f.Inputs), b.inputs)])
	for n := range g.Inputs {
		in := &g.Inputs[n]
		in.Label, in.Hint, in.Error = clip(in.Label, 60), clip(in.Hint, 60), clip(in.Error, 120)
		in.Options = in.Options[:min(len(in.Options), b.options)]
	}
	return &g
}

// count is the number of elements of a card: all that have a tag.
func count(v any) int {
	n := 0
	switch v := v.(type) {
	case obj:
		if _, ok := v["tag"]; ok {
			n = 1
		}
		for _, inner := range v {
			n += count(inner)
		}
	case []obj:
		for _, inner := range v {
			n += count(inner)
		}
	}
	return n
}
