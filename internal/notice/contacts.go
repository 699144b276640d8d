package notice

import (
	"fmt"
	"strings"
	"time"

	"fenghuo/bot"
)

// Contact is somebody of the press as the directory shows them.
type Contact struct {
	Outlet, Person string
	Phone          string // masked where others read along, whole in private
	Steward        string
	Asked          []Asked // the newest first
}

func (c Contact) name() string {
	name := strings.TrimSpace(short(c.Outlet, 20) + " " + short(c.Person, 12))
	if name == "" {
		return "未留名"
	}
	return name
}

// Contacts lists the press, those heard of last first.
func (v Voice) Contacts(contacts []Contact, now time.Time) bot.Message {
	if len(contacts) == 0 {
		return said("还没有媒体联系人。登记媒体来询就会记下，例：“" + inquiryExample + "”。")
	}
	m := said(fmt.Sprintf("媒体联系人（%d）", len(contacts)))
	for n, c := range contacts {
		if n == 15 {
			m.Text += fmt.Sprintf("\n还有%d位，回“媒体 名称”找。", len(contacts)-n)
			break
		}
		m.Text += "\n" + strings.TrimSpace(c.name()+" "+c.Phone) + fmt.Sprintf("｜维护人%s｜来询%d次，最近%s", v.steward(c), len(c.Asked), v.stamp(c.Asked[0].At, now))
	}
	m.Text += "\n看一位：“媒体 姓名”。"
	return m
}

func (v Voice) steward(c Contact) string {
	if c.Steward == "" {
		return "未定"
	}
	return v.Name(c.Steward)
}

// ContactCard shows one with what they asked before.
func (v Voice) ContactCard(c Contact, now time.Time) bot.Message {
	m := said("")
	m.Text = strings.TrimSpace(c.name()+" "+c.Phone) + "｜维护人" + v.steward(c)
	for n, a := range c.Asked {
		if n == 8 {
			m.Text += fmt.Sprintf("\n更早还有%d次。", len(c.Asked)-n)
			break
		}
		how := "待" + v.Name(a.Answerer) + "答复"
		if !a.AnsweredAt.IsZero() {
			how = v.Name(a.AnsweredBy) + "已答复" + answerWords(a.Inquiry)
		}
		m.Text += fmt.Sprintf("\n%s %s｜%s｜%s", v.stamp(a.At, now), a.number(), or(words(short(a.Question, 40)), "问什么未记"), how)
	}
	return m
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// WhichContact asks for a fuller name; none: nobody is called so.
func (v Voice) WhichContact(name string, contacts []Contact) bot.Message {
	if len(contacts) == 0 {
		return said(fmt.Sprintf("媒体联系人里没有“%s”。回“媒体”看全部。", short(name, 20)))
	}
	var names []string
	for _, c := range contacts[:min(len(contacts), 5)] {
		names = append(names, c.name())
	}
	return said(fmt.Sprintf("“%s”有%d位：%s。请写得全一些，例：“媒体 %s”。", short(name, 20), len(contacts), list(names), names[0]))
}

// StewardNamed says who keeps up the relation from now on.
func (v Voice) StewardNamed(c Contact) bot.Message {
	return said(fmt.Sprintf("%s的维护人改为%s。", c.name(), v.steward(c)))
}
