package wecomtest

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// cdata is text as the platform writes it.
type cdata struct {
	Text string `xml:",cdata"`
}

// sealedXML is the outer envelope of what is posted to the app, and of what it answers (D/90238, D/90241).
type sealedXML struct {
	XMLName   xml.Name `xml:"xml"`
	To        *cdata   `xml:"ToUserName"`
	Agent     *cdata   `xml:"AgentID"`
	Encrypt   cdata    `xml:"Encrypt"`
	Signature string   `xml:"MsgSignature,omitempty"`
	Stamp     string   `xml:"TimeStamp,omitempty"`
	Nonce     string   `xml:"Nonce,omitempty"`
}

// field is an element of an inner message: text, number, or what it holds.
type field struct {
	name  string
	value any // string, int, int64 or []field
}

// xmlOf is an inner message. Numbers stand bare, text in CDATA.
func xmlOf(fields []field) []byte {
	var b strings.Builder
	b.WriteString("<xml>")
	writeFields(&b, fields)
	b.WriteString("</xml>")
	return []byte(b.String())
}

func writeFields(b *strings.Builder, fields []field) {
	for _, f := range fields {
		b.WriteString("<" + f.name + ">")
		switch v := f.value.(type) {
		case []field:
			writeFields(b, v)
		case int:
			b.WriteString(strconv.Itoa(v))
		case int64:
			b.WriteString(strconv.FormatInt(v, 10))
		case string:
			b.WriteString("<![CDATA[" + strings.ReplaceAll(v, "]]>", "]]]]><![CDATA[>") + "]]>")
		}
		b.WriteString("</" + f.name + ">")
	}
}

// appHead is what every inner message begins with (D/90239).
func (p *Platform) appHead(from, kind string, more ...field) []field {
	head := []field{{"ToUserName", p.opt.CorpID}, {"FromUserName", from}, {"CreateTime", p.now().Unix()}, {"MsgType", kind}}
	return append(head, more...)
}

// appMessages are what the app is told of a person's message: words and pictures, each by itself, and voice.
// Of files the platform's list says nothing: they are not told.
func (p *Platform) appMessages(m *Message, by *Person) (out []*parcel) {
	told := func(kind string, more ...field) {
		p.last["app messages"]++
		id := 7461200033445566000 + int64(p.last["app messages"])
		if m.MsgID == "" {
			m.MsgID = strconv.FormatInt(id, 10)
		}
		more = append(more, field{"MsgId", id}, field{"AgentID", p.opt.AgentID})
		out = append(out, &parcel{channel: App, kind: kind, by: by, body: xmlOf(p.appHead(by.UserID, kind, more...)), most: 3})
	}
	voice := len(m.Files) == 1 && m.Files[0].Kind == "voice"
	if m.Text != "" && !voice {
		told("text", field{"Content", m.Text})
	}
	for _, f := range m.Files {
		id := p.keep("sim-media-", file{name: f.Name, kind: f.Kind, data: f.Data, ends: p.now().Add(mediaFor)})
		switch f.Kind {
		case "image":
			told("image", field{"PicUrl", p.address(file{name: f.Name, data: f.Data}, mediaFor)}, field{"MediaId", id})
		case "voice":
			told("voice", field{"MediaId", id}, field{"Format", "amr"})
		case "video":
			told("video", field{"MediaId", id}, field{"ThumbMediaId", id})
		}
	}
	return out
}

// appEvent is an event for the app (D/90240). The caller holds the lock.
func (p *Platform) appEvent(by *Person, event string, more ...field) *parcel {
	from := "sys"
	if by != nil {
		from = by.UserID
	}
	fields := p.appHead(from, "event", append([]field{{"Event", event}}, more...)...)
	return &parcel{channel: App, kind: event, by: by, body: xmlOf(append(fields, field{"AgentID", p.opt.AgentID})), most: 3}
}
