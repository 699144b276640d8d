// Package bottest is a chat platform for tests that read as the story they tell: people say things, the
// bot's answers are expected, and what nobody expected fails the test. It knows people, groups and
// topics, and nothing of what is talked about.
//
// A place is written as text: a group's id (G1), what Says returned for a topic (G1/t1), or @ and a
// person's id for their private chat with the bot (@heyun).
package bottest
