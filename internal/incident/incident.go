package incident

import "time"

// State is where an incident stands between report and archive.
type State string

// The states in the order of an undisturbed life, then the side states.
const (
	Draft       State = "draft" // an unfinished form passed on as an oral first report
	Submitted   State = "submitted"
	AwaitingAck State = "awaiting_ack" // the officer has been @-mentioned
	Acked       State = "acked"
	Verifying   State = "verifying"
	Handling    State = "handling"
	CalmWatch   State = "calm_watch"
	FinalDue    State = "final_due"
	FinalReview State = "final_review"
	Closed      State = "closed"

	Merged      State = "merged"
	FalseReport State = "false_report"
	Abandoned   State = "abandoned"
	Withdrawn   State = "withdrawn"
	Reopened    State = "reopened"
)

// Over reports a state in which nothing runs any more.
func (s State) Over() bool {
	switch s {
	case Closed, Merged, FalseReport, Abandoned, Withdrawn:
		return true
	}
	return false
}

// Verdict is what a clock says of a duty. It only gets worse with time.
type Verdict string

// Verdicts, best first.
const (
	Pending   Verdict = "pending"
	OnTime    Verdict = "on_time"
	Excused   Verdict = "excused"
	Late      Verdict = "late"       // at most once the limit over
	LateGrave Verdict = "late_grave" // more
	Missed    Verdict = "missed"
)

// Incident is one 舆情事件 as the registry holds it. Its exported fields are a projection of the acts
// applied to it and are changed by Apply only. Times are zero while unknown.
type Incident struct {
	Number       string   `json:"number"` // YQ-20260310-001
	Title        string   `json:"title"`
	State        State    `json:"state"`
	Drill        bool     `json:"drill,omitempty"`
	Drilled      int64    `json:"drilled,omitempty"` // the rehearsal it was reported in
	Confidential bool     `json:"confidential,omitempty"`
	Level        Leveling `json:"level"`
	Nature       string   `json:"nature,omitempty"`
	Truth        string   `json:"truth,omitempty"`
	Impact       []string `json:"impact,omitempty"`
	Summary      string   `json:"summary,omitempty"`
	Platforms    []string `json:"platforms,omitempty"`
	Links        []string `json:"links,omitempty"`
	Unit         string   `json:"unit,omitempty"`    // the unit's id when known
	Subject      string   `json:"subject,omitempty"` // unit or place as people name it

	Answers  []Answer   `json:"answers,omitempty"` // the form as filled, in its order
	Counts   []Count    `json:"counts,omitempty"`  // every figure of reach, oldest first
	Evidence []Evidence `json:"evidence,omitempty"`
	Notes    []Note     `json:"notes,omitempty"` // additions, oldest first

	Plan  string `json:"plan,omitempty"` // the name of the plan that was started
	Tasks []Task `json:"tasks,omitempty"`

	Sightings []Sighting `json:"sightings,omitempty"` // monitoring signals about it, oldest first
	Inquiries []Inquiry  `json:"media,omitempty"`     // questions of the press, oldest first

	OccurredAt  time.Time `json:"occurred_at,omitzero"`
	PublishedAt time.Time `json:"published_at,omitzero"`
	KnownAt     time.Time `json:"known_at,omitzero"`
	FoundAt     time.Time `json:"found_at,omitzero"`
	ReportedAt  time.Time `json:"reported_at,omitzero"`
	WrittenAt   time.Time `json:"written_at,omitzero"` // the form was submitted; differs from ReportedAt after an oral first report

	Home     Place    `json:"home"` // the conversation the incident lives in
	Room     *Room    `json:"room,omitempty"`
	Reporter string   `json:"reporter,omitempty"`
	Officer  string   `json:"officer,omitempty"`
	OnDuty   bool     `json:"on_duty,omitempty"` // the officer answers by the duty roster
	Backup   string   `json:"backup,omitempty"`
	Head     string   `json:"head,omitempty"` // of the officer's department
	Deputy   string   `json:"deputy,omitempty"`
	Chief    string   `json:"chief,omitempty"`
	Tracker  string   `json:"tracker,omitempty"`
	Trackers []Tenure `json:"trackers,omitempty"`

	FirstReport  FirstReport  `json:"first_report"`
	Elements     Elements     `json:"elements"`
	Ack          Ack          `json:"ack"`
	Verification Verification `json:"verification"`
	Talk         Talking      `json:"talk,omitzero"`
	Anchor       time.Time    `json:"anchor,omitzero"` // follow-up slots count from here
	FollowUps    []FollowUp   `json:"followups,omitempty"`
	Slot         Slot         `json:"slot"` // the follow-up due next
	Material     Material     `json:"material,omitzero"`
	PeakAt       time.Time    `json:"peak_at,omitzero"` // the last new peak

	Extension *Extension  `json:"extension,omitempty"` // asked and not yet decided
	Extended  []Extension `json:"extended,omitempty"`
	Handover  *Handover   `json:"handover,omitempty"` // asked and not yet accepted
	Takeover  *Takeover   `json:"takeover,omitempty"` // asked, or offered, and not yet agreed
	Risks     []Risk      `json:"risks,omitempty"`
	Findings  []Finding   `json:"findings,omitempty"`
	Review    string      `json:"review,omitempty"` // what people should look at, in words

	Likely    *Likely    `json:"likely,omitempty"`    // another one it resembles
	Merges    []Merge    `json:"merges,omitempty"`    // into others, the last one counts while the state is merged
	Parts     []Part     `json:"parts,omitempty"`     // reports put into this one, oldest first
	Relations []Relation `json:"relations,omitempty"` // to other incidents

	Corrections  []Correction  `json:"corrections,omitempty"`  // of what was registered, oldest first
	Instructions []Instruction `json:"instructions,omitempty"` // of leaders, oldest first
	Uses         []Use         `json:"uses,omitempty"`
	Joint        []string      `json:"joint,omitempty"` // who reported it together with its reporter

	CalmAt   time.Time `json:"calm_at,omitzero"`
	CalmBy   string    `json:"calm_by,omitempty"`
	Interim  Paper     `json:"interim,omitzero"`
	Final    Paper     `json:"final"`
	ClosedAt time.Time `json:"closed_at,omitzero"`
	Debrief  Paper     `json:"debrief,omitzero"`
	Reopens  []Note    `json:"reopens,omitempty"`
	Outages  []Outage  `json:"outages,omitempty"`
	Acts     int       `json:"acts"` // how many acts it is the fold of
}

