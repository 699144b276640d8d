package handlers

import (
	"slices"
	"time"

	"fenghuo/internal/incident"
	"fenghuo/internal/notice"
)

// registry is 台账: the latest incidents the asker may see.
func registry(t *turn) error {
	incs, err := t.Tx.RecentIncidents(100)
	if err != nil {
		return err
	}
	return t.reply(t.Voice.Registry(t.visible(incs), t.Now))
}

// open is 在办.
func open(t *turn) error {
	incs, err := t.Tx.OpenIncidents()
	if err != nil {
		return err
	}
	return t.reply(t.Voice.Open(t.visible(incs), t.Now))
}

// mine is 我的: what the asker reported, officers or tracks.
func mine(t *turn) error {
	incs, err := t.Tx.ReportedBy(t.person, 20)
	if err != nil {
		return err
	}
	all, err := t.Tx.OpenIncidents()
	if err != nil {
		return err
	}
	for _, inc := range all {
		if t.involved(inc) && !slices.ContainsFunc(incs, func(have *incident.Incident) bool { return have.Number == inc.Number }) {
			incs = append(incs, inc)
		}
	}
	return t.reply(t.Voice.Mine(t.visible(incs), t.Now))
}

func (t *turn) visible(incs []*incident.Incident) []*incident.Incident {
	return slices.DeleteFunc(incs, func(inc *incident.Incident) bool { return !t.mayShow(inc) })
}

// mayShow reports whether an incident may be listed here: to somebody who may see it, and a confidential
// one only where nobody reads along.
func (t *turn) mayShow(inc *incident.Incident) bool {
	return t.MaySee(inc, t.person) && (!inc.Confidential || t.ev.Place.Direct())
}

// detail is 详情 001: the registry entry, privately unless asked for where the incident lives.
func detail(t *turn) error {
	inc, err := t.target(t.involved)
	if inc == nil || err != nil {
		return err
	}
	if !t.MaySee(inc, t.person) {
		return t.reply(t.Voice.NotFound(inc.Number))
	}
	return t.reply(t.Voice.Detail(inc, t.Now))
}

// duty is 值班.
func duty(t *turn) error {
	var table []notice.Duty
	for _, d := range t.Org.DutyTable(t.local(), 7, t.Rules.Calendar) {
		table = append(table, notice.Duty{Day: d.Day, Person: d.Person, Note: d.Note})
	}
	return t.reply(t.Voice.DutyTable(t.Org.OnDuty(t.Now, t.Rules.Calendar), table))
}

// digest is 日报: what this morning's would say, for those who get it.
func digest(t *turn) error {
	if !t.may("日报", nil) {
		return t.reply(t.Voice.NotAllowed("日报"))
	}
	d, err := t.DigestOf(t.person, t.mayShow)
	if err != nil {
		return err
	}
	return t.reply(t.Voice.Digest(d))
}

// help lists what can be said, most used first, or about one topic.
func help(t *turn) error { return t.reply(t.Voice.Help(t.match.Rest)) }

func (t *turn) local() time.Time { return t.Now.In(t.Rules.Calendar.Zone()) }
