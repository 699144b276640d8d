package incident

import (
	"slices"
	"time"
)

// Sighting is a monitoring signal that is about the incident.
type Sighting struct {
	Signal string    `json:"signal"` // its number: S-1
	Source string    `json:"source"`
	At     time.Time `json:"at"`
	Link   string    `json:"link,omitempty"`
	Text   string    `json:"text"`
	// Suggested is the level its figures suggest, with the reasons; a person decides.
	Suggested Level    `json:"suggested,omitempty"`
	Reasons   []string `json:"reasons,omitempty"`
}

// sight takes figures of reach like any others: they may be a new peak, and a material change makes a
// follow-up due. The level stays as it is.
func (i *Incident) sight(r Rules, a Act) error {
	if i.State.Over() {
		return i.refuseWho(Over, "", i.ClosedAt)
	}
	i.Counts = append(i.Counts, a.Counts...)
	i.Sightings = append(i.Sightings, *a.Sighting)
	i.raisePeak(a)
	if a.Material && i.State != Draft {
		i.change(r, a)
	}
	return nil
}

// SeenAt reports whether a link is the incident's own, or that of a signal about it.
func (i *Incident) SeenAt(link string) bool {
	return link != "" && (slices.Contains(i.Links, link) ||
		slices.ContainsFunc(i.Sightings, func(s Sighting) bool { return s.Link == link }))
}

// Gravest is the gravest level any signal has suggested so far; 0 if none has.
func (i *Incident) Gravest() Level {
	gravest := Level(0)
	for _, s := range i.Sightings {
		if s.Suggested.Graver(gravest) {
			gravest = s.Suggested
		}
	}
	return gravest
}
