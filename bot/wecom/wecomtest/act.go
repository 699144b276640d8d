package wecomtest

import (
	"context"
	"fmt"
	"maps"
	"slices"
)

// act changes something under the lock and tells the bot what came of it.
func (p *Platform) act(ctx context.Context, userID string, change func(*Person) (*parcel, error)) error {
	p.mu.Lock()
	person := p.member(userID)
	err := fmt.Errorf("nobody has the userid %q", userID)
	var one *parcel
	if person != nil {
		one, err = change(person)
	}
	p.mu.Unlock()
	if err == nil && one != nil {
		p.deliver(ctx, one)
	}
	return err
}

// EnterChat lets somebody open the private chat with the AI bot for the first time on a day.
func (p *Platform) EnterChat(ctx context.Context, userID string) error {
	return p.act(ctx, userID, func(by *Person) (*parcel, error) {
		a := p.told(toldEnter, p.chats[privateID(AIBot, by.UserID)], by)
		return &parcel{channel: AIBot, kind: toldEnter, ask: a, by: by, body: marshal(p.eventBody(a, nil)), most: 1}, nil
	})
}

// EnterAgent lets somebody open the app's chat.
func (p *Platform) EnterAgent(ctx context.Context, userID string) error {
	return p.act(ctx, userID, func(by *Person) (*parcel, error) {
		return p.appEvent(by, "enter_agent", field{"EventKey", ""}), nil
	})
}

// Pick lets somebody choose an entry of the app's menu.
func (p *Platform) Pick(ctx context.Context, userID, key string) error {
	return p.act(ctx, userID, func(by *Person) (*parcel, error) {
		return p.appEvent(by, "click", field{"EventKey", key}), nil
	})
}

// Subscribe is subscribe or unsubscribe: somebody comes into the app's range or goes out of it.
func (p *Platform) Subscribe(ctx context.Context, userID string, in bool) error {
	return p.act(ctx, userID, func(by *Person) (*parcel, error) {
		if p.opt.Visible == nil {
			for _, one := range p.opt.Org.People {
				p.opt.Visible = append(p.opt.Visible, one.UserID)
			}
		}
		p.opt.Visible = slices.DeleteFunc(slices.Clone(p.opt.Visible), by.is)
		event := "unsubscribe"
		if in {
			event = "subscribe"
			p.opt.Visible = append(p.opt.Visible, by.UserID)
		}
		return p.appEvent(by, event, field{"EventKey", ""}), nil
	})
}

// Rate is feedback_event: 1 is a like, 2 a dislike, 3 neither any more.
func (p *Platform) Rate(ctx context.Context, userID, messageID string, kind int, text string) error {
	return p.act(ctx, userID, func(by *Person) (*parcel, error) {
		m := p.messages[messageID]
		if m == nil || m.Channel != AIBot || !p.chats[m.Chat].has(userID) {
			return nil, fmt.Errorf("%s sees nothing of the AI bot in %q", userID, messageID)
		}
		a := p.told(toldFeedback, p.chats[m.Chat], by)
		return &parcel{channel: AIBot, kind: toldFeedback, ask: a, by: by, most: 1,
			body: marshal(p.eventBody(a, object{"id": m.ID, "type": kind, "content": text, "inaccurate_reason_list": []int{}}))}, nil
	})
}

// ChangeContact tells the app of a change of the directory: change is create_user, update_user, delete_user and
// the like, the fields are those of the event. It changes nothing itself; Hire and Fire do.
func (p *Platform) ChangeContact(ctx context.Context, change string, fields map[string]string) {
	p.mu.Lock()
	one := p.contactEvent(change, fields)
	p.mu.Unlock()
	p.deliver(ctx, one)
}

func (p *Platform) contactEvent(change string, fields map[string]string) *parcel {
	more := []field{{"ChangeType", change}}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		more = append(more, field{name, fields[name]})
	}
	return p.appEvent(nil, "change_contact", more...)
}

// Hire makes somebody a member, and tells the app.
func (p *Platform) Hire(ctx context.Context, person Person) {
	p.mu.Lock()
	p.opt.Org.People = append(slices.Clone(p.opt.Org.People), person)
	p.admit(person)
	one := p.contactEvent("create_user", map[string]string{"UserID": person.UserID, "Name": person.Name})
	p.mu.Unlock()
	p.deliver(ctx, one)
}

// Fire takes somebody out of the enterprise and its groups, and tells the app.
func (p *Platform) Fire(ctx context.Context, userID string) error {
	return p.act(ctx, userID, func(by *Person) (*parcel, error) {
		delete(p.people, lower(userID))
		p.opt.Org.People = slices.DeleteFunc(slices.Clone(p.opt.Org.People), func(one Person) bool { return by.is(one.UserID) })
		for _, c := range p.chats {
			c.Members = slices.DeleteFunc(c.Members, by.is)
		}
		return p.contactEvent("delete_user", map[string]string{"UserID": by.UserID}), nil
	})
}
