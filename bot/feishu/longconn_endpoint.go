package feishu

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/coder/websocket"
)

const (
	endpointPath  = "/callback/ws/endpoint"
	endpointLimit = 10 * time.Second
	dialLimit     = 15 * time.Second
	frameLimit    = 4 << 20
)

// Codes of the endpoint and of a refused handshake, as the official SDK reads them (ws/const.go).
const (
	codeBusy      = 1
	codeInternal  = 1000040343
	codeTooMany   = 1000040350
	codeForbidden = 403
	codeAuth      = 514
)

// refusedError is an answer that will stay the same until an administrator does something.
type refusedError struct {
	code   int
	msg    string
	advice string
}

func (e *refusedError) Error() string { return fmt.Sprintf("refused with code %d: %s", e.code, e.msg) }

const (
	adviceApp = "check app_id, app_secret and base_url of feishu in the configuration, that the app is a self-built one of this " +
		"company and is enabled, and that its event subscription is set to long connection (使用长连接接收事件) in the developer console"
	adviceForbidden = "the platform has barred this app from long connections: look at the app's state in the developer console"
	adviceTooMany   = "the app has all the 50 long connections it may have: stop other services and developers' machines that use " +
		"this app_id; every environment should have an app of its own"
)

// dial asks where to connect and connects. No error of it holds the secret or the URL, which is one too.
func (c *LongConn) dial(ctx context.Context, p *pace) (*websocket.Conn, *url.URL, error) {
	where, err := c.endpoint(ctx, p)
	if err != nil {
		return nil, nil, fmt.Errorf("endpoint: %w", c.redact(err, nil))
	}
	ctx, cancel := context.WithTimeout(ctx, dialLimit)
	defer cancel()
	conn, resp, err := websocket.Dial(ctx, where.String(), &websocket.DialOptions{HTTPClient: c.http})
	if err != nil {
		return nil, nil, fmt.Errorf("handshake: %w", c.redact(handshakeError(resp, err), where))
	}
	conn.SetReadLimit(frameLimit)
	return conn, where, nil
}

// endpoint asks for the URL of a new connection.
func (c *LongConn) endpoint(ctx context.Context, p *pace) (*url.URL, error) {
	ctx, cancel := context.WithTimeout(ctx, endpointLimit)
	defer cancel()
	body, err := json.Marshal(struct{ AppID, AppSecret string }{c.cfg.AppID, c.cfg.AppSecret})
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.cfg.BaseURL+endpointPath, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("locale", "zh")
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, err
	}
	defer func() { _ = resp.Body.Close() }()
	b, err := io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	if err != nil {
		return nil, err
	}
	var answer struct {
		Code int    `json:"code"`
		Msg  string `json:"msg"`
		Data struct {
			URL          string
			ClientConfig json.RawMessage
		} `json:"data"`
	}
	if err := json.Unmarshal(b, &answer); err != nil {
		return nil, fmt.Errorf("status %d with a body that is not JSON", resp.StatusCode)
	}
	if err := c.judge(resp.StatusCode, answer.Code, answer.Msg); err != nil {
		return nil, err
	}
	if len(answer.Data.ClientConfig) > 0 {
		if err := p.apply(answer.Data.ClientConfig); err != nil {
			c.log.Warn("endpoint", "err", err)
		}
	}
	return c.checked(answer.Data.URL)
}

// judge tells the passing troubles of the endpoint from the lasting ones.
func (c *LongConn) judge(status, code int, msg string) error {
	switch {
	case code == codeTooMany:
		return &refusedError{code, c.clean(msg, nil), adviceTooMany}
	case status >= 500 || status == http.StatusTooManyRequests || code == codeBusy || code == codeInternal:
		return fmt.Errorf("status %d, code %d: %s", status, code, msg)
	case code != 0:
		return &refusedError{code, c.clean(msg, nil), adviceApp}
	case status != http.StatusOK:
		return fmt.Errorf("status %d", status)
	}
	return nil
}

// checked is the URL to connect to. Payloads come without signature; TLS is all there is, so an endpoint
// asked over TLS may not lead away from it.
func (c *LongConn) checked(raw string) (*url.URL, error) {
	where, err := url.Parse(raw)
	if err != nil || where.Host == "" {
		return nil, errors.New("the answer has no URL to connect to")
	}
	if where.Scheme != "wss" && (where.Scheme != "ws" || strings.HasPrefix(c.cfg.BaseURL, "https:")) {
		return nil, fmt.Errorf("the answer leads to a %s URL", where.Scheme)
	}
	return where, nil
}

// serviceOf is what pings are addressed to; without it 0, as in the SDK.
func serviceOf(where *url.URL) int32 {
	n, err := strconv.ParseInt(where.Query().Get("service_id"), 10, 32)
	if err != nil {
		return 0
	}
	return int32(n)
}

// handshakeError says why the platform did not upgrade; it does so in headers.
func handshakeError(resp *http.Response, err error) error {
	if resp == nil {
		return err
	}
	status := func(key string) int {
		n, _ := strconv.Atoi(resp.Header.Get(key)) // absent: 0
		return n
	}
	code, msg := status("Handshake-Status"), resp.Header.Get("Handshake-Msg")
	switch {
	case code == codeForbidden:
		return &refusedError{code, msg, adviceForbidden}
	case code == codeAuth && status("Handshake-Autherrcode") == codeTooMany:
		return &refusedError{codeTooMany, msg, adviceTooMany}
	case code != 0:
		return fmt.Errorf("status %d: %s", code, msg)
	}
	return err
}

// redact takes out of an error what must not be logged: net/http puts whole URLs into its errors.
func (c *LongConn) redact(err error, where *url.URL) error {
	var refused *refusedError
	if errors.As(err, &refused) {
		return &refusedError{refused.code, c.clean(refused.msg, where), refused.advice}
	}
	return &redactedError{text: c.clean(err.Error(), where), cause: err}
}

// redactedError reads without secrets; errors.Is still knows it.
type redactedError struct {
	text  string
	cause error
}

func (e *redactedError) Error() string { return e.text }
func (e *redactedError) Unwrap() error { return e.cause }

// clean is text without the app's secret and without what is secret in where.
func (c *LongConn) clean(text string, where *url.URL) string {
	secrets := []string{c.cfg.AppSecret, url.QueryEscape(c.cfg.AppSecret)}
	if where != nil {
		secrets = append(secrets, where.RawQuery)
		for _, key := range [...]string{"access_key", "ticket", "device_id"} {
			v := where.Query().Get(key)
			secrets = append(secrets, v, url.QueryEscape(v))
		}
	}
	for _, s := range secrets {
		if s != "" {
			text = strings.ReplaceAll(text, s, "***")
		}
	}
	return text
}
