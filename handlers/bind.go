package handlers

import (
	"regexp"
	"slices"
	"strings"

	"fenghuo/bot"
	"fenghuo/internal/roster"
	"fenghuo/store"
)

// bindGroup is 绑定群 华东客服群, said by an administrator in that group: the platform names no groups, so
// somebody has to say which one this is.
func bindGroup(t *turn) error {
	if !t.may("绑定群", nil) {
		return t.reply(t.Voice.OnlyAdmins())
	}
	if t.ev.Place.Direct() {
		return t.reply(t.Voice.BindInTheGroup())
	}
	g, ok := t.groupNamed(t.match.Rest)
	if !ok || g.Platform != t.ev.Platform {
		return t.reply(t.Voice.NoSuchGroup(t.groups(t.ev.Platform), "绑定群"))
	}
	chat := t.ev.Place.Chat
	if chat == g.ID || chat == g.ChatID {
		return t.reply(t.Voice.GroupBound(g.Name))
	}
	if _, known := t.Org.Group(chat); known || g.ChatID != "" {
		return t.reply(t.Voice.GroupTaken(g.Name))
	}
	if err := t.Tx.Bind(store.Binding{Platform: g.Platform, Group: g.ID, Chat: chat, BoundBy: t.person}); err != nil {
		return err
	}
	if err := t.Note(t.person, "group_bound", "group/"+g.ID, map[string]string{"chat": chat}); err != nil {
		return err
	}
	return t.reply(t.Voice.GroupBound(g.Name))
}

var webhookKey = regexp.MustCompile(`(?:key=)?([0-9a-zA-Z]{4,}-[0-9a-zA-Z-]{8,})\s*$`)

// bindRobot is 绑定推送 华东客服群 地址, said by an administrator in private. The key is kept encrypted and
// nowhere else; a message in the group proves that it is the right one.
func bindRobot(t *turn) error {
	if !t.may("绑定群", nil) {
		return t.reply(t.Voice.OnlyAdmins())
	}
	key := webhookKey.FindStringSubmatchIndex(t.match.Rest)
	if !t.ev.Place.Direct() {
		return t.reply(t.Voice.BindInPrivate())
	}
	name := t.match.Rest
	if key != nil {
		name, _, _ = strings.Cut(name[:key[0]], "http")
	}
	g, ok := t.groupNamed(name)
	if !ok || key == nil || g.Platform != t.ev.Platform {
		return t.reply(t.Voice.NoSuchGroup(t.groups(t.ev.Platform), "绑定推送"))
	}
	if t.Safe == nil {
		return t.reply(t.Voice.NothingKept())
	}
	sealed, err := t.Safe.Seal(t.match.Rest[key[2]:key[3]], g.Platform+"/"+g.ID)
	if err != nil {
		return err
	}
	if err := t.Tx.Bind(store.Binding{Platform: g.Platform, Group: g.ID, Sealed: sealed, BoundBy: t.person}); err != nil {
		return err
	}
	if err := t.Note(t.person, "robot_bound", "group/"+g.ID, map[string]string{}); err != nil {
		return err
	}
	_, err = t.Tx.Post(store.Post{Key: "bound/" + strings.TrimPrefix(t.Cause, "event/"), Place: bot.Place{Platform: g.Platform, Chat: g.ID},
		Message: t.Voice.RobotProves(t.person), Reason: "群机器人试发"})
	if err != nil {
		return err
	}
	return t.reply(t.Voice.RobotBound(g.Name))
}

// kept is an event as it may be written down: without a key somebody told.
func kept(ev bot.Event) bot.Event {
	if strings.Contains(ev.Text, "绑定推送") {
		ev.Text = webhookKey.ReplaceAllString(ev.Text, "***")
	}
	return ev
}

func (t *turn) groupNamed(name string) (roster.Group, bool) {
	name = strings.Trim(strings.TrimSpace(name), "：:，, ")
	for _, g := range t.Org.Groups {
		if name != "" && (g.Name == name || g.ID == name) {
			return g, true
		}
	}
	return roster.Group{}, false
}

// groups are the names of those on a platform.
func (t *turn) groups(platform string) []string {
	var names []string
	for _, g := range t.Org.Groups {
		if g.Platform == platform {
			names = append(names, g.Name)
		}
	}
	slices.Sort(names)
	return names
}