// Place is the conversation an incident lives in; it mirrors the chat's own addresses and is never parsed.
type Place struct {
	Platform string `json:"platform,omitempty"`
	Chat     string `json:"chat,omitempty"`
	Thread   string `json:"thread,omitempty"`
	Person   string `json:"person,omitempty"`
}

// Leveling is the level with its past.
type Leveling struct {
	Suggested Level         `json:"suggested"`
	Current   Level         `json:"current"`
	Reasons   []string      `json:"reasons,omitempty"`
	History   []LevelChange `json:"history,omitempty"`
	// Provisional is an upgrade not yet confirmed; it lapses at Lapses, back to Before.
	Provisional bool      `json:"provisional,omitempty"`
	Before      Level     `json:"before,omitempty"`
	Lapses      time.Time `json:"lapses,omitzero"`
	// Wanted is a downgrade asked for and not yet approved.
	Wanted   Level  `json:"wanted,omitempty"`
	WantedBy string `json:"wanted_by,omitempty"`
}

// LevelChange is one step of a level's history.
type LevelChange struct {
	Level       Level     `json:"level"`
	At          time.Time `json:"at"`
	By          string    `json:"by"`
	Provisional bool      `json:"provisional"`
	Reason      string    `json:"reason"`
}

// Answer is one field of the form as people read it.
type Answer struct {
	Key   string `json:"key"`
	N     int    `json:"n"` // its number in the form
	Label string `json:"label"`
	Text  string `json:"text"`
}

