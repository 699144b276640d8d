package feishu

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

func TestLanesAreBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := openLanes(t.Context(), 2)
		hang := func(ctx context.Context) { <-ctx.Done() }
		if !l.add("a", laneBytes, hang) {
			t.Error("a lane that is empty refuses")
		}
		if l.add("b", 1, hang) {
			t.Error("more bytes than allowed are taken")
		}
		begun := time.Now()
		l.wait(time.Second)
		if took := time.Since(begun); took != time.Second {
			t.Errorf("waited %s for what does not end", took)
		}
		l.close(time.Second)
		begun = time.Now()
		l.wait(time.Second)
		if took := time.Since(begun); took != 0 {
			t.Errorf("waited %s for nothing", took)
		}
		if l.bytes != 0 || l.count != 0 {
			t.Errorf("%d tasks of %d bytes are still booked", l.count, l.bytes)
		}
	})
}
