package feishu

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"fenghuo/bot"
)

var rewrite = flag.Bool("update", false, "write the golden files anew")

// drawn is what the platform gets for a message.
func drawn(t *testing.T, o bot.Outgoing) (kind, content string) {
	t.Helper()
	w := newWorld(t)
	d, err := w.draft(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	b := d.body()
	return b.kind, string(b.content)
}

func carded(o bot.Outgoing, c bot.Card, mentions ...string) bot.Outgoing {
	o.Message.Card, o.Message.Mentions = &c, mentions
	return o
}

var incident = bot.Card{Level: 3, Head: "🟡 黄/三级 YQ-20260310-001", Title: "饮料里喝出异物的视频在抖音传开", Facts: []bot.Fact{
	{Label: "在哪看到", Value: "抖音、微博"}, {Label: "涉及", Value: "江岚饮料"}, {Label: "现状", Value: "播放约12万"}}}

func TestGolden(t *testing.T) {
	t.Parallel()
	of := func(change func(*bot.Card)) bot.Card { c := incident; change(&c); return c }
	registered := of(func(c *bot.Card) {
		c.Lines = []string{"已登记 YQ-20260310-001【黄/三级】。首报用时12分钟，准时。", "@王蕾 请于09:31前签收。", "@林可 还差：链接、影响范围，请在10:05前补。"}
		c.Who, c.Clock, c.Foot = "责任人：王蕾（值班）", "签收截止 09:31", "也可直接回“收到”。"
		c.Buttons = []bot.Button{{Label: "签收", Say: "签收", Target: "YQ-20260310-001", Primary: true}, {Label: "补充", Say: "补充", Target: "YQ-20260310-001"}, {Label: "详情", Say: "详情", Target: "YQ-20260310-001"}}
	})
	reminder := out("G1", "om_root", "@王蕾 还有12分钟到续报1（11:05）。回“续报”开始。")
	reminder.Message.Mentions = []string{"wanglei"}
	rows := map[string]bot.Outgoing{
		"question":   direct("linke", "②/7 在哪看到？（可多选）1抖音 2微博 3小红书\n现在是：抖音。要改直接发，不改回“继续”。"),
		"registered": carded(out("G1", "", "x"), registered, "wanglei", "linke"),
		"reminder":   reminder,
		"review": carded(direct("linke", "x"), bot.Card{Level: 3, Head: "请核对", Lines: []string{"1 标题：饮料里喝出异物", "2 在哪看到：抖音", "系统建议【黄/三级】：有伤害投诉。"},
			Buttons: []bot.Button{{Label: "提交", Say: "提交", Primary: true}, {Label: "存草稿", Say: "存草稿"}}, Foot: "回“提交”，或“改＋编号”，例：“改1 新的说法”。"}),
		"ladder": carded(out("G1", "om_root", "x"), of(func(c *bot.Card) {
			c.Lines, c.Overdue, c.Clock = []string{"第1次催办：5分钟未签收。@王蕾 请回“收到”签收YQ-20260310-001。"}, true, "签收截止 09:31，已超5分钟"
			c.Buttons = []bot.Button{{Label: "签收", Say: "签收", Target: "YQ-20260310-001", Primary: true}, {Label: "详情", Say: "详情", Target: "YQ-20260310-001"}, {Label: "移交", Say: "移交", Target: "YQ-20260310-001"},
				{Label: "延期", Say: "延期", Target: "YQ-20260310-001"}, {Label: "误报", Say: "误报", Target: "YQ-20260310-001"}}
		}), "wanglei"),
		"risk": carded(out("G1", "om_root", "x"), of(func(c *bot.Card) {
			c.Lines, c.Overdue = []string{"续报1已过宽限10分钟，记【迟报风险】R-1，待说明。@王蕾 请先回“续报＋内容”，再回“说明＋原因”。"}, true
			c.Buttons = []bot.Button{{Label: "说明", Say: "说明", Target: "YQ-20260310-001", Primary: true}, {Label: "详情", Say: "详情", Target: "YQ-20260310-001"}}
		}), "wanglei"),
		"digest": carded(direct("xuqing", "x"), bot.Card{Head: "【舆情日报】2026-03-10（周二）09:00", Level: 2,
			Lines: []string{"一、在办 2：红0 橙1 黄1 蓝0", "  1. YQ-20260310-001 黄｜饮料里喝出异物｜责任人王蕾｜下次11:05", "二、昨日新增 1，办结 0", "四、需您决定：无"},
			Table: &bot.Table{Columns: []string{"编号", "标题"}, Rows: [][]string{{"YQ-20260310-001", "饮料 <b>异物</b>"}, {"YQ-20260310-002"}}},
			Chart: &bot.Chart{Title: "近7日新增", Points: []bot.Point{{Label: "03-09", Value: 1}, {Label: "03-10", Value: 2.5}}}, Buttons: []bot.Button{{Label: "在办", Say: "在办"}, {Label: "台账", Say: "台账"}}}),
		"stale": carded(out("G1", "om_root", "x"), of(func(c *bot.Card) {
			c.Lines, c.Stale, c.Buttons = registered.Lines, "王蕾 09:25 已签收", registered.Buttons
		})),
		"form": carded(direct("linke", "x"), bot.Card{Head: "补充 YQ-20260310-001", Form: &bot.Form{Name: "supply", Inputs: []bot.Input{
			{Key: "title", Label: "标题", Kind: bot.InputText, Value: []string{"原标题"}, Required: true},
			{Key: "what", Label: "经过", Kind: bot.InputArea, Hint: "时间、地点、起因"},
			{Key: "level", Label: "等级", Kind: bot.InputChoice, Options: []string{"红", "橙", "橙", "黄"}, Value: []string{"黄"}},
			{Key: "where", Label: "在哪看到", Kind: bot.InputChoices, Options: []string{"抖音", "微博"}, Value: []string{"抖音", "不在其中"}},
			{Key: "unit", Label: "涉及", Kind: bot.InputText, Options: []string{"滨江店", "西湖店"}, Value: []string{"西湖店"}, Required: true},
			{Key: "place", Label: "地点", Kind: bot.InputText, Options: []string{"滨江店"}, Value: []string{"总部食堂"}, Required: true},
			{Key: "found", Label: "发现时间", Kind: bot.InputTime, Value: []string{"2026-03-10 09:05"}, Error: "发现时间不能晚于现在（09:00）。例：“刚刚”。"}},
			Submit: bot.Button{Label: "提交", Say: "补充", Target: "YQ-20260310-001", Primary: true}}}),
	}
	for name, o := range rows {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			kind, content := drawn(t, o)
			var pretty bytes.Buffer
			if err := json.Indent(&pretty, []byte(content), "", " "); err != nil {
				t.Fatal(err)
			}
			got := kind + "\n" + pretty.String() + "\n"
			file := filepath.Join("testdata", name+".golden")
			if *rewrite {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestNobodyMentionsThroughTheBot: what people wrote is shown as they wrote it, beside a true mention, too.
func TestNobodyMentionsThroughTheBot(t *testing.T) {
	t.Parallel()
	for _, evil := range []string{
		"<at id=all></at>", `<at user_id="all"></at>`, "<at email=a@b.c></at>", "[点这里](https://evil.example)", "**粗**", "~~删~~", "`x`", "# 大", "<font color='red'>红</font>",
		"<person id='ou_x'></person>", "![x](img_1)", ":DONE:", "https://evil.example", "- 列表", "1. 列表", "    代码", "&#60;at id=all&#62;", "<AT ID=ALL></AT>", "$urlVal", "| a | b |", "---", "&lt;at id=all&gt;",
	} {
		for name, o := range map[string]bot.Outgoing{
			"card": carded(out("G1", "om_root", "x"), bot.Card{Head: evil, Title: evil, Lines: []string{evil, evil + "@王蕾 " + evil, evil}, Facts: []bot.Fact{{Label: evil, Value: evil}}, Who: evil, Clock: evil, Foot: evil, Stale: evil}, "wanglei"),
			"text": out("G1", "om_root", evil),
			"mention": func() bot.Outgoing {
				o := out("G1", "om_root", evil+"@王蕾 "+evil)
				o.Message.Mentions = []string{"wanglei"}
				return o
			}(),
			"another's name": func() bot.Outgoing {
				o := out("G1", "om_root", evil)
				o.Message.Mentions = []string{"wanglei"}
				return o
			}(),
		} {
			kind, content := drawn(t, o)
			var v any
			if err := json.Unmarshal([]byte(content), &v); err != nil {
				t.Fatal(err)
			}
			ats := 0
			each(v, func(m map[string]any) {
				switch m["tag"] {
				case "markdown":
					s := m["content"].(string)
					ats += strings.Count(s, "<at id=ou_wanglei></at>")
					s = strings.ReplaceAll(s, "<at id=ou_wanglei></at>", "")
					if strings.ContainsAny(s, "<>*[]`~_|$") || strings.Contains(s, "://") || strings.Contains(s, ":DONE:") || opening.MatchString(s) {
						t.Errorf("%s: markdown %q", evil, s)
					}
				case "lark_md", "a", "md":
					t.Errorf("%s: %v", evil, m)
				case "at":
					ats++
					if m["user_id"] != "ou_wanglei" {
						t.Errorf("%s: %v", evil, m)
					}
				}
			})
			if want := len(o.Message.Mentions); ats != want {
				t.Errorf("%s %s: %d mentions, want %d: %s", name, evil, ats, want, content)
			}
			if kind == "text" && strings.ContainsAny(content, "<[") {
				t.Errorf("%s %s: as text", name, evil)
			}
		}
	}
}

// each visits all objects of a JSON value.
func each(v any, do func(map[string]any)) {
	switch v := v.(type) {
	case map[string]any:
		do(v)
		for _, inner := range v {
			each(inner, do)
		}
	case []any:
		for _, inner := range v {
			each(inner, do)
		}
	}
}

func TestMentions(t *testing.T) {
	t.Parallel()
	people := []callout{{"@王蕾蕾", "ou_b"}, {"@王蕾", "ou_a"}}
	for text, want := range map[string]string{
		"@王蕾 请签收，@王蕾": "<at id=ou_a></at> 请签收，@王蕾 | @王蕾蕾",
		"@王蕾蕾和@王蕾":    "<at id=ou_b></at>和<at id=ou_a></at> | ",
		"请签收":         "请签收 | @王蕾蕾@王蕾",
		"@王蕾<@王蕾蕾":    "<at id=ou_a></at>&#60;<at id=ou_b></at> | ",
	} {
		rs, missing := runs(text, people)
		got := markdown(rs) + " | "
		for _, m := range missing {
			got += m.words
		}
		if got != want {
			t.Errorf("%s: %s", text, got)
		}
	}
	if got := attribute(`ou_a"><at id=all`); got != "ou_aatidall" {
		t.Error(got)
	}
}

// TestEverythingFits: whatever is said, the platform's limits are kept and the card says where the rest is.
func TestEverythingFits(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("舆情“通报”<全文>\n", 4000)
	var facts []bot.Fact
	var buttons []bot.Button
	var inputs []bot.Input
	var rows [][]string
	var points []bot.Point
	var options []string
	for n := range 300 {
		name := fmt.Sprintf("第%d项\"", n)
		facts = append(facts, bot.Fact{Label: name, Value: long})
		buttons = append(buttons, bot.Button{Label: name, Say: name})
		options = append(options, name)
		inputs = append(inputs, bot.Input{Key: fmt.Sprint("k", n), Label: name, Kind: bot.InputChoice, Options: options})
		rows = append(rows, []string{name, name, long})
		points = append(points, bot.Point{Label: name, Value: float64(n)})
	}
	everything := bot.Card{Head: long, Title: long, Lines: strings.Split(long, "\n"), Facts: facts, Who: long, Clock: long, Foot: long, Buttons: buttons,
		Form: &bot.Form{Name: "f", Inputs: inputs, Submit: buttons[0]}, Table: &bot.Table{Columns: []string{"a", "b", "c"}, Rows: rows}, Chart: &bot.Chart{Points: points}}
	mentioning := make([]string, 0, 300)
	for range 300 {
		mentioning = append(mentioning, "@王蕾 请看"+long[:300])
	}
	cases := map[string]bot.Outgoing{
		"text": out("G1", "om_root", long),
		"mention": func() bot.Outgoing {
			o := out("G1", "om_root", "@王蕾 "+long)
			o.Message.Mentions = []string{"wanglei"}
			return o
		}(),
		"everything": carded(out("G1", "om_root", long), everything, "wanglei"),
		"lines":      carded(out("G1", "om_root", "x"), bot.Card{Head: "h", Lines: mentioning}, "wanglei"),
		"facts":      carded(out("G1", "om_root", "x"), bot.Card{Head: "h", Facts: facts}),
		"table":      carded(out("G1", "om_root", "x"), bot.Card{Head: "h", Table: everything.Table}),
		"form":       carded(out("G1", "om_root", "x"), bot.Card{Head: "h", Form: everything.Form}),
		"nothing":    carded(out("G1", "om_root", ""), bot.Card{}),
	}
	for name, o := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			kind, content := drawn(t, o)
			request := encode(obj{"receive_id": "oc_zhibao", "msg_type": "interactive", "content": content, "uuid": uuid("x")})
			n := 0
			var v any
			if err := json.Unmarshal([]byte(content), &v); err != nil || !utf8.ValidString(content) {
				t.Fatal(err)
			}
			each(v, func(m map[string]any) {
				if m["tag"] != nil {
					n++
				}
			})
			if len(request) > 30<<10 || (kind == "interactive" && n > 200) {
				t.Errorf("%d bytes, %d elements", len(request), n)
			}
			if name != "form" && name != "nothing" && !strings.Contains(content, elsewhere) {
				t.Error("nothing says where the rest is")
			}
		})
	}
}

// TestPeopleWithoutAccount stay named in the words; that they cannot be pushed to is told.
func TestPeopleWithoutAccount(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	o := out("G1", "om_root", "@老张 请看")
	o.Message.Mentions, o.Message.Urgent = []string{"old"}, []string{"old"}
	r, err := w.Send(t.Context(), o)
	if err != nil || r.Note != "老张没有飞书账号，未能加急" || len(w.api.requests("/urgent_")) > 0 {
		t.Errorf("%+v, %v", r, err)
	}
	if got := str(w.api.requests("/reply")[0].Body, "content"); got != `{"text":"@老张 请看"}` {
		t.Error(got)
	}
}
