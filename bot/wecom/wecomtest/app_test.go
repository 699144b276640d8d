package wecomtest

import (
	"encoding/xml"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// app is a bot that takes callbacks, of the app or the AI bot, and remembers what it was told.
type app struct {
	mu     sync.Mutex
	w      *world
	got    []string // the plaintexts
	status int
	answer func(a *app, r *http.Request, plain string) string // what it answers with, encrypted by itself
}

func (a *app) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	o, q := a.w.Options(), r.URL.Query()
	token, key, receiver, sealed := o.AppToken, o.AppAESKey, o.CorpID, ""
	if strings.HasSuffix(r.URL.Path, "aibot") {
		token, key, receiver = o.BotToken, o.BotAESKey, ""
		var in struct{ Encrypt string }
		parse(a.w.T, body, &in)
		sealed = in.Encrypt
	} else if r.Method == "POST" {
		var in sealedXML
		if err := xml.Unmarshal(body, &in); err != nil {
			a.w.Error(err)
		}
		sealed = in.Encrypt.Text
	}
	if r.Method == "GET" {
		sealed = q.Get("echostr")
	}
	plain, err := Decrypt(key, receiver, sealed)
	if err != nil || Sign(token, q.Get("timestamp"), q.Get("nonce"), sealed) != q.Get("msg_signature") {
		a.w.Errorf("%v, or a wrong signature", err)
	}
	if r.Method == "GET" {
		_, _ = w.Write(plain)
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.got = append(a.got, string(plain))
	if a.status != 0 {
		w.WriteHeader(a.status)
		return
	}
	if a.answer != nil {
		_, _ = io.WriteString(w, a.answer(a, r, string(plain)))
	}
}

func (a *app) told() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return append([]string{}, a.got...)
}

func (a *app) answers(status int, answer func(*app, *http.Request, string) string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.status, a.answer = status, answer
}

// inXML is a passive reply of the app.
func inXML(plain string) func(*app, *http.Request, string) string {
	return func(a *app, _ *http.Request, _ string) string {
		o := a.w.Options()
		sealed := Encrypt(o.AppAESKey, o.CorpID, []byte(plain))
		return string(xmlOf([]field{{"Encrypt", sealed}, {"MsgSignature", Sign(o.AppToken, "17", "n", sealed)}, {"TimeStamp", 17}, {"Nonce", "n"}}))
	}
}

// inJSON is a passive reply of the AI bot.
func inJSON(body any) func(*app, *http.Request, string) string {
	return func(a *app, r *http.Request, _ string) string {
		o, nonce := a.w.Options(), r.URL.Query().Get("nonce")
		sealed := Encrypt(o.BotAESKey, "", marshal(body))
		return string(marshal(object{"encrypt": sealed, "msgsignature": Sign(o.BotToken, "17", nonce, sealed), "timestamp": 17, "nonce": nonce}))
	}
}

// withApp is a world whose callbacks go to an app, those of the AI bot included.
func withApp(t *testing.T) (*world, *app) {
	t.Helper()
	a := &app{}
	a.w = newWorld(t, func(o *Options) {
		o.BotURL, o.Client = "http://bot.test/wecom/aibot", &http.Client{Transport: inProcess{a}}
	})
	return a.w, a
}

// inProcess is a transport that calls a handler.
type inProcess struct{ http.Handler }

func (h inProcess) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body == nil {
		r.Body = http.NoBody
	}
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, r)
	return rec.Result(), nil
}

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func TestAddressesAreVerified(t *testing.T) {
	t.Parallel()
	w, _ := withApp(t)
	w.must(w.Verify(t.Context(), App, "http://bot.test/wecom/app"))
	bad := newWorld(t, func(o *Options) {
		o.Client = &http.Client{Transport: inProcess{http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, `"echo-1"`) })}}
	})
	if err := bad.Verify(t.Context(), App, "http://bot.test/"); err == nil {
		t.Error("a word in quotes was taken")
	}
}

