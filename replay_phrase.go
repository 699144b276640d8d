package main

import (
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
)

// phrase is a piece of text an expectation looks for. The parser takes a bare 今天09:05 in a list within
// braces for a map; YAML means a string, and so it is put together again.
type phrase string

// UnmarshalYAML reads a scalar.
func (p *phrase) UnmarshalYAML(node ast.Node) error {
	var pair *ast.MappingValueNode
	switch n := node.(type) {
	case *ast.MappingValueNode:
		pair = n
	case *ast.MappingNode:
		if len(n.Values) == 1 {
			pair = n.Values[0]
		}
	}
	if pair != nil && pair.GetToken().Position.Offset+1 == pair.Value.GetToken().Position.Offset {
		*p = phrase(source(pair.Key) + ":" + source(pair.Value))
		return nil
	}
	var s string
	if err := yaml.NodeToValue(node, &s); err != nil {
		return err
	}
	*p = phrase(s)
	return nil
}

func source(n ast.Node) string { return strings.TrimSpace(n.GetToken().Value) }
