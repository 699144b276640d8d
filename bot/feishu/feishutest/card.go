package feishutest

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
)

// Limits of feishu-cards/card-json-v2-structure.
const (
	maxElements = 200
	maxNesting  = 5
	maxTables   = 5
)

type object = map[string]any

// checked is a card being looked at.
type checked struct {
	p      *Platform
	to     *chat
	m      *Message
	names  map[string]bool
	ids    map[string]bool
	count  int
	tables int
}

// sentCard checks the content of an interactive message: a card, not a template or a card entity, which
// the stand-in has none of.
func (p *Platform) sentCard(m *Message, to *chat) error {
	var kind struct {
		Type string `json:"type"`
	}
	if json.Unmarshal([]byte(m.Content), &kind) == nil && kind.Type == "template" {
		return badCard(200380, "template does not exist")
	}
	return p.card(m, to)
}

// card checks a card as the platform does before it shows one, and collects whom it mentions.
func (p *Platform) card(m *Message, to *chat) error {
	var root object
	if err := json.Unmarshal([]byte(m.Content), &root); err != nil {
		return badCard(200621, "parse card json err, please check whether the card json is correct")
	}
	if len(m.Content) > maxCard {
		return no(230025, "")
	}
	if root["schema"] != "2.0" {
		if _, ok := root["elements"]; !ok {
			return badCard(200621, "a card needs schema 2.0, or elements of schema 1.0")
		}
		return nil
	}
	k := &checked{p: p, to: to, m: m, names: map[string]bool{}, ids: map[string]bool{}}
	return k.root(root)
}

func isV2(content string) bool {
	var root object
	return json.Unmarshal([]byte(content), &root) == nil && root["schema"] == "2.0"
}

func (k *checked) root(root object) error {
	if err := fields("card", root); err != nil {
		return err
	}
	config, _ := root["config"].(object)
	if err := fields("config", config); err != nil {
		return err
	}
	if config["update_multi"] == false {
		return badCard(200621, "config.update_multi of schema 2.0 can only be true")
	}
	if w, ok := config["width_mode"]; ok && !among(w, "default compact fill") {
		return badCard(200621, "config.width_mode %v", w)
	}
	if header, ok := root["header"]; ok {
		if err := k.header(header); err != nil {
			return err
		}
	}
	body, ok := root["body"].(object)
	if !ok {
		return badCard(200621, "body is required")
	}
	if err := fields("body", body); err != nil {
		return err
	}
	if err := k.list(body["elements"], place{}); err != nil {
		return err
	}
	if k.count > maxElements {
		return badCard(11310, "element exceeds the limit")
	}
	return nil
}

const (
	templates = "blue wathet turquoise green yellow orange red carmine violet purple indigo grey default"
	tagColors = "neutral blue turquoise lime orange violet indigo wathet green yellow red purple carmine"
)

func (k *checked) header(v any) error {
	header, ok := v.(object)
	if !ok {
		return badCard(200621, "header")
	}
	if err := fields("header", header); err != nil {
		return err
	}
	if t, ok := header["template"]; ok && !among(t, templates) {
		return badCard(200621, "header.template %v", t)
	}
	if err := k.text(header["title"], "header.title"); err != nil {
		return err
	}
	if sub, ok := header["subtitle"]; ok {
		if err := k.text(sub, "header.subtitle"); err != nil {
			return err
		}
	}
	tags, _ := header["text_tag_list"].([]any)
	if len(tags) > 3 {
		return badCard(200621, "header.text_tag_list: at most 3")
	}
	for _, v := range tags {
		tag, _ := v.(object)
		if err := fields("text_tag", tag); err != nil {
			return err
		}
		if c, ok := tag["color"]; tag["tag"] != "text_tag" || ok && !among(c, tagColors) {
			return badCard(200621, "header.text_tag_list: tag %v color %v", tag["tag"], c)
		}
		if err := k.text(tag["text"], "text_tag.text"); err != nil {
			return err
		}
	}
	return nil
}

// place is where in the card an element is.
type place struct {
	depth  int
	inside string // the nearest container: "" is the body
	form   *formCheck
}

type formCheck struct{ submits int }

func (k *checked) list(v any, at place) error {
	elements, ok := v.([]any)
	if !ok && v != nil {
		return badCard(200621, "elements is no list")
	}
	for _, v := range elements {
		el, ok := v.(object)
		if !ok {
			return badCard(200621, "an element is no object")
		}
		if err := k.element(el, at); err != nil {
			return err
		}
	}
	return nil
}

