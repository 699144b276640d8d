package wecom

import (
	"context"

	"fenghuo/bot"
)

// The events of an app that mean something: https://developer.work.weixin.qq.com/document/path/90240
const (
	appSubscribe = "subscribe"
	appContact   = "change_contact"
	appMenu      = "click"
)

// asleep are events by which the platform announces that it switches off an app few people use.
var asleep = map[string]bool{"inactive_alert": true, "close_inactive_agent": true, "low_active_alert": true, "low_active": true}

// adviceAsleep is what an administrator is told then.
const adviceAsleep = "企业微信提示该自建应用不活跃，可能被停用，停用后私聊卡片和提醒都发不出去。请在管理后台的应用页面确认继续使用。"

// wordless are events in which no person means the bot, and that say nothing of a person looking at the app.
var wordless = map[string]bool{"unsubscribe": true, appContact: true, "batch_job_result": true, "reopen_inactive_agent": true, "active_restored": true}

func (a *Adapter) appEvents(ctx context.Context, m *appMessage) ([]bot.Event, error) {
	if m.Type == "event" {
		return a.appEvent(m), nil
	}
	ev := a.appBase(m, bot.Said)
	ev.Text = m.text()
	p, ok := m.part()
	if !ok && ev.Text == "" {
		ev.Files = []bot.File{{Name: "这条消息", Kind: "file", Error: "wrong_type"}}
	}
	if !ok {
		return []bot.Event{ev}, nil
	}
	var err error
	ev.Files, err = a.fetchAll(ctx, errand{message: m.key(), by: ev.Place.Person, since: ev.At}, []part{p})
	return []bot.Event{ev}, err
}

// appBase is what all events of an app have in common.
func (a *Adapter) appBase(m *appMessage, kind bot.EventKind) bot.Event {
	ev := bot.Event{Platform: Name, Keys: []string{m.key()}, Kind: kind, At: m.at(), Place: a.private(m.Sender, ChannelApp), Message: m.message(),
		Sender: m.Sender, ToBot: true}
	if ev.At.IsZero() {
		ev.At = a.now()
	}
	return ev
}

func (a *Adapter) appEvent(m *appMessage) []bot.Event {
	switch {
	case m.Event == appSubscribe:
		return []bot.Event{a.appBase(m, bot.Joined)}
	case m.Event == appMenu && m.Key != "": // the key of a menu is the text it stands for
		ev := a.appBase(m, bot.Said)
		ev.Text = tidy(m.Key)
		return []bot.Event{ev}
	case m.Event == appContact:
		a.log.Info("directory changed", "event", m.key(), "kind", m.Change)
		a.contacts.changed()
	case asleep[m.Event]:
		a.log.Error("the platform may switch the app off", "event", m.key(), "kind", m.Event, "do", adviceAsleep)
	default:
		a.log.Debug("event of no interest", "event", m.key(), "kind", m.Event)
	}
	return nil
}
