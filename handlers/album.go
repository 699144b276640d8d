package handlers

import (
	"slices"
	"strconv"
	"strings"

	"fenghuo/bot"
	"fenghuo/handlers/desk"
	"fenghuo/internal/album"
	"fenghuo/internal/incident"
	"fenghuo/internal/zh"
	"fenghuo/store"
)

// opened is an album somebody speaks of, and what they said besides.
type opened struct {
	store.AlbumRow
	inc    *incident.Incident // nil: of an activity
	photos []album.Photo
	rest   string
}

// albums is 相册: the newest ones, or the pictures of one.
func albums(t *turn) error {
	if t.match.Number == "" && t.match.Rest == "" {
		if here, err := t.incidentHere(); here == nil || err != nil {
			if err != nil {
				return err
			}
			rows, err := t.Tx.Albums(10)
			if err != nil {
				return err
			}
			return t.reply(t.Voice.Albums(t.seenAlbums(rows)))
		}
	}
	o, err := t.album()
	if o == nil || err != nil {
		return err
	}
	return t.reply(t.Voice.Album(o.Key, o.Title, o.photos))
}

// seenAlbums are keys and titles, without those of incidents the person may not see.
func (t *turn) seenAlbums(rows []store.AlbumRow) (keys, titles []string) {
	for _, r := range rows {
		if inc, err := t.Tx.Incident(r.Key); err != nil || t.MaySee(inc, t.person) {
			keys, titles = append(keys, r.Key), append(titles, r.Title)
		}
	}
	return keys, titles
}

// beginAlbum is 新建相册 周年庆.
func beginAlbum(t *turn) error {
	title := oneWord(zh.Clean(t.match.Rest))
	switch {
	case !t.may("相册", nil):
		return t.mayNot("相册", nil)
	case title == "" || zh.Len(title) > 20 || strings.ContainsAny(title, "0123456789-/"):
		return t.reply(t.Voice.NeedWords("新建相册 周年庆"))
	}
	began, err := t.Tx.BeginAlbum(store.AlbumRow{Key: title, Title: title, BegunBy: t.person, At: t.Now})
	if err != nil {
		return err
	}
	if began {
		if err := t.Note(t.person, "album_begun", "album/"+title, map[string]string{}); err != nil {
			return err
		}
	}
	return t.reply(t.Voice.AlbumBegun(title))
}

func oneWord(text string) string {
	words := strings.Fields(text)
	if len(words) == 0 {
		return ""
	}
	return words[0]
}

// intoAlbum is 入册 周年庆, with pictures: anybody's who may see it.
func intoAlbum(t *turn) error {
	o, err := t.album()
	if o == nil || err != nil {
		return err
	}
	added, known := 0, 0
	for _, f := range t.ev.Files {
		switch {
		case f.Error != "":
			return t.reply(t.Voice.FileTrouble(f.Name, f.Error))
		case f.Kind != "image":
			continue
		}
		fresh, err := t.Tx.AddPhoto(album.Photo{Album: o.Key, SHA256: f.SHA256, Name: zh.Mask(zh.Clean(f.Name)), SentBy: t.person, At: t.Now, Caption: zh.Mask(short(zh.Clean(o.rest)))})
		if err != nil {
			return err
		}
		if fresh {
			added++
		} else {
			known++
		}
	}
	if added+known == 0 {
		return t.reply(t.Voice.PhotosWanted(o.Title))
	}
	if err := t.Note(t.person, "photos_added", "album/"+o.Key, map[string]int{"added": added}); err != nil {
		return err
	}
	return t.reply(t.Voice.PhotosAdded(o.Title, added, known))
}

func short(text string) string {
	if r := []rune(text); len(r) > 60 {
		return string(r[:60])
	}
	return text
}

