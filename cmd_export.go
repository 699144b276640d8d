package main

import (
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"fenghuo/config"
	"fenghuo/handlers/desk"
	"fenghuo/internal/incident"
	"fenghuo/internal/notice"
	"fenghuo/internal/score"
	"fenghuo/store"
)

type exportCmd struct {
	Album    exportAlbumCmd    `cmd:"" help:"The pictures of an album that somebody has looked at, as a zip with an index."`
	Registry exportRegistryCmd `cmd:"" help:"The registry (登记台账) of a year, one line an incident."`
	Score    exportScoreCmd    `cmd:"" help:"The year sheet (考核): totals by unit, then every line they are made of."`
}

// Help shows how it is used.
func (exportCmd) Help() string {
	return "Example:\n  fenghuo export registry --config config.yaml --year 2026 > 台账.csv\n  fenghuo export score --config config.yaml --year 2026 > 考核.csv\n  fenghuo export album --config config.yaml --album YQ-20260310-001 > 相册.zip\n\nCSV in UTF-8 with a byte order mark, as spreadsheets want it. Of confidential incidents only number, level and state are written."
}

// exported is what both sheets are made from.
type exported struct {
	Config string `required:"" type:"existingfile" help:"Configuration file."`
	Year   int    `help:"Year of the report; this one if not given."`
}

// open wires the organisation and the database, without starting anything.
func (x exported) open(e *env) (d *desk.Desk, st *store.Store, from, to time.Time, err error) {
	cfg, err := config.Load(x.Config, environ())
	if err != nil {
		return nil, nil, from, to, usage(err)
	}
	p, err := configuredParts(e, cfg)
	if err != nil {
		return nil, nil, from, to, usage(err)
	}
	zone, err := time.LoadLocation(cfg.Timezone)
	if err != nil {
		return nil, nil, from, to, usage(err)
	}
	if st, err = openConfigured(e, x.Config); err != nil {
		return nil, nil, from, to, err
	}
	year := x.Year
	if year == 0 {
		year = e.now().In(zone).Year()
	}
	d = &desk.Desk{Org: p.org, Score: p.score, Voice: notice.Voice{Zone: zone}}
	return d, st, time.Date(year, 1, 1, 0, 0, 0, 0, zone), time.Date(year+1, 1, 1, 0, 0, 0, 0, zone), nil
}

