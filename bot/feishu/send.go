package feishu

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"fenghuo/bot"
)

// updatable is how long a card can be replaced:
// https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/patch
const updatable = 14 * 24 * time.Hour

// CanUpdate reports whether a card can still be replaced.
func (a *Adapter) CanUpdate(out bot.Outgoing, now time.Time) bool {
	return now.Sub(out.ShownAt) < updatable
}

// Limits are 5 a second for each chat and each person, shared with all other bots of the chat, and 50 a
// second and 1000 a minute for the app:
// https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/create
func (a *Adapter) Limits(out bot.Outgoing) []bot.Limit {
	narrow := Name + "/chat/" + out.Place.Chat
	switch {
	case out.Replaces != "":
		narrow = Name + "/message/" + out.Replaces
	case out.Place.Direct():
		narrow = Name + "/user/" + out.Place.Person
	}
	return []bot.Limit{
		{Bucket: narrow, PerSecond: 4, Burst: 1},
		// The platform counts 50 in a second and 1000 in a minute: what has gathered and what comes in during
		// that time stay within it together.
		{Bucket: Name + "/app", PerSecond: 40, Burst: 10},
		{Bucket: Name + "/app/minute", PerSecond: 800.0 / 60, Burst: 200},
	}
}

// Send is one attempt. The platform sends at most one message with the same key within an hour.
func (a *Adapter) Send(ctx context.Context, out bot.Outgoing) (bot.Receipt, error) {
	d, err := a.draft(ctx, out)
	if err != nil {
		return bot.Receipt{}, err
	}
	if out.Replaces != "" {
		return a.replace(ctx, d)
	}
	sent, err := a.deliver(ctx, d)
	if err != nil {
		return bot.Receipt{}, err
	}
	a.places.put(sent.ID, stood{place: d.stands(sent)})
	if out.Message.Lives && !out.Place.Direct() {
		a.calls.watch(sent.ID, a.now(), d.people)
	}
	urged := a.urge(ctx, out, sent.ID)
	return bot.Receipt{Message: sent.ID, Thread: d.stands(sent).Thread, Confirmed: true, Note: urged.note, Advice: urged.advice}, nil
}

// draft is a message on its way, in the platform's words.
type draft struct {
	out    bot.Outgoing
	to     string // open_id or chat_id
	topics bool   // a message of its own opens a topic
	opens  bool   // this one has a thread beneath it
	people []callout
	sheet  sheet
	parent string // the message to reply to
	lost   bool   // the topic is gone, it goes to the chat
}

func (a *Adapter) draft(ctx context.Context, out bot.Outgoing) (*draft, error) {
	d := &draft{out: out}
	var ok bool
	if out.Place.Direct() {
		d.to, ok = a.account(out.Place.Person)
	} else {
		d.to, ok = a.chat(out.Place.Chat)
		_, d.topics, _ = a.cfg.Directory.Group(d.to)
		_, flat := a.flat.Load(d.to)
		d.opens = out.Message.Opens && !flat
	}
	if !ok || d.to == "" {
		return nil, fmt.Errorf("feishu: %q has no account or chat here: %w", first(out.Place.Chat, out.Place.Person), bot.ErrPermanent)
	}
	var without []string
	d.people, without = a.callouts(out.Message.Mentions)
	if len(without) > 0 {
		a.log.Warn("nobody to mention", "key", out.Key, "people", strings.Join(without, "、"))
	}
	if !out.Place.Direct() {
		d.parent = first(out.Place.Thread, out.Message.ReplyTo)
	}
	if out.Message.Card == nil {
		return d, nil
	}
	d.sheet = sheet{card: *out.Message.Card, text: out.Message.Text, people: d.people, where: d.where()}
	return d, a.pictures(ctx, d)
}

// where is what the card's buttons say about its place.
func (d *draft) where() value {
	p := d.out.Place
	v := value{Chat: p.Chat, Thread: p.Thread}
	if p.Direct() {
		v.To = p.Person
	} else if v.Thread == "" && (d.topics || d.opens) {
		v.Thread = here
	}
	return v
}

// body is the message as it is sent.
func (d *draft) body() body {
	if d.out.Message.Card == nil {
		return renderText(d.out.Message.Text, d.people)
	}
	return renderCard(d.sheet)
}

