package feishu

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"time"

	"fenghuo/bot"
)

const (
	maxBody   = 1 << 20
	readBody  = 5 * time.Second
	takingIn  = 25 * time.Second // for an event with its files; the platform has hung up long before and asks again
	challenge = "url_verification"
)

// errRefused stands for every reason not to take a request.
var errRefused = errors.New("refused")

// EventHandler takes the platform's POSTs of events: https://open.feishu.cn/document/ukTMukTMukTM/uUTNz4SN1MjL1UzM.
// An event answered with 200 is stored. A replayed body passes the signature again; the inbox knows its
// keys and answers as before. The age of the timestamp is not judged: the platform repeats for 7 hours and
// does not say whether it signs anew.
func (a *Adapter) EventHandler(sink bot.Sink) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { a.serve(w, r, sink) })
}

// CardHandler takes presses of buttons: https://open.feishu.cn/document/uAjLw4CM/ukzMukzMukzM/feishu-cards/card-callback-communication.
// It differs from EventHandler in its address only; the envelope says what it is.
func (a *Adapter) CardHandler(sink bot.Sink) http.Handler { return a.EventHandler(sink) }

func (a *Adapter) serve(w http.ResponseWriter, r *http.Request, sink bot.Sink) {
	plain, signed, err := a.open(w, r)
	if err != nil {
		refuse(w)
		return
	}
	env, err := parseEnvelope(plain)
	switch {
	case err != nil || !same(env.token(), a.cfg.VerificationToken):
		refuse(w)
	case env.Type == challenge:
		answer(w, encode(obj{"challenge": env.Challenge}))
	case !signed || !a.ours(env):
		refuse(w)
	default:
		a.take(w, r, sink, env)
	}
}

// take stores what came. Its own time runs on when the platform hangs up: a picture may take longer than
// the 3 s an answer may.
func (a *Adapter) take(w http.ResponseWriter, r *http.Request, sink bot.Sink, env *envelope) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), takingIn)
	defer cancel()
	body, err := a.handle(ctx, sink, env)
	if err != nil {
		a.log.Warn("event not taken", "event", env.id(), "kind", env.kind(), "err", err)
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	answer(w, body)
}

// open reads and decrypts a request. The signature is checked over the raw bytes before anything is parsed;
// only the check of the address comes without one, and is told by its token.
func (a *Adapter) open(w http.ResponseWriter, r *http.Request) (plain []byte, signed bool, err error) {
	if a.cfg.EncryptKey == "" || a.cfg.VerificationToken == "" || r.Method != http.MethodPost {
		return nil, false, errRefused
	}
	// Not every server can set a deadline for one request; those that cannot have one of their own.
	conn := http.NewResponseController(w)
	_ = conn.SetReadDeadline(time.Now().Add(readBody))
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil { // the deadline stays: the server would wait for the rest before it answers
		return nil, false, errRefused
	}
	_ = conn.SetReadDeadline(time.Time{})
	timestamp, nonce := r.Header.Get("X-Lark-Request-Timestamp"), r.Header.Get("X-Lark-Request-Nonce")
	given := r.Header.Get("X-Lark-Signature")
	signed = same(given, Sign(timestamp, nonce, a.cfg.EncryptKey, raw))
	if given+timestamp+nonce != "" && !signed {
		return nil, false, errRefused
	}
	var sealed struct {
		Encrypt string `json:"encrypt"`
	}
	if err := json.Unmarshal(raw, &sealed); err != nil {
		return nil, false, errRefused
	}
	plain, err = decrypt(a.cfg.EncryptKey, sealed.Encrypt)
	return plain, signed, err
}

// refuse answers every refusal alike, so that nobody learns how far a forgery got.
func refuse(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Connection", "close")
	w.WriteHeader(http.StatusUnauthorized)
	_, _ = io.WriteString(w, "refused\n")
}

func answer(w http.ResponseWriter, body []byte) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_, _ = w.Write(body)
}