// sheet writes a table a spreadsheet opens. A cell never begins a formula.
func sheet(e *env, rows [][]string) error {
	if _, err := fmt.Fprint(e.stdout, "\ufeff"); err != nil {
		return err
	}
	w := csv.NewWriter(e.stdout)
	for _, row := range rows {
		for n, cell := range row {
			if strings.ContainsAny(first1(cell), "=+-@\t\r") && !isNumber(cell) {
				row[n] = "'" + cell
			}
		}
		if err := w.Write(row); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

func first1(s string) string {
	if s == "" {
		return ""
	}
	return s[:1]
}

func isNumber(s string) bool {
	_, err := strconv.ParseFloat(s, 64)
	return err == nil
}

type exportRegistryCmd struct{ exported }

// Run writes the registry of a year, the oldest first. Drills are left out.
func (c exportRegistryCmd) Run(e *env) error {
	d, st, from, to, err := c.open(e)
	if err != nil {
		return err
	}
	defer st.Close()
	rows := [][]string{{"编号", "标题", "类别", "建议级别", "现在级别", "发生时间", "首发时间", "知悉时间", "发现时间", "首报时间", "报告人", "单位", "来源平台", "链接", "责任人", "签收时间",
		"跟踪人", "核实结论", "核实时间", "口径版本", "预案", "续报次数", "最近续报", "批示", "平息时间", "终报时间", "复盘时间", "办结时间", "首报判定", "签收判定", "要素判定", "终报判定", "风险", "认定", "更正", "状态"}}
	err = st.View(e.ctx, func(tx *store.Tx) error {
		incs, err := tx.Incidents(store.IncidentFilter{From: from, To: to, Drill: store.Without})
		for _, inc := range slices.Backward(incs) {
			rows = append(rows, registryRow(d, inc))
		}
		return err
	})
	if err != nil {
		return err
	}
	return sheet(e, rows)
}

func registryRow(d *desk.Desk, inc *incident.Incident) []string {
	if inc.Confidential {
		row := make([]string, 36)
		row[0], row[1], row[4], row[35] = inc.Number, "（保密）", inc.Level.Current.String(), notice.StateWord(inc.State)
		return row
	}
	at := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.In(d.Voice.Zone).Format("2006-01-02 15:04")
	}
	unit := inc.Subject
	if u, ok := d.Org.Unit(inc.Unit); ok {
		unit = u.Name
	}
	var trackers, instructions, risks, findings []string
	for _, t := range inc.Trackers {
		trackers = append(trackers, d.Org.DisplayName(t.Person))
	}
	for _, i := range inc.Instructions {
		instructions = append(instructions, d.Org.DisplayName(i.By)+"："+i.Text)
	}
	for _, r := range inc.Risks {
		risks = append(risks, r.Kind+"（"+r.About+"）")
	}
	for _, f := range inc.Findings {
		if !incident.Grave(f.Kind) || !f.EffectiveAt.IsZero() { // until then it is only suspected
			findings = append(findings, f.Kind+"（"+f.Status+"）")
		}
	}
	var last time.Time
	filed := 0
	for _, f := range inc.FollowUps {
		if !f.At.IsZero() {
			last = f.At
			filed++
		}
	}
	join := func(list []string) string { return strings.Join(list, "；") }
	return []string{inc.Number, inc.Title, inc.Nature, inc.Level.Suggested.String(), inc.Level.Current.String(), at(inc.OccurredAt), at(inc.PublishedAt), at(inc.KnownAt), at(inc.FoundAt),
		at(inc.ReportedAt), d.Org.DisplayName(inc.Reporter), unit, join(inc.Platforms), join(inc.Links), d.Org.DisplayName(inc.Officer), at(inc.Ack.At), join(trackers),
		inc.Verification.Conclusion, at(inc.Verification.FullAt), strconv.Itoa(len(inc.Talk.Versions)), inc.Plan, strconv.Itoa(filed), at(last), join(instructions), at(inc.CalmAt),
		at(inc.Final.At), at(inc.Debrief.At), at(inc.ClosedAt), notice.VerdictWord(inc.FirstReport.Verdict), notice.VerdictWord(inc.Ack.Verdict), notice.VerdictWord(inc.Elements.Verdict),
		notice.VerdictWord(inc.Final.Verdict), join(risks), join(findings), strconv.Itoa(len(inc.Corrections)), notice.StateWord(inc.State)}
}

type exportScoreCmd struct{ exported }

// Run writes the year sheet. What is shown and does not count says so; the totals are the sum of the lines that do.
func (c exportScoreCmd) Run(e *env) error {
	d, st, from, to, err := c.open(e)
	if err != nil {
		return err
	}
	defer st.Close()
	if d.Score == nil {
		return usage(fmt.Errorf("nothing is scored; write score: score-v1 in the configuration"))
	}
	var entries []score.Entry
	err = st.View(e.ctx, func(tx *store.Tx) error {
		entries, err = d.On(tx, "export").Entries(from, to)
		return err
	})
	if err != nil {
		return err
	}
	rows := [][]string{{"单位", "首报", "得分", "扣分", "工作量", "加分", "年度分", "等次", "一票否决"}}
	for _, u := range d.UnitScores(entries, nil) {
		t := u.Total
		rows = append(rows, []string{u.Unit, strconv.Itoa(t.Accepted), t.Credits.String(), t.Deducted.String(), t.Workload.String(), t.Bonus.String(), t.Sum.String(), t.Grade, map[bool]string{true: "是"}[t.Veto]})
	}
	rows = append(rows, []string{}, []string{"编号", "台账项", "单位", "人员", "条目", "分", "状态", "时间", "办法"})
	for _, x := range entries {
		unit := x.Unit
		if u, ok := d.Org.Unit(unit); ok {
			unit = u.Name
		}
		rows = append(rows, []string{x.Incident, x.Line, unit, d.Org.DisplayName(x.Person), x.Name, x.Points.String(), notice.ScoreWord(x.Status), x.At.In(d.Voice.Zone).Format("2006-01-02 15:04"), x.Scheme})
	}
	return sheet(e, rows)
}
