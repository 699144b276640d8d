package wecomtest

import (
	"bytes"
	"crypto/md5"
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"regexp"
	"slices"
	"strings"
)

// robot is the webhook robot of a group.
type robot struct {
	chat, name        string
	deleted, disabled bool
}

var inlineAt = regexp.MustCompile(`<@([^<>\s]+)>`)

// robotOf is the robot of a chat. The caller holds the lock.
func (p *Platform) robotOf(chatID string) *robot {
	for _, r := range p.robots {
		if r.chat == chatID {
			return r
		}
	}
	return nil
}

// hook is the robot a key belongs to. The caller holds the lock.
func (p *Platform) hook(c *call) (*robot, error) {
	key := c.URL.Query().Get("key")
	r := p.robots[key]
	switch {
	case strings.Contains(key, "/"):
		p.complain("a whole address in place of a robot's key")
		return nil, no(93000, "")
	case r == nil || r.deleted:
		return nil, no(93000, "")
	case r.disabled:
		return nil, no(93004, "")
	}
	return r, nil
}

// robotSend is POST webhook/send (D/99110).
func (p *Platform) robotSend(c *call) (object, error) {
	r, err := p.hook(c)
	if err != nil {
		return nil, err
	}
	if c.URL.Query().Has("access_token") {
		p.complain("webhook/send: an access_token, which it does not take")
	}
	var out outgoing
	if err := c.decode(&out); err != nil {
		return nil, err
	}
	if err := p.chatFault(r.chat); err != nil {
		return nil, err
	}
	if !p.within("robot "+c.URL.Query().Get("key"), perRobot) {
		return nil, no(45009, "")
	}
	m := &Message{Channel: Robot, Chat: r.chat, From: r.name, Type: out.Type}
	if err := p.posted(m, out, c); err != nil {
		return nil, err
	}
	p.spoken(m)
	return nil, nil
}

func (p *Platform) posted(m *Message, out outgoing, c *call) error {
	to := p.chats[m.Chat]
	switch out.Type {
	case "text":
		m.Text = out.Text.Content
		if err := sized(m.Text, maxAppText); err != nil {
			return err
		}
		p.mention(m, to, out.Text.Users, out.Text.Mobiles)
	case "markdown":
		m.Text = out.Markdown.Content
		if len(out.Markdown.Users)+len(out.Markdown.Mobiles) > 0 {
			p.complain("webhook/send: mentioned_list does nothing in markdown")
		}
		if err := sized(m.Text, maxRobotMD); err != nil {
			return err
		}
		p.mention(m, to, nil, nil)
	case "markdown_v2":
		m.Text = out.MarkdownV2.Content
		if inlineAt.MatchString(m.Text) || strings.Contains(m.Text, "<font") {
			p.complain("webhook/send: markdown_v2 knows no @ and no font")
		}
		return sized(m.Text, maxRobotMD)
	case "image":
		return picture(m, out.Image)
	case "news":
		return out.news(m)
	case "file", "voice":
		return p.attach(m, out.media(), out.Type, c.now)
	case "template_card":
		return p.notice(m, out)
	default:
		return no(40008, "%q", out.Type)
	}
	return nil
}

func sized(s string, most int) error {
	switch {
	case s == "":
		return no(93017, "")
	case len(s) > most:
		return no(40058, "content exceed max length. invalid length: %d, max %d", len(s), most)
	}
	return nil
}

// picture is a picture in the body itself: JPG or PNG of 2 MB.
func picture(m *Message, in media) error {
	data, err := base64.StdEncoding.DecodeString(in.Base64)
	sum := md5.Sum(data)
	kind := http.DetectContentType(data)
	switch {
	case err != nil || hex.EncodeToString(sum[:]) != strings.ToLower(in.MD5):
		return no(40058, "base64 or md5")
	case len(data) > 2<<20:
		return no(93018, "")
	case kind != "image/png" && kind != "image/jpeg":
		return no(40058, "%s is no picture", kind)
	}
	m.Files = []File{{Name: "image", Kind: "image", Data: bytes.Clone(data)}}
	return nil
}

// notice is a card with links only.
func (p *Platform) notice(m *Message, out outgoing) error {
	k, err := p.checked(out.Card, appCard)
	switch {
	case err != nil:
		return err
	case k.Type != textNotice && k.Type != newsNotice || k.Menu != nil:
		return no(40058, "a robot's card may be text_notice or news_notice, without action_menu")
	}
	m.Card = string(marshal(out.Card))
	return nil
}

// mention finds who is really @-mentioned: members of the group, by userid, mobile number or <@userid> in the
// text. Others are only text. The caller holds the lock.
func (p *Platform) mention(m *Message, to *chat, users, mobiles []string) {
	ids := slices.Clone(users)
	for _, number := range mobiles {
		ids = append(ids, p.byMobile(number))
	}
	for _, found := range inlineAt.FindAllStringSubmatch(m.Text, -1) {
		ids = append(ids, found[1])
	}
	for _, id := range ids {
		person := p.member(id)
		switch {
		case strings.EqualFold(id, "@all"):
			m.At = appendNew(m.At, "@all")
		case person == nil || !to.has(id):
			m.Unheard = appendNew(m.Unheard, id)
		default:
			m.At = appendNew(m.At, person.UserID)
		}
	}
}

func appendNew(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

// byMobile is the userid of a number, or the number.
func (p *Platform) byMobile(number string) string {
	for _, person := range p.opt.Org.People {
		if person.Mobile == number {
			return person.UserID
		}
	}
	return number
}
