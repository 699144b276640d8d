package feishutest

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
)

// card draws a card as Feishu would.
func (v *view) card(m *Message) {
	var root object
	if json.Unmarshal([]byte(m.Content), &root) != nil {
		return
	}
	config, _ := root["config"].(object)
	v.f(`<section class="card %v">`, esc(fmt.Sprint(config["width_mode"])))
	if header, ok := root["header"].(object); ok {
		v.f(`<h2 class="%s">%s`, esc(fmt.Sprint(header["template"])), esc(words(header["title"])))
		tags, _ := header["text_tag_list"].([]any)
		for _, t := range tags {
			tag, _ := t.(object)
			v.f(` <i class="tag %s">%s</i>`, esc(fmt.Sprint(tag["color"])), esc(words(tag["text"])))
		}
		if sub := words(header["subtitle"]); sub != "" {
			v.f(`<small>%s</small>`, esc(sub))
		}
		v.f(`</h2>`)
	}
	body, _ := root["body"].(object)
	v.f(`<div class="body">`)
	v.parts(body["elements"], m, false)
	v.f(`</div></section>`)
}

func (v *view) parts(list any, m *Message, inForm bool) {
	all, _ := list.([]any)
	for _, one := range all {
		part, _ := one.(object)
		v.part(part, m, inForm)
	}
}

func (v *view) part(part object, m *Message, inForm bool) {
	switch tag, _ := part["tag"].(string); tag {
	case "markdown":
		content, _ := part["content"].(string)
		v.f(`<div class="md %s" style="text-align:%s">%s</div>`, esc(text(part["text_size"])), esc(text(part["text_align"])), v.markdown(content))
	case "div":
		t, _ := part["text"].(object)
		v.f(`<div class="md %s %s">%s</div>`, esc(text(t["text_size"])), esc(text(t["text_color"])), strings.ReplaceAll(esc(words(t)), "\n", "<br>"))
	case "hr":
		v.f(`<hr>`)
	case "img":
		v.f(`<div class="img">图片 %s</div>`, esc(text(part["img_key"])))
	case "form":
		v.f(`<form method="post" class="form">%s<input type="hidden" name="message" value="%s">`, v.hidden(), m.ID)
		v.parts(part["elements"], m, true)
		v.f(`</form>`)
	case "column_set":
		v.f(`<div class="columns %s">`, esc(text(part["flex_mode"])))
		v.parts(part["columns"], m, inForm)
		v.f(`</div>`)
	case "column":
		grow := "0 1 auto"
		if part["width"] == "weighted" || part["weight"] != nil {
			grow = fmt.Sprintf("%v 1 0", max(1, int(float(part["weight"]))))
		}
		v.f(`<div class="column %s" style="flex:%s">`, esc(text(part["background_style"])), grow)
		v.parts(part["elements"], m, inForm)
		v.f(`</div>`)
	case "collapsible_panel":
		header, _ := part["header"].(object)
		open := ""
		if part["expanded"] == true {
			open = " open"
		}
		v.f(`<details%s><summary>%s</summary>`, open, v.markdown(words(header["title"])))
		v.parts(part["elements"], m, inForm)
		v.f(`</details>`)
	case "interactive_container":
		v.f(`<div class="container">`)
		v.parts(part["elements"], m, inForm)
		v.f(`</div>`)
	case "button":
		v.button(part, m, inForm)
	case "overflow":
		options, _ := part["options"].([]any)
		for _, one := range options {
			o, _ := one.(object)
			v.button(object{"text": o["text"], "type": "text"}, m, inForm)
		}
	case "table":
		v.table(part)
	case "chart":
		v.chart(part)
	case "person":
		v.f(`<span class="person">%s</span>`, esc(v.p.nameOf(text(part["user_id"]))))
	default:
		v.field(part)
	}
}

func text(v any) string { s, _ := v.(string); return s }
func float(v any) float64 {
	f, _ := v.(float64)
	return f
}

