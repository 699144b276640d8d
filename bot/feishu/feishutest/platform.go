package feishutest

import (
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"
)

// Platform is the stand-in. Its methods may be called from several goroutines.
type Platform struct {
	opt Options
	mux *http.ServeMux

	mu       sync.Mutex
	people   map[string]*Person // by open_id
	chats    map[string]*chat
	messages map[string]*Message
	order    []string // message ids as they came
	sent     map[string]sentOnce
	files    map[string]*file
	tokens   []token
	windows  map[string]*window
	recent   map[string][]time.Time // sends to one chat, user or message
	updates  map[string]*updateToken
	grants   []string
	faults   []Fault
	refused  map[int]int
	last     map[string]int // the newest number of each kind of id
	asides   []string       // complaints

	conns      []*conn
	tickets    map[string]time.Time
	clientConf ClientConfig
	queue      []*parcel // events to be tried again, oldest first
	held       *parcel   // kept back by the fault Reorder
	journal    []Delivery
	events     map[string]*event // all there were
	turn       int               // which connection is next
}

// chat is a group, or the private chat of one person with the bot.
type chat struct {
	Group
	private   string // the person's open_id
	botOut    bool
	disbanded bool
}

type sentOnce struct {
	id string
	at time.Time
}

// New opens a platform.
func New(o Options) *Platform {
	p := &Platform{opt: o.withDefaults(), people: map[string]*Person{}, chats: map[string]*chat{}, messages: map[string]*Message{},
		sent: map[string]sentOnce{}, files: map[string]*file{}, windows: map[string]*window{}, recent: map[string][]time.Time{},
		updates: map[string]*updateToken{}, refused: map[int]int{}, last: map[string]int{}, tickets: map[string]time.Time{}, events: map[string]*event{}, clientConf: usualConfig}
	p.grants = slices.Clone(p.opt.Scopes)
	for _, person := range p.opt.Org.People {
		p.people[person.OpenID] = &person
		id := privateID(person.OpenID)
		p.chats[id] = &chat{Group: Group{ChatID: id}, private: person.OpenID}
	}
	for _, g := range p.opt.Org.Groups {
		g.Members = slices.Clone(g.Members)
		p.chats[g.ChatID] = &chat{Group: g}
	}
	p.mux = p.routes()
	return p
}

// Options are the options with their defaults filled in: the app's id and keys.
func (p *Platform) Options() Options { return p.opt }

// ServeHTTP answers the app, the long connection, /_sim/ and the page for people.
func (p *Platform) ServeHTTP(w http.ResponseWriter, r *http.Request) { p.mux.ServeHTTP(w, r) }

func (p *Platform) routes() *http.ServeMux {
	mux := http.NewServeMux()
	for _, a := range apis() {
		mux.HandleFunc(a.pattern, func(w http.ResponseWriter, r *http.Request) { p.serve(w, r, a) })
	}
	mux.HandleFunc("POST /open-apis/auth/v3/tenant_access_token/internal", p.serveToken)
	mux.HandleFunc("POST /callback/ws/endpoint", p.serveEndpoint)
	mux.HandleFunc("GET "+connPath, p.serveConn)
	p.control(mux)
	return mux
}

// privateID is the chat of a person with the bot.
func privateID(openID string) string { return "oc_p2p_" + bare(openID) }

// Private is the id of the private chat of a person with the bot.
func (p *Platform) Private(openID string) string { return privateID(openID) }

func (p *Platform) now() time.Time { return p.opt.Now() }

// next makes an id: numbered, so that what is written down stays the same. The caller holds the lock.
func (p *Platform) next(prefix string) string {
	p.last[prefix]++
	return fmt.Sprintf("%s%d", prefix, p.last[prefix])
}

// has reports whether a person is in a chat. The caller holds the lock.
func (c *chat) has(openID string) bool {
	return c.private == openID || slices.Contains(c.Members, openID)
}

func (c *chat) mode() string {
	switch {
	case c.private != "":
		return "p2p"
	case c.Topic:
		return "topic"
	}
	return "group"
}

// complain writes down what the app did that the platform would not have noticed, or would have
// passed over, but that no app should do. The caller holds the lock.
func (p *Platform) complain(format string, args ...any) {
	p.asides = append(p.asides, fmt.Sprintf(format, args...))
}

// Complaints lists what the app did wrong without being refused: acknowledgments without biz_rt, frames
// that are no frames. A test should find none.
func (p *Platform) Complaints() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string{}, p.asides...)
}

// Refused counts the answers other than 0 by code.
func (p *Platform) Refused(code int) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.refused[code]
}
