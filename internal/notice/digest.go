package notice

import (
	"fmt"
	"strings"
	"time"

	"fenghuo/bot"
	"fenghuo/internal/incident"
	"fenghuo/internal/zh"
)

// Digest is what a leader is told every morning.
type Digest struct {
	Now     time.Time
	Planned time.Time // when it should have been sent
	Holiday string    // 国庆第3天
	Outage  bool      // it is late because the service was away
	Open    []*incident.Incident
	Least   incident.Level // what is less grave is counted, not listed; 0: all is listed

	Day                           time.Time // the day reported on: yesterday
	New, Closed, Raised, Mistaken int
	OnTime                        []Tally // by kind of duty
	Risks                         int
	Slow, Missed, Late            int // 缓 漏 迟
	Decide                        []string
	Drills                        int

	Press []incident.Inquiry // questions of the press that wait and belong to no incident
}

// Tally is how many of one kind.
type Tally struct {
	Name string
	N    int
}

// Digest puts it into the layout leaders know. Its first line can be read on a lock screen.
func (v Voice) Digest(d Digest) bot.Message {
	title := v.digestTitle(d)
	body, listed := []string{v.digestOpen(d.Open)}, d.listed()
	for n, inc := range listed[:min(len(listed), digestLines)] {
		body = append(body, fmt.Sprintf("  %d. %s", n+1, v.digestLine(inc, d)))
	}
	if rest := len(d.Open) - min(len(listed), digestLines); rest > 0 {
		body = append(body, fmt.Sprintf("  还有%d件，回“在办”看。", rest))
	}
	body = append(body,
		fmt.Sprintf("二、昨日新增 %d，办结 %d，升级 %d，误报 %d", d.New, d.Closed, d.Raised, d.Mistaken),
		fmt.Sprintf("三、昨日时限：%s　风险 %d　缓/漏/迟 %d/%d/%d", onTime(d.OnTime), d.Risks, d.Slow, d.Missed, d.Late),
		"四、需您决定："+orNone(d.Decide),
		v.digestOutward(d))
	for _, q := range d.Press {
		body = append(body, fmt.Sprintf("  媒体来询 %s：%s", q.ID, v.inquiryStanding(q, d.Now)))
	}
	body = append(body, fmt.Sprintf("数据时点 %s；含演练 %d", v.clock(d.Now), d.Drills))
	c := bot.Card{Head: title, Lines: body, Level: gravest(d.Open),
		Buttons: []bot.Button{{Label: "在办", Say: "在办"}, {Label: "台账", Say: "台账"}}}
	if len(listed) > 0 {
		c.Table, c.Chart = v.digestTable(d), v.digestChart(d.Open)
	}
	return carded(c)
}

// digestLines is how many incidents a digest tells of, one by one.
const digestLines = 20

// listed are those grave enough for this leader.
func (d Digest) listed() []*incident.Incident {
	if d.Least == 0 {
		return d.Open
	}
	var out []*incident.Incident
	for _, inc := range d.Open {
		if inc.Level.Current <= d.Least {
			out = append(out, inc)
		}
	}
	return out
}

// digestTable is what is in hand at a glance.
func (v Voice) digestTable(d Digest) *bot.Table {
	t := &bot.Table{Columns: []string{"编号", "级别", "责任人", "现在"}}
	listed := d.listed()
	for _, inc := range listed[:min(len(listed), 10)] {
		t.Rows = append(t.Rows, []string{ShortNumber(inc.Number), inc.Level.Current.Color(), v.officer(inc), v.status(inc, d.Now)})
	}
	return t
}

// digestChart is what is in hand by level.
func (v Voice) digestChart(open []*incident.Incident) *bot.Chart {
	c := &bot.Chart{Title: "在办分级"}
	for l := incident.LevelI; l <= incident.LevelIV; l++ {
		n := 0
		for _, inc := range open {
			if inc.Level.Current == l {
				n++
			}
		}
		c.Points = append(c.Points, bot.Point{Label: l.Color(), Value: float64(n)})
	}
	return c
}

