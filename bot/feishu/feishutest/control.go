package feishutest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// ControlHelp describes /_sim/, for people who steer a running stand-in.
const ControlHelp = `Control (JSON in, JSON out; people and chats by id or by name; chat empty: private with the bot):
  POST /_sim/say     {person, chat, text, thread: message to answer, topic: true opens one}
  POST /_sim/send    {person, chat, kind: image|file|audio|media|sticker|merge_forward, name, data: base64, thread}
  POST /_sim/press   {person, message, button, form: {name or label: value}, option, state}
  POST /_sim/react   {person, message, emoji}     POST /_sim/read, /_sim/recall {person, message}
  POST /_sim/edit    {person, message, text}
  POST /_sim/enter   {person}                     POST /_sim/menu {person, key}
  POST /_sim/join    {person, chat}               POST /_sim/leave {person, chat}
  POST /_sim/hire    {open_id, name, dept, title}: new, or changed       POST /_sim/resign {person}
  POST /_sim/fault   {kind, for: "20m", times, chat, scope, api, code}
  POST /_sim/config  {ReconnectCount, ReconnectInterval, ReconnectNonce, PingInterval}: what pongs say
  GET  /_sim/messages   what everybody sent       GET /_sim/golden       the same as text
  GET  /_sim/deliveries attempts to tell the app  GET /_sim/complaints   what it did wrong unrefused
  GET  /                the chats drawn; /?message=om_1 one card alone
Faults: down slow drop limited disabled code no_scope no_sms no_phone (calls);
  duplicate reorder lose (events); half_open disconnect expire_tokens remove_bot add_bot disband (once); mend.`

// order is what somebody asks of /_sim/.
type order struct {
	Person, Chat, Text, Thread, Message, Button, Emoji, Key, Name, Kind string
	Topic, Post                                                         bool
	Data                                                                []byte
	Form                                                                map[string]any
	Option                                                              any
	State, Code, Times                                                  int
	For, Scope, API, Dept, Title                                        string
	OpenID                                                              string `json:"open_id"`
	ClientConfig
}

func (p *Platform) control(mux *http.ServeMux) {
	for name, do := range map[string]func(*http.Request, order) (any, error){
		"say": p.simSay, "send": p.simSend, "press": p.simPress, "fault": p.simFault,
		"config": func(_ *http.Request, o order) (any, error) { p.Configure(o.ClientConfig); return nil, nil },
		"react": func(r *http.Request, o order) (any, error) {
			return nil, p.Reacts(r.Context(), o.Person, o.Message, o.Emoji)
		},
		"read":   func(r *http.Request, o order) (any, error) { return nil, p.Reads(r.Context(), o.Person, o.Message) },
		"recall": func(r *http.Request, o order) (any, error) { return nil, p.Recalls(r.Context(), o.Person, o.Message) },
		"edit":   func(_ *http.Request, o order) (any, error) { return nil, p.Edits(o.Person, o.Message, o.Text) },
		"enter":  func(r *http.Request, o order) (any, error) { return nil, p.Enters(r.Context(), o.Person) },
		"menu":   func(r *http.Request, o order) (any, error) { return nil, p.Picks(r.Context(), o.Person, o.Key) },
		"join":   func(r *http.Request, o order) (any, error) { return nil, p.Joins(r.Context(), o.Person, o.Chat) },
		"hire": func(r *http.Request, o order) (any, error) {
			return nil, p.Hires(r.Context(), Person{OpenID: o.OpenID, Name: o.Name, Dept: o.Dept, Title: o.Title})
		},
		"resign": func(r *http.Request, o order) (any, error) { return nil, p.Resigns(r.Context(), o.Person) },
		"leave":  func(r *http.Request, o order) (any, error) { return nil, p.Leaves(r.Context(), o.Person, o.Chat) },
	} {
		mux.HandleFunc("POST /_sim/"+name, func(w http.ResponseWriter, r *http.Request) { p.obey(w, r, do) })
	}
	for name, look := range map[string]func() any{
		"messages": func() any { return p.All() }, "deliveries": p.simDeliveries, "complaints": func() any { return p.Complaints() },
	} {
		mux.HandleFunc("GET /_sim/"+name, func(w http.ResponseWriter, _ *http.Request) { write(w, http.StatusOK, look()) })
	}
	mux.HandleFunc("GET /_sim/golden", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, p.Golden()) })
	mux.HandleFunc("GET /{$}", p.servePage)
	mux.HandleFunc("POST /{$}", p.serveAct)
}

func (p *Platform) obey(w http.ResponseWriter, r *http.Request, do func(*http.Request, order) (any, error)) {
	var o order
	err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody)).Decode(&o)
	if err == nil {
		o.Person, o.Chat = p.personNamed(o.Person), p.chatNamed(o.Chat)
		var out any
		if out, err = do(r, o); err == nil {
			if out == nil {
				out = object{}
			}
			write(w, http.StatusOK, out)
			return
		}
	}
	write(w, http.StatusBadRequest, object{"error": err.Error()})
}

// personNamed is the open_id of somebody named by it or by name.
func (p *Platform) personNamed(s string) string {
	for _, person := range p.opt.Org.People {
		if person.Name == s {
			return person.OpenID
		}
	}
	return s
}

func (p *Platform) chatNamed(s string) string {
	for _, g := range p.opt.Org.Groups {
		if g.Name == s {
			return g.ChatID
		}
	}
	return s
}

func (o order) how() How { return How{Reply: o.Thread, Thread: o.Topic, Post: o.Post} }

func (p *Platform) simSay(r *http.Request, o order) (any, error) {
	id, err := p.Says(r.Context(), o.Person, o.Chat, o.Text, o.how())
	return object{"message_id": id}, err
}

func (p *Platform) simSend(r *http.Request, o order) (any, error) {
	id, err := p.Sends(r.Context(), o.Person, o.Chat, Attachment{Name: o.Name, Data: o.Data, Kind: o.Kind}, o.how())
	return object{"message_id": id}, err
}

func (p *Platform) simPress(r *http.Request, o order) (any, error) {
	a, err := p.Press(r.Context(), Press{By: o.Person, Message: o.Message, Label: o.Button, Form: o.Form, Option: o.Option, State: o.State})
	out := object{"toast": a.Toast, "type": a.ToastType, "card_changed": a.Card != "", "failed": a.Failed}
	if a.Why != nil {
		out["why"] = a.Why.Error()
	}
	return out, err
}

func (p *Platform) simFault(_ *http.Request, o order) (any, error) {
	f := Fault{Kind: o.Kind, Chat: o.Chat, Scope: o.Scope, API: o.API, Code: o.Code, Times: o.Times}
	if o.For != "" {
		d, err := time.ParseDuration(o.For)
		if err != nil {
			return nil, err
		}
		f.Until = p.now().Add(d)
	}
	return nil, p.Break(f)
}

func (p *Platform) simDeliveries() any {
	out := []object{}
	for _, d := range p.Deliveries() {
		one := object{"event_id": d.EventID, "type": d.Type, "try": d.Try, "at": d.At, "took": d.Took.String(), "lost": d.Lost}
		if d.Err != nil {
			one["error"] = d.Err.Error()
		}
		out = append(out, one)
	}
	return out
}
