package feishu

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"fenghuo/bot"
)

// envelope is what every event comes in, schema 2.0 or 1.0:
// https://open.feishu.cn/document/ukTMukTMukTM/uUTNz4SN1MjL1UzM
type envelope struct {
	Schema string `json:"schema"`
	Header struct {
		EventID    string `json:"event_id"`
		EventType  string `json:"event_type"`
		CreateTime digits `json:"create_time"`
		Token      string `json:"token"`
		AppID      string `json:"app_id"`
		TenantKey  string `json:"tenant_key"`
	} `json:"header"`
	Event json.RawMessage `json:"event"`

	// Of schema 1.0, and of the check of the address.
	Type      string `json:"type"`
	Token     string `json:"token"`
	UUID      string `json:"uuid"`
	Challenge string `json:"challenge"`
}

// The events that are handled.
const (
	eventMessage  = "im.message.receive_v1"
	eventRecalled = "im.message.recalled_v1"
	eventReaction = "im.message.reaction.created_v1"
	eventRead     = "im.message.message_read_v1"
	eventJoined   = "im.chat.member.bot.added_v1"
	eventRemoved  = "im.chat.member.bot.deleted_v1"
	eventParted   = "im.chat.member.user.deleted_v1"
	eventDisband  = "im.chat.disbanded_v1"
	eventEntered  = "im.chat.access_event.bot_p2p_chat_entered_v1"
	eventMenu     = "application.bot.menu_v6"
	eventCard     = "card.action.trigger"
)

var errMalformed = errors.New("feishu: event not understood")

func parseEnvelope(plain []byte) (*envelope, error) {
	var env envelope
	if err := json.Unmarshal(plain, &env); err != nil {
		return nil, errMalformed
	}
	return &env, nil
}

func (e *envelope) token() string {
	if e.Schema == "" {
		return e.Token
	}
	return e.Header.Token
}

func (e *envelope) id() string {
	if e.Schema == "" {
		return e.UUID
	}
	return e.Header.EventID
}

func (e *envelope) kind() string { return e.Header.EventType }

func (e *envelope) at() time.Time { return e.Header.CreateTime.time() }

// ours reports whether the event is meant for this app. Events of schema 1.0 are not subscribed to; they
// name the app inside the event and are let through to be ignored.
func (a *Adapter) ours(e *envelope) bool {
	appID, tenant := e.Header.AppID, e.Header.TenantKey
	if e.Schema == "" {
		var old struct {
			AppID     string `json:"app_id"`
			TenantKey string `json:"tenant_key"`
		}
		if err := json.Unmarshal(e.Event, &old); err != nil {
			return false
		}
		appID, tenant = old.AppID, old.TenantKey
	}
	return appID == a.cfg.AppID && (a.cfg.TenantKey == "" || tenant == a.cfg.TenantKey)
}

// Dispatch takes a decrypted event, as the long connection brings it. Nil: stored, or of no interest. The
// long connection authenticates by TLS and ticket; its events may come without a token.
func (a *Adapter) Dispatch(ctx context.Context, sink bot.Sink, payload []byte) error {
	_, err := a.DispatchCard(ctx, sink, payload)
	return err
}

// DispatchCard takes a decrypted press of a button and gives the platform's answer: a short notice, or {}.
// Any other event is taken as well, and answered with {}: the long connection brings presses in frames of
// both kinds.
func (a *Adapter) DispatchCard(ctx context.Context, sink bot.Sink, payload []byte) ([]byte, error) {
	env, err := parseEnvelope(payload)
	if err != nil {
		return nil, err
	}
	if token := env.token(); token != "" && a.cfg.VerificationToken != "" && !same(token, a.cfg.VerificationToken) {
		return nil, fmt.Errorf("feishu event with another app's token: %w", errRefused)
	}
	if !a.ours(env) {
		return nil, fmt.Errorf("feishu event for another app: %w", errRefused)
	}
	return a.handle(ctx, sink, env)
}

// nothing leaves a card as it is. The platform does not accept an empty body.
var nothing = []byte("{}")

func (a *Adapter) handle(ctx context.Context, sink bot.Sink, env *envelope) ([]byte, error) {
	if env.kind() == eventCard {
		resp, err := a.handleCard(ctx, sink, env)
		return resp.encode(), err
	}
	return nothing, a.handleEvent(ctx, sink, env)
}

// handleEvent brings the event into common words and stores it.
func (a *Adapter) handleEvent(ctx context.Context, sink bot.Sink, env *envelope) error {
	var events []bot.Event
	var err error
	switch env.kind() {
	case eventMessage:
		events, err = a.said(ctx, env)
	case eventRecalled:
		events, err = a.recalled(ctx, env)
	case eventReaction:
		events, err = a.reacted(ctx, env)
	case eventRead:
		events, err = a.read(env)
	case eventJoined:
		events, err = a.joined(env)
	case eventEntered:
		events, err = a.entered(env)
	case eventParted:
		events, err = a.parted(env)
	case eventRemoved, eventDisband:
		events, err = a.left(env)
	case eventMenu:
		events, err = a.menu(env)
	default:
		var handled bool
		if handled, err = a.enroll(ctx, env); !handled {
			a.ignore(env)
		}
	}
	if errors.Is(err, errMalformed) {
		// A repetition would not be understood either, and a failure brings four of them.
		a.log.Warn("event not understood", "event", env.id(), "kind", env.kind())
		return nil
	}
	if err != nil {
		return err
	}
	for _, ev := range events {
		if _, err := sink.Receive(ctx, ev); err != nil {
			return fmt.Errorf("store event %s: %w", env.id(), err)
		}
	}
	return nil
}

func (a *Adapter) ignore(env *envelope) {
	a.log.Debug("event of no interest", "event", env.id(), "kind", env.kind())
}

// event is what all events of an envelope have in common.
func (e *envelope) event(kind bot.EventKind, keys ...string) bot.Event {
	ev := bot.Event{Platform: Name, Kind: kind, At: e.at(), Place: bot.Place{Platform: Name}}
	for _, k := range append([]string{e.id()}, keys...) {
		if k != "" {
			ev.Keys = append(ev.Keys, k)
		}
	}
	return ev
}

// digits is a number that comes as a string or as a number.
type digits int64

// UnmarshalJSON takes both; what is no number is 0.
func (d *digits) UnmarshalJSON(b []byte) error {
	n, err := strconv.ParseInt(string(bytes.Trim(b, `"`)), 10, 64)
	if err != nil {
		n = 0
	}
	*d = digits(n)
	return nil
}

func (d digits) time() time.Time { return millis(int64(d)) }

// account is a person as events name them; the id the app knows is open_id.
type account struct {
	OpenID string `json:"open_id"`
}