// DecideFinal asks a leader in the digest for an answer to a final report.
func (v Voice) DecideFinal(inc *incident.Incident) string {
	return fmt.Sprintf("%s 终报待批，回“批准终报 %s”", inc.Number, ShortNumber(inc.Number))
}

// DecideLevel asks for a word on a provisional upgrade.
func (v Voice) DecideLevel(inc *incident.Incident) string {
	return fmt.Sprintf("%s 临时升为%s，待确认", inc.Number, inc.Level.Current.Badge())
}

// DecideReview asks to look at what the rules found odd.
func (v Voice) DecideReview(inc *incident.Incident) string { return inc.Number + " " + inc.Review }

// DecideExtension asks for an answer to a request for more time.
func (v Voice) DecideExtension(inc *incident.Incident) string {
	return fmt.Sprintf("%s %s延期待答复", inc.Number, incident.SlotName(inc.Extension.Slot))
}

func (v Voice) digestTitle(d Digest) string {
	day := d.Now.In(v.Zone)
	note := weekday(day)
	if d.Holiday != "" {
		note = d.Holiday
	}
	title := fmt.Sprintf("【舆情日报】%s（%s）", day.Format("2006-01-02"), note)
	if d.Outage {
		return title + fmt.Sprintf("%s应发，%s补发（停机）", v.clock(d.Planned), v.clock(d.Now))
	}
	return title + v.clock(d.Now)
}

func (v Voice) digestOpen(open []*incident.Incident) string {
	var n [5]int
	for _, inc := range open {
		n[inc.Level.Current]++
	}
	line := fmt.Sprintf("一、在办 %d：", len(open))
	switch {
	case n[1]+n[2] > 0:
		return line + fmt.Sprintf("红%d 橙%d 黄%d 蓝%d", n[1], n[2], n[3], n[4])
	case len(open) == 0:
		return "一、在办 0"
	}
	return line + fmt.Sprintf("黄%d 蓝%d　红/橙 0", n[3], n[4])
}

func (v Voice) digestLine(inc *incident.Incident, d Digest) string {
	parts := []string{inc.Number + " " + inc.Level.Current.Color(), short(inc.Title, 20)}
	if inc.State == incident.Submitted || inc.State == incident.Draft {
		return strings.Join(append(parts, v.digestWaiting(inc, d)), "｜")
	}
	parts = append(parts, "责任人"+v.officer(inc))
	if inc.Acked() {
		parts = append(parts, fmt.Sprintf("已签收%s（%s）", v.moment(inc.Ack.At, d.Now), v.took(inc)))
		parts = append(parts, v.digestFollowUps(inc)...)
	} else if inc.State == incident.AwaitingAck {
		parts = append(parts, v.digestUnacked(inc, d))
	}
	switch {
	case inc.Slot.N > 0:
		parts = append(parts, v.digestNext(inc, d))
	case inc.State == incident.FinalDue:
		parts = append(parts, v.finalBy(inc, d.Now))
	case inc.State == incident.FinalReview:
		parts = append(parts, "终报待批")
	}
	for _, q := range inc.OpenInquiries() {
		parts = append(parts, fmt.Sprintf("媒体来询%s %s", q.ID, v.wanted(q, d.Now)))
	}
	if left := v.digestTasks(inc, d.Now); left != "" {
		parts = append(parts, left)
	}
	if latest := v.latest(inc, d.Now); latest != "" {
		parts = append(parts, "最新："+latest)
	}
	return strings.Join(parts, "｜")
}

func (v Voice) digestWaiting(inc *incident.Incident, d Digest) string {
	if inc.Ack.Planned.IsZero() {
		return StateWord(inc.State)
	}
	planned, today := inc.Ack.Planned.In(v.Zone), d.Now.In(v.Zone)
	when := planned.Format("01-02")
	switch {
	case when == today.Format("01-02"):
		when = "今天" + v.clock(planned)
	case d.Holiday != "":
		when = "节后" + when
	}
	return fmt.Sprintf("%s处理，签收时限%s", when, v.clock(inc.Ack.Due))
}

