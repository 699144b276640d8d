package feishu

import (
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"time"

	"fenghuo/bot"
)

// APIError is an answer of the platform other than yes.
type APIError struct {
	Op    string // what was tried
	Code  int    // of the body
	Msg   string // the platform's words, without secrets
	LogID string // what Feishu's support asks for
	Admin string // what an administrator should do; empty if nothing
	class class
}

// Error has the facts for a log, and the administrator's sentence last.
func (e *APIError) Error() string {
	s := fmt.Sprintf("feishu %s: code %d (%s)", e.Op, e.Code, e.Msg)
	if e.LogID != "" {
		s += ", log id " + e.LogID
	}
	if e.Admin != "" {
		s += ": " + e.Admin
	}
	return s
}

// Unwrap is bot.ErrPermanent when no repetition will mend it.
func (e *APIError) Unwrap() error {
	if e.class == permanent {
		return bot.ErrPermanent
	}
	return nil
}

// Advice is what an administrator should do.
func (e *APIError) Advice() string { return e.Admin }

// class is what to do about a code.
type class int

const (
	retry     class = iota // with the dispatcher's own pauses
	permanent              //
	limited                // wait as long as the answer says
)

type verdict struct {
	class class
	admin string
}

// verdicts are the codes of a send: https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/create
// and the common ones: https://open.feishu.cn/document/ukTMukTMukTM/ugjM14COyUjL4ITN. What is not here is
// tried again.
var verdicts = map[int]verdict{
	10003:    {permanent, "飞书不认这个应用，请核对app_id。"},
	10014:    {permanent, "飞书不认应用密钥，请核对app_secret。"},
	99991661: {permanent, ""},
	99991662: {permanent, "飞书应用没有启用，请在飞书管理后台启用。"},
	99991668: {permanent, ""},
	99991671: {permanent, ""},
	99991672: {permanent, "飞书应用缺少接口权限，请在开发者后台开通后发布新版本。"},
	99991673: {permanent, "飞书应用状态不可用，请在飞书管理后台查看是否被停用。"},
	99991677: {permanent, ""},
	99991679: {permanent, ""},
	99991400: {limited, ""},
	99991401: {permanent, "本机出口IP不在飞书应用的IP白名单里，请在开发者后台添加。"},
	99991403: {limited, "本月飞书接口调用额度已用完，下月1日恢复；急需请升级飞书版本。"},
	99992402: {permanent, ""},
	99992361: {permanent, "通讯录里登记的飞书账号不属于这个应用，请核对open_id。"},

	230001: {permanent, ""},
	230002: {permanent, "机器人不在这个飞书群里，请把它重新拉进群。"},
	230006: {permanent, "飞书应用没有启用机器人能力，请在开发者后台开启后发布新版本。"},
	230009: {permanent, ""},
	230011: {permanent, ""}, // recalled
	230012: {permanent, ""},
	230013: {permanent, "有人不在飞书应用的可用范围里，请在开发者后台调整可用范围。"},
	230015: {permanent, ""},
	230017: {permanent, ""},
	230018: {permanent, "飞书群设置不允许机器人这样做，请群主检查群设置。"},
	230019: {permanent, ""},
	230020: {limited, ""},
	230022: {permanent, "飞书认为内容敏感，没有发出，请人工转达。"},
	230023: {permanent, ""},
	230024: {permanent, "飞书加急额度已用完，请联系飞书管理员补充。"},
	230025: {permanent, ""},
	230026: {permanent, ""},
	230027: {permanent, "飞书应用缺少权限，或这是外部群，请检查权限和群类型。"},
	230028: {permanent, "飞书数据防泄漏规则拦下了内容（如电话、邮箱），没有发出，请人工转达。"},
	230029: {permanent, "有人已离职，请更新通讯录。"},
	230031: {permanent, ""}, // older than 14 days
	230034: {permanent, "飞书不认这个群或账号，请核对通讯录里的chat_id和open_id。"},
	230035: {permanent, "机器人在这个飞书群里被禁言或受通信规则限制，请群主解除。"},
	230036: {permanent, "这个飞书租户的密钥已删除，请联系飞书管理员。"},
	230038: {permanent, "这是外部租户的会话，机器人不能发言。"},
	230049: {limited, ""}, // still being sent
	230052: {permanent, "飞书群设置不允许加急，请群主检查群设置。"},
	230053: {permanent, "有人停用了机器人，请本人在飞书里重新启用。"},
	230054: {permanent, ""}, // cards are refused here; send.go says it in words
	230055: {permanent, ""},
	230071: {permanent, ""},
	230072: {permanent, ""},
	230075: {permanent, "这是密聊，机器人不能发言。"},
	230098: {permanent, ""},
	230099: {permanent, ""},
	230110: {permanent, ""}, // deleted
	232006: {permanent, "飞书不认这个群，请核对通讯录里的chat_id。"},
	232009: {permanent, "这个飞书群已解散，请在通讯录里换一个群。"},
	232010: {permanent, "这个飞书群属于别的租户，机器人不能发言。"},
	232011: {permanent, "机器人不在这个飞书群里，请把它重新拉进群。"},
	232025: {permanent, "飞书应用没有启用机器人能力，请在开发者后台开启后发布新版本。"},

	11232: {limited, ""},
	11233: {limited, ""},
	11246: {permanent, ""},
	11247: {limited, "今天飞书应用的消息额度已用完，明天恢复。"},

	234001: {permanent, ""},
	234002: {permanent, ""},
	234003: {permanent, ""},
	234004: {permanent, ""},
	234006: {permanent, ""},
	234007: {permanent, "飞书应用没有启用机器人能力，请在开发者后台开启后发布新版本。"},
	234010: {permanent, ""},
	234011: {permanent, ""},
	234037: {permanent, ""},
	234038: {permanent, ""},
	234039: {permanent, ""},
	234042: {permanent, ""},
	234043: {permanent, ""},
}

