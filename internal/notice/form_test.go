package notice_test

import (
	"fmt"
	"os"
	"strings"
	"time"

	"fenghuo/internal/form"
	"fenghuo/internal/incident"
)

// theForm is a copy of the shipped one, so that the transcripts change only when the voice does.
var theForm = readForm("testdata/form.yaml")

func readForm(file string) *form.Form {
	data, err := os.ReadFile(file)
	if err != nil {
		panic(err)
	}
	f, err := form.Parse(data, file)
	if err != nil {
		panic(err)
	}
	return f
}

func field(key string) *form.Field {
	f, ok := theForm.Field(key)
	if !ok {
		panic(key)
	}
	return f
}

// filling is a form that 周敏 began at 14:03, with these answers.
func filling(answers ...string) *form.Session {
	env := form.Env{Zone: shanghai, Units: func(string) []form.UnitRef { return nil }, Limit: func(incident.Level) time.Duration { return 0 },
		Suggest: func(form.Said) (incident.Level, []string) {
			return incident.LevelIII, []string{"产品质量"}
		}}
	s, _ := form.Start(theForm, env, "zhoumin", form.Input{ID: "0", At: at("03-12 14:03")})
	for n, a := range answers {
		s.Say(form.Input{ID: fmt.Sprint(n + 1), At: at("03-12 14:04"), Text: a})
	}
	return s
}

func filled() *form.Session {
	return filling(wrote("门口有人拉横幅"), "13", wrote("没有，现场看到的"), "14点", wrote("滨江店"), "2", "3")
}

