package feed_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"fenghuo/handlers/feed"
	"fenghuo/internal/signal"
	"fenghuo/store"
)

var now = time.Date(2026, 3, 10, 1, 0, 0, 0, time.UTC)

const rss = `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>本地新闻</title>
<item><title>江澜酸奶被曝有异物</title><link>https://news.example.test/1</link><guid>n-1</guid><pubDate>Tue, 10 Mar 2026 08:30:00 +0800</pubDate><description><![CDATA[<p>滨江店顾客发&nbsp;视频</p><script>x</script>]]></description></item>
<item><title>天气转晴</title><link>https://news.example.test/2</link><guid>n-2</guid><pubDate>Tue, 10 Mar 2026 08:31:00 +0800</pubDate></item>
<item><title>江澜去年的事</title><link>https://news.example.test/3</link><guid>n-3</guid><pubDate>Mon, 10 Mar 2025 08:31:00 +0800</pubDate></item>
</channel></rss>`

const atom = `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>t</title>
<entry><title>江澜公告</title><id>urn:1</id><link href="https://news.example.test/a"/><updated>2026-03-10T00:30:00Z</updated></entry></feed>`

// reader hands what it takes to the list.
func reader(taken *[]signal.Signal) *feed.Reader {
	return &feed.Reader{Now: func() time.Time { return now }, Log: slog.New(slog.DiscardHandler),
		Take: func(_ context.Context, s signal.Signal) (store.SignalRow, bool, error) {
			*taken = append(*taken, s)
			return store.SignalRow{}, false, nil
		}}
}

func serve(t *testing.T, h http.HandlerFunc) feed.Source {
	t.Helper()
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	return feed.Source{Name: "本地新闻", URL: srv.URL, Words: []string{"江澜"}, Inside: true}
}

func body(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(text)) }
}

func TestWhatIsNewAndHasAWordIsTaken(t *testing.T) {
	t.Parallel()
	var taken []signal.Signal
	if err := reader(&taken).Ask(t.Context(), serve(t, body(rss))); err != nil {
		t.Fatal(err)
	}
	if len(taken) != 1 {
		t.Fatalf("taken: %+v", taken)
	}
	s := taken[0]
	if s.Text != "江澜酸奶被曝有异物。滨江店顾客发 视频 x" || s.URL != "https://news.example.test/1" || s.Source != "本地新闻" || len(s.ID) != 24 || !s.Published.Equal(now.Add(-30*time.Minute)) {
		t.Errorf("%+v", s)
	}
	if err := reader(&taken).Ask(t.Context(), serve(t, body(atom))); err != nil || len(taken) != 2 || taken[1].Text != "江澜公告" {
		t.Errorf("Atom: %v %+v", err, taken)
	}
}

// TestAFeedIsAskedWhetherItChanged, and one that did not is not read.
func TestAFeedIsAskedWhetherItChanged(t *testing.T) {
	t.Parallel()
	var taken []signal.Signal
	var asked []string
	src := serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.Header.Get("If-None-Match"))
		if r.Header.Get("If-None-Match") == `"v1"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("ETag", `"v1"`)
		_, _ = w.Write([]byte(rss))
	})
	r := reader(&taken)
	for range 2 {
		if err := r.Ask(t.Context(), src); err != nil {
			t.Fatal(err)
		}
	}
	if !slices.Equal(asked, []string{"", `"v1"`}) || len(taken) != 1 {
		t.Errorf("asked %q, taken %d", asked, len(taken))
	}
}

func TestWhatIsNoFeed(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		h    http.HandlerFunc
		says string
	}{
		"a page":     {body("<html><body>hello</body></html>"), "not a feed"},
		"cut short":  {body(rss[:len(rss)/2]), ""},
		"gone":       {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusGone) }, "410"},
		"too long":   {body(strings.Repeat("x", 3<<20)), "longer than"},
		"in circles": {func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/", http.StatusFound) }, "redirected too often"},
		"elsewhere": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "file:///etc/passwd", http.StatusFound)
		}, "no web address"},
		"entities": {body(`<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "江澜江澜"><!ENTITY b "&a;&a;&a;">]><rss version="2.0"><channel><item><title>&b;</title><guid>1</guid></item></channel></rss>`), ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var taken []signal.Signal
			err := reader(&taken).Ask(t.Context(), serve(t, tc.h))
			if tc.says != "" && (err == nil || !strings.Contains(err.Error(), tc.says)) {
				t.Errorf("got %v, want %q", err, tc.says)
			}
			for _, s := range taken {
				if strings.Contains(s.Text, "江澜江澜江澜") {
					t.Errorf("an entity was expanded: %q", s.Text)
				}
			}
		})
	}
}

// TestOnesOwnNetworkIsNotAsked unless that is meant: neither by its address nor after a redirect.
func TestOnesOwnNetworkIsNotAsked(t *testing.T) {
	t.Parallel()
	var taken []signal.Signal
	src := serve(t, body(rss))
	src.Inside = false
	for _, url := range []string{src.URL, strings.Replace(src.URL, "127.0.0.1", "localhost", 1), "http://169.254.169.254/latest/meta-data", "http://[::1]:1/", "http://10.0.0.1/"} {
		src.URL = url
		if err := reader(&taken).Ask(t.Context(), src); err == nil || !strings.Contains(err.Error(), "inside: true") {
			t.Errorf("%s: %v", url, err)
		}
	}
	if len(taken) != 0 {
		t.Errorf("taken: %+v", taken)
	}
}

func TestNoMoreThanThirtyAtOnce(t *testing.T) {
	t.Parallel()
	var items strings.Builder
	for n := range 80 {
		fmt.Fprintf(&items, "<item><title>江澜第%d条</title><guid>g-%d</guid></item>", n, n)
	}
	var taken []signal.Signal
	if err := reader(&taken).Ask(t.Context(), serve(t, body(`<rss version="2.0"><channel>`+items.String()+`</channel></rss>`))); err != nil || len(taken) != 30 {
		t.Errorf("%v, %d taken", err, len(taken))
	}
}
