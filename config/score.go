package config

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"fenghuo/internal/incident"
	"fenghuo/internal/score"
	"fenghuo/internal/yamlfile"
)

// ScoreNames are the shipped schemes.
func ScoreNames() []string { return names("scores") }

// LoadScore reads a scheme by shipped name (score-v1, S1, S2, S3, S8) or by path. An empty name is none.
func LoadScore(nameOrPath string) (*score.Scheme, error) {
	if nameOrPath == "" {
		return nil, nil
	}
	data, file, err := read("scores", nameOrPath)
	if err != nil {
		return nil, err
	}
	return ParseScore(data, file)
}

// ParseScore checks a scheme's content. Errors name line and column.
func ParseScore(data []byte, file string) (*score.Scheme, error) {
	var s score.Scheme
	where, err := yamlfile.Decode(data, file, &s)
	if err != nil {
		return nil, err
	}
	var errs []error
	wrong := func(is bool, key, format string, args ...any) {
		if is {
			errs = append(errs, fmt.Errorf("%s: %s: %s", where.Of("$."+key), key, fmt.Sprintf(format, args...)))
		}
	}
	known := func(key string, have []string, all []string) {
		for _, k := range have {
			wrong(!slices.Contains(all, k), key+"."+k, "is none; write one of %s", strings.Join(all, ", "))
		}
	}
	wrong(s.Name == "", "name", "missing; give the scheme a name of its own")
	wrong(len(s.Report) == 0 && len(s.Use) == 0, "report", "missing; write {I: 5, II: 4, III: 2, IV: 1}, or use by what became of a report")
	known("faults", slices.Sorted(maps.Keys(s.Faults)), incident.Faults)
	known("use", slices.Sorted(maps.Keys(s.Use)), score.Uses)
	known("instruction", slices.Sorted(maps.Keys(s.Instruction)), score.Ranks)
	wrong(s.Late < 0 || s.Late > 100, "late", "a percentage from 0 to 100")
	wrong(s.LateGrave < 0 || s.LateGrave > 100, "late_grave", "a percentage from 0 to 100")
	wrong(len(s.Year.Grades) == 0, "year.grades", "missing; write [{from: 90, name: 优秀}, {from: 0, name: 不合格}]")
	for n := 1; n < len(s.Year.Grades); n++ {
		wrong(s.Year.Grades[n].From >= s.Year.Grades[n-1].From, fmt.Sprintf("year.grades[%d]", n), "write the best grade first")
	}
	for kind, f := range s.Faults {
		wrong(f.Points > 0 || f.OfReport > 0, "faults."+kind, "is a deduction; write a negative number")
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	return &s, nil
}
