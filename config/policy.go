package config

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"fenghuo/internal/incident"
	"fenghuo/internal/yamlfile"
)

// ParsePolicy reads a policy. One that names a base takes the base's figures where it says nothing, key by
// key; lists (a ladder, the suggestions) are taken whole.
func ParsePolicy(data []byte, file string) (*incident.Policy, error) {
	return parsePolicy(data, file, nil)
}

// policyFile is a policy as it is written down: with what it builds on, and its levels as columns.
type policyFile struct {
	Base            string  `yaml:"base"`
	Levels          columns `yaml:"levels"`
	incident.Policy `yaml:",inline"`
}

type columns struct {
	I   incident.LevelPolicy `yaml:"I"`
	II  incident.LevelPolicy `yaml:"II"`
	III incident.LevelPolicy `yaml:"III"`
	IV  incident.LevelPolicy `yaml:"IV"`
}

// parsePolicy is ParsePolicy for a file that others build on; their names are above.
func parsePolicy(data []byte, file string, above []string) (*incident.Policy, error) {
	var own policyFile
	where, err := yamlfile.Decode(data, file, &own)
	if err != nil {
		return nil, err
	}
	if own.Base != "" {
		base, err := loadBase(own.Base, file, append(slices.Clone(above), file))
		if err != nil {
			return nil, fmt.Errorf("%s: base: %w", where.Of("$.base"), err)
		}
		name := own.Name
		own = policyFile{Policy: *base, Levels: fromLevels(base.Levels)}
		if _, err := yamlfile.Decode(data, file, &own); err != nil {
			return nil, err
		}
		own.Name = name // a derived policy is never taken for its base
	}
	own.Policy.Levels = own.Levels.toLevels()
	if err := checkPolicy(&own.Policy, where); err != nil {
		return nil, err
	}
	return &own.Policy, nil
}

// loadBase reads the policy another one builds on: a shipped name, or a path beside that file.
func loadBase(base, file string, above []string) (*incident.Policy, error) {
	if isPath(base) && !filepath.IsAbs(base) {
		base = filepath.Join(filepath.Dir(file), base)
	}
	data, name, err := read("policies", base)
	if err != nil {
		return nil, err
	}
	if slices.Contains(above, name) {
		return nil, fmt.Errorf("the policies build on one another in a circle (%s, %s); take one base line out", strings.Join(above, ", "), name)
	}
	return parsePolicy(data, name, above)
}

func (c columns) toLevels() map[incident.Level]incident.LevelPolicy {
	return map[incident.Level]incident.LevelPolicy{incident.LevelI: c.I, incident.LevelII: c.II, incident.LevelIII: c.III, incident.LevelIV: c.IV}
}

func fromLevels(m map[incident.Level]incident.LevelPolicy) columns {
	return columns{I: m[incident.LevelI], II: m[incident.LevelII], III: m[incident.LevelIII], IV: m[incident.LevelIV]}
}
