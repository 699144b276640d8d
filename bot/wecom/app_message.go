package wecom

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
	"time"
)

// appEnvelope is what every callback of an app comes in: https://developer.work.weixin.qq.com/document/path/90238
type appEnvelope struct {
	Receiver string `xml:"ToUserName"`
	Agent    string `xml:"AgentID"`
	Encrypt  string `xml:"Encrypt"`
}

// appMessage is a message or event of an app: https://developer.work.weixin.qq.com/document/path/90239,
// https://developer.work.weixin.qq.com/document/path/90240. It has no chat and no mention: an app hears in
// private chats only.
type appMessage struct {
	Receiver string `xml:"ToUserName"`
	Sender   string `xml:"FromUserName"`
	Created  int64  `xml:"CreateTime"`
	Type     string `xml:"MsgType"`
	ID       string `xml:"MsgId"`
	Agent    string `xml:"AgentID"`

	Content  string `xml:"Content"`
	Media    string `xml:"MediaId"`
	Format   string `xml:"Format"` // of a voice: amr, speex
	FileName string `xml:"FileName"`
	Lat      string `xml:"Location_X"`
	Lng      string `xml:"Location_Y"`
	Label    string `xml:"Label"`
	Title    string `xml:"Title"`
	About    string `xml:"Description"`
	URL      string `xml:"Url"`

	Event    string `xml:"Event"`
	Key      string `xml:"EventKey"`
	Task     string `xml:"TaskId"`
	Response string `xml:"ResponseCode"` // lets its holder update the card once: a secret
	Selected struct {
		Items []appSelected `xml:"SelectedItem"`
	} `xml:"SelectedItems"`

	Change string `xml:"ChangeType"`
	User   string `xml:"UserID"`
	NewID  string `xml:"NewUserID"`
	Unit   string `xml:"Id"`
	Tag    string `xml:"TagId"`
	Latest string `xml:"Latitude"` // of LOCATION, with which people move about
	Farest string `xml:"Longitude"`
	Job    struct {
		ID string `xml:"JobId"`
	} `xml:"BatchJob"`
}

type appSelected struct {
	Question string   `xml:"QuestionKey"`
	Options  []string `xml:"OptionIds>OptionId"`
}

func parseAppMessage(plain []byte) (*appMessage, error) {
	var m appMessage
	if err := parseXML(plain, &m); err != nil {
		return nil, err
	}
	if m.Type == "" || m.Sender == "" {
		return nil, errMalformed
	}
	return &m, nil
}

// key tells deliveries of one message from other messages. Events have no id; the pair of sender and second
// the platform suggests takes two events of a busy second for one, so all that was said of an event counts.
func (m *appMessage) key() string {
	if m.ID != "" {
		return "app/" + m.Agent + "/" + m.ID
	}
	same := *m
	same.Response = "" // may be another one with each delivery
	return "app/" + m.Agent + "/" + fingerprint(same)
}

// fingerprint is the same for equal things.
func fingerprint(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err) // structs of strings and numbers
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:16])
}

// message is what an answer refers to.
func (m *appMessage) message() string {
	if m.ID != "" {
		return m.ID
	}
	return m.key()
}

func (m *appMessage) at() time.Time { return seconds(m.Created) }

// seconds is a moment as the platform writes it; it does not write 0.
func seconds(n int64) time.Time {
	if n <= 0 || n > maxSeconds {
		return time.Time{}
	}
	return time.Unix(n, 0).UTC()
}

const maxSeconds = 253402300799 // the year 9999

// text is what a message says in words.
func (m *appMessage) text() string {
	switch m.Type {
	case "text":
		return tidy(m.Content)
	case "location":
		return strings.TrimSpace("位置：" + m.Label + " （" + m.Lat + "，" + m.Lng + "）")
	case "link":
		return tidy(strings.Join([]string{m.Title, m.About, m.URL}, "\n"))
	}
	return ""
}

// part is the file of a message.
func (m *appMessage) part() (part, bool) {
	kind, known := map[string]string{"image": "image", "voice": "audio", "video": "video", "file": "file"}[m.Type]
	if !known || m.Media == "" {
		return part{}, false
	}
	p := part{media: m.Media, kind: kind, name: m.FileName}
	if kind == "audio" && m.Format != "" {
		p.name = "语音." + m.Format
	}
	return p, true
}

// tidy takes away the spaces a removed mention leaves, keeping the lines.
func tidy(text string) string {
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for n, l := range lines {
		lines[n] = strings.Join(strings.Fields(l), " ")
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}