// Count is one figure of reach with the moment it held.
type Count struct {
	Kind  string    `json:"kind"` // reads, reposts, comments, likes
	Value int64     `json:"value"`
	At    time.Time `json:"at"`
	By    string    `json:"by"`
}

// Evidence is a picture, recording or file kept for the incident.
type Evidence struct {
	ID        string    `json:"id"` // E-1
	Name      string    `json:"name"`
	Kind      string    `json:"kind"`
	SHA256    string    `json:"sha256"`
	At        time.Time `json:"at"`
	By        string    `json:"by"`
	Masked    bool      `json:"masked"`
	Withdrawn bool      `json:"withdrawn"`
}

// Note is something added in words.
type Note struct {
	At       time.Time `json:"at"`
	By       string    `json:"by"`
	Text     string    `json:"text"`
	Material bool      `json:"material,omitempty"`
}

// Tenure is one tracker's time in charge.
type Tenure struct {
	Person string    `json:"person"`
	From   time.Time `json:"from"`
	To     time.Time `json:"to,omitzero"`
}

// FirstReport is the first word upward.
type FirstReport struct {
	Kind    string    `json:"kind"` // form, draft_forward, signal, phone
	Due     time.Time `json:"due,omitzero"`
	At      time.Time `json:"at,omitzero"`
	Verdict Verdict   `json:"verdict"`
}

// Elements are the required fields of the second pass.
type Elements struct {
	Due     time.Time `json:"due,omitzero"`
	At      time.Time `json:"at,omitzero"`
	Verdict Verdict   `json:"verdict"`
	Missing []string  `json:"missing"` // labels
	Nag
}

// Nag is how far the service has gone in asking for something that is due.
type Nag struct {
	Reminded bool      `json:"reminded,omitempty"` // before it was due
	DueSent  bool      `json:"due_sent,omitempty"` // when it was due
	GraceTo  time.Time `json:"grace_to,omitzero"`  // set by the delivery of the message that it is due; no delivery, no fault
	Outage   bool      `json:"outage,omitempty"`   // an outage restarted the grace
	Risk     string    `json:"risk,omitempty"`
}

// Ack is the acknowledgment: who answers for the incident, and what it took to get it.
type Ack struct {
	By      string        `json:"by,omitempty"`
	At      time.Time     `json:"at,omitzero"`
	From    time.Time     `json:"from,omitzero"`    // the delivered first @; the clock's start
	Planned time.Time     `json:"planned,omitzero"` // when the first @ is to be said, if it has to wait
	Due     time.Time     `json:"due,omitzero"`
	Verdict Verdict       `json:"verdict"`
	Passed  time.Time     `json:"passed,omitzero"`  // a limit already passed when the level changed
	Reached time.Time     `json:"reached,omitzero"` // the last call was delivered
	Step    int           `json:"ladder_step"`
	Shift   time.Duration `json:"shift,omitempty"` // what late deliveries added
	Called  []Called      `json:"called,omitempty"`
	Silent  []Silence     `json:"silent,omitempty"`
	StepAt  time.Time     `json:"step_at,omitzero"`  // when the last step said was planned
	Repeats int           `json:"repeats,omitempty"` // of the last step
	Risk    string        `json:"risk,omitempty"`
}

// Called is one call to a person to acknowledge: the first @ is step 0.
type Called struct {
	Step      int       `json:"step"`
	Person    string    `json:"person"`
	Role      Role      `json:"role"`
	At        time.Time `json:"at"`
	Act       int       `json:"act,omitempty"`      // the act that called, counted from 1
	Delivered time.Time `json:"delivered,omitzero"` // to this person, by whatever channel
	Read      time.Time `json:"read,omitzero"`
}

// Silence is a person called who did not answer until somebody did.
type Silence struct {
	Person      string    `json:"person"`
	From        time.Time `json:"from"`
	To          time.Time `json:"to"`
	Missed      int       `json:"missed"` // steps of the ladder that passed meanwhile
	Read        bool      `json:"read"`   // had read the message
	Explanation string    `json:"explanation,omitempty"`
	DismissedBy string    `json:"dismissed_by,omitempty"`
}

