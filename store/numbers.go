package store

import (
	"fmt"
	"time"
)

// NextNumber is the next incident number of a day, as the clock on the wall shows it: YQ-20260310-001.
// A transaction undone gives its number back, so there are no gaps.
func (tx *Tx) NextNumber(day time.Time) (string, error) { return tx.number("YQ", day) }

// NextDrillNumber is the same for drills, in a sequence of their own: YL-20260310-001.
func (tx *Tx) NextDrillNumber(day time.Time) (string, error) { return tx.number(drillPrefix, day) }

const drillPrefix = "YL"

func (tx *Tx) number(prefix string, day time.Time) (string, error) {
	name := prefix + "-" + day.Format("20060102")
	n, err := tx.count(name)
	if err != nil {
		return "", fmt.Errorf("next number of %s: %w", name, err)
	}
	return fmt.Sprintf("%s-%03d", name, n), nil
}

// count takes the next of a sequence beginning at 1.
func (tx *Tx) count(name string) (n int64, err error) {
	err = tx.db.Raw("insert into counters (name, n) values (?, 1) on conflict (name) do update set n = counters.n + 1 returning n", name).Scan(&n).Error
	return n, err
}
