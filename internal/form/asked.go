package form

import (
	"strings"
	"time"

	"fenghuo/internal/zh"
)

// askWhich asks which of several things was meant.
func (s *Session) askWhich(w *which, in Input) Reply {
	s.state.opens(w.field)
	s.state.which = w
	return s.whichReply(in.At)
}

func (s *Session) whichReply(at time.Time) Reply {
	w := s.state.which
	r := Reply{Then: AskWhich, Field: w.field, At: at}
	for _, u := range w.units {
		name := u.Name
		if u.Full != "" {
			name = u.Full
		}
		r.Choices = append(r.Choices, name)
	}
	for _, t := range w.times {
		r.Choices = append(r.Choices, showTime(t, at.In(s.env.Zone)))
	}
	r.Coming = w.coming
	return r
}

// choose takes the number of what was meant; anything else is a new answer.
func (s *Session) choose(in Input) Reply {
	w := s.state.which
	picks, ok := zh.ParseChoices(in.Text, 99)
	if zh.Fold(in.Text) == "其他" {
		picks, ok = []int{len(w.units) + len(w.times) + 1}, true
	}
	switch {
	case ok && (len(picks) != 1 || picks[0] > len(w.units)+len(w.times)+1):
		return s.whichReply(in.At)
	case !ok:
		s.state.which = nil
		return s.answer(in)
	}
	s.state.which = nil
	n := picks[0] - 1
	v := Value{Raw: in.Text}
	switch {
	case n < len(w.units):
		v.Text, v.Unit = w.units[n].Name, w.units[n].ID
	case n < len(w.times):
		v.At = w.times[n].UTC()
		v.Text = showTime(w.times[n], in.At.In(s.env.Zone))
	default: // something else
		return s.ask(w.field, in.At)
	}
	return s.keep(w.field, v, in)
}

// askWhy asks once, politely, for the reason of what is unusual: found long ago, a lower level.
func (s *Session) askWhy(f *Field, in Input) (Reply, bool) {
	st := &s.state
	v := st.values[f.Key]
	level, _ := s.env.Suggest(s.Said())
	switch {
	case f.Means == MeansFound && !st.whyAsked && st.forwarded.IsZero():
		limit := s.env.Limit(level)
		if limit <= 0 || in.At.Sub(v.At) <= limit {
			return Reply{}, false
		}
		st.whyAsked = true
	case f.Means == MeansLevel && level.Graver(v.Level):
	default:
		return Reply{}, false
	}
	st.opens(f)
	st.which, st.why = nil, f
	return s.whyReply(), true
}

func (s *Session) whyReply() Reply {
	f := s.state.why
	v := s.state.values[f.Key]
	if f.Means == MeansFound {
		return Reply{Then: AskWhyOld, Field: f, Current: v.Text}
	}
	level, reasons := s.env.Suggest(s.Said())
	return Reply{Then: AskWhyLower, Field: f, Suggest: level, Level: v.Level, Reasons: reasons}
}

func (s *Session) giveReason(in Input) Reply {
	st := &s.state
	f := st.why
	v := st.values[f.Key]
	v.Reason = trim(zh.Clean(in.Text), 300)
	st.set(f, v)
	st.why = nil
	return s.next(in.At)
}

// elements are words that tell of one of the six: time, place, people, cause, course, present state.
var elements = [][]string{
	{"点", "今天", "昨", "前天", "早", "晚", "上午", "下午", "日", "月", "刚"},
	{"店", "仓", "楼", "区", "路", "厂", "门口", "现场", "网上", "抖音", "微博", "群"},
	{"顾客", "客户", "员工", "店员", "网友", "人", "记者", "家长", "用户", "司机"},
	{"因", "由于", "导致", "起因", "称", "说", "怀疑", "发现"},
	{"后", "随后", "于是", "拍", "发", "要求", "投诉", "报警", "争执"},
	{"目前", "现在", "已", "正在", "仍", "还在", "暂"},
}

// thin: in an account of few words five of the six elements are not found.
func thin(text string) bool {
	found := 0
	for _, words := range elements {
		for _, w := range words {
			if strings.Contains(text, w) {
				found++
				break
			}
		}
	}
	return found <= 1
}
