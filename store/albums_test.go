package store_test

import (
	"errors"
	"testing"

	"fenghuo/internal/album"
	"fenghuo/store"
)

// TestAlbums: a picture is in an album once, numbered as it came; what is said of it stays, the original does not change.
func TestAlbums(t *testing.T) {
	timed(t, func(t *testing.T, s *store.Store, _ *hand) {
		inTx(t, s, func(tx *store.Tx) error {
			for n, want := range []bool{true, false} {
				if began, err := tx.BeginAlbum(store.AlbumRow{Key: "周年庆", Title: "周年庆", BegunBy: "linke", At: s.Now()}); err != nil || began != want {
					t.Errorf("begun for the %dth time: %v, %v", n+1, began, err)
				}
			}
			for n, sha := range []string{"a", "b", "a", "c"} {
				added, err := tx.AddPhoto(album.Photo{Album: "周年庆", SHA256: sha, Name: sha + ".png", SentBy: "linke", At: s.Now()})
				if err != nil || added != (n != 2) {
					t.Errorf("%s: added %v, %v", sha, added, err)
				}
			}
			photos, err := tx.Photos("周年庆")
			if err != nil || len(photos) != 3 || photos[2].N != 3 || photos[2].Look != album.New {
				t.Fatalf("%+v, %v", photos, err)
			}
			p := photos[2]
			p.Ord, p.Caption, p.Best, p.Look, p.Why, p.Masked, p.Looked, p.SHA256 = 0, "开场", true, album.Masked, "人脸", "m", "sunke", "other"
			if err := tx.SavePhoto(p); err != nil {
				return err
			}
			photos, err = tx.Photos("周年庆")
			p.SHA256 = "c"
			if err != nil || photos[0] != p || photos[0].Shown() != "m" || photos[1].Shown() != "" {
				t.Errorf("%+v, %v", photos, err)
			}
			if _, err := tx.Album("别的"); !errors.Is(err, store.ErrNotFound) {
				t.Errorf("one nobody began: %v", err)
			}
			return nil
		})
	})
}
