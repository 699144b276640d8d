// Package incident is the trade itself: an incident (舆情事件), what may happen to it, and what its
// clocks say. An incident is the fold of its acts: Apply checks an act against the present state and
// carries it out; Clocks says what will be due and why. Nothing here knows the time of day, a
// database or a chat: now is inside the act, limits are in the Policy, days in the Calendar.
package incident