func (v *view) button(part object, m *Message, inForm bool) {
	label := words(part["text"])
	off := ""
	if part["disabled"] == true {
		off = " disabled"
	}
	if part["form_action_type"] == "reset" {
		v.f(`<button type="reset" class="%s">%s</button>`, esc(text(part["type"])), esc(label))
		return
	}
	b := fmt.Sprintf(`<button name="press" value="%s" class="%s"%s>%s</button>`, esc(label), esc(text(part["type"])), off, esc(label))
	if inForm {
		v.f(`%s`, b)
		return
	}
	v.f(`<form method="post" class="act">%s<input type="hidden" name="message" value="%s">%s</form>`, v.hidden(), m.ID, b)
}

// field is something to fill in.
func (v *view) field(part object) {
	tag, name := text(part["tag"]), esc(text(part["name"]))
	need := ""
	if part["required"] == true {
		need = " required"
	}
	v.f(`<label class="field">`)
	if label := words(part["label"]); label != "" {
		v.f(`<span>%s%s</span>`, esc(label), map[bool]string{true: `<b>*</b>`}[need != ""])
	}
	first := esc(text(initial(part)))
	hint := esc(words(part["placeholder"]))
	switch {
	case tag == "input" && part["input_type"] == "multiline_text":
		v.f(`<textarea name="f:%s" placeholder="%s" rows="%d"%s>%s</textarea>`, name, hint, max(2, int(float(part["rows"]))), need, first)
	case tag == "input":
		v.f(`<input name="f:%s" placeholder="%s" value="%s"%s>`, name, hint, first, need)
	case tag == "checker":
		v.f(`<input type="checkbox" name="check:%s"> %s`, name, esc(words(part["text"])))
	case tag == "date_picker":
		v.f(`<input type="date" name="moment:%s" value="%s"%s>`, name, first, need)
	case tag == "picker_time":
		v.f(`<input type="time" name="moment:%s" value="%s"%s>`, name, first, need)
	case tag == "picker_datetime":
		v.f(`<input type="datetime-local" name="moment:%s" value="%s"%s>`, name, strings.ReplaceAll(first, " ", "T"), need)
	default:
		v.choices(tag, name, hint, need, part)
	}
	v.f(`</label>`)
}

func (v *view) choices(tag, name, hint, need string, part object) {
	kind, multiple := "f", ""
	if strings.HasPrefix(tag, "multi_") {
		kind, multiple = "multi", " multiple"
	}
	v.f(`<select name="%s:%s"%s%s>`, kind, name, multiple, need)
	if multiple == "" {
		v.f(`<option value="">%s</option>`, hint)
	}
	options, _ := part["options"].([]any)
	if len(options) == 0 && strings.Contains(tag, "person") {
		for _, person := range v.p.opt.Org.People {
			options = append(options, object{"value": person.OpenID})
		}
	}
	chosen := strings.Fields(strings.Trim(fmt.Sprint(initial(part)), "[]"))
	for _, one := range options {
		o, _ := one.(object)
		value, label, on := text(o["value"]), words(o["text"]), ""
		if label == "" {
			label = v.p.nameOf(value)
		}
		if among(value, strings.Join(chosen, " ")) {
			on = " selected"
		}
		v.f(`<option value="%s"%s>%s</option>`, esc(value), on, esc(label))
	}
	v.f(`</select>`)
}

func (v *view) table(part object) {
	columns, _ := part["columns"].([]any)
	v.f(`<table><tr>`)
	for _, one := range columns {
		c, _ := one.(object)
		v.f(`<th>%s</th>`, esc(text(c["display_name"])))
	}
	v.f(`</tr>`)
	rows, _ := part["rows"].([]any)
	for _, one := range rows {
		row, _ := one.(object)
		v.f(`<tr>`)
		for _, one := range columns {
			c, _ := one.(object)
			cell := cellText(row[text(c["name"])])
			if c["data_type"] == "markdown" || c["data_type"] == "lark_md" {
				cell = v.markdown(cell)
			} else {
				cell = esc(cell)
			}
			v.f(`<td>%s</td>`, cell)
		}
		v.f(`</tr>`)
	}
	v.f(`</table>`)
}

