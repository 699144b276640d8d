package feishutest

import (
	"math"
	"regexp"
	"strings"
	"time"
)

// part checks what one component asks for (card-json-v2-components).
func (k *checked) part(tag string, el object, at place) error {
	switch tag {
	case "markdown":
		return k.markdown(el)
	case "div":
		return k.text(el["text"], "div.text")
	case "img":
		return k.image(el["img_key"])
	case "button":
		return k.button(el, at)
	case "form":
		if at.inside != "" {
			return badCard(200621, "form can only be placed at the root of body")
		}
	case "input":
		return k.input(el)
	case "select_static", "select_person":
		return k.selection(tag, el)
	case "multi_select_static", "multi_select_person":
		if at.form == nil {
			return badCard(200621, "%s: only in a form", tag)
		}
		return k.selection(tag, el)
	case "date_picker", "picker_time", "picker_datetime":
		return k.picker(tag, el)
	case "checker", "overflow", "interactive_container":
		return k.behaves(el)
	case "collapsible_panel":
		header, _ := el["header"].(object)
		return k.text(header["title"], "collapsible_panel.header.title")
	case "table":
		return k.table(el, at)
	case "chart":
		return k.chart(el, at)
	case "person":
		if id, _ := el["user_id"].(string); k.p.people[id] == nil {
			return badCard(100290, "person id %q is invalid", id)
		}
	case "column":
		if at.inside != "column_set" {
			return badCard(200621, "column outside of column_set")
		}
	}
	return nil
}

func (k *checked) markdown(el object) error {
	content, ok := el["content"].(string)
	if !ok {
		return badCard(200621, "markdown.content is required")
	}
	return k.markup(content)
}

const buttonTypes = "default primary danger text primary_text danger_text primary_filled danger_filled laser"

func (k *checked) button(el object, at place) error {
	if text, ok := el["text"]; ok {
		if err := k.text(text, "button.text"); err != nil {
			return err
		}
	} else if el["icon"] == nil {
		return badCard(200621, "button: text or icon is required")
	}
	if t, ok := el["type"]; ok && !among(t, buttonTypes) {
		return badCard(200621, "button.type %v", t)
	}
	if a, ok := el["form_action_type"]; ok {
		if !among(a, "submit reset") || at.form == nil {
			return badCard(200621, "button.form_action_type %v outside of a form or unknown", a)
		}
		if a == "submit" {
			at.form.submits++
		}
	}
	return k.behaves(el)
}

// behaves checks behaviors. A callback's value must be an object: the platform takes a string, the
// official SDKs do not (§ handle-card-callbacks).
func (k *checked) behaves(el object) error {
	list, _ := el["behaviors"].([]any)
	for _, v := range list {
		b, _ := v.(object)
		switch b["type"] {
		case "callback":
			if _, ok := b["value"].(object); !ok && b["value"] != nil {
				k.p.complain("a callback value that is no object: %v", b["value"])
			}
		case "open_url":
			if url, _ := b["default_url"].(string); url == "" {
				return badCard(200621, "open_url: default_url is required")
			}
		default:
			return badCard(200621, "behaviors.type %v", b["type"])
		}
	}
	if confirm, ok := el["confirm"].(object); ok {
		if err := k.text(confirm["title"], "confirm.title"); err != nil {
			return err
		}
		return k.text(confirm["text"], "confirm.text")
	}
	return nil
}

func (k *checked) input(el object) error {
	if n, ok := el["max_length"].(float64); ok && (n < 1 || n > 1000 || n != math.Trunc(n)) {
		return badCard(200621, "input.max_length %v: 1 to 1000", n)
	}
	if t, ok := el["input_type"]; ok && !among(t, "text multiline_text password") {
		return badCard(200621, "input.input_type %v", t)
	}
	most := 1000
	if n, ok := el["max_length"].(float64); ok {
		most = int(n)
	}
	if s, _ := el["default_value"].(string); len([]rune(s)) > most {
		return badCard(200621, "input.default_value is longer than max_length")
	}
	for _, t := range []string{"label", "placeholder"} {
		if v, ok := el[t]; ok {
			if err := k.text(v, "input."+t); err != nil {
				return err
			}
		}
	}
	return k.behaves(el)
}

