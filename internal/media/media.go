// Package media reads what people write down of a question of the press: outlet, person, telephone, question
// and until when an answer is wanted. It knows nothing of incidents and keeps nothing.
package media

import (
	"regexp"
	"strings"
	"time"

	"fenghuo/internal/zh"
)

// Said is an inquiry as far as the words tell of it. Empty is "not said".
type Said struct {
	Outlet   string
	Person   string
	Phone    string // digits, as they are dialled
	Question string
	Due      time.Time // the next such moment after now
}

// Empty reports words that tell of nothing.
func (s Said) Empty() bool { return s == Said{} }

// Read finds the parts of an inquiry in a message or in the answer of a form. The order is free; what no
// part claims belongs to the question, so that nothing is lost.
func Read(text string, now time.Time) Said {
	text = narrow(zh.Clean(text))
	var s Said
	s.Due, text = cutDue(text, now)
	head, question := cutQuestion(text)
	s.Phone, head = cutPhone(head)
	if s.Phone == "" {
		s.Phone, question = cutLabelledPhone(question)
	}
	var rest []string
	s.Outlet, s.Person, rest = who(head)
	s.Question = tidy(strings.Join(append(rest, question), " "))
	return s
}

// None reports an answer that says nobody of the press has called: 没有, 暂无, 还没有记者来.
func None(text string) bool {
	return zh.No(text) || zh.Unknown(text) || nobody.MatchString(zh.Fold(text))
}

var nobody = regexp.MustCompile(`^(?:目前|现在|暂时|暂|还|都|尚)*(?:没有?|无)(?:$|[。，, ]|人|记者|媒体|大v|联系|接到|收到|来)`)

// narrow makes full-width digits and marks within a number ordinary ones.
func narrow(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '０' && r <= '９' {
			return r - '０' + '0'
		}
		if r == '－' || r == '—' {
			return '-'
		}
		return r
	}, s)
}

var (
	asks    = regexp.MustCompile(`(?:提的?问题?|问题|想了解|想问|要问|来问|询问|问)\s*(?:是|的是)?\s*[:：]\s*`)
	askWord = regexp.MustCompile(`()(?:想了解|想知道|想问|要问|来问|询问|问的是)\s*(?:一下|我们|是)?[，,]?\s*|(^|[\s，,、。；;）)]|记者|电话|来电|他|她)问\s*(?:一下|我们)?[，,]?\s*`)
)

// cutQuestion divides the words before the question from it. Without a word that begins one there is none,
// unless a clause ends with a question mark.
func cutQuestion(text string) (head, question string) {
	if at := asks.FindStringIndex(text); at != nil {
		return text[:at[0]], text[at[1]:]
	}
	if at := askWord.FindStringSubmatchIndex(text); at != nil {
		return text[:max(at[3], at[5])], text[at[1]:]
	}
	return text, ""
}

var (
	labels   = regexp.MustCompile(`(?:媒体|单位|来源|姓名|联系人|名字)\s*[:：]\s*`)
	splits   = regexp.MustCompile(`[\s，,、。；;/（）()|｜]+`)
	leadIn   = regexp.MustCompile(`^(?:有的?|刚刚|刚才|刚|接到|收到|一个|一位|一名|一家|是|来自)+`)
	tailWord = regexp.MustCompile(`(?:打来电话|打电话|打来|来电话|来电|来访|来函|联系|电话|手机|的)+$`)
	titles   = []string{"记者", "编辑", "编导", "主持人", "主播", "制片人"}
)

// who are outlet and person among the words before the question, and what is neither.
func who(head string) (outlet, person string, rest []string) {
	titled := false
	for _, token := range splits.Split(labels.ReplaceAllString(head, " "), -1) {
		token = tailWord.ReplaceAllString(leadIn.ReplaceAllString(strings.Trim(token, ":：“”\"'"), ""), "")
		if token == "" || token == "姓名" || token == "媒体" {
			continue
		}
		before, after, found := cutTitle(token)
		switch {
		case found && after == "" && outlet != "" && person == "" && len([]rune(before)) <= 3 && before != "":
			person = token // 李记者
		case found && after == "" && outlet == "" && len([]rune(before)) == 1:
			person = token
		case found:
			if before != "" && outlet == "" {
				outlet, before = before, ""
			}
			person, titled = first(person, tailWord.ReplaceAllString(after, "")), true
			if before != "" {
				rest = append(rest, before)
			}
		case outlet == "" && !(titled && person == ""):
			outlet = token
		case person == "" && len([]rune(token)) <= 12 && !strings.ContainsAny(token, "？?吗"):
			person = token
		default:
			rest = append(rest, token)
		}
	}
	return outlet, person, rest
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// cutTitle divides 南方某报记者李某.
func cutTitle(token string) (before, after string, found bool) {
	for _, t := range titles {
		if b, a, ok := strings.Cut(token, t); ok {
			return b, strings.TrimLeft(a, ":： "), true
		}
	}
	return token, "", false
}

var marks = regexp.MustCompile(`\s*([，,；;])[\s，,；;。]*`)

// tidy takes away the marks that cutting leaves behind.
func tidy(s string) string {
	s = marks.ReplaceAllString(strings.TrimSpace(s), "$1")
	return strings.TrimSpace(strings.Trim(s, "，,；;、:： “”\"（）()"))
}
