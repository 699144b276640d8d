package bot

// Finding is what a check of a platform saw. Do is what an administrator should do; without it all is well.
// A reminder is what no call can tell: somebody has to look.
type Finding struct {
	About    string
	Saw      string
	Do       string
	Reminder bool
}

// Wrong reports whether something has to be done.
func (f Finding) Wrong() bool { return f.Do != "" && !f.Reminder }
