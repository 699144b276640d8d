package feishu

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime/multipart"

	"fenghuo/bot"
)

// maxImage: https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/im-v1/image/create
const maxImage = 10 << 20

// pictures uploads those of the card. One the platform does not take is left out, and the card says so.
func (a *Adapter) pictures(ctx context.Context, d *draft) error {
	left := 0
	for _, f := range d.sheet.card.Images {
		key, err := a.picture(ctx, f)
		switch {
		case err == nil:
			d.sheet.images = append(d.sheet.images, key)
		case errors.Is(err, bot.ErrPermanent):
			a.log.Warn("picture not shown", "key", d.out.Key, "err", err)
			left++
		default:
			return err
		}
	}
	if left > 0 {
		lines := d.sheet.card.Lines
		d.sheet.card.Lines = append(lines[:len(lines):len(lines)], fmt.Sprintf("另有%d张图片见登记", left))
	}
	return nil
}

func (a *Adapter) picture(ctx context.Context, f bot.File) (string, error) {
	if key, ok := a.images.get(f.SHA256); ok {
		return key, nil
	}
	if f.SHA256 == "" || f.Size > maxImage {
		return "", fmt.Errorf("picture %q of %d bytes: %w", f.Name, f.Size, bot.ErrPermanent)
	}
	content, err := a.contentOf(ctx, f)
	if err != nil {
		return "", err
	}
	raw, kind, err := imageForm(content)
	if err != nil {
		return "", err
	}
	var answer struct {
		Key string `json:"image_key"`
	}
	if err := a.do(ctx, call{op: "upload image", method: "POST", path: "/open-apis/im/v1/images", raw: raw, kind: kind, data: &answer}); err != nil {
		return "", err
	}
	a.images.put(f.SHA256, answer.Key)
	return answer.Key, nil
}

func (a *Adapter) contentOf(ctx context.Context, f bot.File) ([]byte, error) {
	r, _, err := a.cfg.Files.OpenFile(ctx, f.SHA256)
	if err != nil {
		return nil, fmt.Errorf("open picture %s: %w: %w", f.SHA256, err, bot.ErrPermanent)
	}
	defer func() { _ = r.Close() }()
	content, err := io.ReadAll(io.LimitReader(r, maxImage+1))
	if err == nil && len(content) > maxImage {
		err = fmt.Errorf("picture %s: larger than the platform takes: %w", f.SHA256, bot.ErrPermanent)
	}
	return content, err
}

// imageForm is the multipart form of an image. It is small enough to be kept for a repetition.
func imageForm(content []byte) (raw []byte, kind string, err error) {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	if err := w.WriteField("image_type", "message"); err != nil {
		return nil, "", err
	}
	file, err := w.CreateFormFile("image", "image")
	if err != nil {
		return nil, "", err
	}
	if _, err := file.Write(content); err != nil {
		return nil, "", err
	}
	err = w.Close()
	return b.Bytes(), w.FormDataContentType(), err
}
