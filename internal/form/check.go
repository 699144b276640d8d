package form

import (
	"errors"
	"fmt"
	"slices"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/parser"
)

// positioned puts file, line and column before what is wrong.
func positioned(err error, filename string) error {
	var bad yaml.Error
	if errors.As(err, &bad) && bad.GetToken() != nil {
		pos := bad.GetToken().Position
		return fmt.Errorf("%s:%d:%d: %s", filename, pos.Line, pos.Column, bad.GetMessage())
	}
	return fmt.Errorf("%s: %w", filename, err)
}

// check finds what YAML alone cannot: a form that could not be asked, or not be registered.
func (f *Form) check(data []byte, filename string) error {
	wrong := func(path, format string, args ...any) error {
		return fmt.Errorf("%s%s: %s", filename, position(data, path), fmt.Sprintf(format, args...))
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

// position is :line:column of a path, of the whole file when the path is not there.
func position(data []byte, path string) string {
	tree, err := parser.ParseBytes(data, 0)
	if err != nil {
		return ""
	}
	p, err := yaml.PathString(path)
	if err != nil {
		return ":1:1"
	}
	node, err := p.FilterFile(tree)
	if err != nil || node == nil || node.GetToken() == nil {
		return ":1:1"
	}
	pos := node.GetToken().Position
	return fmt.Sprintf(":%d:%d", pos.Line, pos.Column)
}