func tellForm(tr *transcript) {
	v, now := voice, at("03-12 14:06")
	one := func(when string, s *form.Session, r form.Reply) { tr.say(when, v.Form, s, r, now) }
	tr.chapter("一问一答")
	one("开始", filling(), form.Reply{Start: true, Then: form.Ask, Field: field("title")})
	for n := range theForm.Fields {
		one("问"+theForm.Fields[n].Label, filling(), form.Reply{Then: form.Ask, Field: &theForm.Fields[n]})
	}
	one("回到前面", filling(), form.Reply{Then: form.Ask, Field: field("source_link"), Current: wrote("https://weibo.example.test/77/OkLm")})
	one("接着填", filling(), form.Reply{Then: form.Ask, Field: field("source_link"), Kept: 2})
	one("一次填完", filling(), form.Reply{Then: form.Fill})
	one("一次填完，有的没收", filling(wrote("门口有人拉横幅"), "13"), form.Reply{Then: form.Fill, Notes: []form.Note{{Kind: form.Refused, Field: field("found_at"), Why: form.Future, Example: "刚刚"}}})
	one("匹配到几个单位", filling(), form.Reply{Then: form.AskWhich, Field: field("unit_place"), Choices: []string{"江澜滨江店（杭州）", "滨江配送站"}})
	one("还没到的时间", filling(), form.Reply{Then: form.AskWhich, Field: field("found_at"), Coming: at("03-12 15:00"), Choices: []string{"今天03:00", "昨天15:00"}})
	one("两个时间", filling(), form.Reply{Then: form.AskWhich, Field: field("found_at"), Choices: []string{"今天03:00", "昨天15:00"}})
	one("发现得早", filling(), form.Reply{Then: form.AskWhyOld, Field: field("found_at"), Current: "昨天09:00"})
	lower := form.Reply{Then: form.AskWhyLower, Suggest: incident.LevelII, Level: incident.LevelIV, Reasons: []string{"人员受伤", "直播"}}
	one("选了更低的级别", filled(), lower)
	one("为什么取消", filling(), form.Reply{Then: form.AskReason})
	one("存草稿", filling(), form.Reply{Then: form.Pause, Wait: at("03-12 14:36")})
	one("存草稿，不会转报", filling(), form.Reply{Then: form.Pause})
	one("取消", filling(), form.Reply{Then: form.Cancel, Reason: "重复了"})
	one("看看", filling(wrote("门口有人拉横幅"), "13"), form.Reply{Then: form.Show})
	one("看看，还没填", filling(), form.Reply{Then: form.Show})
	one("帮助", filling(), form.Reply{Then: form.Help, Field: field("found_at")})
	one("核对时帮助", filled(), form.Reply{Then: form.Help})
	one("要素已齐", filled(), form.Reply{Then: form.Complete})
	more := []*form.Field{field("account"), field("media_contact"), field("actions_taken"), field("support_needed"), field("authenticity")}
	one("要素已齐，还有要补充的吗", filled(), form.Reply{Then: form.Complete, Offer: more})
	one("还可以补", filled(), form.Reply{Then: form.More, Offer: more[1:], Notes: []form.Note{{Kind: form.Understood, Field: more[0], Text: "小鹿爱吃"}}})
	over := filling(wrote("门口有人拉横幅"), "13", "没有，现场看到的", "14点", "滨江店", "2", "3", "提交", "补充",
		"今天下午有十来个顾客在滨江店门口拉横幅要求退款，店长正在劝说，人没有受伤", "不清楚", "不清楚", "跳过", "没有，当场没拍到")
	one("不用再补", over, form.Reply{Then: form.Rest})
	one("提交后要取消", over, form.Reply{Then: form.Rest, Notes: []form.Note{{Kind: form.NotHeard}}})
	one("稍后补", filled(), form.Reply{Then: form.Rest})
	one("说得太多", filled(), form.Reply{Then: form.TooMuch})
	one("没有话", filled(), form.Reply{Then: form.Nothing})
	one("提交（由登记来说）", filled(), form.Reply{Then: form.Submit})
	review := form.Reply{Then: form.Review, Suggest: incident.LevelIII, Level: incident.LevelIII, Reasons: []string{"现场聚集", "目前无媒体"}}
	one("核对", filled(), review)
	review.Level, review.Reasons = incident.LevelII, nil
	review.Notes = []form.Note{{Kind: form.Understood, Field: field("nature"), Text: "服务投诉"}, {Kind: form.NotHeard}}
	one("核对，自己选了级别，没听懂", filled(), review)

	tr.chapter("记下之前")
	tellNotes(tr)
	tr.chapter("拒绝，并给一个可行的例子")
	tellWhys(tr)

	tr.chapter("催与转报")
	gone := (*form.Field)(nil)
	tr.say("3分钟没说话", v.FormNudge, filling(), field("source_link"))
	tr.say("核对时没说话", v.FormNudge, filled(), gone)
	tr.say("10分钟，私聊", v.FormWaiting, filling(), field("source_link"), "舆情直报群", at("03-12 14:35"), at("03-12 14:15"))
	tr.say("私聊里填的，提交前，不会转报", v.FormWaiting, filled(), gone, "", time.Time{}, at("03-12 14:15"))
	tr.say("转报值班员", v.Forwarded, filling(wrote("门口有人拉横幅"), "13"), at("03-12 14:35"))
	tr.say("转报，发现时间已填", v.Forwarded, filling(wrote("门口有人拉横幅"), "13", "没有，现场看到的", "14点"), at("03-12 14:35"))
	tr.say("转报，来源没填", v.Forwarded, filling(wrote("门口有人拉横幅")), at("03-12 14:35"))
	tr.say("一天没填完", v.FormAbandoned, filling())
	tr.say("群里要@才听得到", v.MentionMe, v.Form(filling(), form.Reply{Start: true, Then: form.Ask, Field: field("title")}, now))
	tr.say("别人的快报", v.NotYourForm)
	tr.say("接着填的地方", v.FormGoesOn)
	tr.say("请到私聊", v.FormPrivately, "zhoumin")
	tr.say("撤回", v.FormWithdrawn, number)
}

