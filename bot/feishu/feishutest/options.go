package feishutest

import (
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"
)

// Options say what the platform knows. Empty ones have defaults, see New.
type Options struct {
	Org               Org
	AppID             string
	AppSecret         string
	EncryptKey        string
	VerificationToken string
	TenantKey         string
	BotOpenID         string
	BotName           string
	Plain             bool // no Encrypt Key is set: events are neither encrypted nor signed

	EventURL string       // where events are posted; empty: they go over the long connection
	CardURL  string       // where card callbacks are posted; empty: to EventURL
	Client   *http.Client // posts them

	Quirks  bool     // does what is reported and not documented: see quirks.go
	Scopes  []string // what the app may do; nil: Scopes()
	Visible []string // open_ids in the app's contact range; nil: everybody
	// Quota is how many people can still be pushed to, by sms and by phone; a kind that is not named has no end.
	Quota map[string]int

	Now       func() time.Time
	AckWithin time.Duration  // how long an answer is waited for, 3 s
	PartSize  int            // longer payloads of the long connection are split
	Zone      *time.Location // for people's eyes
	Log       *slog.Logger
}

// Org is the tenant: who is in it.
type Org struct {
	People []Person
	Groups []Group
	Depts  []Dept // none: made up from what people have
}

// Person is an employee.
type Person struct {
	OpenID, UserID, UnionID, Name, Mobile string
	Dept                                  string // id of a department, or its name if Org.Depts is empty
	Title                                 string
}

// Dept is a department. Parent "0" or empty is the company.
type Dept struct{ ID, Name, Parent string }

// Group is a chat the bot is in from the beginning.
type Group struct {
	ChatID, Name string
	Topic        bool     // every message begins a topic or replies in one
	NoThreads    bool     // an ordinary group in which topics are switched off
	NoAtAll      bool     // its settings forbid @all
	NoUrgent     bool     // its settings forbid urgent messages
	Members      []string // open_ids; the bot is not among them
}

// Scopes is what an app is granted unless Options.Scopes says otherwise: all the stand-in knows, except
// reading what does not mention the bot (im:message.group_msg).
func Scopes() []string {
	all := []string{"im:message.p2p_msg:readonly", "im:message.group_at_msg:readonly",
		"contact:user.employee_id:readonly", "contact:user.phone:readonly", "contact:user.department:readonly", "contact:user.employee:readonly"}
	for _, a := range apis() {
		for _, s := range a.scopes {
			if !slices.Contains(all, s) {
				all = append(all, s)
			}
		}
	}
	return all
}

func (o Options) withDefaults() Options {
	for _, d := range []struct {
		field *string
		value string
	}{
		{&o.AppID, "cli_5100000000000001"}, {&o.AppSecret, "sim-app-secret"}, {&o.EncryptKey, "sim-encrypt-key"},
		{&o.VerificationToken, "sim-verification-token"}, {&o.TenantKey, "tk_sim"}, {&o.BotOpenID, "ou_bot"}, {&o.BotName, "助手"},
	} {
		if *d.field == "" {
			*d.field = d.value
		}
	}
	if o.Scopes == nil {
		o.Scopes = Scopes()
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Client == nil {
		o.Client = http.DefaultClient
	}
	if o.AckWithin == 0 {
		o.AckWithin = 3 * time.Second
	}
	if o.PartSize == 0 {
		o.PartSize = 16 << 10
	}
	if o.Zone == nil {
		o.Zone = time.FixedZone("CST", 8*3600)
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	o.Org, o.Quota = o.Org.complete(), maps.Clone(o.Quota)
	return o
}

// complete gives everybody the ids they lack, and departments to those who only name one.
func (g Org) complete() Org {
	out := Org{Groups: g.Groups, Depts: slices.Clone(g.Depts)}
	for i, p := range g.People {
		if p.OpenID == "" {
			p.OpenID = fmt.Sprintf("ou_%d", i+1)
		}
		if p.UserID == "" {
			p.UserID = "u" + bare(p.OpenID)
		}
		if p.UnionID == "" {
			p.UnionID = "on_" + bare(p.OpenID)
		}
		if len(g.Depts) == 0 && p.Dept != "" {
			out.Depts, p.Dept = named(out.Depts, p.Dept)
		}
		out.People = append(out.People, p)
	}
	return out
}

func named(depts []Dept, name string) ([]Dept, string) {
	for _, d := range depts {
		if d.Name == name {
			return depts, d.ID
		}
	}
	id := fmt.Sprintf("od-%d", len(depts)+1)
	return append(depts, Dept{ID: id, Name: name, Parent: "0"}), id
}

func bare(openID string) string { return strings.TrimPrefix(openID, "ou_") }
