package wecomtest

import (
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"time"
)

// Options say what the platform knows. Empty ones have defaults, see New.
type Options struct {
	Org    Org
	CorpID string

	AgentID   int
	AppName   string
	AppSecret string
	AppToken  string
	AppAESKey string // EncodingAESKey, 43 characters
	AppURL    string // where the app's callbacks are posted; empty: none is set, cards with buttons are refused
	NoRoot    bool   // the root department is not in the app's range: no appchat

	BotID     string
	BotName   string
	BotSecret string // of the long connection
	BotToken  string
	BotAESKey string // EncodingAESKey, 43 characters
	BotURL    string // where the AI bot's callbacks are posted; empty: it is on the socket

	BaseURL   string // where the app reaches the platform: begins the addresses of media and of response_url
	TokenCode int    // what an expired or revoked token is answered with: 40014 or 42001
	Strict    bool   // refuses \u escapes in what is sent with 40033, as the page of error codes has it
	PushCards bool   // cards pushed into groups are shown, which the platform's pages leave open

	Visible []string     // userids in the app's range; nil: everybody
	Client  *http.Client // posts the callbacks

	Now       func() time.Time
	AckWithin time.Duration  // how long an answer is waited for, 5 s
	Zone      *time.Location // for people's eyes
	Log       *slog.Logger
}

// Org is the enterprise: who is in it.
type Org struct {
	People []Person
	Groups []Group
	Depts  []Dept // none: made up from what people have
}

// Person is a member.
type Person struct {
	UserID, Name, Mobile string
	Dept                 string // name of a department
	Title                string
	BotSees              string // wo…: what the AI bot is told in place of the userid, as has been seen outside its maker's range
}

// Dept is a department. 1 is the enterprise itself.
type Dept struct {
	ID     int
	Name   string
	Parent int
}

// Group is a group of people, with the AI bot and a webhook robot in it from the beginning.
type Group struct {
	ChatID, Name string
	Members      []string // userids
	RobotKey     string   // empty: one is made up
	RobotName    string
	NoRobot      bool // no webhook robot was added
	NoBot        bool // the AI bot was not added
}

// The keys of the stand-in unless Options say otherwise. They protect nothing.
const (
	simAppKey = "SimAppSimAppSimAppSimAppSimAppSimAppSimAppA"
	simBotKey = "SimBotSimBotSimBotSimBotSimBotSimBotSimBotA"
)

func (o Options) withDefaults() Options {
	for _, d := range []struct {
		field *string
		value string
	}{
		{&o.CorpID, "ww5100000000000001"}, {&o.AppName, "应用"}, {&o.AppSecret, "sim-app-secret"}, {&o.AppToken, "simAppToken"}, {&o.AppAESKey, simAppKey},
		{&o.BotID, "aibSim"}, {&o.BotName, "助手"}, {&o.BotSecret, "sim-bot-secret"}, {&o.BotToken, "simBotToken"}, {&o.BotAESKey, simBotKey},
		{&o.BaseURL, "https://qyapi.weixin.qq.com"},
	} {
		if *d.field == "" {
			*d.field = d.value
		}
	}
	o.BaseURL = strings.TrimSuffix(o.BaseURL, "/")
	if o.AgentID == 0 {
		o.AgentID = 1000017
	}
	if o.TokenCode == 0 {
		o.TokenCode = 42001
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Client == nil {
		o.Client = http.DefaultClient
	}
	if o.AckWithin == 0 {
		o.AckWithin = 5 * time.Second
	}
	if o.Zone == nil {
		o.Zone = time.FixedZone("CST", 8*3600)
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	o.Org = o.Org.complete()
	return o
}

// complete gives groups their robots, and departments to those who only name one.
func (g Org) complete() Org {
	out := Org{People: g.People, Depts: slices.Clone(g.Depts)}
	if len(out.Depts) == 0 {
		out.Depts = []Dept{{ID: 1, Name: "总部"}}
	}
	for _, p := range g.People {
		if p.Dept != "" && !slices.ContainsFunc(out.Depts, func(d Dept) bool { return d.Name == p.Dept }) {
			out.Depts = append(out.Depts, Dept{ID: len(out.Depts) + 1, Name: p.Dept, Parent: 1})
		}
	}
	for i, one := range g.Groups {
		one.Members = slices.Clone(one.Members)
		if one.RobotKey == "" {
			one.RobotKey = fmt.Sprintf("5100ab1e-0000-4000-8000-%012d", i+1)
		}
		if one.RobotName == "" {
			one.RobotName = "推送"
		}
		out.Groups = append(out.Groups, one)
	}
	return out
}
