package wecomtest

import (
	"bytes"
	"crypto/md5"
	"encoding/base64"
	"encoding/hex"
	"mime/multipart"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

var png = []byte("\x89PNG\r\n\x1a\n and so on")

func (w *world) upload(path string, data []byte) object {
	w.Helper()
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	part, _ := form.CreateFormFile("media", "a.png")
	_, _ = part.Write(data)
	_ = form.Close()
	r := httptest.NewRequest("POST", "/cgi-bin/"+path, &b)
	r.Header.Set("Content-Type", form.FormDataContentType())
	rec := httptest.NewRecorder()
	w.ServeHTTP(rec, r)
	out := object{}
	parse(w.T, rec.Body.Bytes(), &out)
	return out
}

func TestMediaLiveThreeDays(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	up := func(kind string, data []byte) object {
		return w.upload("media/upload?type="+kind+"&access_token="+w.Token(), data)
	}
	w.code(up("image", []byte("not a picture")), 40004)
	w.code(up("voice", png), 40004)
	w.code(up("hologram", png), 40004)
	w.code(up("file", []byte("tiny")), 40058)
	w.code(up("voice", bytes.Repeat([]byte("x"), 2<<20+1)), 45001)
	id, _ := w.code(up("image", png), 0)["media_id"].(string)
	get := func(id string) *httptest.ResponseRecorder {
		rec := httptest.NewRecorder()
		w.ServeHTTP(rec, httptest.NewRequest("GET", "/cgi-bin/media/get?media_id="+id+"&access_token="+w.Token(), nil))
		return rec
	}
	rec := get(id)
	if !bytes.Equal(rec.Body.Bytes(), png) || rec.Header().Get("Content-Type") != "image/png" || !strings.Contains(rec.Header().Get("Content-Disposition"), "a.png") {
		t.Errorf("%q %v", rec.Body.Bytes(), rec.Header())
	}
	w.code(w.sends("ZhouMin", object{"msgtype": "image", "image": object{"media_id": id}}), 0)
	if m := w.lastOf(); len(m.Files) != 1 || !bytes.Equal(m.Files[0].Data, png) {
		t.Errorf("%+v", m)
	}
	w.code(w.sends("ZhouMin", object{"msgtype": "file", "file": object{"media_id": id}}), 40007)
	w.code(w.sends("ZhouMin", object{"msgtype": "file", "file": object{}}), 41006)
	w.clock.add(73 * time.Hour)
	if rec := get(id); !strings.Contains(rec.Body.String(), "40007") || rec.Code != 200 {
		t.Errorf("%d %s", rec.Code, rec.Body)
	}
}

func TestARobotsFilesAreItsOwn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	key := w.Options().Org.Groups[0].RobotKey
	w.code(w.upload("webhook/upload_media?type=image&key="+key, png), 40004)
	w.code(w.upload("webhook/upload_media?type=file&key=none", png), 93000)
	id := w.code(w.upload("webhook/upload_media?type=file&key="+key, png), 0)["media_id"]
	w.code(w.robot(object{"msgtype": "file", "file": object{"media_id": id}}), 0)
	w.code(w.sends("ZhouMin", object{"msgtype": "file", "file": object{"media_id": id}}), 40007)
	sum := md5.Sum(png)
	picture := object{"base64": base64.StdEncoding.EncodeToString(png), "md5": hex.EncodeToString(sum[:])}
	w.code(w.robot(object{"msgtype": "image", "image": picture}), 0)
	picture["md5"] = "no"
	w.code(w.robot(object{"msgtype": "image", "image": picture}), 40058)
	w.code(w.robot(object{"msgtype": "news", "news": object{"articles": []object{{"title": "日报", "url": "https://a.test"}}}}), 0)
	w.code(w.robot(object{"msgtype": "news", "news": object{"articles": []object{}}}), 40058)
}

func TestTheDirectoryShowsTheRange(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(o *Options) { o.Visible = []string{"ZhouMin", "WangLei"} })
	got := w.code(w.api("user/get?userid=zhoumin", nil), 0)
	if got["userid"] != "ZhouMin" || got["name"] != "周敏" || got["mobile"] != nil {
		t.Errorf("%v", got)
	}
	w.code(w.api("user/get?userid=GuBo", nil), 60011)
	w.code(w.api("user/get?userid=nobody", nil), 60111)
	depts, _ := w.code(w.api("department/list", nil), 0)["department"].([]any)
	if len(depts) != 3 {
		t.Errorf("%v", depts)
	}
	list, _ := w.code(w.api("user/simplelist?department_id=2", nil), 0)["userlist"].([]any)
	if len(list) != 1 || list[0].(object)["userid"] != "ZhouMin" {
		t.Errorf("%v", list)
	}
	w.code(w.api("user/simplelist?department_id=9", nil), 60123)
	if got := w.code(w.api("user/getuserid", object{"mobile": "13800000001"}), 0); got["userid"] != "ZhouMin" {
		t.Errorf("%v", got)
	}
	w.code(w.api("message/send", object{"toparty": "2|9", "agentid": 1000017, "msgtype": "text", "text": object{"content": "门店请注意"}}), 0)
	if m := w.lastOf(); m.Chat != "app:ZhouMin" {
		t.Errorf("%+v", m)
	}
}
