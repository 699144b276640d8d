package store_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fenghuo/store"
	"fenghuo/store/storetest"
)

const png = "\x89PNG\r\n\x1a\n and the rest"

// zipped is an archive with these files.
func zipped(t testing.TB, names ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range names {
		if _, err := w.Create(name); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestAFileComesBackAsItWas(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		f, err := s.PutFile(t.Context(), `C:\照片\现场.png`, "zhangsan", strings.NewReader(png))
		if err != nil || f.Name != "现场.png" || f.Kind != "image" || f.Type != "image/png" || f.Size != int64(len(png)) || f.Error != "" {
			t.Fatalf("%+v, %v", f, err)
		}
		again, err := s.PutFile(t.Context(), "other.exe", "lisi", strings.NewReader(png))
		if err != nil || again.SHA256 != f.SHA256 || again.Type != "image/png" {
			t.Errorf("again: %+v, %v", again, err)
		}
		r, got, err := s.OpenFile(t.Context(), f.SHA256)
		if err != nil || got != f {
			t.Fatalf("opened %+v, %v", got, err)
		}
		defer r.Close()
		if b, err := io.ReadAll(r); err != nil || string(b) != png {
			t.Errorf("content %q, %v", b, err)
		}
		for _, sha := range []string{"", "../../etc/passwd", strings.Repeat("0", 64), strings.ToUpper(f.SHA256)} {
			if _, _, err := s.OpenFile(t.Context(), sha); !errors.Is(err, store.ErrNotFound) {
				t.Errorf("%q: %v", sha, err)
			}
		}
	})
}

func TestFilesAreTakenByTheirContent(t *testing.T) {
	t.Parallel()
	cfg := storetest.Config(t, storetest.SQLite(t))
	s := storetest.OpenConfig(t, cfg)
	for name, c := range map[string]struct{ content, mediaType, refused string }{
		"text":                {"现场积水约三十厘米", "text/plain", ""},
		"text with a zero":    {strings.Repeat("a", 600) + "\x00", "", "wrong_type"},
		"program":             {"\x7fELF\x02\x01\x01" + strings.Repeat("\x00", 20), "", "wrong_type"},
		"page":                {"<!doctype html><script>alert(1)</script>", "", "wrong_type"},
		"pdf":                 {"%PDF-1.7 …", "application/pdf", ""},
		"jpeg":                {"\xff\xd8\xff\xe0", "image/jpeg", ""},
		"webp":                {"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp", ""},
		"wav":                 {"RIFF\x00\x00\x00\x00WAVEfmt ", "audio/wav", ""},
		"mp4":                 {"\x00\x00\x00\x18ftypisom", "video/mp4", ""},
		"nothing":             {"", "", "wrong_type"},
		"document":            {zipped(t, "[Content_Types].xml", "word/document.xml"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ""},
		"macros":              {zipped(t, "word/document.xml", "word/vbaProject.bin"), "", "wrong_type"},
		"archive":             {zipped(t, "a.txt"), "", "wrong_type"},
		"broken archive":      {"PK\x03\x04 no more", "", "wrong_type"},
		"exactly the limit":   {"%PDF-" + strings.Repeat("x", store.MaxFile-5), "application/pdf", ""},
		"one above the limit": {"%PDF-" + strings.Repeat("x", store.MaxFile-4), "", "too_big"},
	} {
		f, err := s.PutFile(t.Context(), name, "zhangsan", strings.NewReader(c.content))
		if err != nil || f.Type != c.mediaType || f.Error != c.refused || (f.SHA256 == "") != (c.refused != "") {
			t.Errorf("%s: %+v, %v", name, f, err)
		}
	}
	if left, err := filepath.Glob(filepath.Join(cfg.DataDir, "files", ".new-*")); err != nil || len(left) != 0 {
		t.Errorf("left behind: %q, %v", left, err)
	}
}

func TestFileNamesAreFitToBeShown(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	for name, want := range map[string]string{
		"现场 照片.png":                        "现场 照片.png",
		"../../etc/passwd":                 "passwd",
		`a\b\c.txt`:                        "c.txt",
		"..":                               "file",
		"/":                                "file",
		"":                                 "file",
		".bashrc":                          "bashrc",
		"a\x00b\nc<d>.png":                 "abcd.png",
		"invoice\u202egnp.exe":             "invoicegnp.exe",
		strings.Repeat("长", 200) + ".jpeg": strings.Repeat("长", 115) + ".jpeg",
		"bad\xff.png":                      "bad.png",
	} {
		f, err := s.PutFile(t.Context(), name, "zhangsan", strings.NewReader(png))
		if err != nil || f.Name != want {
			t.Errorf("%q is kept as %q, %v; want %q", name, f.Name, err, want)
		}
	}
}

func TestAFileWhoseContentIsGoneSaysSo(t *testing.T) {
	t.Parallel()
	cfg := storetest.Config(t, storetest.SQLite(t))
	s := storetest.OpenConfig(t, cfg)
	f, err := s.PutFile(t.Context(), "a.png", "zhangsan", strings.NewReader(png))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(cfg.DataDir, "files", f.SHA256[:2])); err != nil {
		t.Fatal(err)
	}
	if _, got, err := s.OpenFile(t.Context(), f.SHA256); !errors.Is(err, store.ErrNotFound) || got.Name != "a.png" {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestABrokenUploadIsAnError(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	boom := errors.New("boom")
	broken := io.MultiReader(strings.NewReader(png), readerFunc(func([]byte) (int, error) { return 0, boom }))
	if f, err := s.PutFile(t.Context(), "a.png", "zhangsan", broken); !errors.Is(err, boom) || f.Name != "" {
		t.Errorf("%+v, %v", f, err)
	}
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(b []byte) (int, error) { return f(b) }
