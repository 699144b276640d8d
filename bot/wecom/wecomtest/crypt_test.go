package wecomtest

import (
	"encoding/base64"
	"strings"
	"testing"
)

func TestEncryptionIsThePlatforms(t *testing.T) {
	t.Parallel()
	random := []byte("0123456789abcdef")
	for _, c := range []struct{ name, receiver, plain string }{
		{"of the app", "ww5100000000000001", "<xml>你好</xml>"},
		{"of the AI bot", "", `{"msgtype":"text"}`},
		{"of nothing", "", ""},
		{"of a whole block", "", strings.Repeat("x", 12)},
		{"of an answer", "ww5100000000000001", strings.Repeat("长", 5000)},
	} {
		text := encryptWith(simAppKey, c.receiver, random, []byte(c.plain))
		data, _ := base64.StdEncoding.DecodeString(text)
		if len(data)%32 != 0 || len(data) < 20+len(c.plain)+len(c.receiver)+1 {
			t.Errorf("%s: %d bytes", c.name, len(data))
		}
		if got, err := Decrypt(simAppKey, c.receiver, text); err != nil || string(got) != c.plain {
			t.Errorf("%s: %q, %v", c.name, got, err)
		}
		if _, err := Decrypt(simAppKey, "ww6", text); err == nil {
			t.Errorf("%s: opened by another enterprise", c.name)
		}
		if _, err := Decrypt(simBotKey, c.receiver, text); err == nil {
			t.Errorf("%s: opened with another key", c.name)
		}
	}
}

// The vectors were made with OpenSSL and sha1sum from the rules of D/90968, not with this package.
func TestEncryptionAgreesWithOpenSSL(t *testing.T) {
	t.Parallel()
	const want = "DV/kX3KvMA/LmBA8zjCAHOE84/oAdtRLuTTIgeiVB3+6COzfNMxJ5wLvPGlZCqMrjoZ3MYlN8RU/CHoeNYqkeA=="
	if got := encryptWith(simAppKey, "ww5100000000000001", []byte("0123456789abcdef"), []byte("<xml>你好</xml>")); got != want {
		t.Errorf("%s", got)
	}
	if got := Sign("simAppToken", "1767225600", "83920114", want); got != "7db90d56a2a7ecfff0e436261220dd700161ca1f" {
		t.Errorf("%s", got)
	}
}

func TestAKeyMayHaveBitsThatMeanNothing(t *testing.T) {
	t.Parallel()
	text := Encrypt(strings.Repeat("k", 42)+"B", "", []byte("hi"))
	if got, err := Decrypt(strings.Repeat("k", 42)+"A", "", text); err != nil || string(got) != "hi" {
		t.Errorf("%q, %v", got, err)
	}
}

func TestWhatIsNotEncryptedIsSeen(t *testing.T) {
	t.Parallel()
	good := Encrypt(simAppKey, "", []byte("hi"))
	for _, text := range []string{"", "*", "AAAA", good[:len(good)-4], strings.Repeat("A", 64)} {
		if _, err := Decrypt(simAppKey, "", text); err == nil {
			t.Errorf("opened %q", text)
		}
	}
}
