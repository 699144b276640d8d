package wecom

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

const (
	testToken  = "QDG6eK"
	testKey    = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
	testCorp   = "wx5823bf96d3bd56c7"
	botToken   = "tokenOfTheBot"
	botKey     = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFG"
	testAgent  = 1000017
	testBot    = "aibDemo"
	testSecret = "s3cr3t-of-the-bot"
)

func mustSeal(t testing.TB, token, key, receiver string) *seal {
	t.Helper()
	s, err := newSeal(token, key, receiver)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestVectorsOfThePlatform: the samples that come with the platform's own libraries.
func TestVectorsOfThePlatform(t *testing.T) {
	t.Parallel()
	s := mustSeal(t, testToken, testKey, testCorp)
	plain, err := s.open("5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3", "1409659589", "263014780",
		"P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==")
	if err != nil || string(plain) != "1616140317555161061" {
		t.Errorf("check of the address: %q, %v", plain, err)
	}
	const message = "RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+qN+E7Q=="
	plain, err = s.open("477715d11cdb4164915debcba66cb864d751f3e6", "1409659813", "1372623149", message)
	if err != nil || !strings.Contains(string(plain), "<Content><![CDATA[hello]]></Content>") {
		t.Errorf("message: %q, %v", plain, err)
	}
	m, err := parseAppMessage(plain)
	if err != nil || m.Sender != "mycreate" || m.text() != "hello" || m.Receiver != testCorp {
		t.Errorf("parsed: %+v, %v", m, err)
	}
}

func TestKeysHaveFortyThreeCharacters(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"", "short", testKey[:42], testKey + "=", testKey + "A", strings.Repeat("*", 43)} {
		if _, err := newSeal("t", key, ""); err == nil {
			t.Errorf("%q is taken for a key", key)
		}
	}
	// The last character holds 2 bits that belong to no byte; platforms' keys have them set.
	loose := testKey[:42] + "D"
	if _, err := base64.StdEncoding.Strict().DecodeString(loose + "="); err == nil {
		t.Error("a strict decoder takes it, so this shows nothing")
	}
	if _, err := newSeal("t", loose, ""); err != nil {
		t.Errorf("a key with loose bits: %v", err)
	}
	for _, text := range []string{testKey, testKey + "="} { // of media the padding may be there
		if _, err := mediaKey(text); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestOnlyWhatIsForUsIsOpened(t *testing.T) {
	t.Parallel()
	corp, nobody := mustSeal(t, testToken, testKey, testCorp), mustSeal(t, testToken, testKey, "")
	for _, text := range []string{"", "x", strings.Repeat("长", 1000)} {
		for _, s := range []*seal{corp, nobody} {
			if got, err := s.decrypt(s.encrypt([]byte(text))); err != nil || string(got) != text {
				t.Errorf("round trip for %q: %q, %v", s.receiver, got, err)
			}
		}
		if _, err := corp.decrypt(nobody.encrypt([]byte(text))); err == nil {
			t.Error("a message for nobody was opened for the company")
		}
		if _, err := nobody.decrypt(corp.encrypt([]byte(text))); err == nil {
			t.Error("a message for the company was opened for nobody")
		}
	}
}

// raw encrypts as it stands: no salt, no length, no padding of its own.
func raw(t testing.TB, key string, plain []byte) []byte {
	t.Helper()
	k, err := mediaKey(key)
	if err != nil {
		t.Fatal(err)
	}
	block, err := aes.NewCipher(k)
	if err != nil {
		t.Fatal(err)
	}
	out := bytes.Clone(plain)
	cipher.NewCBCEncrypter(block, k[:16]).CryptBlocks(out, out)
	return out
}

// padded is a plaintext of salt, length as claimed, message and receiver, padded by n.
func padded(claimed uint32, rest string, pad ...byte) []byte {
	out := binary.BigEndian.AppendUint32(bytes.Repeat([]byte("s"), 16), claimed)
	return append(append(out, rest...), pad...)
}

func TestPaddingAndLengthAreChecked(t *testing.T) {
	t.Parallel()
	s := mustSeal(t, testToken, testKey, "")
	pad := func(n int) []byte { return bytes.Repeat([]byte{byte(n)}, n) }
	rows := map[string]struct {
		plain []byte
		good  bool
	}{
		"as it should be":              {padded(4, "text", pad(8)...), true},
		"a whole block of padding":     {padded(12, "text of 12 b", pad(32)...), true},
		"padding of 17, not AES's own": {padded(11, "text of 11b", pad(17)...), false}, // 48 bytes are whole AES blocks
		"padding 0":                    {padded(12, "text of 12 b"), false},
		"padding 33":                   {padded(11, "text of 11b", pad(33)...), false},
		"one byte of padding wrong":    {padded(4, "text", 8, 8, 8, 7, 8, 8, 8, 8), false},
		"length beyond the end":        {padded(5, "text", pad(8)...), false},
		"length of 4 GB":               {padded(1<<32-1, "text", pad(8)...), false},
		"something behind the text":    {padded(3, "text", pad(8)...), false},
		"nothing but padding":          {pad(32), false},
		"too short for a length":       {append([]byte("0123456789abcdef01"), pad(14)...), false},
	}
	for name, row := range rows {
		for len(row.plain)%16 != 0 {
			row.plain = append([]byte("s"), row.plain...)
		}
		_, err := s.decrypt(base64.StdEncoding.EncodeToString(raw(t, testKey, row.plain)))
		if (err == nil) != row.good {
			t.Errorf("%s: %v", name, err)
		}
		if err != nil && err.Error() != errCipher.Error() {
			t.Errorf("%s: the error says %q", name, err)
		}
	}
	for _, text := range []string{"", "*", "AAECAwQFBgcICQoLDA0ODw==", base64.StdEncoding.EncodeToString(make([]byte, 48))} {
		if _, err := s.decrypt(text); !errors.Is(err, errCipher) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestFilesAreDecryptedAsTheyAreRead(t *testing.T) {
	t.Parallel()
	key, _ := mediaKey(testKey)
	for _, size := range []int{0, 1, 31, 32, 33, 32<<10 - 1, 32 << 10, 32<<10 + 1, 100_000} {
		want := bytes.Repeat([]byte("picture"), size/7+1)[:size]
		sealed := encryptCBC(key, bytes.Clone(want))
		for name, from := range map[string]io.Reader{"whole": bytes.NewReader(sealed), "by bytes": iotest.OneByteReader(bytes.NewReader(sealed)),
			"end with data": iotest.DataErrReader(bytes.NewReader(sealed))} {
			r, _ := newPlainReader(key, from, 1<<20)
			got, err := io.ReadAll(r)
			if err != nil || !bytes.Equal(got, want) {
				t.Errorf("%d bytes, %s: %d came, %v", size, name, len(got), err)
			}
		}
	}
}

func TestBrokenFilesAreErrors(t *testing.T) {
	t.Parallel()
	key, _ := mediaKey(testKey)
	sealed := encryptCBC(key, make([]byte, 100_000))
	flipped := bytes.Clone(sealed)
	flipped[len(flipped)-1] ^= 1
	rows := map[string]struct {
		from io.Reader
		most int64
		want error
	}{
		"cut":              {bytes.NewReader(sealed[:64<<10]), 1 << 20, errCipher},
		"cut in a block":   {bytes.NewReader(sealed[:999]), 1 << 20, errCipher},
		"flipped":          {bytes.NewReader(flipped), 1 << 20, errCipher},
		"empty":            {bytes.NewReader(nil), 1 << 20, errCipher},
		"too big":          {bytes.NewReader(sealed), 50_000, errTooBig},
		"broke off":        {io.MultiReader(bytes.NewReader(sealed[:50_000]), iotest.ErrReader(io.ErrUnexpectedEOF)), 1 << 20, io.ErrUnexpectedEOF},
		"broke off at all": {iotest.ErrReader(io.ErrClosedPipe), 1 << 20, io.ErrClosedPipe},
	}
	for name, row := range rows {
		r, _ := newPlainReader(key, row.from, row.most)
		if _, err := io.ReadAll(r); !errors.Is(err, row.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