// album is the one a command is about: of the incident named or lived in here, or of an activity by its name. What was
// sent to an incident as evidence is in its album without anybody doing anything. Nil: the person has been answered.
func (t *turn) album() (*opened, error) {
	o := &opened{rest: strings.TrimSpace(t.match.Rest)}
	name := oneWord(o.rest)
	row, err := t.Tx.Album(name)
	switch {
	case t.match.Number == "" && name != "" && err == nil && !strings.Contains(name, "-"):
		o.AlbumRow, o.rest = row, strings.TrimSpace(strings.TrimPrefix(o.rest, name))
	case err != nil && !isNotFound(err):
		return nil, err
	default:
		if o.inc, err = t.target(t.involved); o.inc == nil || err != nil {
			return nil, err
		}
		if !t.MaySee(o.inc, t.person) {
			return nil, t.reply(t.Voice.NotFound(o.inc.Number))
		}
		o.AlbumRow = store.AlbumRow{Key: o.inc.Number, Title: o.inc.Number + " " + o.inc.Title, BegunBy: t.person, At: t.Now}
		if _, err := t.Tx.BeginAlbum(o.AlbumRow); err != nil {
			return nil, err
		}
		for _, e := range o.inc.Evidence {
			if e.Kind != "image" || e.Withdrawn {
				continue
			}
			if _, err := t.Tx.AddPhoto(album.Photo{Album: o.Key, SHA256: e.SHA256, Name: e.Name, SentBy: e.By, At: e.At}); err != nil {
				return nil, err
			}
		}
	}
	o.photos, err = t.Tx.Photos(o.Key)
	return o, err
}

// onPhotos begins a command of the custodian's about some pictures: 可用 001 1 2, 打码 周年庆 3 人脸.
func (t *turn) onPhotos(example string) (o *opened, chosen []int, rest string, err error) {
	if o, err = t.album(); o == nil || err != nil {
		return nil, nil, "", err
	}
	if !t.may("相册", o.inc) {
		return nil, nil, "", t.mayNot("相册", o.inc)
	}
	words := strings.Fields(o.rest)
	for len(words) > 0 {
		n, err := strconv.Atoi(strings.Trim(zh.Fold(words[0]), ",、"))
		if err != nil {
			break
		}
		at := slices.IndexFunc(o.photos, func(p album.Photo) bool { return p.N == n })
		if at < 0 {
			return nil, nil, "", t.reply(t.Voice.NoPhoto(n, len(o.photos)))
		}
		chosen, words = append(chosen, at), words[1:]
	}
	if len(chosen) == 0 {
		return nil, nil, "", t.reply(t.Voice.NeedWords(example))
	}
	return o, chosen, short(zh.Clean(strings.Join(words, " "))), nil
}

// keepPhotos saves what changed and shows the album.
func (t *turn) keepPhotos(o *opened, act string, chosen []int, change func(p *album.Photo)) error {
	var numbers []int
	for _, at := range chosen {
		change(&o.photos[at])
		numbers = append(numbers, o.photos[at].N)
		if err := t.Tx.SavePhoto(o.photos[at]); err != nil {
			return err
		}
	}
	if err := t.Note(t.person, act, "album/"+o.Key, map[string]any{"pictures": numbers}); err != nil {
		return err
	}
	photos, err := t.Tx.Photos(o.Key)
	if err != nil {
		return err
	}
	return t.reply(t.Voice.Album(o.Key, o.Title, photos))
}

// clearPhotos is 可用 001 1 2: nothing in them has to be masked.
func clearPhotos(t *turn) error {
	o, chosen, _, err := t.onPhotos("可用 001 1 2")
	if o == nil || err != nil {
		return err
	}
	return t.keepPhotos(o, "photos_cleared", chosen, func(p *album.Photo) {
		p.Look, p.Why, p.Masked, p.Looked = album.Clear, "", "", t.person
	})
}

// maskPhoto is 打码 001 3 人脸: it stays back; with a picture sent along, that is the copy in which it is masked.
func maskPhoto(t *turn) error {
	o, chosen, why, err := t.onPhotos("打码 001 3 人脸")
	if o == nil || err != nil {
		return err
	}
	at := slices.IndexFunc(t.ev.Files, func(f bot.File) bool { return f.Error == "" && f.Kind == "image" })
	if at < 0 {
		if why == "" {
			return t.reply(t.Voice.NeedWords("打码 001 3 人脸、电话"))
		}
		return t.keepPhotos(o, "photos_flagged", chosen, func(p *album.Photo) { p.Look, p.Why, p.Masked, p.Looked = album.Mask, why, "", t.person })
	}
	copied := t.ev.Files[at].SHA256
	if len(chosen) != 1 || o.photos[chosen[0]].SHA256 == copied {
		return t.reply(t.Voice.MaskedWanted())
	}
	return t.keepPhotos(o, "photo_masked", chosen, func(p *album.Photo) { p.Look, p.Masked, p.Looked = album.Masked, copied, t.person })
}

