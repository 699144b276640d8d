package feishu

import (
	"testing"
	"time"
)

func TestPause(t *testing.T) {
	told := pace{told: true, count: -1, interval: 2 * time.Minute, nonce: 30 * time.Second}
	counted := told
	counted.count = 3
	hasty := pace{told: true, count: -1, interval: time.Second}
	const s = time.Second
	for _, c := range []struct {
		name        string
		pace        pace
		failed      int
		least, most time.Duration // with r = 0 and r = 1
	}{
		{"nobody answered, first", defaultPace(), 1, s, 3 * s},
		{"nobody answered, second", defaultPace(), 2, 2 * s, 6 * s},
		{"nobody answered, long since", defaultPace(), 500, 60 * s, 180 * s},
		{"lost", told, 0, s, 30 * s},
		{"failed once", told, 1, 120 * s, 150 * s},
		{"failed often", told, 500, 120 * s, 150 * s},
		{"platform wants three attempts", counted, 3, 120 * s, 150 * s},
		{"and no fourth", counted, 4, 300 * s, 450 * s},
		{"no nonce", hasty, 0, s, s},
	} {
		for _, r := range []float64{0, 0.25, 0.5, 0.999999} {
			got := c.pace.pause(c.failed, r)
			if got < c.least || got > c.most || r == 0 && got != c.least || r > 0.9 && got < c.most-time.Second {
				t.Errorf("%s: with r = %v a pause of %s, not in [%s, %s)", c.name, r, got, c.least, c.most)
			}
		}
	}
}

func TestSilence(t *testing.T) {
	for ping, want := range map[time.Duration]time.Duration{2 * time.Minute: 150 * time.Second, 10 * time.Second: 15 * time.Second} {
		if got := (pace{ping: ping}).silence(); got != want || got >= 2*ping {
			t.Errorf("with a ping every %s silence lasts %s", ping, got)
		}
	}
}

func TestClientConfig(t *testing.T) {
	was := pace{count: -1, interval: time.Minute, nonce: time.Second, ping: time.Minute}
	for _, c := range []struct {
		in   string
		want pace
	}{
		{`{"ReconnectCount":5,"ReconnectInterval":20,"ReconnectNonce":0,"PingInterval":90}`, pace{true, 5, 20 * time.Second, 0, 90 * time.Second}},
		{`{"PingInterval":30}`, pace{true, -1, time.Minute, time.Second, 30 * time.Second}},
		{`{"ReconnectInterval":0,"ReconnectNonce":-4,"PingInterval":0}`, was},
		{`{"ReconnectCount":-9,"ReconnectInterval":9223372036854775807,"ReconnectNonce":86400,"PingInterval":999999}`, pace{true, -1, slowest, slowest, slowest}},
		{`{}`, was},
		{`null`, was},
	} {
		p := was
		if err := p.apply([]byte(c.in)); err != nil || p != c.want {
			t.Errorf("%s: %+v, %v", c.in, p, err)
		}
	}
	p := was
	if err := p.apply([]byte(`{"PingInterval":"soon"}`)); err == nil || p != was {
		t.Errorf("nonsense became %+v, %v", p, err)
	}
}
