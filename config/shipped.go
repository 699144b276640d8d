package config

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"time"

	"fenghuo/internal/calendar"
	"fenghuo/internal/form"
	"fenghuo/internal/incident"
	"fenghuo/internal/roster"
	"fenghuo/internal/yamlfile"
)

//go:embed shipped
var shipped embed.FS

// read finds a shipped file by name, or any file by path.
func read(kind, nameOrPath string) (data []byte, file string, err error) {
	if isPath(nameOrPath) {
		data, err = os.ReadFile(nameOrPath)
		return data, nameOrPath, err
	}
	file = path.Join("shipped", kind, strings.ReplaceAll(nameOrPath, "/", "-")+".yaml")
	data, err = shipped.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, "", fmt.Errorf("%q is not shipped; write a path ending in .yaml, or one of %s", nameOrPath, strings.Join(names(kind), ", "))
	}
	return data, path.Base(file), err
}

func isPath(name string) bool {
	return strings.HasSuffix(name, ".yaml") || strings.HasSuffix(name, ".yml")
}

// names lists what is shipped of a kind.
func names(kind string) []string {
	entries, err := shipped.ReadDir(path.Join("shipped", kind))
	if err != nil {
		return nil
	}
	var out []string
	for _, e := range entries {
		out = append(out, strings.TrimSuffix(e.Name(), ".yaml"))
	}
	slices.Sort(out)
	return out
}

// PolicyNames are the shipped policies.
func PolicyNames() []string { return names("policies") }

// LoadPolicy reads a policy by shipped name (default-v1, soe-15/30/60) or by path.
func LoadPolicy(nameOrPath string) (*incident.Policy, error) {
	data, file, err := read("policies", nameOrPath)
	if err != nil {
		return nil, err
	}
	return ParsePolicy(data, file)
}

// LoadForm reads a form by shipped name or by path.
func LoadForm(nameOrPath string) (*form.Form, error) {
	data, file, err := read("forms", nameOrPath)
	if err != nil {
		return nil, err
	}
	return form.Parse(data, file)
}

// LoadCalendar is the calendar of working days for a zone, with the years of an enterprise's own table if
// file names one.
func LoadCalendar(zone *time.Location, file string) (*calendar.Calendar, error) {
	if file == "" {
		return calendar.New(zone)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return calendar.With(zone, data, file)
}

// LoadOrg reads and checks an organisation file; known is a calendar with more years than the program's own.
func LoadOrg(file string, known ...*calendar.Calendar) (*roster.Org, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return ParseOrg(data, file, known...)
}

// ParseOrg checks an organisation file's content. Errors name line and column.
func ParseOrg(data []byte, file string, known ...*calendar.Calendar) (*roster.Org, error) {
	var org roster.Org
	where, err := yamlfile.Decode(data, file, &org)
	if err != nil {
		return nil, err
	}
	var errs []error
	for _, p := range org.Validate(known...) {
		errs = append(errs, fmt.Errorf("%s: %s: %s", where.Of(p.Path), strings.TrimPrefix(p.Path, "$."), p.What))
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	return &org, nil
}
