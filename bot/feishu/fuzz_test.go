package feishu

import (
	"encoding/json"
	"strings"
	"testing"

	"fenghuo/bot"
)

func FuzzDecrypt(f *testing.F) {
	f.Add("P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=")
	f.Add("")
	f.Add("AAECAwQFBgcICQoLDA0ODw==")
	f.Fuzz(func(t *testing.T, sealed string) {
		plain, err := decrypt("test key", sealed)
		if err != nil && plain != nil {
			t.Error("plaintext with an error")
		}
		if got, err := decrypt("test key", seal("test key", testIV, []byte(sealed))); err != nil || string(got) != sealed {
			t.Errorf("round trip of %q: %q, %v", sealed, got, err)
		}
	})
}

// offline is an adapter whose platform answers nothing.
func offline(f *testing.F) *Adapter {
	a, err := New(Config{AppID: testApp, AppSecret: testSec, BaseURL: "http://127.0.0.1:1", Directory: directory{}, Files: &shelf{}})
	if err != nil {
		f.Fatal(err)
	}
	a.self.me = self{"ou_bot", "助手"}
	return a
}

func FuzzEvent(f *testing.F) {
	a := offline(f)
	f.Add(event(eventMessage, receivedJSON("text", `{"text":"@_user_1 hi"}`, inG1+mentions)))
	f.Add(event(eventMessage, receivedJSON("post", `{"title":"t","content":[[{"tag":"at","user_id":"@_user_1"}]]}`, inP2P+mentions)))
	f.Add(event(eventMessage, receivedJSON("merge_forward", `x`, inPlain)))
	f.Add(event(eventRead, `{"reader":{"reader_id":{"open_id":"ou_a"},"read_time":"1"},"message_id_list":["om_8"]}`))
	f.Add(event(eventMenu, `{"operator":{"operator_id":{"open_id":"ou_a"}},"event_key":"上报","timestamp":1767225700}`))
	f.Add(event(eventJoined, `{"chat_id":"oc_zhibao"}`))
	f.Add(`{"uuid":"u","token":"v","type":"event_callback","event":{"app_id":"cli_demo"}}`)
	f.Fuzz(func(t *testing.T, payload string) {
		var sink inbox
		_ = a.Dispatch(t.Context(), &sink, []byte(payload))
		for _, ev := range sink.got() {
			if ev.Platform != Name || ev.Place.Platform != Name || (ev.Kind == bot.Said && ev.Sender == "") {
				t.Errorf("%+v", ev)
			}
		}
	})
}

func FuzzCard(f *testing.F) {
	a := offline(f)
	f.Add(`{"value":{"say":"签收","target":"YQ-1","chat":"G1","thread":"."},"tag":"button"}`, "oc_zhibao")
	f.Add(`{"value":"{}","tag":"overflow","option":"{\"say\":\"x\"}"}`, "oc_p2p")
	f.Add(`{"value":{"say":"在办","to":"wanglei"},"form_value":{"a":["b"],"c":"2026-01-05 09:30 +0800"}}`, "oc_p2p")
	f.Fuzz(func(t *testing.T, action, chat string) {
		if strings.ContainsAny(chat, `"\`) {
			return
		}
		var sink inbox
		got, err := a.DispatchCard(t.Context(), &sink, []byte(event(eventCard, pressJSON(action, chat, "ou_wanglei"))))
		if err == nil && !json.Valid(got) {
			t.Errorf("answered %q", got)
		}
		for _, ev := range sink.got() {
			if ev.Kind != bot.Pressed || ev.Action.Name == "" || (ev.Place.Direct() && ev.Place.Person != "wanglei") {
				t.Errorf("%+v", ev)
			}
		}
	})
}
