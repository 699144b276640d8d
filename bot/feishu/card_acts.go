package feishu

import (
	"slices"
	"time"

	"fenghuo/bot"
)

// seen is how many buttons a card shows; the others are behind a menu.
const seen = 3

// buttons: https://open.feishu.cn/document/uAjLw4CM/ukzMukzMukzM/feishu-cards/card-json-v2-components/interactive-components/button
func buttons(bs []bot.Button, where value) obj {
	var columns []obj
	add := func(element obj) {
		columns = append(columns, obj{"tag": "column", "width": "auto", "elements": []obj{element}})
	}
	for _, b := range bs[:min(len(bs), seen)] {
		add(obj{"tag": "button", "text": plainText(b.Label), "type": look(b), "behaviors": callback(b, where)})
	}
	if len(bs) > seen {
		add(overflow(bs[seen:], where))
	}
	return obj{"tag": "column_set", "flex_mode": "flow", "horizontal_spacing": "small", "columns": columns}
}

func look(b bot.Button) string {
	if b.Primary {
		return "primary_filled"
	}
	return "default"
}

// callback is what a press sends back: always an object, the official SDKs refuse a string.
func callback(b bot.Button, where value) []obj {
	return []obj{{"type": "callback", "value": says(b, where)}}
}

func says(b bot.Button, where value) value {
	where.Say, where.Target = b.Say, b.Target
	return where
}

// overflow is the menu of what is rarely wanted. A press names the option only, so each holds all there is
// to say.
func overflow(bs []bot.Button, where value) obj {
	options := make([]obj, 0, len(bs))
	for _, b := range bs {
		options = append(options, obj{"text": plainText(b.Label), "value": string(encode(says(b, where)))})
	}
	return obj{"tag": "overflow", "options": options}
}

// form stands at the root of the body; every field has a unique name and its value comes under it:
// https://open.feishu.cn/document/uAjLw4CM/ukzMukzMukzM/feishu-cards/card-json-v2-components/containers/form-container
func form(f *bot.Form, where value) obj {
	var elements []obj
	for _, in := range f.Inputs {
		if in.Label != "" && menu(in) { // an input shows its own label, with the mark that it is required
			elements = append(elements, div(plainText(in.Label)))
		}
		if in.Error != "" {
			elements = append(elements, div(styled(in.Error, "red", "notation")))
		}
		if usual(in) {
			elements = append(elements, field(bot.Input{Key: in.Key + pickSuffix, Kind: bot.InputChoice, Options: append(slices.Clone(in.Value), in.Options...),
				Value: in.Value, Hint: "选一个"}))
			in.Label, in.Hint, in.Value, in.Required = "", "列表里没有就写在这里", nil, false
		}
		elements = append(elements, field(in))
	}
	elements = append(elements, obj{"tag": "button", "name": "submit_" + f.Name, "text": plainText(first(f.Submit.Label, "提交")),
		"type": look(f.Submit), "form_action_type": "submit", "behaviors": callback(f.Submit, where)})
	return obj{"tag": "form", "name": f.Name, "elements": elements}
}

const (
	maxInput = 1000 // characters a field takes
	maxHint  = 100
)

// field is one input.
func field(in bot.Input) obj {
	hint := plainText(clip(first(in.Hint, in.Label, "请填写"), maxHint))
	o := obj{"name": in.Key, "required": in.Required, "placeholder": hint}
	kind := in.Kind
	if len(in.Options) == 0 && (kind == bot.InputChoice || kind == bot.InputChoices) {
		kind = bot.InputText // the platform refuses a menu without options
	}
	switch kind {
	case bot.InputChoice:
		o["tag"], o["options"] = "select_static", options(in.Options)
		if v := chosen(in); len(v) > 0 {
			o["initial_option"] = v[0]
		}
	case bot.InputChoices:
		o["tag"], o["options"] = "multi_select_static", options(in.Options)
		if v := chosen(in); len(v) > 0 {
			o["selected_values"] = v
		}
	case bot.InputPerson: // without options every member of the chat is offered
		o["tag"], o["options"] = "select_person", []obj{}
	case bot.InputTime:
		o["tag"] = "picker_datetime"
		if len(in.Value) > 0 && isTime(in.Value[0]) {
			o["initial_datetime"] = in.Value[0]
		}
	default:
		o["tag"], o["max_length"], o["input_type"] = "input", maxInput, "text"
		if in.Label != "" {
			o["label"], o["label_position"] = plainText(in.Label), "top"
		}
		if in.Kind == bot.InputArea {
			o["input_type"], o["rows"], o["auto_resize"] = "multiline_text", 3, true
		}
		if len(in.Value) > 0 {
			o["default_value"] = clip(in.Value[0], maxInput)
		}
	}
	return o
}

// menu reports an input that is chosen from, which has no label of its own.
func menu(in bot.Input) bool {
	return usual(in) || in.Kind == bot.InputTime || in.Kind == bot.InputPerson || len(in.Options) > 0 && (in.Kind == bot.InputChoice || in.Kind == bot.InputChoices)
}

// pickSuffix marks the list above a field that can also be written.
const pickSuffix = ".pick"

// usual reports a text with a list of what is usual. It becomes a list and a field beneath; neither is required
// there, as either will do.
func usual(in bot.Input) bool { return in.Kind == bot.InputText && len(in.Options) > 0 }

// isTime: any other value makes the platform refuse the card.
func isTime(s string) bool {
	_, err := time.Parse("2006-01-02 15:04", s)
	return err == nil
}

// options have their own words as values; two alike are refused by the platform.
func options(names []string) []obj {
	var known []string
	out := []obj{}
	for _, n := range names {
		if n != "" && !slices.Contains(known, n) {
			known = append(known, n)
			out = append(out, obj{"text": plainText(n), "value": n})
		}
	}
	return out
}

// chosen are the values that are among the options; any other is refused by the platform.
func chosen(in bot.Input) []string {
	var out []string
	for _, v := range in.Value {
		if slices.Contains(in.Options, v) && v != "" {
			out = append(out, v)
		}
	}
	return out
}