// chart draws any chart as bars.
func (v *view) chart(part object) {
	spec, _ := part["chart_spec"].(object)
	title, _ := spec["title"].(object)
	v.f(`<figure><figcaption>%s</figcaption>`, esc(text(title["text"])))
	rows := values(spec)
	most := 1.0
	for _, row := range rows {
		for _, x := range row {
			most = max(most, float(x))
		}
	}
	for _, row := range rows {
		label, n := barOf(spec, row)
		v.f(`<div class="bar"><span>%s</span><i style="width:%.0f%%"></i><b>%g</b></div>`, esc(label), 60*n/most, n)
	}
	v.f(`</figure>`)
}

// barOf is the label and the height of a row, by the fields the chart names.
func barOf(spec, row object) (label string, n float64) {
	for _, key := range []string{"xField", "categoryField", "seriesField", "yField", "valueField", "angleField"} {
		names, _ := spec[key].([]any)
		if s, ok := spec[key].(string); ok {
			names = []any{s}
		}
		for _, name := range names {
			switch x := row[text(name)].(type) {
			case string:
				if !strings.Contains(label, x) {
					label = strings.TrimSpace(label + " " + x)
				}
			case float64:
				n = x
			}
		}
	}
	return label, n
}

var (
	mdAt   = regexp.MustCompile(`&lt;at ids?=([^&\s]*?)&gt;(&lt;/at&gt;)?`)
	mdFont = regexp.MustCompile(`&lt;font color=(?:'|&#39;|&#34;)?([a-z0-9-]+)(?:'|&#39;|&#34;)?&gt;(.*?)&lt;/font&gt;`)
	mdTag  = regexp.MustCompile(`&lt;text_tag color=(?:'|&#39;|&#34;)?([a-z]+)(?:'|&#39;|&#34;)?&gt;(.*?)&lt;/text_tag&gt;`)
	mdBold = regexp.MustCompile(`\*\*(.+?)\*\*`)
	mdLink = regexp.MustCompile(`\[([^\]]*)\]\((https?://[^)\s]+)\)`)
	mdHead = regexp.MustCompile(`(?m)^#{1,6} (.*)$`)
	mdItem = regexp.MustCompile(`(?m)^[-*] (.*)$`)
	mdCode = regexp.MustCompile("`([^`]+)`")
	mdDel  = regexp.MustCompile(`~~(.+?)~~`)
)

// markdown draws the part of the dialect that bots use. Entities in the text stay what they are; brackets
// and quotes cannot leave it.
func (v *view) markdown(md string) string {
	s := strings.NewReplacer("<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;").Replace(md)
	s = mdAt.ReplaceAllStringFunc(s, func(at string) string {
		var out []string
		for id := range strings.SplitSeq(mdAt.FindStringSubmatch(at)[1], ",") {
			name := v.p.nameOf(id)
			if id == "all" {
				name = "所有人"
			}
			out = append(out, `<span class="at">@`+esc(name)+`</span>`)
		}
		return strings.Join(out, " ")
	})
	s = mdFont.ReplaceAllString(s, `<span class="$1">$2</span>`)
	s = mdTag.ReplaceAllString(s, `<i class="tag $1">$2</i>`)
	s = mdCode.ReplaceAllString(s, `<code>$1</code>`)
	s = mdBold.ReplaceAllString(s, `<b>$1</b>`)
	s = mdDel.ReplaceAllString(s, `<del>$1</del>`)
	s = mdLink.ReplaceAllString(s, `<a href="$2">$1</a>`)
	s = mdHead.ReplaceAllString(s, `<b>$1</b>`)
	s = mdItem.ReplaceAllString(s, `• $1`)
	s = strings.NewReplacer("&lt;br&gt;", "<br>", "&lt;br/&gt;", "<br>", "&lt;hr&gt;", "<hr>").Replace(s)
	return strings.ReplaceAll(s, "\n", "<br>")
}
