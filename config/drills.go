package config

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"fenghuo/internal/drill"
	"fenghuo/internal/yamlfile"
)

// LoadDrills reads scripts of rehearsals by shipped name (drills-v1) or by path. An empty name is none.
func LoadDrills(nameOrPath string) (*drill.Book, error) {
	if nameOrPath == "" {
		return nil, nil
	}
	data, file, err := read("drills", nameOrPath)
	if err != nil {
		return nil, err
	}
	return ParseDrills(data, file)
}

// ParseDrills checks a file of scripts. Errors name line and column.
func ParseDrills(data []byte, file string) (*drill.Book, error) {
	var book drill.Book
	where, err := yamlfile.Decode(data, file, &book)
	if err != nil {
		return nil, err
	}
	c := &policyCheck{where: where}
	c.wrong(book.Name == "", "name", "missing; give the scripts a name of their own")
	c.wrong(len(book.Drills) == 0, "drills", "missing; write at least one script")
	for n, s := range book.Drills {
		at := fmt.Sprintf("drills[%d]", n)
		c.wrong(strings.TrimSpace(s.Title) == "", at+".title", "missing; write what people call it")
		c.wrong(len(s.Steps) == 0, at+".steps", "missing; write what comes in and when")
		before := drill.Offset(-1)
		for i, step := range s.Steps {
			at := fmt.Sprintf("%s.steps[%d]", at, i)
			c.wrong(strings.TrimSpace(step.Inject) == "", at+".inject", "missing; write what comes in")
			c.wrong(len([]rune(step.Inject)) > 500, at+".inject", "is longer than 500 characters")
			c.wrong(!step.Level.Valid(), at+".level", "missing; write I, II, III or IV")
			c.wrong(step.At <= before, at+".at", "is not later than the one before; write 0m, 10m, 1h30m")
			c.wrong(time.Duration(step.At) > drill.Longest, at+".at", "is more than a day after the beginning")
			before = step.At
		}
	}
	if len(c.errs) > 0 {
		return nil, errors.Join(c.errs...)
	}
	return &book, nil
}
