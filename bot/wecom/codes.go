package wecom

import "time"

// class is what to do about a code.
type class int

const (
	retry     class = iota // with the dispatcher's own pauses
	permanent              //
	limited                // wait as pauses say
)

type verdict struct {
	class class
	admin string
}

const (
	seeRange  = "有人不在企业微信应用的可见范围里，请在管理后台调整应用的可见范围。"
	seeRobot  = "这个群的机器人已被移除或key不对，请在群里重新添加机器人，把新的key绑定到这个群。"
	seeSecret = "企业微信不认应用的secret，请核对corp_id、agent_id和secret。"
	seeGroup  = "企业微信不认这个群，请有人在群里@一次机器人；要稳妥，请给群添加群机器人并绑定key。"
)

// verdicts are the codes worth a branch: https://developer.work.weixin.qq.com/document/path/90313. What is
// not here is tried again.
var verdicts = map[int]verdict{
	40013:  {permanent, "企业微信不认corp_id，请到“我的企业”核对企业ID。"},
	40091:  {permanent, seeSecret},
	40056:  {permanent, "企业微信不认应用的agent_id，请核对。"},
	41001:  {permanent, ""},
	41006:  {permanent, ""},
	40003:  {permanent, "企业微信不认某个账号，请核对组织文件里的userid。"},
	40031:  {permanent, "企业微信不认某个账号，请核对组织文件里的userid。"},
	60111:  {permanent, "企业微信里没有这个账号，可能已离职，请更新组织文件。"},
	46004:  {permanent, "企业微信里没有这个账号，可能已离职，请更新组织文件。"},
	40004:  {permanent, ""},
	40005:  {permanent, ""},
	40006:  {permanent, ""},
	40007:  {permanent, ""}, // media_id; media.go uploads again
	40008:  {permanent, ""},
	40009:  {permanent, ""},
	40033:  {permanent, ""},
	40035:  {permanent, ""},
	40058:  {permanent, ""},
	40063:  {permanent, ""},
	44001:  {permanent, ""},
	44004:  {permanent, ""},
	93017:  {permanent, ""},
	40050:  {permanent, seeGroup},
	86001:  {permanent, seeGroup},
	86003:  {permanent, seeGroup},
	93006:  {permanent, seeGroup},
	42014:  {permanent, ""},
	42015:  {permanent, ""},
	42016:  {permanent, ""},
	41072:  {permanent, ""},
	45001:  {permanent, ""},
	45002:  {permanent, ""},
	45003:  {permanent, ""},
	45004:  {permanent, ""},
	45007:  {permanent, ""},
	93018:  {permanent, ""},
	45009:  {limited, ""},
	45033:  {limited, ""},
	45029:  {permanent, ""},
	48002:  {permanent, "企业微信应用没有这个接口的权限，请管理员在应用里开通；建群要求可见范围包含根部门。"},
	301002: {permanent, "应用没有权限，请核对agent_id和secret属于同一个应用。"},
	50001:  {permanent, ""},
	50002:  {permanent, seeRange},
	50003:  {permanent, "企业微信应用被停用，请在管理后台启用。"},
	60011:  {permanent, seeRange},
	60003:  {permanent, ""},
	60020:  {permanent, "本机出口IP不在企业微信应用的“企业可信IP”里，请添加；先配好可信域名或接收消息的URL，这个设置才会出现。"},
	81013:  {permanent, seeRange},
	82001:  {permanent, ""},
	82002:  {permanent, ""},
	82003:  {permanent, ""},
	86006:  {permanent, ""},
	86008:  {permanent, "这个群不是本应用建的，应用不能在里面发言。"},
	86215:  {permanent, ""},
	86224:  {permanent, ""},
	86207:  {permanent, ""},

	92000: {permanent, seeRobot},
	93000: {permanent, seeRobot},
	93001: {permanent, "这个群不允许机器人发言，或机器人已被移除，请群主检查群机器人。"},
	93004: {permanent, "这个群的机器人被停用，请企业微信管理员启用。"},
	93008: {permanent, seeRobot},
	93019: {permanent, seeRobot},

	846605: {permanent, ""}, // the request is closed; send.go says it by a push
	846607: {limited, ""},
	846608: {permanent, ""},
	846609: {permanent, ""},
	853000: {permanent, "企业微信不认智能机器人的bot_id或secret，请核对。"},
	853006: {permanent, ""},
}

// pauses are for codes whose answer names none, which are all. A block of a minute is the usual one.
var pauses = map[int]time.Duration{
	45033: 3 * time.Second,
}
