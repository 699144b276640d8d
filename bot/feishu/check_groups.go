package feishu

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"fenghuo/bot"
)

const (
	mostPages  = 50 // of a hundred
	mostNamed  = 20
	mostPeople = 100
)

// groups compares the groups the bot is in with those of the organisation.
func (a *Adapter) groups(ctx context.Context, wanted []Chat) []bot.Finding {
	const about = "飞书群"
	in, err := a.chats(ctx)
	switch {
	case code(err) == noScope:
		return nil // said among the scopes
	case err != nil:
		return []bot.Finding{a.failed(about, err)}
	}
	var found []bot.Finding
	there := 0
	for _, w := range wanted {
		if slices.ContainsFunc(in, func(c Chat) bool { return c.ID == w.ID }) {
			there++
			continue
		}
		found = append(found, bot.Finding{About: about, Saw: "机器人不在“" + w.Name + "”里（" + w.ID + "）", Do: "请把它拉进群（群设置→群机器人），或核对组织文件里的chat_id"})
	}
	if there > 0 {
		found = append(found, bot.Finding{About: about, Saw: "机器人在组织文件的" + strconv.Itoa(there) + "个群里"})
	}
	var others []string
	for _, c := range in {
		if !slices.ContainsFunc(wanted, func(w Chat) bool { return c.ID == w.ID }) {
			others = append(others, "“"+c.Name+"” "+c.ID)
		}
	}
	if len(others) > 0 {
		found = append(found, bot.Finding{About: about, Reminder: true, Saw: "机器人还在" + strconv.Itoa(len(others)) + "个没有登记的群里：" + strings.Join(others[:min(len(others), mostNamed)], "，"),
			Do: "要用的，把chat_id写进组织文件的groups"})
	}
	return append(found, a.strangers(ctx, in)...)
}

// strangers are the people in the groups who are not in the organisation file, with the open_ids it wants.
func (a *Adapter) strangers(ctx context.Context, chats []Chat) []bot.Finding {
	var names, seen []string
	for _, c := range chats {
		members, err := a.members(ctx, c.ID)
		if err != nil {
			a.log.Debug("members not listed", "chat", c.ID, "err", err) // a help, not a need
			continue
		}
		for _, m := range members {
			if _, known := a.cfg.Directory.Person(m.ID); !known && !slices.Contains(seen, m.ID) {
				seen = append(seen, m.ID)
				names = append(names, m.Name+" "+m.ID)
			}
		}
	}
	if len(names) == 0 {
		return nil
	}
	return []bot.Finding{{About: "飞书群成员", Reminder: true, Saw: "有" + strconv.Itoa(len(names)) + "人没有登记：" + strings.Join(names[:min(len(names), mostPeople)], "，"),
		Do: "要用的，把open_id写进组织文件的accounts"}}
}

// chats are the groups the bot is in: https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/im-v1/chat/list
func (a *Adapter) chats(ctx context.Context) ([]Chat, error) {
	return a.pages(ctx, call{op: "list groups", method: http.MethodGet, path: "/open-apis/im/v1/chats"})
}

// members are the people in a group; bots are not among them:
// https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/im-v1/chat-members/get
func (a *Adapter) members(ctx context.Context, chat string) ([]Chat, error) {
	return a.pages(ctx, call{op: "list members", method: http.MethodGet, path: "/open-apis/im/v1/chats/" + url.PathEscape(chat) + "/members"})
}

// pages are all items of a list that comes in pages.
func (a *Adapter) pages(ctx context.Context, c call) ([]Chat, error) {
	var all []Chat
	c.query = url.Values{"page_size": {"100"}}
	for range mostPages {
		var answer struct {
			Items []struct {
				Chat   string `json:"chat_id"`
				Member string `json:"member_id"`
				Name   string `json:"name"`
			} `json:"items"`
			More bool   `json:"has_more"`
			Next string `json:"page_token"`
		}
		c.data = &answer
		if err := a.do(ctx, c); err != nil {
			return nil, err
		}
		for _, item := range answer.Items {
			all = append(all, Chat{ID: item.Chat + item.Member, Name: item.Name})
		}
		if !answer.More || answer.Next == "" {
			break
		}
		c.query.Set("page_token", answer.Next)
	}
	return all, nil
}
