package main

import (
	"time"

	"fenghuo/internal/incident"
	"fenghuo/internal/score"
	"fenghuo/store"
)

// replayResult is what `fenghuo replay --json` prints. Times carry the organisation's offset.
type replayResult struct {
	Messages    []replayMessage  `json:"messages"`
	Undelivered []notDelivered   `json:"undelivered"`
	Incidents   []replayIncident `json:"incidents"`
	Risks       []replayRisk     `json:"risks"`
	Findings    []replayFinding  `json:"findings"`
	Points      []replayPoints   `json:"points"`
	Signals     []replaySignal   `json:"signals"`
	Audit       replayAudit      `json:"audit"`
}

type replayMessage struct {
	N        int       `json:"n"`
	At       time.Time `json:"at"`
	Platform string    `json:"platform"`
	Chat     string    `json:"chat"`
	Thread   string    `json:"thread"`
	To       string    `json:"to"`
	Mentions []string  `json:"mentions"`
	Text     string    `json:"text"`
	Buttons  []string  `json:"buttons"`
	Urgent   bool      `json:"urgent"`
	Key      string    `json:"key"`
	Reason   string    `json:"reason"`
	Delivery string    `json:"delivery"`
}

// replaySignal is a monitoring signal and what became of it: waiting, attached, repeated, opened, ignored.
type replaySignal struct {
	ID       string `json:"id"`
	State    string `json:"state"`
	Incident string `json:"incident"`
}

type notDelivered struct {
	Step int    `json:"step"`
	Why  string `json:"why"`
}

type replayLevel struct {
	Suggested incident.Level         `json:"suggested"`
	Current   incident.Level         `json:"current"`
	Reasons   []string               `json:"reasons"`
	History   []incident.LevelChange `json:"history"`
}

type replayIncident struct {
	Number       string               `json:"number"`
	Title        string               `json:"title"`
	State        incident.State       `json:"state"`
	Drill        bool                 `json:"drill"`
	Confidential bool                 `json:"confidential"`
	Level        replayLevel          `json:"level"`
	Nature       string               `json:"nature,omitempty"`
	Truth        string               `json:"truth,omitempty"`
	Reporter     string               `json:"reporter"`
	Unit         string               `json:"unit,omitempty"`
	Officer      string               `json:"officer,omitempty"`
	Tracker      string               `json:"tracker,omitempty"`
	Trackers     []incident.Tenure    `json:"trackers"`
	Platforms    []string             `json:"platforms"`
	Links        []string             `json:"links"`
	OccurredAt   time.Time            `json:"occurred_at,omitzero"`
	PublishedAt  time.Time            `json:"published_at,omitzero"`
	KnownAt      time.Time            `json:"known_at,omitzero"`
	FoundAt      time.Time            `json:"found_at,omitzero"`
	ReportedAt   time.Time            `json:"reported_at,omitzero"`
	FirstReport  incident.FirstReport `json:"first_report"`
	Elements     replayElements       `json:"elements"`
	Ack          replayAck            `json:"ack"`
	Verification replayVerification   `json:"verification"`
	Talk         []replayTalk         `json:"talking_points"`
	FollowUps    []incident.FollowUp  `json:"followups"`
	Extensions   []incident.Extension `json:"extensions"`
	Media        []replayInquiry      `json:"media"`
	Evidence     []incident.Evidence  `json:"evidence"`
	Tasks        []replayTask         `json:"tasks"`
	Relations    []replayRelation     `json:"relations"`
	MergedInto   string               `json:"merged_into"`
	CalmAt       time.Time            `json:"calm_at,omitzero"`
	Final        replayFinal          `json:"final"`
	Debrief      replayDebrief        `json:"debrief"`
}

// replayTask is a task as the replay shows it.
type replayTask struct {
	N      int       `json:"n"`
	Title  string    `json:"title"`
	Owner  string    `json:"owner"`
	Due    time.Time `json:"due,omitzero"`
	DoneAt time.Time `json:"done_at,omitzero"`
}

func shownTasks(list []incident.Task) []replayTask {
	out := []replayTask{}
	for _, t := range list {
		out = append(out, replayTask{t.N, t.Title, t.Owner, t.Due, t.DoneAt})
	}
	return out
}

