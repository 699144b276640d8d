package form_test

import "testing"

const all4to7 = "understood found_at 今天14:02; understood unit_place 滨江店; understood nature 产品质量"

func TestSeveralAnswersAtOnce(t *testing.T) {
	eachTalk(t, shipped, map[string][]line{
		"numbers in circles":     upTo(3, line{"④刚刚 ⑤滨江店 ⑥1", all4to7 + "; ask impact_now"}),
		"without spaces":         upTo(3, line{"④刚刚⑤滨江店⑥1", all4to7 + "; ask impact_now"}),
		"lines":                  upTo(3, line{"4. 刚刚\n5. 滨江店\n6. 1", all4to7 + "; ask impact_now"}),
		"lines of full width":    upTo(3, line{"４．刚刚\n５．滨江店\n６．1", all4to7 + "; ask impact_now"}),
		"commas between":         upTo(3, line{"4、刚刚，5、滨江店，6、产品质量", all4to7 + "; ask impact_now"}),
		"one alone, out of turn": upTo(1, line{"④刚刚", "understood found_at 今天14:02; ask platform"}),
		"from the start": {{"", "ask title"}, {"①" + title + " ②1 ③没有，群里看到的",
			"understood title " + title + "; understood platform 微博; understood source_link 没有（群里看到的）; ask found_at"}},
		"one is no answer": upTo(3, line{"④明天 ⑤滨江店 ⑥99",
			"refused found_at future; understood unit_place 滨江店; refused nature no_choice; ask found_at"}),
		"one could be two, and the others are kept": upTo(3, line{"④刚刚 ⑤滨江 ⑥1",
			"understood found_at 今天14:02; understood nature 产品质量; ask_which unit_place 江澜滨江店（杭州）/滨江配送站"},
			line{"1", "understood unit_place 滨江店; ask impact_now"}),
		"two could be two, one after the other": upTo(3, line{"④三点 ⑤滨江 ⑥1",
			"understood nature 产品质量; ask_which found_at 今天03:00/昨天15:00"},
			line{"2", "understood found_at 昨天15:00; ask_why_old found_at (昨天15:00)"}, line{"跳过", "ask unit_place"}),
		"changed at the review": upTo(7, line{"①网友称滨江店酸奶里有虫 ②抖音",
			"changed title 网友称滨江店酸奶里有虫 (" + title + "); changed platform 抖音 (微博); link_hint source_link 微博; review IV>IV"}),
		"found long ago": upTo(3, line{"④今天9点 ⑤滨江店",
			"understood found_at 今天09:00; understood unit_place 滨江店; ask_why_old found_at (今天09:00)"}, line{"在开会", "ask nature"}),
		"a lower level": submitted(line{"补充", "ask summary"}, line{"⑭已下架 ⑯3", "understood actions_taken 已下架; understood level_suggest 黄/三级; ask summary"},
			line{"⑭已道歉 ⑥1", "changed actions_taken 已道歉 (已下架); changed nature 产品质量 (服务投诉); ask summary"},
			line{"⑯4 ⑱是", "changed level_suggest 蓝/四级 (黄/三级); understood confidential 是; ask_why_less level_suggest III>IV"},
			line{"已经删了", "ask summary"}),
		"no such number": upTo(1, line{"④刚刚 ⑲有", "refused platform no_choice"}),
	})
}

// TestFiguresAreNoNumbersOfQuestions: clocks, choices, dates and the points of an account.
func TestFiguresAreNoNumbersOfQuestions(t *testing.T) {
	account := "①昨晚顾客在店里买的酸奶里发现异物 ②拍视频发到网上 ③店员已道歉并退款"
	eachTalk(t, shipped, map[string][]line{
		"two clocks": submitted(line{"补充", "ask summary"}, line{"跳过", "later summary; ask occurred_at"},
			line{"13:50发生，13:58首发", "understood occurred_at 发生今天13:50，首发今天13:58; ask scale"}),
		"two dates": submitted(line{"补充", "ask summary"}, line{"跳过", "later summary; ask occurred_at"},
			line{"3.10 9:00发生\n3.11 9:00首发", "refused occurred_at ambiguous"}),
		"a row of choices":             upTo(6, line{"2、4", "understood impact_now 人员受伤、媒体来问; review IV>IV"}),
		"a row of choices with spaces": upTo(6, line{"2、 4、 7", "understood impact_now 人员受伤、媒体来问、上热搜; review IV>IV"}),
		"circles for choices":          upTo(6, line{"② ④", "understood impact_now 人员受伤、媒体来问; review IV>IV"}),
		"circles and commas":           upTo(6, line{"②，④", "understood impact_now 人员受伤、媒体来问; review IV>IV"}),
		"the points of an account":     submitted(line{"补充", "ask summary"}, line{account, "ask occurred_at"}),
		"points of measures": submitted(line{"补充", "ask summary"}, line{"改14", "ask actions_taken"},
			line{"1.已下架同批次\n2.已退款", "ask summary"}),
	})
}

