package feishutest

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// How says where in a chat somebody speaks, and as what.
type How struct {
	Reply  string // a message that is answered; in a topic the answer stays there
	Thread bool   // the reply opens a topic
	Post   bool   // as rich text
	Silent bool   // the app is not told: what it missed while it was away
}

// Says lets somebody write in a chat ("" is the private chat with the bot). @names of the bot and of people
// become mentions; @所有人 is everybody, and so is @all, in the other form the platform has for it. It returns when the app was told.
func (p *Platform) Says(ctx context.Context, openID, chatID, text string, how ...How) (messageID string, err error) {
	var h How
	if len(how) > 0 {
		h = how[0]
	}
	m := &Message{From: openID, ChatID: chatID, Type: "text"}
	p.mu.Lock()
	marked := p.marked(m, text)
	p.mu.Unlock()
	m.Content = string(marshal(object{"text": marked}))
	if h.Post {
		m.Type, m.Content = "post", p.asPost(m, marked)
	}
	return p.speak(ctx, m, h)
}

// marked puts placeholders for @names, the longest name first.
func (p *Platform) marked(m *Message, text string) string {
	names := []Mention{{OpenID: p.opt.BotOpenID, Name: p.opt.BotName, Notified: true}}
	for _, person := range p.people {
		names = append(names, Mention{OpenID: person.OpenID, Name: person.Name, Notified: true})
	}
	slices.SortFunc(names, func(a, b Mention) int {
		if len(a.Name) != len(b.Name) {
			return len(b.Name) - len(a.Name)
		}
		return strings.Compare(a.OpenID, b.OpenID)
	})
	var out strings.Builder
	for {
		i := strings.Index(text, "@")
		if i < 0 {
			break
		}
		out.WriteString(text[:i])
		text = text[i:]
		n := slices.IndexFunc(names, func(at Mention) bool { return at.Name != "" && strings.HasPrefix(text[1:], at.Name) })
		switch {
		case strings.HasPrefix(text, "@所有人"): // the entry of mentions is missing for some
			out.WriteString("@_all")
			text = strings.TrimPrefix(text, "@所有人")
		case strings.HasPrefix(text, "@all"): // and has empty ids for others
			m.Mentions = append(m.Mentions, Mention{Key: "@_all", Name: "所有人", All: true})
			out.WriteString("@_all")
			text = strings.TrimPrefix(text, "@all")
		case n >= 0:
			at := names[n]
			at.Key = fmt.Sprintf("@_user_%d", len(m.Mentions)+1)
			m.Mentions = append(m.Mentions, at)
			out.WriteString(at.Key)
			text = text[1+len(at.Name):]
		default:
			out.WriteByte('@')
			text = text[1:]
		}
	}
	out.WriteString(text)
	return out.String()
}

// asPost is the text as rich text arrives: no language, mentions as elements.
func (p *Platform) asPost(m *Message, text string) string {
	var rows []any
	for line := range strings.SplitSeq(text, "\n") {
		row := []any{}
		for _, at := range m.Mentions {
			before, after, found := strings.Cut(line, at.Key)
			if !found {
				continue
			}
			if before != "" {
				row = append(row, object{"tag": "text", "text": before, "style": []any{}})
			}
			row = append(row, object{"tag": "at", "user_id": at.Key, "user_name": at.Name, "style": []any{}})
			line = after
		}
		rows = append(rows, append(row, object{"tag": "text", "text": line, "style": []any{}}))
	}
	return string(marshal(object{"title": "", "content": rows}))
}

// Attachment is what somebody sends besides words.
type Attachment struct {
	Name string
	Data []byte
	Kind string // image, file, audio, media, sticker, merge_forward
	Size int    // claimed size, if more than Data holds
}

// Sends lets somebody send a picture or a file.
func (p *Platform) Sends(ctx context.Context, openID, chatID string, a Attachment, how ...How) (messageID string, err error) {
	var h How
	if len(how) > 0 {
		h = how[0]
	}
	m := &Message{From: openID, ChatID: chatID, Type: a.Kind}
	f := &file{name: a.Name, data: a.Data, size: max(a.Size, len(a.Data)), mime: "application/octet-stream", image: a.Kind == "image"}
	if f.image {
		f.mime = "image/png"
	}
	p.mu.Lock()
	key := p.keep(f)
	p.mu.Unlock()
	content := object{"file_key": key}
	switch a.Kind {
	case "image":
		content = object{"image_key": key}
	case "file":
		content["file_name"] = a.Name
	case "audio":
		content["duration"] = 2300
	case "media":
		content["file_name"], content["duration"], content["image_key"] = a.Name, 2300, key
	case "merge_forward":
		m.Content = "Merged and Forwarded Message"
	case "sticker":
	default:
		return "", fmt.Errorf("unknown kind %q", a.Kind)
	}
	if m.Content == "" {
		m.Content = string(marshal(content))
	}
	return p.speak(ctx, m, h)
}

// speak puts a person's message into its chat and tells the app.
func (p *Platform) speak(ctx context.Context, m *Message, h How) (string, error) {
	ev, err := p.spoken(m, h)
	if err == nil && ev != nil {
		p.emit(ctx, ev)
	}
	return m.ID, err
}

func (p *Platform) spoken(m *Message, h How) (*event, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.people[m.From] == nil {
		return nil, fmt.Errorf("nobody has the open_id %q", m.From)
	}
	if m.ChatID == "" {
		m.ChatID = privateID(m.From)
	}
	c := p.chats[m.ChatID]
	if c == nil || !c.has(m.From) || c.disbanded {
		return nil, fmt.Errorf("%s is not in the chat %q", m.From, m.ChatID)
	}
	var parent *Message
	if h.Reply != "" {
		if parent = p.messages[h.Reply]; parent == nil || parent.ChatID != m.ChatID {
			return nil, fmt.Errorf("no message %q in the chat %q", h.Reply, m.ChatID)
		}
	}
	p.place(m, parent, c, h.Thread)
	p.add(m)
	if c.botOut || h.Silent || !p.heard(m) {
		return nil, nil
	}
	return p.received(m), nil
}

// Edits lets somebody change a text. No event for it is documented: the app finds out by asking.
func (p *Platform) Edits(openID, messageID, text string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	m := p.messages[messageID]
	if m == nil || m.From != openID || m.Type != "text" {
		return fmt.Errorf("%s has no text %q to edit", openID, messageID)
	}
	m.Mentions = nil
	m.Content, m.Updated = string(marshal(object{"text": p.marked(m, text)})), p.now()
	return nil
}

// textOf is what a message says, with names for placeholders.
func textOf(m *Message) string {
	var body struct {
		Text     string
		FileName string `json:"file_name"`
	}
	_ = json.Unmarshal([]byte(m.Content), &body) // what is no text shows nothing
	text := body.Text
	for i := len(m.Mentions) - 1; i >= 0; i-- {
		text = strings.ReplaceAll(text, m.Mentions[i].Key, "@"+m.Mentions[i].Name)
	}
	if body.FileName != "" {
		text += body.FileName
	}
	return atTag.ReplaceAllString(text, "@$2")
}
