package notice

import (
	"fmt"
	"strings"
	"time"

	"fenghuo/bot"
	"fenghuo/internal/form"
	"fenghuo/internal/zh"
)

// Form answers somebody who is filling a form: what was done with their words, then the next question.
func (v Voice) Form(s *form.Session, r form.Reply, now time.Time) bot.Message {
	switch r.Then {
	case form.Review:
		return v.review(s, r, now)
	case form.Fill:
		return v.sheet(s, r, now)
	}
	var parts []string
	if r.Start {
		parts = append(parts, fmt.Sprintf("好的，%s。共%d问，%s；%s没填完，我会把已填内容先报给值班员。", v.Name(s.Person), s.Form().First(), s.Form().Takes, zh.ShowSpan(s.Form().Idle.Forward)))
	}
	for _, n := range r.Notes {
		if n.Kind == form.NotHeard && s.Submitted() {
			parts = append(parts, "这份已经提交。要补、要改请回“补充＋内容”。")
			continue
		}
		parts = append(parts, v.formNote(s, n, now))
	}
	if r.Kept > 0 {
		parts = append(parts, fmt.Sprintf("已为您保留前%d项。", r.Kept))
	}
	if next := v.formNext(s, r, now); next != "" {
		parts = append(parts, next)
	}
	if r.Start {
		return carded(bot.Card{Head: s.Form().Title, Lines: kept(parts), Buttons: []bot.Button{{Label: "一次填完", Say: "一次填完"}}})
	}
	if r.Then == form.Ask && len(r.Field.Options) > 0 {
		return v.pick(s, r.Field, kept(parts))
	}
	return said(strings.Join(kept(parts), "\n"))
}

func kept(parts []string) []string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return out
}

// circled is a number in a circle, for 1 to 20.
func circled(n int) string { return string(rune('①' + n - 1)) }

func (v Voice) formNext(s *form.Session, r form.Reply, now time.Time) string {
	switch r.Then {
	case form.Ask:
		return v.question(s, r)
	case form.AskWhich:
		return v.askWhich(r, now)
	case form.AskWhyOld:
		return fmt.Sprintf("%s是%s，有一会儿了。中间有什么情况，方便的话写一句；不便说回“跳过”。", circled(r.Field.N), r.Current)
	case form.AskWhyLower:
		return fmt.Sprintf("系统建议【%s】%s，您选【%s】。请写一句理由。", r.Suggest.Badge(), because(list(r.Reasons)), r.Level.Badge())
	case form.AskReason:
		return "请写一句为什么取消，例：“重复了，已有人报”。不取消就回“继续”。"
	case form.Pause:
		text := "已存草稿。回“继续”接着填"
		if !r.Wait.IsZero() {
			text += fmt.Sprintf("；%s我会把已填的先报值班员", v.at(r.Wait, now))
		}
		return text + "。"
	case form.Cancel:
		return "已取消，没有登记。要报舆情随时回“上报”。"
	case form.Show:
		return v.shown(s)
	case form.Help:
		return v.formHelp(s, r.Field)
	case form.Complete:
		return "要素已齐，谢谢。" + offer("还有要补充的吗？", r.Offer)
	case form.More:
		return offer("还可以补：", r.Offer)
	case form.Rest:
		return v.rest(s)
	case form.TooMuch:
		return "这份快报已经装满了。请回“提交”，或“取消＋原因”重新报。"
	}
	return ""
}

// offer names what could be added besides, with an example.
func offer(words string, fields []*form.Field) string {
	if len(fields) == 0 {
		return ""
	}
	example := fields[0]
	for _, f := range fields {
		words += circled(f.N) + f.Label + " "
		if zh.Len(f.Example) > zh.Len(example.Example) {
			example = f
		}
	}
	return fmt.Sprintf("%s。回编号，或“%d %s”这样；没有就回“没有”。", strings.TrimSpace(words), example.N, example.Example)
}

// counter is how far a question is: ②/7.
func counter(s *form.Session, f *form.Field) string {
	total := s.Form().First()
	if f.Pass == 2 {
		total = max(s.Form().Last(), f.N)
	}
	return fmt.Sprintf("%s/%d", circled(f.N), total)
}

func (v Voice) question(s *form.Session, r form.Reply) string {
	f := r.Field
	text := counter(s, f) + " " + f.Prompt
	for n, o := range f.Options {
		text += fmt.Sprintf("%d%s ", n+1, o.Name)
	}
	text = strings.TrimSpace(text)
	if r.Current != "" {
		text += fmt.Sprintf("\n现在是：%s。要改直接发，不改回“继续”。", short(r.Current, 40))
	}
	return text
}