func TestTheAppHearsItsMembers(t *testing.T) {
	t.Parallel()
	w, a := withApp(t)
	_, err := w.Say(t.Context(), "zhoumin", App, "本周值班是谁]]>", Attachment{Data: []byte("png")}, Attachment{Kind: "file"})
	w.must(err)
	w.must(w.EnterAgent(t.Context(), "ZhouMin"))
	w.must(w.Pick(t.Context(), "ZhouMin", "duty"))
	w.must(w.Subscribe(t.Context(), "ZhouMin", false))
	w.Hire(t.Context(), Person{UserID: "XinRen", Name: "新人"})
	w.must(w.Fire(t.Context(), "GuBo"))
	const head = "<xml><ToUserName><![CDATA[ww5100000000000001]]></ToUserName><FromUserName><![CDATA[ZhouMin]]></FromUserName><CreateTime>1773104400</CreateTime>"
	want := []string{
		head + "<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[本周值班是谁]]]]><![CDATA[>]]></Content><MsgId>7461200033445566001</MsgId><AgentID>1000017</AgentID></xml>",
		head + "<MsgType><![CDATA[image]]></MsgType><PicUrl><![CDATA[https://qyapi.weixin.qq.com/sim-media/u1]]></PicUrl><MediaId><![CDATA[sim-media-1]]></MediaId><MsgId>7461200033445566002</MsgId><AgentID>1000017</AgentID></xml>",
		head + "<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[enter_agent]]></Event><EventKey><![CDATA[]]></EventKey><AgentID>1000017</AgentID></xml>",
		head + "<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[click]]></Event><EventKey><![CDATA[duty]]></EventKey><AgentID>1000017</AgentID></xml>",
		head + "<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[unsubscribe]]></Event><EventKey><![CDATA[]]></EventKey><AgentID>1000017</AgentID></xml>",
	}
	got := a.told()
	if diff := cmp.Diff(want, got[:5]); diff != "" {
		t.Error(diff)
	}
	for i, s := range []string{"create_user", "delete_user"} {
		if !strings.Contains(got[5+i], "<FromUserName><![CDATA[sys]]>") || !strings.Contains(got[5+i], s) {
			t.Errorf("%s", got[5+i])
		}
	}
}

func TestACallbackIsTriedThreeTimes(t *testing.T) {
	t.Parallel()
	w, a := withApp(t)
	a.answers(500, nil)
	_, _ = w.Say(t.Context(), "ZhouMin", App, "你好")
	for range 5 {
		w.Tick(t.Context())
		w.clock.add(5 * time.Second)
	}
	got := a.told()
	if len(got) != 3 || got[0] != got[2] {
		t.Errorf("%q", got)
	}
	all := w.Deliveries()
	if !all[2].Lost || all[1].Lost || all[2].Try != 3 {
		t.Errorf("%+v", all)
	}
}

func TestDeliveriesAreDoubledAndLostOnDemand(t *testing.T) {
	t.Parallel()
	w, a := withApp(t)
	w.must(w.Break(Fault{Kind: Duplicate, Times: 1}))
	_, _ = w.Say(t.Context(), "ZhouMin", App, "一")
	w.must(w.Break(Fault{Kind: Lose, Times: 1}))
	_, _ = w.Say(t.Context(), "ZhouMin", App, "二")
	if n := len(a.told()); n != 2 {
		t.Errorf("%d came", n)
	}
	if n, next := w.Pending(); n != 1 || next != w.clock.Now().Add(5*time.Second) {
		t.Errorf("%d pending at %s", n, next)
	}
	w.clock.add(5 * time.Second)
	w.Tick(t.Context())
	if n := len(a.told()); n != 3 {
		t.Errorf("%d came", n)
	}
}

func TestAPressReachesTheAppAndChangesTheCardForTheClicker(t *testing.T) {
	t.Parallel()
	w, a := withApp(t)
	sent := w.code(w.sends("ZhouMin|WangLei", cardOf(buttons("t1"))), 0)
	card := w.Messages()[0].ID
	a.answers(0, inXML("<xml><ToUserName>ZhouMin</ToUserName><FromUserName>ww5100000000000001</FromUserName><CreateTime>1</CreateTime><MsgType>update_button</MsgType><Button><ReplaceName>已收到</ReplaceName></Button></xml>"))
	w.must(w.Press(t.Context(), "ZhouMin", card, "收到"))
	told := a.told()[0]
	for _, part := range []string{"<EventKey><![CDATA[ack]]>", "<TaskId><![CDATA[t1]]>", "<CardType><![CDATA[button_interaction]]>", "<ResponseCode><![CDATA[sim-response-code-2]]>"} {
		if !strings.Contains(told, part) {
			t.Errorf("%s is not in %s", part, told)
		}
	}
	if diff := cmp.Diff([]string{"已收到"}, w.Buttons("ZhouMin", card)); diff != "" {
		t.Error(diff)
	}
	if err := w.Press(t.Context(), "ZhouMin", card, "收到"); err == nil {
		t.Error("a button that is gone was pressed")
	}
	update := func(code any, more object) object {
		body := object{"agentid": 1000017, "response_code": code, "atall": 1}
		for k, v := range more {
			body[k] = v
		}
		return w.api("message/update_template_card", body)
	}
	replaced := object{"button": object{"replace_name": "周敏已收到"}}
	w.clean()
	w.code(update(sent["response_code"], replaced), 0)
	w.code(update(sent["response_code"], replaced), 40058)
	for _, m := range w.Messages() {
		if got := w.Buttons("WangLei", m.ID); len(got) != 1 || got[0] != "周敏已收到" {
			t.Errorf("%q", got)
		}
	}
	w.clock.add(73 * time.Hour)
	w.code(update("sim-response-code-2", replaced), 42016)
}

