package form

import (
	"time"

	"fenghuo/internal/incident"
)

// Then is what a reply leads up to.
type Then string

// What comes next.
const (
	Nothing     Then = ""
	Ask         Then = "ask"          // the question of Field
	Fill        Then = "fill"         // all of pass 1 at once
	AskWhich    Then = "ask_which"    // one of Choices for Field
	AskWhyOld   Then = "ask_why_old"  // why it was found so long ago
	AskWhyLower Then = "ask_why_less" // why a lower level than suggested
	AskReason   Then = "ask_reason"   // why cancel
	Review      Then = "review"
	Submit      Then = "submit"
	Pause       Then = "pause"
	Cancel      Then = "cancel"
	Show        Then = "show"
	Help        Then = "help"
	Complete    Then = "complete" // nothing of pass 2 is missing; Offer is what could be added
	More        Then = "more"     // what of Offer could be added besides
	Rest        Then = "rest"     // of pass 2, the rest later
	TooMuch     Then = "too_much"
)

// Reply is what to tell the person; the words are the caller's.
type Reply struct {
	Start   bool // the form has just begun
	Notes   []Note
	Then    Then
	Field   *Field
	Offer   []*Field
	Choices []string
	Coming  time.Time // of AskWhich: a reading of the time that is still to come
	Current string    // of Ask: what is there already
	Reason  string    // of Cancel
	Kept    int       // of a resumed form: how many answers were kept
	Suggest incident.Level
	Level   incident.Level
	Reasons []string
	At      time.Time
	Wait    time.Time // of Pause: when what is there will be passed on
}

// NoteKind is something worth saying before the next question.
type NoteKind string

// The notes.
const (
	Understood    NoteKind = "understood" // Field was answered, and it reads Text
	Changed       NoteKind = "changed"    // from Old to Text
	Same          NoteKind = "same"
	Refused       NoteKind = "refused" // for the reason Why; Example works
	TookFiles     NoteKind = "took_files"
	FileRefused   NoteKind = "file_refused"
	SameFile      NoteKind = "same_file"
	LinkHint      NoteKind = "link_hint" // the link looks like another platform's, Text
	Later         NoteKind = "later"
	Undone        NoteKind = "undone"
	NothingUndone NoteKind = "nothing_undone"
	Required      NoteKind = "required" // Field cannot be skipped
	First         NoteKind = "first"    // there is no question before
	NoSuch        NoteKind = "no_such"  // there is no question Count
	Sealed        NoteKind = "sealed"   // Field is registered: it can only be corrected, Example works
	NotHeard      NoteKind = "not_heard"
	Thin          NoteKind = "thin" // an account in which most of the six elements are not found
)

// Note is one of them.
type Note struct {
	Kind    NoteKind
	Field   *Field
	Text    string
	Old     string
	Why     Why
	Example string
	Count   int
}

// Why an answer was refused.
type Why string

// The reasons.
const (
	TooShort   Why = "too_short"
	TooLong    Why = "too_long"
	OnlyLink   Why = "only_link"
	NoWords    Why = "no_words"
	NoChoice   Why = "no_choice"
	NoLink     Why = "no_link"
	NeedReason Why = "need_reason"
	Future     Why = "future"
	Ancient    Why = "ancient"
	NoTime     Why = "no_time"
	NoClock    Why = "no_clock"
	Lunar      Why = "lunar"
	Ambiguous  Why = "ambiguous"
	Disorder   Why = "disorder" // happened after it was published, or published after it was found
	NoCounts   Why = "no_counts"
	BadCount   Why = "bad_count"
	NoFiles    Why = "no_files"
	Several    Why = "several" // of the same name
	ManyFiles  Why = "many_files"
	NoYesNo    Why = "no_yes_no"
	NoLevel    Why = "no_level"
)
