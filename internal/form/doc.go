// Package form asks for a quick report one question at a time. A Form is data; a Session is one person
// filling it, the fold of what they said in the order of time. It knows no chat, database or clock: the
// moment comes with each input.
package form
