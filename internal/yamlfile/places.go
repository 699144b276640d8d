package yamlfile

import (
	"fmt"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// Places knows where the keys and values of a file stand, by paths such as $.people[2].unit.
type Places struct {
	file   string
	values map[string]*token.Position
	keys   map[string]*token.Position
}

func newPlaces(file string, root ast.Node) *Places {
	p := &Places{file: file, values: map[string]*token.Position{}, keys: map[string]*token.Position{}}
	p.note(root, "$")
	return p
}

func (p *Places) note(n ast.Node, path string) {
	p.values[path] = start(n)
	switch n := bare(n).(type) {
	case *ast.SequenceNode:
		for i, v := range n.Values {
			p.note(v, fmt.Sprintf("%s[%d]", path, i))
		}
	case *ast.MappingNode:
		for _, v := range n.Values {
			at := path + "." + keyOf(v)
			p.keys[at] = start(v.Key)
			p.note(v.Value, at)
		}
	}
}

// Of is file:line:column of the value at path; where there is none, of the nearest key or item around it.
func (p *Places) Of(path string) string {
	if pos := p.values[path]; pos != nil {
		return p.at(pos)
	}
	for path != "" {
		path = path[:max(strings.LastIndexAny(path, ".["), 0)]
		if pos := p.keys[path]; pos != nil {
			return p.at(pos)
		}
		if pos := p.values[path]; pos != nil {
			return p.at(pos)
		}
	}
	return p.file
}

// OfKey is where the key of path stands, or the item.
func (p *Places) OfKey(path string) string {
	if pos := p.keys[path]; pos != nil {
		return p.at(pos)
	}
	return p.Of(path)
}

func (p *Places) at(pos *token.Position) string {
	return fmt.Sprintf("%s:%d:%d", p.file, pos.Line, pos.Column)
}

// start is where the text of a node begins; a block mapping's own token is its first colon.
func start(n ast.Node) *token.Position {
	if m, ok := n.(*ast.MappingNode); ok && !m.IsFlowStyle && len(m.Values) > 0 {
		n = m.Values[0].Key
	}
	if n == nil || n.GetToken() == nil {
		return nil
	}
	return n.GetToken().Position
}

// bare is a node without its anchor or tag; a mapping of one key is a mapping.
func bare(n ast.Node) ast.Node {
	switch v := n.(type) {
	case *ast.AnchorNode:
		return bare(v.Value)
	case *ast.TagNode:
		return bare(v.Value)
	case *ast.MappingValueNode:
		return ast.Mapping(v.GetToken(), false, v)
	}
	return n
}

func keyOf(v *ast.MappingValueNode) string {
	if s, ok := v.Key.(*ast.StringNode); ok {
		return s.Value
	}
	return v.Key.GetToken().Value
}
