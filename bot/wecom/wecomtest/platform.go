package wecomtest

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// Channels of messages: who sent one, and by what way.
const (
	App     = "app"     // the self-built app, to one member
	AIBot   = "aibot"   // the AI bot, in a group or to one member
	Robot   = "robot"   // the webhook robot of a group
	AppChat = "appchat" // the app, in a group it made
	People  = "people"  // a person
)

// Platform is the stand-in. Its methods may be called from several goroutines.
type Platform struct {
	opt Options
	mux *http.ServeMux

	mu       sync.Mutex
	people   map[string]*Person // by userid in lower case
	chats    map[string]*chat
	messages map[string]*Message
	order    []string // message ids as they came
	robots   map[string]*robot
	files    map[string]*file
	tokens   []token
	recent   map[string][]time.Time // what was sent to a target, for limits
	tasks    map[string]bool        // task_ids used, by channel
	codes    map[string]*cardCode   // response_codes
	duped    map[string]time.Time   // contents under enable_duplicate_check
	faults   []Fault
	refused  map[int]int
	last     map[string]int // the newest number of each kind of id
	asides   []string       // complaints

	conns    []*conn
	asked    map[string]*asked // what the AI bot was asked, by req_id or response_code
	answered map[string]string // by msgid, which of them was answered
	uploads  map[string]*upload
	queue    []*parcel // deliveries to be tried again, oldest first
	journal  []Delivery
}

// chat is a group, or the private chat of one member with the app or the AI bot.
type chat struct {
	Group
	person  *Person // of a private chat
	with    string  // App or AIBot, of a private chat
	owner   string  // of a group the app made
	botOut  bool
	talked  bool // somebody has talked to the AI bot here
	dead    bool // the AI bot's pushes are refused until somebody does so again
	appMade bool
}

// New opens a platform.
func New(o Options) *Platform {
	p := &Platform{opt: o.withDefaults(), people: map[string]*Person{}, chats: map[string]*chat{}, messages: map[string]*Message{}, robots: map[string]*robot{},
		files: map[string]*file{}, recent: map[string][]time.Time{}, tasks: map[string]bool{}, codes: map[string]*cardCode{}, duped: map[string]time.Time{},
		refused: map[int]int{}, last: map[string]int{}, asked: map[string]*asked{}, answered: map[string]string{}, uploads: map[string]*upload{}}
	for _, person := range p.opt.Org.People {
		p.admit(person)
	}
	for _, g := range p.opt.Org.Groups {
		g.Members = slices.Clone(g.Members)
		p.chats[g.ChatID] = &chat{Group: g, botOut: g.NoBot}
		if !g.NoRobot {
			p.robots[g.RobotKey] = &robot{chat: g.ChatID, name: g.RobotName}
		}
	}
	p.mux = p.routes()
	return p
}

// admit makes somebody a member, with private chats.
func (p *Platform) admit(person Person) {
	one := person
	p.people[strings.ToLower(person.UserID)] = &one
	for _, with := range []string{App, AIBot} {
		id := privateID(with, person.UserID)
		p.chats[id] = &chat{Group: Group{ChatID: id}, person: &one, with: with}
	}
}

// Options are the options with their defaults filled in: ids, keys, and the keys of the robots.
func (p *Platform) Options() Options {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.opt
}

// ServeHTTP answers the app, robots, the AI bot's socket, /_sim/ and the page for people.
func (p *Platform) ServeHTTP(w http.ResponseWriter, r *http.Request) { p.mux.ServeHTTP(w, r) }

func (p *Platform) routes() *http.ServeMux {
	mux := http.NewServeMux()
	for _, a := range apis() {
		mux.HandleFunc(a.pattern, func(w http.ResponseWriter, r *http.Request) { p.serve(w, r, a) })
	}
	mux.HandleFunc("GET "+SocketPath, p.serveConn)
	mux.HandleFunc("GET "+mediaPath+"{id}", p.serveMedia)
	p.control(mux)
	return mux
}

func privateID(with, userID string) string { return with + ":" + userID }

// Private is the id of the private chat of a member with the App or the AIBot.
func (p *Platform) Private(with, userID string) string { return privateID(with, userID) }

func (p *Platform) now() time.Time { return p.opt.Now() }

// next makes an id: numbered, so that what is written down stays the same. The caller holds the lock.
func (p *Platform) next(prefix string) string {
	p.last[prefix]++
	return fmt.Sprintf("%s%d", prefix, p.last[prefix])
}

// member is the person a userid belongs to, whatever its case; nil if nobody. The caller holds the lock.
func (p *Platform) member(userID string) *Person { return p.people[strings.ToLower(userID)] }

// has reports whether a person is in a chat.
func (c *chat) has(userID string) bool {
	if c.person != nil {
		return strings.EqualFold(c.person.UserID, userID)
	}
	return slices.ContainsFunc(c.Members, func(id string) bool { return strings.EqualFold(id, userID) })
}

func (c *chat) kind() string {
	if c.person != nil {
		return "single"
	}
	return "group"
}

// complain writes down what the bot did that the platform would have passed over, but that no bot should do.
// The caller holds the lock.
func (p *Platform) complain(format string, args ...any) {
	p.asides = append(p.asides, fmt.Sprintf(format, args...))
}

// Complaints lists what the bot did wrong: what it was refused for by its own fault, answers that break the
// protocol, text that would be cut, secrets in messages. A test should find none.
func (p *Platform) Complaints() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string{}, p.asides...)
}

// Refused counts the answers with an errcode.
func (p *Platform) Refused(code int) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.refused[code]
}

func lower(s string) string { return strings.ToLower(s) }

// is reports whether a userid is the person's.
func (p *Person) is(userID string) bool { return strings.EqualFold(p.UserID, userID) }
