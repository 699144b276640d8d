// Package yamlfile reads YAML files that people write: strictly, and with errors that say where.
package yamlfile

import (
	"encoding"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// Decode reads one YAML document strictly. What the decoder would take silently (1.10 as "1.1", a second
// document) or report without a place (a bad duration) is found before it runs. Every error is one line
// with file, line and column, and none quotes the file: it may hold secrets.
func Decode(data []byte, file string, into any) (*Places, error) {
	tree, err := parser.ParseBytes(data, 0)
	if err != nil {
		return nil, oneLine(file, err)
	}
	docs := slices.DeleteFunc(tree.Docs, func(d *ast.DocumentNode) bool { return d.Body == nil })
	if len(docs) == 0 {
		return nil, fmt.Errorf("%s:1:1: the file is empty", file)
	}
	where := newPlaces(file, docs[0].Body)
	if len(docs) > 1 {
		return nil, fmt.Errorf("%s: a second document begins here; a file holds one", where.at(start(docs[1].Body)))
	}
	s := &strict{where: where}
	s.value(docs[0].Body, reflect.TypeOf(into).Elem(), "$")
	if len(s.errs) > 0 {
		return nil, errors.Join(s.errs...)
	}
	if err := yaml.UnmarshalWithOptions(data, into, yaml.Strict()); err != nil {
		return nil, oneLine(file, err)
	}
	return where, nil
}

// oneLine is an error of the YAML package with its place in front and without the lines it quotes.
func oneLine(file string, err error) error {
	var e yaml.Error
	if errors.As(err, &e) && e.GetToken() != nil {
		pos := e.GetToken().Position
		return fmt.Errorf("%s:%d:%d: %s", file, pos.Line, pos.Column, e.GetMessage())
	}
	text, _, _ := strings.Cut(err.Error(), "\n")
	return fmt.Errorf("%s: %s", file, text)
}

// strict walks a document beside the type it is to become.
type strict struct {
	where *Places
	errs  []error
}

func (s *strict) wrong(n ast.Node, path, format string, args ...any) {
	name := ""
	if path != "$" {
		name = strings.TrimPrefix(path, "$.") + ": "
	}
	s.errs = append(s.errs, fmt.Errorf("%s: %s%s", s.where.at(start(n)), name, fmt.Sprintf(format, args...)))
}

func (s *strict) value(n ast.Node, t reflect.Type, path string) {
	n = bare(n)
	if _, ok := n.(*ast.AliasNode); ok {
		return // checked where its anchor stands
	}
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if _, own := reflect.New(t).Interface().(yaml.NodeUnmarshaler); own || t.Kind() == reflect.Interface {
		return // reads itself, or takes anything
	}
	composite := t.Kind() == reflect.Map || t.Kind() == reflect.Slice || t.Kind() == reflect.Struct
	read, isText := reflect.New(t).Interface().(encoding.TextUnmarshaler)
	if _, ok := n.(*ast.NullNode); ok {
		if isText || !composite {
			s.errs = append(s.errs, fmt.Errorf("%s: %s: has no value; give it one or delete the line", s.where.OfKey(path), strings.TrimPrefix(path, "$.")))
		}
		return
	}
	switch {
	case isText:
		s.text(n, path, read.UnmarshalText)
	case t == reflect.TypeFor[time.Duration]():
		s.text(n, path, duration)
	case t.Kind() == reflect.Struct:
		s.fields(n, t, path)
	case t.Kind() == reflect.Map:
		s.entries(n, t, path)
	case t.Kind() == reflect.Slice:
		s.items(n, t, path)
	default:
		s.scalar(n, t, path)
	}
}

func duration(b []byte) error {
	if d, err := time.ParseDuration(string(b)); err != nil || d < 0 {
		return fmt.Errorf("duration %q: write 30s, 15m, 4h or 48h", b)
	}
	return nil
}

// text checks a value that is read from its text; numbers and bare words are text, too.
func (s *strict) text(n ast.Node, path string, read func([]byte) error) {
	if _, ok := n.(ast.ScalarNode); !ok {
		s.wrong(n, path, "is a list or a block; write one value")
		return
	}
	text := n.GetToken().Value
	if text == "" {
		s.wrong(n, path, "has no value; give it one or delete the line")
	} else if err := read([]byte(text)); err != nil {
		s.wrong(n, path, "%v", err)
	}
}

func (s *strict) fields(n ast.Node, t reflect.Type, path string) {
	m, ok := n.(*ast.MappingNode)
	if !ok {
		s.wrong(n, path, "write a block of keys: %s", strings.Join(keysOf(t), ", "))
		return
	}
	for _, v := range m.Values {
		if _, merge := v.Key.(*ast.MergeKeyNode); merge {
			continue
		}
		key := keyOf(v)
		f, ok := fieldOf(t, key)
		if !ok {
			s.wrong(v.Key, path, "unknown key %q; %s", key, instead(key, keysOf(t)))
			continue
		}
		s.value(v.Value, f, path+"."+key)
	}
}

func (s *strict) entries(n ast.Node, t reflect.Type, path string) {
	m, ok := n.(*ast.MappingNode)
	if !ok {
		s.wrong(n, path, "write a block of keys with their values")
		return
	}
	for _, v := range m.Values {
		if read, ok := reflect.New(t.Key()).Interface().(encoding.TextUnmarshaler); ok {
			if err := read.UnmarshalText([]byte(keyOf(v))); err != nil {
				s.wrong(v.Key, path, "%v", err)
				continue
			}
		}
		s.value(v.Value, t.Elem(), path+"."+keyOf(v))
	}
}

func (s *strict) items(n ast.Node, t reflect.Type, path string) {
	list, ok := n.(*ast.SequenceNode)
	if !ok {
		s.wrong(n, path, "write a list: [a, b], or one item per line after a dash")
		return
	}
	for i, v := range list.Values {
		s.value(v, t.Elem(), fmt.Sprintf("%s[%d]", path, i))
	}
}

// scalar refuses what the decoder would bend: 1.5 into 1, 010 into 8, 1.10 into "1.1".
func (s *strict) scalar(n ast.Node, t reflect.Type, path string) {
	whole, isWhole := n.(*ast.IntegerNode)
	_, isFloat := n.(*ast.FloatNode)
	_, isBool := n.(*ast.BoolNode)
	_, isScalar := n.(ast.ScalarNode)
	switch kind := t.Kind(); {
	case !isScalar:
		s.wrong(n, path, "is a list or a block; write one value")
	case kind == reflect.Bool && !isBool:
		s.wrong(n, path, "write true or false")
	case t.Kind() >= reflect.Int && kind <= reflect.Uint64 && !isWhole:
		s.wrong(n, path, "write a whole number")
	case (kind == reflect.Float32 || kind == reflect.Float64) && !isWhole && !isFloat:
		s.wrong(n, path, "write a number")
	case kind == reflect.String && (isFloat || isBool || isWhole && fmt.Sprint(whole.Value) != n.GetToken().Value):
		s.wrong(n, path, "is text that looks like something else; put it in quotes")
	}
}

// keysOf are the keys of a struct in their order, those of inlined structs among them.
func keysOf(t reflect.Type) []string {
	var keys []string
	for f := range t.Fields() {
		name, option, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		if option == "inline" {
			keys = append(keys, keysOf(f.Type)...)
		} else if name != "-" && name != "" {
			keys = append(keys, name)
		}
	}
	for i := len(keys) - 1; i >= 0; i-- {
		if slices.Index(keys, keys[i]) < i { // it shadows one of an inlined struct
			keys = slices.Delete(keys, i, i+1)
		}
	}
	return keys
}

func fieldOf(t reflect.Type, key string) (reflect.Type, bool) {
	for f := range t.Fields() {
		name, option, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		if option == "inline" {
			if in, ok := fieldOf(f.Type, key); ok {
				return in, true
			}
		} else if name == key && name != "-" {
			return f.Type, true
		}
	}
	return nil, false
}

// instead says which key was meant, or which there are.
func instead(key string, keys []string) string {
	near := slices.MinFunc(keys, func(a, b string) int { return distance(key, a) - distance(key, b) })
	if distance(key, near) <= (len(key)+2)/4 {
		return fmt.Sprintf("did you mean %s?", near)
	}
	return "the keys here are " + strings.Join(keys, ", ")
}

// distance is how many letters have to be put in, left out or replaced.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := before
			if a[i] != b[j] {
				cost++
			}
			before, row[j+1] = row[j+1], min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
