package wecom

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"fenghuo/bot"
)

// Send is one attempt. It goes back on the request it answers while that is open; else to a group by its
// robot when somebody must be mentioned and by the AI bot otherwise, and to a person by the app or the AI
// bot. What one of them refuses for good, another says in its place.
func (a *Adapter) Send(ctx context.Context, out bot.Outgoing) (bot.Receipt, error) {
	if out.Replaces != "" {
		return a.replace(ctx, out)
	}
	if r, ok := a.answered(ctx, out); ok {
		return r, nil
	}
	ways, err := a.ways(ctx, out)
	if err != nil {
		return bot.Receipt{}, err
	}
	var first error
	for n, w := range ways {
		receipt, err := w.send(ctx, out)
		if err == nil {
			return a.detoured(receipt, out, w, first), nil
		}
		if n+1 == len(ways) || !(errors.Is(err, bot.ErrPermanent) || errors.Is(err, errNotConnected)) {
			if first != nil && errors.Is(err, errNotConnected) {
				return bot.Receipt{}, first
			}
			return bot.Receipt{}, err
		}
		a.log.Warn("sent another way", "key", out.Key, "chat", out.Place.Chat, "way", w.name, "err", err)
		if first == nil {
			first = err
		}
	}
	return bot.Receipt{}, first
}

// way is one of the platform's products, speaking.
type way struct {
	name string
	send func(ctx context.Context, out bot.Outgoing) (bot.Receipt, error)
}

// ways are those that lead there, best first.
func (a *Adapter) ways(ctx context.Context, out bot.Outgoing) ([]way, error) {
	byApp, byBot := way{ChannelApp, a.byApp}, way{ChannelAIBot, a.byBot}
	if out.Place.Direct() {
		account, ok := a.account(out.Place.Person)
		if !ok || account == "" {
			return nil, fmt.Errorf("wecom: %q has no account here: %w", out.Place.Person, bot.ErrPermanent)
		}
		var ways []way
		// What is asked to go by the AI bot has been to the app before, or answers what was said there.
		if a.cfg.App.used() && out.Place.Channel != ChannelAIBot {
			ways = append(ways, byApp)
		}
		if a.cfg.AIBot.pushes() {
			ways = append(ways, byBot)
		}
		return some(ways, seeNoPrivate)
	}
	if strings.HasPrefix(out.Place.Chat, appChat) {
		return []way{{"appchat", a.byAppChat}}, nil
	}
	robot, err := a.robot(ctx, out.Place.Chat)
	if err != nil {
		return nil, err
	}
	var ways []way
	if a.cfg.AIBot.pushes() && a.chat(out.Place.Chat) != "" {
		ways = append(ways, byBot)
	}
	if robot != "" {
		byRobot := way{"robot", func(ctx context.Context, out bot.Outgoing) (bot.Receipt, error) { return a.byRobot(ctx, robot, out) }}
		if len(out.Message.Mentions) > 0 {
			ways = append([]way{byRobot}, ways...)
		} else {
			ways = append(ways, byRobot)
		}
	}
	return some(ways, seeNoGroup)
}

const (
	seeNoPrivate = "没有配置能私聊的应用或智能机器人，私信发不出去。"
	seeNoGroup   = "这个群没有绑定群机器人，智能机器人也还不认识它：请在群里@一次机器人，或给群添加群机器人并绑定。"
)

// some is an error when there are none.
func some(ways []way, advice string) ([]way, error) {
	if len(ways) == 0 {
		return nil, &APIError{Op: "send", Msg: "no way there", Admin: advice, class: permanent}
	}
	return ways, nil
}

