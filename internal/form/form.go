package form

import (
	"fmt"
	"slices"

	"fenghuo/internal/yamlfile"
)

// Type says how an answer is read.
type Type string

// The types of a field.
const (
	Text     Type = "text"
	Choice   Type = "choice" // one of Options
	Multi    Type = "multi"  // some of Options
	Platform Type = "platform"
	Link     Type = "link"
	Time     Type = "time"
	Times    Type = "times" // when it happened, when it was published
	Unit     Type = "unit"
	Counts   Type = "counts" // figures of reach
	Files    Type = "files"
	YesNo    Type = "yesno"
	Level    Type = "level"
)

// Field is one question.
type Field struct {
	Key      string   `yaml:"key"`
	Means    Means    `yaml:"means"` // what it is to the registry and the clocks; empty for a question of the enterprise's own
	Label    string   `yaml:"label"`
	Type     Type     `yaml:"type"`
	Pass     int      `yaml:"pass"`     // 1 starts the clocks, 2 may come later
	Required bool     `yaml:"required"` // of pass 2: one of the elements; pass 1 is always required
	Prompt   string   `yaml:"prompt"`
	Short    string   `yaml:"short"` // the question within a reminder
	Example  string   `yaml:"example"`
	Min      int      `yaml:"min"` // characters
	Max      int      `yaml:"max"` // characters or files
	Options  []Option `yaml:"options"`
	Free     bool     `yaml:"free"`  // an answer outside Options is taken as it is
	None     string   `yaml:"none"`  // the option that excludes all others
	Clear    string   `yaml:"clear"` // the value kept when nothing is said: 待核实
	N        int      `yaml:"-"`     // its number, from 1
}

// Option is one of the answers offered, with what people also call it.
type Option struct {
	Name    string   `yaml:"name"`
	Aliases []string `yaml:"aliases"`
	Tells   []string `yaml:"tells"`   // words that tell of it within a sentence; … in one is up to six characters
	Means   string   `yaml:"means"`   // what the policy calls it, when that is another name
	Offline bool     `yaml:"offline"` // of a platform: there is no link to it
	cues    []cue    // Name, then Tells
}

// Form is a list of questions with what the first ones are called.
type Form struct {
	Name   string  `yaml:"name"`
	Title  string  `yaml:"title"`
	Takes  string  `yaml:"takes"` // how long pass 1 takes, in words
	Idle   Idle    `yaml:"idle"`
	Fields []Field `yaml:"fields"`
}

var types = []Type{Text, Choice, Multi, Platform, Link, Time, Times, Unit, Counts, Files, YesNo, Level}

// Parse reads a form. Unknown keys and contradictions are errors with file, line and column.
func Parse(data []byte, filename string) (*Form, error) {
	var f Form
	where, err := yamlfile.Decode(data, filename, &f)
	if err != nil {
		return nil, err
	}
	for n := range f.Fields {
		f.Fields[n].N = n + 1
		if f.Fields[n].Max == 0 {
			f.Fields[n].Max = usualMax(f.Fields[n].Type)
		}
		for o := range f.Fields[n].Options {
			f.Fields[n].Options[o].learn()
		}
	}
	if err := f.check(where); err != nil {
		return nil, err
	}
	return &f, nil
}

func usualMax(t Type) int {
	if t == Files {
		return mostFiles
	}
	return 300
}

// Field finds a field by key.
func (f *Form) Field(key string) (*Field, bool) {
	n := slices.IndexFunc(f.Fields, func(have Field) bool { return have.Key == key })
	if n < 0 {
		return nil, false
	}
	return &f.Fields[n], true
}

// First is how many questions pass 1 has.
func (f *Form) First() int {
	n := 0
	for _, have := range f.Fields {
		if have.Pass == 1 {
			n++
		}
	}
	return n
}

// Last is the number of the last element asked for in pass 2.
func (f *Form) Last() int {
	n := f.First()
	for _, have := range f.Fields {
		if have.Pass == 2 && have.Required {
			n = have.N
		}
	}
	return n
}

func (f *Field) option(name string) (Option, bool) {
	n := slices.IndexFunc(f.Options, func(o Option) bool { return o.Name == name })
	if n < 0 {
		return Option{}, false
	}
	return f.Options[n], true
}

func (f *Field) String() string { return fmt.Sprintf("%d %s", f.N, f.Key) }
