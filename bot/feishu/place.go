package feishu

import (
	"context"
	"net/url"
	"strings"

	"fenghuo/bot"
)

// A topic is known by the message that opened it, not by its thread_id (omt_): the id of the first message
// stands as root_id in every reply, and the platform lets the bot post into a topic only by replying to a
// message. create has no thread_id as receiver:
// https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/create
func topic(message, root, thread string, topics bool) string {
	switch {
	case thread == "" && !topics:
		return "" // the main stream; a root there is only a quotation
	case root != "":
		return root
	}
	return message
}

// group is the organisation's id of a chat, or the chat's own if the organisation does not know it.
func (a *Adapter) group(chatID string) string {
	if id, _, ok := a.cfg.Directory.Group(chatID); ok {
		return id
	}
	return chatID
}

// inGroup is the place of a message in a group.
func (a *Adapter) inGroup(chatID, message, root, thread string) bot.Place {
	_, topics, _ := a.cfg.Directory.Group(chatID)
	return bot.Place{Platform: Name, Chat: a.group(chatID), Thread: topic(message, root, thread, topics)}
}

// private is the chat with a person.
func (a *Adapter) private(openID string) bot.Place {
	return bot.Place{Platform: Name, Person: a.person(openID)}
}

// person is the organisation's id of an account; a stranger is named by the account.
func (a *Adapter) person(openID string) string {
	if id, ok := a.cfg.Directory.Person(openID); ok {
		return id
	}
	return stranger + openID
}

const stranger = Name + ":"

// account is the platform's id of a person, the inverse of person.
func (a *Adapter) account(person string) (string, bool) {
	if id, ok := a.cfg.Directory.Account(person); ok && id != "" {
		return id, true
	}
	return strings.CutPrefix(person, stranger)
}

// chat is the platform's id of a group, the inverse of group.
func (a *Adapter) chat(group string) (string, bool) {
	if id, ok := a.cfg.Directory.Chat(group); ok && id != "" {
		return id, true
	}
	return group, strings.HasPrefix(group, "oc_")
}

// stood is where a message was said, and by whom.
type stood struct {
	place  bot.Place
	sender string
}

// placeOf is where a message stands, for events that do not say it. ok is false when the platform does not
// tell: the message is gone, or the scope im:message:readonly is missing. A private chat is never looked
// up: it looks like a group nobody registered.
func (a *Adapter) placeOf(ctx context.Context, message string) (s stood, ok bool, err error) {
	if s, ok := a.places.get(message); ok {
		return s, true, nil
	}
	var answer struct {
		Items []struct {
			ChatID   string `json:"chat_id"`
			RootID   string `json:"root_id"`
			ThreadID string `json:"thread_id"`
		} `json:"items"`
	}
	err = a.do(ctx, call{op: "get message", method: "GET", path: "/open-apis/im/v1/messages/" + url.PathEscape(message), data: &answer})
	if code(err) != 0 && !waits(err) {
		a.log.Warn("place of a message not known", "message", message, "err", err)
		return s, false, nil
	}
	if err != nil || len(answer.Items) == 0 {
		return s, false, err
	}
	it := answer.Items[0]
	if _, _, known := a.cfg.Directory.Group(it.ChatID); !known {
		return s, false, nil
	}
	s.place = a.inGroup(it.ChatID, message, it.RootID, it.ThreadID)
	a.places.put(message, s)
	return s, true, nil
}
