// Package notice is every sentence the bot says, in one place: what happened, who must do what, by
// when. It turns incidents, refusals and form replies into messages and decides nothing.
package notice