// digestUnacked is how long nobody has answered.
func (v Voice) digestUnacked(inc *incident.Incident, d Digest) string {
	text := "未签收"
	if passed(inc.Ack.Due, d.Now) {
		text += "，已超" + zh.ShowSpan(d.Now.Truncate(time.Minute).Sub(inc.Ack.Due))
	} else if !inc.Ack.Due.IsZero() {
		text += "（" + v.at(inc.Ack.Due, d.Now) + "前）"
	}
	if inc.Ack.Step > 0 {
		text += fmt.Sprintf("，已催办%d步", inc.Ack.Step)
	}
	return text
}

func (v Voice) digestFollowUps(inc *incident.Incident) []string {
	if len(inc.FollowUps) == 0 {
		return nil
	}
	good := 0
	for _, f := range inc.FollowUps {
		if f.Verdict == incident.OnTime || f.Verdict == incident.Excused {
			good++
		}
	}
	return []string{fmt.Sprintf("续报%d/%d准时", good, len(inc.FollowUps))}
}

func (v Voice) digestNext(inc *incident.Incident, d Digest) string {
	next := "下次" + v.at(inc.Slot.Due, d.Now)
	switch {
	case inc.Slot.Risk != "":
		return next + "，已逾期"
	case inc.Slot.Outage:
		return next + "，停机补发，宽限至" + v.clock(inc.Slot.GraceTo)
	case passed(inc.Slot.Due, d.Now):
		return next + "，已到期"
	}
	return next
}

// latest is the newest figure of reach and the newest words.
func (v Voice) latest(inc *incident.Incident, now time.Time) string {
	var parts []string
	for n := len(inc.Counts) - 1; n >= 0; n-- {
		if c := inc.Counts[n]; c.Kind == "reads" {
			parts = append(parts, "阅读"+zh.FormatCount(c.Value))
			break
		}
	}
	said, at := "", time.Time{}
	for _, n := range inc.Notes {
		if n.At.After(at) && n.Text != "" {
			said, at = v.quoted(n.At, n.Text, now), n.At
		}
	}
	for _, f := range inc.FollowUps {
		if f.At.After(at) && f.Text != "" {
			said, at = v.quoted(f.At, f.Text, now), f.At
		}
	}
	if said != "" {
		parts = append(parts, said)
	}
	return strings.Join(parts, "；")
}

// quoted is the beginning of what was said, after its time.
func (v Voice) quoted(t time.Time, text string, now time.Time) string {
	text, when := words(short(text, 24)), v.moment(t, now)
	if when != v.clock(t) || (text != "" && text[0] <= '9') {
		return when + " " + text
	}
	return when + text
}

// moment is a clock time within the last day, with its date before that.
func (v Voice) moment(t, now time.Time) string {
	if now.Sub(t) < 24*time.Hour {
		return v.clock(t)
	}
	return v.stamp(t, now)
}

func onTime(tallies []Tally) string {
	total, parts := 0, []string{}
	same := true
	for _, t := range tallies {
		total += t.N
		parts = append(parts, t.Name)
		same = same && t.N == tallies[0].N
	}
	switch {
	case total == 0:
		return "准时 0"
	case same && len(tallies) > 1:
		return fmt.Sprintf("准时 %d（%s各%d）", total, list(parts), tallies[0].N)
	}
	for n, t := range tallies {
		parts[n] = fmt.Sprintf("%s%d", t.Name, t.N)
	}
	return fmt.Sprintf("准时 %d（%s）", total, list(parts))
}

func orNone(items []string) string {
	if len(items) == 0 {
		return "无"
	}
	return "\n  " + strings.Join(items, "\n  ")
}

func gravest(open []*incident.Incident) int {
	g := incident.Level(0)
	for _, inc := range open {
		if inc.Level.Current.Graver(g) {
			g = inc.Level.Current
		}
	}
	return int(g)
}
