package form

import (
	"fmt"
	"slices"

	"fenghuo/internal/yamlfile"
)

// check finds what YAML alone cannot: a form that could not be asked, or not be registered.
func (f *Form) check(where *yamlfile.Places) error {
	wrong := func(path, format string, args ...any) error {
		return fmt.Errorf("%s: %s", where.Of(path), fmt.Sprintf(format, args...))
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
		if fd.Pass < pass {
			return wrong(path, "%q: fields of pass 1 come before those of pass 2", fd.Key)
		}
		pass = fd.Pass
		if why := fd.check(); why != "" {
			return wrong(path, "%q: %s", fd.Key, why)
		}
	}
	for _, key := range []string{KeyTitle, KeyFound} {
		if fd, ok := f.Field(key); !ok || fd.Pass != 1 {
			return wrong("$.fields", "pass 1 needs a field %q: without it no clock can start", key)
		}
	}
	return nil
}

func (f *Field) check() string {
	switch {
	case f.Key == "":
		return "key is missing"
	case f.Label == "":
		return "label is missing"
	case f.Prompt == "":
		return "prompt is missing"
	case f.Example == "":
		return "example is missing: every refusal shows one that works"
	case f.Pass != 1 && f.Pass != 2:
		return "pass is 1 or 2"
	case !slices.Contains(types, f.Type):
		return fmt.Sprintf("type %q: use one of %v", f.Type, types)
	case f.Min > f.Max:
		return "min is more than max"
	}
	if want := keyTypes[f.Key]; want != nil && !slices.Contains(want, f.Type) {
		return fmt.Sprintf("type must be %s: the registry reads it", want[0])
	}
	if (f.Type == Choice || f.Type == Multi || f.Type == Platform) && len(f.Options) < 2 {
		return "options are missing"
	}
	return ""
}
