package form

import (
	"fmt"
	"slices"
	"strings"
)

// mostFiles is how many files are taken where the form does not say.
const mostFiles = 9

// files keeps pictures and files whatever the question is.
func (s *Session) files(in Input) []Note {
	if len(in.Files) == 0 {
		return nil
	}
	st := &s.state
	key, most := unasked, mostFiles
	f, asked := s.form.Meaning(MeansEvidence)
	if asked {
		key, most = f.Key, f.Max
	}
	v, had := st.values[key]
	files := slices.Clone(v.Files)
	var notes []Note
	took, over := 0, false
	for _, f := range in.Files {
		switch {
		case f.Trouble != "":
			notes = append(notes, Note{Kind: FileRefused, Text: f.Name, Old: f.Trouble})
		case f.SHA256 != "" && slices.ContainsFunc(files, func(have File) bool { return have.SHA256 == f.SHA256 }):
			notes = append(notes, Note{Kind: SameFile, Text: f.Name})
		case len(files) >= most:
			over = true
		default:
			f.At = in.At
			files = append(files, f)
			took++
		}
	}
	if over {
		notes = append(notes, Note{Kind: Refused, Why: ManyFiles, Count: most})
	}
	if took > 0 {
		if asked { // what no question has cannot be named, so it is not taken back
			st.changes = append(st.changes, change{key, v, had, st.turn})
		}
		st.values[key] = Value{Text: fileNames(files), Files: files, Said: in.At}
		delete(st.later, key)
		notes = append(notes, Note{Kind: TookFiles, Count: took, Text: countText(len(files))})
	}
	return notes
}

// onlyFiles: pictures answer the question for them, and stand in for a link.
func (s *Session) onlyFiles(in Input) Reply {
	st := &s.state
	if st.which != nil || st.why != nil || st.reason || st.phase == paused || st.phase == resting {
		return Reply{At: in.At}
	}
	f := st.field
	took := len(s.sent()) > 0
	if f != nil && took && f.Type == Link && st.phase == filling {
		st.set(f, Value{Text: "见截图", Unknown: true, Said: in.At})
		return s.next(in.At)
	}
	if f != nil && took && (f.Type == Files || (st.phase == adding && len(s.Missing()) == 0)) {
		return s.next(in.At)
	}
	return s.stay(in)
}

// done ends a row of pictures.
func (s *Session) done(in Input) Reply {
	st := &s.state
	if st.phase == reviewing {
		return s.submit(in)
	}
	if st.field != nil && st.field.Type == Files && len(st.values[st.field.Key].Files) == 0 {
		r := s.ask(st.field, in.At)
		r.Notes = []Note{refuse(st.field, NoFiles, 0)}
		return r
	}
	return s.next(in.At)
}

func fileNames(files []File) string {
	names := make([]string, 0, len(files))
	for _, f := range files {
		names = append(names, f.Name)
	}
	return strings.Join(names, "、")
}

func countText(n int) string { return fmt.Sprintf("%d份", n) }
