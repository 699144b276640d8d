package score_test

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"fenghuo/internal/incident"
	"fenghuo/internal/score"
	"fenghuo/internal/yamlfile"
)

var shanghai = time.FixedZone("CST", 8*3600)

func at(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", "2026-"+s, shanghai)
	if err != nil {
		panic(err)
	}
	return t
}

func scheme(t testing.TB, name string) *score.Scheme {
	t.Helper()
	file := "../../config/shipped/scores/" + name + ".yaml"
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var s score.Scheme
	if _, err := yamlfile.Decode(data, file, &s); err != nil {
		t.Fatal(err)
	}
	return &s
}

// reported is a level III report on time, verified, found first, without anything else.
func reported(change ...func(*incident.Incident)) *incident.Incident {
	inc := &incident.Incident{Number: "YQ-20260310-001", State: incident.Handling, Reporter: "zhoumin", Tracker: "wuyan",
		ReportedAt: at("03-10 09:16"), FirstReport: incident.FirstReport{Kind: incident.ByForm, Verdict: incident.OnTime}}
	inc.Level.Current = incident.LevelIII
	inc.Level.History = []incident.LevelChange{{Level: incident.LevelIII, At: at("03-10 09:16")}}
	inc.Verification.Conclusion = incident.ConclusionTrue
	for _, c := range change {
		c(inc)
	}
	return inc
}

func lines(entries []score.Entry) string {
	var out []string
	for _, e := range entries {
		out = append(out, fmt.Sprintf("%s %s %s %s", e.Person, e.Name, e.Points, e.Status))
	}
	return strings.Join(out, "; ")
}

func unit(string) string { return "u" }

func fault(kind, person, status string) func(*incident.Incident) {
	return func(inc *incident.Incident) {
		f := incident.Finding{ID: fmt.Sprintf("I-%d", len(inc.Findings)+1), Kind: kind, About: incident.AboutFirst, Person: person, Status: status, ProposedAt: at("03-11 10:00")}
		if status == incident.FindingUpheld {
			f.EffectiveAt = at("03-18 18:00")
		}
		inc.Findings = append(inc.Findings, f)
	}
}

