package feishutest

import (
	"encoding/json"
	"fmt"
	"html"
	"maps"
	"slices"
	"strings"
)

// CardText is a card as text: what a person reads, and in brackets what can be pressed or filled in.
func (p *Platform) CardText(content string) string {
	var root object
	if err := json.Unmarshal([]byte(content), &root); err != nil {
		return content
	}
	var b strings.Builder
	if header, ok := root["header"].(object); ok {
		fmt.Fprintf(&b, "【%s】%v", words(header["title"]), header["template"])
		if sub := words(header["subtitle"]); sub != "" {
			fmt.Fprintf(&b, " %s", sub)
		}
		tags, _ := header["text_tag_list"].([]any)
		for _, v := range tags {
			tag, _ := v.(object)
			fmt.Fprintf(&b, " <%s>", words(tag["text"]))
		}
		b.WriteByte('\n')
	}
	body, _ := root["body"].(object)
	if body == nil {
		body = root
	}
	p.texts(&b, body["elements"], "")
	return b.String()
}

func (p *Platform) texts(b *strings.Builder, v any, by string) {
	list, _ := v.([]any)
	for _, v := range list {
		part, _ := v.(object)
		var one strings.Builder
		p.partText(&one, part)
		indent(b, by, one.String())
	}
}

func (p *Platform) partText(b *strings.Builder, part object) {
	switch tag, _ := part["tag"].(string); tag {
	case "markdown":
		content, _ := part["content"].(string)
		b.WriteString(p.readable(content))
	case "div":
		b.WriteString(p.readable(words(part["text"])))
	case "hr":
		b.WriteString("────")
	case "img":
		fmt.Fprintf(b, "[图 %v]", part["img_key"])
	case "button":
		fmt.Fprintf(b, "[%s]", words(part["text"]))
		if part["disabled"] == true {
			b.WriteString("（灰）")
		}
	case "form", "interactive_container":
		fmt.Fprintf(b, "<%s>\n", tag)
		p.texts(b, part["elements"], "  ")
	case "collapsible_panel":
		header, _ := part["header"].(object)
		fmt.Fprintf(b, "▸ %s\n", words(header["title"]))
		p.texts(b, part["elements"], "  ")
	case "column_set":
		b.WriteString(p.columns(part))
	case "table":
		b.WriteString(p.tableText(part))
	case "chart":
		spec, _ := part["chart_spec"].(object)
		fmt.Fprintf(b, "[图表 %v] %s", spec["type"], dataText(spec))
	case "person":
		id, _ := part["user_id"].(string)
		b.WriteString("@" + p.nameOf(id))
	default:
		b.WriteString(p.fieldText(part))
	}
}

// columns puts short columns side by side.
func (p *Platform) columns(part object) string {
	list, _ := part["columns"].([]any)
	var cells []string
	for _, v := range list {
		column, _ := v.(object)
		var one strings.Builder
		p.texts(&one, column["elements"], "")
		cells = append(cells, strings.TrimSpace(one.String()))
	}
	if all := strings.Join(cells, "  "); !strings.Contains(all, "\n") {
		return all
	}
	return strings.Join(cells, "\n")
}

// fieldText is something to fill in: label, kind, what is in it, what can be chosen.
func (p *Platform) fieldText(part object) string {
	label := words(part["label"])
	if label == "" {
		label = words(part["text"])
	}
	out := fmt.Sprintf("%s〔%v %v", label, part["tag"], part["name"])
	if part["required"] == true {
		out += " *"
	}
	if v := initial(part); !empty(v) {
		out += fmt.Sprintf(" = %v", v)
	}
	if options, _ := part["options"].([]any); len(options) > 0 {
		var all []string
		for _, v := range options {
			o, _ := v.(object)
			name := words(o["text"])
			if id, _ := o["value"].(string); name == "" {
				name = p.nameOf(id)
			}
			all = append(all, name)
		}
		out += " : " + strings.Join(all, " | ")
	}
	return out + "〕"
}

func (p *Platform) tableText(part object) string {
	columns, _ := part["columns"].([]any)
	var names, titles []string
	for _, v := range columns {
		c, _ := v.(object)
		names = append(names, fmt.Sprint(c["name"]))
		titles = append(titles, fmt.Sprint(c["display_name"]))
	}
	lines := []string{"| " + strings.Join(titles, " | ") + " |"}
	rows, _ := part["rows"].([]any)
	for _, v := range rows {
		row, _ := v.(object)
		var cells []string
		for _, name := range names {
			cells = append(cells, p.readable(cellText(row[name])))
		}
		lines = append(lines, "| "+strings.Join(cells, " | ")+" |")
	}
	return strings.Join(lines, "\n")
}

func cellText(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case []any:
		var all []string
		for _, one := range v {
			if o, ok := one.(object); ok {
				one = o["text"]
			}
			all = append(all, fmt.Sprint(one))
		}
		return strings.Join(all, ",")
	}
	return fmt.Sprint(v)
}

// dataText is the data of a chart.
func dataText(spec object) string {
	var out []string
	for _, v := range values(spec) {
		var one []string
		for _, k := range slices.Sorted(maps.Keys(v)) {
			one = append(one, fmt.Sprintf("%v", v[k]))
		}
		out = append(out, strings.Join(one, ":"))
	}
	return strings.Join(out, " ")
}

// values are the rows of a VChart spec, whose data is an object or a list of them.
func values(spec object) (rows []object) {
	sets, _ := spec["data"].([]any)
	if one, ok := spec["data"].(object); ok {
		sets = []any{one}
	}
	for _, v := range sets {
		set, _ := v.(object)
		list, _ := set["values"].([]any)
		for _, v := range list {
			if row, ok := v.(object); ok {
				rows = append(rows, row)
			}
		}
	}
	return rows
}

// readable puts names for mentions and undoes HTML entities.
func (p *Platform) readable(md string) string {
	md = atCard.ReplaceAllStringFunc(md, func(tag string) string {
		var names []string
		for id := range strings.SplitSeq(atCard.FindStringSubmatch(tag)[2], ",") {
			if id == "all" {
				names = append(names, "@所有人")
			} else {
				names = append(names, "@"+p.nameOf(id))
			}
		}
		return strings.Join(names, " ")
	})
	return html.UnescapeString(strings.ReplaceAll(md, "</at>", ""))
}

// flat is a card as the history shows it: title and texts, not the JSON that was sent.
func flat(content string) string {
	var root object
	_ = json.Unmarshal([]byte(content), &root) // it was a card when it was taken
	header, _ := root["header"].(object)
	rows := []any{}
	eachPart(content, func(part, _ object) {
		if text, _ := part["content"].(string); part["tag"] == "markdown" {
			rows = append(rows, []any{object{"tag": "text", "text": text}})
		}
	})
	return string(marshal(object{"title": words(header["title"]), "elements": rows}))
}
