package feishutest

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestGoldenTextTellsWhatHappened(t *testing.T) {
	t.Parallel()
	w, a := withApp(t)
	ctx := t.Context()
	a.answer = func(map[string]any) any {
		return object{"card": object{"type": "raw", "data": cardOf(md("**已签收** &#60;b&#62;"))}}
	}
	root, _ := w.Says(ctx, "ou_zhoumin", "oc_topic", "@助手 上报")
	w.code(w.api("POST", "/im/v1/messages/"+root+"/reply", object{"msg_type": "text", "content": `{"text":"<at user_id=\"ou_wanglei\">王蕾</at> 请看"}`}), 0)
	card := reportCard()
	card["header"] = object{"title": object{"tag": "plain_text", "content": "快报"}, "template": "red"}
	id := w.sent("oc_1", "interactive", card)
	w.code(w.api("PATCH", "/im/v1/messages/"+id+"/urgent_app?user_id_type=open_id", object{"user_id_list": []string{"ou_wanglei"}}), 0)
	if _, err := w.Presses(ctx, "ou_wanglei", id, "签收"); err != nil {
		t.Fatal(err)
	}
	want := `── 03-10 09:00 直报群 助手 interactive
   @周敏  加急(app) 王蕾 09:00
   【快报】red
   请 @周敏 填写
   [签收]
   <form>
     说明〔input note *〕
     地点〔input where = 门店〕
     **类别**
     〔select_static kind : 产品 | 服务〕
     〔multi_select_static tags : 甲 | 乙〕
     〔select_person who〕
     〔picker_datetime when〕
     [提交]
 ↻ 03-10 09:00 callback
   **已签收** <b>
── 03-10 09:00 话题群/omt_1 周敏 text
   @助手
   @助手 上报
── 03-10 09:00 话题群/omt_1 助手 text
   @王蕾
   @王蕾 请看
`
	if d := cmp.Diff(want, w.Golden()); d != "" {
		t.Error(d)
	}
}

func TestThePageDrawsCardsAndLetsNothingOut(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	evil := `<script>alert(1)</script>"><img src=x onerror=alert(1)>[a](javascript:alert(1)) [b](https://x/"onclick=)`
	card := reportCard()
	body := card["body"].(object)
	body["elements"] = append(body["elements"].([]any), md(evil), object{"tag": "div", "text": object{"tag": "plain_text", "content": evil}},
		object{"tag": "table", "columns": []any{object{"name": "n", "display_name": evil, "data_type": "markdown"}}, "rows": []any{object{"n": evil}}},
		object{"tag": "chart", "chart_spec": object{"type": "bar", "xField": "x", "yField": "y", "title": object{"text": evil}, "data": object{"values": []any{object{"x": evil, "y": 3}, object{"x": "b", "y": 6}}}}})
	id := w.sent("oc_1", "interactive", card)
	_, _ = w.Says(t.Context(), "ou_zhoumin", "oc_1", evil)
	for _, path := range []string{"/?chat=oc_1", "/?message=" + id, "/", "/?said=" + url.QueryEscape(evil)} {
		rec := httptest.NewRecorder()
		w.ServeHTTP(rec, httptest.NewRequest("GET", path, nil))
		page := rec.Body.String()
		for _, bad := range []string{"<script", "<img", `href="javascript`, `"onclick`} {
			if strings.Contains(page, bad) {
				t.Errorf("%s has %s", path, bad)
			}
		}
		if strings.Contains(path, "_") && (!strings.Contains(page, "width:60%") || !strings.Contains(page, ">签收</button>") || !strings.Contains(page, `<span class="at">@周敏</span>`)) {
			t.Errorf("%s does not show the card: %s", path, page)
		}
	}
}

