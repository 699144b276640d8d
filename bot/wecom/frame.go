package wecom

import (
	"encoding/json"
	"errors"
	"unicode/utf8"
)

// frame is what goes over the long connection, one JSON object in one text message:
// https://developer.work.weixin.qq.com/document/path/101463. One without a command answers the frame of
// the same req_id.
type frame struct {
	Cmd     string          `json:"cmd,omitempty"`
	Headers frameHeaders    `json:"headers"`
	Body    json.RawMessage `json:"body,omitempty"`
	Code    int             `json:"errcode,omitempty"`
	Msg     string          `json:"errmsg,omitempty"`
}

type frameHeaders struct {
	ReqID string `json:"req_id"`
}

// The commands of what is handled here.
const (
	cmdSubscribe = "aibot_subscribe"
	cmdPing      = "ping"
	cmdMessage   = "aibot_msg_callback"
	cmdEvent     = "aibot_event_callback"
	cmdUpdate    = "aibot_respond_update_msg"
)

const (
	frameLimit = 1 << 20 // bytes of one frame; texts are 20 KB at most, files come as URLs
	reqIDLimit = 256
)

var errFrame = errors.New("frame not understood")

// decodeFrame reads one frame.
func decodeFrame(b []byte) (frame, error) {
	var f frame
	if len(b) > frameLimit || !utf8.Valid(b) || json.Unmarshal(b, &f) != nil {
		return frame{}, errFrame
	}
	if f.Headers.ReqID == "" || len(f.Headers.ReqID) > reqIDLimit {
		return frame{}, errFrame
	}
	return f, nil
}

// answers reports whether f is an answer to a frame of ours.
func (f frame) answers() bool { return f.Cmd == "" }