// answered says it on the request it answers, if that is still open. Where people must really be mentioned,
// the robot says it: an answer mentions nobody.
func (a *Adapter) answered(ctx context.Context, out bot.Outgoing) (bot.Receipt, bool) {
	if !out.Place.Direct() && len(out.Message.Mentions) > 0 {
		if robot, err := a.robot(ctx, out.Place.Chat); err == nil && robot != "" {
			return bot.Receipt{}, false
		}
	}
	r, ok := a.open.take(ctx, out.Message.ReplyTo, out.Place)
	if !ok {
		return bot.Receipt{}, false
	}
	task := a.task(out.Key)
	an := answer{Markdown: clipBytes(markdown(out, nil), mostBot)}
	if card, fits := drawCard(out, task, botRoom); fits {
		an.Card = card
	}
	if err := r.Answer(ctx, an); err != nil {
		a.log.Warn("answer not taken, sent instead", "key", out.Key, "chat", out.Place.Chat, "err", err)
		return bot.Receipt{}, false
	}
	if an.Card != nil {
		a.keepCard(ctx, task, an.Card)
	}
	return bot.Receipt{Message: "answer:" + task, Confirmed: true}, true
}

// detoured notes what was done otherwise than asked, and what an administrator should know of it.
func (a *Adapter) detoured(r bot.Receipt, out bot.Outgoing, w way, first error) bot.Receipt {
	if first == nil || w.name == "robot" { // where there is a robot, the AI bot need not be known
		return r
	}
	r.Advice = bot.Advice(first)
	if !out.Place.Direct() && w.name != "robot" && len(out.Message.Mentions) > 0 {
		r.Note = "群机器人发不出去，没有真正@到人"
	}
	return r
}

// task is the id of a card; each attempt has its own, since the platform refuses one it has seen:
// https://developer.work.weixin.qq.com/document/path/90236
func (a *Adapter) task(key string) string {
	return fmt.Sprintf("fh-%s-%d", fingerprint(key), a.now().UnixNano())
}

// Limits are 20 a minute for a robot, 30 a minute and 1000 an hour for each chat of the AI bot and for each
// member of the app, where the platform drops more without a word. They are counted with room to spare:
// https://developer.work.weixin.qq.com/document/path/90454, https://developer.work.weixin.qq.com/document/path/99110
func (a *Adapter) Limits(out bot.Outgoing) []bot.Limit {
	if out.Replaces != "" {
		return []bot.Limit{{Bucket: Name + "/update", PerSecond: 10, Burst: 10}}
	}
	to := "chat/" + out.Place.Chat
	if out.Place.Direct() { // however the place names it, one chat is counted once
		channel := ChannelAIBot
		if a.cfg.App.used() && out.Place.Channel != ChannelAIBot {
			channel = ChannelApp
		}
		to = channel + "/" + strings.ToLower(out.Place.Person)
	}
	limits := []bot.Limit{
		{Bucket: Name + "/" + to + "/minute", PerSecond: 20.0 / 60, Burst: 10},
		{Bucket: Name + "/" + to + "/hour", PerSecond: 800.0 / 3600, Burst: 200},
	}
	if !out.Place.Direct() && !strings.HasPrefix(out.Place.Chat, appChat) && (len(out.Message.Mentions) > 0 || !a.cfg.AIBot.pushes()) { // the robot's say
		limits[0].PerSecond, limits[0].Burst = 12.0/60, 8
	}
	for n := range limits {
		limits[n].Count = a.partsLeft(out)
	}
	if out.Message.Makes != nil { // 1000 a day of the enterprise: https://developer.work.weixin.qq.com/document/path/90245
		limits = append(limits, bot.Limit{Bucket: Name + "/groups", PerSecond: 800.0 / (24 * 3600), Burst: 100})
	}
	return limits
}

const updatable = 72 * time.Hour

// CanUpdate reports whether a card can still be replaced: one of the app, for three days. The AI bot's change
// only in answer to a press, the robots' never: https://developer.work.weixin.qq.com/document/path/94888
func (a *Adapter) CanUpdate(out bot.Outgoing, now time.Time) bool {
	return strings.HasPrefix(out.Replaces, appCardPrefix) && now.Sub(out.ShownAt) < updatable
}
