package wecom

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"fenghuo/bot"
)

// Types of chats of a push: https://developer.work.weixin.qq.com/document/path/101463
const (
	chatSingle = 1
	chatGroup  = 2
)

// byBot says it by the AI bot: into a chat in which somebody has talked to it. A card pushed into a group may
// never be shown, so a group is given its words.
func (a *Adapter) byBot(ctx context.Context, out bot.Outgoing) (bot.Receipt, error) {
	s := a.link.up()
	if s == nil {
		return bot.Receipt{}, errNotConnected
	}
	body := obj{"chatid": a.chat(out.Place.Chat), "chat_type": chatGroup}
	task := a.task(out.Key)
	if out.Place.Direct() {
		account, _ := a.account(out.Place.Person)
		body["chatid"], body["chat_type"] = account, chatSingle
		if card, ok := drawCard(out, task, botRoom); ok {
			body["msgtype"], body["template_card"] = "template_card", card
			a.keepCard(ctx, task, card)
		}
	}
	if body["msgtype"] == nil {
		body["msgtype"], body["markdown"] = "markdown", obj{"content": clipBytes(markdown(out, nil), mostBot)}
	}
	_, reqID, err := s.Request(ctx, "aibot_send_msg", body)
	var api *APIError
	if out.Place.Direct() && errors.As(err, &api) && api.Code == notTalked {
		api.Admin = "" // of a person it only means that they have not talked to it yet
	}
	if err != nil {
		return bot.Receipt{}, err
	}
	return bot.Receipt{Message: "aibot:" + reqID, Confirmed: true}, nil
}

// notTalked is a chat the AI bot may not speak in: nobody has talked to it there, or not for long.
const notTalked = 93006

// robot is the webhook key of a group's robot, empty if there is none.
func (a *Adapter) robot(ctx context.Context, group string) (string, error) {
	if a.cfg.Keys != nil {
		if key, ok, err := a.cfg.Keys.WebhookKey(ctx, group); err != nil || ok {
			return key, err
		}
	}
	return a.cfg.Robots[group], nil
}

// byRobot says it by the group's robot, the only one that really mentions people:
// https://developer.work.weixin.qq.com/document/path/99110
func (a *Adapter) byRobot(ctx context.Context, key string, out bot.Outgoing) (bot.Receipt, error) {
	people := a.mentioned(out.Message.Mentions)
	text := markdown(out, people)
	_, err := a.inParts(ctx, out.Key, text, mostRobot, func(ctx context.Context, part string) (string, error) {
		return "", a.once(ctx, call{op: "speak by robot", method: http.MethodPost, path: "/cgi-bin/webhook/send", query: url.Values{"key": {key}},
			body: obj{"msgtype": "markdown", "markdown": obj{"content": part}}, secret: key})
	})
	if err != nil {
		return bot.Receipt{}, err
	}
	return bot.Receipt{Message: "robot:" + out.Place.Chat + ":" + fingerprint(out.Key), Confirmed: true}, nil
}

// callout is a person to mention.
type callout struct{ name, account string }

// mentioned are the people with an account here.
func (a *Adapter) mentioned(people []string) []callout {
	var out []callout
	for _, p := range people {
		if account, ok := a.account(p); ok && account != "" {
			out = append(out, callout{a.cfg.Directory.Name(p), account})
		}
	}
	return out
}

// partsLeft is in how many messages inParts will say it, should the app or a robot; the AI bot says all at once.
func (a *Adapter) partsLeft(out bot.Outgoing) int {
	text, most := "", mostApp
	switch _, isCard := drawCard(out, "", appRoom); {
	case out.Place.Direct() && (isCard || !a.cfg.App.used() || out.Place.Channel == ChannelAIBot):
		return 1
	case out.Place.Direct(), strings.HasPrefix(out.Place.Chat, appChat):
		text = plain(out)
	default:
		text, most = markdown(out, a.mentioned(out.Message.Mentions)), mostRobot
	}
	done, _ := a.said.get(out.Key)
	return max(1, len(split(text, most))-len(done))
}

// inParts says a long text in several messages, and returns their ids. Parts said before a failure are not said
// again.
func (a *Adapter) inParts(ctx context.Context, key, text string, most int, say func(ctx context.Context, part string) (string, error)) (ids []string, err error) {
	ids, _ = a.said.get(key)
	for n, part := range split(text, most) {
		if n < len(ids) {
			continue
		}
		id, err := say(ctx, part)
		if err != nil {
			return nil, err
		}
		ids = append(slices.Clone(ids), id)
		a.said.put(key, ids)
	}
	return ids, nil
}
