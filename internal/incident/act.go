package incident

import (
	"fmt"
	"time"
)

// Kind names what happened to an incident.
type Kind string

// Acts, in the order of a life.
const (
	Forwarded         Kind = "forwarded"           // an unfinished form became an oral first report
	Registered        Kind = "registered"          // the form was submitted
	GivenUp           Kind = "abandoned"           // a forwarded form was never finished
	DrillEnded        Kind = "drill_ended"         // the rehearsal it was reported in is over
	TakenBack         Kind = "withdrawn"           // by its reporter, before anybody acknowledged
	CalledOn          Kind = "called"              // people were asked to acknowledge; Step 0 is the first @
	CallDelivered     Kind = "call_delivered"      // the call act number Of made reached Person, or, without one, everybody it names
	CallRead          Kind = "call_read"           // Person has read it
	Acknowledged      Kind = "acknowledged"        //
	TakeoverAsked     Kind = "takeover_asked"      // By wants to be the officer, or the officer offers it to Person
	TakeoverAgreed    Kind = "takeover_agreed"     //
	TakeoverRefused   Kind = "takeover_refused"    //
	Reassigned        Kind = "reassigned"          // before anybody acknowledged: somebody else is the officer
	Added             Kind = "added"               // fields, figures, evidence, words
	CorrectionAsked   Kind = "correction_asked"    // something registered is to be put right
	CorrectionAgreed  Kind = "correction_agreed"   // by a second person; Person answers for a first report that is late by it
	CorrectionRefused Kind = "correction_refused"  //
	Suspected         Kind = "suspected"           // it resembles Likely
	StoodAlone        Kind = "stood_alone"         // they are two matters
	MergedAct         Kind = "merged"              // into the one Merge names
	Absorbed          Kind = "absorbed"            // Part, with the evidence in Evidence
	Released          Kind = "released"            // the part numbered Text
	SplitOff          Kind = "split"               // from the one it was merged into
	Related           Kind = "related"             // to the incident Text, as About; Main: that is the one it belongs to
	Joined            Kind = "joint_report"        // Person reported it together with the reporter
	Instructed        Kind = "instructed"          // a leader of rank About wrote Text on it
	Used              Kind = "used"                // the report was made use of for About
	Reminded          Kind = "reminded"            // before About was due
	DueSaid           Kind = "due_said"            // About is due
	DueDelivered      Kind = "due_delivered"       // that message arrived: grace runs from here
	FollowedUp        Kind = "followed_up"         //
	SlotMissed        Kind = "slot_missed"         // a follow-up slot passed entirely
	RiskOpened        Kind = "risk_opened"         //
	RiskSecond        Kind = "risk_second"         // the head was told again
	RiskExplained     Kind = "risk_explained"      //
	RiskDismissed     Kind = "risk_dismissed"      //
	FindingMade       Kind = "finding_proposed"    //
	FindingSigned     Kind = "finding_signed"      // confirmed by a second person; the grave ones by two
	FindingContested  Kind = "finding_appealed"    //
	FindingKept       Kind = "finding_upheld"      //
	FindingTakenBack  Kind = "finding_revoked"     // before it was confirmed, on appeal, or later
	FindingSettled    Kind = "finding_settled"     // nobody appealed in time
	ExtensionAsked    Kind = "extension_asked"     //
	ExtensionApproved Kind = "extension_approved"  //
	ExtensionRefused  Kind = "extension_refused"   //
	HandoverAsked     Kind = "handover_asked"      //
	HandoverAccepted  Kind = "handover_accepted"   //
	LevelRaised       Kind = "level_raised"        // at once, provisional
	LevelConfirmed    Kind = "level_confirmed"     //
	LevelRefused      Kind = "level_refused"       // the provisional upgrade was not agreed to
	LevelLapsed       Kind = "level_lapsed"        // not confirmed in time
	LowerAsked        Kind = "level_lower_asked"   //
	LowerApproved     Kind = "level_lower_agreed"  //
	LowerRefused      Kind = "level_lower_refused" //
	Verified          Kind = "verified"            // facts and, with them or later, a conclusion
	Calmed            Kind = "calmed"              //
	FinalFiled        Kind = "final_filed"         //
	FinalReturned     Kind = "final_returned"      //
	FinalApproved     Kind = "final_approved"      // closes the incident
	InterimFiled      Kind = "interim_filed"       // a page between calm and final report
	DebriefFiled      Kind = "debrief_filed"       // after closing
	DebriefReturned   Kind = "debrief_returned"    //
	DebriefAccepted   Kind = "debrief_accepted"    //
	HardStopped       Kind = "hard_stop"           // the last day for the final report passed
	ReopenedAct       Kind = "reopened"            //
	OutageNoted       Kind = "outage"              // the service was not there
	Housed            Kind = "housed"              // the incident lives in the conversation Home from now on
	RoomAsked         Kind = "room_asked"          // a group on the platform of Home for People, or for more of them
	RoomMade          Kind = "room_made"           // it is Home
	RoomFailed        Kind = "room_failed"         // it could not be made, or People could not join it
	Sighted           Kind = "sighted"             // a monitoring signal is about it
	InquiryMade       Kind = "media_asked"         // the press asks something
	InquiryAmended    Kind = "media_amended"       // more is known of what it asks
	InquiryPassed     Kind = "media_passed"        // Person is to answer
	InquiryReminded   Kind = "media_reminded"      // the answer was asked for; Step says of whom
	InquiryAnswered   Kind = "media_answered"      // Text is the answer
	InquiryPlaced     Kind = "media_placed"        // one that belonged to no incident belongs to one
	PlanStarted       Kind = "plan_started"        // the plan named Text, with its tasks; or those of a graver level
	TaskGiven         Kind = "task_given"          // to Person, beside the plan
	TaskDone          Kind = "task_done"           // the one numbered Slot
	TalkWritten       Kind = "talk_drafted"        // a new version of the talking points, with whom the level asks in Called
	TalkAgreed        Kind = "talk_agreed"         // by one of Called; with the last of them it is in force
	TalkSentBack      Kind = "talk_refused"        //
	TalkOver          Kind = "talk_lapsed"         // the time of the version in force is over
)

