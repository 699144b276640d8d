package zh

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/width"
)

var (
	link = regexp.MustCompile(`(?i)\b(?:https?://|www\.)[^\s<>"'“”‘’，。；！？、（）【】《》|\\^{}` + "`" + `\p{Han}]+|\b(?:[a-z0-9-]+\.)+(?:com|cn|net|org|tv|cc|me)(?:/[^\s<>"'“”，。；！？、（）【】《》|\\^{}` + "`" + `\p{Han}]*)?`)
	// tracking are parameters that say who shared a page, not which page it is.
	tracking = []string{"spm", "from", "fbclid", "gclid", "timestamp", "tt_from", "u_code", "iid", "did", "source", "refer", "referer", "share", "sid", "_t", "_r", "app", "sec_uid", "mid_share", "with_sec_did", "vd_source", "unique_k", "buvid", "plat_id", "is_story_h5", "appuid", "apptime", "shareredid", "author_share", "ts", "nsukey", "scene", "clicktime", "enterid", "sessionid", "subscene", "ascene", "devicetype", "region", "previous_page"}
	prefixes = []string{"utm_", "spm_", "share_", "xsec_", "from_", "wx_", "weibo_share", "schema_"}
)

// FindLinks finds web addresses in pasted share text and normalises them: scheme and host in small
// letters, tracking parameters and fragments dropped, punctuation at the end cut.
func FindLinks(s string) []string {
	var out []string
	text := narrow(s)
	for _, at := range link.FindAllStringIndex(text, -1) {
		if strings.HasSuffix(text[:at[0]], "@") { // the host of a mail address
			continue
		}
		if clean, ok := normal(text[at[0]:at[1]]); ok && !slices.Contains(out, clean) {
			out = append(out, clean)
		}
	}
	return out
}

// narrow makes full-width letters of an address half-width and leaves everything else.
func narrow(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'Ａ' && r <= 'ｚ' || r >= '０' && r <= '９' || r == '／' || r == '．' || r == '：' && strings.Contains(s, "：／／") {
			if n := width.LookupRune(r).Narrow(); n != 0 {
				return n
			}
		}
		return r
	}, s)
}

func normal(raw string) (string, bool) {
	raw = strings.TrimRight(raw, ".,;:!?)]}'\"*~_-…")
	if !strings.Contains(strings.ToLower(raw[:min(8, len(raw))]), "://") {
		raw = "https://" + raw
	}
	u, err := url.Parse(raw)
	if err != nil || u.Hostname() == "" || !strings.Contains(u.Hostname(), ".") || u.User != nil {
		return "", false
	}
	u.Scheme, u.Host = strings.ToLower(u.Scheme), strings.ToLower(u.Host)
	q := u.Query()
	for key := range q {
		low := strings.ToLower(key)
		if slices.Contains(tracking, low) || slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(low, p) }) {
			q.Del(key)
		}
	}
	u.RawQuery = q.Encode()
	if !strings.HasPrefix(u.Fragment, "/") && !strings.HasPrefix(u.Fragment, "!") {
		u.Fragment, u.RawFragment = "", ""
	}
	return u.String(), true
}

// WithoutLinks is s with its links taken out.
func WithoutLinks(s string) string {
	return strings.Join(strings.Fields(link.ReplaceAllString(s, " ")), " ")
}
