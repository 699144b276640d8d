package feishutest

import (
	"errors"
	"strconv"

	"google.golang.org/protobuf/encoding/protowire"
)

// frame is pbbp2.Frame, the unit of the long connection: fields 1 to 4 are required (proto2).
type frame struct {
	seqID, logID    uint64
	service, method int32
	headers         []header
	encoding, kind  string
	payload         []byte
	logIDNew        string
}

type header struct{ key, value string }

// Methods of frames.
const (
	methodControl = 0
	methodData    = 1
)

func (f *frame) get(key string) string {
	for _, h := range f.headers {
		if h.key == key {
			return h.value
		}
	}
	return ""
}

func (f *frame) marshal() []byte {
	var b []byte
	for i, v := range []uint64{f.seqID, f.logID, uint64(int64(f.service)), uint64(int64(f.method))} {
		b = protowire.AppendVarint(protowire.AppendTag(b, protowire.Number(i+1), protowire.VarintType), v)
	}
	for _, h := range f.headers {
		one := protowire.AppendString(protowire.AppendTag(nil, 1, protowire.BytesType), h.key)
		one = protowire.AppendString(protowire.AppendTag(one, 2, protowire.BytesType), h.value)
		b = protowire.AppendBytes(protowire.AppendTag(b, 5, protowire.BytesType), one)
	}
	b = protowire.AppendString(protowire.AppendTag(b, 6, protowire.BytesType), f.encoding)
	b = protowire.AppendString(protowire.AppendTag(b, 7, protowire.BytesType), f.kind)
	if f.payload != nil {
		b = protowire.AppendBytes(protowire.AppendTag(b, 8, protowire.BytesType), f.payload)
	}
	return protowire.AppendString(protowire.AppendTag(b, 9, protowire.BytesType), f.logIDNew)
}

var errFrame = errors.New("not a frame")

func parseFrame(b []byte) (*frame, error) {
	f, seen := &frame{}, 0
	err := eachField(b, func(num protowire.Number, v uint64, s []byte) error {
		switch num {
		case 1:
			f.seqID = v
		case 2:
			f.logID = v
		case 3:
			f.service = int32(v)
		case 4:
			f.method = int32(v)
		case 5:
			h, err := parseHeader(s)
			f.headers = append(f.headers, h)
			return err
		case 6:
			f.encoding = string(s)
		case 7:
			f.kind = string(s)
		case 8:
			f.payload = s
		case 9:
			f.logIDNew = string(s)
		}
		if num <= 4 {
			seen |= 1 << num
		}
		return nil
	})
	if err == nil && seen != 0b11110 {
		err = errors.New("a required field of the frame is missing")
	}
	return f, err
}

func parseHeader(b []byte) (header, error) {
	var h header
	err := eachField(b, func(num protowire.Number, _ uint64, s []byte) error {
		switch num {
		case 1:
			h.key = string(s)
		case 2:
			h.value = string(s)
		}
		return nil
	})
	return h, err
}

// eachField reads varints and bytes; the frame has no other fields.
func eachField(b []byte, fn func(num protowire.Number, v uint64, s []byte) error) error {
	for len(b) > 0 {
		num, kind, n := protowire.ConsumeTag(b)
		if n < 0 {
			return errFrame
		}
		b = b[n:]
		var v uint64
		var s []byte
		switch kind {
		case protowire.VarintType:
			v, n = protowire.ConsumeVarint(b)
		case protowire.BytesType:
			s, n = protowire.ConsumeBytes(b)
		default:
			return errFrame
		}
		if n < 0 {
			return errFrame
		}
		if err := fn(num, v, s); err != nil {
			return err
		}
		b = b[n:]
	}
	return nil
}

// split makes the frames of one payload: parts of at most size bytes that share message_id.
func split(payload []byte, size int, service int32, kind, messageID, trace string, at int64) []*frame {
	sum := max(1, (len(payload)+size-1)/size)
	out := make([]*frame, sum)
	for i := range out {
		part := payload[i*size : min(len(payload), (i+1)*size)]
		out[i] = &frame{seqID: uint64(i), logID: uint64(at), service: service, method: methodData, payload: part, headers: []header{
			{"type", kind}, {"message_id", messageID}, {"sum", strconv.Itoa(sum)}, {"seq", strconv.Itoa(i)}, {"trace_id", trace}, {"timestamp", strconv.FormatInt(at, 10)}, {"instance_id", "sim-1"}}}
	}
	return out
}
