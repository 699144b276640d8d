package feishu

import (
	"strings"

	"fenghuo/bot"
)

// sheet is what a card is drawn from.
type sheet struct {
	card   bot.Card
	text   string // the message's own, for the lock screen
	people []callout
	images []string // image_key
	where  value    // where its buttons belong; Say and Target are theirs
}

// colours of the head by level, 0 is neutral.
var colours = [...]string{"default", "red", "orange", "yellow", "blue"}

const grey = "grey"

// drawCard is a card as JSON 2.0: https://open.feishu.cn/document/uAjLw4CM/ukzMukzMukzM/feishu-cards/card-json-v2-structure.
// An unknown property is an error there, so each element has only what its page lists.
func drawCard(s *sheet) obj {
	c := s.card
	colour := colours[0]
	switch {
	case c.Stale != "":
		colour = grey
	case c.Level > 0 && c.Level < len(colours):
		colour = colours[c.Level]
	}
	header := obj{"title": plainText(first(c.Head, c.Title, "消息")), "template": colour}
	if c.Title != "" && c.Head != "" {
		header["subtitle"] = plainText(c.Title)
	}
	return obj{
		"schema": "2.0",
		// Forwarded, the card would show other people's matters and press in the wrong place.
		"config": obj{"update_multi": true, "width_mode": "fill", "enable_forward": false, "summary": obj{"content": clip(summary(s), 100)}},
		"header": header,
		"body":   obj{"elements": s.elements()},
	}
}

// summary is what the list of chats and a lock screen show.
func summary(s *sheet) string {
	parts := []string{s.card.Head}
	if s.card.Title != "" {
		parts = append(parts, s.card.Title)
	} else if len(s.card.Lines) > 0 {
		parts = append(parts, s.card.Lines[0])
	}
	return strings.ReplaceAll(strings.Join(parts, " "), "\n", " ")
}

// elements are the parts in the order of reading: lines, facts, who, the clock, then what can be done.
func (s *sheet) elements() []obj {
	c := s.card
	out := s.lines(strings.Join(c.Lines, "\n"))
	for _, f := range c.Facts {
		out = append(out, fact(f))
	}
	out = append(out, s.lines(c.Who)...)
	if c.Clock != "" {
		out = append(out, clock(c.Clock, c.Overdue && c.Stale == ""))
	}
	out = append(out, s.figures()...)
	if c.Stale != "" {
		out = append(out, div(styled(c.Stale, grey, "normal")))
	} else {
		out = append(out, s.acts()...)
	}
	if c.Foot != "" {
		out = append(out, div(styled(c.Foot, grey, "notation")))
	}
	if len(s.people) > 0 { // who is mentioned without being named comes first
		out = append([]obj{{"tag": "markdown", "content": strings.TrimSpace(markdown(allOf(s.people)))}}, out...)
	}
	if len(out) == 0 { // a body needs one
		out = append(out, div(plainText(first(c.Title, c.Head, s.text))))
	}
	return out
}

// lines are running text. Mentions need markdown; every other line is plain, so that nothing in it can be
// taken for markup.
func (s *sheet) lines(text string) []obj {
	if text == "" {
		return nil
	}
	var out []obj
	var plain []string
	flush := func() {
		if len(plain) > 0 {
			out = append(out, div(plainText(strings.Join(plain, "\n"))))
		}
		plain = nil
	}
	for _, line := range strings.Split(text, "\n") {
		rs, missing := runs(line, s.people)
		if len(missing) == len(s.people) {
			plain = append(plain, line)
			continue
		}
		s.people = missing
		flush()
		out = append(out, obj{"tag": "markdown", "content": markdown(rs)})
	}
	flush()
	return out
}

// figures are pictures, a table, a chart.
func (s *sheet) figures() []obj {
	var out []obj
	for _, key := range s.images {
		out = append(out, obj{"tag": "img", "img_key": key, "alt": plainText("图片")})
	}
	if t := s.card.Table; t != nil && len(t.Columns) > 0 {
		out = append(out, table(t))
	}
	if c := s.card.Chart; c != nil && len(c.Points) > 0 {
		out = append(out, chart(c))
	}
	return out
}

// acts are a form and buttons.
func (s *sheet) acts() []obj {
	var out []obj
	if f := s.card.Form; f != nil {
		out = append(out, form(f, s.where))
	}
	if len(s.card.Buttons) > 0 {
		out = append(out, buttons(s.card.Buttons, s.where))
	}
	return out
}

func div(text obj) obj { return obj{"tag": "div", "text": text} }

// styled is plain text in a colour and size.
func styled(content, colour, size string) obj {
	return obj{"tag": "plain_text", "content": content, "text_color": colour, "text_size": size}
}

// fact is a label at the left and its value at the right.
func fact(f bot.Fact) obj {
	column := func(weight int, text obj) obj {
		return obj{"tag": "column", "width": "weighted", "weight": weight, "vertical_align": "top", "elements": []obj{div(text)}}
	}
	return obj{"tag": "column_set", "flex_mode": "none", "horizontal_spacing": "small",
		"columns": []obj{column(1, styled(f.Label, grey, "normal")), column(3, plainText(f.Value))}}
}

// clock is the time that matters next, in red once it has passed. The words say so, too.
func clock(text string, overdue bool) obj {
	if overdue {
		return div(styled(text, "red", "normal"))
	}
	return div(plainText(text))
}
