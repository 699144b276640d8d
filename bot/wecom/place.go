package wecom

import (
	"strings"

	"fenghuo/bot"
)

// group is the organisation's id of a chat, or the chat's own if the organisation does not know it.
func (a *Adapter) group(chatID string) string {
	if id, ok := a.cfg.Directory.Group(chatID); ok {
		return id
	}
	return chatID
}

// chat is the chatid of a group, the inverse of group; empty if nobody knows it yet.
func (a *Adapter) chat(group string) string {
	if id, ours := a.cfg.Directory.Chat(group); ours {
		return id
	}
	return group
}

// inGroup is the place of a message in a group; there are no topics.
func (a *Adapter) inGroup(chatID string) bot.Place {
	return bot.Place{Platform: Name, Chat: a.group(chatID)}
}

// private is the chat with a person through one of the channels. What is answered there goes the same way.
func (a *Adapter) private(userID, channel string) bot.Place {
	return bot.Place{Platform: Name, Person: a.person(userID), Channel: channel}
}

// stranger names somebody the organisation does not know by the account.
const stranger = Name + ":"

// person is the organisation's id of an account.
func (a *Adapter) person(userID string) string {
	if id, ok := a.cfg.Directory.Person(userID); ok {
		return id
	}
	return stranger + userID
}

// account is the platform's id of a person, the inverse of person.
func (a *Adapter) account(person string) (string, bool) {
	if id, ok := a.cfg.Directory.Account(person); ok && id != "" {
		return id, true
	}
	return strings.CutPrefix(person, stranger)
}
