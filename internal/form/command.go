package form

import (
	"regexp"
	"strings"
	"time"

	"fenghuo/internal/zh"
)

type cmd string

const (
	cmdBack   cmd = "上一步"
	cmdEdit   cmd = "改"
	cmdSkip   cmd = "跳过"
	cmdLater  cmd = "稍后补"
	cmdShow   cmd = "看看"
	cmdPause  cmd = "存草稿"
	cmdGoOn   cmd = "继续"
	cmdCancel cmd = "取消"
	cmdHelp   cmd = "帮助"
	cmdSheet  cmd = "一次填完"
	cmdDone   cmd = "好了"
	cmdSubmit cmd = "提交"
	cmdKeep   cmd = "不用"
	cmdUndo   cmd = "撤销"
	cmdAdd    cmd = askMissing
)

var spellings = map[string]cmd{
	"上一步": cmdBack, "上一题": cmdBack, "上一问": cmdBack, "返回": cmdBack, "后退": cmdBack,
	"跳过": cmdSkip, "略过": cmdSkip, "下一题": cmdSkip, "跳过去": cmdSkip,
	"稍后补": cmdLater, "稍后": cmdLater, "以后补": cmdLater, "回头补": cmdLater, "待会补": cmdLater, "等会儿补": cmdLater,
	"看看": cmdShow, "看一下": cmdShow, "预览": cmdShow, "查看": cmdShow,
	"存草稿": cmdPause, "保存": cmdPause, "保存草稿": cmdPause, "暂存": cmdPause,
	"继续": cmdGoOn, "接着填": cmdGoOn, "继续填": cmdGoOn, "继续上报": cmdGoOn,
	"取消": cmdCancel, "不报了": cmdCancel, "取消上报": cmdCancel,
	"一次填完": cmdSheet, "填表": cmdSheet, "一张表": cmdSheet, "表单": cmdSheet,
	"帮助": cmdHelp, "怎么填": cmdHelp, "?": cmdHelp,
	"好了": cmdDone, "发完了": cmdDone, "完了": cmdDone, "好": cmdDone, "好的": cmdDone, "没了": cmdDone,
	"提交": cmdSubmit, "提交吧": cmdSubmit, "确认提交": cmdSubmit, "确认": cmdSubmit, "确定": cmdSubmit,
	"不用": cmdKeep, "不用了": cmdKeep, "不用改": cmdKeep,
	"撤销": cmdUndo, "撤回": cmdUndo, "恢复": cmdUndo,
	"补充": cmdAdd,
}

var cancelText = regexp.MustCompile(`^(?:取消上报|取消|不报了)[\s＋+，,。:：、]+([\s\S]+)$`)

// command finds a command in what was said. rest is what came with it.
func command(text string) (c cmd, rest string, ok bool) {
	folded := strings.TrimRight(zh.Fold(text), "。.!！~～ ")
	if c, ok := spellings[folded]; ok {
		return c, "", true
	}
	trimmed := strings.TrimSpace(text)
	if m := editText.FindStringSubmatch(trimmed); m != nil {
		return cmdEdit, trimmed, true
	}
	if m := cancelText.FindStringSubmatch(trimmed); m != nil {
		return cmdCancel, strings.TrimSpace(m[1]), true
	}
	return "", "", false
}

// IsCommand reports words that mean something to a form wherever they are said: 继续, 取消 重复了, 看看.
func IsCommand(text string) bool {
	c, _, ok := command(text)
	return ok && (c == cmdGoOn || c == cmdCancel || c == cmdShow || c == cmdPause || c == cmdSubmit)
}

// Corrects reports words that change an answer by its number: 改2 抖音.
func Corrects(text string) bool {
	c, _, ok := command(text)
	return ok && c == cmdEdit
}

// text takes words: a command, what was asked back, or an answer.
func (s *Session) text(in Input) Reply {
	st := &s.state
	c, rest, isCommand := command(in.Text)
	if st.phase == paused && (!isCommand || c == cmdSkip || c == cmdLater || c == cmdDone) {
		st.phase = filling
		r := s.next(in.At)
		r.Kept = s.kept()
		return r
	}
	if zh.Fold(in.Text) == "" {
		return s.again(in)
	}
	if isCommand && !s.answersOpen(c, in.Text) {
		return s.do(c, rest, in)
	}
	switch {
	case st.reason:
		return s.cancel(in)
	case st.why != nil:
		return s.giveReason(in)
	case st.which != nil:
		return s.choose(in)
	}
	return s.answer(in)
}

// answersOpen: 好 and 确认 are commands only where they mean something, else they are tried as answers.
func (s *Session) answersOpen(c cmd, text string) bool {
	st := &s.state
	switch c {
	case cmdDone:
		return st.field != nil && st.field.Type != Files && (st.phase == filling || st.phase == adding)
	case cmdSubmit:
		return st.submitted && st.field != nil && zh.Yes(text)
	case cmdKeep:
		return !st.hint
	}
	return false
}

