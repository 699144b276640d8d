package wecom

import (
	"errors"
	"fmt"

	"golang.org/x/sync/singleflight"
)

// inward is what the adapter takes things in with.
type inward struct {
	appSeal  *seal              // nil: the app's callback is not configured
	botSeal  *seal              // nil: nor is the AI bot's
	posting  *outside           // answers
	fetching *outside           // files
	cards    *memory[string]    // of the AI bot as they were sent, by task
	inbound  singleflight.Group // deliveries, by key
	flight   singleflight.Group // files of a message, by key
	lastApp  unseen             // by person
	contacts bell
}

// newInward checks what is configured of it. Without token and key a callback refuses everything.
func newInward(cfg Config) (*inward, error) {
	in := &inward{contacts: make(bell, 1), cards: newMemory[string](remembered)}
	var err error
	if cfg.App.Token != "" || cfg.App.AESKey != "" {
		if in.appSeal, err = callbackSeal(cfg.App.Token, cfg.App.AESKey, cfg.CorpID); err != nil {
			return nil, fmt.Errorf("app: %w", err)
		}
	}
	if cfg.AIBot.Token != "" || cfg.AIBot.AESKey != "" {
		if in.botSeal, err = callbackSeal(cfg.AIBot.Token, cfg.AIBot.AESKey, ""); err != nil {
			return nil, fmt.Errorf("aibot: %w", err)
		}
	}
	if err := checkHosts("reply_hosts", cfg.ReplyHosts); err != nil {
		return nil, err
	}
	if err := checkHosts("media_hosts", cfg.MediaHosts); err != nil {
		return nil, err
	}
	in.posting = newOutside(orHosts(cfg.ReplyHosts, defaultReplyHosts), cfg.HTTP)
	in.fetching = newOutside(orHosts(cfg.MediaHosts, defaultMediaHosts), cfg.HTTP)
	return in, nil
}

func callbackSeal(token, aesKey, receiver string) (*seal, error) {
	if token == "" {
		return nil, errors.New("token is required with the key: without it anybody can forge events")
	}
	return newSeal(token, aesKey, receiver)
}

func orHosts(list, otherwise []string) hosts {
	if len(list) == 0 {
		return otherwise
	}
	return list
}