// Act is one thing that happened, as the ledger keeps it. By is the person, empty for the service.
// Which other fields matter depends on Kind.
type Act struct {
	Kind    Kind      `json:"kind"`
	At      time.Time `json:"at"`
	By      string    `json:"by,omitempty"`
	Person  string    `json:"person,omitempty"`
	Main    bool      `json:"main,omitempty"` // of Related
	Text    string    `json:"text,omitempty"`
	About   string    `json:"about,omitempty"`
	Slot    int       `json:"slot,omitempty"`
	Step    int       `json:"step,omitempty"`
	Of      int       `json:"of,omitempty"` // of CallDelivered; zero: the last call of Step
	Risk    string    `json:"risk,omitempty"`
	Finding string    `json:"finding,omitempty"`
	Fault   string    `json:"fault,omitempty"`
	Grounds []string  `json:"grounds,omitempty"` // evidence already kept, or a witness
	Level   Level     `json:"level,omitempty"`
	Due     time.Time `json:"due,omitzero"`
	From    time.Time `json:"from,omitzero"`
	Nag     string    `json:"nag,omitempty"`
	// Conclusion is one of Conclusions.
	Conclusion string `json:"conclusion,omitempty"`

	Home     *Place     `json:"home,omitempty"`
	Report   *Report    `json:"report,omitempty"`
	Assign   *Assign    `json:"assign,omitempty"`
	Called   []Called   `json:"called,omitempty"`
	People   []string   `json:"people,omitempty"`
	Answers  []Answer   `json:"answers,omitempty"`
	Facts    *Facts     `json:"facts,omitempty"`
	Counts   []Count    `json:"counts,omitempty"`
	Evidence []Evidence `json:"evidence,omitempty"`
	Found    []Fact     `json:"found,omitempty"`
	Sighting *Sighting  `json:"sighting,omitempty"`
	Inquiry  *Inquiry   `json:"inquiry,omitempty"` // InquiryMade: all of it; else its ID and what the act says of it
	Prepared []Prepared `json:"prepared,omitempty"`
	Sheet    *Sheet     `json:"sheet,omitempty"`
	// Correction is what CorrectionAsked wants: Key, Label, Old, New, Text, Reason, Grounds and what it changes.
	Correction *Correction `json:"correction,omitempty"`
	Likely     *Likely     `json:"likely,omitempty"`
	Merge      *Merge      `json:"merge,omitempty"` // Into, New, Gap
	Part       *Part       `json:"part,omitempty"`  // Number, Reporter, Reported, Links, Platforms
	Missing    []string    `json:"missing,omitempty"`
	Whole      bool        `json:"whole,omitempty"` // Missing is meant, even when empty
	Material   bool        `json:"material,omitempty"`
	Restrict   bool        `json:"restrict,omitempty"` // only those named may know from now on
}

