package webchat

import (
	"context"
	"fmt"
	"time"

	"fenghuo/bot"
)

// platform is one platform of the world, as the service sees it.
type platform struct {
	chat *Chat
	name string
}

var _ bot.CardUpdater = platform{}

// Platforms are those of the organisation's groups and people.
func (c *Chat) Platforms() []bot.Platform {
	var out []bot.Platform
	for _, name := range c.platforms {
		out = append(out, platform{chat: c, name: name})
	}
	return out
}

// Name is feishu or wecom.
func (p platform) Name() string { return p.name }

// CanUpdate is the platforms' limit of age: https://open.feishu.cn/document/server-docs/im-v1/message-card/patch,
// https://developer.work.weixin.qq.com/document/path/94888.
func (p platform) CanUpdate(out bot.Outgoing, now time.Time) bool {
	if p.name == WeCom {
		return now.Sub(out.ShownAt) <= 72*time.Hour
	}
	return now.Sub(out.ShownAt) <= 14*24*time.Hour
}

// Send puts the message into the conversation. A second one with the same key is the first.
func (p platform) Send(ctx context.Context, out bot.Outgoing) (bot.Receipt, error) {
	if err := ctx.Err(); err != nil {
		return bot.Receipt{}, err
	}
	out.Place.Platform = p.name
	c := p.chat
	c.mu.Lock()
	if err := c.acceptable(out); err != nil {
		c.mu.Unlock()
		return bot.Receipt{}, err
	}
	kind := c.faulty(p.name)
	key := p.name + " " + out.Key
	receipt, again := c.sent[key]
	if again && out.Key != "" && kind != FaultDown {
		c.mu.Unlock()
		return receipt, nil
	}
	if err := refused(kind); err != nil || kind == FaultDrop {
		c.mu.Unlock()
		return bot.Receipt{}, err
	}
	tell, receipt, err := c.show(out)
	if paid := quotas[out.Message.Push]; kind == FaultQuota && paid != "" {
		receipt.Note = paid + "额度已用完，改为应用内加急"
	}
	if err == nil {
		c.sent[key] = receipt
	}
	c.mu.Unlock()
	tell()
	if err == nil && kind == FaultSlow {
		return bot.Receipt{}, errSlow
	}
	return receipt, err
}

// quotas are the ways to push that cost money.
var quotas = map[string]string{bot.PushSMS: "短信", bot.PushPhone: "电话"}

// acceptable refuses for good what no repetition makes deliverable. The caller holds the lock.
func (c *Chat) acceptable(out bot.Outgoing) error {
	place := out.Place
	if place.Direct() {
		if _, ok := c.cfg.Org.Person(place.Person); !ok {
			return fmt.Errorf("private chat with %q: nobody of that id: %w", place.Person, bot.ErrPermanent)
		}
	} else if g, ok := c.cfg.Org.Group(place.Chat); !ok || g.Platform != place.Platform {
		return fmt.Errorf("the bot is in no group %q on %s: %w", place.Chat, place.Platform, bot.ErrPermanent)
	}
	if err := c.threadExists(place); err != nil && !place.Direct() {
		return fmt.Errorf("%w: %w", err, bot.ErrPermanent)
	}
	if old, ok := c.byID[out.Replaces]; out.Replaces != "" && (!ok || !old.FromBot()) {
		return fmt.Errorf("message %q was not sent by the bot: %w", out.Replaces, bot.ErrPermanent)
	}
	return nil
}

// show adds the message, or puts its card in the place of an earlier one, whose words stay as they were
// said. The caller holds the lock.
func (c *Chat) show(out bot.Outgoing) (tell func(), r bot.Receipt, err error) {
	m := out.Message
	l := &Line{
		At: c.cfg.Now(), Place: out.Place, Text: m.Text, Card: m.Card, Mentions: m.Mentions, Urgent: m.Urgent,
		Key: out.Key, ReplyTo: m.ReplyTo, Delivered: true,
	}
	if old, ok := c.byID[out.Replaces]; ok {
		old.Card, old.Edited = m.Card, c.cfg.Now()
		l = old
		tell, err = c.changed(l)
	} else {
		l.Dead = c.dead(l)
		tell, err = c.add(l)
	}
	return tell, bot.Receipt{Message: l.ID, Thread: l.Place.Thread, Confirmed: true}, err
}

// dead reports a card whose buttons do not work: in a WeCom group only the answer to a message that
// mentions the bot can have them.
func (c *Chat) dead(l *Line) bool {
	if l.Place.Direct() || l.Place.Platform != WeCom {
		return false
	}
	asked, ok := c.byID[l.ReplyTo]
	return !ok || !asked.ToBot || asked.Place.Chat != l.Place.Chat
}
