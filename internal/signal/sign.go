package signal

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strconv"
	"strings"
	"time"
)

// Headers of a signed signal.
const (
	TimestampHeader = "X-Fenghuo-Timestamp" // seconds since 1970
	SignatureHeader = "X-Fenghuo-Signature" // sha256=<hex>
)

// Window is how far the timestamp may lie from the present, either way: what is caught on its way cannot
// be sent again later.
const Window = 5 * time.Minute

// ErrForged is a signature that does not fit, or a timestamp outside the window. It says no more, so that
// nobody learns by trying.
var ErrForged = errors.New("the signature or the timestamp is not right")

// Sign is the signature of a body sent at a time.
func Sign(key string, at time.Time, body []byte) (timestamp, signature string) {
	timestamp = strconv.FormatInt(at.Unix(), 10)
	return timestamp, "sha256=" + hex.EncodeToString(mac(key, timestamp, body))
}

// Authentic checks a signature in constant time.
func Authentic(key, timestamp, signature string, body []byte, now time.Time) error {
	given, err := hex.DecodeString(strings.TrimPrefix(signature, "sha256="))
	fits := hmac.Equal(given, mac(key, timestamp, body))
	seconds, bad := strconv.ParseInt(timestamp, 10, 64)
	away := now.Sub(time.Unix(seconds, 0))
	if err != nil || bad != nil || !fits || key == "" || away > Window || away < -Window {
		return ErrForged
	}
	return nil
}

// mac is over the timestamp, a dot and the body as it came.
func mac(key, timestamp string, body []byte) []byte {
	h := hmac.New(sha256.New, []byte(key))
	h.Write([]byte(timestamp + "."))
	h.Write(body)
	return h.Sum(nil)
}
