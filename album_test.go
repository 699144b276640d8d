package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"fenghuo/bot/feishu"
	"fenghuo/bot/feishu/feishutest"
	"fenghuo/internal/roster"
)

var albumLink = regexp.MustCompile(`http://bot\.test(/album/[\w-]+\.[0-9a-f]+)`)

// The custodian hands an album over: what was looked at is in the zip with an index of all; the link is hers alone, for
// a day, and whoever changes a letter of it, comes late or has lost the right gets nothing. Every taking is on record.
func TestAnAlbumIsHandedOver(t *testing.T) {
	inLark(t, feishu.ModeWebsocket, "2026-03-10 09:05", jianglan(t), nil, func(w *lark) {
		t := w.t
		w.app.desk.PublicURL = "http://bot.test/"
		say := func(person, text string) {
			w.says(person, "", text, "")
			w.pass(3 * time.Second)
		}
		for _, text := range reportWords(1)[:8] {
			say("zhoumin", text)
		}
		for _, name := range []string{"cup.png", "hall.png"} {
			data, err := os.ReadFile(filepath.Join("testdata/scenarios", name))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := w.p.Sends(t.Context(), w.openID("zhoumin"), w.p.Private(w.openID("zhoumin")), feishutest.Attachment{Name: name, Data: data, Kind: "image"}); err != nil {
				t.Fatal(err)
			}
			w.pass(3 * time.Second)
		}
		say("zhoumin", "提交")
		w.pass(20 * time.Second)
		say("sunke", "可用 001 1")
		say("sunke", "打码 001 2 顾客的脸")
		say("sunke", "配文 001 1 =杯壁/上的虫")
		say("sunke", "精选 001 1")
		link := w.link("sunke", "交接相册 001")
		get := func(path string) (int, []byte) {
			res := httptest.NewRecorder()
			w.app.handler().ServeHTTP(res, httptest.NewRequest(http.MethodGet, path, nil))
			return res.Code, res.Body.Bytes()
		}
		code, body := get(link)
		z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
		if err != nil || code != http.StatusOK {
			t.Fatalf("%d, %v", code, err)
		}
		var names []string
		for _, f := range z.File {
			names = append(names, f.Name)
		}
		if !slices.Equal(names, []string{"01-=杯壁上的虫.png", "目录.csv"}) {
			t.Errorf("in it: %q", names)
		}
		index, err := z.Open("目录.csv")
		if err != nil {
			t.Fatal(err)
		}
		csv, _ := io.ReadAll(index)
		for _, words := range []string{"1,01-=杯壁上的虫.png,'=杯壁/上的虫,★,", "周敏,可用,", "要打码（顾客的脸），没放进来"} {
			if !strings.Contains(string(csv), words) {
				t.Errorf("the index lacks %q:\n%s", words, csv)
			}
		}
		picture := w.link("sunke", "原图 001 2 交监管部门")
		if code, body := get(picture); code != http.StatusOK || !bytes.HasPrefix(body, []byte("\x89PNG")) {
			t.Errorf("the original: %d, %d bytes", code, len(body))
		}
		changed := []byte(link)
		changed[len("/album/")+3] ^= 1
		w.org.People[slices.IndexFunc(w.org.People, func(p roster.Person) bool { return p.ID == "sunke" })].Posts = nil
		lost, _ := get(link)
		w.org.People[slices.IndexFunc(w.org.People, func(p roster.Person) bool { return p.ID == "sunke" })].Posts = []string{"verifier", "photo"}
		w.pass(25 * time.Hour)
		late, _ := get(link)
		forged, _ := get(string(changed))
		nothing, _ := get("/album/")
		if lost != http.StatusNotFound || late != http.StatusNotFound || forged != http.StatusNotFound || nothing != http.StatusNotFound {
			t.Errorf("right lost %d, late %d, forged %d, nothing %d", lost, late, forged, nothing)
		}
		entries, err := w.app.store.Entries(t.Context(), "album/YQ-20260310-001")
		if err != nil {
			t.Fatal(err)
		}
		var kinds []string
		for _, e := range entries {
			kinds = append(kinds, e.Kind)
			if e.Kind == "original_opened" {
				var body struct{ Reason, SHA256 string }
				if err := json.Unmarshal(e.Body, &body); err != nil || body.Reason != "交监管部门" || len(body.SHA256) != 64 {
					t.Errorf("on record: %s", e.Body)
				}
			}
		}
		if want := []string{"photos_cleared", "photos_flagged", "photo_captioned", "photos_chosen", "album_handed_over", "album_taken", "original_opened", "original_taken"}; !slices.Equal(kinds, want) {
			t.Errorf("on record: %q", kinds)
		}
	})
}

// link is the path of the link somebody is given in private for what they say.
func (w *lark) link(person, text string) string {
	w.t.Helper()
	w.says(person, "", text, "")
	w.pass(3 * time.Second)
	last := ""
	for _, m := range w.p.Messages() {
		if m.FromBot && m.ChatID == w.p.Private(w.openID(person)) {
			if found := albumLink.FindStringSubmatch(m.Content); found != nil {
				last = found[1]
			}
		}
	}
	if last == "" {
		w.t.Fatalf("%s: no link", text)
	}
	return last
}
