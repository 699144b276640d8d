// Package wording compares what people write about one incident: a sentence somebody wants to say with
// the talking points in force, and statements with each other. It is rules and tables, the same answer for
// the same words every time; it sees what is written, not what is true. What people are told about a
// finding is not its business.
package wording
