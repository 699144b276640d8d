package wecomtest

import (
	"encoding/json"
	"regexp"
	"strings"
)

type stream struct {
	ID       string            `json:"id"`
	Finish   bool              `json:"finish"`
	Content  string            `json:"content"`
	Items    []json.RawMessage `json:"msg_item"`
	Feedback *struct {
		ID string `json:"id"`
	} `json:"feedback"`
}

var thinking = regexp.MustCompile(`(?s)<think>.*?(</think>|$)`)

// streamed is one frame of a stream: the whole text so far (D/101031). On the socket it holds no pictures.
func (p *Platform) streamed(a *asked, s *stream, socket bool) error {
	now := p.now()
	switch {
	case s == nil || s.ID == "":
		return no(40058, "stream.id missing")
	case len(s.Content) > maxBotText:
		return no(45002, "%d bytes, max %d", len(s.Content), maxBotText)
	case socket && len(s.Items) > 0 || len(s.Items) > 0 && !s.Finish || len(s.Items) > 10:
		return no(40058, "stream.msg_item")
	case a.stream != nil && (a.stream.Ended || now.Sub(a.first) > streamFor):
		return no(846608, "")
	case a.stream != nil && a.streamID != s.ID:
		p.complain("%s: a second stream, %s after %s", a.msgid, s.ID, a.streamID)
		return no(40058, "stream.id %q", s.ID)
	case s.Feedback != nil && (len(s.Feedback.ID) > 256 || a.stream != nil):
		return no(40058, "stream.feedback.id")
	}
	if s.Finish && strings.TrimSpace(thinking.ReplaceAllString(s.Content, "")) == "" && len(s.Items) == 0 {
		p.complain("%s: the last frame shows nothing, the bubble goes on spinning", a.msgid)
	}
	if a.stream == nil {
		if !p.within("aibot in "+a.chat.ChatID, perChat) {
			return no(45009, "")
		}
		a.streamID, a.first = s.ID, now
		p.answers(a)
		a.stream = p.spoken(&Message{Channel: AIBot, Chat: a.chat.ChatID, From: p.opt.BotName, Type: "stream", Answers: a.source, Dropped: a.carded})
		if a.carded {
			p.complain("%s: a card is the first and only answer to a message", a.msgid)
		}
	}
	if inlineAt.MatchString(s.Content) {
		p.complain("the AI bot cannot @-mention: %q is shown as it is", inlineAt.FindString(s.Content))
	}
	a.stream.Text, a.stream.Ended, a.stream.Updated = s.Content, s.Finish, now
	p.searched(a.stream.ID, s.Content)
	return nil
}
