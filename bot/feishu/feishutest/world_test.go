package feishutest

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// world is a platform on a clock that stands still, and an app that calls it.
type world struct {
	*testing.T
	*Platform
	clock *clock
}

type clock struct {
	mu sync.Mutex
	t  time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.t
}

func (c *clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = c.t.Add(d)
}

func company() Org {
	return Org{
		People: []Person{
			{OpenID: "ou_zhoumin", UserID: "zhoumin", Name: "周敏", Dept: "门店", Mobile: "13800000001"},
			{OpenID: "ou_wanglei", UserID: "wanglei", Name: "王蕾", Dept: "公关"},
			{OpenID: "ou_gubo", UserID: "gubo", Name: "顾波"},
		},
		Groups: []Group{
			{ChatID: "oc_1", Name: "直报群", Members: []string{"ou_zhoumin", "ou_wanglei"}},
			{ChatID: "oc_topic", Name: "话题群", Topic: true, Members: []string{"ou_zhoumin", "ou_wanglei"}},
			{ChatID: "oc_strict", Name: "严群", NoThreads: true, NoAtAll: true, NoUrgent: true, Members: []string{"ou_zhoumin"}},
		},
	}
}

func newWorld(t *testing.T, change ...func(*Options)) *world {
	t.Helper()
	c := &clock{t: time.Date(2026, 3, 10, 1, 0, 0, 0, time.UTC)}
	o := Options{Org: company(), Now: c.Now, BotName: "助手"}
	for _, f := range change {
		f(&o)
	}
	return &world{T: t, Platform: New(o), clock: c}
}

// reply is an answer of the API.
type reply struct {
	status int
	header http.Header
	Code   int
	Msg    string
	Data   object
	raw    []byte
}

// api calls the platform with a good token.
func (w *world) api(method, path string, body any) reply {
	w.Helper()
	return w.as("Bearer "+w.Token(), method, path, body)
}

func (w *world) as(auth, method, path string, body any) reply {
	w.Helper()
	var in io.Reader
	if body != nil {
		in = bytes.NewReader(marshal(body))
	}
	r := httptest.NewRequest(method, "/open-apis"+path, in)
	if auth != "" {
		r.Header.Set("Authorization", auth)
	}
	return w.do(r)
}

func (w *world) do(r *http.Request) reply {
	w.Helper()
	rec := httptest.NewRecorder()
	w.ServeHTTP(rec, r)
	out := reply{status: rec.Code, header: rec.Header(), raw: rec.Body.Bytes()}
	_ = json.Unmarshal(out.raw, &out)
	return out
}

func (w *world) upload(path, field string, data []byte, values map[string]string) reply {
	w.Helper()
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	for _, k := range slices.Sorted(maps.Keys(values)) {
		_ = form.WriteField(k, values[k])
	}
	part, _ := form.CreateFormFile(field, "a.png")
	_, _ = part.Write(data)
	_ = form.Close()
	r := httptest.NewRequest("POST", "/open-apis"+path, &b)
	r.Header.Set("Content-Type", form.FormDataContentType())
	r.Header.Set("Authorization", "Bearer "+w.Token())
	return w.do(r)
}

func (w *world) sends(chat, msgType string, content any) reply {
	w.Helper()
	return w.api("POST", "/im/v1/messages?receive_id_type=chat_id", object{"receive_id": chat, "msg_type": msgType, "content": string(marshal(content))})
}

// sent is a message that must be taken; its id.
func (w *world) sent(chat, msgType string, content any) string {
	w.Helper()
	r := w.sends(chat, msgType, content)
	w.code(r, 0)
	id, _ := r.Data["message_id"].(string)
	w.clock.add(time.Second)
	return id
}

func (w *world) code(r reply, want int) {
	w.Helper()
	if r.Code != want {
		w.Fatalf("code %d (%s), want %d", r.Code, r.Msg, want)
	}
}

func cardOf(elements ...any) object {
	return object{"schema": "2.0", "body": object{"elements": elements}}
}

func md(text string) object { return object{"tag": "markdown", "content": text} }

func button(label string, value object) object {
	return object{"tag": "button", "text": object{"tag": "plain_text", "content": label}, "behaviors": []any{object{"type": "callback", "value": value}}}
}

func submit(label string) object {
	b := button(label, object{"k": "submit"})
	b["name"], b["form_action_type"] = "ok", "submit"
	return b
}

// app is a bot that answers callbacks and remembers what it was told.
type app struct {
	mu     sync.Mutex
	w      *world
	key    string
	got    []map[string]any
	bad    []string // what was wrong with a request
	status int
	answer func(event map[string]any) any
}

func (a *app) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	var in struct{ Encrypt string }
	_ = json.Unmarshal(body, &in)
	plain, err := Decrypt(a.key, in.Encrypt)
	var ev map[string]any
	if err == nil {
		err = json.Unmarshal(plain, &ev)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if err != nil {
		a.bad = append(a.bad, err.Error())
		return
	}
	if ev["type"] == "url_verification" {
		_ = json.NewEncoder(w).Encode(object{"challenge": ev["challenge"]})
		return
	}
	if want := Sign(r.Header.Get("X-Lark-Request-Timestamp"), r.Header.Get("X-Lark-Request-Nonce"), a.key, body); r.Header.Get("X-Lark-Signature") != want {
		a.bad = append(a.bad, "signature")
	}
	a.got = append(a.got, ev)
	if a.status != 0 {
		w.WriteHeader(a.status)
		return
	}
	var out any = object{}
	if a.answer != nil {
		out = a.answer(ev)
	}
	_ = json.NewEncoder(w).Encode(out)
}

func (a *app) answers(status int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.status = status
}

// events are the types of what came, with the event ids.
func (a *app) events() (out []string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, ev := range a.got {
		h, _ := ev["header"].(map[string]any)
		out = append(out, h["event_type"].(string)+" "+h["event_id"].(string))
	}
	return out
}

func (a *app) last() map[string]any {
	a.mu.Lock()
	defer a.mu.Unlock()
	ev, _ := a.got[len(a.got)-1]["event"].(map[string]any)
	return ev
}

// withApp is a world whose events are posted to an app.
func withApp(t *testing.T, change ...func(*Options)) (*world, *app) {
	t.Helper()
	a := &app{key: "sim-encrypt-key"}
	client := &http.Client{Transport: inProcess{a}}
	w := newWorld(t, append(change, func(o *Options) {
		o.EventURL, o.CardURL, o.Client = "http://bot.test/feishu/event", "http://bot.test/feishu/card", client
	})...)
	a.w = w
	t.Cleanup(func() {
		if len(a.bad) > 0 {
			t.Errorf("the app could not read: %s", strings.Join(a.bad, "; "))
		}
	})
	return w, a
}

// inProcess is a transport that calls a handler.
type inProcess struct{ http.Handler }

func (h inProcess) RoundTrip(r *http.Request) (*http.Response, error) {
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, r)
	return rec.Result(), nil
}

func parse(t *testing.T, data []byte, v any) {
	t.Helper()
	if err := json.Unmarshal(data, v); err != nil {
		t.Fatalf("%v: %s", err, data)
	}
}
