package signal_test

import (
	"strings"
	"testing"
	"time"

	"fenghuo/internal/incident"
	"fenghuo/internal/signal"
)

var (
	zone = time.FixedZone("CST", 8*3600)
	noon = time.Date(2026, 3, 10, 12, 0, 0, 0, zone)
)

const whole = `{"id":"m-1","source":"monitor-a","at":"2026-03-10T11:30:00+08:00","platform":"微博","url":"https://m.weibo.cn/a/1?share_source=x",
"author":"杭州热点","followers":1200000,"text":"江澜滨江店酸奶杯里有虫","published_at":"2026-03-10T10:00:00+08:00","unit":"binjiang","place":"杭州",
"reads":120000000,"reposts":3,"comments":4,"likes":5,"hot_rank":3,"hot_list":"national","carriers":["central","city","city"]}`

func TestEveryDocumentedKeyIsRead(t *testing.T) {
	s, err := signal.Parse([]byte(whole))
	if err != nil {
		t.Fatal(err)
	}
	if s.ID != "m-1" || s.HotRank != 3 || s.Followers != 1200000 || !s.At.Equal(noon.Add(-30*time.Minute)) || len(s.Counts(noon)) != 4 {
		t.Errorf("%+v", s)
	}
	if s.Link() != "https://m.weibo.cn/a/1" {
		t.Errorf("link %s", s.Link())
	}
	if w := s.Weigh(); w.Reads != s.Reads || w.HotList != "national" || strings.Join(w.Carriers, " ") != "central city city outlets3" {
		t.Errorf("%+v", w)
	}
}

// TestWhatIsWrongIsNamed: each refusal names the key.
func TestWhatIsWrongIsNamed(t *testing.T) {
	for name, c := range map[string]struct{ body, says string }{
		"nothing":        {``, "JSON object"},
		"no object":      {`[1]`, "does not belong"},
		"two":            {`{"id":"1","source":"a","text":"x"} {}`, "nothing after"},
		"unknown key":    {`{"id":"1","source":"a","text":"x","rank":1}`, `"rank" is no key`},
		"wrong type":     {`{"id":"1","source":"a","text":"x","reads":"many"}`, "reads"},
		"bad time":       {`{"id":"1","source":"a","text":"x","at":"yesterday"}`, "2026-03-10T11:30:00+08:00"},
		"no id":          {`{"source":"a","text":"x"}`, "id"},
		"no source":      {`{"id":"1","text":"x"}`, "source"},
		"no text":        {`{"id":"1","source":"a","text":" \u0000 "}`, "text"},
		"negative":       {`{"id":"1","source":"a","text":"x","reads":-1}`, "reads"},
		"endless":        {`{"id":"1","source":"a","text":"x","likes":9000000000000000}`, "likes"},
		"hot list":       {`{"id":"1","source":"a","text":"x","hot_list":"world"}`, "hot_list"},
		"hot rank":       {`{"id":"1","source":"a","text":"x","hot_rank":-2}`, "hot_rank"},
		"carrier":        {`{"id":"1","source":"a","text":"x","carriers":["moon"]}`, "carriers"},
		"no web address": {`{"id":"1","source":"a","text":"x","url":"javascript:alert(1)"}`, "url"},
		"long id":        {`{"id":"` + strings.Repeat("x", 201) + `","source":"a","text":"x"}`, "id"},
	} {
		if _, err := signal.Parse([]byte(c.body)); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, not about %s", name, err, c.says)
		}
	}
}

func TestTitleFitsTheForm(t *testing.T) {
	for text, want := range map[string]string{
		"江澜滨江店酸奶杯里有虫。顾客已拍视频。":                 "江澜滨江店酸奶杯里有虫",
		"滨江店有虫 https://v.example.test/a/1 速看": "滨江店有虫 速看",
		strings.Repeat("长", 60):               strings.Repeat("长", 39) + "…",
	} {
		if got := (signal.Signal{Text: text}).Title(); got != want {
			t.Errorf("%s: %s", text, got)
		}
	}
}

func TestSignatureCoversTimeAndBody(t *testing.T) {
	const key = "0123456789abcdef"
	stamp, sig := signal.Sign(key, noon, []byte(whole))
	for name, c := range map[string]struct {
		key, stamp, sig, body string
		now                   time.Time
		ok                    bool
	}{
		"right":             {key, stamp, sig, whole, noon, true},
		"at the window":     {key, stamp, sig, whole, noon.Add(signal.Window), true},
		"replayed":          {key, stamp, sig, whole, noon.Add(signal.Window + time.Second), false},
		"from the future":   {key, stamp, sig, whole, noon.Add(-signal.Window - time.Second), false},
		"other body":        {key, stamp, sig, whole + " ", noon, false},
		"other time":        {key, stamp + "0", sig, whole, noon, false},
		"other key":         {key + "x", stamp, sig, whole, noon, false},
		"no key configured": {"", stamp, sig, whole, noon, false},
		"no signature":      {key, stamp, "", whole, noon, false},
		"no hex":            {key, stamp, "sha256=zz", whole, noon, false},
		"no timestamp":      {key, "", sig, whole, noon, false},
	} {
		if err := signal.Authentic(c.key, c.stamp, c.sig, []byte(c.body), c.now); (err == nil) != c.ok {
			t.Errorf("%s: %v", name, err)
		}
	}
	empty, sigOfNone := signal.Sign("", noon, []byte(whole))
	if signal.Authentic("", empty, sigOfNone, []byte(whole), noon) == nil {
		t.Error("without a key everybody could sign")
	}
}

func TestGrowthIsOfTheLastHour(t *testing.T) {
	reads := func(v int64, ago time.Duration) incident.Count {
		return incident.Count{Kind: "reads", Value: v, At: noon.Add(-ago)}
	}
	known := []incident.Count{reads(100, 3*time.Hour), reads(1000, 50*time.Minute), reads(4000, 10*time.Minute), {Kind: "likes", Value: 1, At: noon.Add(-time.Minute)}}
	if g := signal.Growth(known, 5000, noon); g != 5 {
		t.Errorf("grown %v times", g)
	}
	if g := signal.Growth(known[:1], 5000, noon); g != 0 {
		t.Errorf("nothing known of the last hour: %v", g)
	}
}

func TestOlderEvents(t *testing.T) {
	for text, want := range map[string]string{
		"网友称3月5日在滨江店买到过期酸奶":     "2026-03-05",
		"3月1日和3月6日两次在滨江店买到过期酸奶": "2026-03-01",
		"昨天在滨江店买到过期酸奶":          "",
		"今天上午9点滨江店门口有人拉横幅":      "",
		"滨江店酸奶杯里有虫":             "",
	} {
		at, ok := signal.Older(text, noon)
		if got := at.Format(time.DateOnly); ok != (want != "") || ok && got != want {
			t.Errorf("%s: %s %v", text, got, ok)
		}
	}
}
