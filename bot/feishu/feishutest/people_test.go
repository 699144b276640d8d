package feishutest

import (
	"bytes"
	"image"
	"image/png"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func picture(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewRGBA(image.Rect(0, 0, 2, 2))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestFilesGoUpAndComeDown(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	pic := picture(t)
	up := w.upload("/im/v1/images", "image", pic, map[string]string{"image_type": "message"})
	w.code(up, 0)
	key := up.Data["image_key"].(string)
	w.sent("oc_1", "image", object{"image_key": key})
	w.sent("oc_1", "interactive", cardOf(object{"tag": "img", "img_key": key}, md("![x]("+key+")")))
	if got := w.api("GET", "/im/v1/images/"+key, nil); !bytes.Equal(got.raw, pic) {
		t.Error("another picture came down")
	}
	file := w.upload("/im/v1/files", "file", []byte("a"), map[string]string{"file_type": "pdf", "file_name": "a.pdf"})
	w.code(file, 0)
	w.sent("oc_1", "file", object{"file_key": file.Data["file_key"]})
	for name, c := range map[string]struct {
		got  reply
		want int
	}{
		"not a picture":   {w.upload("/im/v1/images", "image", []byte("hello"), map[string]string{"image_type": "message"}), 234011},
		"empty":           {w.upload("/im/v1/images", "image", nil, map[string]string{"image_type": "message"}), 234010},
		"too big":         {w.upload("/im/v1/images", "image", make([]byte, 11<<20), map[string]string{"image_type": "message"}), 234006},
		"no type":         {w.upload("/im/v1/images", "image", pic, nil), 234001},
		"file of no type": {w.upload("/im/v1/files", "file", []byte("a"), map[string]string{"file_type": "txt", "file_name": "a"}), 234001},
		"file as image":   {w.sends("oc_1", "image", object{"image_key": file.Data["file_key"]}), 230055},
		"pdf as audio":    {w.sends("oc_1", "audio", object{"file_key": file.Data["file_key"]}), 230055},
	} {
		if c.got.Code != c.want {
			t.Errorf("%s: %d %s, want %d", name, c.got.Code, c.got.Msg, c.want)
		}
	}
}

func TestWhatPeopleSentIsDownloadedThroughItsMessage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := t.Context()
	id, err := w.Sends(ctx, "ou_zhoumin", "oc_1", Attachment{Kind: "image", Data: picture(t)})
	if err != nil {
		t.Fatal(err)
	}
	big, _ := w.Sends(ctx, "ou_zhoumin", "oc_1", Attachment{Kind: "file", Name: "a.zip", Data: []byte("x"), Size: 101 << 20})
	sticker, _ := w.Sends(ctx, "ou_zhoumin", "oc_1", Attachment{Kind: "sticker"})
	get := func(id, key, kind string) reply {
		return w.api("GET", "/im/v1/messages/"+id+"/resources/"+key+"?type="+kind, nil)
	}
	if got := get(id, "img_v3_1", "image"); !bytes.Equal(got.raw, picture(t)) {
		t.Errorf("%s", got.raw)
	}
	w.code(get(id, "file_v3_1", "file"), 234003)
	w.code(get(big, "img_v3_1", "image"), 234003)
	w.code(get(big, "file_v3_1", "file"), 234037)
	w.code(get(sticker, "file_v3_2", "file"), 234043)
	w.code(get(id, "img_v3_1", "video"), 234001)
	w.code(w.api("GET", "/im/v1/images/img_v3_1", nil), 234001)
	w.code(w.sends("oc_1", "image", object{"image_key": "img_v3_1"}), 230017)
	_ = w.Break(Fault{Kind: RemoveBot, Chat: "oc_1"})
	w.code(get(id, "img_v3_1", "image"), 234004)
}

func TestChatsAndTheirMembersAreListed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	r := w.api("GET", "/im/v1/chats?page_size=2", nil)
	w.code(r, 0)
	if n := len(r.Data["items"].([]any)); n != 2 || r.Data["has_more"] != true {
		t.Errorf("%v", r.Data)
	}
	r = w.api("GET", "/im/v1/chats?page_size=2&page_token="+r.Data["page_token"].(string), nil)
	if n := len(r.Data["items"].([]any)); n != 1 || r.Data["has_more"] != false {
		t.Errorf("%v", r.Data)
	}
	if r = w.api("GET", "/im/v1/chats/oc_topic", nil); r.Data["chat_mode"] != "topic" || r.Data["group_message_type"] != "thread" {
		t.Errorf("%v", r.Data)
	}
	r = w.api("GET", "/im/v1/chats/oc_1/members?member_id_type=user_id", nil)
	if first := r.Data["items"].([]any)[0].(object); first["member_id"] != "zhoumin" || first["name"] != "周敏" {
		t.Errorf("%v", first)
	}
	_ = w.Break(Fault{Kind: RemoveBot, Chat: "oc_1"})
	w.code(w.api("GET", "/im/v1/chats/oc_1/members", nil), 232011)
}

