package wecomtest

import (
	"encoding/json"
	"time"
)

// Windows of answers (D/101463, D/101031).
const (
	replyFor  = 24 * time.Hour
	eventFor  = 5 * time.Second
	streamFor = 6 * time.Minute
)

// reply is what the AI bot says, by whatever way.
type reply struct {
	Type     string          `json:"msgtype"`
	Response string          `json:"response_type"`
	Users    []string        `json:"userids"`
	ChatID   string          `json:"chatid"`
	ChatType int             `json:"chat_type"`
	Text     content         `json:"text"`
	Markdown content         `json:"markdown"`
	Stream   *stream         `json:"stream"`
	Card     json.RawMessage `json:"template_card"`
	Image    media           `json:"image"`
	Voice    media           `json:"voice"`
	Video    media           `json:"video"`
	File     media           `json:"file"`
}

func parseReply(body []byte) (*reply, error) {
	r := &reply{}
	if err := json.Unmarshal(body, r); err != nil {
		return nil, no(47001, "%v", err)
	}
	return r, nil
}

// respond is aibot_respond_msg: an answer to a message, on its req_id.
func (p *Platform) respond(f frame) (object, error) {
	r, err := parseReply(f.Body)
	if err != nil {
		return nil, err
	}
	a := p.asked[f.Headers.ReqID]
	if a == nil || a.kind != toldMessage || p.now().Sub(a.at) > replyFor {
		return nil, no(846605, "")
	}
	if a.chat.botOut {
		return nil, no(93006, "the bot is not in the chat") // own figure
	}
	if err := p.chatFault(a.chat.ChatID); err != nil {
		return nil, err
	}
	if r.Type == "stream" {
		return nil, p.streamed(a, r.Stream, true)
	}
	m, err := p.replyMessage(r, a.chat)
	if err != nil {
		return nil, err
	}
	if !p.within("aibot in "+a.chat.ChatID, perChat) {
		return nil, no(45009, "")
	}
	if a.carded || m.Card != "" && a.replies > 0 {
		p.complain("%s: a card is the first and only answer to a message", a.msgid)
		m.Dropped = true
	}
	m.Answers, a.carded = a.source, a.carded || m.Card != ""
	p.answers(a)
	p.spoken(m)
	return nil, nil
}

// replyMessage reads what is neither a stream nor an update.
func (p *Platform) replyMessage(r *reply, to *chat) (*Message, error) {
	m := &Message{Channel: AIBot, Chat: to.ChatID, From: p.opt.BotName, Type: r.Type}
	switch r.Type {
	case "markdown":
		m.Text = r.Markdown.Content
		return m, p.botText(m.Text)
	case "template_card":
		k, err := p.checked(r.Card, botCard)
		if err != nil {
			return nil, err
		}
		m.Card, m.TaskID = string(marshal(r.Card)), k.TaskID
		return m, p.task(AIBot, *m)
	case "image":
		return m, p.attach(m, r.Image, r.Type, p.now())
	case "voice":
		return m, p.attach(m, r.Voice, r.Type, p.now())
	case "video":
		return m, p.attach(m, r.Video, r.Type, p.now())
	case "file":
		return m, p.attach(m, r.File, r.Type, p.now())
	}
	return nil, no(40008, "%q", r.Type)
}

// botText checks the length of what the AI bot says; nobody is mentioned by it.
func (p *Platform) botText(s string) error {
	switch {
	case s == "":
		return no(44004, "")
	case len(s) > maxBotText:
		return no(45002, "%d bytes, max %d", len(s), maxBotText)
	}
	if inlineAt.MatchString(s) {
		p.complain("the AI bot cannot @-mention: %q is shown as it is", inlineAt.FindString(s))
	}
	return nil
}

// welcome is aibot_respond_welcome_msg: within five seconds of enter_chat.
func (p *Platform) welcome(f frame) (object, error) {
	r, err := parseReply(f.Body)
	if err != nil {
		return nil, err
	}
	a := p.asked[f.Headers.ReqID]
	if a == nil || a.kind != toldEnter || a.used || p.now().Sub(a.at) > eventFor {
		return nil, no(846605, "")
	}
	return nil, p.welcomed(a, r)
}

// welcomed says hello, in text or with a card.
func (p *Platform) welcomed(a *asked, r *reply) error {
	m := &Message{Channel: AIBot, Chat: a.chat.ChatID, From: p.opt.BotName, Type: "text", Text: r.Text.Content}
	if r.Type == "text" {
		if err := p.botText(m.Text); err != nil {
			return err
		}
	} else if r.Type != "template_card" {
		return no(40008, "%q", r.Type)
	} else {
		var err error
		if m, err = p.replyMessage(r, a.chat); err != nil {
			return err
		}
	}
	a.used = true
	p.answers(a)
	p.spoken(m)
	return nil
}

// respondUpdate is aibot_respond_update_msg: within five seconds of a press.
func (p *Platform) respondUpdate(f frame) (object, error) {
	r, err := parseReply(f.Body)
	if err != nil {
		return nil, err
	}
	a := p.asked[f.Headers.ReqID]
	if a == nil || a.kind != toldPress || a.used || p.now().Sub(a.at) > eventFor {
		return nil, no(846605, "")
	}
	return nil, p.cardUpdated(a, r, "reply")
}

// cardUpdated replaces the card that was pressed, for some or for everybody.
func (p *Platform) cardUpdated(a *asked, r *reply, how string) error {
	if r.Response != "update_template_card" {
		return no(40058, "response_type %q", r.Response)
	}
	k, err := p.checked(r.Card, botCard)
	switch {
	case err != nil:
		return err
	case k.TaskID != a.card.TaskID:
		return no(42015, "task_id %q is not the card's", k.TaskID)
	}
	a.used = true
	p.answers(a)
	p.restate(a.card, State{Card: string(marshal(r.Card)), For: r.Users, How: how})
	return nil
}
