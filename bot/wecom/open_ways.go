package wecom

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"fenghuo/bot"
)

// How long a message can be answered: https://developer.work.weixin.qq.com/document/path/101463,
// https://developer.work.weixin.qq.com/document/path/101138, and for a welcome
// https://developer.work.weixin.qq.com/document/path/101027.
const (
	openOnSocketFor = 24 * time.Hour
	openByURLFor    = time.Hour
	openWelcomeFor  = 5 * time.Second
)

// The commands of answers over the long connection.
const (
	cmdAnswer  = "aibot_respond_msg"
	cmdWelcome = "aibot_respond_welcome_msg"
)

// shown is an answer as the platform takes it: the card, else a stream that is complete at once.
func (an answer) shown(stream string) obj {
	if an.Card != nil {
		return obj{"msgtype": "template_card", "template_card": an.Card}
	}
	return streamOf(stream, an.Markdown)
}

// welcome is an answer to somebody who came in; words are plain there.
func (an answer) welcome() obj {
	if an.Card != nil {
		return obj{"msgtype": "template_card", "template_card": an.Card}
	}
	return obj{"msgtype": "text", "text": obj{"content": an.Markdown}}
}

// streamOf is an answer in words, complete: https://developer.work.weixin.qq.com/document/path/101031
func streamOf(id, text string) obj {
	return obj{"msgtype": "stream", "stream": obj{"id": id, "finish": true, "content": text}}
}

// socketReply answers over the long connection, under the req_id of what was asked.
type socketReply struct {
	a     *Adapter
	reqID string
	enter bool
}

// Answer is reply's.
func (r socketReply) Answer(ctx context.Context, an answer) error {
	s := r.a.link.up()
	if s == nil {
		return errNotConnected
	}
	if r.enter {
		return s.Respond(ctx, r.reqID, cmdWelcome, an.welcome())
	}
	return s.Respond(ctx, r.reqID, cmdAnswer, an.shown("st-"+fingerprint(r.reqID)))
}

// openOnSocket registers what came over the long connection as open to an answer.
func (a *Adapter) openOnSocket(m arrival) {
	r, open := socketReply{a: a, reqID: m.reqID}, openOnSocketFor
	if m.Type == botEvent {
		if m.Event.Type != eventEnter {
			return
		}
		r.enter, open = true, openWelcomeFor
	}
	a.open.put(m.message(), a.botPlace(m), r, open)
}

// urlReply answers at the address a message came with, once.
type urlReply struct {
	a     *Adapter
	msgid string
	url   string
	group bool
}

var errNoReply = errors.New("wecom: the request is not open any more")

// Answer is reply's: https://developer.work.weixin.qq.com/document/path/101138. A group is not shown cards there.
func (r urlReply) Answer(ctx context.Context, an answer) error {
	if r.url == "" || r.a.spent(ctx, r.msgid) {
		return errNoReply
	}
	body := obj{"msgtype": "markdown", "markdown": obj{"content": an.Markdown}}
	if an.Card != nil && !r.group {
		body = obj{"msgtype": "template_card", "template_card": an.Card}
	}
	r.a.spendReply(ctx, r.msgid)
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, r.url, bytes.NewReader(encode(body)))
	if err != nil {
		return errHost
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := r.a.posting.do(req)
	if err != nil {
		return fmt.Errorf("wecom answer by response_url: %w", err)
	}
	defer func() { _ = resp.Body.Close() }()
	return judgeReply(resp)
}

// judgeReply: the status is 200 even of a refusal.
func judgeReply(resp *http.Response) error {
	var said struct {
		Code *int   `json:"errcode"`
		Msg  string `json:"errmsg"`
	}
	text, err := io.ReadAll(io.LimitReader(resp.Body, 64<<10))
	if err != nil {
		return fmt.Errorf("wecom answer by response_url: read the answer: %w", err)
	}
	if resp.StatusCode != http.StatusOK || json.Unmarshal(text, &said) != nil || said.Code == nil {
		return fmt.Errorf("wecom answer by response_url: status %d", resp.StatusCode)
	}
	if *said.Code != 0 {
		return fmt.Errorf("wecom answer by response_url: errcode %d", *said.Code)
	}
	return nil
}

// keptURL is what other replicas, and this one after a restart, need to answer. Without an address: the message
// was answered.
type keptURL struct {
	URL   string `json:"url"`
	Place string `json:"place"` // key
	Group bool   `json:"group"`
}

// keepReply keeps the address of a message, if it is one that may be called.
func (a *Adapter) keepReply(ctx context.Context, m arrival, place bot.Place) urlReply {
	r := urlReply{a: a, msgid: m.message(), group: m.group()}
	if m.ResponseURL == "" {
		return r
	}
	if _, _, err := a.posting.hosts.check(m.ResponseURL); err != nil {
		a.log.Warn("address to answer to not allowed", "event", m.key(), "host", hostOf(m.ResponseURL))
		return r
	}
	r.url = m.ResponseURL
	text := string(encode(keptURL{r.url, place.Key(), r.group}))
	if err := a.cfg.Shared.SetToken(ctx, "wecom/reply/"+r.msgid, text, openByURLFor); err != nil {
		a.log.Warn("address to answer to not kept", "event", m.key(), "err", err)
	}
	return r
}

// keptReply finds the way back to a message another replica took in.
func (a *Adapter) keptReply(ctx context.Context, msgid string, place bot.Place) (reply, bool) {
	text, ok, err := a.cfg.Shared.Token(ctx, "wecom/reply/"+msgid)
	if err != nil {
		a.log.Warn("address to answer to not known", "err", err)
	}
	var kept keptURL
	if !ok || json.Unmarshal([]byte(text), &kept) != nil || kept.URL == "" || kept.Place != place.Key() {
		return nil, false
	}
	return urlReply{a: a, msgid: msgid, url: kept.URL, group: kept.Group}, true
}

// spendReply notes that a message was answered: its address takes one answer, and it may be delivered again.
func (a *Adapter) spendReply(ctx context.Context, msgid string) {
	if err := a.cfg.Shared.SetToken(ctx, "wecom/reply/"+msgid, string(encode(keptURL{})), openByURLFor); err != nil {
		a.log.Warn("address to answer to not forgotten", "err", err)
	}
}

// spent reports whether a message was answered.
func (a *Adapter) spent(ctx context.Context, msgid string) bool {
	text, ok, err := a.cfg.Shared.Token(ctx, "wecom/reply/"+msgid)
	if err != nil {
		a.log.Warn("address to answer to not known", "err", err)
	}
	var kept keptURL
	return ok && json.Unmarshal([]byte(text), &kept) == nil && kept.URL == ""
}
