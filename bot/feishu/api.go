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
	"slices"
	"strings"
	"time"
)

// obj is a JSON object on its way out.
type obj map[string]any

// call is one request to the platform.
type call struct {
	op     string // what it is for, in errors
	method string
	path   string
	query  url.Values
	body   any    // sent as JSON
	raw    []byte // sent as it is
	kind   string // media type of raw
	data   any    // takes the answer's data
	whole  any    // takes the whole answer
}

const maxAnswer = 4 << 20

// staleToken are the codes a fresh token mends: https://open.feishu.cn/document/ukTMukTMukTM/ugjM14COyUjL4ITN
var staleToken = []int{99991663, 99991664, 99991665}

// do makes a call with a token. A token the platform refuses is fetched anew, once.
func (a *Adapter) do(ctx context.Context, c call) error {
	for again := false; ; again = true {
		token, err := a.token.get(ctx)
		if err != nil {
			return err
		}
		err = a.once(ctx, c, token)
		if again || !stale(err) {
			return err
		}
		a.token.drop(ctx, token)
	}
}

func stale(err error) bool { return slices.Contains(staleToken, code(err)) }

// once makes a call. What became of it is told by the code in the body, never by the HTTP status: token
// errors come with 400 and with 200.
func (a *Adapter) once(ctx context.Context, c call, token string) error {
	resp, err := a.request(ctx, c, token)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if err != nil {
		return fmt.Errorf("feishu %s: read the answer: %w", c.op, err)
	}
	return a.judge(c, resp, body, token)
}

func (a *Adapter) request(ctx context.Context, c call, token string) (*http.Response, error) {
	raw, kind := c.raw, c.kind
	if c.body != nil {
		raw, kind = encode(c.body), "application/json; charset=utf-8"
	}
	address := a.base + c.path
	if len(c.query) > 0 {
		address += "?" + c.query.Encode()
	}
	req, err := http.NewRequestWithContext(ctx, c.method, address, bytes.NewReader(raw))
	if err != nil {
		return nil, fmt.Errorf("feishu %s: %w", c.op, err)
	}
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	resp, err := a.http.Do(req)
	if err != nil {
		return nil, fmt.Errorf("feishu %s: %w", c.op, withoutURL(err))
	}
	return resp, nil
}

// judge reads the answer's code.
func (a *Adapter) judge(c call, resp *http.Response, body []byte, token string) error {
	var head struct {
		Code *int            `json:"code"`
		Msg  string          `json:"msg"`
		Data json.RawMessage `json:"data"`
	}
	if err := json.Unmarshal(body, &head); err != nil || head.Code == nil {
		return temporary(resp, fmt.Errorf("feishu %s: HTTP %d without a code", c.op, resp.StatusCode))
	}
	if *head.Code != 0 {
		return classify(&APIError{Op: c.op, Code: *head.Code, Msg: a.redact(head.Msg, token), LogID: resp.Header.Get("X-Tt-Logid")}, resp)
	}
	var err error
	if c.data != nil && len(head.Data) > 0 {
		err = json.Unmarshal(head.Data, c.data)
	}
	if c.whole != nil && err == nil {
		err = json.Unmarshal(body, c.whole)
	}
	if err != nil {
		return fmt.Errorf("feishu %s: answer not understood: %w", c.op, err)
	}
	return nil
}

// redact takes out of a message of the platform whatever nobody else may read, and shortens it.
func (a *Adapter) redact(msg, token string) string {
	for _, secret := range []string{token, a.cfg.AppSecret, a.cfg.EncryptKey, a.cfg.VerificationToken} {
		if secret != "" {
			msg = strings.ReplaceAll(msg, secret, "***")
		}
	}
	return clip(msg, 200)
}

// withoutURL is err without the address net/http puts into it.
func withoutURL(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

// encode is v as JSON with < > & as they are: escaped they count six times against the limits of size.
func encode(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(fmt.Sprintf("feishu: encode own request: %v", err))
	}
	return bytes.TrimRight(b.Bytes(), "\n")
}

// millis is a time of the platform: seconds, milliseconds or microseconds, told apart by their digits.
func millis(n int64) time.Time {
	switch {
	case n <= 0:
		return time.Time{}
	case n < 1e11:
		return time.Unix(n, 0).UTC()
	case n < 1e14:
		return time.UnixMilli(n).UTC()
	}
	return time.UnixMicro(n).UTC()
}
