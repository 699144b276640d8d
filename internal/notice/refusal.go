package notice

import (
	"fmt"
	"time"

	"fenghuo/bot"
	"fenghuo/internal/incident"
	"fenghuo/internal/zh"
)

// Refused says why something is not possible now, and what is.
func (v Voice) Refused(inc *incident.Incident, e *incident.Refusal, now time.Time) bot.Message {
	return said(v.refusal(inc, e, now))
}

func (v Voice) refusal(inc *incident.Incident, e *incident.Refusal, now time.Time) string {
	switch e.Code {
	case incident.Over:
		return v.over(inc, now)
	case incident.NotSubmitted:
		return fmt.Sprintf("%s还没填完，等%s提交后再办。", inc.Number, v.Name(inc.Reporter))
	case incident.AlreadyAcked:
		return v.ackedAlready(inc, e.Who)
	case incident.NotYours:
		if e.Who == "" {
			return "这一步要由别的同事来。"
		}
		return fmt.Sprintf("这一步要由%s来。", v.Name(e.Who))
	case incident.NotAcked:
		return fmt.Sprintf("%s还没签收，请%s先回“收到”。", inc.Number, v.Name(e.Who))
	case incident.NothingAsked:
		return fmt.Sprintf("%s现在没有等您答复的事。", inc.Number)
	case incident.NoSlot:
		return v.noSlot(inc, now)
	case incident.SamePerson:
		return fmt.Sprintf("现在就是%s负责，不用再转。", v.Name(e.Who))
	case incident.NoRisk:
		return "您名下没有待说明的风险。"
	case incident.SameLevel:
		return fmt.Sprintf("%s现在是%s，请写另一级，例：“升级II 已有人受伤”。", inc.Number, e.Level.Badge())
	case incident.LevelStep:
		return fmt.Sprintf("%s的升降要由%s来定。", incident.LevelI.Badge(), v.Name(e.Who))
	case incident.FollowUpDuplicate:
		return v.DuplicateFollowUp(inc, e, false, now).Text
	case incident.NoInquiry:
		return fmt.Sprintf("%s没有这个编号的媒体来询。回“详情 %s”看有哪些。", inc.Number, ShortNumber(inc.Number))
	case incident.InquiryClosed:
		return fmt.Sprintf("这条媒体来询已由%s答复（%s），不用再办。", v.Name(e.Who), v.day(e.At, now))
	case incident.HasParts:
		return fmt.Sprintf("%s已有别的报告并入，不能再并到别处。", inc.Number)
	case incident.NoSuchPart:
		return "它现在没有并在别处，不用拆分。"
	case incident.CorrectionWaits:
		return fmt.Sprintf("%s申请的更正（%s）还没人答复，请先定下那一条。", v.Name(e.Who), v.at(e.At, now))
	case incident.NothingToCorrect:
		return "登记的就是这样，不用更正。"
	case incident.KnownNeedsProof:
		return "改知悉时间要有依据。请附截图，或写已有证据的编号、证人，例：“更正 知悉时间 今天8点，原因：店长群里说过，证人：林可”。"
	case incident.NoInterim:
		return fmt.Sprintf("%s是%s，不用交阶段小结，直接回“终报＋内容”。", inc.Number, inc.Level.Current.Badge())
	case incident.CloseFirst:
		return fmt.Sprintf("%s还没办结，复盘等终报批准后再交。底稿现在就能看，回“复盘”。", inc.Number)
	case incident.NoDebrief:
		return fmt.Sprintf("%s没有等批的复盘。", inc.Number)
	case incident.AnsweredAlready:
		return "已经办过了，不用再办一次。"
	}
	if text := v.refusedTask(inc, e, now); text != "" {
		return text
	}
	if text := v.refusedJudgment(inc, e, now); text != "" {
		return text
	}
	return v.refusedTime(inc, e, now)
}

// refusedTask says why a task cannot be given or finished.
func (v Voice) refusedTask(inc *incident.Incident, e *incident.Refusal, now time.Time) string {
	switch e.Code {
	case incident.NoSuchTask:
		return fmt.Sprintf("没有这一项任务。回“任务”看清单，办好回“完成 %d”。", v.exampleTask(inc))
	case incident.TaskDoneAlready:
		return fmt.Sprintf("这项任务%s已在%s办好，不用再回。", v.Name(e.Who), v.at(e.At, now))
	case incident.TaskThere:
		return "已经有这样一项任务，不用再派。回“任务”看清单。"
	}
	return ""
}

