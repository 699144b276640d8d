package webchat

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"fenghuo/bot"
)

// turnable is a clock that only moves when it is turned.
type turnable struct {
	now   time.Time
	speed float64
}

func (c *turnable) Now() time.Time                              { return c.now }
func (c *turnable) Speed() float64                              { return c.speed }
func (c *turnable) SetSpeed(speed float64) error                { c.speed = speed; return nil }
func (c *turnable) due() time.Time                              { return testTime().Add(19 * time.Minute) }
func (c *turnable) JumpTo(_ context.Context, t time.Time) error { c.now = t; return nil }
func (c *turnable) Advance(_ context.Context, d time.Duration) error {
	c.now = c.now.Add(d)
	return nil
}
func (c *turnable) NextDue(context.Context) (time.Time, bool, error) {
	return c.due(), c.now.Before(c.due()), nil
}

// shelf is a registry with one entry, for everybody but heyun.
type shelf struct{ entry Entry }

func (s shelf) At(_ context.Context, place bot.Place, viewer string) (Entry, bool, error) {
	return s.entry, viewer != "heyun" && place == s.entry.Place, nil
}

func (s shelf) Recent(_ context.Context, viewer string) ([]Entry, error) {
	if viewer == "heyun" {
		return nil, nil
	}
	return []Entry{s.entry}, nil
}

// browser asks the page the way a browser does.
type browser struct {
	t   *testing.T
	url string
}

func open(t *testing.T, c *Chat, o PageOptions) browser {
	t.Helper()
	s := httptest.NewServer(c.Handler(o))
	t.Cleanup(s.Close)
	t.Cleanup(func() { _ = c.Close() })
	return browser{t: t, url: s.URL}
}

func (b browser) get(path string) (*http.Response, string) {
	b.t.Helper()
	return b.do(http.MethodGet, path, "", nil)
}

func (b browser) post(path string, form url.Values) (*http.Response, string) {
	b.t.Helper()
	return b.do(http.MethodPost, path, "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
}

func (b browser) do(method, path, kind string, body io.Reader) (*http.Response, string) {
	b.t.Helper()
	r, err := http.NewRequestWithContext(b.t.Context(), method, b.url+path, body)
	if err != nil {
		b.t.Fatal(err)
	}
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return answer, string(text)
}

// say sends the composer's form.
func (b browser) say(fields map[string]string, files map[string][]byte) (*http.Response, string) {
	b.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name, value := range fields {
		_ = form.WriteField(name, value)
	}
	for name, content := range files {
		part, err := form.CreateFormFile("file", name)
		if err != nil {
			b.t.Fatal(err)
		}
		_, _ = part.Write(content)
	}
	_ = form.Close()
	return b.do(http.MethodPost, "/chat/say", form.FormDataContentType(), &body)
}

func (b browser) state(me string) stateView {
	b.t.Helper()
	answer, text := b.get("/chat/state?me=" + me)
	var v stateView
	if err := json.Unmarshal([]byte(text), &v); err != nil || answer.StatusCode != http.StatusOK {
		b.t.Fatalf("state of %s: %d %s %v", me, answer.StatusCode, text, err)
	}
	return v
}

type streamed struct {
	id, event string
	line      lineView
}

// listen opens the stream; what it returns waits for the next event.
func (b browser) listen(me, after string) func() streamed {
	b.t.Helper()
	r, err := http.NewRequestWithContext(b.t.Context(), http.MethodGet, b.url+"/chat/events?me="+me, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	r.Header.Set("Last-Event-ID", after)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	b.t.Cleanup(func() { _ = answer.Body.Close() })
	in := bufio.NewScanner(answer.Body)
	return func() streamed {
		b.t.Helper()
		var e streamed
		for in.Scan() {
			name, value, _ := strings.Cut(in.Text(), ": ")
			switch name {
			case "id":
				e.id = value
			case "event":
				e.event = value
			case "data":
				_ = json.Unmarshal([]byte(value), &e.line)
			case "":
				return e
			}
		}
		b.t.Fatal("the stream ended")
		return e
	}
}
