package main

import (
	"time"

	"fenghuo/bot/webchat"
	"fenghuo/config"
)

// builtInChat is the chat in a browser with what it needs of the service.
type builtInChat struct {
	*webchat.Chat
	clock webchat.Clock // nil: the time is real
}

// withChat adds the built-in chat. Whoever can open its page can speak as anybody: it is for trying
// things out and for drills, not for a network of strangers.
func (p *parts) withChat(cfg *config.Config, clock webchat.Clock) error {
	zone, err := time.LoadLocation(cfg.Timezone)
	if err != nil {
		return err
	}
	p.files = p.lateFiles()
	chat, err := webchat.New(webchat.Config{Org: p.org, Now: p.now, Zone: zone, Dir: cfg.DataDir, Files: p.files})
	if err != nil {
		return err
	}
	p.chat = &builtInChat{Chat: chat, clock: clock}
	p.platforms, p.connect = append(p.platforms, chat.Platforms()...), chat.Connect
	return nil
}