// refusedJudgment says why a finding, or an answer to one, is not possible.
func (v Voice) refusedJudgment(inc *incident.Incident, e *incident.Refusal, now time.Time) string {
	switch e.Code {
	case incident.NoSuchRisk:
		return v.judgeable(inc) + "没有这一项，请核对编号，例：“认定 R1 没有报备”。"
	case incident.NoFinding:
		return fmt.Sprintf("%s现在没有等这一步的认定。回“详情”看进展。", inc.Number)
	case incident.NotReminded:
		return "没有送达过到期提醒，不能认定：没提醒到，不算谁的错。"
	case incident.NotLate:
		return "首报准时，不能认定迟报。"
	case incident.NotLight:
		return "上报级别和现在的级别相差不到两级，不能认定轻报。"
	case incident.NoEvidence:
		return fmt.Sprintf("还没有证据，不能提请。请附截图，或写已有证据的编号、证人，例：“提请瞒报调查 马越 店长群里说先别报，证人：林可 %s”。", ShortNumber(inc.Number))
	case incident.OwnCase:
		return "这件事关系到您本人，要由别的同事来定。"
	case incident.SecondPerson:
		return "您已经办过一步，这一步要由另一位来。"
	case incident.AppealLate:
		if e.At.IsZero() {
			return "申诉期已过。有新情况请找提出认定的人。"
		}
		return fmt.Sprintf("申诉期到%s为止，已过。有新情况请找提出认定的人。", v.stamp(e.At, now))
	}
	return ""
}

func (v Voice) refusedTime(inc *incident.Incident, e *incident.Refusal, now time.Time) string {
	name := incident.SlotName(max(1, inc.Slot.N))
	switch e.Code {
	case incident.ExtensionLate:
		return fmt.Sprintf("%s已到期（%s），不能再延期。请直接回“续报＋内容”。", name, v.at(e.At, now))
	case incident.ExtensionTwice:
		return "已延期过一次，不能连续延期。请先回“续报＋内容”，没有变化回“无新增”。"
	case incident.ExtensionTooLong:
		return fmt.Sprintf("最多延到%s。例：“延期到%s 检测报告未出”。", v.at(e.At, now), v.clock(e.At))
	case incident.ExtensionNotLater:
		return fmt.Sprintf("%s本来就在%s到期，请写更晚的时间。例：“延期到%s 检测报告未出”。", name, v.at(e.At, now), v.clock(e.At.Add(30*time.Minute)))
	case incident.NotCalmYet:
		return fmt.Sprintf("还差%s：最近一次高点（%s）以后要满%s没有新高点。%s起可回“平息”。", zh.ShowSpan(e.Left), v.day(e.At, now), zh.ShowSpan(now.Truncate(time.Minute).Add(e.Left).Sub(e.At.Truncate(time.Minute))), v.day(now.Add(e.Left), now))
	case incident.FactsMissing:
		return fmt.Sprintf("先把六要素报全再下结论，还差：%s。没把握的写“（待核实）”。", list(inc.Verification.Missing()))
	case incident.CalmFirst:
		return "终报要在平息以后。请责任人先回“平息”。"
	case incident.AlreadyCalm:
		return fmt.Sprintf("%s已于%s平息，等终报。", inc.Number, v.day(e.At, now))
	case incident.NoFinal:
		return "现在没有等批准的终报。"
	case incident.NotOver:
		return fmt.Sprintf("%s还在办，不用重开。", inc.Number)
	}
	return fmt.Sprintf("%s现在还办不了这一步。回“详情”看进展。", inc.Number)
}

func (v Voice) noSlot(inc *incident.Incident, now time.Time) string {
	if !inc.CalmAt.IsZero() {
		return fmt.Sprintf("%s已于%s平息，不用再续报。", inc.Number, v.day(inc.CalmAt, now))
	}
	return fmt.Sprintf("%s还没签收，签收后再续报。有新情况请回“补充＋内容”。", inc.Number)
}

func (v Voice) over(inc *incident.Incident, now time.Time) string {
	switch inc.State {
	case incident.Closed:
		if inc.ClosedAt.IsZero() {
			return fmt.Sprintf("%s已办结，不用再办。有新情况请“上报”。", inc.Number)
		}
		return fmt.Sprintf("%s已于%s办结，不用再办。有新情况请“上报”。", inc.Number, v.day(inc.ClosedAt, now))
	case incident.Abandoned:
		return fmt.Sprintf("%s一直没填完，已作废存档。还要报请重新“上报”。", inc.Number)
	case incident.Withdrawn:
		return fmt.Sprintf("%s已由报告人撤回，不用再办。有新情况请“上报”。", inc.Number)
	case incident.Merged:
		return fmt.Sprintf("%s已并入%s，请到那边说。", inc.Number, inc.MergedInto())
	case incident.FalseReport:
		return fmt.Sprintf("%s已按误报结案，不用再办。有新情况请“上报”。", inc.Number)
	}
	return fmt.Sprintf("%s已结束，不用再办。", inc.Number)
}

