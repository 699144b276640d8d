// Package roster knows the organisation: people and their posts, units, groups, who answers for what,
// who is on duty and who covers for whom. It decides by what the organisation file says and the moment
// asked about; it reads no file and no clock.
package roster

import (
	"slices"
	"strings"
	"time"
)

// Org is an organisation as its administrator writes it down.
type Org struct {
	Tenant    string            `yaml:"tenant"`
	Name      string            `yaml:"name"`
	Bot       string            `yaml:"bot"`  // how people @-mention the bot
	Zone      string            `yaml:"zone"` // Asia/Shanghai
	People    []Person          `yaml:"people"`
	Units     []Unit            `yaml:"units"`
	Groups    []Group           `yaml:"groups"`
	Functions map[string]string `yaml:"functions"` // 法务: the person who heads it
	Routing   []Route           `yaml:"routing"`   // first match wins; the last one matches everything
	Duty      []Shift           `yaml:"duty"`
	Holiday   []Shift           `yaml:"holiday_duty"` // replaces A岗 on statutory holidays
	Leave     []Leave           `yaml:"leave"`
	Digest    []Recipient       `yaml:"digest"`
	Protect   []string          `yaml:"protect"` // the two who may learn who a protected source is; empty: nobody is protected
}

// Person is somebody in the organisation.
type Person struct {
	ID       string            `yaml:"id"`
	Name     string            `yaml:"name"`
	Unit     string            `yaml:"unit"`
	Title    string            `yaml:"title"`
	Posts    []string          `yaml:"posts"`
	Phone    string            `yaml:"phone"`
	Accounts map[string]string `yaml:"accounts"` // platform: account
	On       string            `yaml:"on"`       // the platform private messages go to first
}

// Posts people may hold.
var posts = []string{"reporter", "photo", "info_officer", "officer", "verifier", "head", "deputy", "chief", "duty", "approver", "committee", "admin"}

// Unit is a shop, a depot, a department.
type Unit struct {
	ID      string   `yaml:"id"`
	Name    string   `yaml:"name"` // short: 滨江店
	Full    string   `yaml:"full"` // 江澜滨江店（杭州）
	Aliases []string `yaml:"aliases"`
	Head    string   `yaml:"head"`
	Parent  string   `yaml:"parent"`
	Group   string   `yaml:"group"` // where its incidents live when they were reported in private
}

// Shown is how a choice names the unit.
func (u Unit) Shown() string {
	if u.Full != "" {
		return u.Full
	}
	return u.Name
}

// Group is a chat the bot is in.
type Group struct {
	ID       string   `yaml:"id"`
	Name     string   `yaml:"name"`
	Platform string   `yaml:"platform"`
	ChatID   string   `yaml:"chat_id"` // the platform's id
	Topics   bool     `yaml:"topics"`  // a Feishu topic group
	Hears    string   `yaml:"hears"`   // mentions (default) or all
	Members  []string `yaml:"members"` // empty: everybody
	Leads    bool     `yaml:"leads"`   // monitoring leads are shown here; without such a group, to who is on duty
}

// Route names who answers for a kind of incident. Empty conditions match everything.
type Route struct {
	Units   []string `yaml:"units"`
	Natures []string `yaml:"natures"`
	Levels  []string `yaml:"levels"` // I, II, III, IV
	Officer string   `yaml:"officer"`
	Backup  string   `yaml:"backup"`
	Tracker string   `yaml:"tracker"`
	Head    string   `yaml:"head"`
	Deputy  string   `yaml:"deputy"`
	Chief   string   `yaml:"chief"`
}

// Shift is a time of duty: some weekdays, or the days from–to (both included). Without either it holds
// every day. The first shift that fits counts.
type Shift struct {
	Person   string `yaml:"person"`
	Weekdays []int  `yaml:"weekdays"` // 1 Monday … 7 Sunday
	From     string `yaml:"from"`     // 2025-10-01
	To       string `yaml:"to"`
}

