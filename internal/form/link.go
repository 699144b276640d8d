package form

import (
	"slices"

	"fenghuo/internal/zh"
)

// platformOfLink fills where it was seen from the link when nobody has said so yet.
func (s *Session) platformOfLink(f *Field, in Input) []Note {
	p, ok := s.form.Field(KeyPlatform)
	if _, have := s.state.values[KeyPlatform]; !ok || have || f.Type != Link {
		return nil
	}
	name := linkPlatform(s.state.values[f.Key].Links)
	if _, known := p.option(name); !known {
		return nil
	}
	s.state.set(p, Value{Text: name, Choices: []string{name}, Raw: in.Text, Said: in.At})
	return []Note{{Kind: Understood, Field: p, Text: name}}
}

// linkBeside takes the link out of shared text that was sent to say where it was seen.
func (s *Session) linkBeside(f *Field, in Input) []Note {
	link, ok := s.form.Field(KeyLink)
	if _, have := s.state.values[KeyLink]; !ok || have || f.Key != KeyPlatform || len(zh.FindLinks(in.Text)) == 0 {
		return nil
	}
	v, _, refused := s.readLink(link, in.Text)
	if refused != nil {
		return nil
	}
	v.Said = in.At
	s.state.set(link, v)
	return []Note{{Kind: Understood, Field: link, Text: v.Text}}
}

func linkPlatform(links []string) string {
	for _, l := range links {
		if name := zh.PlatformOfLink(l); name != "" {
			return name
		}
	}
	return ""
}

// linkHint asks whether the link should change after the platform was changed away from it.
func (s *Session) linkHint(f *Field, had bool) *Note {
	st := &s.state
	if f.Key != KeyPlatform && f.Key != KeyLink {
		return nil
	}
	st.hint = false
	link, ok := s.form.Field(KeyLink)
	if !ok || f.Key != KeyPlatform || !had {
		return nil
	}
	name := linkPlatform(st.values[KeyLink].Links)
	if name == "" || slices.Contains(st.values[KeyPlatform].Choices, name) {
		return nil
	}
	st.hint = true
	return &Note{Kind: LinkHint, Field: link, Text: name}
}
