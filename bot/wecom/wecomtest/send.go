package wecomtest

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Sizes in bytes (D/90236, D/90248, D/99110, D/101138).
const (
	maxAppText   = 2048
	maxRobotMD   = 4096
	maxBotText   = 20480
	maxReceivers = 1000
	maxParties   = 100
)

// outgoing is the body of message/send, appchat/send and webhook/send.
type outgoing struct {
	ToUser   string `json:"touser"`
	ToParty  string `json:"toparty"`
	ToTag    string `json:"totag"`
	ChatID   string `json:"chatid"`
	Type     string `json:"msgtype"`
	AgentID  any    `json:"agentid"`
	Dedupe   int    `json:"enable_duplicate_check"`
	DedupeIn int    `json:"duplicate_check_interval"`

	Text struct {
		Content string   `json:"content"`
		Users   []string `json:"mentioned_list"`
		Mobiles []string `json:"mentioned_mobile_list"`
	} `json:"text"`
	Markdown   content `json:"markdown"`
	MarkdownV2 content `json:"markdown_v2"`
	Image      media   `json:"image"`
	Voice      media   `json:"voice"`
	Video      media   `json:"video"`
	File       media   `json:"file"`
	TextCard   struct {
		Title string `json:"title"`
		Desc  string `json:"description"`
		URL   string `json:"url"`
	} `json:"textcard"`
	News struct {
		Articles []struct {
			Title string `json:"title"`
			Desc  string `json:"description"`
			URL   string `json:"url"`
			Pic   string `json:"picurl"`
		} `json:"articles"`
	} `json:"news"`
	Card json.RawMessage `json:"template_card"`
}

type content struct {
	Content string `json:"content"`
	Users   []any  `json:"mentioned_list"` // robots ignore them here
	Mobiles []any  `json:"mentioned_mobile_list"`
}

type media struct {
	ID     string `json:"media_id"`
	Base64 string `json:"base64"`
	MD5    string `json:"md5"`
}

// send is POST message/send (D/90236).
func (p *Platform) send(c *call) (object, error) {
	var out outgoing
	if err := c.decode(&out); err != nil {
		return nil, err
	}
	if err := p.agent(out.AgentID); err != nil {
		return nil, err
	}
	to, answer, err := p.receivers(out)
	if err != nil {
		return nil, err
	}
	m := Message{Channel: App, From: p.opt.AppName, Type: out.Type}
	if err := p.fill(&m, out, c.now); err != nil {
		return nil, err
	}
	if p.repeated(out, c) {
		answer["msgid"] = ""
		return answer, nil
	}
	if err := p.task(App, m); err != nil {
		return nil, err
	}
	m.MsgID = p.next("sim-msgid-")
	answer["msgid"] = m.MsgID
	for _, who := range to {
		one := m
		one.Chat = privateID(App, who.UserID)
		one.Dropped = !p.within("app to "+who.UserID, perMember)
		p.spoken(&one)
	}
	if m.Card != "" && parseCard([]byte(m.Card)).interactive() {
		answer["response_code"] = p.cardCode(m.MsgID)
	}
	return answer, nil
}

// agent checks an agentid: a number, and this app's.
func (p *Platform) agent(id any) error {
	if n, ok := id.(float64); !ok || int(n) != p.opt.AgentID {
		return no(40056, "%v", id)
	}
	return nil
}

// receivers are the members a message goes to; the answer names what reaches nobody, in lower case.
func (p *Platform) receivers(out outgoing) (to []*Person, answer object, err error) {
	if out.ToUser+out.ToParty+out.ToTag == "" {
		return nil, nil, no(82001, "")
	}
	users, parties := split(out.ToUser), split(out.ToParty)
	if len(users) > maxReceivers || len(parties) > maxParties {
		return nil, nil, no(40031, "")
	}
	add := func(person *Person) {
		if !slices.Contains(to, person) {
			to = append(to, person)
		}
	}
	var noUser, noParty []string
	for _, id := range users {
		person := p.member(id)
		switch {
		case id == "@all":
			for _, one := range p.opt.Org.People {
				if p.visible(one.UserID) {
					add(p.member(one.UserID))
				}
			}
		case person == nil || !p.visible(person.UserID):
			noUser = append(noUser, strings.ToLower(id))
		default:
			add(person)
		}
	}
	for _, id := range parties {
		n, _ := strconv.Atoi(id) // 0 is no department
		in := p.inDept(n)
		if len(in) == 0 {
			noParty = append(noParty, id)
		}
		for _, person := range in {
			add(person)
		}
	}
	if len(to) == 0 {
		return nil, nil, no(81013, "")
	}
	return to, object{"invaliduser": strings.Join(noUser, "|"), "invalidparty": strings.Join(noParty, "|"), "invalidtag": out.ToTag, "unlicenseduser": ""}, nil
}

