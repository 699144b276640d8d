package store

import (
	"fmt"
	"time"

	"fenghuo/internal/album"
)

// AlbumRow is an album: of an incident, or of an activity.
type AlbumRow struct {
	Key     string `gorm:"primaryKey"` // the incident's number, or the activity's name
	Title   string
	BegunBy string
	At      time.Time `gorm:"serializer:utc"`
}

// TableName is the table of albums.
func (AlbumRow) TableName() string { return "albums" }

type photoRow struct{ album.Photo }

func (photoRow) TableName() string { return "photos" }

// BeginAlbum keeps an album; one with the same key stays as it is, and began is false.
func (tx *Tx) BeginAlbum(row AlbumRow) (began bool, err error) {
	row.At = trim(row.At)
	res := tx.unlessKnown().Create(&row)
	if res.Error != nil {
		return false, fmt.Errorf("begin album %s: %w", row.Key, res.Error)
	}
	return res.RowsAffected == 1, nil
}

// Album is the one with that key.
func (tx *Tx) Album(key string) (AlbumRow, error) {
	var row AlbumRow
	return row, take(tx.db.Where("key = ?", key), &row, "album %s", key)
}

// Albums are the newest ones.
func (tx *Tx) Albums(limit int) (rows []AlbumRow, err error) {
	if err := tx.db.Order("at desc, key").Limit(limit).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list albums: %w", err)
	}
	return rows, nil
}

// Photos are an album's pictures in their order.
func (tx *Tx) Photos(key string) ([]album.Photo, error) {
	var rows []photoRow
	if err := tx.db.Where("album = ?", key).Order("ord, n").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list pictures of %s: %w", key, err)
	}
	out := make([]album.Photo, len(rows))
	for n, r := range rows {
		out[n] = r.Photo
	}
	return out, nil
}

// AddPhoto puts a picture at an album's end. One that is there already stays, and added is false.
func (tx *Tx) AddPhoto(p album.Photo) (added bool, err error) {
	if err := tx.Lock("album/" + p.Album); err != nil {
		return false, err
	}
	var last struct{ N, Ord int }
	if err := tx.db.Raw("select coalesce(max(n), 0) as n, coalesce(max(ord), 0) as ord from photos where album = ?", p.Album).Scan(&last).Error; err != nil {
		return false, fmt.Errorf("number a picture of %s: %w", p.Album, err)
	}
	p.N, p.Ord, p.Look, p.At = last.N+1, last.Ord+1, album.New, trim(p.At)
	res := tx.unlessKnown().Create(&photoRow{p})
	if res.Error != nil {
		return false, fmt.Errorf("add a picture to %s: %w", p.Album, res.Error)
	}
	return res.RowsAffected == 1, nil
}

// SavePhoto keeps what is known of a picture.
func (tx *Tx) SavePhoto(p album.Photo) error {
	res := tx.db.Where("album = ? and n = ?", p.Album, p.N).Select("caption", "best", "ord", "look", "why", "masked", "looked").Updates(&photoRow{p})
	if res.Error != nil {
		return fmt.Errorf("save picture %d of %s: %w", p.N, p.Album, res.Error)
	}
	return nil
}