// stands is where the message came to stand. The first one of a topic is its own topic; in an ordinary
// group the first reply to a message opens the thread beneath it.
func (d *draft) stands(m message) bot.Place {
	p := d.out.Place
	switch {
	case p.Direct():
	case p.Thread == "" && d.opens && d.parent == "":
		p.Thread = m.ID
	case p.Thread == "" || d.lost:
		p.Thread = topic(m.ID, m.Root, m.Thread, d.topics)
	}
	return p
}

// message is what the platform says of one it took.
type message struct {
	ID     string `json:"message_id"`
	Root   string `json:"root_id"`
	Thread string `json:"thread_id"`
}

// refusals a text goes through after: 230099 and 200621 are the card, 230054 a group that takes none.
var cardRefused = map[int]bool{230099: true, 230054: true, 230055: true, 200621: true}

// badMention is a person the platform does not know, or @all where it is forbidden.
const badMention = 100290

// deliver sends the card, and the words alone where the card is refused: what must be said is said.
func (a *Adapter) deliver(ctx context.Context, d *draft) (message, error) {
	m, err := a.post(ctx, d, d.body(), "")
	if err == nil || !errors.Is(err, bot.ErrPermanent) || !cardRefused[code(err)] {
		return m, err
	}
	a.log.Error("message refused as it was written", "key", d.out.Key, "err", err)
	people := d.people
	if sub(err) == badMention {
		people = nil
	}
	return a.post(ctx, d, renderText(d.out.Message.Text, people), "/text")
}

// goneParent are the codes of a reply to what is no longer there, or where no topics are allowed.
var goneParent = map[int]bool{230011: true, 230019: true, 230110: true, noThreads: true, 230072: true}

// noThreads is a group in which topics are switched off.
const noThreads = 230071

// post sends to the topic, as a reply, or to the chat. A topic that is gone does not swallow the message.
func (a *Adapter) post(ctx context.Context, d *draft, b body, step string) (message, error) {
	if d.parent == "" {
		return a.create(ctx, d, b, step)
	}
	m, err := a.reply(ctx, d, b, step)
	if !goneParent[code(err)] {
		return m, err
	}
	if code(err) == noThreads {
		a.flat.Store(d.to, true)
	}
	a.log.Warn("topic or message answered is gone, sent to the chat", "key", d.out.Key, "chat", d.out.Place.Chat, "err", err)
	d.parent, d.lost = "", true
	return a.create(ctx, d, b, step+"/chat")
}

func (a *Adapter) create(ctx context.Context, d *draft, b body, step string) (m message, err error) {
	kind := "chat_id"
	if d.out.Place.Direct() {
		kind = "open_id"
	}
	err = a.do(ctx, call{op: "send message", method: "POST", path: "/open-apis/im/v1/messages", query: url.Values{"receive_id_type": {kind}},
		body: obj{"receive_id": d.to, "msg_type": b.kind, "content": string(b.content), "uuid": uuid(d.out.Key + step)}, data: &m})
	return m, complete(m, err)
}

// reply: https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/reply
func (a *Adapter) reply(ctx context.Context, d *draft, b body, step string) (m message, err error) {
	err = a.do(ctx, call{op: "reply", method: "POST", path: "/open-apis/im/v1/messages/" + url.PathEscape(d.parent) + "/reply",
		body: obj{"msg_type": b.kind, "content": string(b.content), "reply_in_thread": d.out.Place.Thread != "", "uuid": uuid(d.out.Key + step)}, data: &m})
	return m, complete(m, err)
}

func complete(m message, err error) error {
	if err == nil && m.ID == "" {
		return errors.New("feishu: message taken without an id")
	}
	return err
}

// replace puts a card in the place of an earlier one.
func (a *Adapter) replace(ctx context.Context, d *draft) (bot.Receipt, error) {
	b := d.body()
	c := call{op: "update card", method: "PATCH", path: "/open-apis/im/v1/messages/" + url.PathEscape(d.out.Replaces), body: obj{"content": string(b.content)}}
	if b.kind != "interactive" { // https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/update
		c.op, c.method, c.body = "edit message", "PUT", obj{"msg_type": b.kind, "content": string(b.content)}
	}
	if err := a.do(ctx, c); err != nil {
		return bot.Receipt{}, err
	}
	return bot.Receipt{Message: d.out.Replaces, Thread: d.out.Place.Thread, Confirmed: true}, nil
}

// uuid is the key within the platform's 50 characters.
func uuid(key string) string {
	sum := sha256.Sum256([]byte(key))
	return "fh-" + hex.EncodeToString(sum[:20])
}
