package bot

import "context"

// Group is a group to be made before a message is said in it, or, where it exists already, to be joined by
// more people.
type Group struct {
	Name   string   `json:"name"`           //
	Chat   string   `json:"chat,omitempty"` // where it exists already: which
	People []string `json:"people"`         // by the organisation's ids; the first owns it
}

// GroupMaker is a platform on which the bot can make groups.
type GroupMaker interface {
	// MakesGroups reports whether the company lets it.
	MakesGroups() bool
	// MakeGroup makes a group under a key, the same for the same key, or adds people to the one g names. The
	// answer is the chat's name in places. People without an account there are left out.
	MakeGroup(ctx context.Context, key string, g Group) (chat string, err error)
}
