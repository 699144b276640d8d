package config

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fenghuo/internal/plan"
	"fenghuo/internal/yamlfile"
)

// LoadPlans reads the plans by shipped name (plans-v1), by the path of a file, or of a folder whose .yaml files
// make one book in the order of their names. An empty name is no plans at all.
func LoadPlans(nameOrPath string) (*plan.Book, error) {
	if nameOrPath == "" {
		return nil, nil
	}
	if isPlansFolder(nameOrPath) {
		return loadFolder(nameOrPath)
	}
	data, file, err := read("plans", nameOrPath)
	if err != nil {
		return nil, err
	}
	return ParsePlans(data, file)
}

// isPlansFolder reports a path that is no file's: plans/ or ./plans.
func isPlansFolder(name string) bool {
	return !isPath(name) && strings.ContainsAny(name, `/\`)
}

func loadFolder(dir string) (*plan.Book, error) {
	files, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	book := &plan.Book{Name: filepath.Base(dir)}
	named := map[string]string{}
	for _, f := range files {
		if f.IsDir() || !isPath(f.Name()) {
			continue
		}
		path := filepath.Join(dir, f.Name())
		data, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		part, err := ParsePlans(data, path)
		if err != nil {
			return nil, err
		}
		for _, p := range part.Plans {
			for _, nature := range natures(p) {
				if first := named[nature]; first != "" {
					return nil, fmt.Errorf("%s: %s has a plan in %s already; leave it in one of the two", path, shownNature(nature), first)
				}
				named[nature] = path
			}
		}
		book.Common = append(book.Common, part.Common...)
		book.Plans = append(book.Plans, part.Plans...)
	}
	if len(book.Plans) == 0 {
		return nil, fmt.Errorf("%s: no plans in it; put a .yaml file there, such as a copy of plans-v1", dir)
	}
	return book, nil
}

// ParsePlans checks a file of plans. Errors name line and column.
func ParsePlans(data []byte, file string) (*plan.Book, error) {
	var book plan.Book
	where, err := yamlfile.Decode(data, file, &book)
	if err != nil {
		return nil, err
	}
	c := &policyCheck{where: where}
	c.wrong(book.Name == "", "name", "missing; give the plans a name of their own")
	c.wrong(len(book.Plans) == 0, "plans", "missing; write at least one plan")
	c.tasks("common", book.Common)
	seen := map[string]bool{}
	for n, p := range book.Plans {
		at := fmt.Sprintf("plans[%d]", n)
		c.wrong(p.Name == "", at+".name", "missing; write what people call it, such as 产品质量预案")
		c.wrong(len(p.Tasks) == 0, at+".tasks", "missing; write at least one task")
		for _, nature := range natures(p) {
			c.wrong(seen[nature], at+".natures", "%s has a plan already; leave it in one", shownNature(nature))
			seen[nature] = true
		}
		c.tasks(at+".tasks", p.Tasks)
		for i, t := range p.Tasks {
			twice := slices.ContainsFunc(slices.Concat(book.Common, p.Tasks[:i]), func(o plan.Task) bool { return o.Title == t.Title })
			c.wrong(twice, fmt.Sprintf("%s.tasks[%d].title", at, i), "stands in the plan already; a task is known by its title")
		}
	}
	if len(c.errs) > 0 {
		return nil, errors.Join(c.errs...)
	}
	return &book, nil
}

func (c *policyCheck) tasks(at string, tasks []plan.Task) {
	for n, t := range tasks {
		at := fmt.Sprintf("%s[%d]", at, n)
		c.wrong(strings.TrimSpace(t.Title) == "", at+".title", "missing; write what is to be done")
		c.wrong(len([]rune(t.Title)) > plan.LongestTitle, at+".title", "is longer than %d characters; a card shows one line", plan.LongestTitle)
		c.wrong(t.Owner == "", at+".owner", "missing; write a post (%s) or a function such as 法务", strings.Join(plan.Posts, ", "))
		c.wrong(t.Due == plan.Due{}, at+".due", "missing; write when it is due at each level it belongs to: {I: 30m, II: 1h, III: 4h}")
		c.wrong(t.From != "" && t.From != plan.FromStart && t.From != plan.FromAck, at+".from", "write start or ack")
		if ascii(t.Owner) && !slices.Contains(plan.Posts, t.Owner) && t.Owner != "" {
			c.wrong(true, at+".owner", "%q is no post; write one of %s, or a function such as 法务", t.Owner, strings.Join(plan.Posts, ", "))
		}
	}
}

// ascii tells a misspelt post from the name of a function.
func ascii(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r > 127 })
}

// natures are those a plan is for; one for all others has the empty one.
func natures(p plan.Plan) []string {
	if len(p.Natures) == 0 {
		return []string{""}
	}
	return p.Natures
}

func shownNature(nature string) string {
	if nature == "" {
		return "what has no plan of its own"
	}
	return nature
}
