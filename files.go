package main

import (
	"context"
	"errors"
	"io"

	"fenghuo/bot"
	"fenghuo/store"
)

// lateFiles keeps what people send in the service's own store, as soon as it is open.
type lateFiles struct{ store *store.Store }

var errNotOpen = errors.New("the store is not open yet")

func (f *lateFiles) PutFile(ctx context.Context, name, by string, r io.Reader) (bot.File, error) {
	if f.store == nil {
		return bot.File{}, errNotOpen
	}
	return f.store.PutFile(ctx, name, by, r)
}

func (f *lateFiles) OpenFile(ctx context.Context, sha string) (io.ReadSeekCloser, bot.File, error) {
	if f.store == nil {
		return nil, bot.File{}, errNotOpen
	}
	return f.store.OpenFile(ctx, sha)
}

// lateFiles is the one keeper of files of all platforms.
func (p *parts) lateFiles() *lateFiles {
	if p.files == nil {
		p.files = &lateFiles{}
	}
	return p.files
}

// lateRoll keeps what the platforms' directories say in the service's own store, as soon as it is open;
// nothing comes in before that.
type lateRoll struct{ bot.Roll }

// lateRoll is the one roll of all platforms.
func (p *parts) lateRoll() *lateRoll {
	if p.roll == nil {
		p.roll = &lateRoll{}
	}
	return p.roll
}
