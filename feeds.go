package main

import (
	"context"
	"fmt"

	"fenghuo/config"
	"fenghuo/handlers/feed"
	"fenghuo/internal/signal"
	"fenghuo/store"
)

// feeds reads those of the configuration. Every replica does: an entry counts once, by its id.
func (a *app) feeds() *feed.Reader {
	return &feed.Reader{Sources: sources(a.cfg), Now: a.parts.now, Log: a.parts.log,
		Take: func(ctx context.Context, s signal.Signal) (store.SignalRow, bool, error) {
			row, known, err := a.service.Signal(ctx, s)
			if err == nil {
				a.metrics.Signal(map[bool]string{true: "known", false: "taken"}[known])
			}
			return row, known, err
		}}
}

func sources(cfg *config.Config) []feed.Source {
	var out []feed.Source
	for _, f := range cfg.Signals.Feeds {
		out = append(out, feed.Source{Name: f.Name, URL: f.URL, Words: f.Words, Every: f.Every, Inside: f.Inside})
	}
	return out
}

// feedsReached asks each feed once and takes nothing.
func (d *doctor) feedsReached(ctx context.Context) []finding {
	var out []finding
	for _, s := range sources(d.cfg) {
		n := 0
		r := &feed.Reader{Now: d.now, Log: d.log, Take: func(context.Context, signal.Signal) (row store.SignalRow, known bool, err error) {
			n++
			return row, known, nil
		}}
		f := finding{About: "订阅源" + s.Name}
		if err := r.Ask(ctx, s); err != nil {
			f.Saw, f.Do = fmt.Sprintf("读不到（%v）", err), "请在浏览器里打开signals.feeds里的网址看看；内网的源写上inside: true"
		} else {
			f.Saw = fmt.Sprintf("读得到，近24小时有%d条对得上", n)
		}
		out = append(out, f)
	}
	return out
}
