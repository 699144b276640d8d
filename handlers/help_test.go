package handlers

import (
	"testing"

	"fenghuo/bot"
	"fenghuo/internal/notice"
	"fenghuo/internal/zh"
)

// quiet are commands help does not list: an answer to a question just asked, or what a card offers.
var quiet = map[string]bool{onCard: true, "收到": true, "同意": true, "不同意": true, "接收": true, "口径续用": true, "确认升级": true, "确认认定": true, "维持": true,
	"撤销": true, "提请谎报调查": true, "签字": true, "批准终报": true, "退回终报": true, "通过复盘": true, "退回复盘": true, "绑定群": true, "绑定推送": true, "查来源": true, "演练结束": true, "新建相册": true, "入册": true, "可用": true, "打码": true, "配文": true, "精选": true, "排序": true, "交接相册": true, "原图": true, "真报": true, "帮助": true}

func TestHelpListsEveryCommandOnce(t *testing.T) {
	router := bot.NewRouter(zh.Fold, commands()...)
	listed := map[string]bool{}
	for _, topic := range notice.HelpTopics {
		for _, l := range topic.Lines {
			if m, ok := router.Find(l[0]); !ok || m.Command.Name != l[0] {
				t.Errorf("help lists %q, which is no command", l[0])
			}
			if listed[l[0]] {
				t.Errorf("help lists %q twice", l[0])
			}
			listed[l[0]] = true
		}
	}
	for _, c := range commands() {
		if listed[c.Name] == quiet[c.Name] {
			t.Errorf("%q: listed %v, meant to be quiet %v", c.Name, listed[c.Name], quiet[c.Name])
		}
	}
}
