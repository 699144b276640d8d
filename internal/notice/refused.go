package notice

import (
	"fmt"
	"time"

	"fenghuo/internal/form"
)

// notTaken says what is wrong with an answer and shows one that works.
func (v Voice) notTaken(s *form.Session, n form.Note, now time.Time) string {
	if n.Field == nil {
		return fmt.Sprintf("最多收%d份，这份没有收下。", n.Count)
	}
	no, example := circled(n.Field.N), fmt.Sprintf("例：“%s”。", n.Example)
	switch n.Why {
	case form.TooShort:
		return fmt.Sprintf("%s请至少写%d个字。%s", no, n.Count, example)
	case form.TooLong:
		return fmt.Sprintf("%s最多%d个字，请写短些。%s", no, n.Count, example)
	case form.OnlyLink:
		return fmt.Sprintf("%s这里先用一句话说说事情，链接下面会问。%s", no, example)
	case form.NoWords:
		return fmt.Sprintf("%s没看到文字。%s", no, example)
	case form.NoChoice:
		return fmt.Sprintf("%s请回编号1–%d。%s", no, n.Count, example)
	case form.NoLink:
		return fmt.Sprintf("%s没找到链接。没有就发截图，或回“没有＋原因”，%s", no, example)
	case form.NeedReason:
		return fmt.Sprintf("%s没有的话请加一句原因，%s", no, example)
	case form.NoCounts:
		return fmt.Sprintf("%s没看懂数字。%s不知道就回“不清楚”。", no, example)
	case form.BadCount:
		return fmt.Sprintf("%s这个数字不像传播数据。%s", no, example)
	case form.NoFiles:
		return fmt.Sprintf("%s还没收到图片。请发图，或回“没有＋原因”，%s", no, example)
	case form.NoYesNo:
		return fmt.Sprintf("%s请回“是”或“否”。", no)
	case form.ManyFiles:
		return fmt.Sprintf("最多收%d份，这份没有收下。", n.Count)
	case form.Several:
		return fmt.Sprintf("%s有好几个对得上，请写全称。%s", no, example)
	case form.NoLevel:
		return fmt.Sprintf("%s请回“同意”，或1红 2橙 3黄 4蓝。例：“2”。", no)
	}
	return v.timeNotTaken(s, n, now)
}

func (v Voice) timeNotTaken(s *form.Session, n form.Note, now time.Time) string {
	no, label := circled(n.Field.N), n.Field.Label
	example := fmt.Sprintf("例：“刚刚”“%s”。", v.earlier(now, now))
	if n.Field.Type == form.Times { // nothing happens after it was found
		latest := now
		if found := s.FoundAt(); found.Before(now) {
			latest = found
		}
		example = fmt.Sprintf("例：“%s发生”，或“不清楚”。", v.earlier(latest, now))
	}
	switch n.Why {
	case form.Future:
		return fmt.Sprintf("%s%s不能晚于现在（%s）。%s", no, label, v.clock(now), example)
	case form.Ancient:
		return fmt.Sprintf("%s%s是%d年，太久以前了，请再看一下年份。%s", no, label, n.Count, example)
	case form.NoClock:
		return fmt.Sprintf("%s是几点？%s", no, example)
	case form.Lunar:
		return fmt.Sprintf("%s农历我还不会算，请写公历。%s", no, example)
	case form.Ambiguous:
		return fmt.Sprintf("%s是上午还是下午？请写24小时的时间。%s", no, example)
	case form.Disorder:
		return fmt.Sprintf("%s时间先后对不上：先发生，再上网，再被发现。请再看一下。%s", no, example)
	}
	return fmt.Sprintf("%s没看懂时间。%s", no, example)
}

// earlier is an example of a moment a little before then, as one says it now: 今天13点50.
func (v Voice) earlier(then, now time.Time) string {
	now = now.In(v.Zone)
	t := then.In(v.Zone).Add(-15 * time.Minute)
	t = t.Add(-time.Duration(t.Minute()%10) * time.Minute)
	day := t.Format("1月2日")
	switch t.Format(time.DateOnly) {
	case now.Format(time.DateOnly):
		day = "今天"
	case now.AddDate(0, 0, -1).Format(time.DateOnly):
		day = "昨天"
	}
	return fmt.Sprintf("%s%d点%02d", day, t.Hour(), t.Minute())
}
