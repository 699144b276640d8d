package wecomtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// checked reads a card and refuses what the platform refuses; what would only be cut on the screen makes a
// complaint. The caller holds the lock.
func (p *Platform) checked(raw json.RawMessage, l cardLimits) (*card, error) {
	k := &card{}
	if len(raw) == 0 {
		return nil, no(40058, "template_card missing")
	}
	if err := json.Unmarshal(raw, k); err != nil {
		return nil, no(47001, "template_card: %v", err)
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&card{}); err != nil {
		p.complain("template_card: %v", err)
	}
	if bad := k.wrong(l); bad != "" {
		return nil, no(40058, "template_card.%s", bad)
	}
	if k.interactive() && !taskID.MatchString(k.TaskID) {
		return nil, no(42014, "%q", k.TaskID)
	}
	for _, cut := range k.tooLong(l) {
		p.complain("template_card.%s", cut)
	}
	return k, nil
}

// wrong is the first thing the platform refuses; empty if there is none.
func (k *card) wrong(l cardLimits) string {
	types := []string{textNotice, newsNotice, buttonCard, voteCard, multiCard}
	notice := k.Type == textNotice || k.Type == newsNotice
	switch {
	case !slices.Contains(types, k.Type):
		return fmt.Sprintf("card_type %q", k.Type)
	case k.Type == textNotice && k.Main.Title == "" && k.Sub == "", k.Type != textNotice && k.Main.Title == "":
		return "main_title.title missing"
	case notice && (k.Action == nil || k.Action.Type != 1 && k.Action.Type != 2):
		return "card_action missing"
	case k.Action != nil && k.Action.Type == 1 && !web(k.Action.URL):
		return "card_action.url"
	case k.Type == newsNotice && (k.Image == nil || !web(k.Image.URL)) && k.ImageText == nil:
		return "card_image missing"
	case k.Image != nil && k.Image.Ratio != 0 && (k.Image.Ratio < 1.3 || k.Image.Ratio > 2.25):
		return "card_image.aspect_ratio"
	case len(k.Rows) > 6:
		return "horizontal_content_list: more than 6"
	case len(k.Columns) > 4:
		return "vertical_content_list: more than 4"
	case len(k.Jumps) > 3:
		return "jump_list: more than 3"
	case len(k.Selects) > 3:
		return "select_list: more than 3"
	}
	if bad := k.wrongParts(l); bad != "" {
		return bad
	}
	return k.wrongKeys()
}

func (k *card) wrongParts(l cardLimits) string {
	for i, r := range k.Rows {
		if r.Key == "" || r.Type == 1 && !web(r.URL) || r.Type == 2 && (!l.files || r.Media == "") || r.Type == 3 && r.UserID == "" || r.Type > 3 {
			return fmt.Sprintf("horizontal_content_list[%d]", i)
		}
	}
	for i, j := range k.Jumps {
		if j.Title == "" || j.Type == 1 && !web(j.URL) || j.Type == 3 && (!l.questions || j.Question == "" || len(j.Question) > 200) || j.Type > 3 {
			return fmt.Sprintf("jump_list[%d]", i)
		}
	}
	return ""
}

// wrongKeys checks what people can use.
func (k *card) wrongKeys() string {
	var keys []cardKey
	switch k.Type {
	case buttonCard:
		if n := len(k.Buttons); n < 1 || n > 6 {
			return fmt.Sprintf("button_list of %d", n)
		}
		keys = append(keys, k.Buttons...)
	case voteCard:
		if k.Checkbox == nil || len(k.Checkbox.Options) == 0 || len(k.Checkbox.Options) > 20 {
			return "checkbox"
		}
		fallthrough
	case multiCard:
		if k.Submit == nil || k.Type == multiCard && len(k.Selects) == 0 {
			return "submit_button or select_list missing"
		}
		keys = append(keys, *k.Submit)
	}
	if k.Menu != nil {
		if n := len(k.Menu.List); n < 1 || n > 3 {
			return fmt.Sprintf("action_menu.action_list of %d", n)
		}
		keys = append(keys, k.Menu.List...)
	}
	for _, b := range keys {
		if b.Text == "" || b.Type == 1 && !web(b.URL) || b.Type == 0 && (b.Key == "" || len(b.Key) > 1024) || b.Style < 0 || b.Style > 4 {
			return fmt.Sprintf("key of the button %q", b.Text)
		}
	}
	for _, s := range k.choices() {
		if s.Key == "" || len(s.Key) > 1024 || len(s.Options) == 0 {
			return fmt.Sprintf("question %q", s.Title)
		}
		if s.Mode == 0 && len(s.Options) > 10 && k.Checkbox == nil {
			return fmt.Sprintf("question %q: more than 10 options", s.Title)
		}
	}
	return ""
}

// tooLong is what a screen would not show to its end.
func (k *card) tooLong(l cardLimits) (out []string) {
	see := func(what, s string, most int) {
		if n := utf8.RuneCountInString(s); n > most {
			out = append(out, fmt.Sprintf("%s has %d characters, %d are shown", what, n, most))
		}
	}
	if k.Source != nil {
		see("source.desc", k.Source.Desc, l.source)
	}
	see("main_title.title", k.Main.Title, l.title)
	see("main_title.desc", k.Main.Desc, l.desc)
	see("sub_title_text", k.Sub, l.sub)
	if k.Emphasis != nil {
		see("emphasis_content.title", k.Emphasis.Title, 10)
		see("emphasis_content.desc", k.Emphasis.Desc, 15)
	}
	for i, r := range k.Rows {
		see(fmt.Sprintf("horizontal_content_list[%d].keyname", i), r.Key, 5)
		see(fmt.Sprintf("horizontal_content_list[%d].value", i), r.Value, 30)
	}
	for i, c := range k.Columns {
		see(fmt.Sprintf("vertical_content_list[%d].title", i), c.Title, l.colTitle)
		see(fmt.Sprintf("vertical_content_list[%d].desc", i), c.Desc, l.colDesc)
	}
	for i, j := range k.Jumps {
		see(fmt.Sprintf("jump_list[%d].title", i), j.Title, 18)
	}
	for i, b := range k.Buttons {
		see(fmt.Sprintf("button_list[%d].text", i), b.Text, 10)
	}
	if k.Submit != nil {
		see("submit_button.text", k.Submit.Text, 10)
	}
	for _, s := range k.choices() {
		most := 10
		if s.Title == "" {
			most = l.option
		}
		for i, o := range s.Options {
			see(fmt.Sprintf("%s.option_list[%d].text", s.Key, i), o.Text, most)
		}
	}
	return out
}

func web(s string) bool {
	return strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://")
}