func (v Voice) askWhich(r form.Reply, now time.Time) string {
	var b strings.Builder
	if r.Field.Type == form.Unit {
		fmt.Fprintf(&b, "匹配到%d个：", len(r.Choices))
		for n, c := range r.Choices {
			fmt.Fprintf(&b, "%d%s ", n+1, c)
		}
		return strings.TrimSpace(b.String()) + "，回编号。"
	}
	if !r.Coming.IsZero() {
		fmt.Fprintf(&b, "%s还没到。", v.day(r.Coming, now))
	}
	b.WriteString("您是指 ")
	for n, c := range r.Choices {
		fmt.Fprintf(&b, "%d%s ", n+1, c)
	}
	fmt.Fprintf(&b, "%d其他？回编号。", len(r.Choices)+1)
	return b.String()
}

func (v Voice) formNote(s *form.Session, n form.Note, now time.Time) string {
	switch n.Kind {
	case form.Understood, form.Same:
		return fmt.Sprintf("%s%s：%s。", circled(n.Field.N), n.Field.Label, zh.Mask(n.Text))
	case form.Changed:
		return fmt.Sprintf("%s已改为：%s（原：%s）。", circled(n.Field.N), zh.Mask(n.Text), zh.Mask(n.Old))
	case form.Refused:
		return v.notTaken(s, n, now)
	case form.TookFiles:
		return fmt.Sprintf("已收%d份，共%s。", n.Count, n.Text)
	case form.FileRefused:
		return v.FileTrouble(n.Text, n.Old).Text
	case form.SameFile:
		return fmt.Sprintf("“%s”已经收过了。", short(n.Text, 30))
	case form.LinkHint:
		return fmt.Sprintf("%s的链接像是%s，是否一并修改？回“改%d”或“不用”。", circled(n.Field.N), n.Text, n.Field.N)
	case form.Later:
		return fmt.Sprintf("好，%s放到后面。", circled(n.Field.N))
	case form.Undone:
		if n.Text == "" {
			return fmt.Sprintf("%s已撤销。", circled(n.Field.N))
		}
		return fmt.Sprintf("%s已恢复为：%s。", circled(n.Field.N), zh.Mask(n.Text))
	case form.NothingUndone:
		return "没有可撤销的了。"
	case form.Required:
		return fmt.Sprintf("%s%s要先填%s。例：“%s”。", circled(n.Field.N), n.Field.Label, because(whyFirst[n.Field.Means]), n.Example)
	case form.First:
		return "已经是第一问了。"
	case form.NoSuch:
		return fmt.Sprintf("没有第%s问，只有1–%d。例：“改2 抖音”。", short(n.Text, 6), n.Count)
	case form.Sealed:
		return fmt.Sprintf("%s%s已登记，不直接改。要改请回“更正%d 新内容，原因：…”，另一位同意后生效。例：“更正%d %s，原因：写错了”。", circled(n.Field.N), n.Field.Label, n.Field.N, n.Field.N, n.Example)
	case form.NotHeard:
		return "没听懂。回“提交”，或“改＋编号”，例：“改2 抖音”。"
	case form.Thin:
		return "已记下。方便时再补上时间、地点、起因和现在怎样，会更清楚。"
	}
	return ""
}

// whyFirst is why an answer cannot wait.
var whyFirst = map[form.Means]string{form.MeansFound: "时限从这里起算"}

// review shows all answers before they are submitted.
func (v Voice) review(s *form.Session, r form.Reply, now time.Time) bot.Message {
	c := bot.Card{Level: int(r.Level), Head: "请核对"}
	for _, n := range r.Notes {
		if text := v.formNote(s, n, now); text != "" && n.Kind != form.Understood && n.Kind != form.Same {
			c.Lines = append(c.Lines, text)
		}
	}
	for _, l := range s.Lines() {
		c.Lines = append(c.Lines, fmt.Sprintf("%d %s：%s", l.N, l.Label, zh.Mask(l.Text)))
	}
	c.Lines = append(c.Lines, fmt.Sprintf("系统建议【%s】%s。", r.Suggest.Badge(), after("：", list(r.Reasons))))
	if r.Level != r.Suggest {
		c.Lines = append(c.Lines, fmt.Sprintf("您选的是【%s】。", r.Level.Badge()))
	}
	c.Buttons = []bot.Button{{Label: "提交", Say: "提交", Primary: true}, {Label: "存草稿", Say: "存草稿"}}
	c.Foot = "回“提交”，或“改＋编号”，例：“改1 新的说法”。"
	return carded(c)
}

