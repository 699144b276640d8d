package form

import (
	"regexp"
	"strings"
	"time"

	"fenghuo/internal/zh"
)

var (
	foundWord = regexp.MustCompile(`看到|发现|刷到|看见|收到|接到`)
	foundAt   = regexp.MustCompile(`^(?:的?时间|于|是|在)`)
	justFound = regexp.MustCompile(`刚刚|刚才|刚(?:在|从)?`)
	somebody  = regexp.MustCompile(`顾客|客户|客人|消费者|网友|有人|家长|用户|他|她|对方`)
	happened  = regexp.MustCompile(`发生|出的?事|买|吃|喝|来店|到店|下单|消费|开始|摔|着火|起火|断电|停电`)
)

// guessFound: a time said before 看到 or 发现 in the same breath is when it was found, one that a clause
// consists of if it is the only one, and 刚刚 is now. What a customer found is another matter.
func (s *Session) guessFound(f *Field, in Input) (Value, bool) {
	now := in.At.In(s.env.Zone)
	all := zh.FindTimes(in.Text, now)
	if len(all) == 0 && (strings.Contains(in.Text, "刚刚") || strings.Contains(in.Text, "刚才")) {
		return s.sure(f, Input{At: in.At, Text: "刚刚"})
	}
	seen := false
	for _, part := range clauses(in.Text) {
		before, after, ok := cutFound(part)
		if !ok {
			continue
		}
		seen = true
		times := zh.FindTimes(before, now)
		if len(times) == 0 && foundAt.MatchString(after) {
			times = zh.FindTimes(after, now)
		}
		switch {
		case len(times) == 1:
			return s.beyondDoubt(f, times[0], in)
		case len(times) == 0 && justFound.MatchString(before):
			return s.sure(f, Input{At: in.At, Text: "刚刚"})
		}
	}
	for _, part := range clauses(in.Text) {
		if w, ok := zh.ParseTime(strings.TrimSpace(part), now); ok && seen && len(all) == 1 {
			return s.beyondDoubt(f, w, in)
		}
	}
	return Value{}, false
}

func (s *Session) beyondDoubt(f *Field, w zh.When, in Input) (Value, bool) {
	v, ask, refused := s.readWhen(f, w, in)
	return v, ask == nil && refused == nil
}

// cutFound cuts a clause at the word that says the person found something.
func cutFound(part string) (before, after string, ok bool) {
	at := foundWord.FindStringIndex(part)
	if at == nil || somebody.MatchString(part[:at[0]]) && !strings.Contains(part[:at[0]], "我") {
		return "", part, false
	}
	return part[:at[0]], part[at[1]:], true
}

// guessOccurred: a time in one breath with what happened, or with publishing it, but not with finding it.
func (s *Session) guessOccurred(f *Field, in Input) (Value, bool) {
	now := in.At.In(s.env.Zone)
	v := Value{Raw: in.Text}
	for _, part := range clauses(in.Text) {
		_, rest, found := cutFound(part)
		all := zh.FindTimes(rest, now)
		if len(all) != 1 || all[0].DateOnly || found && foundAt.MatchString(rest) {
			continue
		}
		var slot *time.Time
		switch {
		case published.MatchString(rest):
			slot = &v.Published
		case happened.MatchString(rest):
			slot = &v.At
		default:
			continue
		}
		t, why := s.pastTime(all[0], now)
		if why != "" || !slot.IsZero() {
			return Value{}, false
		}
		*slot = t
	}
	if v.At.IsZero() && v.Published.IsZero() || s.disordered(v, in) {
		return Value{}, false
	}
	v.Text = showTimes(v, now)
	return v, true
}
