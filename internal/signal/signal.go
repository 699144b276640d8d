// Package signal is what monitoring systems and news feeds tell: one thing they found, with its reach. It
// reads and judges the words; it makes no incident of them, which only a person does.
package signal

import (
	"strings"
	"time"
	"unicode/utf8"

	"fenghuo/internal/incident"
	"fenghuo/internal/zh"
)

// Signal is one finding. ID is the source's own and names it once and for all; everything but ID, Source
// and Text may be absent. Figures are zero while unknown.
type Signal struct {
	ID        string    `json:"id"`
	Source    string    `json:"source"`
	At        time.Time `json:"at,omitzero"` // found by the source
	Platform  string    `json:"platform,omitempty"`
	URL       string    `json:"url,omitempty"`
	Author    string    `json:"author,omitempty"`
	Followers int64     `json:"followers,omitempty"`
	Text      string    `json:"text"`
	Published time.Time `json:"published_at,omitzero"`
	Unit      string    `json:"unit,omitempty"`
	Place     string    `json:"place,omitempty"`
	Reads     int64     `json:"reads,omitempty"`
	Reposts   int64     `json:"reposts,omitempty"`
	Comments  int64     `json:"comments,omitempty"`
	Likes     int64     `json:"likes,omitempty"`
	HotRank   int       `json:"hot_rank,omitempty"`
	HotList   string    `json:"hot_list,omitempty"` // national, local
	Carriers  []string  `json:"carriers,omitempty"` // central, provincial, city, account
}

// Link is where it stands, as links are compared: without what says who shared it. Empty if unknown.
func (s Signal) Link() string {
	if links := zh.FindLinks(s.URL); len(links) > 0 {
		return links[0]
	}
	return ""
}

// longestTitle is what the quick report takes, in characters.
const longestTitle = 40

// Title is the text in one line short enough for the registry. Personal data is masked before it is cut:
// half a telephone number is not recognised any more.
func (s Signal) Title() string {
	text := zh.Mask(zh.Clean(zh.WithoutLinks(s.Text)))
	if first, _, ok := strings.Cut(text, "。"); ok && utf8.RuneCountInString(first) >= 6 {
		text = first
	}
	if r := []rune(text); len(r) > longestTitle {
		text = string(r[:longestTitle-1]) + "…"
	}
	return text
}

// Counts are its figures of reach as of at.
func (s Signal) Counts(at time.Time) []incident.Count {
	var out []incident.Count
	for _, c := range []incident.Count{{Kind: "reads", Value: s.Reads}, {Kind: "reposts", Value: s.Reposts}, {Kind: "comments", Value: s.Comments}, {Kind: "likes", Value: s.Likes}} {
		if c.Value > 0 {
			c.At = at
			out = append(out, c)
		}
	}
	return out
}

// outlets is how many media make it an affair of several outlets to the policy.
const outlets = 3

// Reach are its carriers in the policy's words: three media or more count as outlets3 besides.
func (s Signal) Reach() []string {
	media := 0
	for _, c := range s.Carriers {
		if c != "account" {
			media++
		}
	}
	out := append([]string{}, s.Carriers...)
	if media >= outlets {
		out = append(out, "outlets3")
	}
	return out
}

// Weigh is what a level is suggested from when nothing else is known of the matter.
func (s Signal) Weigh() incident.Signals {
	w := incident.Signals{Text: s.Text, Reads: s.Reads, Fans: s.Followers, HotRank: s.HotRank, HotList: s.HotList, Carriers: s.Reach()}
	if s.Platform != "" {
		w.Platforms = []string{s.Platform}
	}
	return w
}

// WeighWith is the same of an incident that is known already; growth is the last hour's, 0 if unknown.
func (s Signal) WeighWith(inc *incident.Incident, growth float64) incident.Signals {
	w := s.Weigh()
	w.Nature, w.Impact, w.Growth = inc.Nature, inc.Impact, growth
	w.Platforms = append(append([]string{}, inc.Platforms...), w.Platforms...)
	w.Text = inc.Title + "。" + inc.Summary + "。" + s.Text
	w.Picture = len(inc.Evidence) > 0
	return w
}

// Growth is by how much reads have grown within the hour before at; 0 when none are known from then.
func Growth(known []incident.Count, reads int64, at time.Time) float64 {
	least := int64(0)
	for _, c := range known {
		within := !c.At.Before(at.Add(-time.Hour)) && c.At.Before(at)
		if c.Kind == "reads" && within && c.Value > 0 && (least == 0 || c.Value < least) {
			least = c.Value
		}
	}
	if least == 0 {
		return 0
	}
	return float64(reads) / float64(least)
}

// Around is how far from the day a text tells of a registered incident may lie to be the same.
const Around = 7 * 24 * time.Hour

// Older is the earliest day before yesterday that the text tells of; now is when it was published, in the
// zone of whoever wrote it.
func Older(text string, now time.Time) (time.Time, bool) {
	yesterday := time.Date(now.Year(), now.Month(), now.Day()-1, 0, 0, 0, 0, now.Location())
	var oldest time.Time
	for _, w := range zh.FindTimes(text, now) {
		if !w.At.IsZero() && w.At.Before(yesterday) && (oldest.IsZero() || w.At.Before(oldest)) {
			oldest = w.At
		}
	}
	return oldest, !oldest.IsZero()
}
