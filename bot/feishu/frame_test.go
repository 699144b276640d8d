package feishu

import (
	"bytes"
	"errors"
	"reflect"
	"testing"
)

// What the official SDK (v3.5.3) makes of the same frames.
const (
	sdkFrame = "\b\a\x10\x80\x80\x80\x80\x80 \x18\xfd\xff\xff\xff\xff\xff\xff\xff\xff\x01 \x01*\r\n\x04type\x12\x05event*\b\n\x03sum\x12\x0112\x04utf8:\x04jsonB\a{\"a\":1}J\x02L9"
	sdkPing  = "\b\x00\x10\x00\x18! \x00*\f\n\x04type\x12\x04ping2\x00:\x00J\x00"
)

func TestFramesAreTheSDKs(t *testing.T) {
	want := frame{seqID: 7, logID: 1 << 40, service: -3, method: frameData, headers: []frameHeader{{"type", "event"}, {"sum", "1"}},
		encoding: "utf8", format: "json", payload: []byte(`{"a":1}`), logIDNew: "L9"}
	got, err := decodeFrame([]byte(sdkFrame))
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("decoded %+v, %v", got, err)
	}
	if b := want.encode(); string(b) != sdkFrame {
		t.Errorf("encoded %q", b)
	}
	if got, err = decodeFrame([]byte(sdkPing)); err != nil || !reflect.DeepEqual(got, pingFrame(33)) {
		t.Errorf("ping decoded as %+v, %v", got, err)
	}
	if b := pingFrame(33).encode(); !bytes.HasPrefix([]byte(sdkPing), b) { // without the empty optional fields
		t.Errorf("ping encoded as %q", b)
	}
}

func TestFramesOfANewerSchema(t *testing.T) {
	got, err := decodeFrame([]byte("\b\x01\x10\x02\x18\x03 \x00" + "R\x03new" + "X\x05" + "*\x09\n\x01k\x12\x01v\x18\x07"[:2] + "\n\x01k\x12\x01v\x1a\x01x"))
	if err != nil || got.service != 3 || got.header("k") != "v" {
		t.Errorf("decoded %+v, %v", got, err)
	}
}

func TestMalformedFrames(t *testing.T) {
	for _, c := range []struct{ name, in string }{
		{"nothing", ""},
		{"no method", "\b\x00\x10\x00\x18\x01"},
		{"cut short", sdkFrame[:len(sdkFrame)-1]},
		{"cut in a varint", sdkFrame[:4]},
		{"cut in a header", "\b\x00\x10\x00\x18! \x00*\x05\n\x04typ"},
		{"header of another type", "*\x01\x08"},
		{"text as a number", "\x0a\x01a\x10\x00\x18! \x00"},
		{"number as a payload", "\b\x00\x10\x00\x18! \x00\x40\x01"},
		{"length beyond the end", "\b\x00\x10\x00\x18! \x00B\xff\xff\xff\xff\x0f"},
		{"field 0", "\x00\x01"},
		{"text", "hello, is this the websocket?"},
	} {
		if f, err := decodeFrame([]byte(c.in)); err == nil {
			t.Errorf("%s: decoded as %+v", c.name, f)
		}
	}
	if _, err := decodeFrame(nil); !errors.Is(err, errFrameIncomplete) {
		t.Errorf("an empty frame: %v", err)
	}
}

func FuzzFrame(f *testing.F) {
	f.Add([]byte(sdkFrame))
	f.Add([]byte(sdkPing))
	f.Add([]byte("\b\x00\x10\x00\x18! \x00*\x05\n\x04typ"))
	f.Add([]byte("\b\x00\x10\x00\x18! \x00B\xff\xff\xff\xff\x0f"))
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := decodeFrame(b)
		if err != nil {
			return
		}
		again, err := decodeFrame(got.encode())
		if err != nil || !reflect.DeepEqual(got, again) {
			t.Errorf("%+v became %+v, %v", got, again, err)
		}
		got.number(headerSum)
		lookInto(got.payload)
	})
}
