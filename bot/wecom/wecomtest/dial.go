package wecomtest

import (
	"context"
	"net"
	"net/http"
	"sync"
)

// Local serves a handler without a network: over net.Pipe, which a testing/synctest bubble understands. The
// client reaches it under any address, http or https, the socket included; stop ends the server.
func Local(h http.Handler) (client *http.Client, stop func()) {
	l := &pipes{next: make(chan net.Conn), done: make(chan struct{})}
	server := &http.Server{Handler: h}
	go func() { _ = server.Serve(l) }()                                       // returns when stopped
	transport := &http.Transport{DialContext: l.dial, DialTLSContext: l.dial} // https without TLS: nobody listens in
	return &http.Client{Transport: transport}, func() {
		transport.CloseIdleConnections()
		_ = server.Close() // nothing can be done about it
		_ = l.Close()      // never fails
	}
}

// pipes is a net.Listener.
type pipes struct {
	next chan net.Conn
	done chan struct{}
	once sync.Once
}

func (l *pipes) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	near, far := net.Pipe()
	select {
	case l.next <- far:
		return near, nil
	case <-l.done:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (l *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-l.next:
		return c, nil
	case <-l.done:
		return nil, net.ErrClosed
	}
}

func (l *pipes) Close() error {
	l.once.Do(func() { close(l.done) })
	return nil
}

func (l *pipes) Addr() net.Addr { return &net.UnixAddr{Name: "wecomtest", Net: "pipe"} }
