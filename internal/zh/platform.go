package zh

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// aliases are what people call the platforms. Latin ones count only as whole words.
var aliases = []struct {
	name  string
	words []string
	hosts []string
}{
	{"微博", []string{"微博", "围脖", "新浪微博", "wb", "weibo"}, []string{"weibo"}},
	{"抖音", []string{"抖音", "dy", "douyin", "抖茵", "斗音", "抖音短视频"}, []string{"douyin", "iesdouyin"}},
	{"快手", []string{"快手", "ks", "kuaishou"}, []string{"kuaishou", "chenzhongtech"}},
	{"小红书", []string{"小红书", "小红薯", "xhs", "xiaohongshu", "红书"}, []string{"xiaohongshu", "xhslink"}},
	{"微信公众号", []string{"微信公众号", "公众号", "gzh", "微信文章", "推文"}, []string{"mp.weixin.qq.com"}},
	{"视频号", []string{"视频号", "sph", "微信视频号"}, []string{"channels.weixin.qq.com", "finder.video.qq.com"}},
	{"B站", []string{"b站", "哔哩哔哩", "bilibili", "bili", "小破站"}, []string{"bilibili", "b23"}},
	{"知乎/贴吧/论坛", []string{"知乎", "贴吧", "论坛", "zhihu", "tieba", "豆瓣", "虎扑"}, []string{"zhihu", "tieba", "douban"}},
	{"新闻网站", []string{"新闻网站", "新闻网", "新闻客户端", "今日头条", "头条", "澎湃", "网易新闻", "腾讯新闻"}, []string{"toutiao", "thepaper", "163"}},
	{"报刊电视", []string{"报刊电视", "报纸", "电视", "报刊", "电视台", "广播"}, nil},
	{"微信群/QQ群", []string{"微信群", "qq群", "朋友圈", "业主群", "家长群"}, nil},
	{"电话或来访", []string{"电话或来访", "电话", "来访", "来电", "打电话"}, nil},
	{"线下见到", []string{"线下见到", "线下", "现场看到", "亲眼", "现场见到", "店里看到"}, nil},
	{"其他", []string{"其他", "其它", "别的"}, nil},
}

var latinWord = regexp.MustCompile(`[a-z][a-z0-9]*`)

// FindPlatforms names the platforms a sentence speaks of without denying them, in the order they appear.
func FindPlatforms(s string) []string {
	text := Fold(Affirmed(WithoutLinks(s)))
	words := map[string]int{}
	for _, loc := range latinWord.FindAllStringIndex(text, -1) {
		if w := text[loc[0]:loc[1]]; words[w] == 0 {
			words[w] = loc[0] + 1
		}
	}
	type found struct {
		name string
		at   int
	}
	var hits []found
	for _, a := range aliases {
		first := -1
		for _, w := range a.words {
			at := strings.Index(text, w)
			if latinWord.FindString(w) == w {
				at = words[w] - 1
			}
			if at >= 0 && (first < 0 || at < first) {
				first = at
			}
		}
		if first >= 0 {
			hits = append(hits, found{a.name, first})
		}
	}
	slices.SortStableFunc(hits, func(a, b found) int { return a.at - b.at })
	var names []string
	for _, h := range hits {
		if !(h.name == "微信公众号" && slices.Contains(names, h.name)) {
			names = append(names, h.name)
		}
	}
	return names
}

// PlatformOfLink names the platform of a link by its host, "" if it tells nothing.
func PlatformOfLink(link string) string {
	u, err := url.Parse(link)
	if err != nil {
		return ""
	}
	host := strings.ToLower(u.Hostname())
	labels := strings.Split(host, ".")
	for _, a := range aliases {
		for _, h := range a.hosts {
			if host == h || slices.Contains(labels, h) {
				return a.name
			}
		}
	}
	return ""
}
