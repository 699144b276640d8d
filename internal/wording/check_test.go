package wording

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFindingsSayWhatTheyGoAgainstAndWhatMayBeSaid(t *testing.T) {
	for _, c := range []struct {
		sheet, sentence string
		want            []Finding
		words           []string
	}{
		{"milk", "抱歉，這只是個別的現象。", []Finding{{Kind: Forbidden, Against: "个别现象", Instead: "我们正在逐批核查"}}, []string{"個別的現象"}},
		{"fire", "疏散了５３名员工。", []Finding{{Kind: Number, Against: "疏散员工35人", Instead: "疏散员工35人"}}, []string{"５３名"}},
		{"fire", "明火22:30就扑灭了。", []Finding{{Kind: Time, Against: "3月9日22:50明火扑灭", Instead: "3月9日22:50明火扑灭"}}, []string{"22:30"}},
		{"fire", "叉车充电线路短路造成了这次火灾。", []Finding{{Kind: Unverified, Against: "起火原因为叉车充电线路短路", Instead: "北门仓库火情已扑灭，无人员伤亡，起火原因正在由消防部门调查。"}},
			[]string{"叉车充电线路短路造成了这次火灾"}},
		{"food", "就医的顾客每人补偿500元。", []Finding{{Kind: Promise, Instead: "食用该批次产品并就医的顾客，医药费由公司先行垫付"}}, []string{"每人补偿500元"}},
		{"milk", "", nil, nil},
	} {
		var words []string
		got := Check(c.sentence, sheets[c.sheet], now)
		for n, f := range got {
			words = append(words, f.Of(c.sentence))
			got[n].Span = Span{}
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.sentence, diff)
		}
		if diff := cmp.Diff(c.words, words); diff != "" {
			t.Errorf("%s, words (-want +got):\n%s", c.sentence, diff)
		}
	}
}

func TestApprovedWordingsMayBeSaid(t *testing.T) {
	for name, s := range sheets {
		for _, w := range s.wordings() {
			if got := Check(w, s, s.At); len(got) > 0 {
				t.Errorf("%s: %s: %+v", name, w, got)
			}
		}
		for _, f := range s.Facts {
			if got := Check(f.Text, s, s.At); f.Verified && len(got) > 0 {
				t.Errorf("%s: %s: %+v", name, f.Text, got)
			}
			if got := Check(f.Text, s, s.At); !f.Verified && len(got) == 0 {
				t.Errorf("%s: %s may be said, though nobody has verified it", name, f.Text)
			}
		}
		for _, p := range s.Forbidden {
			if got := Check(p.Text, s, s.At); len(got) != 1 || got[0].Kind != Forbidden {
				t.Errorf("%s: %s: %+v", name, p.Text, got)
			}
		}
	}
}

func TestNothingIsForbiddenWithoutTalkingPoints(t *testing.T) {
	for _, said := range []string{"个别现象", "疏散了53名员工。", "给您带来不便，非常抱歉。"} {
		if got := Check(said, Sheet{}, now); len(got) > 0 {
			t.Errorf("%s: %+v", said, got)
		}
	}
}