// pauses are for codes whose answer names none.
var pauses = map[int]time.Duration{
	99991403: time.Hour,
	11247:    time.Hour,
	11232:    30 * time.Second, // the whole platform is busy
	11233:    30 * time.Second,
}

var subCode = regexp.MustCompile(`(?i)(?:ErrCode|sub_?code|code)\D{0,4}(\d{4,6})`)

// locked is a card an interaction is still open on; the update goes through shortly after.
var locked = regexp.MustCompile(`(?i)card action is lock|\b11310\b.*lock`)

// classify turns an answer's code into what the dispatcher understands.
func classify(e *APIError, resp *http.Response) error {
	v := verdicts[e.Code]
	if e.Code == 230099 && locked.MatchString(e.Msg) {
		v = verdict{class: limited}
	}
	e.class, e.Admin = v.class, v.admin
	if e.class == limited || resp.StatusCode == http.StatusTooManyRequests {
		e.class = limited
		return &bot.RetryAfterError{After: resetAfter(e.Code, resp), Err: e}
	}
	return e
}

const (
	longestPause  = 24 * time.Hour
	pauseIfUnsaid = 3 * time.Second // forty attempts, which is when the dispatcher gives up, are two minutes
)

// resetAfter is how long the answer asks to wait: https://open.feishu.cn/document/ukTMukTMukTM/uUzN04SN3QjL1cDN
func resetAfter(code int, resp *http.Response) time.Duration {
	for _, name := range []string{"x-ogw-ratelimit-reset", "Retry-After"} {
		if n, err := strconv.Atoi(resp.Header.Get(name)); err == nil && n >= 0 {
			return min(max(time.Duration(n)*time.Second, time.Second), longestPause)
		}
	}
	if p, ok := pauses[code]; ok {
		return p
	}
	return pauseIfUnsaid
}

// temporary is an answer that is not the platform's own: of a proxy, or half of one.
func temporary(resp *http.Response, err error) error {
	if resp.StatusCode == http.StatusTooManyRequests || resp.Header.Get("Retry-After") != "" {
		return &bot.RetryAfterError{After: resetAfter(0, resp), Err: err}
	}
	return err
}

// code is the platform's code in err, 0 if there is none.
func code(err error) int {
	var api *APIError
	if errors.As(err, &api) {
		return api.Code
	}
	return 0
}

// sub is the sub-code the platform hides in its words.
func sub(err error) int {
	var api *APIError
	if !errors.As(err, &api) {
		return 0
	}
	n := 0
	for _, m := range subCode.FindAllStringSubmatch(api.Msg, -1) {
		n, _ = strconv.Atoi(m[1])
	}
	return n
}
