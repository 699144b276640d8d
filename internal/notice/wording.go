package notice

import (
	"fmt"

	"fenghuo/bot"
	"fenghuo/internal/incident"
	"fenghuo/internal/wording"
)

// Tried says what in a sentence goes against the talking points in force, and what may be said instead.
// Nothing found is less than leave to say it.
func (v Voice) Tried(inc *incident.Incident, p incident.TalkingPoint, sentence string, found []wording.Finding) bot.Message {
	if len(found) == 0 {
		text := fmt.Sprintf("没发现与口径v%d不符的地方。", p.Version)
		if p.Sheet.Speakers != "" {
			text += "谁来说：" + words(short(p.Sheet.Speakers, 60)) + "。"
		}
		return said(text)
	}
	c := plate(inc)
	c.Lines = []string{fmt.Sprintf("对照口径v%d，有%d处要改：", p.Version, len(found))}
	for n, f := range found {
		c.Lines = append(c.Lines, fmt.Sprintf("%d. “%s”%s", n+1, short(f.Of(sentence), 40), against(f)))
	}
	return carded(c)
}

// against is what is wrong with a part of a sentence, and what to say.
func against(f wording.Finding) string {
	other, instead := "", ""
	if f.Against != "" {
		other = "“" + words(short(f.Against, 60)) + "”"
	}
	if f.Instead != "" {
		instead = "可以说“" + words(short(f.Instead, 80)) + "”。"
	}
	switch f.Kind {
	case wording.Forbidden:
		return "不能说。" + instead
	case wording.Number, wording.Time:
		return "与口径不一样，口径是" + other + "。"
	case wording.Promise:
		return "是口径里没有的承诺。" + instead
	}
	if other != "" {
		return "还没核实（" + other + "），不要说成定论。" + instead
	}
	return "还没核实，不要说成定论。" + instead
}

// Clash is where what was just written contradicts what was written before.
type Clash struct {
	Kind               wording.Kind
	Before, SaidBefore string // where, and the words
	Now, SaidNow       string
	Fallen             bool // a count that only grows has become less
}

// clashesShown is how many contradictions are asked about at once.
const clashesShown = 3

// AskWhich asks which of two is right.
func (v Voice) AskWhich(clashes []Clash) bot.Message {
	text := ""
	for _, c := range clashes[:min(len(clashes), clashesShown)] {
		note := ""
		if c.Fallen {
			note = "（变少了）"
		}
		text += fmt.Sprintf("%s对不上：%s说“%s”，%s说“%s”%s。\n", kindOf[c.Kind], c.Before, short(c.SaidBefore, 30), c.Now, short(c.SaidNow, 30), note)
	}
	return said(text + "哪个对？回“核实＋要素”记下，例：“核实 时间：昨晚7点40”。")
}

var kindOf = map[wording.Kind]string{wording.Time: "时间", wording.Place: "地点", wording.Count: "数量", wording.Who: "人"}

// TalkVersion is how a version of the talking points is cited.
func TalkVersion(n int) string { return fmt.Sprintf("口径v%d", n) }
