package wecom

import (
	"encoding/json"
	"strings"
	"testing"
)

// What comes through the signature is still of somebody else's making.

func FuzzAppMessage(f *testing.F) {
	for _, s := range []string{inText, "<xml/>", "<xml><a>", `<!DOCTYPE x [<!ENTITY a "b">]><xml>&a;</xml>`, "<xml><Event>template_card_event</Event><SelectedItems><SelectedItem/></SelectedItems></xml>"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, plain []byte) {
		m, err := parseAppMessage(plain)
		if err == nil && m == nil {
			t.Fatal("neither a message nor an error")
		}
		if err == nil && m.key() == "" {
			t.Error("a message without a key would be taken twice")
		}
	})
}

func FuzzBotMessage(f *testing.F) {
	for _, s := range []string{`{"msgid":"m1","chattype":"group","chatid":"wr","from":{"userid":"a"},"msgtype":"text","text":{"content":"@助手 在办"}}`, `{}`, `{"msgtype":"mixed","mixed":{"msg_item":[{}]}}`,
		`{"msgtype":"event","event":{"eventtype":"template_card_event","template_card_event":{"selected_items":{}}}}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, plain []byte) {
		m, err := parseBotMessage(plain)
		if err == nil && m == nil {
			t.Fatal("neither a message nor an error")
		}
	})
}

func FuzzFrame(f *testing.F) {
	f.Add([]byte(`{"cmd":"aibot_msg_callback","headers":{"req_id":"r"},"body":{}}`))
	f.Add([]byte(`{"headers":{"req_id":"r"},"errcode":846605}`))
	f.Add([]byte(`{"cmd":`))
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := decodeFrame(b)
		if err != nil {
			return
		}
		again, err := json.Marshal(got)
		if err != nil {
			t.Fatal(err)
		}
		if same, err := decodeFrame(again); err != nil || same.Headers != got.Headers || same.Cmd != got.Cmd {
			t.Errorf("%q reads as %+v, written anew as %+v, %v", b, got, same, err)
		}
	})
}

func FuzzButton(f *testing.F) {
	f.Add(`{"say":"签收","target":"YQ-1","chat":"G1"}`)
	f.Add("ack")
	f.Fuzz(func(t *testing.T, key string) {
		v := readValue(key)
		if again := readValue(string(encode(v))); again != v {
			t.Errorf("%q: %+v, %+v", key, v, again)
		}
	})
}

func FuzzMarkdown(f *testing.F) {
	f.Add("<@WangLei> **急** [点](https://x)")
	f.Add(strings.Repeat("\xad", mostApp+1)) // no UTF-8 at all
	f.Fuzz(func(t *testing.T, s string) {
		for _, part := range split(escape(s), mostApp) {
			if len(part) > mostApp || part == "" {
				t.Errorf("a part of %d bytes", len(part))
			}
		}
	})
}
