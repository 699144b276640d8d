package incident

import "testing"

// FuzzParseLevel: what is a level reads as the same one again; what is none says what to write.
func FuzzParseLevel(f *testing.F) {
	for _, s := range []string{"I", "IV", "3", "红", "黄色", "二级", "橙/二级", "0", "5", "", "V", "１"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		l, err := ParseLevel(s)
		if err != nil {
			if l != 0 {
				t.Errorf("%v with %v", l, err)
			}
			return
		}
		if again, err := ParseLevel(l.String()); !l.Valid() || err != nil || again != l {
			t.Errorf("%q is %v, read again as %v, %v", s, l, again, err)
		}
	})
}
