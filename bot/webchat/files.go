package webchat

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"

	"fenghuo/bot"
)

// store keeps the files of an utterance. One that is too big is named, with the reason, as on a real platform.
func (c *Chat) store(ctx context.Context, u Utterance) ([]bot.File, error) {
	var out []bot.File
	for _, up := range u.Files {
		content, err := io.ReadAll(io.LimitReader(up.Data, maxFile+1))
		if err != nil {
			return nil, fmt.Errorf("read file %q: %w", up.Name, err)
		}
		if len(content) > maxFile {
			out = append(out, bot.File{Name: up.Name, Kind: "file", Size: int64(len(content)), Error: "too_big"})
			continue
		}
		f, err := c.cfg.Files.PutFile(ctx, up.Name, u.Person, bytes.NewReader(content))
		if err != nil {
			return nil, fmt.Errorf("keep file %q: %w", up.Name, err)
		}
		out = append(out, f)
	}
	return out, nil
}

// memory keeps files until the program ends.
type memory struct {
	mu    sync.Mutex
	files map[string]kept
}

type kept struct {
	file    bot.File
	content []byte
}

var errNoFile = errors.New("no such file")

// PutFile keeps a file.
func (m *memory) PutFile(_ context.Context, name, _ string, r io.Reader) (bot.File, error) {
	content, err := io.ReadAll(r)
	if err != nil {
		return bot.File{}, err
	}
	sum := sha256.Sum256(content)
	mime := http.DetectContentType(content)
	f := bot.File{Name: name, Kind: kindOf(mime), Type: mime, Size: int64(len(content)), SHA256: hex.EncodeToString(sum[:])}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.files == nil {
		m.files = map[string]kept{}
	}
	m.files[f.SHA256] = kept{file: f, content: content}
	return f, nil
}

// OpenFile opens one.
func (m *memory) OpenFile(_ context.Context, sha string) (io.ReadSeekCloser, bot.File, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	k, ok := m.files[sha]
	if !ok {
		return nil, bot.File{}, errNoFile
	}
	return nopCloser{bytes.NewReader(k.content)}, k.file, nil
}

type nopCloser struct{ *bytes.Reader }

func (nopCloser) Close() error { return nil }

func kindOf(mime string) string {
	for _, kind := range []string{"image", "video", "audio"} {
		if strings.HasPrefix(mime, kind+"/") {
			return kind
		}
	}
	return "file"
}
