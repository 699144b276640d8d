package bot

// Message is one thing the bot says. It is complete when it is queued: whoever sends it adds nothing.
type Message struct {
	Text     string   `json:"text"`               // what a person reads; of a card, the card flattened to lines
	Card     *Card    `json:"card,omitempty"`     //
	Mentions []string `json:"mentions,omitempty"` // people to really @, by the organisation's ids
	Urgent   []string `json:"urgent,omitempty"`   // people to also push to, where the platform can
	ReplyTo  string   `json:"reply_to,omitempty"` // the message answered
	Updates  string   `json:"updates,omitempty"`  // key of an earlier message whose card this one replaces
}

// Card is a message with structure: at most three facts, one clock and three buttons are seen first.
type Card struct {
	Level   int      `json:"level,omitempty"`   // 1–4 colours the head, 0 is neutral
	Head    string   `json:"head"`              // 🟡 黄/三级 YQ-20260310-001 · 12分钟前
	Title   string   `json:"title,omitempty"`   //
	Lines   []string `json:"lines,omitempty"`   // running text
	Facts   []Fact   `json:"facts,omitempty"`   // label left, value right
	Who     string   `json:"who,omitempty"`     // officer, tracker
	Clock   string   `json:"clock,omitempty"`   // the clock that matters next
	Overdue bool     `json:"overdue,omitempty"` // Clock has passed
	Images  []File   `json:"images,omitempty"`
	Buttons []Button `json:"buttons,omitempty"`
	Foot    string   `json:"foot,omitempty"`  // what text does the same
	Stale   string   `json:"stale,omitempty"` // who did what, when: the card is grey and has no buttons
}

// Fact is a labelled value.
type Fact struct {
	Label string `json:"label"`
	Value string `json:"value"`
}

// Button is a shorter way to say something.
type Button struct {
	Label   string `json:"label"`
	Say     string `json:"say"`              // the text it stands for
	Target  string `json:"target,omitempty"` // the incident it is about
	Primary bool   `json:"primary,omitempty"`
}
