// Package webchat is the built-in chat: groups and private chats of one organisation, in memory or in a
// file, with the rules each real platform keeps. The world (Chat) is pure and has no goroutines of its
// own; drills and replays drive it by calls, people through the page that Handler serves. It knows
// conversations only: what is said in them is the service's business.
package webchat
