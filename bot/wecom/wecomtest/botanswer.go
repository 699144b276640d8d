package wecomtest

import (
	"bytes"
	"context"
	"encoding/json"
	"time"
)

// pollAfter is how long the platform waits between two polls of a stream: own figure.
const pollAfter = time.Second

// replyPath is response_url (D/101138).
const (
	replyPath   = "/cgi-bin/aibot/response"
	replyURLFor = time.Hour
)

// postToBot brings a parcel to the AI bot and honours its passive reply.
func (p *Platform) postToBot(ctx context.Context, one *parcel) error {
	answer, sent, err := p.post(ctx, p.opt.BotURL, one)
	if err != nil {
		if one.kind == toldPoll {
			p.pollAgain(one.ask)
		}
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(bytes.TrimSpace(answer)) == 0 {
		if one.kind == toldPoll {
			p.later(one.ask)
		}
		return nil
	}
	if plain := p.openedBot(answer, sent); plain != nil {
		err := p.passiveBot(one, plain)
		p.judge("the AI bot's answer to "+one.kind, err)
		if err != nil {
			p.opt.Log.Debug("passive reply", "err", err)
		}
	}
	return nil
}

// openedBot is the plaintext of an answer (D/101033): the nonce must be the request's, the timestamp a number.
func (p *Platform) openedBot(answer []byte, sent sealed) []byte {
	var in struct {
		Encrypt   string `json:"encrypt"`
		Signature string `json:"msgsignature"`
		Stamp     any    `json:"timestamp"`
		Nonce     string `json:"nonce"`
	}
	d := json.NewDecoder(bytes.NewReader(answer))
	d.UseNumber()
	if err := d.Decode(&in); err != nil || in.Encrypt == "" {
		p.complain("the AI bot answered %q, which is neither empty nor encrypted", short(answer))
		return nil
	}
	stamp, isNumber := in.Stamp.(json.Number)
	if _, err := stamp.Int64(); !isNumber || err != nil {
		p.complain("the AI bot's answer: timestamp %v is no whole number", in.Stamp)
		return nil
	}
	if in.Nonce != sent.nonce {
		p.complain("the AI bot's answer: nonce %q is not the request's", in.Nonce)
		return nil
	}
	if Sign(p.opt.BotToken, stamp.String(), in.Nonce, in.Encrypt) != in.Signature {
		p.complain("the AI bot's answer has a wrong msgsignature")
		return nil
	}
	plain, err := Decrypt(p.opt.BotAESKey, "", in.Encrypt)
	if err != nil {
		p.complain("the AI bot's answer: %v", err)
		return nil
	}
	return plain
}

// passiveBot does what a passive reply says (D/101031). The caller holds the lock.
func (p *Platform) passiveBot(one *parcel, plain []byte) error {
	r, err := parseReply(plain)
	if err != nil {
		return err
	}
	a := one.ask
	if a.used && one.kind != toldPoll {
		p.complain("%s was answered on two deliveries", a.msgid)
		return nil
	}
	switch {
	case a.kind == toldEnter:
		return p.welcomed(a, r)
	case a.kind == toldPress:
		return p.cardUpdated(a, r, "callback")
	case a.kind == toldFeedback:
		return no(40058, "feedback takes an empty answer only")
	case one.kind == toldPoll && r.Type != "stream" && r.Type != "stream_with_template_card":
		return no(40058, "a poll takes a stream only, not %q", r.Type)
	}
	a.used = true
	a.id = a.msgid
	switch r.Type {
	case "stream":
		return p.firstFrame(a, r)
	case "stream_with_template_card":
		if len(r.Card) > 0 {
			if a.carded {
				return no(40058, "a second card for one message")
			}
			r.Type = "template_card"
			m, err := p.replyMessage(r, a.chat)
			if err != nil {
				return err
			}
			m.Answers = a.source
			defer func() { p.spoken(m); a.carded = true }()
		}
		return p.firstFrame(a, r)
	case "template_card":
		m, err := p.replyMessage(r, a.chat)
		if err != nil {
			return err
		}
		m.Answers = a.source
		p.answers(a)
		p.spoken(m)
		return nil
	}
	return no(40008, "%q", r.Type)
}

// firstFrame takes a frame of a stream, and polls for the next one while it is not the last.
func (p *Platform) firstFrame(a *asked, r *reply) error {
	carded := a.carded
	a.carded = false // a stream may have a card beside it here
	err := p.streamed(a, r.Stream, false)
	a.carded = carded
	if err == nil && !r.Stream.Finish {
		p.later(a)
	}
	return err
}

// later queues the next poll, for six minutes from the person's message. The caller holds the lock.
func (p *Platform) later(a *asked) {
	now := p.now()
	if now.Add(pollAfter).Sub(a.at) > streamFor {
		p.complain("%s: the stream was not ended within six minutes", a.msgid)
		return
	}
	body := object{"msgid": p.next("sim-msg-"), "aibotid": p.opt.BotID, "chattype": a.chat.kind(), "from": object{"userid": a.by.seenByBot()}, "msgtype": "stream", "stream": object{"id": a.streamID}}
	if a.chat.person == nil {
		body["chatid"] = a.chat.ChatID
	}
	p.queue = append(p.queue, &parcel{channel: AIBot, kind: toldPoll, ask: a, body: marshal(body), most: 1, due: now.Add(pollAfter)})
}

func (p *Platform) pollAgain(a *asked) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.later(a)
}

// respondURL is POST response_url: once, within an hour, and a card only in private (D/101138).
func (p *Platform) respondURL(c *call) (object, error) {
	a := p.asked[c.URL.Query().Get("response_code")]
	switch {
	case a == nil:
		return nil, no(846605, "invalid response_code") // own figure, as the two below
	case a.used:
		p.complain("a response_url was used twice")
		return nil, no(846605, "response_code was used")
	case c.now.Sub(a.at) > replyURLFor:
		return nil, no(846605, "response_code expired")
	}
	r, err := parseReply(c.body)
	if err != nil {
		return nil, err
	}
	if r.Type != "markdown" && (r.Type != "template_card" || a.chat.person == nil) {
		return nil, no(40008, "%q", r.Type)
	}
	m, err := p.replyMessage(r, a.chat)
	if err != nil {
		return nil, err
	}
	if !p.within("aibot in "+a.chat.ChatID, perChat) {
		return nil, no(45009, "")
	}
	a.used = true
	m.Answers = a.source
	p.spoken(m)
	return nil, nil
}
