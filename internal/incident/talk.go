package incident

import (
	"slices"
	"time"
)

// Talking are the talking points (口径) of an incident: what may be said of it, version by version.
type Talking struct {
	Due      time.Time      `json:"due,omitzero"` // of the first draft
	At       time.Time      `json:"at,omitzero"`  // the first draft was there
	Verdict  Verdict        `json:"verdict,omitempty"`
	Nag                     // for the first draft
	Versions []TalkingPoint `json:"versions,omitempty"`
}

// What a version of the talking points is. One at most is in force: a newer one replaces it, and it lapses
// by itself when its time is over.
const (
	TalkDraft    = "draft"
	TalkInForce  = "in_force"
	TalkRefused  = "refused"
	TalkReplaced = "replaced"
	TalkLapsed   = "lapsed"
)

// TalkingPoint is one version.
type TalkingPoint struct {
	Version   int       `json:"version"`
	Sheet     Sheet     `json:"sheet"`
	Status    string    `json:"status"`
	By        string    `json:"by"`
	At        time.Time `json:"at"`
	Chain     []Called  `json:"chain"` // who has to agree, by the level's policy; Person and Role only
	Agreed    []Note    `json:"agreed,omitempty"`
	Refused   *Note     `json:"refused,omitempty"`
	ValidFrom time.Time `json:"valid_from,omitzero"`
	ValidTo   time.Time `json:"valid_to,omitzero"`
}

// Sheet is what talking points say. Only the stance is needed.
type Sheet struct {
	Stance    string   `json:"stance"`              // in one sentence
	Facts     []string `json:"facts,omitempty"`     // those that are verified
	May       []string `json:"may,omitempty"`       // may be said
	Forbidden []string `json:"forbidden,omitempty"` // may not
	Answers   []QA     `json:"answers,omitempty"`   // to what will be asked
	Inside    string   `json:"inside,omitempty"`    // for colleagues
	Service   string   `json:"service,omitempty"`   // for customer service
	Speakers  string   `json:"speakers,omitempty"`  // who may speak
}

// QA is a question that will come, and its answer.
type QA struct {
	Q string `json:"q"`
	A string `json:"a"`
}

// Waits are those who have not agreed yet.
func (p TalkingPoint) Waits() []string {
	var out []string
	for _, c := range p.Chain {
		agreed := slices.ContainsFunc(p.Agreed, func(n Note) bool { return n.By == c.Person })
		if !agreed && !slices.Contains(out, c.Person) {
			out = append(out, c.Person)
		}
	}
	return out
}

// AgreedBy are those who have.
func (p TalkingPoint) AgreedBy() []string {
	var out []string
	for _, n := range p.Agreed {
		out = append(out, n.By)
	}
	return out
}

// TalkInForce is the version that may be spoken by at a moment, nil if there is none.
func (i *Incident) TalkInForce(at time.Time) *TalkingPoint {
	for n := range i.Talk.Versions {
		if p := &i.Talk.Versions[n]; p.Status == TalkInForce && (p.ValidTo.IsZero() || at.Before(p.ValidTo)) {
			return p
		}
	}
	return nil
}

// TalkAt is the version of the talking points that was in force at a moment that has passed, nil if none was.
func (i *Incident) TalkAt(at time.Time) *TalkingPoint {
	var in *TalkingPoint
	for n := range i.Talk.Versions {
		p := &i.Talk.Versions[n]
		if !p.ValidFrom.IsZero() && !p.ValidFrom.After(at) && (in == nil || !p.ValidFrom.Before(in.ValidFrom)) {
			in = p
		}
	}
	if in == nil || !in.ValidTo.IsZero() && !at.Before(in.ValidTo) {
		return nil
	}
	return in
}

// TalkDrafted is the draft that waits for agreement, nil if there is none.
func (i *Incident) TalkDrafted() *TalkingPoint {
	if n := len(i.Talk.Versions); n > 0 && i.Talk.Versions[n-1].Status == TalkDraft {
		return &i.Talk.Versions[n-1]
	}
	return nil
}

