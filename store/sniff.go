package store

import (
	"archive/zip"
	"bytes"
	"io"
	"net/http"
	"strings"
)

// sniff tells what a file is by its content: kind (image, video, audio, file) and media type, empty for
// what is not taken. Only what people report with is taken: nothing that can run, no archives.
func sniff(r io.ReaderAt, size int64) (kind, mediaType string, err error) {
	head := make([]byte, 512)
	n, err := r.ReadAt(head, 0)
	if err != nil && err != io.EOF {
		return "", "", err
	}
	head = head[:n]
	for _, s := range signatures() {
		if s.fits(head) {
			return s.kind, s.mediaType, nil
		}
	}
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return office(r, size)
	case n > 0 && strings.HasPrefix(http.DetectContentType(head), "text/plain"):
		return plain(r, size)
	}
	return "", "", nil
}

type signature struct {
	kind, mediaType string
	at              int
	magic           []string
	prefix          string
}

func (s signature) fits(head []byte) bool {
	if !bytes.HasPrefix(head, []byte(s.prefix)) || len(head) < s.at {
		return false
	}
	for _, m := range s.magic {
		if bytes.HasPrefix(head[s.at:], []byte(m)) {
			return true
		}
	}
	return false
}

func signatures() []signature {
	return []signature{
		{"image", "image/jpeg", 0, []string{"\xff\xd8\xff"}, ""},
		{"image", "image/png", 0, []string{"\x89PNG\r\n\x1a\n"}, ""},
		{"image", "image/gif", 0, []string{"GIF87a", "GIF89a"}, ""},
		{"image", "image/webp", 8, []string{"WEBP"}, "RIFF"},
		{"image", "image/heic", 4, []string{"ftypheic", "ftypheix", "ftyphevc", "ftypheim", "ftypheis", "ftypmif1", "ftypmsf1"}, ""},
		{"audio", "audio/mp4", 4, []string{"ftypM4A ", "ftypM4B "}, ""},
		{"video", "video/quicktime", 4, []string{"ftypqt  "}, ""},
		{"video", "video/mp4", 4, []string{"ftypisom", "ftypiso2", "ftypiso4", "ftypiso5", "ftypiso6", "ftypmp41", "ftypmp42", "ftypavc1", "ftypM4V ", "ftypMSNV", "ftyp3gp", "ftypdash"}, ""},
		{"audio", "audio/amr", 0, []string{"#!AMR\n", "#!AMR-WB\n"}, ""},
		{"audio", "audio/mpeg", 0, []string{"ID3", "\xff\xfb", "\xff\xf3", "\xff\xf2"}, ""},
		{"audio", "audio/wav", 8, []string{"WAVE"}, "RIFF"},
		{"file", "application/pdf", 0, []string{"%PDF-"}, ""},
	}
}

// office takes the three kinds of Office documents, which are archives, and no other archive.
func office(r io.ReaderAt, size int64) (kind, mediaType string, err error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return "", "", nil // not an archive after all
	}
	const prefix = "application/vnd.openxmlformats-officedocument."
	types := map[string]string{
		"word/document.xml":    prefix + "wordprocessingml.document",
		"xl/workbook.xml":      prefix + "spreadsheetml.sheet",
		"ppt/presentation.xml": prefix + "presentationml.presentation",
	}
	var found string
	for _, f := range z.File {
		if strings.HasSuffix(strings.ToLower(f.Name), "vbaproject.bin") {
			return "", "", nil // macros
		}
		if t, ok := types[f.Name]; ok {
			found = t
		}
	}
	if found == "" {
		return "", "", nil
	}
	return "file", found, nil
}

// plain takes text that is text to its end.
func plain(r io.ReaderAt, size int64) (kind, mediaType string, err error) {
	body, err := io.ReadAll(io.NewSectionReader(r, 0, size))
	if err != nil || bytes.IndexByte(body, 0) >= 0 {
		return "", "", err
	}
	return "file", "text/plain", nil
}