var elementID = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]{0,19}$`)

func (k *checked) element(el object, at place) error {
	tag, _ := el["tag"].(string)
	k.count++
	switch {
	case tag == "action" || tag == "note":
		return badCard(200861, "cards of schema V2 no longer support this capability; unsupported tag %s", tag)
	case known[tag] == "":
		return badCard(200861, "not support tag: %q", tag)
	}
	if err := fields(tag, el); err != nil {
		return err
	}
	if id, ok := el["element_id"].(string); ok {
		if !elementID.MatchString(id) || k.ids[id] {
			return badCard(200621, "element_id %q is malformed or not unique", id)
		}
		k.ids[id] = true
	}
	if err := k.named(tag, el, at); err != nil {
		return err
	}
	if err := k.part(tag, el, at); err != nil {
		return err
	}
	return k.inside(tag, el, at)
}

// inside goes into containers.
func (k *checked) inside(tag string, el object, at place) error {
	if !among(tag, "form column_set column collapsible_panel interactive_container") {
		return nil
	}
	in := place{depth: at.depth + 1, inside: tag, form: at.form}
	if tag == "column" {
		in.depth = at.depth // a column is a level together with its set
	}
	if in.depth > maxNesting {
		return badCard(200621, "containers nested more than %d levels", maxNesting)
	}
	if tag == "form" {
		in.form = &formCheck{}
	}
	children := el["elements"]
	if tag == "column_set" {
		children = el["columns"]
	}
	if err := k.list(children, in); err != nil {
		return err
	}
	if tag == "form" && in.form.submits == 0 {
		return badCard(200621, "form %v has no button with form_action_type submit", el["name"])
	}
	return nil
}

const (
	inputs     = "input select_static multi_select_static select_person multi_select_person date_picker picker_time picker_datetime checker select_img"
	actionTags = inputs + " button overflow"
)

// named checks names: each component that a person can act on in a form needs one, and it is unique.
func (k *checked) named(tag string, el object, at place) error {
	if !among(tag, actionTags+" form") {
		return nil
	}
	name, _ := el["name"].(string)
	if name == "" {
		if tag == "form" || at.form != nil && tag != "overflow" {
			return badCard(200530, "%s: name is required in a form", tag)
		}
		return nil
	}
	if k.names[name] {
		return badCard(200621, "name %q is not unique", name)
	}
	k.names[name] = true
	return nil
}

// text is a plain_text or lark_md object.
func (k *checked) text(v any, where string) error {
	t, ok := v.(object)
	if !ok || !among(t["tag"], "plain_text lark_md") {
		return badCard(200621, "%s: plain_text or lark_md is required", where)
	}
	if err := fields("plain_text", t); err != nil {
		return err
	}
	content, ok := t["content"].(string)
	if !ok {
		return badCard(200621, "%s: content is required", where)
	}
	k.count++
	if t["tag"] == "lark_md" {
		return k.markup(content)
	}
	return nil
}

var (
	atCard   = regexp.MustCompile(`<at\s+(id|ids|email)=["']?([^\s"'>]*)["']?\s*>`)
	imgInMD  = regexp.MustCompile(`!\[[^\]]*\]\(([^)\s]+)\)`)
	personMD = regexp.MustCompile(`<person\s+id\s*=\s*["']?([^\s"'>]*)`)
)

// markup finds mentions and pictures in markdown (card-json-v2-components/content-components/rich-text).
func (k *checked) markup(content string) error {
	for _, at := range atCard.FindAllStringSubmatch(content, -1) {
		if at[1] == "email" {
			return badCard(100290, "email %s is nobody's", at[2])
		}
		for id := range strings.SplitSeq(at[2], ",") {
			if err := k.mention(strings.TrimSpace(id)); err != nil {
				return err
			}
		}
	}
	if n := strings.Count(content, "<at "); n != len(atCard.FindAllString(content, -1)) {
		k.p.complain("an <at> in a card that the platform would not understand: %s", content)
	}
	for _, person := range personMD.FindAllStringSubmatch(content, -1) {
		if k.p.people[person[1]] == nil {
			return badCard(100290, "person id %s is invalid", person[1])
		}
	}
	for _, img := range imgInMD.FindAllStringSubmatch(content, -1) {
		if err := k.image(img[1]); err != nil {
			return err
		}
	}
	return nil
}

func (k *checked) mention(id string) error {
	if id != "all" && k.p.people[id] == nil {
		return badCard(100290, "at user id %q is invalid", id)
	}
	return k.p.mention(k.m, id, k.to)
}

func (k *checked) image(key any) error {
	s, _ := key.(string)
	if f := k.p.files[s]; f == nil || !f.fromBot || !f.image {
		return badCard(200570, "card contains invalid image keys: %q", s)
	}
	return nil
}

func among(v any, list string) bool {
	s, ok := v.(string)
	return ok && s != "" && slices.Contains(strings.Fields(list), s)
}