// caption is 配文 001 3 店门口的告示.
func caption(t *turn) error {
	o, chosen, text, err := t.onPhotos("配文 001 3 店门口的告示")
	if o == nil || err != nil {
		return err
	}
	if text == "" {
		return t.reply(t.Voice.NeedWords("配文 001 3 店门口的告示"))
	}
	return t.keepPhotos(o, "photo_captioned", chosen, func(p *album.Photo) { p.Caption = zh.Mask(text) })
}

// best is 精选 001 1 4: these and no others.
func best(t *turn) error {
	o, chosen, _, err := t.onPhotos("精选 001 1 4")
	if o == nil || err != nil {
		return err
	}
	all := make([]int, len(o.photos))
	picked := map[int]bool{}
	for _, at := range chosen {
		picked[o.photos[at].N] = true
	}
	for n := range all {
		all[n] = n
	}
	return t.keepPhotos(o, "photos_chosen", all, func(p *album.Photo) { p.Best = picked[p.N] })
}

// sortPhotos is 排序 001 4 1 2: these first, the others after them as they were.
func sortPhotos(t *turn) error {
	o, chosen, _, err := t.onPhotos("排序 001 4 1 2")
	if o == nil || err != nil {
		return err
	}
	order := map[int]int{}
	for n, at := range chosen {
		if _, twice := order[o.photos[at].N]; !twice {
			order[o.photos[at].N] = n + 1
		}
	}
	all, next := make([]int, len(o.photos)), len(order)
	for n, p := range o.photos {
		all[n] = n
		if _, ok := order[p.N]; !ok {
			next++
			order[p.N] = next
		}
	}
	return t.keepPhotos(o, "photos_sorted", all, func(p *album.Photo) { p.Ord = order[p.N] })
}

// handOverAlbum is 交接相册 001: a link to the zip, in private, for a day.
func handOverAlbum(t *turn) error {
	o, err := t.album()
	if o == nil || err != nil {
		return err
	}
	if !t.may("相册", o.inc) {
		return t.mayNot("相册", o.inc)
	}
	shown := 0
	for _, p := range o.photos {
		if p.Shown() != "" {
			shown++
		}
	}
	if shown == 0 {
		return t.reply(t.Voice.NothingToShow(o.Title, len(o.photos)))
	}
	link := t.AlbumLink(desk.Pass{Album: o.Key, Person: t.person})
	if link == "" {
		return t.reply(t.Voice.NoLink(o.Key))
	}
	if err := t.Note(t.person, "album_handed_over", "album/"+o.Key, map[string]int{"shown": shown, "of": len(o.photos)}); err != nil {
		return err
	}
	return t.inPrivate(o, t.Voice.AlbumHandedOver(o.Title, shown, len(o.photos), link))
}

// original is 原图 001 3 理由: a link to a picture as it came, in private; every opening is on record.
func original(t *turn) error {
	o, chosen, reason, err := t.onPhotos("原图 001 3 交监管部门")
	if o == nil || err != nil {
		return err
	}
	if len(chosen) != 1 || reason == "" {
		return t.reply(t.Voice.NeedWords("原图 001 3 交监管部门"))
	}
	p := o.photos[chosen[0]]
	link := t.AlbumLink(desk.Pass{Album: o.Key, Person: t.person, Photo: p.N})
	if link == "" {
		return t.reply(t.Voice.NoLink(o.Key))
	}
	if err := t.Note(t.person, "original_opened", "album/"+o.Key, map[string]any{"picture": p.N, "sha256": p.SHA256, "reason": reason}); err != nil {
		return err
	}
	return t.inPrivate(o, t.Voice.OriginalOpened(o.Title, p.N, link))
}

// inPrivate says what only the person who asked is to read.
func (t *turn) inPrivate(o *opened, m bot.Message) error {
	if t.ev.Place.Direct() {
		return t.reply(m)
	}
	places := t.Private(t.person)
	if len(places) == 0 {
		return t.reply(t.Voice.NoLink(o.Key))
	}
	if err := t.sayIn(places[0], "album", m); err != nil {
		return err
	}
	return t.reply(t.Voice.ToldInPrivate())
}
