package wecom

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"time"
)

const (
	maxBody  = 1 << 20
	readBody = 3 * time.Second
	takingIn = 25 * time.Second // for a message with its files; the platform has hung up long before and asks again
)

// errRefused stands for every reason not to take a request.
var errRefused = errors.New("refused")

// verify answers the platform's check of the address with what it sent, decrypted, and nothing around it:
// https://developer.work.weixin.qq.com/document/path/90238
func (s *seal) verify(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	// + in a query is a space to whoever decodes it; base64 has none.
	echo := strings.ReplaceAll(q.Get("echostr"), " ", "+")
	if s == nil || len(r.URL.RawQuery) > maxQuery {
		refuse(w)
		return
	}
	plain, err := s.open(q.Get("msg_signature"), q.Get("timestamp"), q.Get("nonce"), echo)
	if err != nil {
		refuse(w)
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	_, _ = w.Write(plain)
}

const maxQuery = 8 << 10

// read is the body of a POST; sealed finds in it what is encrypted.
func (s *seal) read(w http.ResponseWriter, r *http.Request, sealed func(body []byte) (string, error)) (plain []byte, nonce string, err error) {
	if s == nil || r.Method != http.MethodPost || len(r.URL.RawQuery) > maxQuery {
		return nil, "", errRefused
	}
	// Not every server can set a deadline for one request; those that cannot have one of their own.
	conn := http.NewResponseController(w)
	_ = conn.SetReadDeadline(time.Now().Add(readBody))
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil { // the deadline stays: the server would wait for the rest before it answers
		return nil, "", errRefused
	}
	_ = conn.SetReadDeadline(time.Time{})
	text, err := sealed(body)
	if err != nil {
		return nil, "", errRefused
	}
	q := r.URL.Query()
	plain, err = s.open(q.Get("msg_signature"), q.Get("timestamp"), q.Get("nonce"), text)
	return plain, q.Get("nonce"), err
}

// refuse answers every refusal alike, so that nobody learns how far a forgery got.
func refuse(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Connection", "close")
	w.WriteHeader(http.StatusUnauthorized)
	_, _ = io.WriteString(w, "refused\n")
}
