package incident

import "slices"

// Signals is what a level is suggested from.
type Signals struct {
	Nature    string
	Impact    []string
	Platforms []string
	Text      string // title and summary
	Picture   bool
	Reads     int64
	Fans      int64 // of the account that published it first
	HotRank   int
	HotList   string
	Carriers  []string
	Growth    float64
}

// Suggest is the level the policy's rows give, the gravest that matches, with the reasons of all rows
// of that level. Rows with a step raise the result. A person decides.
func (p *Policy) Suggest(s Signals) (Level, []string) {
	level, reasons := LevelIV, []string(nil)
	for _, row := range p.Suggestions {
		if row.Step > 0 || !row.matches(s) {
			continue
		}
		switch {
		case row.Level.Graver(level):
			level, reasons = row.Level, []string{row.Reason}
		case row.Level == level && !slices.Contains(reasons, row.Reason):
			reasons = append(reasons, row.Reason)
		}
	}
	for _, row := range p.Suggestions {
		if row.Step > 0 && row.matches(s) {
			level = max(LevelI, level-Level(row.Step))
			reasons = append(reasons, row.Reason)
		}
	}
	if len(reasons) == 0 {
		reasons = []string{"目前没有更重的情形"}
	}
	return level, reasons
}

func (row SuggestRule) matches(s Signals) bool {
	conditions := 0
	ok := func(given, holds bool) bool {
		if given {
			conditions++
		}
		return !given || holds
	}
	all := ok(row.Reads > 0, s.Reads >= row.Reads) &&
		ok(row.Fans > 0, s.Fans >= row.Fans) &&
		ok(row.HotRank > 0, s.HotRank > 0 && s.HotRank <= row.HotRank) &&
		ok(row.HotList != "", s.HotList == row.HotList) &&
		ok(row.Growth > 0, s.Growth >= row.Growth) &&
		ok(len(row.Carriers) > 0, meet(row.Carriers, s.Carriers)) &&
		ok(len(row.Natures) > 0, slices.Contains(row.Natures, s.Nature)) &&
		ok(len(row.Impacts) > 0, meet(row.Impacts, s.Impact)) &&
		ok(len(row.Platform) > 0 || row.Picture, meet(row.Platform, s.Platforms) || (row.Picture && s.Picture)) &&
		ok(len(row.Words) > 0, said(s.Text, row.Words))
	return all && conditions > 0
}

func meet(a, b []string) bool {
	return slices.ContainsFunc(a, func(v string) bool { return slices.Contains(b, v) })
}

func said(text string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return tells(text, w) })
}
