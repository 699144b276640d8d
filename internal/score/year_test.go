package score_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"fenghuo/internal/incident"
	"fenghuo/internal/score"
)

var update = flag.Bool("update", false, "write the golden files anew")

var schemes = []string{"score-v1", "S1", "S2", "S3", "S8"}

// people of the year, by unit.
var people = map[string]string{"zhoumin": "binjiang", "mayue": "binjiang", "linke": "kefu", "zhenghai": "huadong", "wuyan": "pinpai", "wanglei": "pinpai", "dingwei": "zhiban"}

func unitOf(person string) string { return people[person] }

// year is a made-up registry of 48 reports over 2026, with every kind of line the schemes know.
func year() []*incident.Incident {
	reporters := []string{"zhoumin", "linke", "zhenghai", "mayue", "zhoumin", "linke"}
	var out []*incident.Incident
	for n := range 48 {
		when := time.Date(2026, time.Month(1+n/4), 3+6*(n%4), 9, n%60, 0, 0, shanghai)
		inc := &incident.Incident{Number: fmt.Sprintf("YQ-%s-001", when.Format("20060102")), State: incident.Closed, ReportedAt: when,
			Reporter: reporters[n%6], Tracker: "wuyan", FirstReport: incident.FirstReport{Kind: incident.ByForm, Verdict: incident.OnTime}}
		inc.Level.Current = incident.Levels()[(n*7+3)%4]
		inc.Level.History = []incident.LevelChange{{Level: inc.Level.Current, At: when}}
		inc.Verification.Conclusion = incident.ConclusionTrue
		if n%3 != 0 {
			inc.Links = []string{"https://v.example.test/" + fmt.Sprint(n)}
			inc.Elements = incident.Elements{At: when.Add(time.Hour), Verdict: incident.OnTime}
		}
		if n%5 == 0 {
			inc.Evidence = []incident.Evidence{{ID: "E-1"}}
		}
		if n%4 == 1 {
			inc.Sightings = []incident.Sighting{{At: when.Add(-time.Hour)}}
		}
		switch n % 8 {
		case 2:
			inc.FirstReport.Verdict = incident.Late
		case 5:
			inc.FirstReport.Verdict = incident.LateGrave
		}
		for k := range n % 4 {
			v := incident.OnTime
			if (n+k)%6 == 0 {
				v = incident.Late
			}
			inc.FollowUps = append(inc.FollowUps, incident.FollowUp{N: k + 1, By: []string{"wuyan", "dingwei"}[n%2], At: when.Add(time.Duration(8*k+8) * time.Hour), Verdict: v})
		}
		inc.Final = incident.Paper{At: when.AddDate(0, 0, 5), By: "wuyan", Verdict: incident.OnTime}
		if n%6 == 4 {
			inc.Uses = []incident.Use{{Kind: score.Uses[n/6%5], At: when.AddDate(0, 0, 6)}}
		}
		if n%9 == 3 {
			inc.Instructions = []incident.Instruction{{Rank: score.Ranks[n/9%7], At: when.AddDate(0, 0, 2)}}
		}
		out = append(out, inc)
	}
	out[7].State = incident.FalseReport
	out[11].State, out[11].Verification.Conclusion = incident.Handling, "" // not verified at the end of the year
	out[13].Level.History[0].Level, out[13].Level.Current = incident.LevelIV, incident.LevelII
	out[19].Drill = true
	out[21].Ack.Silent = []incident.Silence{{Person: "wanglei", Missed: 2, To: out[21].ReportedAt}}
	for n, kind := range []string{"迟报", "缓报", "漏报", "轻报", "谎报", "瞒报", "未签收", "口径不符", "擅自发声", "泄密", "避免损失"} {
		for k, status := range []string{incident.FindingUpheld, incident.FindingConfirmed, incident.FindingAppealed, incident.FindingRevoked} {
			inc := out[(n*4+k)%48]
			f := incident.Finding{ID: "I-1", Kind: kind, About: incident.AboutFirst, Person: inc.Reporter, Status: status, ProposedAt: inc.ReportedAt.AddDate(0, 0, 1)}
			if status == incident.FindingUpheld {
				f.EffectiveAt = inc.ReportedAt.AddDate(0, 0, 9)
			}
			if kind == incident.FaultSilent {
				inc.Ack.Silent = []incident.Silence{{Person: f.Person, Missed: 3, To: inc.ReportedAt}}
			}
			inc.Findings = append(inc.Findings, f)
		}
	}
	return out
}

func entriesOf(s *score.Scheme, registry []*incident.Incident) []score.Entry {
	var out []score.Entry
	for _, inc := range registry {
		out = append(out, s.Entries(inc, unitOf)...)
	}
	score.Sort(out)
	return out
}

// totals are the year of each unit, and of the enterprise.
func totals(s *score.Scheme, registry []*incident.Incident) string {
	entries := entriesOf(s, registry)
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n", s.Name)
	for _, unit := range []string{"binjiang", "kefu", "huadong", "pinpai", "zhiban"} {
		t := s.Total(slices.DeleteFunc(slices.Clone(entries), func(e score.Entry) bool { return e.Unit != unit }))
		fmt.Fprintf(&b, "%-9s reports %2d credits %7s deducted %7s workload %6s bonus %6s total %7s %s veto %v\n",
			unit, t.Accepted, t.Credits, t.Deducted, t.Workload, t.Bonus, t.Sum, t.Grade, t.Veto)
	}
	return b.String()
}

// TestTheSharedYear holds every scheme to its golden totals over one registry.
func TestTheSharedYear(t *testing.T) {
	got := ""
	for _, name := range schemes {
		got += totals(scheme(t, name), year())
	}
	const file = "testdata/year.golden"
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("totals differ from %s; look at them with -update and git diff\n%s", file, got)
	}
}

// TestRevokingRestoresTheTotals: a year in which every finding was revoked adds up as one without any, entry by entry.
func TestRevokingRestoresTheTotals(t *testing.T) {
	for _, name := range schemes {
		s := scheme(t, name)
		clean, revoked := year(), year()
		for n := range clean {
			clean[n].Findings = nil
			clean[n].Ack.Silent = nil
			for k := range revoked[n].Findings {
				f := &revoked[n].Findings[k]
				f.Status, f.EffectiveAt = incident.FindingRevoked, time.Time{}
			}
		}
		revoked[21].Ack.Silent = nil
		if got, want := totals(s, revoked), totals(s, clean); got != want {
			t.Errorf("revoked:\n%s\nwithout findings:\n%s", got, want)
		}
		if totals(s, year()) == totals(s, clean) && name != "S2" { // which deducts nothing
			t.Errorf("%s: the findings cost nothing, so this proves nothing", name)
		}
	}
}

// TestTotalsAreTheSumOfTheirLines is invariant 6 for the year: what counts adds up exactly.
func TestTotalsAreTheSumOfTheirLines(t *testing.T) {
	for _, name := range schemes {
		s := scheme(t, name)
		entries := entriesOf(s, year())
		sum := score.Points(0)
		for _, e := range entries {
			sum += e.Counts()
		}
		if total := s.Total(entries); total.Credits+total.Deducted != sum {
			t.Errorf("%s: credits %s and deductions %s are not %s", name, total.Credits, total.Deducted, sum)
		}
	}
}
