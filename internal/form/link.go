package form

import (
	"slices"

	"fenghuo/internal/zh"
)

// platformOfLink fills where it was seen from the link when nobody has said so yet.
func (s *Session) platformOfLink(f *Field, in Input) []Note {
	p, ok := s.form.Meaning(MeansPlatform)
	if _, have := s.value(MeansPlatform); !ok || have || f.Type != Link {
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
	link, ok := s.form.Meaning(MeansLink)
	if _, have := s.value(MeansLink); !ok || have || f.Means != MeansPlatform || len(zh.FindLinks(in.Text)) == 0 {
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
	if f.Means != MeansPlatform && f.Means != MeansLink {
		return nil
	}
	st.hint = false
	link, ok := s.form.Meaning(MeansLink)
	if !ok || f.Means != MeansPlatform || !had {
		return nil
	}
	where, _ := s.value(MeansPlatform)
	name := linkPlatform(st.values[link.Key].Links)
	if name == "" || slices.Contains(where.Choices, name) {
		return nil
	}
	st.hint = true
	return &Note{Kind: LinkHint, Field: link, Text: name}
}
