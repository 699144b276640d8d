package feishutest

import (
	"encoding/hex"
	"testing"
)

func TestEncryptionAgreesWithThePublishedVectors(t *testing.T) {
	t.Parallel()
	plain, err := Decrypt("test key", "P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=")
	if err != nil || string(plain) != "hello world" {
		t.Errorf("%q, %v", plain, err)
	}
	iv := make([]byte, 16)
	for i := range iv {
		iv[i] = byte(i)
	}
	const key = "bot-demo-encrypt-key"
	const want = "AAECAwQFBgcICQoLDA0OD8yQs8dPRdmKZogywbRMo+BKZwghj1YwxRMXqvOtvBDwTGmNBx/49fuFdCxtfxuYGB40Wd31uXEq1YRP4t/kXHftUHL5aR8jxnZcPeCU6RZg"
	got := encryptWith(key, iv, []byte(`{"challenge":"c-demo-1","token":"v-demo-1","type":"url_verification"}`))
	if got != want {
		t.Errorf("cipher %s", got)
	}
	if s := Sign("1767225600", "n0nce-42", key, []byte(`{"encrypt":"`+want+`"}`)); s != "c5255a0b40b4bb5170abcc6288b7cff5ad67a9a93fbe9183aed09b4fbabf7ffb" {
		t.Errorf("signature %s", s)
	}
}

func TestWhatIsNotEncryptedIsNotDecrypted(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "x", "AAAA", Encrypt("another key", []byte("hello"))} {
		if plain, err := Decrypt("test key", text); err == nil && string(plain) == "hello" {
			t.Errorf("%q decrypted", text)
		}
	}
}

// The vectors were made with ws.Frame.Marshal of github.com/larksuite/oapi-sdk-go/v3 v3.5.3.
func TestFramesAgreeWithTheSDK(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		want  string
		frame frame
	}{
		{"080710ac0218f681801020012a0d0a047479706512056576656e742a110a0a6d6573736167655f696412036d2d312a080a0373756d1201312a080a037365711201303204677a69703a046a736f6e42077b2261223a317d4a0178",
			frame{seqID: 7, logID: 300, service: 33554678, method: 1, headers: []header{{"type", "event"}, {"message_id", "m-1"}, {"sum", "1"}, {"seq", "0"}}, encoding: "gzip", kind: "json", payload: []byte(`{"a":1}`), logIDNew: "x"}},
		{"08001000180120002a0c0a0474797065120470696e6732003a004a00", frame{headers: []header{{"type", "ping"}}, service: 1}},
	} {
		b := c.frame.marshal()
		if got := hex.EncodeToString(b); got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
		back, err := parseFrame(b)
		if err != nil || back.service != c.frame.service || back.get("type") != c.frame.get("type") || string(back.payload) != string(c.frame.payload) {
			t.Errorf("%+v, %v", back, err)
		}
	}
}

func TestWhatIsNoFrameIsSaidToBeNone(t *testing.T) {
	t.Parallel()
	for _, b := range [][]byte{{}, {0xff}, []byte("ping"), {0x08, 0x01}, {0x0d, 0, 0, 0, 0}} {
		if _, err := parseFrame(b); err == nil {
			t.Errorf("%x is a frame", b)
		}
	}
}

func FuzzParseFrame(f *testing.F) {
	f.Add((&frame{headers: []header{{"type", "ping"}}, service: 1}).marshal())
	f.Fuzz(func(t *testing.T, b []byte) {
		if one, err := parseFrame(b); err == nil {
			if _, err := parseFrame(one.marshal()); err != nil {
				t.Errorf("read once, not twice: %v", err)
			}
		}
	})
}
