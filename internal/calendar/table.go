package calendar

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// table is what a file of holidays says: whole years, each day off and each make-up working day.
type table struct {
	days  map[string]day
	years map[int]bool
}

// parse reads lines of a date, off or work, and the holiday's name, with tabs between them. Empty lines and
// those that begin with # say nothing. Errors name file, line and column.
func parse(data []byte, file string) (table, error) {
	p := &parser{file: file, table: table{days: map[string]day{}, years: map[int]bool{}}}
	for n, line := range strings.Split(string(data), "\n") {
		line = strings.TrimRight(line, "\r")
		if strings.TrimSpace(line) != "" && !strings.HasPrefix(line, "#") {
			p.line(n+1, line)
		}
	}
	p.whole()
	return p.table, errors.Join(p.errs...)
}

type parser struct {
	table
	file string
	errs []error
	last time.Time // date of the line before
	off  time.Time // last day off
	nth  int
}

func (p *parser) wrong(line, column int, format string, args ...any) {
	p.errs = append(p.errs, fmt.Errorf("%s:%d:%d: %s", p.file, line, column, fmt.Sprintf(format, args...)))
}

func (p *parser) line(n int, line string) {
	f := strings.Split(line, "\t")
	if len(f) != 3 {
		p.wrong(n, 1, "%d fields; write a date, off or work, and the holiday's name, with a tab between them", len(f))
		return
	}
	date, err := time.Parse(time.DateOnly, f[0])
	switch {
	case err != nil:
		p.wrong(n, 1, "date %q: write it as 2027-01-01", f[0])
	case !date.After(p.last):
		p.wrong(n, 1, "%s does not come after the line before; write the days in their order, each once", f[0])
	case f[1] != "off" && f[1] != "work":
		p.wrong(n, len(f[0])+2, "%q: write off or work", f[1])
	case f[1] == "work" && date.Weekday() != time.Saturday && date.Weekday() != time.Sunday:
		p.wrong(n, len(f[0])+2, "%s is a weekday, a working day anyway; take the line out", f[0])
	case strings.TrimSpace(f[2]) != f[2] || f[2] == "":
		p.wrong(n, len(f[0])+len(f[1])+3, "write the holiday's name, such as 元旦")
	default:
		p.day(date, f)
	}
	p.last = date
}

func (p *parser) day(date time.Time, f []string) {
	p.years[date.Year()] = true
	if f[1] == "work" {
		p.days[f[0]] = day{work: true, name: f[2]}
		return
	}
	if p.nth++; !date.Equal(p.off.AddDate(0, 0, 1)) || p.days[p.off.Format(time.DateOnly)].name != f[2] {
		p.nth = 1
	}
	p.off = date
	p.days[f[0]] = day{name: f[2], n: p.nth}
}

// whole finds a year of which only a part is there: New Year and the National Day are off in every year.
func (p *parser) whole() {
	var years []int
	for year := range p.years {
		years = append(years, year)
	}
	slices.Sort(years)
	for _, year := range years {
		for _, must := range []string{"01-01", "05-01", "10-01"} {
			date := fmt.Sprintf("%d-%s", year, must)
			if d, ok := p.days[date]; !ok || d.work {
				p.errs = append(p.errs, fmt.Errorf("%s: %d is not whole: %s is a day off every year and missing; write the year's whole schedule", p.file, year, date))
			}
		}
	}
}
