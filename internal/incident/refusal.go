package incident

import (
	"fmt"
	"time"
)

// RefusalCode says why an act is not possible now.
type RefusalCode string

// Why an act may be refused. The words for each are package notice's.
const (
	Over              RefusalCode = "over"                // the incident is closed, merged, …
	NotSubmitted      RefusalCode = "not_submitted"       // still a draft
	AlreadyAcked      RefusalCode = "already_acked"       // Who, At
	NotYours          RefusalCode = "not_yours"           // only Who may
	NotAcked          RefusalCode = "not_acked"           // Who has to acknowledge first
	NothingAsked      RefusalCode = "nothing_asked"       // nothing waits for an answer
	NoSlot            RefusalCode = "no_slot"             // no follow-up is due
	FollowUpDuplicate RefusalCode = "follow_up_duplicate" // Slot was filed At by Who
	ExtensionLate     RefusalCode = "extension_late"      // was due At
	ExtensionTwice    RefusalCode = "extension_twice"     //
	ExtensionTooLong  RefusalCode = "extension_too_long"  // at most until At
	ExtensionNotLater RefusalCode = "extension_not_later" // than At
	SamePerson        RefusalCode = "same_person"         // Who has it already
	NotCalmYet        RefusalCode = "not_calm_yet"        // Left to go; the last peak was At
	FactsMissing      RefusalCode = "facts_missing"       // a conclusion before all six elements
	CalmFirst         RefusalCode = "calm_first"          // 平息 comes before 终报
	AlreadyCalm       RefusalCode = "already_calm"        // since At
	NoFinal           RefusalCode = "no_final"            // no final report waits for approval
	HasParts          RefusalCode = "has_parts"           // others were merged into it: it is a head
	NoSuchPart        RefusalCode = "no_such_part"        // nothing to split
	CorrectionWaits   RefusalCode = "correction_waits"    // one of Who, asked At, is not decided
	NothingToCorrect  RefusalCode = "nothing_to_correct"  // it stands so already
	KnownNeedsProof   RefusalCode = "known_needs_proof"   // 知悉时间 without evidence
	NoInterim         RefusalCode = "no_interim"          // the level asks for no interim page
	CloseFirst        RefusalCode = "close_first"         // 办结 comes before 复盘
	NoDebrief         RefusalCode = "no_debrief"          // none waits for a word
	NotOver           RefusalCode = "not_over"            // reopening needs a closed incident
	SameLevel         RefusalCode = "same_level"          //
	LevelStep         RefusalCode = "level_step"          // to or from I needs Who
	NoRisk            RefusalCode = "no_risk"             // no open risk of yours
	AnsweredAlready   RefusalCode = "answered_already"    //
	NoSuchRisk        RefusalCode = "no_such_risk"        // to judge
	NoFinding         RefusalCode = "no_finding"          // none waits for that
	NotReminded       RefusalCode = "not_reminded"        // no reminder was delivered, so there is no fault
	NotLate           RefusalCode = "not_late"            // the first report was on time
	NotLight          RefusalCode = "not_light"           // less than two levels too low
	NoEvidence        RefusalCode = "no_evidence"         // a grave fault without evidence
	OwnCase           RefusalCode = "own_case"            // nobody judges what concerns themselves
	SecondPerson      RefusalCode = "second_person"       // another person has to
	AppealLate        RefusalCode = "appeal_late"         // was possible until At
	NoInquiry         RefusalCode = "no_inquiry"          // none of that number
	InquiryClosed     RefusalCode = "inquiry_closed"      // answered by Who, At
	NoSuchTask        RefusalCode = "no_such_task"        //
	TaskDoneAlready   RefusalCode = "task_done_already"   // by Who, At
	TaskThere         RefusalCode = "task_there"          // one of the same words
)

// Refusal is an act that is not possible now, with the facts a person needs to do better.
type Refusal struct {
	Code   RefusalCode
	Number string
	Who    string    // a person's id
	At     time.Time // the moment the code speaks of
	Left   time.Duration
	Slot   int
	Level  Level
}

func (e *Refusal) Error() string {
	return fmt.Sprintf("%s: %s", e.Number, e.Code)
}

func (i *Incident) refuse(code RefusalCode) *Refusal {
	return &Refusal{Code: code, Number: i.Number}
}

func (i *Incident) refuseWho(code RefusalCode, who string, at time.Time) *Refusal {
	return &Refusal{Code: code, Number: i.Number, Who: who, At: at}
}

// live refuses acts on an incident nothing can happen to any more, and on one not yet submitted.
func (i *Incident) live() error {
	if i.State.Over() {
		return i.refuseWho(Over, "", i.ClosedAt)
	}
	if i.State == Draft {
		return i.refuse(NotSubmitted)
	}
	return nil
}
