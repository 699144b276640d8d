package wecom

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	"fenghuo/bot"
)

const (
	// answerIn is what is left of the 5 s in which an answer may stand in the response:
	// https://developer.work.weixin.qq.com/document/path/101031
	answerIn = 4500 * time.Millisecond
	answered = "已答复。" // a stream that is asked for again was ended long ago
)

// AIBotHandler takes what people say to the AI bot and do with its cards, at the address set as its receiving
// URL: https://developer.work.weixin.qq.com/document/path/100719. What the service has to say within 4.5 s
// goes out in the response; later words take the address the message came with.
func (a *Adapter) AIBotHandler(sink bot.Sink) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		came := a.now()
		if r.Method == http.MethodGet {
			a.botSeal.verify(w, r)
			return
		}
		plain, nonce, err := a.botSeal.read(w, r, sealedJSON)
		if err != nil {
			refuse(w)
			return
		}
		m, err := parseBotMessage(plain)
		if err != nil { // a repetition would not be understood either
			a.log.Warn("event not understood", "sender", "aibot", "bytes", len(plain))
			return
		}
		if m.Bot != "" && a.cfg.AIBot.BotID != "" && m.Bot != a.cfg.AIBot.BotID {
			refuse(w)
			return
		}
		a.passive(w, nonce, a.takeBot(r.Context(), sink, arrival{botMessage: m, came: came}))
	})
}

func sealedJSON(body []byte) (string, error) {
	var env struct {
		Encrypt string `json:"encrypt"`
	}
	err := json.Unmarshal(body, &env)
	return env.Encrypt, err
}

// response is what a callback is answered with. Nothing to say is an empty 200.
type response struct {
	passiveAnswer
	status int
}

// takeBot stores what came and gives what is to be answered.
func (a *Adapter) takeBot(ctx context.Context, sink bot.Sink, m arrival) response {
	switch {
	case m.Type == botStream:
		return response{passiveAnswer{body: streamOf(m.Stream.ID, answered)}, http.StatusOK}
	case m.Type == botEvent && m.Event.Type == eventPress:
		toast, _ := a.press(ctx, sink, a.botClick(m))
		return response{passiveAnswer{body: a.pressAnswer(m, toast)}, http.StatusOK}
	}
	open := a.openOnCallback(ctx, m)
	if open != nil {
		defer open.close()
	}
	stored := make(chan error, 1)
	own, cancel := context.WithTimeout(context.WithoutCancel(ctx), takingIn)
	go func() {
		defer cancel()
		stored <- a.storeBot(own, sink, m)
	}()
	return a.awaitAnswer(m, open, stored)
}

// awaitAnswer waits until it is stored, and then for what the service says to it. What is not stored in time
// may come again.
func (a *Adapter) awaitAnswer(m arrival, open *waiting, stored <-chan error) response {
	timer := time.NewTimer(answerIn - a.now().Sub(m.came))
	defer timer.Stop()
	var answers <-chan passiveAnswer
	if open != nil {
		answers = open.answers
	}
	for status := http.StatusServiceUnavailable; ; {
		select {
		case an := <-answers:
			return response{an, http.StatusOK}
		case err := <-stored:
			if err != nil {
				return response{status: http.StatusInternalServerError}
			}
			if status, stored = http.StatusOK, nil; open == nil {
				return response{status: status}
			}
		case <-timer.C:
			return response{status: status}
		}
	}
}

// storeBot brings a message into common words and stores it. The platform may deliver again while the first
// delivery is still fetching.
func (a *Adapter) storeBot(ctx context.Context, sink bot.Sink, m arrival) error {
	_, err, _ := a.inbound.Do(m.key(), func() (any, error) {
		ev, ok, err := a.botEvent(ctx, m)
		if err == nil && ok {
			_, err = a.receive(ctx, sink, ev)
		}
		return nil, err
	})
	if err != nil {
		a.log.Warn("event not taken", "event", m.key(), "err", err)
	}
	return err
}

// passive writes an answer, encrypted, with the nonce of the request.
func (a *Adapter) passive(w http.ResponseWriter, nonce string, r response) {
	if r.status != http.StatusOK || r.body == nil {
		w.WriteHeader(r.status)
		return
	}
	now := a.now().Unix()
	sealed := a.botSeal.encrypt(encode(r.body))
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_, err := w.Write(encode(obj{"encrypt": sealed, "timestamp": now, "nonce": nonce,
		"msgsignature": a.botSeal.sign(strconv.FormatInt(now, 10), nonce, sealed)}))
	if r.written != nil {
		r.written <- err
	}
}
