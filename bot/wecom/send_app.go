package wecom

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"fenghuo/bot"
)

// Ids of messages name what sent them; of a card, its task.
const (
	appPrefix     = "app:"
	appCardPrefix = "app:card:"
)

// byApp says it in the private chat with the app: https://developer.work.weixin.qq.com/document/path/90236
func (a *Adapter) byApp(ctx context.Context, out bot.Outgoing) (bot.Receipt, error) {
	account, _ := a.account(out.Place.Person)
	task := a.task(out.Key)
	id := ""
	if card, ok := drawCard(out, task, appRoom); ok {
		sent, err := a.appSend(ctx, account, obj{"msgtype": "template_card", "template_card": card})
		if err != nil {
			return bot.Receipt{}, err
		}
		if err := a.keepResponseCode(ctx, task, sent.Code); err != nil {
			a.log.Warn("code of a card not kept", "err", err)
		}
		id = appCardPrefix + task + ":" + sent.ID
	} else {
		ids, err := a.inParts(ctx, out.Key, plain(out), mostApp, func(ctx context.Context, part string) (string, error) {
			sent, err := a.appSend(ctx, account, obj{"msgtype": "text", "text": obj{"content": part}})
			return sent.ID, err
		})
		if err != nil {
			return bot.Receipt{}, err
		}
		id = appPrefix + strings.Join(ids, ",")
	}
	a.lastApp.put(out.Place.Person, id)
	// Where the AI bot could say it as well, only a sign of the person's life shows that it was not dropped.
	return bot.Receipt{Message: id, Confirmed: !a.cfg.AIBot.pushes()}, nil
}

// appSent is what the platform says of a message it took.
type appSent struct {
	ID         string `json:"msgid"`
	Code       string `json:"response_code"`
	Invalid    string `json:"invaliduser"`
	Unlicensed string `json:"unlicenseduser"`
}

// appSend: a receiver the platform does not know is told of in the answer to a call that went well.
func (a *Adapter) appSend(ctx context.Context, account string, body obj) (appSent, error) {
	var sent appSent
	body["touser"], body["agentid"] = account, a.cfg.App.AgentID
	err := a.do(ctx, call{op: "send message", method: http.MethodPost, path: "/cgi-bin/message/send", body: body, into: &sent})
	if err != nil {
		return sent, err
	}
	if strings.EqualFold(sent.Invalid, account) || strings.EqualFold(sent.Unlicensed, account) {
		return sent, a.refused("send message", 81013, "receiver not reached")
	}
	return sent, nil
}

// replace puts a card in the place of an earlier one of the app. Its code works once; a press brings another.
// A card that offers nothing any more keeps its words, with what happened on its button.
func (a *Adapter) replace(ctx context.Context, out bot.Outgoing) (bot.Receipt, error) {
	task, _, ok := strings.Cut(strings.TrimPrefix(out.Replaces, appCardPrefix), ":")
	account, known := a.account(out.Place.Person)
	if !ok || !known || !strings.HasPrefix(out.Replaces, appCardPrefix) {
		return bot.Receipt{}, fmt.Errorf("wecom: this message cannot be replaced: %w", bot.ErrPermanent)
	}
	name := "wecom/response/" + task
	code, there, err := a.cfg.Shared.Token(ctx, name)
	if err != nil {
		return bot.Receipt{}, fmt.Errorf("wecom update card: %w", err)
	}
	if !there || code == "" {
		return bot.Receipt{}, fmt.Errorf("wecom: the card was replaced before and not pressed since: %w", bot.ErrPermanent)
	}
	body := obj{"userids": []string{account}, "agentid": a.cfg.App.AgentID, "response_code": code}
	if card, fits := drawCard(out, a.task(out.Key), appRoom); fits {
		card["task_id"] = task + again + fingerprint(out.Key)
		body["template_card"] = card
	} else {
		body["button"] = obj{"replace_name": clip(over(out.Message), replacedRoom)}
	}
	if err := a.cfg.Shared.DropToken(ctx, name); err != nil {
		a.log.Warn("code of a card not dropped", "err", err)
	}
	var sent struct {
		Code string `json:"response_code"`
	}
	if err := a.do(ctx, call{op: "update card", method: http.MethodPost, path: "/cgi-bin/message/update_template_card", body: body, into: &sent, secret: code}); err != nil {
		return bot.Receipt{}, err
	}
	if sent.Code != "" {
		if err := a.keepResponseCode(ctx, task, sent.Code); err != nil {
			a.log.Warn("code of a card not kept", "err", err)
		}
	}
	return bot.Receipt{Message: out.Replaces, Confirmed: true}, nil
}

const replacedRoom = 18 // characters of a button, as far as they are seen

// over is what stands on a card that offers nothing any more.
func over(m bot.Message) string {
	if m.Card != nil && m.Card.Stale != "" {
		return m.Card.Stale
	}
	if m.Card != nil && m.Card.Clock != "" {
		return m.Card.Clock
	}
	return "已更新"
}
