package form

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"fenghuo/internal/zh"
)

// oldest is how long ago something may have been found; longer is a slip of the finger.
const oldest = 366 * 24 * time.Hour

var (
	justNow = regexp.MustCompile(`^(?:我)?(?:刚刚|刚才|刚|现在|此刻)(?:在.{0,8})?(?:看到的?|发现的?|刷到的?|看见的?|知道的?|收到的?|的)?[。.！!吧呢啊]*$`)
)

func (s *Session) readTime(f *Field, in Input) (Value, *which, *Note) {
	now := in.At.In(s.env.Zone)
	text := zh.Fold(in.Text)
	if justNow.MatchString(text) {
		return s.timeValue(s.StartedAt.In(s.env.Zone).Truncate(time.Minute), now, in.Text)
	}
	w, ok := zh.ParseTime(in.Text, now)
	if !ok {
		if all := zh.FindTimes(in.Text, now); len(all) == 1 {
			w, ok = all[0], true
		}
	}
	if !ok {
		return refused(f, NoTime, 0)
	}
	return s.readWhen(f, w, in)
}

func (s *Session) readWhen(f *Field, w zh.When, in Input) (Value, *which, *Note) {
	now := in.At.In(s.env.Zone)
	if len(w.Options) > 0 {
		recent := slices.DeleteFunc(slices.Clone(w.Options), func(t time.Time) bool { return now.Sub(t) > oldest })
		if len(recent) < 2 {
			w.At, w.Options = append(recent, w.Options[0])[0], nil
		}
	}
	switch {
	case w.Lunar:
		return refused(f, Lunar, 0)
	case w.Future:
		return refused(f, Future, 0)
	case w.DateOnly:
		return refused(f, NoClock, 0)
	case len(w.Options) > 0:
		return Value{}, &which{field: f, times: w.Options, coming: w.Upcoming}, nil
	case now.Sub(w.At) > oldest:
		return refused(f, Ancient, w.At.Year())
	}
	return s.timeValue(w.At, now, in.Text)
}

func (s *Session) timeValue(t, now time.Time, raw string) (Value, *which, *Note) {
	return understood(Value{Text: showTime(t, now), At: t.UTC(), Raw: raw})
}

var published = regexp.MustCompile(`首发|发布|网上|发的|发出|上传|贴出|发帖|发视频`)

// readTimes reads when it happened and when it was first published, out of one sentence.
func (s *Session) readTimes(f *Field, in Input) (Value, *which, *Note) {
	now := in.At.In(s.env.Zone)
	v := Value{Raw: in.Text}
	known := 0
	for _, part := range strings.FieldsFunc(in.Text, func(r rune) bool { return strings.ContainsRune("，,；;。\n", r) }) {
		all := zh.FindTimes(part, now)
		if len(all) == 0 {
			if w, ok := zh.ParseTime(part, now); ok {
				all = append(all, w)
			}
		}
		for _, w := range all {
			t, why := s.pastTime(w, now)
			if why != "" {
				return refused(f, why, 0)
			}
			known++
			v.put(t, len(all) == 1 && published.MatchString(part))
		}
	}
	switch {
	case known == 0 && (zh.Unknown(in.Text) || zh.No(in.Text)):
		return understood(Value{Text: "不清楚", Unknown: true, Raw: in.Text})
	case known == 0:
		return refused(f, NoTime, 0)
	case s.disordered(v, in):
		return refused(f, Disorder, 0)
	}
	v.Text = showTimes(v, now)
	return understood(v)
}

// put takes a moment as when it was published, or as the next of the two: of those said in one breath the
// earlier is when it happened.
func (v *Value) put(t time.Time, published bool) {
	switch {
	case published:
		v.Published = t
	case v.At.IsZero():
		v.At = t
	case v.Published.IsZero() && t.Before(v.At):
		v.At, v.Published = t, v.At
	default:
		v.Published = t
	}
}

// pastTime is the one past moment words mean; of two readings, none.
func (s *Session) pastTime(w zh.When, now time.Time) (time.Time, Why) {
	switch {
	case w.Lunar:
		return time.Time{}, Lunar
	case w.Future:
		return time.Time{}, Future
	case len(w.Options) > 0:
		return time.Time{}, Ambiguous
	}
	return w.At.UTC(), ""
}

// disordered: it happened, then it was published, then it was found.
func (s *Session) disordered(v Value, in Input) bool {
	found := in.At
	if f, ok := s.value(MeansFound); ok && !f.At.IsZero() {
		found = f.At.Add(time.Minute)
	}
	return (!v.Published.IsZero() && !v.At.IsZero() && v.Published.Before(v.At)) || v.Published.After(found) || v.At.After(found)
}

func showTimes(v Value, now time.Time) string {
	var parts []string
	if !v.At.IsZero() {
		parts = append(parts, "发生"+showTime(v.At.In(now.Location()), now))
	}
	if !v.Published.IsZero() {
		parts = append(parts, "首发"+showTime(v.Published.In(now.Location()), now))
	}
	return strings.Join(parts, "，")
}
