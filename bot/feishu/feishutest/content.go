package feishutest

import (
	"encoding/json"
	"regexp"
	"strings"
)

// content checks what a message says as im-v1/message/create_json asks, and finds its mentions.
func (p *Platform) content(m *Message, to *chat) error {
	if m.Type == "interactive" {
		return p.sentCard(m, to)
	}
	var body map[string]any
	if err := json.Unmarshal([]byte(m.Content), &body); err != nil {
		return no(230001, "content is not a string in json format")
	}
	switch m.Type {
	case "text":
		text, ok := body["text"].(string)
		if !ok || text == "" {
			return no(230001, "content: text is required")
		}
		return p.mentionIn(m, text, to)
	case "post":
		return p.post(m, body, to)
	case "image":
		return p.owned(body["image_key"], "image")
	case "file", "audio", "media", "sticker":
		return p.owned(body["file_key"], m.Type)
	case "share_chat":
		id, _ := body["chat_id"].(string)
		if p.chats[id] == nil || p.chats[id].private != "" {
			return no(230015, "")
		}
	}
	return nil
}

// owned checks that a key is of something the app uploaded, of the type the message has.
func (p *Platform) owned(key any, msgType string) error {
	k, _ := key.(string)
	f := p.files[k]
	switch {
	case f == nil:
		return no(230001, "invalid key %q", k)
	case !f.fromBot:
		return no(230017, "")
	case (msgType == "image") != f.image || msgType == "audio" && f.kind != "opus" || msgType == "media" && f.kind != "mp4":
		return no(230055, "")
	}
	return nil
}

var atTag = regexp.MustCompile(`<at\s+user_id="([^"]*)"\s*>([^<]*)</at>`)

// mentionIn reads <at user_id="ou_x">name</at>. An id that is nobody's is refused here; the platform's
// answer to it in texts is not documented.
func (p *Platform) mentionIn(m *Message, text string, to *chat) error {
	for _, found := range atTag.FindAllStringSubmatch(text, -1) {
		if err := p.mention(m, found[1], to); err != nil {
			return err
		}
	}
	if strings.Contains(atTag.ReplaceAllString(text, ""), "<at ") {
		p.complain("an <at> in a text that the platform would show as it is: %s", text)
	}
	return nil
}

func (p *Platform) mention(m *Message, id string, to *chat) error {
	if id == "all" || id == "@all" || id == "@_all" {
		if to.NoAtAll || to.private != "" {
			return no(230018, "@all is not allowed in this chat")
		}
		m.Mentions = append(m.Mentions, Mention{Key: "@_all", All: true, Name: "所有人"})
		return nil
	}
	person := p.people[id]
	if person == nil {
		return no(230001, "invalid user id in at: %q", id)
	}
	m.Mentions = append(m.Mentions, Mention{Key: "@_user_" + itoa(len(m.Mentions)+1), OpenID: id, Name: person.Name, Notified: to.has(id)})
	return nil
}

var postTags = map[string]string{ // tag: a field it must have
	"text": "text", "a": "href", "at": "user_id", "img": "image_key", "media": "file_key", "emotion": "emoji_type", "hr": "", "code_block": "text", "md": "text",
}

// post checks rich text: {"zh_cn":{"title":…,"content":[[…]]}}.
func (p *Platform) post(m *Message, body map[string]any, to *chat) error {
	if len(body) == 0 {
		return no(230001, "post: no language")
	}
	for lang, v := range body {
		one, _ := v.(map[string]any)
		rows, ok := one["content"].([]any)
		if !ok || !strings.Contains(" zh_cn en_us ja_jp zh_hk zh_tw ", " "+lang+" ") {
			return no(230001, "post: %q is no language with content", lang)
		}
		for _, row := range rows {
			nodes, ok := row.([]any)
			if !ok {
				return no(230001, "post: a paragraph is no list")
			}
			for _, node := range nodes {
				if err := p.postNode(m, node, to); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (p *Platform) postNode(m *Message, v any, to *chat) error {
	node, _ := v.(map[string]any)
	tag, _ := node["tag"].(string)
	need, known := postTags[tag]
	value, _ := node[need].(string)
	if !known || need != "" && value == "" {
		return no(230001, "post: element with tag %q lacks %q or is unknown", tag, need)
	}
	switch tag {
	case "at":
		return p.mention(m, value, to)
	case "md":
		return p.mentionIn(m, value, to)
	case "img":
		return p.owned(value, "image")
	}
	return nil
}
