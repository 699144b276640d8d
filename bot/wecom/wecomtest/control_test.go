package wecomtest

import (
	"encoding/base64"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

func (w *world) sim(method, path, body string) (int, string) {
	rec := httptest.NewRecorder()
	w.ServeHTTP(rec, httptest.NewRequest(method, path, strings.NewReader(body)))
	return rec.Code, rec.Body.String()
}

func TestARunningPlatformIsSteered(t *testing.T) {
	t.Parallel()
	w, a := withApp(t)
	w.code(w.sends("ZhouMin", cardOf(buttons("t1"))), 0)
	for _, c := range []struct {
		path, body, want string
		told             string
	}{
		{"say", `{"person":"周敏","chat":"直报群","text":"@助手 上报"}`, `{"message_id":"wm_2"}`, `"content":"@助手 上报"`},
		{"say", `{"person":"周敏","chat":"app","kind":"image","data":"` + base64.StdEncoding.EncodeToString(png) + `"}`, `{"message_id":"wm_3"}`, "PicUrl"},
		{"press", `{"person":"周敏","message":"wm_1","button":"收到"}`, `{}`, "template_card_event"},
		{"enter", `{"person":"周敏"}`, `{}`, "enter_chat"},
		{"enter", `{"person":"周敏","chat":"app"}`, `{}`, "enter_agent"},
		{"menu", `{"person":"周敏","key":"duty"}`, `{}`, "duty"},
		{"contact", `{"change":"update_user","fields":{"UserID":"ZhouMin"}}`, `{}`, "update_user"},
		{"hire", `{"person":"XinRen","name":"新人"}`, `{}`, "create_user"},
		{"fire", `{"person":"新人"}`, `{}`, "delete_user"},
		{"verify", `{"channel":"app","url":"http://bot.test/wecom/app"}`, `{}`, ""},
		{"fault", `{"kind":"drop","channel":"app","for":"20m","times":1}`, `{}`, ""},
	} {
		n := len(a.told())
		code, got := w.sim("POST", "/_sim/"+c.path, c.body)
		if code != 200 || got != c.want {
			t.Errorf("%s: %d %s", c.path, code, got)
		}
		if told := strings.Join(a.told()[n:], "\n"); !strings.Contains(told, c.told) {
			t.Errorf("%s: told %s", c.path, told)
		}
	}
	for path, body := range map[string]string{"say": `{"person":"谁"}`, "press": `{"person":"周敏","message":"wm_9"}`, "fault": `{"kind":"x"}`, "enter": `{`, "rate": `{"person":"周敏","message":"wm_1"}`} {
		if code, got := w.sim("POST", "/_sim/"+path, body); code != 400 || !strings.Contains(got, "error") {
			t.Errorf("%s: %d %s", path, code, got)
		}
	}
	for path, want := range map[string]string{"messages": `"id":"wm_1"`, "golden": "── 03-10 09:00 直报群 周敏 text", "deliveries": `"kind":"enter_agent"`, "complaints": "[]"} {
		if code, got := w.sim("GET", "/_sim/"+path, ""); code != 200 || !strings.Contains(got, want) {
			t.Errorf("%s: %d %s", path, code, got)
		}
	}
}

func TestThePageDrawsChatsAndLetsPeopleAct(t *testing.T) {
	t.Parallel()
	w, a := withApp(t)
	w.code(w.sends("ZhouMin", cardOf(with(vote(), "jump_list", []object{{"type": 1, "title": "看全文", "url": "https://a.test/<x>"}}))), 0)
	w.code(w.robot(markdown("**请** <@WangLei> <script>")), 0)
	_, page := w.sim("GET", "/?chat=app:ZhouMin", "")
	for _, part := range []string{"企业微信模拟", "<h2>选</h2>", `type="checkbox" name="q:q" value="a" checked`, `value="s" class="s0">提交`, "看全文", "https://a.test/&lt;x&gt;"} {
		if !strings.Contains(page, part) {
			t.Errorf("%s is not on the page", part)
		}
	}
	_, page = w.sim("GET", "/?message=wm_2", "")
	if !strings.Contains(page, `<b>请</b> <span class="at">@王蕾</span> &lt;script&gt;`) || strings.Contains(page, "<nav>") {
		t.Errorf("%s", page)
	}
	post := func(v url.Values) string {
		rec := httptest.NewRecorder()
		r := httptest.NewRequest("POST", "/", strings.NewReader(v.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w.ServeHTTP(rec, r)
		if rec.Code != 303 {
			t.Errorf("status %d", rec.Code)
		}
		return rec.Header().Get("Location")
	}
	post(url.Values{"as": {"ZhouMin"}, "chat": {"app:ZhouMin"}, "message": {"wm_1"}, "press": {"s"}, "q:q": {"b"}})
	if told := strings.Join(a.told(), ""); !strings.Contains(told, "<OptionId><![CDATA[b]]></OptionId>") {
		t.Errorf("%s", told)
	}
	post(url.Values{"as": {"ZhouMin"}, "chat": {"wr_A"}, "text": {"你好"}})
	if at := post(url.Values{"as": {"GuBo"}, "chat": {"wr_A"}, "text": {"你好"}}); !strings.Contains(at, "said=GuBo") {
		t.Errorf("%s", at)
	}
	if n := len(w.In("wr_A")); n != 2 {
		t.Errorf("%d in the group", n)
	}
}
