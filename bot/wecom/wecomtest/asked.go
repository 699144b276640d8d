package wecomtest

import (
	"strings"
	"time"
)

// Kinds of what the AI bot is told.
const (
	toldMessage  = "message"
	toldEnter    = "enter_chat"
	toldPress    = "template_card_event"
	toldFeedback = "feedback_event"
	toldPoll     = "stream"
)

// asked is something the AI bot was told and may answer, by req_id or by response_code.
type asked struct {
	id     string // under which it is answered
	kind   string
	msgid  string
	chat   *chat
	by     *Person
	at     time.Time
	source string   // id of the person's message
	card   *Message // that was pressed
	used   bool     // the one answer it takes has come

	stream   *Message // the answer that is being written
	streamID string
	first    time.Time // when its first frame came
	carded   bool      // the answer was a card: nothing may follow
	replies  int
}

// told makes something new to tell the AI bot. The caller holds the lock.
func (p *Platform) told(kind string, to *chat, by *Person) *asked {
	return &asked{kind: kind, msgid: p.next("sim-msg-"), chat: to, by: by, at: p.now()}
}

// under lets an answer come under an id, by itself. The caller holds the lock.
func (p *Platform) under(a *asked, id string) *asked {
	one := *a
	one.id = id
	p.asked[id] = &one
	return &one
}

// answers writes down that something was answered under an id: one message wants one answer, however often it
// was delivered. The caller holds the lock.
func (p *Platform) answers(a *asked) {
	a.replies++
	if id, ok := p.answered[a.msgid]; ok && id != a.id {
		p.complain("%s was answered twice, under %s and %s", a.msgid, id, a.id)
	}
	p.answered[a.msgid] = a.id
}

// envelope is what all the AI bot is told begins with (D/100719). Every delivery of it has the same address
// to answer to.
func (p *Platform) envelope(a *asked, msgtype string) object {
	out := object{"msgid": a.msgid, "aibotid": p.opt.BotID, "chattype": a.chat.kind(), "from": object{"userid": a.by.seenByBot()}, "msgtype": msgtype}
	if a.chat.person == nil {
		out["chatid"] = a.chat.ChatID
	}
	if a.kind != toldFeedback {
		code := p.next("sim-reply-code-")
		p.under(a, code)
		out["response_url"] = p.opt.BaseURL + replyPath + "?response_code=" + code
	}
	return out
}

// seenByBot is how the AI bot knows a person.
func (p *Person) seenByBot() string {
	if p.BotSees != "" {
		return p.BotSees
	}
	return p.UserID
}

// eventBody is an event (D/101027).
func (p *Platform) eventBody(a *asked, detail object) object {
	out := p.envelope(a, "event")
	event := object{"eventtype": a.kind}
	if detail != nil {
		event[a.kind] = detail
	}
	out["create_time"], out["event"] = a.at.Unix(), event
	return out
}

// messageBody is a message of a person, with what it quotes.
func (p *Platform) messageBody(a *asked, m *Message) object {
	kind, body := p.bodyOf(m)
	out := p.envelope(a, kind)
	out[kind] = body
	if quoted := p.messages[m.Answers]; quoted != nil {
		kind, body := p.bodyOf(quoted)
		out["quote"] = object{"msgtype": kind, kind: body}
	}
	return out
}

// bodyOf is what the AI bot sees of a message. Pictures come as addresses of ciphertext.
func (p *Platform) bodyOf(m *Message) (kind string, body object) {
	text := object{"content": m.Text}
	switch {
	case len(m.Files) == 0:
		return "text", text
	case m.Text == "" && len(m.Files) == 1:
		return m.Files[0].Kind, p.fileBody(m.Files[0])
	case m.Files[0].Kind == "voice":
		return "voice", text
	}
	items := []object{}
	if m.Text != "" {
		items = append(items, object{"msgtype": "text", "text": text})
	}
	for _, f := range m.Files {
		items = append(items, object{"msgtype": f.Kind, f.Kind: p.fileBody(f)})
	}
	return "mixed", object{"msg_item": items}
}

// fileBody is the address of a file: under the callback's key, or one of its own on the socket.
func (p *Platform) fileBody(f File) object {
	if p.opt.BotURL != "" {
		return object{"url": p.address(file{name: f.Name, data: Seal(aesKey(p.opt.BotAESKey), f.Data)}, urlFor)}
	}
	encoded, key := p.fileKey()
	return object{"url": p.address(file{name: f.Name, data: Seal(key, f.Data)}, urlFor), "aeskey": encoded}
}

// fileKey makes a key for one address, its padding left out as it has been seen. The caller holds the lock.
func (p *Platform) fileKey() (encoded string, key []byte) {
	n := p.next("key")
	encoded = strings.Repeat("k", 42-len(n)) + n + "A"
	return encoded, aesKey(encoded)
}