// replayTalk is a version of the talking points.
type replayTalk struct {
	Version    int       `json:"version"`
	DraftedBy  string    `json:"drafted_by"`
	ApprovedBy []string  `json:"approved_by"`
	ValidFrom  time.Time `json:"valid_from,omitzero"`
	ValidTo    time.Time `json:"valid_to,omitzero"`
	Forbidden  []string  `json:"forbidden"`
}

type replayElements struct {
	Due     time.Time        `json:"due,omitzero"`
	At      time.Time        `json:"at,omitzero"`
	Verdict incident.Verdict `json:"verdict"`
	Missing []string         `json:"missing"`
}

type replayAck struct {
	By         string           `json:"by,omitempty"`
	Due        time.Time        `json:"due,omitzero"`
	At         time.Time        `json:"at,omitzero"`
	Verdict    incident.Verdict `json:"verdict"`
	LadderStep int              `json:"ladder_step"`
	Silent     []replaySilence  `json:"silent"`
}

type replaySilence struct {
	Person string    `json:"person"`
	From   time.Time `json:"from"`
	To     time.Time `json:"to"`
	Missed int       `json:"missed"`
	Read   bool      `json:"read"`
}

func shownSilences(list []incident.Silence) []replaySilence {
	out := []replaySilence{}
	for _, s := range list {
		out = append(out, replaySilence{s.Person, s.From, s.To, s.Missed, s.Read})
	}
	return out
}

// replayPoints is a scored line as the replay shows it.
type replayPoints struct {
	Person   string       `json:"person"`
	Unit     string       `json:"unit"`
	Incident string       `json:"incident"`
	Entry    string       `json:"entry"`
	Points   score.Points `json:"points"`
	Status   string       `json:"status"`
}

// replayRelation is a tie to another incident.
type replayRelation struct {
	Kind string `json:"kind"`
	To   string `json:"to"`
}

func shownRelations(list []incident.Relation) []replayRelation {
	out := []replayRelation{}
	for _, r := range list {
		out = append(out, replayRelation{r.Kind, r.To})
	}
	return out
}

type replayFinal struct {
	Due        time.Time        `json:"due,omitzero"`
	At         time.Time        `json:"at,omitzero"`
	ApprovedAt time.Time        `json:"approved_at,omitzero"`
	Verdict    incident.Verdict `json:"verdict,omitempty"`
}

type replayDebrief struct {
	Due time.Time `json:"due,omitzero"`
	At  time.Time `json:"at,omitzero"`
}

type replayRisk struct {
	ID          string    `json:"id"`
	Incident    string    `json:"incident"`
	Kind        string    `json:"kind"`
	About       string    `json:"about"`
	Person      string    `json:"person"`
	OpenedAt    time.Time `json:"opened_at"`
	Status      string    `json:"status"`
	Explanation string    `json:"explanation,omitempty"`
}

type replayFinding struct {
	ID          string    `json:"id"`
	Incident    string    `json:"incident"`
	Kind        string    `json:"kind"`
	Person      string    `json:"person"`
	Status      string    `json:"status"`
	By          []string  `json:"by"`
	EffectiveAt time.Time `json:"effective_at,omitzero"`
}

// replayInquiry is a question of the press as the replay shows it.
type replayInquiry struct {
	ID            string    `json:"id"`
	Outlet        string    `json:"outlet"`
	Due           time.Time `json:"due,omitzero"`
	AnsweredAt    time.Time `json:"answered_at,omitzero"`
	By            string    `json:"by,omitempty"` // who answered
	TalkingPoints int       `json:"talking_points,omitempty"`
}

func shownInquiries(list []incident.Inquiry) []replayInquiry {
	out := []replayInquiry{}
	for _, q := range list {
		out = append(out, replayInquiry{q.ID, q.Outlet, q.Due, q.AnsweredAt, q.AnsweredBy, q.TalkingPoints})
	}
	return out
}

type replayAudit struct {
	Entries int    `json:"entries"`
	Chain   string `json:"chain"`
}

// replayVerification is a verification as the replay shows it.
type replayVerification struct {
	FirstDue   time.Time    `json:"first_due,omitzero"`
	FirstAt    time.Time    `json:"first_at,omitzero"`
	FullDue    time.Time    `json:"full_due,omitzero"`
	FullAt     time.Time    `json:"full_at,omitzero"`
	Conclusion string       `json:"conclusion,omitempty"`
	By         string       `json:"by,omitempty"`
	Facts      []replayFact `json:"facts,omitempty"`
}

