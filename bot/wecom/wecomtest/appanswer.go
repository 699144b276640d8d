package wecomtest

import (
	"bytes"
	"context"
	"crypto/hmac"
	"encoding/xml"
	"strings"
)

// postToApp brings a parcel to the app and honours its passive reply.
func (p *Platform) postToApp(ctx context.Context, one *parcel) error {
	answer, _, err := p.post(ctx, p.opt.AppURL, one)
	if err != nil || len(bytes.TrimSpace(answer)) == 0 {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if plain := p.opened(answer); plain != nil {
		p.passive(one, plain)
	}
	return nil
}

// opened is the plaintext of an answer of the app, nil with a complaint if it is none. The caller holds the lock.
func (p *Platform) opened(answer []byte) []byte {
	var in sealedXML
	if err := xml.Unmarshal(answer, &in); err != nil || in.Encrypt.Text == "" {
		p.complain("the app answered %q, which is neither empty nor encrypted", short(answer))
		return nil
	}
	want := Sign(p.opt.AppToken, in.Stamp, in.Nonce, in.Encrypt.Text)
	if !hmac.Equal([]byte(want), []byte(in.Signature)) {
		p.complain("the app's answer has a wrong MsgSignature")
		return nil
	}
	plain, err := Decrypt(p.opt.AppAESKey, p.opt.CorpID, in.Encrypt.Text)
	if err != nil {
		p.complain("the app's answer: %v", err)
		return nil
	}
	return plain
}

func short(b []byte) string {
	if len(b) > 80 {
		b = b[:80]
	}
	return string(b)
}

// passive does what a passive reply says (D/90241). The caller holds the lock.
func (p *Platform) passive(one *parcel, plain []byte) {
	var in struct {
		From    string `xml:"FromUserName"`
		To      string `xml:"ToUserName"`
		Type    string `xml:"MsgType"`
		Content string `xml:"Content"`
		Button  struct {
			Name string `xml:"ReplaceName"`
		} `xml:"Button"`
		Card node `xml:"TemplateCard"`
	}
	if err := xml.Unmarshal(plain, &in); err != nil {
		p.complain("the app's answer: %v", err)
		return
	}
	if one.by == nil || !strings.EqualFold(in.To, one.by.UserID) || in.From != p.opt.CorpID {
		p.complain("the app's answer goes to %q from %q", in.To, in.From)
	}
	switch {
	case one.by == nil:
	case in.Type == "text":
		p.add(&Message{Channel: App, Chat: privateID(App, one.by.UserID), From: p.opt.AppName, Type: "text", Text: p.cut(in.Content)})
	case in.Type == "update_button" && one.card != nil:
		p.restate(one.card, State{Card: one.card.Card, Button: in.Button.Name, For: []string{one.by.UserID}, How: "callback"})
	case in.Type == "update_template_card" && one.card != nil:
		k, _ := in.Card.card().(object)
		if k != nil && k["task_id"] == nil {
			k["task_id"] = one.card.TaskID // it stays the same task
		}
		raw := marshal(k)
		if _, err := p.checked(raw, appCard); err != nil {
			p.judge("update_template_card", err)
			return
		}
		p.restate(one.card, State{Card: string(raw), For: []string{one.by.UserID}, How: "callback"})
	default:
		p.complain("the app answered a %s with %q", one.kind, in.Type)
	}
}