func split(ids string) []string {
	return slices.DeleteFunc(strings.Split(ids, "|"), func(s string) bool { return s == "" })
}

// visible reports whether a member is in the app's range.
func (p *Platform) visible(userID string) bool {
	return p.opt.Visible == nil || slices.ContainsFunc(p.opt.Visible, func(id string) bool { return strings.EqualFold(id, userID) })
}

// fill puts the content of an app's message into it.
func (p *Platform) fill(m *Message, out outgoing, now time.Time) error {
	switch out.Type {
	case "text":
		if out.Text.Content == "" {
			return no(44004, "")
		}
		m.Text = p.cut(out.Text.Content)
	case "markdown":
		if len(out.Markdown.Content) > maxAppText {
			return no(45002, "markdown of %d bytes", len(out.Markdown.Content))
		}
		m.Text = out.Markdown.Content
		if m.Text == "" {
			return no(44004, "")
		}
	case "image", "voice", "video", "file":
		return p.attach(m, out.media(), out.Type, now)
	case "textcard":
		if out.TextCard.Title == "" || !web(out.TextCard.URL) {
			return no(40058, "textcard")
		}
		m.Text = out.TextCard.Title + "\n" + out.TextCard.Desc + "\n→ " + out.TextCard.URL
	case "news":
		return out.news(m)
	case "template_card":
		if m.Channel == AppChat {
			return no(40008, "template_card in a group")
		}
		k, err := p.checked(out.Card, appCard)
		if err != nil {
			return err
		}
		if k.interactive() && p.opt.AppURL == "" {
			return no(48002, "the app has no callback address for a card with buttons") // own figure
		}
		m.Card, m.TaskID = string(marshal(out.Card)), k.TaskID
	default:
		return no(40008, "%q", out.Type)
	}
	return nil
}

func (out outgoing) media() media {
	switch out.Type {
	case "image":
		return out.Image
	case "voice":
		return out.Voice
	case "video":
		return out.Video
	}
	return out.File
}

func (out outgoing) news(m *Message) error {
	if n := len(out.News.Articles); n < 1 || n > 8 {
		return no(40058, "%d articles", n)
	}
	for _, a := range out.News.Articles {
		if a.Title == "" || !web(a.URL) {
			return no(40058, "article %q", a.Title)
		}
		m.Text += a.Title + "\n" + a.Desc + "\n→ " + a.URL + "\n"
	}
	m.Text = strings.TrimSuffix(m.Text, "\n")
	return nil
}

// cut is what is left of an app's text. The caller holds the lock.
func (p *Platform) cut(s string) string {
	if len(s) <= maxAppText {
		return s
	}
	p.complain("text of %d bytes, cut at %d", len(s), maxAppText)
	s = s[:maxAppText]
	for !utf8.ValidString(s) {
		s = s[:len(s)-1]
	}
	return s
}

// repeated reports whether the same was sent under enable_duplicate_check a while ago: then it is not sent.
func (p *Platform) repeated(out outgoing, c *call) bool {
	if out.Dedupe != 1 {
		return false
	}
	span := time.Duration(out.DedupeIn) * time.Second
	if span <= 0 {
		span = 30 * time.Minute
	}
	at, before := p.duped[string(c.body)]
	if before && c.now.Sub(at) < span {
		return true
	}
	p.duped[string(c.body)] = c.now
	return false
}

// task uses a task_id up. The caller holds the lock.
func (p *Platform) task(channel string, m Message) error {
	if m.TaskID == "" {
		return nil
	}
	if p.tasks[channel+m.TaskID] {
		return no(42014, "%q was used before", m.TaskID)
	}
	p.tasks[channel+m.TaskID] = true
	return nil
}