// Report is a form as far as it goes: what Registered and Forwarded carry.
type Report struct {
	Number       string   `json:"number"`
	Drill        bool     `json:"drill,omitempty"`
	Drilled      int64    `json:"drilled,omitempty"` // the rehearsal
	Confidential bool     `json:"confidential,omitempty"`
	Suggested    Level    `json:"suggested"`
	Level        Level    `json:"level"`
	Reasons      []string `json:"reasons,omitempty"`
	LevelReason  string   `json:"level_reason,omitempty"` // why the reporter chose another
	Kind         string   `json:"kind,omitempty"`         // of the first report, ByForm if empty
	Facts        Facts    `json:"facts"`
	Home         Place    `json:"home"`
	Assign       Assign   `json:"assign"`
}

// Facts are the fields of the form the registry knows by name. Zero values are "not said".
type Facts struct {
	Title       string    `json:"title,omitempty"`
	Nature      string    `json:"nature,omitempty"`
	Truth       string    `json:"truth,omitempty"`
	Impact      []string  `json:"impact,omitempty"`
	Summary     string    `json:"summary,omitempty"`
	Platforms   []string  `json:"platforms,omitempty"`
	Links       []string  `json:"links,omitempty"`
	Unit        string    `json:"unit,omitempty"`
	Subject     string    `json:"subject,omitempty"`
	OccurredAt  time.Time `json:"occurred_at,omitzero"`
	PublishedAt time.Time `json:"published_at,omitzero"`
	FoundAt     time.Time `json:"found_at,omitzero"`
}

// Assign is who answers for the incident, as the roster said at that moment, and why.
type Assign struct {
	Officer string `json:"officer"`
	OnDuty  bool   `json:"on_duty,omitempty"`
	Backup  string `json:"backup,omitempty"`
	Head    string `json:"head,omitempty"`
	Deputy  string `json:"deputy,omitempty"`
	Chief   string `json:"chief,omitempty"`
	Tracker string `json:"tracker,omitempty"`
	Reason  string `json:"reason,omitempty"`
}

// Apply carries out a. When the act is not possible now, the incident stays as it was and the error
// is a *Refusal with what a person should be told; any other error is a mistake of the program.
func (i *Incident) Apply(r Rules, a Act) error {
	apply, ok := appliers[a.Kind]
	if !ok {
		return fmt.Errorf("act %q is not known", a.Kind)
	}
	if i.State == "" && a.Kind != Registered && a.Kind != Forwarded {
		return fmt.Errorf("act %q before the incident was registered", a.Kind)
	}
	if err := apply(i, r, a); err != nil {
		return err
	}
	i.Acts++
	return nil
}

// Fold builds an incident from its acts.
func Fold(r Rules, acts []Act) (*Incident, error) {
	inc := &Incident{}
	for n, a := range acts {
		if err := inc.Apply(r, a); err != nil {
			return nil, fmt.Errorf("act %d (%s): %w", n+1, a.Kind, err)
		}
	}
	return inc, nil
}