// Leave is an absence, both days included.
type Leave struct {
	Person string `yaml:"person"`
	From   string `yaml:"from"`
	To     string `yaml:"to"`
	Cover  string `yaml:"cover"`
}

// Recipient gets the digest; with MinLevel only when an incident as grave as that is open.
type Recipient struct {
	Person   string `yaml:"person"`
	MinLevel int    `yaml:"min_level"`
	At       string `yaml:"at"` // 07:45; empty: 08:30
}

const digestAt = 8*60 + 30

// Minute is when it comes, in minutes after local midnight.
func (r Recipient) Minute() int {
	t, err := time.Parse(clockTime, r.At)
	if err != nil {
		return digestAt
	}
	return t.Hour()*60 + t.Minute()
}

const clockTime = "15:04"

// Person finds somebody by id.
func (o *Org) Person(id string) (Person, bool) {
	return find(o.People, func(p Person) bool { return p.ID == id })
}

// ByName finds people by their full name.
func (o *Org) ByName(name string) []Person {
	var out []Person
	for _, p := range o.People {
		if p.Name == name {
			out = append(out, p)
		}
	}
	return out
}

// ByAccount finds the person behind a platform's account; the organisation's own ids are accepted, too. The
// case of a WeCom userid does not count: https://developer.work.weixin.qq.com/document/path/90196
func (o *Org) ByAccount(platform, account string) (Person, bool) {
	same := func(a string) bool { return a == account || platform == "wecom" && strings.EqualFold(a, account) }
	if p, ok := find(o.People, func(p Person) bool { return account != "" && same(p.Accounts[platform]) }); ok {
		return p, true
	}
	return find(o.People, func(p Person) bool { return p.ID == account && p.Accounts[platform] == "" })
}

// Unit finds a unit by id.
func (o *Org) Unit(id string) (Unit, bool) {
	return find(o.Units, func(u Unit) bool { return id != "" && u.ID == id })
}

// Group finds a group by id.
func (o *Org) Group(id string) (Group, bool) {
	return find(o.Groups, func(g Group) bool { return g.ID == id })
}

// LeadGroup is where monitoring leads are shown, if there is such a group.
func (o *Org) LeadGroup() (Group, bool) {
	return find(o.Groups, func(g Group) bool { return g.Leads })
}

// GroupByChat finds the group a platform knows by chat.
func (o *Org) GroupByChat(platform, chat string) (Group, bool) {
	return find(o.Groups, func(g Group) bool { return g.Platform == platform && (g.ChatID == chat || g.ID == chat) })
}

// HomeGroup is where a unit's incidents live: its own group, its parents', or the first group there is.
func (o *Org) HomeGroup(unit string) (Group, bool) {
	for range len(o.Units) + 1 {
		u, ok := o.Unit(unit)
		if !ok {
			break
		}
		if g, ok := o.Group(u.Group); ok {
			return g, true
		}
		unit = u.Parent
	}
	if len(o.Groups) == 0 {
		return Group{}, false
	}
	return o.Groups[0], true
}

// Has reports whether a person holds a post.
func (o *Org) Has(person, post string) bool {
	p, ok := o.Person(person)
	return ok && slices.Contains(p.Posts, post)
}

// Holding are the people who hold a post, in the order of the file.
func (o *Org) Holding(post string) []string {
	var out []string
	for _, p := range o.People {
		if slices.Contains(p.Posts, post) {
			out = append(out, p.ID)
		}
	}
	return out
}

// DisplayName is a person's name, or the id of somebody not in the organisation.
func (o *Org) DisplayName(id string) string {
	if IsSource(id) {
		return SourceName(id)
	}
	if p, ok := o.Person(id); ok {
		return p.Name
	}
	return id
}

// DigestRecipients are those who get the digest.
func (o *Org) DigestRecipients() []Recipient { return o.Digest }

func find[T any](list []T, is func(T) bool) (T, bool) {
	if at := slices.IndexFunc(list, is); at >= 0 {
		return list[at], true
	}
	var none T
	return none, false
}
