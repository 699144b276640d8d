package feishu

import (
	"context"
	"encoding/json"

	"fenghuo/bot"
)

// recalled: https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/events/recalled.
// The event names the chat, neither topic nor person; they are known if the message came in here.
func (a *Adapter) recalled(ctx context.Context, env *envelope) ([]bot.Event, error) {
	var in struct {
		Message string `json:"message_id"`
		Chat    string `json:"chat_id"`
		At      digits `json:"recall_time"`
	}
	if err := json.Unmarshal(env.Event, &in); err != nil || in.Message == "" {
		return nil, errMalformed
	}
	ev := env.event(bot.Recalled)
	ev.Message = in.Message
	if at := in.At.time(); !at.IsZero() {
		ev.At = at
	}
	s, known, err := a.placeOf(ctx, in.Message)
	if err != nil {
		a.log.Warn("place of a recalled message not known", "event", env.id(), "err", err)
	}
	if ev.Place, ev.Sender = s.place, s.sender; !known {
		ev.Place = bot.Place{Platform: Name, Chat: a.group(in.Chat)}
	}
	return []bot.Event{ev}, nil
}

// reacted: https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message-reaction/events/created.
// The event does not say where; a reaction whose place nobody knows is answered in private.
func (a *Adapter) reacted(ctx context.Context, env *envelope) ([]bot.Event, error) {
	var in struct {
		Message string `json:"message_id"`
		Type    struct {
			Emoji string `json:"emoji_type"`
		} `json:"reaction_type"`
		By   string  `json:"operator_type"`
		User account `json:"user_id"`
		At   digits  `json:"action_time"`
	}
	if err := json.Unmarshal(env.Event, &in); err != nil || in.Message == "" {
		return nil, errMalformed
	}
	if in.By != "user" || in.User.OpenID == "" {
		return nil, nil // the bot's own come back
	}
	ev := env.event(bot.Reacted)
	ev.Message, ev.Sender, ev.Emoji = in.Message, in.User.OpenID, emoji(in.Type.Emoji)
	if at := in.At.time(); !at.IsZero() {
		ev.At = at
	}
	s, known, err := a.placeOf(ctx, in.Message)
	if err != nil {
		return nil, err
	}
	if ev.Place = s.place; !known || s.place.Direct() {
		ev.Place = a.private(ev.Sender)
	}
	return []bot.Event{ev}, nil
}

// read is reported of private chats only:
// https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/events/message_read
func (a *Adapter) read(env *envelope) ([]bot.Event, error) {
	var in struct {
		Reader struct {
			ID account `json:"reader_id"`
			At digits  `json:"read_time"`
		} `json:"reader"`
		Messages []string `json:"message_id_list"`
	}
	if err := json.Unmarshal(env.Event, &in); err != nil || in.Reader.ID.OpenID == "" {
		return nil, errMalformed
	}
	var events []bot.Event
	for _, id := range in.Messages {
		ev := env.event(bot.Read)
		ev.Keys = []string{env.id() + "/" + id} // one event of theirs is several of ours
		ev.Message, ev.Sender, ev.Place = id, in.Reader.ID.OpenID, a.private(in.Reader.ID.OpenID)
		if at := in.Reader.At.time(); !at.IsZero() {
			ev.At = at
		}
		events = append(events, ev)
	}
	return events, nil
}

// joined: https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/im-v1/chat-member-bot/events/added
func (a *Adapter) joined(env *envelope) ([]bot.Event, error) {
	var in struct {
		Chat     string  `json:"chat_id"`
		Operator account `json:"operator_id"`
	}
	if err := json.Unmarshal(env.Event, &in); err != nil || in.Chat == "" {
		return nil, errMalformed
	}
	ev := env.event(bot.Joined)
	ev.Sender, ev.Place.Chat = in.Operator.OpenID, a.group(in.Chat)
	return []bot.Event{ev}, nil
}

// entered: https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/im-v1/chat-access_event/events/bot_p2p_chat_entered.
// It comes each time somebody opens the private chat; only who has never spoken there is greeted, and once.
func (a *Adapter) entered(env *envelope) ([]bot.Event, error) {
	var in struct {
		Operator account `json:"operator_id"`
		Last     string  `json:"last_message_id"`
	}
	if err := json.Unmarshal(env.Event, &in); err != nil || in.Operator.OpenID == "" {
		return nil, errMalformed
	}
	if in.Last != "" {
		return nil, nil
	}
	ev := env.event(bot.Joined)
	ev.Keys = []string{"entered/" + in.Operator.OpenID}
	ev.Sender, ev.Place = in.Operator.OpenID, a.private(in.Operator.OpenID)
	return []bot.Event{ev}, nil
}

// left: https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/im-v1/chat-member-bot/events/deleted
// and https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/im-v1/chat/events/disbanded
func (a *Adapter) left(env *envelope) ([]bot.Event, error) {
	var in struct {
		Chat     string  `json:"chat_id"`
		Operator account `json:"operator_id"`
	}
	if err := json.Unmarshal(env.Event, &in); err != nil || in.Chat == "" {
		return nil, errMalformed
	}
	ev := env.event(bot.Left)
	ev.Sender, ev.Place.Chat = in.Operator.OpenID, a.group(in.Chat)
	return []bot.Event{ev}, nil
}

// parted: https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/im-v1/chat-member-user/events/deleted
func (a *Adapter) parted(env *envelope) ([]bot.Event, error) {
	var in struct {
		Chat  string `json:"chat_id"`
		Users []struct {
			ID account `json:"user_id"`
		} `json:"users"`
	}
	if err := json.Unmarshal(env.Event, &in); err != nil || in.Chat == "" {
		return nil, errMalformed
	}
	var events []bot.Event
	for _, u := range in.Users {
		if u.ID.OpenID == "" {
			continue
		}
		ev := env.event(bot.Parted)
		ev.Keys = []string{env.id() + "/" + u.ID.OpenID} // one event of theirs is several of ours
		ev.Sender, ev.Place.Chat = u.ID.OpenID, a.group(in.Chat)
		events = append(events, ev)
	}
	return events, nil
}

// menu is a press in the menu of the private chat; its key is the text it stands for:
// https://open.feishu.cn/document/ukTMukTMukTM/application-v6/bot/events/menu
func (a *Adapter) menu(env *envelope) ([]bot.Event, error) {
	var in struct {
		Operator struct {
			ID account `json:"operator_id"`
		} `json:"operator"`
		Key string `json:"event_key"`
		At  digits `json:"timestamp"`
	}
	if err := json.Unmarshal(env.Event, &in); err != nil || in.Key == "" || in.Operator.ID.OpenID == "" {
		return nil, errMalformed
	}
	ev := env.event(bot.Said)
	ev.Sender, ev.Place = in.Operator.ID.OpenID, a.private(in.Operator.ID.OpenID)
	ev.Text, ev.ToBot = in.Key, true
	if at := in.At.time(); !at.IsZero() {
		ev.At = at
	}
	return []bot.Event{ev}, nil
}
