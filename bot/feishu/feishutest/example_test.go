package feishutest_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"fenghuo/bot/feishu/feishutest"
)

// A bot that is down when it is told of a message is told again.
func Example() {
	bot := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "not yet", http.StatusInternalServerError) })
	client, stop := feishutest.Local(bot)
	defer stop()
	p := feishutest.New(feishutest.Options{
		Org: feishutest.Org{
			People: []feishutest.Person{{OpenID: "ou_zhoumin", Name: "周敏"}},
			Groups: []feishutest.Group{{ChatID: "oc_1", Name: "直报群", Members: []string{"ou_zhoumin"}}},
		},
		BotName: "助手", EventURL: "http://bot.test/feishu/event", Client: client,
	})
	if _, err := p.Says(context.Background(), "ou_zhoumin", "oc_1", "@助手 上报"); err != nil {
		fmt.Println(err)
	}
	_, text, _ := strings.Cut(p.Golden(), " 直报群 ")
	fmt.Print(text)
	waiting, _ := p.Pending()
	fmt.Println("waiting:", waiting, "because of", p.Deliveries()[0].Err)
	// Output:
	// 周敏 text
	//    @助手
	//    @助手 上报
	// waiting: 1 because of HTTP status 500
}
