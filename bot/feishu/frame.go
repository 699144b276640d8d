package feishu

import (
	"errors"
	"fmt"
	"strconv"

	"google.golang.org/protobuf/encoding/protowire"
)

// frame is one message of the long connection, in the protobuf schema pbbp2.Frame of the official SDKs
// (package ws of github.com/larksuite/oapi-sdk-go). Nine fields do not ask for generated code.
type frame struct {
	seqID    uint64
	logID    uint64
	service  int32
	method   int32
	headers  []frameHeader
	encoding string
	format   string
	payload  []byte
	logIDNew string
}

type frameHeader struct{ key, value string }

// Values of frame.method.
const (
	frameControl = 0
	frameData    = 1
)

// Keys of frame headers, and values of the first.
const (
	headerType    = "type"
	headerMessage = "message_id"
	headerSum     = "sum" // how many parts the message has
	headerSeq     = "seq" // which of them this is, from 0
	headerTrace   = "trace_id"
	headerTook    = "biz_rt" // milliseconds the answer took

	typeEvent = "event"
	typeCard  = "card"
	typePing  = "ping"
	typePong  = "pong"
)

// The schema is proto2; these four fields are required in it.
const requiredFields = 1<<1 | 1<<2 | 1<<3 | 1<<4

var errFrameIncomplete = errors.New("a required field is missing")

// decodeFrame reads a frame. Its payload is part of b.
func decodeFrame(b []byte) (frame, error) {
	var f frame
	seen := 0
	for len(b) > 0 {
		num, typ, n := protowire.ConsumeTag(b)
		if n < 0 {
			return frame{}, fmt.Errorf("frame: %w", protowire.ParseError(n))
		}
		b = b[n:]
		n, err := f.field(num, typ, b)
		if err == nil && n < 0 {
			err = protowire.ParseError(n)
		}
		if err != nil {
			return frame{}, fmt.Errorf("frame: field %d: %w", num, err)
		}
		if num <= 4 {
			seen |= 1 << num
		}
		b = b[n:]
	}
	if seen != requiredFields {
		return frame{}, fmt.Errorf("frame: %w", errFrameIncomplete)
	}
	return f, nil
}

// field reads the value of one field from the start of b and says how long it was.
func (f *frame) field(num protowire.Number, typ protowire.Type, b []byte) (n int, err error) {
	switch {
	case num >= 1 && num <= 4 && typ == protowire.VarintType:
		v, n := protowire.ConsumeVarint(b)
		switch num {
		case 1:
			f.seqID = v
		case 2:
			f.logID = v
		case 3:
			f.service = int32(v)
		case 4:
			f.method = int32(v)
		}
		return n, nil
	case num >= 5 && num <= 9 && typ == protowire.BytesType:
		v, n := protowire.ConsumeBytes(b)
		switch num {
		case 5:
			h, err := decodeHeader(v)
			if err != nil {
				return 0, err
			}
			f.headers = append(f.headers, h)
		case 6:
			f.encoding = string(v)
		case 7:
			f.format = string(v)
		case 8:
			f.payload = v
		case 9:
			f.logIDNew = string(v)
		}
		return n, nil
	case num <= 9:
		return 0, fmt.Errorf("unexpected wire type %d", typ)
	}
	return protowire.ConsumeFieldValue(num, typ, b), nil // a newer schema
}

func decodeHeader(b []byte) (frameHeader, error) {
	var h frameHeader
	for len(b) > 0 {
		num, typ, n := protowire.ConsumeTag(b)
		if n < 0 {
			return h, protowire.ParseError(n)
		}
		b = b[n:]
		if num <= 2 && typ == protowire.BytesType {
			var v []byte
			if v, n = protowire.ConsumeBytes(b); num == 1 {
				h.key = string(v)
			} else {
				h.value = string(v)
			}
		} else {
			n = protowire.ConsumeFieldValue(num, typ, b)
		}
		if n < 0 {
			return h, protowire.ParseError(n)
		}
		b = b[n:]
	}
	return h, nil
}

// encode is f on the wire.
func (f frame) encode() []byte {
	var b []byte
	for num, v := range [...]uint64{1: f.seqID, 2: f.logID, 3: uint64(f.service), 4: uint64(f.method)} {
		if num > 0 {
			b = protowire.AppendVarint(protowire.AppendTag(b, protowire.Number(num), protowire.VarintType), v)
		}
	}
	for _, h := range f.headers {
		b = appendBytes(b, 5, appendBytes(appendBytes(nil, 1, h.key), 2, h.value))
	}
	if f.encoding != "" {
		b = appendBytes(b, 6, f.encoding)
	}
	if f.format != "" {
		b = appendBytes(b, 7, f.format)
	}
	if f.payload != nil {
		b = appendBytes(b, 8, f.payload)
	}
	if f.logIDNew != "" {
		b = appendBytes(b, 9, f.logIDNew)
	}
	return b
}

func appendBytes[T string | []byte](b []byte, num protowire.Number, v T) []byte {
	b = protowire.AppendVarint(protowire.AppendTag(b, num, protowire.BytesType), uint64(len(v)))
	return append(b, v...)
}

// header is the first value of key, or nothing.
func (f frame) header(key string) string {
	for _, h := range f.headers {
		if h.key == key {
			return h.value
		}
	}
	return ""
}

// number is a header that counts; what is not a number counts as 0, as in the SDK.
func (f frame) number(key string) int {
	n, err := strconv.Atoi(f.header(key))
	if err != nil {
		return 0
	}
	return n
}

// pingFrame asks the server for a pong.
func pingFrame(service int32) frame {
	return frame{service: service, method: frameControl, headers: []frameHeader{{headerType, typePing}}}
}
