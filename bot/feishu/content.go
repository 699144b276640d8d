package feishu

import (
	"encoding/json"
	"strings"
)

// content is what a message holds: https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/im-v1/message/events/message_content
type content struct {
	text    string // with placeholders of mentions
	parts   []part // to be fetched
	refused string // the name of what cannot be taken
}

// part is a picture or file of a message.
type part struct {
	key  string
	kind string // image, audio, video, file
	name string
}

// unsupported are the kinds that hold nothing the bot can keep. What is not here has no name either.
var unsupported = map[string]string{
	"merge_forward": "合并转发的聊天记录", "folder": "文件夹", "share_chat": "群名片", "share_user": "个人名片", "location": "位置",
	"interactive": "消息卡片", "sticker": "表情", "hongbao": "红包", "share_calendar_event": "日程", "calendar": "日程",
	"general_calendar": "日程", "vote": "投票", "todo": "任务", "system": "系统消息", "video_chat": "会议",
}

// decoration are kinds nobody means for the bot unless they speak to it.
var decoration = map[string]bool{"sticker": true, "hongbao": true, "vote": true, "system": true, "video_chat": true,
	"share_calendar_event": true, "calendar": true, "general_calendar": true, "todo": true, "interactive": true}

// readContent takes the content of a message apart. ok is false if there is none, as of a recalled message.
func readContent(kind, raw string) (c content, ok bool) {
	if strings.TrimSpace(raw) == "" {
		return c, false
	}
	var in struct {
		Text     string `json:"text"`
		ImageKey string `json:"image_key"`
		FileKey  string `json:"file_key"`
		FileName string `json:"file_name"`
	}
	switch kind {
	case "text", "image", "file", "audio", "media":
		if err := json.Unmarshal([]byte(raw), &in); err != nil {
			return c, false
		}
	case "post":
		return readPost(raw)
	default:
		c.refused = unsupported[kind]
		if c.refused == "" {
			c.refused = "这条消息"
		}
		return c, true
	}
	switch kind {
	case "text":
		return content{text: in.Text}, strings.TrimSpace(in.Text) != ""
	case "image":
		c.parts = []part{{in.ImageKey, "image", ""}}
	case "file":
		c.parts = []part{{in.FileKey, "file", in.FileName}}
	case "audio":
		c.parts = []part{{in.FileKey, "audio", "语音.opus"}}
	case "media":
		c.parts = []part{{in.FileKey, "video", in.FileName}}
	}
	return c, c.parts[0].key != ""
}

// span is a piece of a post.
type span struct {
	Tag      string `json:"tag"`
	Text     string `json:"text"`
	Href     string `json:"href"`
	UserID   string `json:"user_id"` // a placeholder, or all
	UserName string `json:"user_name"`
	ImageKey string `json:"image_key"`
	FileKey  string `json:"file_key"`
	FileName string `json:"file_name"`
	Emoji    string `json:"emoji_type"`
}

// readPost takes rich text apart. It comes without the layer of languages it is sent with.
func readPost(raw string) (c content, ok bool) {
	var in struct {
		Title   string   `json:"title"`
		Content [][]span `json:"content"`
	}
	if err := json.Unmarshal([]byte(raw), &in); err != nil {
		return c, false
	}
	lines := []string{in.Title}
	for _, paragraph := range in.Content {
		var b strings.Builder
		for _, s := range paragraph {
			b.WriteString(s.words())
			if p, ok := s.part(); ok {
				c.parts = append(c.parts, p)
			}
		}
		lines = append(lines, b.String())
	}
	c.text = strings.Trim(strings.Join(lines, "\n"), "\n")
	return c, strings.TrimSpace(c.text) != "" || len(c.parts) > 0
}

func (s span) words() string {
	switch s.Tag {
	case "at":
		if s.UserID == "all" || s.UserID == everybody {
			return everybody
		}
		if strings.HasPrefix(s.UserID, "@") {
			return s.UserID
		}
		return "@" + s.UserName
	case "a":
		if s.Text == s.Href || s.Text == "" {
			return s.Href
		}
		return s.Text + " " + s.Href
	case "emotion":
		return emoji(s.Emoji)
	case "hr":
		return ""
	}
	return s.Text // text, code_block, md and what may come
}

func (s span) part() (part, bool) {
	switch {
	case s.Tag == "img" && s.ImageKey != "":
		return part{s.ImageKey, "image", ""}, true
	case s.Tag == "media" && s.FileKey != "":
		return part{s.FileKey, "video", s.FileName}, true
	}
	return part{}, false
}

// emojis are the reactions that mean something: https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message-reaction/emojis-introduce
var emojis = map[string]string{"THUMBSUP": "👍", "ThumbsDown": "👎", "OK": "👌", "DONE": "✅", "CheckMark": "✅", "HEART": "❤️",
	"SMILE": "😊", "THANKS": "🙏", "APPLAUSE": "👏", "MUSCLE": "💪", "Fire": "🔥", "CrossMark": "❌", "JIAYI": "+1"}

func emoji(kind string) string {
	if e, ok := emojis[kind]; ok {
		return e
	}
	return "[" + kind + "]"
}
