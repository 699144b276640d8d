package calendar

import (
	"strings"
	"testing"
)

// year2028 is made up.
const year2028 = "# 国办发明电〔2027〕…号\r\n2028-01-01\toff\t元旦\n2028-01-02\toff\t元旦\n\n2028-01-08\twork\t元旦\n2028-05-01\toff\t劳动\n2028-10-01\toff\t国庆\n"

func TestAnEnterpriseMayAddYears(t *testing.T) {
	c, err := With(shanghai, []byte(year2028), "own.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for at, want := range map[string]bool{"2027-12-31 10:00": true, "2028-01-01 10:00": false, "2028-01-08 10:00": true, "2028-01-09 10:00": false, "2028-01-10 10:00": true} {
		if work, err := c.Workday(moment(t, at)); err != nil || work != want {
			t.Errorf("%s: %v, %v", at, work, err)
		}
	}
	if name, n := c.Holiday(moment(t, "2028-01-02 10:00")); name != "元旦" || n != 2 {
		t.Errorf("%s day %d", name, n)
	}
	if end := c.End(moment(t, "2026-11-25 10:00")); !end.Equal(moment(t, "2029-01-01 00:00")) {
		t.Errorf("it ends at %v", end)
	}
	if end := newCalendar(t).End(moment(t, "2026-11-25 10:00")); !end.Equal(moment(t, "2028-01-01 00:00")) {
		t.Errorf("the program's ends at %v", end)
	}
}

func TestAnEnterprisesYearCountsInsteadOfOurs(t *testing.T) {
	c, err := With(shanghai, []byte("2027-01-01\toff\t元旦\n2027-05-01\toff\t劳动\n2027-10-01\toff\t国庆\n"), "own.tsv")
	if err != nil {
		t.Fatal(err)
	}
	if work, err := c.Workday(moment(t, "2027-02-08 10:00")); err != nil || !work {
		t.Errorf("a day of ours is left: %v, %v", work, err)
	}
}

func TestAWrongTableIsNamedByLineAndColumn(t *testing.T) {
	for name, tc := range map[string]struct{ text, says string }{
		"fields":    {"2028-01-01 off 元旦\n", "own.tsv:1:1: 1 fields; write a date, off or work"},
		"date":      {"# x\n2028-1-1\toff\t元旦\n", "own.tsv:2:1: date \"2028-1-1\": write it as"},
		"no such":   {"2027-02-29\toff\t春节\n", "own.tsv:1:1: date"},
		"kind":      {"2028-01-01\tfree\t元旦\n", "own.tsv:1:12: \"free\": write off or work"},
		"name":      {"2028-01-01\toff\t\n", "own.tsv:1:16: write the holiday's name"},
		"twice":     {"2028-01-01\toff\t元旦\n2028-01-01\toff\t元旦\n", "own.tsv:2:1: 2028-01-01 does not come after"},
		"weekday":   {"2028-01-03\twork\t元旦\n", "own.tsv:1:12: 2028-01-03 is a weekday"},
		"a part":    {"2028-01-01\toff\t元旦\n", "own.tsv: 2028 is not whole: 2028-05-01"},
		"all wrong": {"x\ny\n", "own.tsv:2:1:"},
	} {
		if _, err := With(shanghai, []byte(tc.text), "own.tsv"); err == nil || !strings.Contains(err.Error(), tc.says) {
			t.Errorf("%s: %v, want %s", name, err, tc.says)
		}
	}
}

func TestAMissingYearHasOrdinaryWeeksForReminders(t *testing.T) {
	c := newCalendar(t).Ordinary()
	for at, want := range map[string]bool{"2027-10-04 10:00": false, "2027-10-09 10:00": true, "2028-01-07 10:00": true, "2028-01-08 10:00": false} {
		if work, err := c.Workday(moment(t, at)); err != nil || work != want {
			t.Errorf("%s: %v, %v", at, work, err)
		}
	}
	if end := c.End(moment(t, "2026-11-25 10:00")); !end.Equal(moment(t, "2028-01-01 00:00")) {
		t.Errorf("it claims to know days until %v", end)
	}
}
