package wecomtest

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func TestWhatIsDroppedIsAcceptedAndSeenByNobody(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.must(w.Break(Fault{Kind: Drop, Channel: App, Chat: "app:ZhouMin", Times: 1}))
	w.code(w.sends("WangLei", textOf("一")), 0)
	w.code(w.sends("ZhouMin", textOf("二")), 0)
	w.code(w.sends("ZhouMin", textOf("三")), 0)
	w.must(w.Break(Fault{Kind: Drop, Channel: Robot}))
	w.code(w.robot(textOf("四")), 0)
	seen := w.SeenBy("ZhouMin")
	if len(seen) != 1 || seen[0].Text != "三" || len(w.Messages()) != 4 || len(w.SeenBy("WangLei")) != 1 {
		t.Errorf("%+v", seen)
	}
	w.must(w.Break(Fault{Kind: Mend}))
	w.code(w.robot(textOf("五")), 0)
	if n := len(w.In("wr_A")); n != 2 || len(w.SeenBy("ZhouMin")) != 2 {
		t.Errorf("%d in the group", n)
	}
}

func TestCallsFailOnDemand(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.must(w.Break(Fault{Kind: Code, API: "message/send", Code: -1, Times: 1}))
	w.code(w.sends("ZhouMin", textOf("一")), -1)
	w.code(w.sends("ZhouMin", textOf("一")), 0)
	w.must(w.Break(Fault{Kind: Limited, Channel: App, Until: w.clock.Now().Add(time.Minute)}))
	w.code(w.sends("ZhouMin", textOf("一")), 45009)
	w.code(w.robot(textOf("一")), 0)
	w.clock.add(time.Minute)
	w.code(w.sends("ZhouMin", textOf("一")), 0)
	w.must(w.Break(Fault{Kind: Code, Chat: "wr_A", Code: 93008}))
	w.code(w.robot(textOf("一")), 93008)
	w.must(w.Break(Fault{Kind: Down}))
	rec := httptest.NewRecorder()
	w.ServeHTTP(rec, httptest.NewRequest("GET", "/cgi-bin/gettoken", nil))
	if rec.Code != http.StatusBadGateway {
		t.Errorf("status %d", rec.Code)
	}
	for _, f := range []Fault{{Kind: "nonsense"}, {Kind: RemoveBot, Chat: "nowhere"}, {Kind: DeleteRobot, Chat: "nowhere"}} {
		if w.Break(f) == nil {
			t.Errorf("%+v was taken", f)
		}
	}
}

func TestEscapesAreRefusedByAStrictPlatform(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(o *Options) { o.Strict = true })
	send := func(body string) int {
		rec := httptest.NewRecorder()
		r := httptest.NewRequest("POST", "/cgi-bin/message/send?access_token="+w.Token(), strings.NewReader(body))
		w.ServeHTTP(rec, r)
		var out struct{ ErrCode int }
		parse(t, rec.Body.Bytes(), &out)
		return out.ErrCode
	}
	if got := send(`{"touser":"ZhouMin","agentid":1000017,"msgtype":"text","text":{"content":"\u003ca"}}`); got != 40033 {
		t.Errorf("errcode %d", got)
	}
	if got := send(`{"touser":"ZhouMin","agentid":1000017,"msgtype":"text","text":{"content":"<a"}}`); got != 0 {
		t.Errorf("errcode %d", got)
	}
}

func TestSecretsInMessagesMakeComplaints(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, s := range []string{"key=" + w.Options().Org.Groups[0].RobotKey, "sim-app-secret", w.Token()} {
		w.code(w.sends("ZhouMin", textOf(s)), 0)
	}
	if n := len(w.Complaints()); n != 3 {
		t.Errorf("%q", w.Complaints())
	}
}

func TestTheSameTwiceIsSentOnceWhenAskedFor(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	body := textOf("一")
	body["enable_duplicate_check"], body["duplicate_check_interval"] = 1, 600
	for range 2 {
		w.code(w.sends("ZhouMin", body), 0)
	}
	if n := len(w.Messages()); n != 1 {
		t.Errorf("%d messages", n)
	}
	w.clock.add(10 * time.Minute)
	w.code(w.sends("ZhouMin", body), 0)
	if n := len(w.Messages()); n != 2 {
		t.Errorf("%d messages", n)
	}
}

func TestASlowPlatformAnswersAfterHalfAMinute(t *testing.T) {
	inBubble(t, func(w *world, hc *http.Client) {
		w.must(w.Break(Fault{Kind: Slow, Times: 1}))
		began := time.Now()
		resp, err := hc.Get("https://qyapi.weixin.qq.com/cgi-bin/gettoken?corpid=ww5100000000000001&corpsecret=sim-app-secret")
		w.must(err)
		_ = resp.Body.Close()
		if took := time.Since(began); took != 30*time.Second {
			t.Errorf("took %s", took)
		}
		w.must(w.Break(Fault{Kind: Hang, Times: 1}))
		if resp, err := hc.Post("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=x", "", nil); err == nil {
			_ = resp.Body.Close()
			t.Error("a call that hangs was answered")
		}
	})
}
