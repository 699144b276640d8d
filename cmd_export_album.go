package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"fenghuo/internal/album"
	"fenghuo/store"
)

type exportAlbumCmd struct {
	exported
	Album string `required:"" help:"The incident's number, or the activity's name."`
}

// Run writes the zip. That it was taken stands in the ledger, as for every taking by a link.
func (c exportAlbumCmd) Run(e *env) error {
	d, st, _, _, err := c.open(e)
	if err != nil {
		return err
	}
	defer st.Close()
	var photos []album.Photo
	err = st.InTx(e.ctx, func(tx *store.Tx) (err error) {
		if _, err = tx.Album(c.Album); err != nil {
			return err
		}
		if photos, err = tx.Photos(c.Album); err != nil {
			return err
		}
		return d.On(tx, "export").Note("", "album_taken", "album/"+c.Album, map[string]int{"picture": 0})
	})
	if errors.Is(err, store.ErrNotFound) {
		return usage(fmt.Errorf("there is no album %q; see 相册 in the chat", c.Album))
	}
	if err != nil {
		return err
	}
	_, err = album.Write(e.stdout, photos, d.Voice.Zone, d.Called, opener(e.ctx, st))
	return err
}

func opener(ctx context.Context, st *store.Store) func(sha string) (io.ReadCloser, string, error) {
	return func(sha string) (io.ReadCloser, string, error) {
		content, f, err := st.OpenFile(ctx, sha)
		return content, f.Name, err
	}
}
