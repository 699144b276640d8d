package wecom

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// The calls are made with net/http and a few structs of our own instead of silenceper/wechat v2.1.10. The
// SDK keeps its http client and its base address in variables of the whole process, its calls take no
// context and have no timeout, its errors carry the address with the secret in it, it does not renew a
// token the platform refuses, and it has neither card updates, group creation nor the AI bot.

// obj is a JSON object on its way out.
type obj map[string]any

// call is one request to the platform.
type call struct {
	op     string // what it is for, in errors
	method string
	path   string
	query  url.Values
	body   any                        // sent as JSON
	raw    []byte                     // sent as it is
	kind   string                     // media type of raw
	into   any                        // takes the whole answer
	file   func(*http.Response) error // takes an answer that is a file and not JSON
	secret string                     // in the query, not to be shown: a webhook key
}

const maxAnswer = 4 << 20

// staleToken are the codes a fresh token mends: https://developer.work.weixin.qq.com/document/path/91039.
// An expired one has been seen refused as each of them.
var staleToken = []int{40014, 42001, 40001}

// do makes a call of the app. A token the platform refuses is fetched anew, once.
func (a *Adapter) do(ctx context.Context, c call) error {
	for again := false; ; again = true {
		token, err := a.token.get(ctx)
		if err != nil {
			return err
		}
		with := c
		with.query, with.secret = url.Values{}, token
		for k, v := range c.query {
			with.query[k] = v
		}
		with.query.Set("access_token", token)
		err = a.once(ctx, with)
		if again || !slices.Contains(staleToken, code(err)) {
			return err
		}
		a.token.drop(ctx, token)
	}
}

// once makes a call. What became of it is told by errcode in the body, never by the HTTP status.
func (a *Adapter) once(ctx context.Context, c call) error {
	resp, err := a.request(ctx, c)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	if c.file != nil && resp.StatusCode == http.StatusOK && !saysJSON(resp) {
		return c.file(resp)
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if err != nil {
		return fmt.Errorf("wecom %s: read the answer: %w", c.op, withoutURL(err))
	}
	return a.judge(c, resp, body)
}

func (a *Adapter) request(ctx context.Context, c call) (*http.Response, error) {
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
		return nil, fmt.Errorf("wecom %s: %w", c.op, withoutURL(err))
	}
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	resp, err := a.http.Do(req)
	if err != nil {
		return nil, fmt.Errorf("wecom %s: %w", c.op, withoutURL(err))
	}
	return resp, nil
}

// judge reads the answer's errcode. An answer without one is not the platform's.
func (a *Adapter) judge(c call, resp *http.Response, body []byte) error {
	var head struct {
		Code *int   `json:"errcode"`
		Msg  string `json:"errmsg"`
	}
	if err := json.Unmarshal(body, &head); err != nil || head.Code == nil {
		return temporary(resp, fmt.Errorf("wecom %s: HTTP %d without a code", c.op, resp.StatusCode))
	}
	if *head.Code != 0 {
		return a.refused(c.op, *head.Code, head.Msg, c.secret)
	}
	if c.into == nil {
		return nil
	}
	if err := json.Unmarshal(body, c.into); err != nil {
		return fmt.Errorf("wecom %s: answer not understood: %w", c.op, err)
	}
	return nil
}

// saysJSON: a file is answered as what it is, a refusal to give it as JSON, both with HTTP 200:
// https://developer.work.weixin.qq.com/document/path/90254
func saysJSON(resp *http.Response) bool {
	kind, _, err := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	return resp.Header.Get("Content-Disposition") == "" && (err != nil || kind == "application/json" || kind == "text/plain")
}

// parameter is a secret in an address, wherever it was written.
var parameter = regexp.MustCompile(`(?i)\b(access_token|corpsecret|response_code|key|secret)=[^&\s"'<>]+`)

// redact takes out of words of the platform whatever nobody else may read, and shortens them.
func (a *Adapter) redact(msg string, also ...string) string {
	c := a.cfg
	secrets := append([]string{c.App.Secret, c.App.Token, c.App.AESKey, c.AIBot.Secret, c.AIBot.Token, c.AIBot.AESKey}, also...)
	for _, key := range c.Robots {
		secrets = append(secrets, key)
	}
	for _, secret := range secrets {
		if secret != "" {
			msg = strings.ReplaceAll(msg, secret, "***")
		}
	}
	return clip(parameter.ReplaceAllString(msg, "$1=***"), 200)
}

// withoutURL is err without the address net/http puts into it.
func withoutURL(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

// encode is v as JSON with < > & as they are: the platform refuses some escapes with 40033, and they count
// six times against the limits of size.
func encode(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(fmt.Sprintf("wecom: encode own request: %v", err))
	}
	return bytes.TrimRight(b.Bytes(), "\n")
}
