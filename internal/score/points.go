package score

import (
	"fmt"
	"strconv"
	"strings"
)

// Points are hundredths of a point, so that they add up exactly.
type Points int

// String writes 2, 0.5 or -1.25.
func (p Points) String() string {
	sign, n := "", int(p)
	if n < 0 {
		sign, n = "-", -n
	}
	text := fmt.Sprintf("%s%d.%02d", sign, n/100, n%100)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}

// MarshalJSON writes a number.
func (p Points) MarshalJSON() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads what String writes, with at most two decimals.
func (p *Points) UnmarshalText(b []byte) error {
	text := strings.TrimPrefix(string(b), "+")
	whole, part, _ := strings.Cut(strings.TrimPrefix(text, "-"), ".")
	n, err := strconv.Atoi(whole)
	if err != nil || n < 0 || len(part) > 2 {
		return fmt.Errorf("points %q: write 2, 0.5 or -1.25", b)
	}
	f := 0
	if part != "" {
		if f, err = strconv.Atoi((part + "0")[:2]); err != nil || f < 0 {
			return fmt.Errorf("points %q: write 2, 0.5 or -1.25", b)
		}
	}
	if *p = Points(n*100 + f); strings.HasPrefix(text, "-") {
		*p = -*p
	}
	return nil
}

// part is so many percent of p, rounded away from zero at half a hundredth.
func (p Points) part(percent int) Points {
	n := int(p) * percent
	if n < 0 {
		return Points((n - 50) / 100)
	}
	return Points((n + 50) / 100)
}
