package feishu

import "strings"

// body is a message's content with its kind.
type body struct {
	kind    string // text, post, interactive
	content []byte
}

const (
	// maxContent leaves room within 30 KB, which count the request and whatever the platform expands:
	// https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/create
	maxContent = 27 << 10
	maxText    = 6000 // characters of a message without card
)

// renderText is plain words as text, and as a post where somebody is mentioned or the words contain what
// text would take for markup: <at>, <b>, [a link](…). A post's text element knows none.
func renderText(text string, people []callout) body {
	for most := maxText; ; most /= 2 {
		b := wholeText(shorten(text, most), people)
		if len(quoted(b.content)) <= maxContent || most < 100 {
			return b
		}
	}
}

func wholeText(text string, people []callout) body {
	if len(people) == 0 && !strings.ContainsAny(text, "<>[]&*`~") {
		return body{"text", encode(obj{"text": text})}
	}
	rs, missing := runs(text, people)
	rs = append(allOf(missing), rs...)
	return body{"post", encode(obj{"zh_cn": obj{"content": paragraphs(rs)}})}
}

// paragraphs breaks runs at line ends.
func paragraphs(rs []run) [][]obj {
	out := [][]obj{{}}
	add := func(o obj) { out[len(out)-1] = append(out[len(out)-1], o) }
	for _, r := range rs {
		if r.openID != "" {
			add(obj{"tag": "at", "user_id": r.openID})
			continue
		}
		for n, line := range strings.Split(r.text, "\n") {
			if n > 0 {
				out = append(out, []obj{})
			}
			if line != "" {
				add(obj{"tag": "text", "text": line})
			}
		}
	}
	return out
}

// quoted is content as it stands in the request: JSON within JSON.
func quoted(content []byte) []byte { return encode(string(content)) }
