// Package album is what the photo custodian makes of pictures: put in order, captioned, looked at for faces and numbers,
// and handed over as a zip with an index.
package album

import (
	"archive/zip"
	"encoding/csv"
	"fmt"
	"io"
	"path"
	"strings"
	"time"
)

// Look is whether somebody has looked at a picture for what must not be shown.
type Look string

// The looks.
const (
	New    Look = "new"    // nobody has looked
	Clear  Look = "clear"  // may be shown as it is
	Mask   Look = "mask"   // something has to be masked first
	Masked Look = "masked" // a copy in which it is masked may be shown
)

// Photo is one picture.
type Photo struct {
	Album   string
	N       int    // from 1, as people name it
	SHA256  string `gorm:"column:sha256"` // the original
	Name    string
	SentBy  string
	At      time.Time `gorm:"serializer:utc"`
	Caption string
	Best    bool
	Ord     int
	Look    Look
	Why     string // what is to be masked
	Masked  string // the copy's SHA-256
	Looked  string // who looked
}

// Shown is the content that may be shown, empty if none may.
func (p Photo) Shown() string {
	switch p.Look {
	case Clear:
		return p.SHA256
	case Masked:
		return p.Masked
	}
	return ""
}

// Kept says why a picture is not handed over.
func (p Photo) Kept() string {
	switch p.Look {
	case New:
		return "没看过，没放进来"
	case Mask:
		return "要打码（" + p.Why + "），没放进来"
	}
	return ""
}

// Write hands pictures over: a zip of those that may be shown, in their order, and 目录.csv with all of them. called
// names people; open gives a file's content and name. It returns how many are in it.
func Write(w io.Writer, photos []Photo, zone *time.Location, called func(person string) string, open func(sha string) (io.ReadCloser, string, error)) (int, error) {
	z := zip.NewWriter(w)
	rows := [][]string{{"序号", "文件", "说明", "精选", "收到", "来自", "情况", "原图SHA-256"}}
	in := 0
	for _, p := range photos {
		file, state := "", p.Kept()
		if sha := p.Shown(); sha != "" {
			in++
			var err error
			if file, err = put(z, in, p, sha, open); err != nil {
				return 0, err
			}
			state = map[Look]string{Clear: "可用", Masked: "已打码"}[p.Look]
		}
		rows = append(rows, []string{fmt.Sprint(p.N), file, cell(p.Caption), map[bool]string{true: "★"}[p.Best], p.At.In(zone).Format("2006-01-02 15:04"), cell(called(p.SentBy)), state, p.SHA256})
	}
	index, err := z.Create("目录.csv")
	if err != nil {
		return 0, err
	}
	if _, err := io.WriteString(index, "\ufeff"); err != nil {
		return 0, err
	}
	if err := csv.NewWriter(index).WriteAll(rows); err != nil {
		return 0, err
	}
	return in, z.Close()
}

// cell never begins a formula.
func cell(s string) string {
	if s != "" && strings.ContainsAny(s[:1], "=+-@\t\r") {
		return "'" + s
	}
	return s
}

func put(z *zip.Writer, n int, p Photo, sha string, open func(sha string) (io.ReadCloser, string, error)) (string, error) {
	content, name, err := open(sha)
	if err != nil {
		return "", fmt.Errorf("picture %d: %w", p.N, err)
	}
	defer content.Close()
	file := fmt.Sprintf("%02d%s%s", n, titled(p.Caption), strings.ToLower(path.Ext(name)))
	f, err := z.CreateHeader(&zip.FileHeader{Name: file, Method: zip.Store, Modified: p.At}) // pictures are compressed already
	if err != nil {
		return "", err
	}
	_, err = io.Copy(f, content)
	return file, err
}

// titled is a caption as part of a file's name.
func titled(caption string) string {
	clean := strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`\/:*?"<>|.`, r) {
			return -1
		}
		return r
	}, caption)
	if r := []rune(clean); len(r) > 30 {
		clean = string(r[:30])
	}
	if clean == "" {
		return ""
	}
	return "-" + clean
}
