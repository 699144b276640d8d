package main

// shape is what `fenghuo replay --json` is documented to print. Times are strings here: the offset
// matters.
type shape struct {
	Messages []struct {
		N                                    int
		At, Platform, Chat, Thread, To, Text string
		Mentions, Buttons                    []string
		Urgent                               bool
		Key, Reason, Delivery                string
	}
	Undelivered []struct {
		Step int
		Why  string
	}
	Incidents []incidentShape
	Risks     []struct {
		ID, Incident, Kind, About, Person string
		OpenedAt                          string `json:"opened_at"`
		Status, Explanation               string
	}
	Findings []struct {
		ID, Incident, Kind, Status string
		Person                     string // beyond the page
		By                         []string
		EffectiveAt                string `json:"effective_at"`
	}
	Points []struct {
		Person, Unit, Incident, Entry, Status string
		Points                                float64
	}
	Signals []struct{ ID, State, Incident string }
	Audit   struct {
		Entries int
		Chain   string
	}
}

type incidentShape struct {
	Number, Title, State string
	Drill, Confidential  bool
	Level                struct {
		Suggested, Current string
		Reasons            []string
		History            []struct {
			Level, At, By, Reason string
			Provisional           bool
		}
	}
	Nature, Truth, Reporter, Unit, Officer, Tracker string
	Trackers                                        []struct{ Person, From, To string }
	Platforms, Links                                []string
	OccurredAt                                      string                                  `json:"occurred_at"`
	PublishedAt                                     string                                  `json:"published_at"`
	KnownAt                                         string                                  `json:"known_at"`
	FoundAt                                         string                                  `json:"found_at"`
	ReportedAt                                      string                                  `json:"reported_at"`
	FirstReport                                     struct{ Kind, Due, At, Verdict string } `json:"first_report"`
	Elements                                        struct {
		Due, At, Verdict string
		Missing          []string
	}
	Ack struct {
		By, Due, At, Verdict string
		LadderStep           int `json:"ladder_step"`
		Silent               []struct {
			Person, From, To string
			Missed           int
			Read             bool // beyond the page
		}
	}
	Verification struct {
		FirstDue       string `json:"first_due"`
		FirstAt        string `json:"first_at"`
		FullDue        string `json:"full_due"`
		FullAt         string `json:"full_at"`
		Conclusion, By string
		Facts          []struct{ Element, Value, Status, Source string }
	}
	TalkingPoints []struct {
		Version    int
		DraftedBy  string   `json:"drafted_by"`
		ApprovedBy []string `json:"approved_by"`
		ValidFrom  string   `json:"valid_from"`
		ValidTo    string   `json:"valid_to"`
		Forbidden  []string
	} `json:"talking_points"`
	FollowUps []struct {
		N                    int
		Due, At, By, Verdict string
		Text, Note           string // beyond the page
	}
	Extensions []struct { // beyond the page
		Slot                     int
		By, At, Reason, Old, New string
		State, Judge             string
	}
	Tasks []struct {
		N                 int
		Title, Owner, Due string
		DoneAt            string `json:"done_at"`
	}
	Media []struct {
		ID, Outlet, Due, By string
		AnsweredAt          string `json:"answered_at"`
		TalkingPoints       int    `json:"talking_points"`
	}
	Evidence []struct {
		ID, Name, SHA256  string
		Kind, At, By      string // beyond the page
		Masked, Withdrawn bool
	}
	Relations  []struct{ Kind, To string }
	MergedInto string `json:"merged_into"`
	CalmAt     string `json:"calm_at"`
	Final      struct {
		Due, At, Verdict string
		ApprovedAt       string `json:"approved_at"`
	}
	Debrief struct{ Due, At string }
}
