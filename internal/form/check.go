package form

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"fenghuo/internal/incident"
	"fenghuo/internal/yamlfile"
	"fenghuo/internal/zh"
)

// check finds what YAML alone cannot: a form that could not be asked, or not be registered.
func (f *Form) check(where *yamlfile.Places) error {
	wrong := func(path, format string, args ...any) error {
		return fmt.Errorf("%s: %s", where.Of(path), fmt.Sprintf(format, args...))
	}
	for _, need := range [][2]string{{"name", f.Name}, {"title", f.Title}, {"takes", f.Takes}} {
		if need[1] == "" {
			return wrong("$."+need[0], "%s is missing", need[0])
		}
	}
	if len(f.Fields) == 0 {
		return wrong("$", "a form needs fields")
	}
	if len(f.Fields) > 20 {
		return wrong("$.fields[20]", "a form has at most 20 fields: nobody answers more on a phone")
	}
	seen := map[string]bool{}
	pass := 1
	for n := range f.Fields {
		fd, path := &f.Fields[n], fmt.Sprintf("$.fields[%d]", n)
		if seen[fd.Key] {
			return wrong(path, "key %q is used twice", fd.Key)
		}
		seen[fd.Key] = true
		if other, ok := f.Meaning(fd.Means); ok && fd.Means != "" && other != fd {
			return wrong(path+".means", "%q: %q means %s already; a form has one of each", fd.Key, other.Key, fd.Means)
		}
		if fd.Pass < pass {
			return wrong(path, "%q: fields of pass 1 come before those of pass 2", fd.Key)
		}
		pass = fd.Pass
		if key, why := fd.check(); why != "" {
			return wrong(path+"."+key, "%q: %s", fd.Key, why)
		}
	}
	for _, need := range starting {
		if fd, ok := f.Meaning(need.means); !ok || fd.Pass != 1 {
			return wrong("$.fields", "pass 1 needs a field with means: %s and type: %s: %s", need.means, need.types[0], need.why)
		}
	}
	if key, why := f.Idle.check(); why != "" {
		return wrong("$.idle"+key, "%s", why)
	}
	return nil
}

// check finds what is wrong with a field alone, and with which of its keys.
func (f *Field) check() (key, why string) {
	for _, need := range [][2]string{{"key", f.Key}, {"label", f.Label}, {"prompt", f.Prompt}, {"short", f.Short}} {
		if need[1] == "" {
			return need[0], need[0] + " is missing"
		}
	}
	switch {
	case f.Example == "":
		return "example", "example is missing: every refusal shows one that works"
	case f.Pass != 1 && f.Pass != 2:
		return "pass", "pass is 1 or 2"
	case !slices.Contains(types, f.Type):
		return "type", fmt.Sprintf("type %q: use one of %v", f.Type, types)
	case f.Min < 0 || f.Max < 0:
		return "min", "min and max are not below 0"
	case f.Min > f.Max:
		return "min", "min is more than max"
	}
	if key, why := f.checkMeans(); why != "" {
		return key, why
	}
	if why := f.checkOptions(); why != "" {
		return "options", why
	}
	return "example", f.checkExample()
}

func (f *Field) checkOptions() string {
	if offers := f.Type == Choice || f.Type == Multi || f.Type == Platform; !offers {
		if len(f.Options) > 0 {
			return fmt.Sprintf("a field of type %s has no options", f.Type)
		}
		return ""
	}
	if len(f.Options) < 2 {
		return "options are missing"
	}
	seen := map[string]bool{}
	for _, o := range f.Options {
		if o.Name == "" {
			return "an option has no name"
		}
		if seen[o.Name] {
			return fmt.Sprintf("option %q is offered twice", o.Name)
		}
		seen[o.Name] = true
		for _, w := range o.Tells {
			if zh.Len(w) < 2 || strings.HasPrefix(w, "…") || strings.HasSuffix(w, "…") || strings.Count(w, "…") > 1 {
				return fmt.Sprintf("option %q: tells %q is no word of two characters or more, with … at most once within", o.Name, w)
			}
		}
	}
	for _, name := range []string{f.None, f.Clear} {
		if name != "" && !seen[name] {
			return fmt.Sprintf("%q is none of the options", name)
		}
	}
	return ""
}

// checkExample reads the example as an answer is read, in a world without units.
func (f *Field) checkExample() string {
	s := &Session{form: &Form{Fields: []Field{*f}}, state: newState(), env: Env{
		Zone:    time.UTC,
		Units:   func(string) []UnitRef { return nil },
		Suggest: func(Said) (incident.Level, []string) { return incident.LevelIV, nil },
	}}
	if _, ask, refused := s.read(f, Input{At: epoch, Text: f.Example}); ask != nil || refused != nil {
		return fmt.Sprintf("example %q would be refused as an answer", f.Example)
	}
	return ""
}
