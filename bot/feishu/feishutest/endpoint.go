package feishutest

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/coder/websocket"
)

// ClientConfig is what the platform asks of clients of the long connection; in seconds.
type ClientConfig struct {
	ReconnectCount    int
	ReconnectInterval int
	ReconnectNonce    int
	PingInterval      int
}

var usualConfig = ClientConfig{ReconnectCount: -1, ReconnectInterval: 120, ReconnectNonce: 30, PingInterval: 120}

// Codes of the long connection's handshake.
const (
	maxConns       = 50
	ticketFor      = time.Minute
	connPath       = "/ws/v2"
	codeWrongApp   = 1000040345
	codeTooMany    = 1000040350
	handshakeAuth  = "514"
	handshakeAuthE = "Handshake-Autherrcode"
)

// Configure changes what bootstrap and pongs say from now on.
func (p *Platform) Configure(c ClientConfig) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.clientConf = c
}

// serveEndpoint is POST /callback/ws/endpoint: where to connect, with a ticket for one handshake.
func (p *Platform) serveEndpoint(w http.ResponseWriter, r *http.Request) {
	if p.faultyAnswer(w, "POST /callback/ws/endpoint") {
		return
	}
	var in struct{ AppID, AppSecret string }
	err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<16)).Decode(&in)
	if err != nil || in.AppID != p.opt.AppID || in.AppSecret != p.opt.AppSecret {
		write(w, http.StatusOK, object{"code": codeWrongApp, "msg": "app_id or app_secret is invalid"})
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if f := p.broken(Code, func(f Fault) bool { return strings.Contains("callback/ws/endpoint", f.API) && f.API != "" }); f != nil {
		write(w, http.StatusOK, object{"code": f.Code, "msg": "system busy"})
		return
	}
	ticket := p.next("ticket-")
	p.tickets[ticket] = p.now().Add(ticketFor)
	at := url.URL{Scheme: "ws", Host: r.Host, Path: connPath, RawQuery: url.Values{"device_id": {p.next("device-")}, "service_id": {"33554678"}, "access_key": {p.next("access-key-")}, "ticket": {ticket}}.Encode()}
	if r.TLS != nil {
		at.Scheme = "wss"
	}
	write(w, http.StatusOK, object{"code": 0, "msg": "", "data": object{"URL": at.String(), "ClientConfig": p.clientConf}})
}

// serveConn is the long connection itself.
func (p *Platform) serveConn(w http.ResponseWriter, r *http.Request) {
	if p.faultyAnswer(w, connPath) {
		return
	}
	if reason, code := p.admit(r.FormValue("ticket")); reason != "" {
		w.Header().Set("Handshake-Status", handshakeAuth)
		w.Header().Set("Handshake-Msg", reason)
		w.Header().Set(handshakeAuthE, code)
		w.WriteHeader(http.StatusForbidden)
		return
	}
	ws, err := websocket.Accept(w, r, &websocket.AcceptOptions{InsecureSkipVerify: true})
	if err != nil {
		p.opt.Log.Debug("handshake", "err", err)
		return
	}
	ws.SetReadLimit(1 << 20)
	c := &conn{p: p, ws: ws, id: r.FormValue("device_id"), service: 33554678, waiting: map[string]chan ack{}}
	p.mu.Lock()
	p.conns = append(p.conns, c)
	p.mu.Unlock()
	c.read(r.Context())
}

// admit uses a ticket up.
func (p *Platform) admit(ticket string) (reason, code string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	ends, ok := p.tickets[ticket]
	delete(p.tickets, ticket)
	switch {
	case !ok || p.now().After(ends):
		return "invalid ticket", "1000040342"
	case len(p.conns) >= maxConns:
		return "exceed connection limit", itoa(codeTooMany)
	}
	return "", ""
}

// Connections is how many long connections there are, deaf ones included.
func (p *Platform) Connections() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.conns)
}
