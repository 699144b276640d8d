package bot

import (
	"context"
	"time"
)

// Member is somebody in a platform's directory. What the app may not see is empty.
type Member struct {
	Account string // as events name them
	UnionID string // the same for all apps of one developer
	Name    string
	Unit    string // the id of one of their units, the first
	Title   string
	Active  bool // false: left the company, frozen, or out of the app's sight
}

// Unit is a department.
type Unit struct {
	ID     string
	Parent string // empty or unknown: the company itself
	Name   string
	Gone   bool
}

// Roll keeps what the platforms' directories say. It names people nobody has registered; who holds a post
// is said by the organisation's file alone.
type Roll interface {
	// KeepDirectory puts the whole of a directory, as it was at that time, in place of what was known.
	KeepDirectory(ctx context.Context, platform string, at time.Time, units []Unit, members []Member) error
	// KeepMember takes news of that time. Empty fields, and news older than what is known, change nothing.
	KeepMember(ctx context.Context, platform string, at time.Time, m Member) error
	// KeepUnit is KeepMember for a unit.
	KeepUnit(ctx context.Context, platform string, at time.Time, u Unit) error
	// Member is what is known of an account; ok is false if there is nothing.
	Member(ctx context.Context, platform, account string) (m Member, ok bool, err error)
	// DirectoryAt is when the whole was last kept; zero: never.
	DirectoryAt(ctx context.Context, platform string) (time.Time, error)
}