func TestAPressCarriesWhatWasChosen(t *testing.T) {
	t.Parallel()
	w, a := withApp(t)
	card := object{"card_type": "multiple_interaction", "task_id": "t2", "main_title": object{"title": "核实"}, "submit_button": object{"text": "提交", "key": "done"},
		"select_list": []object{{"question_key": "q1", "title": "属实", "selected_id": "y", "option_list": []object{{"id": "y", "text": "是"}, {"id": "n", "text": "否"}}}}}
	w.code(w.sends("ZhouMin", cardOf(card)), 0)
	id := w.lastOf().ID
	for _, selected := range []map[string][]string{{"属实": {"否"}}, {"q1": {"n"}}, nil} {
		w.must(w.Press(t.Context(), "ZhouMin", id, "提交", selected))
	}
	for i, want := range []string{"n", "n", "y"} {
		part := "<SelectedItems><SelectedItem><QuestionKey><![CDATA[q1]]></QuestionKey><OptionIds><OptionId><![CDATA[" + want + "]]></OptionId></OptionIds></SelectedItem></SelectedItems>"
		if told := a.told()[i]; !strings.Contains(told, part) {
			t.Errorf("%s", told)
		}
	}
	if err := w.Press(t.Context(), "ZhouMin", id, "提交", map[string][]string{"q1": {"maybe"}}); err == nil {
		t.Error("an option that is not there was chosen")
	}
}

func TestAPassiveReplyMayReplaceTheCard(t *testing.T) {
	t.Parallel()
	w, a := withApp(t)
	w.code(w.sends("ZhouMin", cardOf(buttons("t3"))), 0)
	id := w.lastOf().ID
	a.answers(0, inXML(`<xml><ToUserName>ZhouMin</ToUserName><FromUserName>ww5100000000000001</FromUserName><MsgType>update_template_card</MsgType><TemplateCard><CardType>button_interaction</CardType>
		<MainTitle><Title>快报 1</Title><Desc>已签收</Desc></MainTitle><HorizontalContentList><KeyName>级别</KeyName><Value>三级</Value></HorizontalContentList><HorizontalContentList><Type>1</Type><KeyName>全文</KeyName><Value>看</Value><Url>https://a.test</Url></HorizontalContentList>
		<ButtonList><Text>结案</Text><Style>1</Style><Key>close</Key></ButtonList></TemplateCard></xml>`))
	w.must(w.Press(t.Context(), "ZhouMin", id, "收到"))
	w.clean()
	m, _ := w.Message(id)
	if got := CardText(m.Shown("ZhouMin").Card); got != "# 快报 1\n  已签收\n级别：三级\n全文：看 <https://a.test>\n[结案]" {
		t.Errorf("%s", got)
	}
	if !strings.Contains(m.Text, "滨江店") {
		t.Error("it changed for everybody")
	}
}

func TestAnswersThatBreakTheRulesMakeComplaints(t *testing.T) {
	t.Parallel()
	w, a := withApp(t)
	for _, answer := range []string{"ok", "<xml><Encrypt>x</Encrypt></xml>"} {
		a.answers(0, func(*app, *http.Request, string) string { return answer })
		w.must(w.EnterAgent(t.Context(), "ZhouMin"))
	}
	a.answers(0, inXML("<xml><ToUserName>GuBo</ToUserName><FromUserName>x</FromUserName><MsgType>update_button</MsgType></xml>"))
	w.must(w.EnterAgent(t.Context(), "ZhouMin"))
	want := []string{`the app answered "ok", which is neither empty nor encrypted`, "the app's answer has a wrong MsgSignature",
		`the app's answer goes to "GuBo" from "x"`, `the app answered a enter_agent with "update_button"`}
	if diff := cmp.Diff(want, w.Complaints()); diff != "" {
		t.Error(diff)
	}
}

func TestTheAppRecallsWithinADay(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	sent := w.code(w.sends("ZhouMin", textOf("看错了")), 0)
	w.code(w.api("message/recall", object{"msgid": sent["msgid"]}), 0)
	if !w.lastOf().Recalled {
		t.Error("still there")
	}
	w.clock.add(25 * time.Hour)
	w.code(w.api("message/recall", object{"msgid": sent["msgid"]}), 40058)
	w.code(w.api("message/recall", object{"msgid": strconv.Itoa(1)}), 40058)
}
