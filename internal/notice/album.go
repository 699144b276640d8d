package notice

import (
	"fmt"
	"strings"

	"fenghuo/bot"
	"fenghuo/internal/album"
)

// mostPhotos is as many pictures as a card lists; the zip has all of them.
const mostPhotos = 20

// Albums lists the newest by key and title.
func (v Voice) Albums(keys, titles []string) bot.Message {
	if len(keys) == 0 {
		return said("还没有相册。事件的截图照片自动入册：“相册 001”；活动先说“新建相册 周年庆”，再把照片和“入册 周年庆”一起发。")
	}
	lines := []string{"最近的相册："}
	for n, key := range keys {
		lines = append(lines, strings.TrimSpace("“相册 "+called(key)+"” "+short(strings.TrimSpace(strings.TrimPrefix(titles[n], key)), 24)))
	}
	return said(strings.Join(lines, "\n"))
}

// called is how people name an album: an incident's by its last figures.
func called(key string) string {
	if strings.HasPrefix(key, "YQ-") || strings.HasPrefix(key, "YL-") {
		return key[strings.LastIndex(key, "-")+1:]
	}
	return key
}

// Album shows the pictures of one.
func (v Voice) Album(key, title string, photos []album.Photo) bot.Message {
	c, key := bot.Card{Head: "相册 · " + short(title, 40)}, called(key)
	fresh, back := 0, 0
	for n, p := range photos {
		switch p.Look {
		case album.New:
			fresh++
		case album.Mask:
			back++
		}
		if n < mostPhotos {
			c.Lines = append(c.Lines, v.photoLine(p))
		}
	}
	if rest := len(photos) - mostPhotos; rest > 0 {
		c.Lines = append(c.Lines, fmt.Sprintf("另有%d张，在压缩包的目录里。", rest))
	}
	if len(photos) == 0 {
		c.Lines = []string{"还没有照片。把照片和“入册 " + key + "”一起发。"}
		return carded(c)
	}
	c.Lines = append([]string{fmt.Sprintf("%d张，没看过%d，要打码%d。", len(photos), fresh, back)}, c.Lines...)
	c.Foot = fmt.Sprintf("“可用 %s 1 2”“打码 %s 3 人脸”“配文 %s 1 …”“精选 %s 1”“排序 %s 2 1”“交接相册 %s”", key, key, key, key, key, key)
	return carded(c)
}

func (v Voice) photoLine(p album.Photo) string {
	line := fmt.Sprintf("%d ", p.N)
	if p.Best {
		line += "精选 "
	}
	what := p.Caption
	if what == "" {
		what = p.Name
	}
	line += short(what, 24) + "｜" + v.Name(p.SentBy) + "｜"
	switch p.Look {
	case album.Clear:
		return line + "可用"
	case album.Mask:
		return line + "要打码：" + short(p.Why, 12)
	case album.Masked:
		return line + "已打码"
	}
	return line + "没看过"
}

// AlbumBegun says how pictures get into it.
func (v Voice) AlbumBegun(title string) bot.Message {
	return said(fmt.Sprintf("相册“%s”好了。把照片和“入册 %s”一起发就行，谁发都可以。", title, title))
}

// PhotosWanted asks for the pictures.
func (v Voice) PhotosWanted(title string) bot.Message {
	return said(fmt.Sprintf("没有看到照片。请把照片和“入册 %s”放在同一条消息里发。", called(word(title))))
}

// word is the first word of a title: an incident's number, or an activity's name.
func word(title string) string {
	first, _, _ := strings.Cut(title, " ")
	return first
}

// PhotosAdded says how many came in.
func (v Voice) PhotosAdded(title string, added, known int) bot.Message {
	text := fmt.Sprintf("已入册%d张：%s。", added, short(title, 36))
	if known > 0 {
		text += fmt.Sprintf("%d张以前收过，没有重复放。", known)
	}
	return said(text + "专管员看过才会交出去。")
}

// NoPhoto says which pictures there are.
func (v Voice) NoPhoto(n, of int) bot.Message {
	if of == 0 {
		return said("相册里还没有照片。")
	}
	return said(fmt.Sprintf("没有第%d张，只有1到%d。例：“可用 001 1”。", n, of))
}

// MaskedWanted says how a masked copy is brought.
func (v Voice) MaskedWanted() bot.Message {
	return said("请一次换一张：把打好码的图和“打码 001 3”一起发；不能和原图一样。")
}

// NothingToShow says that nobody has looked yet.
func (v Voice) NothingToShow(title string, of int) bot.Message {
	return said(fmt.Sprintf("%s有%d张，还没有一张看过能用的。先看人脸、电话、证件号，再回“可用 001 1 2”或“打码 001 3 人脸”。", short(title, 36), of))
}

// AlbumHandedOver brings the link.
func (v Voice) AlbumHandedOver(title string, shown, of int, link string) bot.Message {
	text := fmt.Sprintf("%s：%d张可交，另有%d张没放进来，都写在目录里。\n%s\n链接只给您，24小时有效，每取一次都有记录。", short(title, 36), shown, of-shown, link)
	return said(text)
}

// OriginalOpened brings the link to a picture as it came.
func (v Voice) OriginalOpened(title string, n int, link string) bot.Message {
	return said(fmt.Sprintf("%s第%d张原图：\n%s\n没有打码，只给您，24小时有效，每取一次都有记录。", short(title, 36), n, link))
}

// NoLink says that there is no page to hand out from.
func (v Voice) NoLink(key string) bot.Message {
	return said(fmt.Sprintf("这里还不能发链接：配置里没有 public_url 或 secret。请管理员在服务器上运行 fenghuo export album --album %s 导出。", key))
}
