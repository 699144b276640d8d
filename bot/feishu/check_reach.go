package feishu

import (
	"bytes"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"fenghuo/bot"
)

// connection asks where to connect, and does not: the platform would give events to that connection.
func (a *Adapter) connection(ctx context.Context) bot.Finding {
	f := bot.Finding{About: "飞书长连接", Saw: "可以建立"}
	conn := NewLongConn(LongConnConfig{AppID: a.cfg.AppID, AppSecret: a.cfg.AppSecret, BaseURL: a.base, HTTP: a.http, Log: a.log})
	p := defaultPace()
	_, err := conn.endpoint(ctx, &p)
	var refused *refusedError
	switch {
	case err == nil:
	case errors.As(err, &refused) && refused.code == codeTooMany:
		f.Saw, f.Do = "50条长连接已用满", "请停掉也在用这个app_id的其他服务和开发机；每个环境用自己的应用"
	case errors.As(err, &refused):
		f.Saw = fmt.Sprintf("飞书答%d（%s）", refused.code, clip(conn.clean(refused.msg, nil), 120))
		f.Do = "请核对它是本企业的自建应用并已启用，“事件与回调”里选了“使用长连接接收事件”"
	default:
		f = a.failed(f.About, &redactedError{text: conn.clean(withoutURL(err).Error(), nil), cause: err})
	}
	return f
}

// callback does what the platform does when the address is saved in its console.
func (a *Adapter) callback(ctx context.Context, public string) bot.Finding {
	f := bot.Finding{About: "飞书回调地址"}
	address, err := url.Parse(strings.TrimRight(public, "/") + "/feishu/event")
	switch {
	case public == "":
		f.Saw, f.Do = "没有填public_url", "请填飞书能从外面打开的https地址；没有公网地址就把feishu.mode改为websocket"
		return f
	case err != nil || address.Scheme != "https":
		f.Saw, f.Do = "public_url不是https", "请改用https，事件里有员工说的话"
		return f
	}
	ctx, cancel := context.WithTimeout(ctx, checkTimeout)
	defer cancel()
	status, err := a.challenge(ctx, address.String())
	where := address.Host + address.Path
	switch {
	case err != nil:
		f.Saw = "从本机打不开" + where + "：" + clip(withoutURL(err).Error(), 120)
		f.Do = "请先启动fenghuo serve，再检查域名、证书和反向代理；如果只有外网能打开，可以不理这一条"
	case status == http.StatusUnauthorized:
		f.Saw = where + "上的服务不认这次校验"
		f.Do = "请核对encrypt_key和verification_token与正在运行的服务一致，再重启它"
	case status != http.StatusOK:
		f.Saw = fmt.Sprintf("%s答HTTP %d", where, status)
		f.Do = "请让反向代理把/feishu/原样转给fenghuo serve，不要跳转"
	default:
		f.Saw = where + "能应答地址校验"
	}
	return f
}

// challenge posts a check of the address. An answer that is not the challenge counts as 502.
func (a *Adapter) challenge(ctx context.Context, address string) (status int, err error) {
	word := rand.Text()
	sealed, err := encrypt(a.cfg.EncryptKey, encode(obj{"challenge": word, "token": a.cfg.VerificationToken, "type": challenge}))
	if err != nil {
		return 0, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(encode(obj{"encrypt": sealed})))
	if err != nil {
		return 0, err
	}
	req.Header.Set("Content-Type", "application/json")
	client := *a.http
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse } // nor does the platform follow
	resp, err := client.Do(req)
	if err != nil {
		return 0, err
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxBody))
	var in struct {
		Challenge string `json:"challenge"`
	}
	if err == nil && resp.StatusCode == http.StatusOK && (json.Unmarshal(body, &in) != nil || in.Challenge != word) {
		return http.StatusBadGateway, nil
	}
	return resp.StatusCode, err
}

// encrypt is what decrypt opens.
func encrypt(encryptKey string, plain []byte) (string, error) {
	key := sha256.Sum256([]byte(encryptKey))
	block, err := aes.NewCipher(key[:])
	if err != nil {
		return "", err
	}
	pad := aes.BlockSize - len(plain)%aes.BlockSize
	plain = append(bytes.Clone(plain), bytes.Repeat([]byte{byte(pad)}, pad)...)
	out := make([]byte, aes.BlockSize+len(plain))
	if _, err := rand.Read(out[:aes.BlockSize]); err != nil {
		return "", err
	}
	cipher.NewCBCEncrypter(block, out[:aes.BlockSize]).CryptBlocks(out[aes.BlockSize:], plain)
	return base64.StdEncoding.EncodeToString(out), nil
}
