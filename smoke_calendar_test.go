package main

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"fenghuo/config"
	"fenghuo/internal/calendar"
	"fenghuo/store"
)

func TestAdministratorsHearInTimeThatTheCalendarEnds(t *testing.T) {
	smoke(t, "2027-11-01 17:58", func(w *world) {
		c := w.feishu
		w.until("18:02") // 61 days are left
		c.Quiet()
		w.until("2027-11-02 08:59")
		c.Skim() // the digest
		w.until("09:00")
		c.Expect("@wuyan", "日历只到2027年底，还有60天", "calendar")
		w.until("09:05")
		c.Quiet()
		w.stop()
		time.Sleep(7*24*time.Hour - 10*time.Minute) // away: a week of ticks is not what is shown here
		w.start()
		c.Skim()
		w.until("2027-11-09 09:00")
		c.Expect("@wuyan", "还有53天")
	})
}

func TestTheServiceDoesNotStartInAYearItsCalendarLacks(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.until("2028-01-03 10:00")
		p, err := demoParts(w.log.Logger())
		if err != nil {
			t.Fatal(err)
		}
		p.now, p.shared = time.Now, store.NewMemory(time.Now)
		cfg := &config.Config{DataDir: w.dir, Timezone: w.org.Zone, Database: config.Database{URL: config.Secret("sqlite:" + w.file())}}
		var missing *calendar.MissingYearError
		if _, err := newApp(t.Context(), cfg, p); !errors.As(err, &missing) || missing.Year != 2028 {
			t.Fatalf("it starts: %v", err)
		}
		own := "2028-01-01\toff\t元旦\n2028-05-01\toff\t劳动\n2028-10-01\toff\t国庆\n"
		if p.calendar, err = calendar.With(w.zone, []byte(own), "own.tsv"); err != nil {
			t.Fatal(err)
		}
		a, err := newApp(context.WithoutCancel(t.Context()), cfg, p)
		if err != nil {
			t.Fatal(err)
		}
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
}