// draftTalk takes a new version; a draft still waiting gives way to it. Whoever writes it agrees with it.
func (i *Incident) draftTalk(r Rules, a Act) error {
	if err := i.live(); err != nil {
		return err
	}
	if !i.Acked() {
		return i.refuseWho(NotAcked, i.Officer, i.Ack.Due)
	}
	if p := i.TalkDrafted(); p != nil {
		p.Status = TalkReplaced
	}
	if i.Talk.At.IsZero() {
		i.Talk.At = a.At
		if !i.Talk.Due.IsZero() {
			i.Talk.Verdict = r.judgeChased(i.Level.Current, AboutTalk, i.Talk.Due, i.Talk.Nag, a.At)
		}
	}
	p := TalkingPoint{Version: len(i.Talk.Versions) + 1, Sheet: *a.Sheet, Status: TalkDraft, By: a.By, At: a.At, Chain: a.Called}
	if slices.ContainsFunc(p.Chain, func(c Called) bool { return c.Person == a.By }) {
		p.Agreed = []Note{{At: a.At, By: a.By}}
	}
	i.Talk.Versions = append(i.Talk.Versions, p)
	i.enforce(r, a.At)
	return nil
}

// agreeTalk is the word of one of those asked. The chain is the present level's: a graver one may have come
// since the draft.
func (i *Incident) agreeTalk(r Rules, a Act) error {
	if err := i.live(); err != nil {
		return err
	}
	p := i.TalkDrafted()
	if p == nil || !slices.ContainsFunc(a.Called, func(c Called) bool { return c.Person == a.By }) {
		return i.refuse(NothingAsked)
	}
	if slices.Contains(p.AgreedBy(), a.By) {
		return i.refuse(AnsweredAlready)
	}
	p.Chain = a.Called
	p.Agreed = append(p.Agreed, Note{At: a.At, By: a.By, Text: a.Text})
	i.enforce(r, a.At)
	return nil
}

// refuseTalk sends a draft back with the reason.
func (i *Incident) refuseTalk(_ Rules, a Act) error {
	if err := i.live(); err != nil {
		return err
	}
	p := i.TalkDrafted()
	if p == nil {
		return i.refuse(NothingAsked)
	}
	p.Status, p.Refused = TalkRefused, &Note{At: a.At, By: a.By, Text: a.Text}
	return nil
}

// enforce puts the draft in force once everybody has agreed.
func (i *Incident) enforce(r Rules, at time.Time) {
	p := i.TalkDrafted()
	if len(p.Waits()) > 0 {
		return
	}
	for n := range i.Talk.Versions {
		if old := &i.Talk.Versions[n]; old.Status == TalkInForce {
			old.Status = TalkReplaced
		}
	}
	p.Status, p.ValidFrom = TalkInForce, at.Truncate(time.Minute)
	if valid := r.Policy.Levels[i.Level.Current].TalkingValid; valid > 0 {
		p.ValidTo = p.ValidFrom.Add(valid)
	}
}

// lapseTalk ends the version in force when its time is over.
func (i *Incident) lapseTalk(_ Rules, a Act) error {
	for n := range i.Talk.Versions {
		p := &i.Talk.Versions[n]
		if p.Status == TalkInForce && !p.ValidTo.IsZero() && !a.At.Before(p.ValidTo) {
			p.Status = TalkLapsed
			return nil
		}
	}
	return i.refuse(NothingAsked)
}

// talkClock is when the version in force is over. People are asked by day; that it lapses does not wait.
func (i *Incident) talkClock(r Rules) []Clock {
	for _, p := range i.Talk.Versions {
		if p.Status == TalkInForce && !p.ValidTo.IsZero() {
			return []Clock{{Kind: ClockTalk, N: p.Version, At: r.deferred(i.Level.Current, p.ValidTo), Due: p.ValidTo, Person: i.Officer, Reason: "口径到期复核"}}
		}
	}
	return nil
}
