package form_test

import (
	"strings"
	"testing"

	"fenghuo/internal/form"
)

func TestFiles(t *testing.T) {
	ten := "[a.png b.png c.png d.png e.png f.png g.png h.png i.png j.png k.png] "
	evidence := []line{{"补充", "ask summary"}, {"改12", "ask evidence"}}
	eachTalk(t, shipped, map[string][]line{
		"at any time":            upTo(1, line{"[a.png] ", "took_files 1份; ask platform"}, line{"[b.png] ", "took_files 2份; ask platform"}),
		"the same picture again": upTo(1, line{"[a.png a-copy.png] ", "same_file a-copy.png; took_files 1份; ask platform"}, line{"[a.png] ", "same_file a.png; ask platform"}),
		"more than nine":         upTo(1, line{ten, "refused many_files; took_files 9份; ask platform"}, line{"[l.png] ", "refused many_files; ask platform"}),
		"too big, wrong type": upTo(1, line{"[a.mov!too_big b.exe!wrong_type c.png] ",
			"file_refused a.mov (too_big); file_refused b.exe (wrong_type); took_files 1份; ask platform"}),
		"instead of a link":                  upTo(2, line{"[a.png] ", "took_files 1份; ask found_at"}),
		"instead of a link, with a word":     upTo(2, line{"[a.png] 看图", "took_files 1份; ask found_at"}),
		"one that was refused is no link":    upTo(2, line{"[a.mov!too_big] ", "file_refused a.mov (too_big); ask source_link"}),
		"a picture is reason enough":         upTo(2, line{"[a.png] 没有", "took_files 1份; ask found_at"}),
		"sent at the review":                 upTo(7, line{"[a.png] ", "took_files 1份; review IV>IV"}),
		"答 12":                               submitted(append(evidence, line{"[a.png] ", "took_files 1份; ask summary"})...),
		"好了 without any":                     submitted(append(evidence, line{"好了", "refused evidence no_files; ask evidence"})...),
		"none after some takes nothing away": submitted(line{"补充", "ask summary"}, line{"[a.png] ", "took_files 1份; ask summary"}, line{"改12 没有，当场没拍到", "ask summary"}, line{"改12", "ask evidence (a.png)"}, line{"没了", "ask summary"}),
		"while nothing is asked":             submitted(line{"[a.png] ", "took_files 1份"}),
		"after cancelling":                   {{"", "ask title"}, {"取消", "cancel"}, {"[a.png] ", ""}},
	})
}

func TestAFormMayTakeFewerFiles(t *testing.T) {
	c := talk(t, load(t, second), []line{{"[a.png b.png c.png d.png] ", "refused many_files; took_files 3份; ask heard_at"}})
	files := c.s.Said()[form.MeansEvidence].Files
	want(t, "files", c.text("photos"), "a.png、b.png、c.png")
	if len(files) != 3 || !files[0].At.Equal(c.now) {
		t.Errorf("took %v", files)
	}
}

// TestFilesWithoutAHash: what was not weighed is not taken for the same.
func TestFilesWithoutAHash(t *testing.T) {
	c, _ := begin(t, load(t, shipped), "")
	in := c.hear("")
	in.Files = []form.File{{Name: "a.png"}, {Name: "b.png"}}
	want(t, "reply", brief(c.s.Say(in)), "took_files 2份; ask title")
}

func TestManyFilesAtOnceAreBounded(t *testing.T) {
	c, _ := begin(t, load(t, shipped), "")
	in := c.hear("")
	for range 1000 {
		in.Files = append(in.Files, form.File{Name: strings.Repeat("长", 1000)})
	}
	c.s.Say(in)
	kept := c.s.Inputs[len(c.s.Inputs)-1].Files
	if len(kept) != 50 || len([]rune(kept[0].Name)) != 200 {
		t.Errorf("%d files are kept, with names of %d characters", len(kept), len([]rune(kept[0].Name)))
	}
	if len([]rune(in.Files[0].Name)) != 1000 {
		t.Error("the caller's files were changed")
	}
}
