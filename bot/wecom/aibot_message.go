package wecom

import (
	"encoding/json"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// botMessage is a message or event of the AI bot, the same over the callback and over the long connection:
// https://developer.work.weixin.qq.com/document/path/100719,
// https://developer.work.weixin.qq.com/document/path/101027
type botMessage struct {
	ID       string `json:"msgid"`
	Created  int64  `json:"create_time"` // of events
	Bot      string `json:"aibotid"`
	Chat     string `json:"chatid"`
	ChatType string `json:"chattype"` // single, group
	From     struct {
		User string `json:"userid"`
	} `json:"from"`
	ResponseURL string `json:"response_url"`
	botContent
	Quote  *botContent `json:"quote"`
	Stream struct {
		ID string `json:"id"`
	} `json:"stream"`
	Event struct {
		Type  string   `json:"eventtype"`
		Press botPress `json:"template_card_event"`
		Taste struct {
			ID      string `json:"id"`
			Type    int    `json:"type"` // 1 likes it, 2 does not, 3 took it back
			Content string `json:"content"`
		} `json:"feedback_event"`
	} `json:"event"`
}

// botPress is a press of a button.
type botPress struct {
	Card     string `json:"card_type"`
	Key      string `json:"event_key"`
	Task     string `json:"task_id"`
	Selected struct {
		Items []struct {
			Question string `json:"question_key"`
			Options  struct {
				IDs []string `json:"option_id"`
			} `json:"option_ids"`
		} `json:"selected_item"`
	} `json:"selected_items"`
}

// botContent is what was said, or quoted.
type botContent struct {
	Type string `json:"msgtype"`
	Text struct {
		Content string `json:"content"`
	} `json:"text"`
	Image botFile `json:"image"`
	File  botFile `json:"file"`
	Video botFile `json:"video"`
	Voice struct {
		Content string `json:"content"` // already in words
	} `json:"voice"`
	Mixed struct {
		Items []botItem `json:"msg_item"`
	} `json:"mixed"`
}

type botItem struct {
	Type string `json:"msgtype"`
	Text struct {
		Content string `json:"content"`
	} `json:"text"`
	Image botFile `json:"image"`
}

// botFile is where a file can be fetched for 5 minutes. Over the long connection it has a key of its own.
type botFile struct {
	URL  string `json:"url"`
	Key  string `json:"aeskey"`
	Name string `json:"filename"` // not documented; taken if it is there
}

// kinds of what the AI bot gets.
const (
	botEvent  = "event"
	botStream = "stream"
	botGroup  = "group"
)

func parseBotMessage(plain []byte) (*botMessage, error) {
	var m botMessage
	if err := json.Unmarshal(plain, &m); err != nil || m.Type == "" || !utf8.Valid(plain) {
		return nil, errMalformed
	}
	if m.ChatType == botGroup && m.Chat == "" {
		return nil, errMalformed
	}
	return &m, nil
}

func (m *botMessage) group() bool { return m.ChatType == botGroup }

// message is what an answer refers to.
func (m *botMessage) message() string {
	if m.ID != "" {
		return m.ID
	}
	return m.key()
}

func (m *botMessage) at() time.Time { return seconds(m.Created) }

// key tells deliveries of one message from other messages. Events that come without an id are told by all
// they say; the address to answer to may differ between two deliveries.
func (m *botMessage) key() string {
	if m.ID != "" {
		return "aibot/" + m.ID
	}
	same := *m
	same.ResponseURL = ""
	return "aibot/" + fingerprint(same)
}

// words are the text of a message. Somebody who says nothing and quotes a message means what is quoted.
func (m *botMessage) words(name string) string {
	text := m.botContent.words()
	if m.group() {
		text = withoutName(text, name)
	}
	if text = tidy(text); text == "" && m.Quote != nil {
		text = tidy(m.Quote.words())
	}
	return text
}

func (c *botContent) words() string {
	switch c.Type {
	case "text":
		return c.Text.Content
	case "voice":
		return c.Voice.Content
	case "mixed":
		var lines []string
		for _, it := range c.Mixed.Items {
			if it.Type == "text" {
				lines = append(lines, it.Text.Content)
			}
		}
		return strings.Join(lines, "\n")
	}
	return ""
}

// parts are the files of a message and of what it quotes: a group has no other way to send the bot a
// picture than together with words, or to quote one.
func (m *botMessage) parts() []part {
	parts := m.botContent.parts()
	if m.Quote != nil {
		parts = append(parts, m.Quote.parts()...)
	}
	return parts
}

func (c *botContent) parts() (parts []part) {
	add := func(kind string, f botFile) {
		if f.URL != "" {
			parts = append(parts, part{url: f.URL, key: f.Key, kind: kind, name: f.Name})
		}
	}
	switch c.Type {
	case "image":
		add("image", c.Image)
	case "file":
		add("file", c.File)
	case "video":
		add("video", c.Video)
	case "mixed":
		for _, it := range c.Mixed.Items {
			add("image", it.Image)
		}
	}
	return parts
}

// withoutName takes the mention of the bot out, once and exactly as it is called. The platform writes a
// mention as plain text, and names may have spaces: what is not the name stays. A mention somebody picked
// is followed by a space; only at the very beginning is that not insisted on.
func withoutName(text, name string) string {
	if name == "" {
		return text
	}
	called := "@" + name
	for from := 0; ; {
		at := strings.Index(text[from:], called)
		if at < 0 {
			break
		}
		rest := text[from+at+len(called):]
		if next, _ := utf8.DecodeRuneInString(rest); rest == "" || unicode.IsSpace(next) || unicode.IsPunct(next) {
			return text[:from+at] + " " + rest
		}
		from += at + len(called)
	}
	rest, _ := strings.CutPrefix(strings.TrimSpace(text), called)
	return rest
}
