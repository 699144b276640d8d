package main

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"time"

	"fenghuo/internal/signal"
)

// signal reads what monitoring found as the webhook would. Without an id it has the step's own; times are
// written like those of steps, or as in JSON.
func (st *step) signal() (signal.Signal, error) {
	fields := maps.Clone(st.Signal)
	if _, ok := fields["id"]; !ok {
		fields["id"] = fmt.Sprintf("step-%d", st.n)
	}
	for _, key := range []string{"at", "published_at"} {
		if t, err := time.ParseInLocation("2006-01-02 15:04", fmt.Sprint(fields[key]), st.at.Location()); err == nil {
			fields[key] = t
		}
	}
	body, err := json.Marshal(fields)
	if err != nil {
		return signal.Signal{}, err
	}
	return signal.Parse(body)
}

// signal hands it to the service, as often as the step says it is delivered.
func (r *replay) signal(ctx context.Context, st *step) error {
	s, err := st.signal()
	if err != nil {
		return err
	}
	for range 1 + st.Redeliver {
		if _, _, err := r.apps[0].service.Signal(ctx, s); err != nil {
			return err
		}
	}
	r.note("（监测 %s）", s.Source)
	return nil
}