// after puts mark before text, if there is any.
func after(mark, text string) string {
	if text == "" {
		return ""
	}
	return mark + text
}

func (v Voice) shown(s *form.Session) string {
	lines := []string{"已填："}
	for _, l := range s.Lines() {
		lines = append(lines, fmt.Sprintf("%d %s：%s", l.N, l.Label, zh.Mask(l.Text)))
	}
	if len(lines) == 1 {
		lines[0] = "还没有填。"
	}
	return strings.Join(append(lines, "回“继续”接着填。"), "\n")
}

func (v Voice) rest(s *form.Session) string {
	if missing := s.Missing(); len(missing) > 0 {
		return fmt.Sprintf("好，还差：%s。回“补充”接着填。", list(missing))
	}
	return "好。"
}

func (v Voice) formHelp(s *form.Session, f *form.Field) string {
	text := "直接回答就行。也可以说：上一步、改3、跳过、稍后补、看看、撤销、存草稿、继续、取消＋原因、提交。"
	if f != nil {
		text += fmt.Sprintf("\n现在是%s，例：“%s”。", circled(f.N), f.Example)
	}
	return text
}

// FormNudge asks somebody who fell silent, where they were filling.
func (v Voice) FormNudge(s *form.Session, f *form.Field) bot.Message {
	if f == nil {
		return said(fmt.Sprintf("%s，还在吗？都填好了，回“提交”就行。（已存草稿）", v.Name(s.Person)))
	}
	return said(fmt.Sprintf("%s，还在吗？%s%s。（已存草稿）", v.Name(s.Person), circled(f.N), f.Short))
}

// FormWaiting reminds them in private. where names the group; empty for a private form.
func (v Voice) FormWaiting(s *form.Session, f *form.Field, where string, forward, now time.Time) bot.Message {
	if where != "" {
		where = "在" + where
	}
	text := fmt.Sprintf("您%s的快报停在提交前，都填好了。回“继续”核对后提交，或“取消＋原因”。", where)
	if f != nil {
		text = fmt.Sprintf("您%s的快报停在%s。回“继续”接着填，或“取消＋原因”。", where, circled(f.N))
	}
	if !forward.IsZero() {
		text += fmt.Sprintf("%s我会把已填的先报值班员。", v.at(forward, now))
	}
	return said(text)
}

// Forwarded passes an unfinished form on as an oral first report.
func (v Voice) Forwarded(s *form.Session, now time.Time) bot.Message {
	told, found := s.Said(), "发现时间（暂）"
	text := fmt.Sprintf("【未完成快报】%s %s：%s", v.Name(s.Person), v.at(s.StartedAt, now), zh.Mask(told[form.MeansTitle].Text))
	if p := told[form.MeansPlatform].Text; p != "" {
		text += "；来源：" + p
	}
	if _, ok := told[form.MeansFound]; ok {
		found = "发现时间"
	}
	return said(text + "；" + found + v.at(s.FoundAt(), now) + "。请先电话核实。")
}

// FormAbandoned tells that a form was given up.
func (v Voice) FormAbandoned(s *form.Session) bot.Message {
	return said(fmt.Sprintf("这份快报%s没有填完，已作废存档。还要报请回“上报”。", zh.ShowSpan(s.Form().Idle.Abandon)))
}

// FormGoesOn says where a form that is filled elsewhere goes on.
func (v Voice) FormGoesOn() bot.Message { return said("已在话题里继续。") }

// MentionMe adds to the first question that answers in this group need a mention.
func (v Voice) MentionMe(m bot.Message) bot.Message {
	const hint = "在群里回答要@我；也可以点“一次填完”，不用@。"
	if m.Card == nil {
		m.Text += "\n" + hint
		return m
	}
	c := *m.Card
	c.Foot = hint
	m.Card, m.Text = &c, Flatten(c)
	return m
}

// NotYourForm answers somebody who filled in another's card.
func (v Voice) NotYourForm() bot.Message {
	return said("这份快报由报告人自己填。您要报请回“上报”。")
}

// FormPrivately says in a group that the form is filled in private.
func (v Voice) FormPrivately(person string) bot.Message {
	return said(fmt.Sprintf("%s，我私聊您填，不打扰大家。", v.Name(person)))
}

// FormWithdrawn confirms that a report which had been passed on was taken back.
func (v Voice) FormWithdrawn(number string) bot.Message {
	return said(number + "已撤回，原内容存档。")
}