var appliers = map[Kind]func(*Incident, Rules, Act) error{
	Forwarded:         (*Incident).forward,
	Registered:        (*Incident).register,
	GivenUp:           (*Incident).giveUp,
	DrillEnded:        (*Incident).endDrill,
	TakenBack:         (*Incident).takeBack,
	CalledOn:          (*Incident).call,
	CallDelivered:     (*Incident).callDelivered,
	CallRead:          (*Incident).callRead,
	Acknowledged:      (*Incident).acknowledge,
	TakeoverAsked:     (*Incident).askTakeover,
	TakeoverAgreed:    (*Incident).agreeTakeover,
	TakeoverRefused:   (*Incident).refuseTakeover,
	Reassigned:        (*Incident).reassign,
	Added:             (*Incident).add,
	CorrectionAsked:   (*Incident).askCorrection,
	CorrectionAgreed:  (*Incident).agreeCorrection,
	CorrectionRefused: (*Incident).refuseCorrection,
	Suspected:         (*Incident).suspect,
	StoodAlone:        (*Incident).standAlone,
	MergedAct:         (*Incident).mergeInto,
	Absorbed:          (*Incident).absorb,
	Released:          (*Incident).release,
	SplitOff:          (*Incident).split,
	Related:           (*Incident).relate,
	Joined:            (*Incident).join,
	Instructed:        (*Incident).instruct,
	Used:              (*Incident).use,
	Reminded:          (*Incident).remind,
	DueSaid:           (*Incident).sayDue,
	DueDelivered:      (*Incident).dueDelivered,
	FollowedUp:        (*Incident).followUp,
	SlotMissed:        (*Incident).missSlot,
	RiskOpened:        (*Incident).openRiskAct,
	RiskSecond:        (*Incident).secondNotice,
	RiskExplained:     (*Incident).explainRisk,
	RiskDismissed:     (*Incident).dismissRisk,
	FindingMade:       (*Incident).proposeFinding,
	FindingSigned:     (*Incident).signFinding,
	FindingContested:  (*Incident).appealFinding,
	FindingKept:       (*Incident).upholdFinding,
	FindingTakenBack:  (*Incident).revokeFinding,
	FindingSettled:    (*Incident).settleFinding,
	ExtensionAsked:    (*Incident).askExtension,
	ExtensionApproved: (*Incident).approveExtension,
	ExtensionRefused:  (*Incident).refuseExtension,
	HandoverAsked:     (*Incident).askHandover,
	HandoverAccepted:  (*Incident).acceptHandover,
	LevelRaised:       (*Incident).raiseLevel,
	LevelConfirmed:    (*Incident).confirmLevel,
	LevelRefused:      (*Incident).refuseLevel,
	LevelLapsed:       (*Incident).lapseLevel,
	LowerAsked:        (*Incident).askLower,
	LowerApproved:     (*Incident).approveLower,
	LowerRefused:      (*Incident).refuseLower,
	Verified:          (*Incident).verify,
	Calmed:            (*Incident).calm,
	FinalFiled:        (*Incident).fileFinal,
	FinalReturned:     (*Incident).returnFinal,
	FinalApproved:     (*Incident).approveFinal,
	InterimFiled:      (*Incident).fileInterim,
	DebriefFiled:      (*Incident).fileDebrief,
	DebriefReturned:   (*Incident).returnDebrief,
	DebriefAccepted:   (*Incident).acceptDebrief,
	HardStopped:       (*Incident).hardStop,
	ReopenedAct:       (*Incident).reopen,
	OutageNoted:       (*Incident).noteOutage,
	Housed:            (*Incident).house,
	RoomAsked:         (*Incident).askRoom,
	RoomMade:          (*Incident).roomMade,
	RoomFailed:        (*Incident).roomFailed,
	Sighted:           (*Incident).sight,
	InquiryMade:       (*Incident).takeInquiry,
	InquiryAmended:    (*Incident).inquire,
	InquiryPassed:     (*Incident).inquire,
	InquiryReminded:   (*Incident).inquire,
	InquiryAnswered:   (*Incident).inquire,
	PlanStarted:       (*Incident).startPlan,
	TaskGiven:         (*Incident).giveTask,
	TaskDone:          (*Incident).finishTask,
	TalkWritten:       (*Incident).draftTalk,
	TalkAgreed:        (*Incident).agreeTalk,
	TalkSentBack:      (*Incident).refuseTalk,
	TalkOver:          (*Incident).lapseTalk,
}
