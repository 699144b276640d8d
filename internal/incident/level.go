package incident

import "fmt"

// Level is the grade of an incident, 1 (特别重大, red) to 4 (一般, blue); 0 is "not set".
// Smaller is graver, as in the published grading rules.
type Level int

// The four levels.
const (
	LevelI   Level = 1
	LevelII  Level = 2
	LevelIII Level = 3
	LevelIV  Level = 4
)

// Levels lists all four, gravest first.
func Levels() []Level { return []Level{LevelI, LevelII, LevelIII, LevelIV} }

var (
	levelRoman  = [...]string{"", "I", "II", "III", "IV"}
	levelNames  = [...]string{"", "特别重大", "重大", "较大", "一般"}
	levelColors = [...]string{"", "红", "橙", "黄", "蓝"}
	levelGrades = [...]string{"", "一级", "二级", "三级", "四级"}
	levelDots   = [...]string{"", "🔴", "🟠", "🟡", "🔵"}
)

// Valid reports whether l is one of the four levels.
func (l Level) Valid() bool { return l >= LevelI && l <= LevelIV }

// String is the roman numeral, "" for an unset level.
func (l Level) String() string {
	if !l.Valid() {
		return ""
	}
	return levelRoman[l]
}

// Name is 特别重大, 重大, 较大 or 一般.
func (l Level) Name() string { return levelNames[l.index()] }

// Color is 红, 橙, 黄 or 蓝.
func (l Level) Color() string { return levelColors[l.index()] }

// Grade is 一级 to 四级.
func (l Level) Grade() string { return levelGrades[l.index()] }

// Dot is the coloured circle that stands before a level wherever it is shown.
func (l Level) Dot() string { return levelDots[l.index()] }

// Badge is how messages name a level: 黄/三级.
func (l Level) Badge() string {
	if !l.Valid() {
		return ""
	}
	return l.Color() + "/" + l.Grade()
}

// Graver reports whether l is a higher grade than other.
func (l Level) Graver(other Level) bool { return l.Valid() && (!other.Valid() || l < other) }

func (l Level) index() int {
	if !l.Valid() {
		return 0
	}
	return int(l)
}

// ParseLevel reads I–IV, 1–4, 红橙黄蓝 or 一级–四级.
func ParseLevel(s string) (Level, error) {
	for _, l := range Levels() {
		switch s {
		case l.String(), l.Color(), l.Grade(), l.Name(), l.Badge(), fmt.Sprint(int(l)), fmt.Sprint(int(l)) + l.Color(), l.Color() + "色":
			return l, nil
		}
	}
	return 0, fmt.Errorf("level %q: use I, II, III or IV", s)
}

// MarshalText writes the roman numeral.
func (l Level) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// UnmarshalText reads what ParseLevel reads; empty is "not set".
func (l *Level) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*l = 0
		return nil
	}
	v, err := ParseLevel(string(b))
	*l = v
	return err
}
