package feishutest

import (
	"bytes"
	"image"
	_ "image/gif" // formats the platform takes
	_ "image/jpeg"
	_ "image/png"
	"io"
	"net/http"
	"strings"
)

// Sizes of im-v1/image/create, im-v1/file/create and im-v1/message-resource/get.
const (
	maxImage    = 10 << 20
	maxFile     = 30 << 20
	maxResource = 100 << 20
	maxPixels   = 12000
)

type file struct {
	key, name, mime, kind string
	data                  []byte
	size                  int // what it claims, if more than data holds
	image, fromBot        bool
}

// keep stores a file under a new key. The caller holds the lock.
func (p *Platform) keep(f *file) string {
	prefix := "file_v3_"
	if f.image {
		prefix = "img_v3_"
	}
	f.key = p.next(prefix)
	p.files[f.key] = f
	return f.key
}

// form reads a file out of a multipart body.
func form(c *call, field string) (data []byte, name string, err error) {
	c.Body = io.NopCloser(bytes.NewReader(c.body))
	if err := c.ParseMultipartForm(maxBody); err != nil {
		return nil, "", no(234001, "%v", err)
	}
	f, h, err := c.FormFile(field)
	if v := c.PostFormValue(field); err != nil && v != "" {
		return []byte(v), "", nil // a part without a file name, as the Node SDK sends bytes
	}
	if err != nil {
		return nil, "", no(234001, "no %s", field)
	}
	defer func() { _ = f.Close() }()
	data, err = io.ReadAll(f)
	if err == nil && len(data) == 0 {
		err = no(234010, "")
	}
	return data, h.Filename, err
}

// uploadImage is POST im/v1/images.
func (p *Platform) uploadImage(c *call) (any, error) {
	data, name, err := form(c, "image")
	if err != nil {
		return nil, err
	}
	if kind := c.FormValue("image_type"); kind != "message" && kind != "avatar" {
		return nil, no(234001, "image_type")
	}
	if len(data) > maxImage {
		return nil, no(234006, "")
	}
	mime := http.DetectContentType(data)
	if !strings.HasPrefix(mime, "image/") {
		return nil, no(234011, "")
	}
	if conf, _, err := image.DecodeConfig(bytes.NewReader(data)); err == nil && (conf.Width > maxPixels || conf.Height > maxPixels) {
		return nil, &Refusal{Status: http.StatusBadRequest, Code: 234039, Msg: "The image resolution exceeds the limit."}
	}
	return map[string]any{"image_key": p.keep(&file{name: name, mime: mime, data: data, image: true, fromBot: true})}, nil
}

// uploadFile is POST im/v1/files.
func (p *Platform) uploadFile(c *call) (any, error) {
	data, _, err := form(c, "file")
	if err != nil {
		return nil, err
	}
	kind, name := c.FormValue("file_type"), c.FormValue("file_name")
	switch {
	case !among(kind, "opus mp4 pdf doc xls ppt stream"), name == "":
		return nil, no(234001, "file_type or file_name")
	case len(data) > maxFile:
		return nil, no(234006, "")
	}
	return map[string]any{"file_key": p.keep(&file{name: name, kind: kind, mime: "application/octet-stream", data: data, fromBot: true})}, nil
}

// ownFile is GET im/v1/images/:key and im/v1/files/:key: only what the app itself uploaded.
func (p *Platform) ownFile(c *call) (any, error) {
	f := p.files[c.PathValue("key")]
	if f == nil || !f.fromBot {
		return nil, no(234001, "")
	}
	c.raw = f
	return nil, nil
}

// resource is GET im/v1/messages/:message_id/resources/:file_key: what people sent.
func (p *Platform) resource(c *call) (any, error) {
	m := p.messages[c.PathValue("id")]
	key, kind := c.PathValue("key"), c.FormValue("type")
	f := p.files[key]
	switch {
	case m == nil || kind != "image" && kind != "file":
		return nil, no(234001, "")
	case p.chats[m.ChatID].botOut:
		return nil, no(234004, "")
	case m.Type == "sticker" || m.Type == "interactive" || m.Type == "merge_forward":
		return nil, no(234043, "")
	case f == nil || !strings.Contains(m.Content, `"`+key+`"`) || m.Recalled || (kind == "image") != f.image:
		return nil, no(234003, "")
	case f.size > maxResource:
		return nil, no(234037, "")
	}
	c.raw = f
	return nil, nil
}

// Upload is what the app uploaded under a key.
func (p *Platform) Upload(key string) ([]byte, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	f := p.files[key]
	if f == nil {
		return nil, false
	}
	return f.data, true
}