// TestEntries of score-v1, one rule a row.
func TestEntries(t *testing.T) {
	none := func(inc *incident.Incident) { inc.Sightings = []incident.Sighting{{At: at("03-10 09:00")}} } // monitoring was first
	level := func(l incident.Level) func(*incident.Incident) {
		return func(inc *incident.Incident) { inc.Level.Current = l }
	}
	verdict := func(v incident.Verdict) func(*incident.Incident) {
		return func(inc *incident.Incident) { inc.FirstReport.Verdict = v }
	}
	for _, tc := range []struct {
		name   string
		change []func(*incident.Incident)
		want   string
	}{
		{"level III", nil, "zhoumin 首报 2 counted; zhoumin 首先发现 2 counted"},
		{"monitoring was first", []func(*incident.Incident){none}, "zhoumin 首报 2 counted"},
		{"the press was first", []func(*incident.Incident){func(inc *incident.Incident) { inc.Inquiries = []incident.Inquiry{{At: at("03-10 09:10")}} }}, "zhoumin 首报 2 counted"},
		{"a signal opened it", []func(*incident.Incident){func(inc *incident.Incident) { inc.FirstReport.Kind = incident.BySignal }}, "zhoumin 首报 2 counted"},
		{"level I", []func(*incident.Incident){none, level(incident.LevelI)}, "zhoumin 首报 5 counted"},
		{"two reported it", []func(*incident.Incident){func(inc *incident.Incident) { inc.Joint = []string{"mayue"} }},
			"zhoumin 首报 1 counted; mayue 首报 1 counted; zhoumin 首先发现 1 counted; mayue 首先发现 1 counted"},
		{"three reported it: the odd hundredth is the reporter's", []func(*incident.Incident){none, func(inc *incident.Incident) { inc.Joint = []string{"mayue", "linke"} }},
			"zhoumin 首报 0.68 counted; mayue 首报 0.66 counted; linke 首报 0.66 counted"},
		{"late is half", []func(*incident.Incident){none, verdict(incident.Late)}, "zhoumin 首报 1 counted"},
		{"gravely late is nothing", []func(*incident.Incident){none, verdict(incident.LateGrave)}, "zhoumin 首报 0 counted"},
		{"not verified yet", []func(*incident.Incident){none, func(inc *incident.Incident) { inc.Verification.Conclusion = "" }}, "zhoumin 首报 2 provisional"},
		{"an early sign that proved right", []func(*incident.Incident){none, func(inc *incident.Incident) {
			inc.Level.History = []incident.LevelChange{{Level: incident.LevelIV}, {Level: incident.LevelIII, At: at("03-10 12:00")}}
		}}, "zhoumin 首报 2 counted; zhoumin 苗头应验 2 counted"},
		{"an upgrade nobody has confirmed proves nothing", []func(*incident.Incident){none, func(inc *incident.Incident) {
			inc.Level.History = []incident.LevelChange{{Level: incident.LevelIV}, {Level: incident.LevelIII, At: at("03-10 12:00"), Provisional: true}}
			inc.Level.Provisional = true
		}}, "zhoumin 首报 2 counted"},
		{"link kept, elements in time", []func(*incident.Incident){none, func(inc *incident.Incident) {
			inc.Links, inc.Elements = []string{"https://v.example.test/1"}, incident.Elements{At: at("03-10 09:40"), Verdict: incident.OnTime}
		}}, "zhoumin 首报 2 counted; zhoumin 证据齐全 1 counted"},
		{"a withdrawn picture is none", []func(*incident.Incident){none, func(inc *incident.Incident) {
			inc.Evidence, inc.Elements = []incident.Evidence{{Withdrawn: true}}, incident.Elements{At: at("03-10 09:40"), Verdict: incident.OnTime}
		}}, "zhoumin 首报 2 counted"},
		{"mistaken in good faith", []func(*incident.Incident){func(inc *incident.Incident) { inc.State = incident.FalseReport }}, "zhoumin 误报（不扣分） 0 counted"},
		{"a drill", []func(*incident.Incident){func(inc *incident.Incident) { inc.Drill = true }}, ""},
		{"the highest instruction", []func(*incident.Incident){none, func(inc *incident.Incident) {
			inc.Instructions = []incident.Instruction{{Rank: "head"}, {Rank: "chief"}, {Rank: "deputy"}}
		}}, "zhoumin 首报 2 counted; zhoumin 批示 4 counted"},
		{"follow-ups up to five points", []func(*incident.Incident){none, func(inc *incident.Incident) {
			for n := 1; n <= 12; n++ {
				inc.FollowUps = append(inc.FollowUps, incident.FollowUp{N: n, By: "wuyan", Verdict: incident.OnTime})
			}
		}}, "zhoumin 首报 2 counted; " + strings.TrimSuffix(tenFollowUps, "; ")},
		{"late, missed and excused follow-ups are nothing", []func(*incident.Incident){none, func(inc *incident.Incident) {
			inc.FollowUps = []incident.FollowUp{{N: 1, By: "wuyan", Verdict: incident.Late}, {N: 2, Verdict: incident.Missed}, {N: 3, Verdict: incident.Excused}}
		}}, "zhoumin 首报 2 counted"},
		{"final report and debrief", []func(*incident.Incident){none, func(inc *incident.Incident) {
			inc.Final = incident.Paper{At: at("03-12 10:00"), By: "wuyan", Verdict: incident.OnTime}
			inc.Debrief = incident.Paper{At: at("03-20 10:00"), By: "wuyan", ApprovedAt: at("03-20 11:00")}
		}}, "zhoumin 首报 2 counted; wuyan 终报 2 counted; wuyan 复盘 2 counted"},
		{"a silence nobody judged, and one let go", []func(*incident.Incident){none, func(inc *incident.Incident) {
			inc.Ack.Silent = []incident.Silence{{Person: "wanglei", Missed: 3}, {Person: "chenfang", Missed: 1, DismissedBy: "xuqing"}}
		}}, "zhoumin 首报 2 counted; wanglei 未签收 -1.5 proposed; chenfang 未签收 -0.5 revoked"},
		{"a risk, and one dismissed", []func(*incident.Incident){none, func(inc *incident.Incident) {
			inc.Risks = []incident.Risk{{ID: "R1", Kind: "缓报", About: "续报一", Person: "wuyan", Status: incident.RiskIsExplained}, {ID: "R2", Kind: "漏报", Person: "wuyan", Status: incident.RiskIsDismissed}}
		}}, "zhoumin 首报 2 counted; wuyan 缓报 -1 proposed; wuyan 漏报 -3 revoked"},
		{"an element missing at its deadline", []func(*incident.Incident){none, func(inc *incident.Incident) {
			inc.Risks = []incident.Risk{{ID: "R1", Kind: "缓报", About: "要素补全", Person: "zhoumin", Status: incident.RiskOpen}}
		}}, "zhoumin 首报 2 counted; zhoumin 缓报 -0.5 proposed"},
		{"proposed", []func(*incident.Incident){none, fault("漏报", "mayue", incident.FindingProposed)}, "zhoumin 首报 2 counted; mayue 漏报 -3 proposed"},
		{"confirmed may still be appealed against", []func(*incident.Incident){none, fault("漏报", "mayue", incident.FindingConfirmed)}, "zhoumin 首报 2 counted; mayue 漏报 -3 proposed"},
		{"appealed against", []func(*incident.Incident){none, fault("漏报", "mayue", incident.FindingAppealed)}, "zhoumin 首报 2 counted; mayue 漏报 -3 proposed"},
		{"upheld", []func(*incident.Incident){none, fault("漏报", "mayue", incident.FindingUpheld)}, "zhoumin 首报 2 counted; mayue 漏报 -3 counted"},
		{"revoked", []func(*incident.Incident){none, fault("漏报", "mayue", incident.FindingRevoked)}, "zhoumin 首报 2 counted; mayue 漏报 -3 revoked"},
		{"too low", []func(*incident.Incident){none, fault("轻报", "zhoumin", incident.FindingUpheld)}, "zhoumin 首报 2 counted; zhoumin 轻报 -1 counted"},
		{"untrue voids the report", []func(*incident.Incident){none, fault("谎报", "zhoumin", incident.FindingUpheld)}, "zhoumin 首报 2 revoked; zhoumin 谎报 -5 counted"},
		{"a loss averted", []func(*incident.Incident){none, fault("避免损失", "zhoumin", incident.FindingUpheld)}, "zhoumin 首报 2 counted; zhoumin 避免损失 5 counted"},
		{"put into another one, with something new, soon", []func(*incident.Incident){into(true, 30)}, "zhoumin 并入 0.5 counted"},
		{"too late", []func(*incident.Incident){into(true, 31)}, "zhoumin 并入 0 counted"},
		{"nothing new", []func(*incident.Incident){into(false, 5)}, "zhoumin 并入 0 counted"},
		{"put right by oneself first", []func(*incident.Incident){none, fault("迟报", "zhoumin", incident.FindingUpheld), func(inc *incident.Incident) {
			inc.Corrections = []incident.Correction{{By: "zhoumin", At: at("03-10 20:00"), Status: incident.CorrectionMade}}
		}}, "zhoumin 首报 2 counted; zhoumin 迟报 -1 revoked"},
		{"put right after others found it", []func(*incident.Incident){none, fault("迟报", "zhoumin", incident.FindingUpheld), func(inc *incident.Incident) {
			inc.Corrections = []incident.Correction{{By: "zhoumin", At: at("03-12 20:00"), Status: incident.CorrectionMade}}
		}}, "zhoumin 首报 2 counted; zhoumin 迟报 -1 counted"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := lines(scheme(t, "score-v1").Entries(reported(tc.change...), unit)); got != tc.want {
				t.Errorf("got  %s\nwant %s", got, tc.want)
			}
		})
	}
}