// selection: values are unique, initial ones are among them (interactive-components/single-select-dropdown-menu).
func (k *checked) selection(tag string, el object) error {
	if strings.HasSuffix(tag, "person") {
		return k.persons(el)
	}
	options, _ := el["options"].([]any)
	values := map[string]bool{}
	for _, v := range options {
		o, _ := v.(object)
		text, _ := o["text"].(object)
		content, _ := text["content"].(string)
		value, _ := o["value"].(string)
		if content == "" || value == "" || values[value] {
			return badCard(200621, "%s: an option lacks text or value, or its value %q is not unique", tag, value)
		}
		values[value] = true
	}
	if len(options) == 0 {
		return badCard(200621, "%s: options are required", tag)
	}
	if s, ok := el["initial_option"].(string); ok && s != "" && !values[s] {
		return badCard(200621, "%s: initial_option %q is not among options", tag, s)
	}
	chosen, _ := el["selected_values"].([]any)
	for _, v := range chosen {
		if s, _ := v.(string); !values[s] {
			return badCard(200621, "%s: selected_values %v is not among options", tag, v)
		}
	}
	return k.input(el)
}

// persons: without valid options everybody in the chat is offered.
func (k *checked) persons(el object) error {
	options, _ := el["options"].([]any)
	valid := map[string]bool{}
	for _, v := range options {
		o, _ := v.(object)
		if id, _ := o["value"].(string); k.p.people[id] != nil {
			valid[id] = true
		}
	}
	if s, ok := el["initial_option"].(string); ok && s != "" && !valid[s] {
		return badCard(200621, "select_person: initial_option %q is not among options", s)
	}
	return k.input(el)
}

var pickers = map[string]struct{ initial, layout string }{
	"date_picker": {"initial_date", "2006-01-02"}, "picker_time": {"initial_time", "15:04"}, "picker_datetime": {"initial_datetime", "2006-01-02 15:04"},
}

func (k *checked) picker(tag string, el object) error {
	want := pickers[tag]
	if s, _ := el[want.initial].(string); s != "" {
		if _, err := time.Parse(want.layout, s); err != nil {
			return badCard(200621, "%s.%s %q: %s", tag, want.initial, s, want.layout)
		}
	} else if el["placeholder"] == nil {
		return badCard(200621, "%s: placeholder is required without %s", tag, want.initial)
	}
	return k.input(el)
}

const dataTypes = "text lark_md markdown options number persons date"

var columnName = regexp.MustCompile(`^\S+$`)

func (k *checked) table(el object, at place) error {
	k.tables++
	if at.inside != "" || k.tables > maxTables {
		return badCard(200621, "table: at the root of body only, at most %d", maxTables)
	}
	if n, ok := el["page_size"].(float64); ok && (n < 1 || n > 10) {
		return badCard(200621, "table.page_size %v: 1 to 10", n)
	}
	columns, _ := el["columns"].([]any)
	if len(columns) == 0 || len(columns) > 50 {
		return badCard(200621, "table.columns: 1 to 50")
	}
	types := map[string]any{}
	for _, v := range columns {
		c, _ := v.(object)
		name, _ := c["name"].(string)
		if !columnName.MatchString(name) || types[name] != nil || !among(c["data_type"], dataTypes) {
			return badCard(200621, "table: column %q is not unique, or its data_type %v is unknown", name, c["data_type"])
		}
		types[name] = c["data_type"]
	}
	rows, _ := el["rows"].([]any)
	for _, v := range rows {
		row, _ := v.(object)
		for name, cell := range row {
			if !fitsColumn(types[name], cell) {
				return badCard(200914, "table rows is invalid: %s is %v", name, cell)
			}
		}
	}
	return nil
}

func fitsColumn(dataType, cell any) bool {
	switch dataType {
	case "text", "lark_md", "markdown":
		_, ok := cell.(string)
		return ok
	case "number", "date":
		_, ok := cell.(float64)
		return ok
	case "options":
		_, list := cell.([]any)
		_, text := cell.(string)
		return list || text
	case "persons":
		_, list := cell.([]any)
		_, text := cell.(string)
		return list || text
	}
	return false
}

func (k *checked) chart(el object, at place) error {
	if at.form != nil {
		return badCard(200621, "chart in a form")
	}
	spec, _ := el["chart_spec"].(object)
	if kind, _ := spec["type"].(string); kind == "" {
		return badCard(200550, "chart_spec is invalid")
	}
	if r, ok := el["aspect_ratio"]; ok && !among(r, "1:1 2:1 4:3 16:9") {
		return badCard(200621, "chart.aspect_ratio %v", r)
	}
	return nil
}
