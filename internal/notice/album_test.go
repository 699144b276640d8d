package notice_test

import "fenghuo/internal/album"

func arrangePhotos(tr *transcript) {
	v := voice
	photo := func(n int, look album.Look, caption, why string, best bool) album.Photo {
		return album.Photo{N: n, Look: look, Caption: caption, Why: why, Best: best, Name: "IMG_" + string(rune('0'+n)) + ".jpg", SentBy: "linke"}
	}
	some := []album.Photo{photo(1, album.Clear, "店门口的告示", "", true), photo(2, album.Mask, "", "人脸、电话", false), photo(3, album.Masked, "现场", "", false), photo(4, album.New, "", "", false)}
	const title = number + " 滨江店顾客发视频说酸奶杯里有虫"
	tr.chapter("相册")
	tr.say("一个都没有", v.Albums, []string(nil), []string(nil))
	tr.say("最近的", v.Albums, []string{number, "周年庆"}, []string{title, "周年庆"})
	tr.say("一册", v.Album, number, title, some)
	tr.say("空的", v.Album, "周年庆", "周年庆", []album.Photo(nil))
	var many []album.Photo
	for n := range 23 {
		many = append(many, photo(n+1, album.New, "活动现场", "", false))
	}
	tr.say("很多张", v.Album, "周年庆", "周年庆", many)
	tr.say("新建", v.AlbumBegun, "周年庆")
	tr.say("没带照片", v.PhotosWanted, title)
	tr.say("入册", v.PhotosAdded, "周年庆", 3, 0)
	tr.say("入册，有重的", v.PhotosAdded, "周年庆", 2, 1)
	tr.say("没有这张", v.NoPhoto, 9, 4)
	tr.say("一张都没有", v.NoPhoto, 1, 0)
	tr.say("换哪张", v.MaskedWanted)
	tr.say("没有能交的", v.NothingToShow, title, 4)
	tr.say("交接", v.AlbumHandedOver, title, 2, 4, "https://bot.example/album/x.y")
	tr.say("原图", v.OriginalOpened, title, 2, "https://bot.example/album/x.y")
	tr.say("发不了链接", v.NoLink, number)
}