func tellNotes(tr *transcript) {
	found, link, platform := field("found_at"), field("source_link"), field("platform")
	for _, n := range []struct {
		when string
		note form.Note
	}{
		{"听懂了", form.Note{Kind: form.Understood, Field: found, Text: "今天09:05"}},
		{"一样", form.Note{Kind: form.Same, Field: platform, Text: wrote("抖音")}},
		{"改了", form.Note{Kind: form.Changed, Field: platform, Text: wrote("抖音"), Old: wrote("微博")}},
		{"收了图", form.Note{Kind: form.TookFiles, Count: 2, Text: "2份"}},
		{"图太大", form.Note{Kind: form.FileRefused, Text: "现场.mp4", Old: "too_big"}},
		{"图收过了", form.Note{Kind: form.SameFile, Text: wrote("cup.png")}},
		{"链接像别的平台", form.Note{Kind: form.LinkHint, Field: link, Text: "微博"}},
		{"放到后面", form.Note{Kind: form.Later, Field: link}},
		{"撤销，恢复原来的", form.Note{Kind: form.Undone, Field: platform, Text: wrote("微博")}},
		{"撤销，原来是空的", form.Note{Kind: form.Undone, Field: platform}},
		{"没有可撤销", form.Note{Kind: form.NothingUndone}},
		{"发现时间要先填", form.Note{Kind: form.Required, Field: found, Example: found.Example}},
		{"标题要先填", form.Note{Kind: form.Required, Field: field("title"), Example: field("title").Example}},
		{"第一问", form.Note{Kind: form.First}},
		{"没有这一问", form.Note{Kind: form.NoSuch, Text: wrote("33"), Count: len(theForm.Fields)}},
		{"没听懂", form.Note{Kind: form.NotHeard}},
		{"已经登记", form.Note{Kind: form.Sealed, Field: found, Example: found.Example}},
		{"经过太少", form.Note{Kind: form.Thin}},
		{"不认识的", form.Note{Kind: "unheard of"}},
	} {
		tr.say(n.when, voice.Form, filling(), form.Reply{Notes: []form.Note{n.note}}, at("03-12 14:06"))
	}
}

func tellWhys(tr *transcript) {
	now := at("03-12 14:06")
	refuse := func(key string, why form.Why, count int) {
		n := form.Note{Kind: form.Refused, Why: why, Count: count}
		if key != "" {
			n.Field, n.Example = field(key), field(key).Example
		}
		tr.say(strings.TrimSpace(string(why)+" "+key), voice.Form, filling(), form.Reply{Notes: []form.Note{n}}, now)
	}
	refuse("title", form.TooShort, 6)
	refuse("title", form.TooLong, 40)
	refuse("title", form.OnlyLink, 0)
	refuse("summary", form.NoWords, 0)
	refuse("nature", form.NoChoice, 12)
	refuse("source_link", form.NoLink, 0)
	refuse("source_link", form.NeedReason, 0)
	for _, key := range []string{"found_at", "occurred_at"} {
		for _, why := range []form.Why{form.Future, form.Ancient, form.NoTime, form.NoClock, form.Lunar, form.Ambiguous, form.Disorder} {
			refuse(key, why, 2015)
		}
	}
	now = at("03-12 00:05")
	refuse("found_at", form.Future, 0)
	refuse("scale", form.NoCounts, 0)
	refuse("scale", form.BadCount, 0)
	refuse("evidence", form.NoFiles, 0)
	refuse("evidence", form.ManyFiles, 9)
	refuse("", form.ManyFiles, 9)
	refuse("confidential", form.NoYesNo, 0)
	refuse("unit_place", form.Several, 0)
	refuse("level_suggest", form.NoLevel, 0)
	tr.say("不能这样更正", voice.NotCorrected, filling(), form.Note{Kind: form.Refused, Field: field("platform"), Why: form.NoChoice, Example: field("platform").Example, Count: 14}, now)
}