// FollowUp is a slot that is over: filed or missed.
type FollowUp struct {
	N       int       `json:"n"`
	Due     time.Time `json:"due"`
	At      time.Time `json:"at,omitzero"`
	By      string    `json:"by,omitempty"`
	Text    string    `json:"text,omitempty"`
	Verdict Verdict   `json:"verdict"`
	Note    string    `json:"note,omitempty"` // 停机顺延, 延期, 宽限内
}

// Slot is the follow-up due next.
type Slot struct {
	N        int       `json:"n,omitempty"`
	Nominal  time.Time `json:"nominal,omitzero"` // by the rhythm
	Due      time.Time `json:"due,omitzero"`     // after extension
	Reason   string    `json:"reason,omitempty"` // how Due came about, in words
	Extended bool      `json:"extended,omitempty"`
	Inserted bool      `json:"inserted,omitempty"` // by a material change, between two slots of the rhythm
	Second   bool      `json:"second,omitempty"`   // the second notice was given
	Nag
}

// Material is the last material change of the situation.
type Material struct {
	At     time.Time `json:"at,omitzero"`
	Text   string    `json:"text,omitempty"`
	Wanted time.Time `json:"wanted,omitzero"`  // when the follow-up would be due by day
	Due    time.Time `json:"due,omitzero"`     // after the quiet hours
	Merged bool      `json:"merged,omitempty"` // the slot due next covers it
	Quiet  bool      `json:"quiet,omitempty"`  // a second one in the same quiet hours: nobody is @-ed again
}

// Extension moves one due time.
type Extension struct {
	Slot   int       `json:"slot"`
	By     string    `json:"by"`
	At     time.Time `json:"at"`
	Reason string    `json:"reason"`
	Old    time.Time `json:"old"`
	New    time.Time `json:"new"`
	State  string    `json:"state"` // asked, approved, refused, lapsed
	Judge  string    `json:"judge,omitempty"`
}

// Handover passes the duty of tracking on; it counts from acceptance.
type Handover struct {
	From   string    `json:"from"`
	To     string    `json:"to"`
	At     time.Time `json:"at"`
	Reason string    `json:"reason"`
}

// Takeover is a person about to become the officer: they asked the present one, or the present one offers.
type Takeover struct {
	By      string    `json:"by"`
	At      time.Time `json:"at"`
	Offered bool      `json:"offered,omitempty"`
	Reason  string    `json:"reason,omitempty"`
}

// Risk is the bot's warning that something may be a fault; only people make a finding of it.
type Risk struct {
	ID          string    `json:"id"`
	Kind        string    `json:"kind"`  // 迟报 缓报 漏报
	About       string    `json:"about"` // 续报一
	Person      string    `json:"person"`
	OpenedAt    time.Time `json:"opened_at"`
	Status      string    `json:"status"` // open, explained, dismissed, finding
	Explanation string    `json:"explanation,omitempty"`
	ExplainedAt time.Time `json:"explained_at,omitzero"`
	JudgedBy    string    `json:"judged_by,omitempty"`
	JudgedAt    time.Time `json:"judged_at,omitzero"`
	Judgment    string    `json:"judgment,omitempty"` // why it was dismissed
	Reason      string    `json:"reason"`             // why the bot thinks so, in words
}

// Paper is what has to be written once: the interim page, the final report, the debrief. The last two are
// approved, or returned.
type Paper struct {
	Due        time.Time `json:"due,omitzero"`
	At         time.Time `json:"at,omitzero"`
	By         string    `json:"by,omitempty"`
	Text       string    `json:"text,omitempty"`
	ApprovedAt time.Time `json:"approved_at,omitzero"`
	ApprovedBy string    `json:"approved_by,omitempty"`
	Returned   []Note    `json:"returned,omitempty"`
	Verdict    Verdict   `json:"verdict"`
	Note       string    `json:"note,omitempty"`
	Nag
}

// Outage is a time the service was not there; nothing that fell due in it counts against anybody.
type Outage struct {
	From time.Time `json:"from"`
	To   time.Time `json:"to"`
}
