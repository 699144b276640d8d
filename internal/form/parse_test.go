package form_test

import (
	"fmt"
	"strings"
	"testing"

	"fenghuo/internal/form"
)

// short is the least a form can be.
const short = `name: short
title: 短表
takes: 半分钟
idle: {nudge: 3m, direct: 10m, forward: 30m, abandon: 24h, settle: 30m}
fields:
  - {key: title, means: title, label: 标题, type: text, pass: 1, prompt: 什么事？, short: 什么事, example: 有人摔倒了}
  - {key: found_at, means: found_at, label: 时间, type: time, pass: 1, prompt: 几点？, short: 几点, example: 刚刚}
`

func parse(t testing.TB, text string) *form.Form {
	t.Helper()
	f, err := form.Parse([]byte(text), "short.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// one is a field of pass 2 whose first keys are given.
func one(keys string) string {
	return "  - {" + keys + ", label: 栏, pass: 2, prompt: 问？, short: 问, example: 好}\n"
}

func TestMalformedForms(t *testing.T) {
	field := func(keys string) string { return short + one(keys) }
	without := func(what string) string { return strings.Replace(short, what, "", 1) }
	for name, c := range map[string]struct{ text, want string }{
		"nothing":                      {"", "short.yaml:1:1: the file is empty"},
		"no YAML":                      {"fields: [", "short.yaml:1:9: sequence end token ']' not found"},
		"a list":                       {"- a\n", `short.yaml:1:1: write a block of keys: name, title, takes, idle, fields`},
		"an unknown key":               {short + "colour: red\n", `short.yaml:8:1: unknown key "colour"; the keys here are name, title, takes, idle, fields`},
		"a slip in a key":              {field("key: x, type: text, exmple: 好"), `short.yaml:8:26: fields[2]: unknown key "exmple"; did you mean example?`},
		"a key twice":                  {field("key: x, type: text, key: y"), `short.yaml:8:26: mapping key "key" already defined at [8:6]`},
		"a text for a number":          {field("key: x, type: text, max: 好"), `short.yaml:8:31: fields[2].max: write a whole number`},
		"a number for a truth":         {field("key: x, type: text, required: 1"), `short.yaml:8:36: fields[2].required: write true or false`},
		"a second document":            {short + "---\nname: b\n", `short.yaml:9:1: a second document begins here; a file holds one`},
		"no name":                      {without("name: short\n"), "short.yaml:1:1: name is missing"},
		"no title":                     {without("title: 短表\n"), "short.yaml:1:1: title is missing"},
		"no duration":                  {without("takes: 半分钟\n"), "short.yaml:1:1: takes is missing"},
		"no fields":                    {"name: a\ntitle: a\ntakes: a\n", "short.yaml:1:1: a form needs fields"},
		"too many fields":              {short + many(19), `short.yaml:26:5: a form has at most 20 fields: nobody answers more on a phone`},
		"no title asked":               {without("key: title, "), `short.yaml:6:5: "": key is missing`},
		"a form without a title":       {without("means: title, "), `short.yaml:6:11: "title": add means: title so that the registry knows it, or take another key`},
		"a meaning it lacks":           {strings.Replace(short, "key: title, means: title", "key: head", 1), `short.yaml:6:3: pass 1 needs a field with means: title and type: text: without it there is nothing to report`},
		"a title too late":             {strings.Replace(short, "label: 时间, type: time, pass: 1", "label: 时间, type: time, pass: 2", 1), `short.yaml:6:3: pass 1 needs a field with means: found_at and type: time: without it no clock can start`},
		"a field twice":                {field("key: title, type: text"), `short.yaml:8:5: key "title" is used twice`},
		"the first pass after":         {strings.Replace(short, "pass: 1", "pass: 2", 1), `short.yaml:7:5: "found_at": fields of pass 1 come before those of pass 2`},
		"a third pass":                 {field("key: x, type: text") + "  - {key: y, type: text, label: 栏, pass: 3, prompt: 问, short: 问, example: 好}\n", `short.yaml:9:42: "y": pass is 1 or 2`},
		"no label":                     {without("label: 标题, "), `short.yaml:6:5: "title": label is missing`},
		"no prompt":                    {without("prompt: 什么事？, "), `short.yaml:6:5: "title": prompt is missing`},
		"no short prompt":              {without("short: 什么事, "), `short.yaml:6:5: "title": short is missing`},
		"no example":                   {without(", example: 有人摔倒了"), `short.yaml:6:5: "title": example is missing: every refusal shows one that works`},
		"an example that is refused":   {strings.Replace(short, "example: 刚刚", "example: 不清楚", 1), `short.yaml:7:103: "found_at": example "不清楚" would be refused as an answer`},
		"an example that is too long":  {field("key: x, type: text, max: 2, min: 2"), `short.yaml:8:92: "x": example "好" would be refused as an answer`},
		"an unknown type":              {field("key: x, type: words"), `short.yaml:8:20: "x": type "words": use one of [text choice multi platform link time times unit counts files yesno level]`},
		"a type the registry cannot":   {field("key: scale, type: text"), `short.yaml:8:11: "scale": add means: scale so that the registry knows it, or take another key`},
		"a meaning that is none":       {field("key: x, means: boss, type: text"), `short.yaml:8:21: "x": means "boss" is unknown; use one of [title platform link found_at unit nature impact summary occurred_at scale account evidence media actions support level truth confidential], or none for a question of your own`},
		"a meaning twice":              {field("key: x, means: title, type: text"), `short.yaml:8:21: "x": "title" means title already; a form has one of each`},
		"a type that cannot mean it":   {field("key: x, means: scale, type: text"), `short.yaml:8:34: "x": means scale, so type must be counts: the registry reads it`},
		"another's word for a key":     {field("key: platform, means: summary, type: text"), `short.yaml:8:11: "platform": key platform is the registry's word for something else than summary; take another key`},
		"files by another name":        {field("key: photos, type: files"), `short.yaml:8:25: "photos": files need means: evidence, since pictures are taken whatever is asked`},
		"no options":                   {field("key: x, type: choice"), `short.yaml:8:5: "x": options are missing`},
		"one option":                   {field("key: x, type: choice, options: [{name: 好}]"), `short.yaml:8:37: "x": options are missing`},
		"an option twice":              {field("key: x, type: multi, options: [{name: 好}, {name: 好}]"), `short.yaml:8:36: "x": option "好" is offered twice`},
		"an option without a name":     {field("key: x, type: multi, options: [{name: 好}, {offline: true}]"), `short.yaml:8:36: "x": an option has no name`},
		"a word that tells too little": {field("key: x, type: multi, options: [{name: 好, tells: [好]}, {name: 坏}]"), `short.yaml:8:36: "x": option "好": tells "好" is no word of two characters or more, with … at most once within`},
		"a gap at the end":             {field("key: x, type: multi, options: [{name: 好, tells: [好极…]}, {name: 坏}]"), `short.yaml:8:36: "x": option "好": tells "好极…" is no word of two characters or more, with … at most once within`},
		"options of a text":            {field("key: x, type: text, options: [{name: 好}, {name: 坏}]"), `short.yaml:8:35: "x": a field of type text has no options`},
		"none of the options":          {field("key: x, type: multi, none: 无, options: [{name: 好}, {name: 坏}]"), `short.yaml:8:45: "x": "无" is none of the options`},
		"min and max crossed":          {field("key: x, type: text, min: 9, max: 3"), `short.yaml:8:31: "x": min is more than max`},
		"no idle times":                {without("idle: {nudge: 3m, direct: 10m, forward: 30m, abandon: 24h, settle: 30m}\n"), `short.yaml:1:1: idle is missing: write nudge, direct, forward, abandon and settle, as in 3m, 10m, 30m, 24h and 30m`},
		"an idle time missing":         {without(", settle: 30m"), `short.yaml:4:1: settle is missing or below 1m`},
		"idle times out of order":      {strings.Replace(short, "direct: 10m", "direct: 2m", 1), `short.yaml:4:27: direct must come after nudge: nudge, direct, forward, abandon`},
		"an idle time that is none":    {strings.Replace(short, "nudge: 3m", "nudge: 三分钟", 1), `short.yaml:4:15: idle.nudge: duration "三分钟": write 30s, 15m, 4h or 48h`},
		"an idle time of nothing":      {strings.Replace(short, "nudge: 3m", "nudge: 0s", 1), `short.yaml:4:15: nudge is missing or below 1m`},
		"below nought":                 {field("key: x, type: text, min: -1"), `short.yaml:8:31: "x": min and max are not below 0`},
	} {
		t.Run(name, func(t *testing.T) {
			f, err := form.Parse([]byte(c.text), "short.yaml")
			if err == nil {
				t.Fatalf("taken: %v", f)
			}
			want(t, "error", err.Error(), c.want)
		})
	}
}

func many(n int) string {
	var b strings.Builder
	for k := range n {
		b.WriteString(one(fmt.Sprintf("key: x%d, type: text", k)))
	}
	return b.String()
}

func TestParse(t *testing.T) {
	for path, want := range map[string]struct{ fields, first, last int }{shipped: {18, 7, 12}, second: {13, 5, 9}} {
		f := load(t, path)
		if len(f.Fields) != want.fields || f.First() != want.first || f.Last() != want.last {
			t.Errorf("%s: %d fields, %d first, %d last, want %v", path, len(f.Fields), f.First(), f.Last(), want)
		}
	}
	f := parse(t, short+many(18))
	if len(f.Fields) != 20 || f.Fields[19].N != 20 || f.Fields[19].Max != 300 {
		t.Errorf("%d fields, the last %+v", len(f.Fields), f.Fields[len(f.Fields)-1])
	}
	if _, ok := f.Field("nothing"); ok {
		t.Error("found a field that is not there")
	}
}
