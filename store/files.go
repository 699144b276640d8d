package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"time"
	"unicode"

	"fenghuo/bot"
)

// MaxFile is the size up to which an attachment is taken.
const MaxFile = 20 << 20

// Why a file could not be taken, as bot.File says it.
const (
	tooBig    = "too_big"
	wrongType = "wrong_type"
)

// fileRow is an attachment; its content lies on disk under its hash.
type fileRow struct {
	SHA256 string `gorm:"column:sha256;primaryKey"`
	Name   string
	Kind   string
	Type   string
	Size   int64
	Person string
	At     time.Time `gorm:"serializer:utc"`
}

func (fileRow) TableName() string { return "files" }

func (r fileRow) file() bot.File {
	return bot.File{Name: r.Name, Kind: r.Kind, Type: r.Type, Size: r.Size, SHA256: r.SHA256}
}

var shaForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

// PutFile keeps what r holds. The same content is kept once. What it is, is told by the content, never by
// the name. A file nobody can be allowed to keep comes back with its Error set; an error is ours. It uses
// a transaction of its own, so it is not to be called within one.
func (s *Store) PutFile(ctx context.Context, name, by string, r io.Reader) (bot.File, error) {
	f := bot.File{Name: cleanName(name)}
	tmp, err := s.receive(r, &f)
	if tmp != "" {
		defer os.Remove(tmp)
	}
	if err != nil {
		return bot.File{}, fmt.Errorf("keep file: %w", err)
	}
	if f.Error != "" {
		return f, nil
	}
	if err := place(tmp, s.filePath(f.SHA256)); err != nil {
		return bot.File{}, fmt.Errorf("keep file: %w", err)
	}
	err = s.InTx(ctx, func(tx *Tx) error {
		return tx.unlessKnown().Create(&fileRow{f.SHA256, f.Name, f.Kind, f.Type, f.Size, by, tx.Now}).Error
	})
	if err != nil {
		return bot.File{}, fmt.Errorf("keep file %s: %w", f.SHA256, err)
	}
	return f, nil
}

// receive writes r into a temporary file and learns size, hash and type.
func (s *Store) receive(r io.Reader, f *bot.File) (tmp string, err error) {
	if err := os.MkdirAll(s.filesDir(), 0o750); err != nil {
		return "", err
	}
	w, err := os.CreateTemp(s.filesDir(), ".new-*")
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	hash := sha256.New()
	if f.Size, err = io.Copy(io.MultiWriter(w, hash), io.LimitReader(r, MaxFile+1)); err != nil {
		return w.Name(), err
	}
	if f.Size > MaxFile {
		f.Error, f.Size = tooBig, 0
		return w.Name(), nil
	}
	if f.Kind, f.Type, err = sniff(w, f.Size); err != nil {
		return w.Name(), err
	}
	if f.Type == "" {
		f.Error = wrongType
		return w.Name(), nil
	}
	f.SHA256 = hex.EncodeToString(hash.Sum(nil))
	return w.Name(), w.Sync()
}

// place gives a file its name. After a crash it is there whole or not at all.
func place(tmp, final string) error {
	dir := filepath.Dir(final)
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return err
	}
	if err := os.Rename(tmp, final); err != nil {
		return err
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// OpenFile is an attachment's content, and what is known of it.
func (s *Store) OpenFile(ctx context.Context, sha string) (io.ReadSeekCloser, bot.File, error) {
	if !shaForm.MatchString(sha) {
		return nil, bot.File{}, fmt.Errorf("file %q: %w", sha, ErrNotFound)
	}
	var row fileRow
	err := s.View(ctx, func(tx *Tx) error { return take(tx.db.Where("sha256 = ?", sha), &row, "file %s", sha) })
	if err != nil {
		return nil, bot.File{}, err
	}
	f, err := os.Open(s.filePath(sha))
	if errors.Is(err, os.ErrNotExist) {
		return nil, row.file(), fmt.Errorf("content of file %s is gone: %w", sha, ErrNotFound)
	}
	if err != nil {
		return nil, row.file(), fmt.Errorf("open file %s: %w", sha, err)
	}
	return f, row.file(), nil
}

func (s *Store) filesDir() string { return filepath.Join(s.dir, "files") }

func (s *Store) filePath(sha string) string { return filepath.Join(s.filesDir(), sha[:2], sha) }

// longestName is more than anybody reads.
const longestName = 120

// cleanName is the last part of a name, fit to be shown and to be offered for download.
func cleanName(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || strings.ContainsRune(`<>:"|?*`, r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(name, ""))
	name = strings.TrimLeft(name, ". ")
	if runes := []rune(name); len(runes) > longestName {
		ext := []rune(path.Ext(name))
		if len(ext) > 10 {
			ext = nil
		}
		name = string(runes[:longestName-len(ext)]) + string(ext)
	}
	if name == "" || name == "/" {
		return "file"
	}
	return name
}
