package handlers

import (
	"errors"
	"strings"

	"fenghuo/handlers/desk"
	"fenghuo/internal/incident"
	"fenghuo/internal/roster"
	"fenghuo/internal/zh"
	"fenghuo/store"
)

func isNotFound(err error) bool { return errors.Is(err, store.ErrNotFound) }

// reportProtected is 保密上报: the same as 上报, under an alias that has taken the person's place already.
func reportProtected(t *turn) error {
	switch {
	case !t.ev.Place.Direct():
		return t.reply(t.Voice.ProtectInPrivate())
	case !roster.IsSource(t.person):
		return t.reply(t.Voice.NobodyProtects())
	}
	_, err := t.Tx.ActiveForm(t.person, t.ev.Place.Key())
	if isNotFound(err) {
		err = t.reply(t.Voice.Protected(t.person, t.Org.Protect))
	}
	if err != nil {
		return err
	}
	return t.report(false)
}

// openSource is 查来源 001 理由, said by one of the two who may: who it is comes in private, the ledger says who asked
// and why, and the other one is told.
func openSource(t *turn) error {
	inc, err := t.target(func(inc *incident.Incident) bool { return t.may("查来源", inc) && roster.IsSource(inc.Reporter) })
	if inc == nil || err != nil {
		return err
	}
	reason := limit(zh.Clean(t.match.Rest))
	switch {
	case !t.may("查来源", inc):
		return t.reply(t.Voice.NotFound(inc.Number))
	case !roster.IsSource(inc.Reporter):
		return t.reply(t.Voice.NotProtected(inc.Number))
	case reason == "":
		return t.reply(t.Voice.NeedWords("查来源 001 核对线索"))
	}
	if err := t.Note(t.person, "source_opened", desk.Subject(inc.Number), map[string]string{"alias": inc.Reporter, "reason": reason}); err != nil {
		return err
	}
	cause := strings.TrimPrefix(t.Cause, "event/")
	for _, keeper := range t.Org.Protect {
		told := desk.Told{Purpose: "source/" + cause, Reason: "查来源", Message: t.Voice.SourceIs(inc)}
		if keeper != t.person {
			told.Message = t.Voice.SourceOpened(inc, t.person, reason)
		}
		if err := t.Direct(inc, keeper, told); err != nil {
			return err
		}
	}
	if t.ev.Place.Direct() {
		return nil
	}
	return t.reply(t.Voice.ToldInPrivate())
}