func TestOutOfTurn(t *testing.T) {
	share := "8.43 复制打开抖音，看看 https://v.example.test/aBc12/ xyz:/"
	eachTalk(t, shipped, map[string][]line{
		"a link at ②": upTo(1, line{"https://a.example.test/1", "understood source_link https://a.example.test/1; ask platform"}),
		"a link at ② that tells where": upTo(1, line{"https://www.douyin.com/video/1",
			"understood source_link https://www.douyin.com/video/1; understood platform 抖音; ask found_at"}),
		"shared text at ②": upTo(1, line{share, "understood platform 抖音; understood source_link https://v.example.test/aBc12/; ask found_at"}),
		"a link at ①":      {{"", "ask title"}, {weibo, "understood source_link " + weibo + "; understood platform 微博; ask title"}},
		"a time at ①":      {{"", "ask title"}, {"今天13点50", "understood found_at 今天13:50; ask title"}},
		"a time at ②":      upTo(1, line{"今天13点50", "understood found_at 今天13:50; ask platform"}),
		"刚刚 at ②":          upTo(1, line{"刚刚", "understood found_at 今天14:02; ask platform"}),
		"a time at ⑥": upTo(3, line{"跳过", "later found_at; ask unit_place"}, line{"滨江店", "ask nature"},
			line{"今天13点50", "understood found_at 今天13:50; ask nature"}),
		"刚刚 at ⑤": upTo(3, line{"跳过", "later found_at; ask unit_place"},
			line{"刚刚", "understood found_at 今天14:02; ask unit_place"}),
		"an old time at ⑤": upTo(3, line{"跳过", "later found_at; ask unit_place"},
			line{"今天9点", "understood found_at 今天09:00; ask_why_old found_at (今天09:00)"}, line{"在开会", "ask unit_place"}),
		"a time again at ⑥": upTo(5, line{"今天13点50", "refused nature no_choice"}),
		"figures at ⑨": submitted(line{"补充", "ask summary"}, line{"跳过", "later summary; ask occurred_at"},
			line{"阅读3万", "understood scale 阅读3万; ask occurred_at"}),
		"figures in the account are left alone": submitted(line{"补充", "ask summary"},
			line{"昨晚顾客在店里买的酸奶里发现异物，视频阅读3万", "ask occurred_at"}),
		"a picture at ①":           {{"", "ask title"}, {"[a.png] ", "took_files 1份; ask title"}},
		"a picture and words at ⑤": upTo(4, line{"[a.png] 滨江店", "took_files 1份; ask nature"}),
		"a number of no option is no free text": upTo(1, line{"15", "refused platform no_choice"}, line{"99", "refused platform no_choice"},
			line{"某地方论坛", "understood platform 知乎/贴吧/论坛; ask source_link"}),
		"a platform nobody listed": upTo(1, line{"本地宝", "ask source_link"}),
	})
}

func TestOpeningSentence(t *testing.T) {
	eachTalk(t, shipped, map[string][]line{
		"fills all it answers": {{"抖音上有人说滨江店酸奶里有虫，属于产品质量，刚刚看到 https://v.example.test/a1",
			"understood title 抖音上有人说滨江店酸奶里有虫，属于产品质量，刚刚看到; understood platform 抖音; understood source_link https://v.example.test/a1; " +
				"understood found_at 今天14:02; understood unit_place 滨江店; understood nature 产品质量; ask impact_now"}},
		"a link tells where": {{"滨江店酸奶里有虫 " + weibo,
			"understood title 滨江店酸奶里有虫; understood source_link " + weibo + "; understood unit_place 滨江店; understood nature 产品质量; understood platform 微博; ask found_at"}},
		"figures": {{"抖音视频说顾客吃坏肚子，阅读3.2万",
			"understood title 抖音视频说顾客吃坏肚子，阅读3.2万; understood platform 抖音; understood nature 产品质量; understood scale 阅读3.2万; ask source_link"}},
		"a unit that could be two is asked": {{"滨江酸奶里有虫子",
			"understood title 滨江酸奶里有虫子; understood nature 产品质量; ask platform"}},
		"a time that could be two is asked": {{"三点左右看到顾客说酸奶里有虫",
			"understood title 三点左右看到顾客说酸奶里有虫; understood nature 产品质量; ask platform"}},
		"a time of something else is not when it was found": {{"顾客说昨天19点在店里吃坏肚子",
			"understood title 顾客说昨天19点在店里吃坏肚子; understood nature 产品质量; understood occurred_at 发生昨天19:00; ask platform"}},
		"其他 in a sentence is no platform": {{"北门仓库和其他几处都在排污水",
			"understood title 北门仓库和其他几处都在排污水; understood unit_place 北门仓库; understood nature 环境; ask platform"}},
		"too long": {{"抖音上有顾客发视频说在我们滨江店买的酸奶杯里有虫，店员解释了半天也没有用，现在门口围了一些人要说法", "refused title too_long; " +
			"understood platform 抖音; understood unit_place 滨江店; understood nature 产品质量; ask title"}},
		"too short":   {{"出事", "ask title"}},
		"only a link": {{weibo, "understood source_link " + weibo + "; understood platform 微博; ask title"}},
		"found long ago": {{"今天9点发现顾客说酸奶里有虫",
			"understood title 今天9点发现顾客说酸奶里有虫; understood found_at 今天09:00; understood nature 产品质量; ask_why_old found_at (今天09:00)"}, {"在开会", "ask platform"}},
		"a picture": {{"[a.png] 顾客说酸奶里有虫子", "took_files 1份; understood title 顾客说酸奶里有虫子; understood nature 产品质量; ask platform"}},
	})
}