func TestACardIsUsedOnThePage(t *testing.T) {
	t.Parallel()
	w, a := withApp(t)
	a.answer = func(map[string]any) any { return object{"toast": object{"type": "info", "content": "收到"}} }
	id := w.sent("oc_1", "interactive", reportCard())
	post := func(v url.Values) string {
		v.Set("as", "ou_wanglei")
		v.Set("chat", "oc_1")
		r := httptest.NewRequest("POST", "/", strings.NewReader(v.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		rec := httptest.NewRecorder()
		w.ServeHTTP(rec, r)
		at, _ := url.Parse(rec.Header().Get("Location"))
		return at.Query().Get("said")
	}
	if said := post(url.Values{"message": {id}, "press": {"提交"}, "f:note": {"n"}, "moment:when": {"2026-03-10T09:30"}, "multi:tags": {"a", "b"}, "f:who": {""}, "f:kind": {"product"}, "f:where": {""}}); said != "收到" {
		t.Fatal(said)
	}
	want := map[string]any{"note": "n", "where": "", "kind": "product", "tags": []any{"a", "b"}, "when": "2026-03-10 09:30 +0800"}
	if d := cmp.Diff(want, a.last()["action"].(map[string]any)["form_value"]); d != "" {
		t.Error(d)
	}
	if said := post(url.Values{"message": {id}, "press": {"提交"}}); said != "note is required" {
		t.Error(said)
	}
	post(url.Values{"text": {"@助手 hi"}})
	if len(a.events()) != 2 {
		t.Errorf("%q", a.events())
	}
}

func TestTheControlInterfaceObeys(t *testing.T) {
	t.Parallel()
	w, a := withApp(t)
	id := w.sent("oc_1", "interactive", reportCard())
	for _, c := range []struct {
		path, body string
		status     int
		has        string
	}{
		{"say", `{"person":"周敏","chat":"直报群","text":"@助手 上报"}`, 200, `"message_id":"om_2"`},
		{"say", `{"person":"周敏","chat":"直报群","text":"再说","thread":"om_2","topic":true}`, 200, `"message_id":"om_3"`},
		{"say", `{"person":"谁","chat":"直报群","text":"x"}`, 400, "nobody"},
		{"say", `not JSON`, 400, "error"},
		{"send", `{"person":"周敏","chat":"","kind":"image","data":"eA=="}`, 200, "om_4"},
		{"press", `{"person":"王蕾","message":"` + id + `","button":"签收"}`, 200, `"failed":0`},
		{"press", `{"person":"王蕾","message":"` + id + `","button":"没有"}`, 400, "nothing to press"},
		{"react", `{"person":"王蕾","message":"om_2","emoji":"OK"}`, 200, ""},
		{"read", `{"person":"王蕾","message":"` + id + `"}`, 200, ""},
		{"recall", `{"person":"周敏","message":"om_2"}`, 200, ""},
		{"enter", `{"person":"周敏"}`, 200, ""}, {"menu", `{"person":"周敏","key":"report"}`, 200, ""},
		{"join", `{"person":"顾波","chat":"直报群"}`, 200, ""}, {"leave", `{"person":"顾波","chat":"直报群"}`, 200, ""},
		{"config", `{"PingInterval":5}`, 200, ""},
		{"fault", `{"kind":"down","for":"20m"}`, 200, ""},
		{"fault", `{"kind":"sick"}`, 400, "unknown fault"},
	} {
		rec := httptest.NewRecorder()
		w.ServeHTTP(rec, httptest.NewRequest("POST", "/_sim/"+c.path, strings.NewReader(c.body)))
		if rec.Code != c.status || !strings.Contains(rec.Body.String(), c.has) {
			t.Errorf("%s %s: %d %s", c.path, c.body, rec.Code, rec.Body)
		}
	}
	if n := len(a.events()); n != 9 {
		t.Errorf("%d events: %q", n, a.events())
	}
	if r := w.api("GET", "/bot/v3/info", nil); r.status != http.StatusServiceUnavailable {
		t.Error("not down")
	}
	w.clock.add(20 * 60 * 1e9)
	w.code(w.api("GET", "/bot/v3/info", nil), 0)
	for _, path := range []string{"messages", "golden", "deliveries", "complaints"} {
		rec := httptest.NewRecorder()
		w.ServeHTTP(rec, httptest.NewRequest("GET", "/_sim/"+path, nil))
		if rec.Code != 200 || rec.Body.Len() < 3 {
			t.Errorf("%s: %d %s", path, rec.Code, rec.Body)
		}
	}
}
