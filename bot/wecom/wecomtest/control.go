package wecomtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// ControlHelp describes /_sim/, for people who steer a running stand-in.
const ControlHelp = `Control (JSON in, JSON out; people and groups by id or by name; chat empty or aibot: private with the AI bot,
app: private with the app):
  POST /_sim/say      {person, chat, text, quote: message, kind: image|file|voice|video, name, data: base64}
  POST /_sim/press    {person, message, button, selected: {question: [options]}}
  POST /_sim/enter    {person, chat: aibot|app}   opens the private chat
  POST /_sim/menu     {person, key}               the app's menu
  POST /_sim/rate     {person, message, type: 1|2|3, text}
  POST /_sim/contact  {change: update_user …, fields: {UserID: …}}
  POST /_sim/hire     {person, name}              POST /_sim/fire {person}
  POST /_sim/fault    {kind, channel: app|aibot|robot|appchat, chat, api, code, times, for: "20m"}
  POST /_sim/verify   {channel: app|aibot, url}   as saving the address in the console does
  GET  /_sim/messages    what everybody sent      GET /_sim/golden      the same as text
  GET  /_sim/deliveries  attempts to tell the bot GET /_sim/complaints  what it did wrong
  GET  /                 the chats drawn; /?message=wm_1 one message alone
Faults: down hang slow drop limited code (calls and frames); duplicate lose (what the bot is told);
  revoke_tokens delete_robot disable_robot add_robot remove_bot add_bot push_dead cut half_open kick (once); mend.`

// order is what somebody asks of /_sim/.
type order struct {
	Person, Chat, Text, Quote, Message, Button, Key, Name, Kind, Change string
	Data                                                                []byte
	Selected                                                            map[string][]string
	Fields                                                              map[string]string
	Type, Code, Times                                                   int
	Channel, API, For, URL                                              string
}

func (p *Platform) control(mux *http.ServeMux) {
	for name, do := range map[string]func(*http.Request, order) (any, error){
		"say": p.simSay, "fault": p.simFault,
		"press": func(r *http.Request, o order) (any, error) {
			return nil, p.Press(r.Context(), o.Person, o.Message, o.Button, o.Selected)
		},
		"enter": func(r *http.Request, o order) (any, error) {
			if o.Chat == App {
				return nil, p.EnterAgent(r.Context(), o.Person)
			}
			return nil, p.EnterChat(r.Context(), o.Person)
		},
		"menu": func(r *http.Request, o order) (any, error) { return nil, p.Pick(r.Context(), o.Person, o.Key) },
		"rate": func(r *http.Request, o order) (any, error) {
			return nil, p.Rate(r.Context(), o.Person, o.Message, o.Type, o.Text)
		},
		"contact": func(r *http.Request, o order) (any, error) {
			p.ChangeContact(r.Context(), o.Change, o.Fields)
			return nil, nil
		},
		"hire": func(r *http.Request, o order) (any, error) {
			p.Hire(r.Context(), Person{UserID: o.Person, Name: o.Name})
			return nil, nil
		},
		"fire":   func(r *http.Request, o order) (any, error) { return nil, p.Fire(r.Context(), o.Person) },
		"verify": func(r *http.Request, o order) (any, error) { return nil, p.Verify(r.Context(), o.Channel, o.URL) },
	} {
		mux.HandleFunc("POST /_sim/"+name, func(w http.ResponseWriter, r *http.Request) { p.obeyed(w, r, do) })
	}
	for name, look := range map[string]func() any{
		"messages": func() any { return p.All() }, "deliveries": p.simDeliveries, "complaints": func() any { return p.Complaints() },
	} {
		mux.HandleFunc("GET /_sim/"+name, func(w http.ResponseWriter, _ *http.Request) { write(w, look()) })
	}
	mux.HandleFunc("GET /_sim/golden", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, p.Golden()) })
	mux.HandleFunc("GET /{$}", p.servePage)
	mux.HandleFunc("POST /{$}", p.serveAct)
}

func (p *Platform) obeyed(w http.ResponseWriter, r *http.Request, do func(*http.Request, order) (any, error)) {
	var o order
	err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody)).Decode(&o)
	if err == nil {
		o.Person, o.Chat = p.personNamed(o.Person), p.chatNamed(o.Chat)
		var out any
		if out, err = do(r, o); err == nil {
			if out == nil {
				out = object{}
			}
			write(w, out)
			return
		}
	}
	w.Header().Set("Content-Type", "application/json; charset=UTF-8")
	w.WriteHeader(http.StatusBadRequest)
	write(w, object{"error": err.Error()})
}

// personNamed is the userid of somebody named by it or by name.
func (p *Platform) personNamed(s string) string {
	for _, person := range p.Options().Org.People {
		if person.Name == s {
			return person.UserID
		}
	}
	return s
}

func (p *Platform) chatNamed(s string) string {
	for id, g := range p.Chats() {
		if g.Name == s {
			return id
		}
	}
	return s
}

func (p *Platform) simSay(r *http.Request, o order) (any, error) {
	s := Said{By: o.Person, Chat: o.Chat, Text: o.Text, Quote: o.Quote}
	if len(o.Data) > 0 {
		s.With = []Attachment{{Kind: o.Kind, Name: o.Name, Data: o.Data}}
	}
	id, err := p.Tell(r.Context(), s)
	return object{"message_id": id}, err
}

func (p *Platform) simFault(_ *http.Request, o order) (any, error) {
	f := Fault{Kind: o.Kind, Channel: o.Channel, Chat: o.Chat, API: o.API, Code: o.Code, Times: o.Times}
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
		one := object{"channel": d.Channel, "kind": d.Kind, "msgid": d.MsgID, "try": d.Try, "at": d.At, "took": d.Took.String(), "lost": d.Lost}
		if d.Err != nil {
			one["error"] = d.Err.Error()
		}
		out = append(out, one)
	}
	return out
}
