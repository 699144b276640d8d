package feishutest

import (
	"encoding/json"
	"fmt"
	"html"
	"slices"
	"strings"
	"time"
)

// eachPart visits the components of a card in the order they are drawn, with the form they are in.
func eachPart(content string, fn func(part, form object)) {
	var root struct{ Body object }
	if json.Unmarshal([]byte(content), &root) == nil {
		partsOf(root.Body, nil, fn)
	}
}

func partsOf(in, form object, fn func(part, form object)) {
	for _, key := range []string{"elements", "columns"} {
		list, _ := in[key].([]any)
		for _, v := range list {
			part, _ := v.(object)
			fn(part, form)
			inner := form
			if part["tag"] == "form" {
				inner = part
			}
			partsOf(part, inner, fn)
		}
	}
}

// words is the content of a text object.
func words(v any) string {
	t, _ := v.(object)
	s, _ := t["content"].(string)
	return s
}

// control is the component with that text, label or name, and its form.
func control(content, label string) (part, form object) {
	eachPart(content, func(at, in object) {
		tag, _ := at["tag"].(string)
		found := words(at["text"]) == label || at["name"] == label || at["element_id"] == label || tag == "overflow" && optionOf(at, label) != ""
		if part == nil && found && among(tag, actionTags+" interactive_container") {
			part, form = at, in
		}
	})
	return part, form
}

// optionOf is the value of the option with that text or value.
func optionOf(part object, label string) string {
	options, _ := part["options"].([]any)
	for _, v := range options {
		o, _ := v.(object)
		if value, _ := o["value"].(string); words(o["text"]) == label || value == label {
			return value
		}
	}
	return ""
}

// Buttons are the texts of a card's buttons, and of the entries of its menus.
func Buttons(content string) (labels []string) {
	eachPart(content, func(part, _ object) {
		if part["tag"] == "button" {
			labels = append(labels, words(part["text"]))
		}
		options, _ := part["options"].([]any)
		for _, v := range options {
			if o, _ := v.(object); part["tag"] == "overflow" {
				labels = append(labels, words(o["text"]))
			}
		}
	})
	return labels
}

// filled is form_value as the client sends it: what was there, what was filled in; it does not send while
// something required is missing.
func (p *Platform) filled(form object, given map[string]any) (object, error) {
	out, used := object{}, map[string]bool{}
	var wrong error
	above := "" // selections have no label: people go by the text above them
	partsOf(form, form, func(part, _ object) {
		tag, _ := part["tag"].(string)
		name, _ := part["name"].(string)
		if tag == "markdown" || tag == "div" {
			above = caption(part)
		}
		if !among(tag, inputs) || wrong != nil {
			return
		}
		v, ok := given[name]
		used[name] = true
		for _, label := range []string{words(part["label"]), above, words(part["placeholder"])} {
			if !ok && label != "" {
				v, ok = given[label]
				used[label] = used[label] || ok
			}
		}
		above = ""
		if !ok {
			v = initial(part)
		}
		out[name], wrong = p.fill(part, v)
		if wrong == nil && part["required"] == true && empty(out[name]) {
			wrong = fmt.Errorf("%s is required", name)
		}
		if empty(out[name]) && tag != "input" {
			delete(out, name) // what nobody chose is absent
		}
	})
	for name := range given {
		if !used[name] && wrong == nil {
			wrong = fmt.Errorf("the form has no field %q", name)
		}
	}
	return out, wrong
}

// caption is a text over a field, without its markup.
func caption(part object) string {
	text, _ := part["content"].(string)
	if part["tag"] == "div" {
		text = words(part["text"])
	}
	return strings.Trim(html.UnescapeString(text), " *#:：\n")
}

func initial(part object) any {
	for _, key := range []string{"default_value", "initial_option", "selected_values", "initial_date", "initial_time", "initial_datetime", "checked"} {
		if v, ok := part[key]; ok {
			return v
		}
	}
	return nil
}

func empty(v any) bool {
	list, isList := v.([]any)
	return v == nil || v == "" || isList && len(list) == 0
}

// fill makes the value a component sends of what a person means.
func (p *Platform) fill(part object, v any) (any, error) {
	tag, _ := part["tag"].(string)
	switch {
	case tag == "checker":
		return v == true, nil
	case tag == "input":
		s, _ := v.(string)
		if n, ok := part["max_length"].(float64); len([]rune(s)) > 1000 || ok && len([]rune(s)) > int(n) {
			return nil, fmt.Errorf("%v: too long to be typed", part["name"])
		}
		return s, nil
	case v == nil || v == "":
		return nil, nil
	case strings.HasPrefix(tag, "multi_"):
		return p.several(part, v)
	case among(tag, "date_picker picker_time picker_datetime"):
		return moment(tag, v)
	}
	return p.option(part, v)
}

func (p *Platform) several(part object, v any) (any, error) {
	list, ok := v.([]any)
	if texts, isTexts := v.([]string); isTexts {
		ok = true
		for _, s := range texts {
			list = append(list, s)
		}
	}
	if !ok {
		list = []any{v}
	}
	out := []any{}
	for _, one := range list {
		o, err := p.option(part, one)
		if err != nil {
			return nil, err
		}
		out = append(out, o)
	}
	return out, nil
}

// option is the value behind an option's text, or a person's open_id behind a name.
func (p *Platform) option(part object, v any) (any, error) {
	want := fmt.Sprint(v)
	options, _ := part["options"].([]any)
	tag, _ := part["tag"].(string)
	var all []string
	for _, one := range options {
		o, _ := one.(object)
		value, _ := o["value"].(string)
		name := words(o["text"])
		if person := p.people[value]; person != nil && strings.Contains(tag, "person") {
			name = person.Name
		}
		if value == want || name == want {
			return value, nil
		}
		all = append(all, name)
	}
	if strings.Contains(tag, "person") && len(options) == 0 {
		for _, person := range p.opt.Org.People {
			if person.OpenID == want || person.Name == want {
				return person.OpenID, nil
			}
		}
	}
	slices.Sort(all)
	return nil, fmt.Errorf("%v offers no %q, but %q", part["name"], want, all)
}

// moment adds the offset the client adds.
func moment(tag string, v any) (any, error) {
	s := strings.TrimSuffix(fmt.Sprint(v), " +0800")
	if _, err := time.Parse(pickers[tag].layout, s); err != nil {
		return nil, fmt.Errorf("%s: %q is not like %s", tag, s, pickers[tag].layout)
	}
	return s + " +0800", nil
}
