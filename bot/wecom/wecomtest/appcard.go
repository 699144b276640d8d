package wecomtest

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// node is any element, of a card in CamelCase.
type node struct {
	XMLName xml.Name
	Text    string `xml:",chardata"`
	Nodes   []node `xml:",any"`
}

// listed are the elements that may come several times; in JSON they are lists. In XML a list has no element
// around it.
var listed = map[string]bool{"horizontal_content_list": true, "vertical_content_list": true, "jump_list": true, "button_list": true,
	"select_list": true, "option_list": true, "action_list": true}

// numbers are the fields that are numbers.
var numbers = map[string]bool{"type": true, "style": true, "mode": true, "desc_color": true, "aspect_ratio": true}

// card is the element as a template_card of the API.
func (n node) card() any {
	if len(n.Nodes) == 0 {
		text := strings.TrimSpace(n.Text)
		name := snake(n.XMLName.Local)
		if f, err := strconv.ParseFloat(text, 64); numbers[name] && err == nil {
			return f
		}
		if name == "is_checked" || name == "disable" {
			return text == "true" || text == "1"
		}
		return text
	}
	out := object{}
	for _, one := range n.Nodes {
		name := snake(one.XMLName.Local)
		if listed[name] {
			list, _ := out[name].([]any)
			out[name] = append(list, one.card())
			continue
		}
		out[name] = one.card()
	}
	return out
}

// snake is a CamelCase name of the passive reply as the API has it.
func snake(s string) string {
	var b strings.Builder
	for i, r := range s {
		if r >= 'A' && r <= 'Z' {
			if i > 0 {
				b.WriteByte('_')
			}
			r += 'a' - 'A'
		}
		b.WriteRune(r)
	}
	return strings.NewReplacer("key_name", "keyname", "user_id", "userid", "app_id", "appid", "page_path", "pagepath", "check_box", "checkbox").Replace(b.String())
}
