package config

import (
	"errors"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"

	"fenghuo/internal/incident"
)

// ParsePolicy reads a policy. One that names a base takes the base's figures where it says nothing.
func ParsePolicy(data []byte, file string) (*incident.Policy, error) {
	var own struct {
		Base string `yaml:"base"`
	}
	if err := yaml.Unmarshal(data, &own); err != nil {
		return nil, fmt.Errorf("%s: %s", file, strings.TrimSpace(yaml.FormatError(err, false, true)))
	}
	var derived derivedPolicy
	if own.Base != "" {
		base, err := LoadPolicy(own.Base)
		if err != nil {
			return nil, fmt.Errorf("%s: base: %w", file, err)
		}
		derived.Policy = *base
	}
	if err := decode(data, file, &derived); err != nil {
		return nil, err
	}
	if own.Base != "" {
		if err := mergeLevels(data, file, &derived.Policy, own.Base); err != nil {
			return nil, err
		}
	}
	return &derived.Policy, checkPolicy(&derived.Policy, file)
}

// derivedPolicy is a policy file with the name of what it builds on.
type derivedPolicy struct {
	Base            string `yaml:"base"`
	incident.Policy `yaml:",inline"`
}

// mergeLevels puts the levels a derived policy names over those of its base, key by key.
func mergeLevels(data []byte, file string, p *incident.Policy, base string) error {
	from, err := LoadPolicy(base)
	if err != nil {
		return err
	}
	var raw struct {
		Levels map[string]map[string]any `yaml:"levels"`
	}
	if err := yaml.Unmarshal(data, &raw); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	p.Levels = map[incident.Level]incident.LevelPolicy{}
	for l, lp := range from.Levels {
		if own, ok := raw.Levels[l.String()]; ok {
			text, err := yaml.Marshal(own)
			if err != nil {
				return err
			}
			if err := yaml.UnmarshalWithOptions(text, &lp, yaml.Strict()); err != nil {
				return fmt.Errorf("%s: level %s: %w", file, l, err)
			}
		}
		p.Levels[l] = lp
	}
	return nil
}

// checkPolicy finds what would make clocks stand still.
func checkPolicy(p *incident.Policy, file string) error {
	var errs []error
	wrong := func(is bool, format string, args ...any) {
		if is {
			errs = append(errs, fmt.Errorf("%s: %s", file, fmt.Sprintf(format, args...)))
		}
	}
	wrong(p.Name == "", "name: missing")
	wrong(p.OutageAfter <= 0, "outage_after: missing; write 3m")
	wrong(p.ProvisionalFor <= 0, "provisional_for: missing; write 2h")
	for _, l := range incident.Levels() {
		lp, ok := p.Levels[l]
		if wrong(!ok, "levels.%s: missing", l); !ok {
			continue
		}
		wrong(lp.Time != incident.Wall && lp.Time != incident.Work, "levels.%s.time: write wall or work", l)
		wrong(lp.FirstReport.IsZero() || lp.Elements.IsZero() || lp.Ack.IsZero() || lp.Final.IsZero(), "levels.%s: first_report, elements, ack and final are required", l)
		wrong(len(lp.Ladder) == 0, "levels.%s.ladder: at least one step", l)
		wrong(lp.Calm <= 0, "levels.%s.calm: missing; write 24h", l)
		wrong(len(lp.FollowUp.Fixed) == 0 && lp.FollowUp.Every == 0, "levels.%s.follow_up: neither every nor fixed", l)
		for n, s := range lp.Ladder {
			wrong(!s.Digest && s.After.IsZero(), "levels.%s.ladder[%d].after: missing", l, n)
			wrong(len(s.Tell) == 0, "levels.%s.ladder[%d].tell: nobody", l, n)
		}
	}
	return errors.Join(errs...)
}