func into(brought bool, gap int) func(*incident.Incident) {
	return func(inc *incident.Incident) {
		inc.State, inc.Merges = incident.Merged, []incident.Merge{{Into: "YQ-20260310-000", New: brought, Gap: gap}}
	}
}

var tenFollowUps = func() string {
	out := ""
	for n := 1; n <= 10; n++ {
		out += fmt.Sprintf("wuyan %s 0.5 counted; ", incident.SlotName(n))
	}
	return out
}()

func TestPoints(t *testing.T) {
	for text, want := range map[string]score.Points{"2": 200, "0.5": 50, "-1.25": -125, "+3": 300, "-0.5": -50, "0": 0, "1.05": 105} {
		var p score.Points
		if err := p.UnmarshalText([]byte(text)); err != nil || p != want {
			t.Errorf("%s is %d (%v), want %d", text, p, err, want)
		}
		if shown := strings.TrimPrefix(text, "+"); p.String() != shown {
			t.Errorf("%d is written %s, want %s", p, p, shown)
		}
	}
	for _, text := range []string{"", "一", "1.234", "--1", "1.-5", "1.x"} {
		var p score.Points
		if err := p.UnmarshalText([]byte(text)); err == nil {
			t.Errorf("%q was read as %s", text, p)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		p := score.Points(rapid.IntRange(-100000, 100000).Draw(t, "points"))
		raw, err := json.Marshal(p)
		var back score.Points
		if err != nil || back.UnmarshalText(raw) != nil || back != p {
			t.Errorf("%d is written %s and read back as %d", p, raw, back)
		}
	})
}
