package wecomtest

import (
	"fmt"
	"strings"
)

// CardText is what a card says, as text: for golden files and for searching.
func CardText(raw string) string { return cardTextWith(raw, "") }

// cardTextWith is the same with words in place of the buttons.
func cardTextWith(raw, button string) string {
	k := parseCard([]byte(raw))
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	if k.Source != nil && k.Source.Desc != "" {
		line("〔%s〕", k.Source.Desc)
	}
	said(line, "# ", k.Main.Title)
	said(line, "  ", k.Main.Desc)
	if k.Emphasis != nil {
		line("【%s】%s", k.Emphasis.Title, k.Emphasis.Desc)
	}
	if k.Quote != nil {
		said(line, "> ", strings.TrimSpace(k.Quote.Title+"\n"+k.Quote.Text))
	}
	said(line, "", k.Sub)
	for _, r := range k.Rows {
		target := r.URL + r.UserID + r.Media
		if target != "" {
			target = " <" + target + ">"
		}
		line("%s：%s%s", r.Key, r.Value, target)
	}
	for _, c := range k.Columns {
		line("· %s  %s", c.Title, c.Desc)
	}
	for _, j := range k.Jumps {
		line("→ %s <%s>", j.Title, j.URL+j.Question+j.AppID)
	}
	if k.Action != nil && k.Action.URL != "" {
		line("（整张卡片 <%s>）", k.Action.URL)
	}
	k.asks(line)
	b.WriteString(k.keys(button))
	return strings.TrimRight(b.String(), "\n")
}

func said(line func(string, ...any), before, s string) {
	if s == "" {
		return
	}
	for one := range strings.SplitSeq(s, "\n") {
		line("%s%s", before, one)
	}
}

// asks writes the questions, the chosen options marked.
func (k *card) asks(line func(string, ...any)) {
	for _, s := range k.choices() {
		var options []string
		for _, o := range s.Options {
			mark := ""
			if o.Checked || o.ID == s.Selected && o.ID != "" {
				mark = "✓"
			}
			options = append(options, mark+o.Text)
		}
		title := s.Title
		if title == "" {
			title = s.Key
		}
		line("? %s：%s", title, strings.Join(options, " / "))
	}
}

// keys are the buttons in a row, or what took their place.
func (k *card) keys(button string) string {
	if button == "" {
		button = k.ReplaceText
	}
	var out []string
	if button != "" {
		out = append(out, "〈"+button+"〉")
	} else {
		for _, b := range k.Buttons {
			out = append(out, "["+b.Text+"]")
		}
		if k.Submit != nil {
			out = append(out, "["+k.Submit.Text+"]")
		}
	}
	if k.Menu != nil {
		for _, a := range k.Menu.List {
			out = append(out, "⋯"+a.Text)
		}
	}
	return strings.Join(out, " ")
}
