package wecomtest

import (
	"bytes"
	"io"
	"net/http"
	"slices"
	"strings"
)

// uploadMedia is POST media/upload (D/90253).
func (p *Platform) uploadMedia(c *call) (object, error) {
	f, err := uploaded(c, []string{"image", "voice", "video", "file"})
	if err != nil {
		return nil, err
	}
	f.ends = c.now.Add(mediaFor)
	return object{"type": f.kind, "media_id": p.keep("sim-media-", *f), "created_at": itoa(c.now.Unix())}, nil
}

// uploadHook is POST webhook/upload_media (D/99110): for the robot of the key only.
func (p *Platform) uploadHook(c *call) (object, error) {
	if _, err := p.hook(c); err != nil {
		return nil, err
	}
	f, err := uploaded(c, []string{"file", "voice"})
	if err != nil {
		return nil, err
	}
	f.ends, f.robot = c.now.Add(mediaFor), c.URL.Query().Get("key")
	return object{"type": f.kind, "media_id": p.keep("sim-robot-media-", *f), "created_at": itoa(c.now.Unix())}, nil
}

// uploaded reads the file of a multipart body, in the field media.
func uploaded(c *call, kinds []string) (*file, error) {
	kind := c.URL.Query().Get("type")
	if !slices.Contains(kinds, kind) {
		return nil, no(40004, "%q", kind)
	}
	c.Body = io.NopCloser(bytes.NewReader(c.body))
	if err := c.ParseMultipartForm(maxBody); err != nil {
		return nil, no(41006, "%v", err)
	}
	part, head, err := c.FormFile("media")
	if err != nil {
		return nil, no(41006, "no field media with a file name")
	}
	defer func() { _ = part.Close() }()
	data, err := io.ReadAll(part)
	f := &file{name: head.Filename, kind: kind, data: data}
	switch mime := http.DetectContentType(data); {
	case err != nil:
		return nil, no(41006, "%v", err)
	case len(data) <= 5:
		return nil, no(40058, "a file has more than 5 bytes")
	case len(data) > mostBytes(kind):
		return nil, no(45001, "%d bytes", len(data))
	case kind == "image" && mime != "image/png" && mime != "image/jpeg":
		return nil, no(40004, "%s is no picture", mime)
	case kind == "voice" && !strings.HasPrefix(string(data), "#!AMR"):
		return nil, no(40004, "no AMR")
	}
	return f, nil
}

// getMedia is GET media/get (D/90254): the bytes, or JSON that says why not.
func (p *Platform) getMedia(c *call) (object, error) {
	id := c.URL.Query().Get("media_id")
	f := p.files[id]
	switch {
	case id == "":
		return nil, no(41006, "")
	case f == nil || f.public || f.robot != "" || f.bot || c.now.After(f.ends):
		return nil, no(40007, "")
	}
	c.raw = f
	return nil, nil
}

// Upload is what was uploaded, or sent by a person, under a media id.
func (p *Platform) Upload(mediaID string) ([]byte, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	f := p.files[mediaID]
	if f == nil {
		return nil, false
	}
	return bytes.Clone(f.data), true
}
