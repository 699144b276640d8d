package feishutest

import (
	"encoding/json"
	"fmt"
	"net/http"
)

// Refusal is an answer other than 0. The code decides; the HTTP status is no reliable signal.
type Refusal struct {
	Status int
	Code   int
	Msg    string
	Header map[string]string
}

func (r *Refusal) Error() string { return fmt.Sprintf("%d: %s", r.Code, r.Msg) }

// texts are the platform's words for its codes. Sources: ugjM14COyUjL4ITN (general), im-v1/message/create (230xxx),
// chat (232xxx), message-resource/get (234xxx), uMDO1YjLzgTN24yM4UjN (delayed update).
var texts = map[int]string{
	10003: "invalid param", 10014: "app secret invalid",
	99991661: "Missing access token for authorization. Please make a test with token attached.",
	99991662: "app not in use", 99991663: "Invalid access token for authorization. Please make a test with token attached.",
	99991671: "Invalid access token for authorization. Please make a test with token attached: must begin with t- or u-",
	99991672: "Access denied. One of the following scopes is required", 99991400: "request trigger frequency limit",
	99991401: "ip not in whitelist", 99991403: "This month's API call quota has been exceeded", 99992402: "field validation failed", 99992351: "The request you send is not a valid {open_id}",
	230001: "Your request contains an invalid request parameter.", 230002: "The bot can not be outside the group.", 230006: "Bot ability is not activated.",
	230009: "The message is beyond the allowed recall time.", 230011: "The message was withdrawn.", 230012: "You're not the sender of the message.", 230013: "Bot has NO availability to this user.",
	230015: "P2P chat can NOT be shared.", 230017: "Bot is NOT the owner of the resource.", 230018: "These operations are NOT allowed at current group settings.", 230019: "The topic does NOT exist.",
	230020: "This operation triggers the frequency limit.", 230022: "The content of the message contains sensitive information.", 230024: "Reach the upper limit of urgent message.",
	230025: "The length of the message content reaches its limit.", 230026: "No permission to recall this message.", 230027: "Lack of necessary permissions.", 230028: "The messages do NOT pass the audit.",
	230029: "User has resigned.", 230031: "The card message is older than 14 days.", 230033: "The message is older than 7 days.", 230034: "The receive_id is invalid.", 230035: "Send Message Permission deny.",
	230049: "The message is being sent.", 230050: "The message is invisible to the operator.", 230052: "Urgent messages are not allowed in this group.", 230053: "The user has stopped the bot from sending messages.",
	230054: "This message type is not allowed in the group.", 230055: "The type of file upload does not match the type of message being sent.", 230071: "The group does not support reply in thread.", 230072: "Aggregated messages do not support reply in thread.",
	230075: "Secret chat is not supported.", 230099: "Failed to create card content", 230110: "Action unavailable as the message has been deleted.",
	232001: "Your request contains an invalid request parameter.", 232006: "Your request specifies a chat_id which is invalid.", 232009: "Your request specifies a chat which has already been dissolved.", 232011: "Operator can NOT be out of the chat.",
	234001: "Invalid request param.", 234003: "File not in msg.", 234004: "App not in chat.", 234006: "The file size exceed the max value.", 234010: "File's size can't be 0.", 234011: "Can't regonize the image format.",
	234037: "The downloaded file exceeds the upper limit.", 234043: "Unsupported message type.",
	41050: "no user authority error", 40004: "no dept authority error", 40008: "dept does not exist",
	300020: "the card token is invalid", 300030: "the card token has expired", 300040: "the card token has been used up", 200000: "the message has been recalled", 11310: "card action is lock", 10002: "invalid card",
	11232: "create message trigger system rate limit", 11233: "create message trigger chat rate limit",
}

// no is a refusal in the platform's words; detail says what exactly.
func no(code int, detail string, args ...any) *Refusal {
	msg := texts[code]
	if msg == "" {
		msg = "unknown error"
	}
	if detail != "" {
		msg += " " + fmt.Sprintf(detail, args...)
	}
	return &Refusal{Status: http.StatusBadRequest, Code: code, Msg: msg}
}

// badCard is 230099 with the sub-code where the platform puts it: in the text.
func badCard(sub int, detail string, args ...any) *Refusal {
	return no(230099, "ext=ErrCode: %d; ErrMsg: %s; ErrorValue: ", sub, fmt.Sprintf(detail, args...))
}

func (p *Platform) logID(w http.ResponseWriter) {
	p.mu.Lock()
	defer p.mu.Unlock()
	w.Header().Set("X-Tt-Logid", p.next("20260101000000LOG"))
}

// write sends a body the platform's way: always JSON with code and msg.
func write(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(body) // the app has gone away
}

func (p *Platform) refuse(w http.ResponseWriter, r *Refusal) {
	p.mu.Lock()
	p.refused[r.Code]++
	p.mu.Unlock()
	for k, v := range r.Header {
		w.Header().Set(k, v)
	}
	write(w, r.Status, map[string]any{"code": r.Code, "msg": r.Msg, "error": map[string]any{"log_id": w.Header().Get("X-Tt-Logid")}})
}