type replayFact struct {
	Element string `json:"element"`
	Value   string `json:"value"`
	Status  string `json:"status"`
	Source  string `json:"source,omitempty"`
}

func shownVerification(v incident.Verification) replayVerification {
	out := replayVerification{FirstDue: v.FirstDue, FirstAt: v.FirstAt, FullDue: v.FullDue, FullAt: v.FullAt, Conclusion: v.Conclusion, By: v.By}
	for _, f := range v.Facts {
		out.Facts = append(out.Facts, replayFact{f.Element, f.Value, f.Status, f.Source})
	}
	return out
}

// shownIncident is an incident as the replay shows it.
func shownIncident(inc *incident.Incident, unit string) replayIncident {
	return replayIncident{
		Number: inc.Number, Title: inc.Title, State: inc.State, Drill: inc.Drill, Confidential: inc.Confidential,
		Level:  replayLevel{inc.Level.Suggested, inc.Level.Current, full(inc.Level.Reasons), changes(inc.Level.History)},
		Nature: inc.Nature, Truth: inc.Truth, Reporter: inc.Reporter, Unit: unit, Officer: inc.Officer,
		Tracker: inc.Tracker, Trackers: full(inc.Trackers), Platforms: full(inc.Platforms), Links: full(inc.Links),
		OccurredAt: inc.OccurredAt, PublishedAt: inc.PublishedAt, KnownAt: inc.KnownAt, FoundAt: inc.FoundAt, ReportedAt: inc.ReportedAt,
		FirstReport:  inc.FirstReport,
		Elements:     replayElements{inc.Elements.Due, inc.Elements.At, inc.Elements.Verdict, full(inc.Elements.Missing)},
		Ack:          replayAck{inc.Ack.By, inc.Ack.Due, inc.Ack.At, inc.Ack.Verdict, inc.Ack.Step, shownSilences(inc.Ack.Silent)},
		Verification: shownVerification(inc.Verification), Talk: shownTalk(inc.Talk), FollowUps: full(inc.FollowUps), Extensions: full(inc.Extended), Media: shownInquiries(inc.Inquiries), Evidence: full(inc.Evidence), Tasks: shownTasks(inc.Tasks), Relations: shownRelations(inc.Relations), MergedInto: inc.MergedInto(),
		CalmAt: inc.CalmAt, Final: replayFinal{inc.Final.Due, inc.Final.At, inc.Final.ApprovedAt, inc.Final.Verdict}, Debrief: replayDebrief{inc.Debrief.Due, inc.Debrief.At},
	}
}

func shownTalk(talk incident.Talking) []replayTalk {
	out := []replayTalk{}
	for _, p := range talk.Versions {
		out = append(out, replayTalk{p.Version, p.By, full(p.AgreedBy()), p.ValidFrom, p.ValidTo, full(p.Sheet.Forbidden)})
	}
	return out
}

// changes are the changes of level after registration.
func changes(history []incident.LevelChange) []incident.LevelChange {
	if len(history) < 2 {
		return []incident.LevelChange{}
	}
	return history[1:]
}

func full[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// shownMessage is a message of the bot as the replay shows it.
func shownMessage(n int, row store.PostRow, threads map[string]string, zone *time.Location) replayMessage {
	m := replayMessage{N: n, At: row.SentAt.In(zone), Platform: row.Place.Platform, Chat: row.Place.Chat, To: row.Place.Person,
		Mentions: full(row.Message.Mentions), Text: row.Message.Text, Urgent: len(row.Message.Urgent) > 0, Key: row.Key, Reason: row.Reason,
		Delivery: deliveryWord(row.Status), Buttons: []string{}}
	if row.SentAt.IsZero() {
		m.At = row.CreatedAt.In(zone)
	}
	if row.Message.Card != nil {
		for _, b := range row.Message.Card.Buttons {
			m.Buttons = append(m.Buttons, b.Label)
		}
	}
	m.Thread = row.Place.Thread
	if name, ok := threads[row.Place.Thread]; ok {
		m.Thread = name
	}
	return m
}

// deliveryWord is what has become of a message: one that was said elsewhere instead counts as dropped.
func deliveryWord(s store.PostStatus) string {
	switch s {
	case store.Rerouted:
		return string(store.Dropped)
	case store.Withdrawn:
		return string(store.Sent)
	}
	return string(s)
}
