package wecomtest

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
)

// commands are what the AI bot may send (D/101463), but for subscribing and pings.
var commands = map[string]func(*Platform, frame) (object, error){
	"aibot_respond_msg":         (*Platform).respond,
	"aibot_respond_welcome_msg": (*Platform).welcome,
	"aibot_respond_update_msg":  (*Platform).respondUpdate,
	"aibot_send_msg":            (*Platform).push,
	"aibot_upload_media_init":   (*Platform).uploadInit,
	"aibot_upload_media_chunk":  (*Platform).uploadChunk,
	"aibot_upload_media_finish": (*Platform).uploadFinish,
}

// obey carries a frame out.
func (c *conn) obey(ctx context.Context, f frame) (object, *Refusal) {
	do, known := commands[f.Cmd]
	switch {
	case f.Headers.ReqID == "":
		return nil, no(40058, "headers.req_id missing")
	case f.Cmd == "aibot_subscribe":
		return nil, c.subscribe(ctx, f)
	case f.Cmd == "ping":
		c.mu.Lock()
		defer c.mu.Unlock()
		c.pings++
		return nil, nil
	case !known:
		return nil, no(40058, "cmd %q", f.Cmd)
	case !c.isSubscribed():
		return nil, no(40001, "not subscribed") // own figure
	}
	body, err := c.p.commanded(f, do)
	var refusal *Refusal
	errors.As(err, &refusal) // there are no other errors
	return body, refusal
}

func (p *Platform) commanded(f frame, do func(*Platform, frame) (object, error)) (object, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if fault := p.broken(Code, func(o Fault) bool { return o.API != "" && strings.Contains(f.Cmd, o.API) }); fault != nil {
		return nil, no(fault.Code, "")
	}
	if p.broken(Limited, onChannel(AIBot)) != nil {
		return nil, no(45009, "")
	}
	return do(p, f)
}

// subscribe logs in, and kicks who was there.
func (c *conn) subscribe(ctx context.Context, f frame) *Refusal {
	var in struct {
		BotID  string `json:"bot_id"`
		Secret string `json:"secret"`
	}
	if json.Unmarshal(f.Body, &in) != nil {
		return no(47001, "")
	}
	p := c.p
	p.mu.Lock()
	fine := p.within("subscribe", perLogin)
	fault := p.broken(Code, func(o Fault) bool { return o.API != "" && strings.Contains(f.Cmd, o.API) })
	p.mu.Unlock()
	switch {
	case fault != nil:
		return no(fault.Code, "")
	case !fine || c.isSubscribed():
		c.complain("subscribed again on the same socket, or more than 20 times a minute")
		return no(45009, "")
	case p.opt.BotURL != "":
		return no(93019, "the bot takes callbacks, not a socket")
	case in.BotID != p.opt.BotID:
		return no(93019, "")
	case in.Secret != p.opt.BotSecret:
		return no(40001, "")
	}
	c.mu.Lock()
	c.subscribed = true
	c.mu.Unlock()
	p.kick(ctx, c)
	return nil
}

// kick tells all subscribed sockets but one that they were replaced, and closes them.
func (p *Platform) kick(ctx context.Context, but *conn) {
	ctx, cancel := context.WithTimeout(ctx, p.opt.AckWithin)
	defer cancel()
	p.mu.Lock()
	body := object{"msgid": p.next("sim-msg-"), "create_time": p.now().Unix(), "aibotid": p.opt.BotID, "msgtype": "event", "event": object{"eventtype": "disconnected_event"}}
	f := &frame{Cmd: "aibot_event_callback", Headers: frameHeaders{ReqID: p.next("srv-")}, Body: marshal(body)}
	p.mu.Unlock()
	p.eachConn(func(c *conn) {
		if c != but && c.isSubscribed() {
			_ = c.write(ctx, f) // it may be gone already
			c.cut()
		}
	})
}

// overSocket sends a parcel to the subscribed socket, under a req_id of its own.
func (p *Platform) overSocket(ctx context.Context, one *parcel) error {
	var to *conn
	p.eachConn(func(c *conn) {
		if c.isSubscribed() {
			to = c
		}
	})
	if to == nil {
		return errNobody
	}
	f := &frame{Cmd: "aibot_event_callback", Body: one.body}
	if one.ask.kind == toldMessage {
		f.Cmd = "aibot_msg_callback"
	}
	p.mu.Lock()
	f.Headers.ReqID = p.next("srv-")
	p.under(one.ask, f.Headers.ReqID)
	p.mu.Unlock()
	return to.write(ctx, f)
}
