package zh

import (
	"regexp"
	"strings"

	"golang.org/x/text/width"
)

var (
	idNumber  = regexp.MustCompile(`^\d{17}[\dXx]$`)
	mobile    = regexp.MustCompile(`^(?:00)?(?:86)?1[3-9]\d{9}$`)
	bankCard  = regexp.MustCompile(`^\d{16,19}$`)
	plate     = regexp.MustCompile(`[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·\s]?[A-Z0-9]{5,6}`)
	anyDigit  = regexp.MustCompile(`[\d０-９]+[XxＸｘ]?`)
	inGroups  = regexp.MustCompile(`\b(?:1[3-9]\d[ -]\d{4}[ -]\d{4}|\d{6}[ -]\d{8}[ -]\d{3}[\dXx]|\d{4}(?:[ -]\d{4}){3}(?:[ -]\d{1,3})?)\b`)
	ungrouped = strings.NewReplacer(" ", "", "-", "")
)

// Mask hides personal data in text that goes to a group: identity numbers with a right checksum, mobile
// phones, bank cards with a right checksum, car plates. Full-width digits and groups of digits (138 1234
// 5678) do not help a number through.
func Mask(s string) string {
	s = anyDigit.ReplaceAllStringFunc(s, maskDigits)
	s = inGroups.ReplaceAllStringFunc(s, func(d string) string {
		plain := ungrouped.Replace(d)
		if masked := maskDigits(plain); masked != plain {
			return masked
		}
		return d
	})
	return plate.ReplaceAllStringFunc(s, func(p string) string {
		r := []rune(p)
		return string(r[:2]) + "****" + string(r[len(r)-1:])
	})
}

func maskDigits(said string) string {
	d := width.Narrow.String(said)
	switch {
	case idNumber.MatchString(d) && idChecks(d):
		return d[:3] + "***********" + d[14:]
	case bankCard.MatchString(d) && luhn(d):
		return "************" + d[len(d)-4:]
	}
	bare := strings.TrimRight(d, "Xx")
	if mobile.MatchString(bare) {
		n := len(bare)
		return bare[:n-8] + "****" + d[n-4:]
	}
	return said
}

func idChecks(d string) bool {
	weights := []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for n, w := range weights {
		sum += int(d[n]-'0') * w
	}
	last := d[17]
	if last == 'x' {
		last = 'X'
	}
	return "10X98765432"[sum%11] == last
}

func luhn(d string) bool {
	sum, double := 0, false
	for n := len(d) - 1; n >= 0; n-- {
		if d[n] < '0' || d[n] > '9' {
			return false
		}
		v := int(d[n] - '0')
		if double {
			if v *= 2; v > 9 {
				v -= 9
			}
		}
		sum, double = sum+v, !double
	}
	return sum%10 == 0
}