func TestTheDirectoryIsLimitedToTheAppsRange(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(o *Options) { o.Visible = []string{"ou_zhoumin"} })
	user := w.api("GET", "/contact/v3/users/ou_zhoumin?user_id_type=open_id", nil)
	w.code(user, 0)
	want := object{"open_id": "ou_zhoumin", "union_id": "on_zhoumin", "user_id": "zhoumin", "name": "周敏", "en_name": "", "mobile": "13800000001", "department_ids": []any{"od-1"}, "job_title": "",
		"status": object{"is_activated": true, "is_frozen": false, "is_resigned": false, "is_exited": false, "is_unjoin": false}}
	if d := cmp.Diff(want, user.Data["user"]); d != "" {
		t.Error(d)
	}
	w.code(w.api("GET", "/contact/v3/users/ou_wanglei", nil), 41050)
	w.code(w.api("GET", "/contact/v3/users/ou_9", nil), 99992351)
	w.code(w.api("GET", "/contact/v3/departments/0/children", nil), 40004)
	w.code(w.api("POST", "/im/v1/messages?receive_id_type=open_id", object{"receive_id": "ou_wanglei", "msg_type": "text", "content": `{"text":"x"}`}), 230013)
	if r := w.api("GET", "/contact/v3/users/batch?user_ids=ou_zhoumin&user_ids=ou_wanglei", nil); len(r.Data["items"].([]any)) != 1 {
		t.Errorf("%v", r.Data)
	}
	if r := w.api("POST", "/contact/v3/users/basic_batch?user_id_type=open_id", object{"user_ids": []string{"ou_zhoumin", "ou_wanglei"}}); len(r.Data["users"].([]any)) != 2 {
		t.Errorf("%v", r.Data)
	}
	w.code(w.api("POST", "/contact/v3/users/batch_get_id?user_id_type=open_id", object{"mobiles": []string{"13800000001", "1"}}), 0)
}

func TestDepartmentsAndWhoIsInThem(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(o *Options) {
		o.Org.Depts = []Dept{{ID: "a", Name: "甲"}, {ID: "b", Name: "乙", Parent: "a"}}
		o.Org.People = []Person{{OpenID: "ou_zhoumin", Name: "周敏", Dept: "b"}, {OpenID: "ou_wanglei", Name: "王蕾"}}
	})
	for path, want := range map[string]int{
		"/contact/v3/departments/0/children": 1, "/contact/v3/departments/0/children?fetch_child=true": 2, "/contact/v3/departments/a/children": 1,
		"/contact/v3/users/find_by_department?department_id=b": 1, "/contact/v3/users/find_by_department?department_id=0": 1,
	} {
		r := w.api("GET", path, nil)
		w.code(r, 0)
		if items, _ := r.Data["items"].([]any); len(items) != want {
			t.Errorf("%s: %v", path, items)
		}
	}
}

func TestReadersReactionsAndHistoryAreAskedFor(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(o *Options) { o.Scopes = append(Scopes(), "im:message.group_msg") })
	id := w.sent("oc_1", "text", object{"text": "x"})
	if err := w.Reads(t.Context(), "ou_wanglei", id); err != nil {
		t.Fatal(err)
	}
	r := w.api("GET", "/im/v1/messages/"+id+"/read_users?user_id_type=open_id", nil)
	if items := r.Data["items"].([]any); len(items) != 1 || items[0].(object)["user_id"] != "ou_wanglei" {
		t.Errorf("%v", items)
	}
	r = w.api("POST", "/im/v1/messages/"+id+"/reactions", object{"reaction_type": object{"emoji_type": "OK"}})
	w.code(r, 0)
	if n, _ := w.Pending(); n != 1 {
		t.Error("the bot's own reaction does not come back")
	}
	w.code(w.api("DELETE", "/im/v1/messages/"+id+"/reactions/"+r.Data["reaction_id"].(string), nil), 0)
	said, _ := w.Says(t.Context(), "ou_zhoumin", "oc_1", "hi", How{Silent: true})
	w.sent("oc_1", "interactive", cardOf(md("shown")))
	r = w.api("GET", "/im/v1/messages?container_id_type=chat&container_id=oc_1&sort_type=ByCreateTimeDesc", nil)
	items := r.Data["items"].([]any)
	if len(items) != 3 || items[1].(object)["message_id"] != said {
		t.Errorf("%v", items)
	}
	if body := items[0].(object)["body"].(object)["content"]; body != `{"elements":[[{"tag":"text","text":"shown"}]],"title":""}` {
		t.Errorf("a card in the history: %v", body)
	}
	if err := w.Edits("ou_zhoumin", said, "changed"); err != nil {
		t.Fatal(err)
	}
	if m, _ := w.Message(said); m.Content != `{"text":"changed"}` {
		t.Error(m.Content)
	}
}
