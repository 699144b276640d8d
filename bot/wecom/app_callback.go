package wecom

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"fenghuo/bot"
)

// AppHandler takes what people say to the app and do with its cards, at the address set as its receiving URL:
// https://developer.work.weixin.qq.com/document/path/90238. Whatever is answered with 200 is stored; it is
// answered with nothing in it, and what there is to say follows as a message. The platform waits 5 s and asks
// three times in all, and the inbox knows by its keys what came before. The age of the timestamp is not
// judged: nobody says whether a repetition is signed anew.
func (a *Adapter) AppHandler(sink bot.Sink) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			a.appSeal.verify(w, r)
			return
		}
		plain, _, err := a.appSeal.read(w, r, sealedXML)
		if err != nil {
			refuse(w)
			return
		}
		a.takeApp(w, r, sink, plain)
	})
}

func sealedXML(body []byte) (string, error) {
	var env appEnvelope
	err := parseXML(body, &env)
	return strings.TrimSpace(env.Encrypt), err
}

// takeApp stores what came. Its own time runs on when the platform hangs up: a picture may take longer.
func (a *Adapter) takeApp(w http.ResponseWriter, r *http.Request, sink bot.Sink, plain []byte) {
	m, err := parseAppMessage(plain)
	if err != nil { // a repetition would not be understood either, and a failure brings two of them
		a.log.Warn("event not understood", "sender", "app", "bytes", len(plain))
		return
	}
	if !a.appOurs(m) {
		refuse(w)
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), takingIn)
	defer cancel()
	// The platform delivers again while the first delivery is still at work.
	_, err, _ = a.inbound.Do(m.key(), func() (any, error) { return nil, a.appHeard(ctx, sink, m) })
	if err != nil {
		a.log.Warn("event not taken", "event", m.key(), "kind", m.kind(), "err", err)
		w.WriteHeader(http.StatusInternalServerError)
	}
}

// appOurs reports whether a message is meant for this app. Events of the directory name no agent.
func (a *Adapter) appOurs(m *appMessage) bool {
	agent := m.Agent == "" || m.Agent == "0" || m.Agent == strconv.Itoa(a.cfg.App.AgentID)
	return agent && m.Receiver == a.cfg.CorpID
}

func (m *appMessage) kind() string {
	if m.Type == "event" {
		return m.Event
	}
	return m.Type
}

// appHeard brings a message or event into common words and stores it.
func (a *Adapter) appHeard(ctx context.Context, sink bot.Sink, m *appMessage) error {
	if m.Type == "event" && strings.HasPrefix(m.Event, "template_card_") {
		return a.appPressed(ctx, sink, m)
	}
	events, err := a.appEvents(ctx, m)
	if err != nil {
		return err
	}
	for _, ev := range events {
		if _, err := a.receive(ctx, sink, ev); err != nil {
			return errors.Join(errNotStored, err)
		}
	}
	return a.signOfLife(ctx, sink, m)
}

var errNotStored = errors.New("event not stored")

// appPressed stores a press. The code that came with it lets the card be updated once more, and is kept
// before the press is: what follows from the press wants it.
func (a *Adapter) appPressed(ctx context.Context, sink bot.Sink, m *appMessage) error {
	if m.Response != "" && m.Task != "" {
		if err := a.keepResponseCode(ctx, m.Task, m.Response); err != nil {
			a.log.Warn("response code not kept", "event", m.key(), "err", err)
		}
	}
	c := click{message: m.message(), keys: []string{m.key()}, at: m.at(), channel: ChannelApp, sender: m.Sender, task: m.Task, key: m.Key, came: a.now()}
	for _, s := range m.Selected.Items {
		c.fields = choices(s.Question, s.Options, c.fields)
	}
	ev, ok, elsewhere := a.pressed(c)
	switch {
	case !ok:
		a.log.Warn("press not understood", "event", m.key())
	case elsewhere:
		a.log.Warn("press on a card outside its chat", "event", m.key(), "sender", m.Sender)
	default:
		if _, err := a.receive(ctx, sink, ev); err != nil {
			return errors.Join(errNotStored, err)
		}
	}
	return a.signOfLife(ctx, sink, m)
}
