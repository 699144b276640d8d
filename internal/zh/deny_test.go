package zh

import (
	"slices"
	"strings"
	"testing"
)

func TestSays(t *testing.T) {
	for _, c := range []struct {
		text, word string
		reach      int
		want       bool
	}{
		{"有人受伤", "受伤", 8, true},
		{"没有人受伤", "受伤", 8, false},
		{"没有造成任何人员受伤", "受伤", 8, false},
		{"没有造成任何人员受伤", "受伤", 4, true}, // the denial is out of reach
		{"无人受伤但上热搜了", "上热搜", 8, true},
		{"没有人受伤，后来又有人受伤", "受伤", 8, true},
		{"抢救无效死亡", "死亡", 4, true},
		{"是否受伤", "受伤", 4, false},
		{"非常多人受伤", "受伤", 8, true},
		{"受伤", "", 8, false},
		{"", "受伤", 8, false},
	} {
		got := false
		for range Says(c.text, c.word, c.reach) {
			got = true
			break
		}
		if got != c.want {
			t.Errorf("%s says %s within %d: %v", c.text, c.word, c.reach, got)
		}
	}
}

func TestAffirmed(t *testing.T) {
	for said, want := range map[string]string{
		"不是抖音是快手":     "，快手",
		"不是抖音，是快手":    "，是快手",
		"不在微博而在小红书":   "，小红书",
		"抖音没有，快手有":    "，快手有",
		"抖音上没看到":      "，",
		"抖音":          "抖音",
		"有没有人看到抖音上的":  "有没有人看到抖音上的",
		"不是滨江店，是北门仓库": "，是北门仓库",
	} {
		if got := Affirmed(said); got != want {
			t.Errorf("%s: %s, want %s", said, got, want)
		}
	}
}

// FuzzSays: a word is said where it stands, in order, and not after a denial that is next to it.
func FuzzSays(f *testing.F) {
	for _, p := range phrases(f) {
		f.Add(p.said, "有")
	}
	f.Fuzz(func(t *testing.T, text, word string) {
		at := slices.Collect(Says(text, word, 8))
		if !slices.IsSorted(at) {
			t.Errorf("out of order: %v", at)
		}
		for _, n := range at {
			if !strings.HasPrefix(text[n:], word) || strings.HasSuffix(text[:n], "没") {
				t.Errorf("%q does not say %q at %d", text, word, n)
			}
		}
		if next := slices.Collect(Says("没"+word, word, 8)); len(next) > 0 && next[0] == len("没") {
			t.Errorf("没%s says %[1]s", word)
		}
	})
}

// FuzzAffirmed: what is left of a sentence was in it.
func FuzzAffirmed(f *testing.F) {
	seed(f)
	for _, s := range []string{"不是抖音是快手", "抖音没有，快手有", "不在微博而在小红书"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		left := Affirmed(s)
		for part := range strings.SplitSeq(left, "，") {
			if !strings.Contains(s, part) {
				t.Errorf("%q is not in %q", part, s)
			}
		}
	})
}

func FuzzFindFans(f *testing.F) {
	seed(f)
	for _, s := range []string{"粉丝120万", "百万粉丝博主", "粉丝-5", "粉丝9999999999999"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if n, ok := FindFans(s); ok && (n < 0 || n > mostCount) {
			t.Errorf("%d follow", n)
		}
	})
}