// NotAllowed names who may do it.
func (v Voice) NotAllowed(what string, who ...string) bot.Message {
	if len(people(who...)) == 0 {
		return said(fmt.Sprintf("“%s”不归您办。需要的话请找管理员开通。", what))
	}
	return said(fmt.Sprintf("“%s”要由%s来。", what, v.either(people(who...))))
}

// NotFound is said alike of an incident that does not exist and of one the asker may not see.
func (v Voice) NotFound(number string) bot.Message {
	return said(fmt.Sprintf("没有找到您能看的“%s”。回“我的”看您报的和负责的。", number))
}

// WhichIncident asks for a number when the conversation does not tell.
func (v Voice) WhichIncident(word string, open []*incident.Incident) bot.Message {
	if len(open) == 0 {
		return said(fmt.Sprintf("没有找到您能“%s”的事件。请在事件话题里说，或带上编号，例：“%s 001”。", word, word))
	}
	text := fmt.Sprintf("要%s哪一件？请带上编号，例：“%s %s”。", word, word, ShortNumber(open[0].Number))
	for n, inc := range open {
		if n == 5 {
			text += fmt.Sprintf("\n还有%d件，回“在办”看。", len(open)-n)
			break
		}
		text += fmt.Sprintf("\n%s %s %s", inc.Number, inc.Level.Current.Color(), short(inc.Title, 20))
	}
	return said(text)
}

// ShortNumber is the last part of an incident's number.
func ShortNumber(number string) string {
	if len(number) < 3 {
		return number
	}
	return number[len(number)-3:]
}

// NoSuchPerson answers a name nobody, or more than one, bears.
func (v Voice) NoSuchPerson(name, example string) bot.Message {
	if name == "" {
		return said(fmt.Sprintf("请写明给谁，例：“%s”。", example))
	}
	return said(fmt.Sprintf("没认出“%s”是哪一位，请写全名，例：“%s”。", short(name, 12), example))
}

// DidYouMean is the one short answer to what was not understood.
func (v Voice) DidYouMean(word string) bot.Message {
	if word == "" {
		return said("没听懂。要报舆情回“上报”，别的回“帮助”。")
	}
	return said(fmt.Sprintf("没听懂。您是想说“%s”吗？别的回“帮助”。", word))
}

// AskPerson asks to whom something passes; those who are near at hand are one press away.
func (v Voice) AskPerson(inc *incident.Incident, word string, people []string) bot.Message {
	c := plate(inc)
	c.Lines = []string{fmt.Sprintf("%s给谁？点一个，或回“%s 姓名”。", word, word)}
	for _, id := range people[:min(len(people), 3)] {
		c.Buttons = append(c.Buttons, bot.Button{Label: v.Name(id), Say: word + " " + v.Name(id), Target: inc.Number})
	}
	c.Form = &bot.Form{Name: "person", Submit: bot.Button{Label: word, Say: word, Target: inc.Number}, Inputs: []bot.Input{
		{Key: FieldChoice, Label: "别的同事", Kind: bot.InputPerson, Hint: "选人，或写姓名", Required: true}, {Key: FieldText, Label: "理由", Kind: bot.InputText, Hint: "如“休假到周五”"}}}
	return carded(c)
}

// NeedWords asks for what a command lacks.
func (v Voice) NeedWords(example string) bot.Message {
	return said(fmt.Sprintf("请写上内容，例：“%s”。", example))
}

// BadTime answers a deadline that could not be read.
func (v Voice) BadTime(now time.Time) bot.Message {
	return said(fmt.Sprintf("没看懂延到几点。例：“延期到%s 检测报告未出”。", now.In(v.Zone).Add(time.Hour).Format("15:04")))
}

// FileTrouble says why a picture or file was not taken.
func (v Voice) FileTrouble(name, why string) bot.Message {
	switch why {
	case "too_big":
		return said(fmt.Sprintf("“%s”超过20MB，没有收下。请压缩或截图后再发。", short(name, 30)))
	case "wrong_type":
		return said(fmt.Sprintf("“%s”这种文件收不了。请发截图、照片、视频、录音、PDF或Office文件。", short(name, 30)))
	}
	return said(fmt.Sprintf("“%s”没有收到，请再发一次。", short(name, 30)))
}

// Trouble is said when the service itself failed; what was said is kept and tried again.
func (v Voice) Trouble() bot.Message {
	return said("刚才没处理好，您说的已留着，会自动再试。急事请直接打值班电话。")
}

// Stale answers a press on a card that is out of date.
func (v Voice) Stale(inc *incident.Incident) string {
	if inc.Acked() {
		return fmt.Sprintf("%s已由%s签收。", inc.Number, v.Name(inc.Ack.By))
	}
	return "这张卡片已过时，请看最新一条。"
}