func (s *Session) do(c cmd, rest string, in Input) Reply {
	st := &s.state
	switch c {
	case cmdBack:
		return s.back(in.At)
	case cmdEdit:
		return s.edit(rest, in)
	case cmdSkip, cmdLater:
		return s.putOff(in.At)
	case cmdShow:
		return Reply{Then: Show, Field: st.field}
	case cmdPause:
		return s.pause(in.At)
	case cmdGoOn:
		return s.goOn(in.At)
	case cmdCancel:
		return s.askCancel(rest, in)
	case cmdSheet:
		if st.submitted {
			return s.add(in.At)
		}
		return Reply{Then: Fill, Field: st.field, At: in.At}
	case cmdHelp:
		return Reply{Then: Help, Field: st.field}
	case cmdDone:
		return s.done(in)
	case cmdSubmit:
		return s.submit(in)
	case cmdKeep:
		st.hint = false
		return s.next(in.At)
	case cmdUndo:
		return s.takeBack(in.At)
	case cmdAdd:
		return s.add(in.At)
	}
	return Reply{}
}

// back opens the question before the one that is open.
func (s *Session) back(at time.Time) Reply {
	st := &s.state
	st.which, st.why, st.reason = nil, nil, false
	if st.submitted && st.phase != adding {
		return s.rest(at)
	}
	from := s.form.First() + 1
	if st.field != nil {
		from = st.field.N
	}
	low := 1
	if st.phase == adding {
		low = s.form.First() + 1
	}
	if from <= low {
		r := s.ask(&s.form.Fields[low-1], at)
		r.Notes = []Note{{Kind: First}}
		return r
	}
	return s.ask(&s.form.Fields[from-2], at)
}

// putOff leaves a question for later. One of pass 1 comes back at the end, and then has to be answered.
func (s *Session) putOff(at time.Time) Reply {
	st := &s.state
	if st.phase == reviewing || st.field == nil {
		return s.next(at)
	}
	f := st.field
	st.which, st.why = nil, nil
	if _, answered := st.values[f.Key]; answered {
		return s.next(at)
	}
	if f.Pass == 1 && st.later[f.Key] {
		r := s.ask(f, at)
		r.Notes = []Note{{Kind: Required, Field: f, Example: f.Example}}
		return r
	}
	st.later[f.Key] = true
	r := s.next(at)
	note := Note{Kind: Later, Field: f}
	if r.Field == f {
		note = Note{Kind: Required, Field: f, Example: f.Example}
	}
	r.Notes = append([]Note{note}, r.Notes...)
	return r
}

func (s *Session) pause(at time.Time) Reply {
	if s.state.submitted {
		return s.rest(at)
	}
	s.state.phase = paused
	return Reply{Then: Pause, Wait: s.ForwardAt(), At: at}
}

func (s *Session) goOn(at time.Time) Reply {
	st := &s.state
	if st.phase == resting {
		return s.add(at)
	}
	if st.phase == paused {
		st.phase = filling
	}
	r := s.next(at)
	r.Kept = s.kept()
	return r
}

// kept is how many answers to tell a person of who is back after a pause.
func (s *Session) kept() int {
	if !s.state.resumed {
		return 0
	}
	return len(s.state.values)
}

func (s *Session) askCancel(reason string, in Input) Reply {
	if s.state.submitted {
		return Reply{Notes: []Note{{Kind: NotHeard}}, Then: Rest}
	}
	if reason == "" && len(s.state.values) > 0 {
		s.state.reason = true
		return Reply{Then: AskReason}
	}
	in.Text = reason
	return s.cancel(in)
}

func (s *Session) cancel(in Input) Reply {
	s.state.phase = cancelled
	s.state.shut()
	s.state.end = Reply{Then: Cancel, Reason: trim(zh.Clean(in.Text), 300), At: in.At}
	return s.state.end
}

func (s *Session) submit(in Input) Reply {
	st := &s.state
	if st.submitted {
		return s.next(in.At)
	}
	if f := s.open(1); f != nil {
		st.phase, st.which, st.why, st.reason = filling, nil, nil, false
		r := s.ask(f, in.At)
		r.Notes = []Note{{Kind: Required, Field: f, Example: f.Example}}
		return r
	}
	level, reasons := s.env.Suggest(s.Said())
	r := Reply{Then: Submit, Suggest: level, Level: level, Reasons: reasons, At: in.At}
	if v, ok := s.value(MeansLevel); ok && v.Level.Valid() {
		r.Level, r.Reason = v.Level, v.Reason
	}
	st.submitted, st.phase, st.sealed, st.end = true, resting, len(st.changes), r
	st.shut()
	return r
}

// add begins the second pass.
func (s *Session) add(at time.Time) Reply {
	if !s.state.submitted {
		return s.next(at)
	}
	s.state.phase = adding
	s.state.later = map[string]bool{}
	s.state.offered = false
	return s.next(at)
}

func (s *Session) takeBack(at time.Time) Reply {
	keys := s.state.undo()
	s.state.hint = false
	r := s.next(at)
	for _, key := range keys {
		f, _ := s.form.Field(key)
		r.Notes = append(r.Notes, Note{Kind: Undone, Field: f, Text: s.state.values[key].Text})
	}
	if len(keys) == 0 {
		r.Notes = []Note{{Kind: NothingUndone}}
	}
	return r
}
