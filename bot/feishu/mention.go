package feishu

import (
	"slices"
	"strings"
)

// callout is a person to be really mentioned: the words that stand for them, and their account.
type callout struct{ words, openID string }

// callouts are the people of ids who have an account here, the longest name first; the others are named.
func (a *Adapter) callouts(ids []string) (out []callout, without []string) {
	for _, id := range ids {
		name := a.cfg.Directory.Name(id)
		openID, ok := a.account(id)
		if !ok {
			without = append(without, first(name, id))
			continue
		}
		out = append(out, callout{"@" + name, openID})
	}
	slices.SortStableFunc(out, func(a, b callout) int { return len(b.words) - len(a.words) })
	return out, without
}

func first(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

// run is a piece of text, or the mention of a person.
type run struct {
	text   string
	openID string
}

// runs cuts text where the bot mentions somebody: at the first @name of each. Whoever is mentioned without
// being named in the text comes back as missing.
func runs(text string, people []callout) (out []run, missing []callout) {
	out = []run{{text: text}}
	for _, p := range people {
		if !cut(&out, p) {
			missing = append(missing, p)
		}
	}
	return out, missing
}

// cut puts the mention of one person into the first run that names them.
func cut(out *[]run, p callout) bool {
	if p.words == "@" {
		return false
	}
	for n, r := range *out {
		if r.openID != "" {
			continue
		}
		before, after, found := strings.Cut(r.text, p.words)
		if !found {
			continue
		}
		var pieces []run
		if before != "" {
			pieces = append(pieces, run{text: before})
		}
		pieces = append(pieces, run{text: p.words, openID: p.openID})
		if after != "" {
			pieces = append(pieces, run{text: after})
		}
		*out = slices.Replace(*out, n, n+1, pieces...)
		return true
	}
	return false
}

// allOf are people as runs, for the beginning of a message that does not name them.
func allOf(people []callout) []run {
	var out []run
	for _, p := range people {
		out = append(out, run{text: p.words, openID: p.openID}, run{text: " "})
	}
	return out
}

// markdown is a line as the markdown of a card: attribute id, unlike user_id everywhere else.
func markdown(rs []run) string {
	var b strings.Builder
	for n, r := range rs {
		switch {
		case r.openID != "":
			b.WriteString("<at id=" + attribute(r.openID) + "></at>")
		case n == 0:
			b.WriteString(escapeStart(r.text))
		default:
			b.WriteString(escape(r.text))
		}
	}
	return b.String()
}

// attribute keeps of an id what ids are made of.
func attribute(id string) string {
	return strings.Map(func(r rune) rune {
		if r == '_' || r == '-' || ('0' <= r && r <= '9') || ('a' <= r && r <= 'z') || ('A' <= r && r <= 'Z') {
			return r
		}
		return -1
	}, id)
}
