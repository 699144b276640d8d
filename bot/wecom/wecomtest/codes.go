package wecomtest

import "fmt"

// Refusal is an answer with an errcode other than 0 (D/90313). HTTP says 200 all the same.
type Refusal struct {
	Code int
	Msg  string
}

func (r *Refusal) Error() string { return fmt.Sprintf("errcode %d: %s", r.Code, r.Msg) }

// no refuses, with what the platform says for the code and a hint.
func no(code int, format string, args ...any) *Refusal {
	msg := texts[code]
	if format != "" {
		msg += ", " + fmt.Sprintf(format, args...)
	}
	return &Refusal{Code: code, Msg: fmt.Sprintf("%s, hint: [sim], more info at https://open.work.weixin.qq.com/devtool/query?e=%d", msg, code)}
}

// faulty are codes that a correct bot never meets unless somebody has changed something: they make a complaint.
var faulty = map[int]bool{40003: true, 40007: true, 40008: true, 40031: true, 40033: true, 40050: true, 40056: true, 40058: true, 40059: true, 41001: true, 41006: true,
	42014: true, 42015: true, 42016: true, 44004: true, 45001: true, 45002: true, 47001: true, 82001: true, 86001: true, 86003: true, 93017: true, 93018: true}

var texts = map[int]string{
	-1:     "system busy",
	40001:  "invalid credential",
	40003:  "invalid userid",
	40004:  "invalid media type",
	40007:  "invalid media_id",
	40008:  "invalid message type",
	40013:  "invalid corpid",
	40014:  "invalid access_token",
	40031:  "invalid userid list",
	40033:  "invalid characters in the request",
	40050:  "invalid chatid",
	40056:  "invalid agentid",
	40058:  "invalid argument",
	40059:  "invalid contentjson",
	41001:  "access_token missing",
	41004:  "corpsecret missing",
	41006:  "media_id missing",
	42001:  "access_token expired",
	42014:  "invalid or used task_id",
	42015:  "card mismatch",
	42016:  "card not found",
	44004:  "text message content is empty",
	45001:  "multimedia file size exceeds the limit",
	45002:  "message content size exceeds the limit",
	45009:  "api freq out of limit",
	45033:  "api concurrent out of limit",
	47001:  "data format error",
	48002:  "api forbidden",
	50002:  "user or member out of range",
	50003:  "app disabled",
	60011:  "no privilege to access/modify contact/party/agent",
	60020:  "not allow to access from your ip",
	60111:  "userid not found",
	60123:  "invalid party id",
	81013:  "user & party & tag all invalid",
	82001:  "touser & toparty & totag all empty",
	86001:  "invalid chatid",
	86003:  "chat not found",
	86006:  "invalid chat member count",
	86008:  "not a chat of this app",
	86215:  "chatid already exists",
	93000:  "invalid webhook url",
	93001:  "robot not in chat or chat forbids it",
	93004:  "robot disabled",
	93006:  "invalid chatid",
	93008:  "not in group",
	93017:  "empty content",
	93018:  "image too large",
	93019:  "invalid bot id",
	846605: "invalid req_id",
	846608: "stream message update expired (>6 minutes)",
}
