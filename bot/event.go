package bot

import "time"

// EventKind says what a person did.
type EventKind string

// What can come in from a platform.
const (
	Said     EventKind = "said"     // text, pictures, files, or several of them
	Pressed  EventKind = "pressed"  // a button of a card, or a card form
	Reacted  EventKind = "reacted"  // a reaction on a message
	Read     EventKind = "read"     // the platform reports a message as read
	Recalled EventKind = "recalled" // the sender took a message back
	Edited   EventKind = "edited"   // the sender changed a message; Text is what it says now
	Joined   EventKind = "joined"   // the bot was added to a chat
	Parted   EventKind = "parted"   // the sender left a group or was taken out of it
	Left     EventKind = "left"     // the bot was removed from a chat, or the chat is no more
)

// Event is one thing a person did in a chat, in words common to all platforms. An adapter verifies,
// decrypts and parses; after it nothing of the platform is left but opaque ids.
type Event struct {
	Platform string    `json:"platform"`           // feishu, wecom, webchat
	Keys     []string  `json:"keys"`               // the platform's own ids of this event; one seen before means a repeated delivery
	Kind     EventKind `json:"kind"`               //
	At       time.Time `json:"at"`                 // when the person did it, by the platform's clock
	Place    Place     `json:"place"`              // where
	Message  string    `json:"message"`            // the platform's id of the message said, pressed, reacted to or read
	Quotes   string    `json:"quotes,omitempty"`   // the message it answers, where that is no topic of its own
	Sender   string    `json:"sender"`             // the person's account on the platform
	Name     string    `json:"name,omitempty"`     // what the platform calls somebody the organisation does not know
	Person   string    `json:"person"`             // the person's id in the organisation, filled by the router
	Text     string    `json:"text,omitempty"`     // what was said, without the mention of the bot
	ToBot    bool      `json:"to_bot"`             // the bot was mentioned, or the chat is private
	Mentions []string  `json:"mentions,omitempty"` // accounts of other people mentioned
	Files    []File    `json:"files,omitempty"`
	Action   Action    `json:"action,omitzero"` // of Pressed
	Emoji    string    `json:"emoji,omitempty"` // of Reacted: 👍
}

// Place is where something is said. A private chat has an empty Chat and names the person.
type Place struct {
	Platform string `json:"platform"`
	Chat     string `json:"chat,omitempty"`   // the platform's id of the group; empty in a private chat
	Thread   string `json:"thread,omitempty"` // the topic within the group; empty in its main stream
	Person   string `json:"person,omitempty"` // in a private chat: whose, as the organisation's id
	// Channel is which of the platform's ways to the person a message takes; empty: the platform's choice.
	// It does not tell conversations apart.
	Channel string `json:"channel,omitempty"`
}

// Direct reports whether p is a private chat.
func (p Place) Direct() bool { return p.Chat == "" }

// Key is p as one string, unique per conversation.
func (p Place) Key() string {
	if p.Direct() {
		return p.Platform + "/direct/" + p.Person
	}
	return p.Platform + "/" + p.Chat + "/" + p.Thread
}

// File is a picture, voice message or file a person sent, already stored by the adapter's side of the house.
type File struct {
	Name   string `json:"name"`
	Kind   string `json:"kind"` // image, video, audio, file
	Type   string `json:"type"` // media type
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`          // where the content is stored
	Error  string `json:"error,omitempty"` // why it could not be taken: too_big, expired, wrong_type
}

// Action is a press of a button.
type Action struct {
	Name   string            `json:"name"`             // what typed text would do the same: 签收
	Target string            `json:"target"`           // what it is about: an incident's number
	Fields map[string]string `json:"fields,omitempty"` // of a card form
}
