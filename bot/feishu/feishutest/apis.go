package feishutest

import "strings"

// apis are the calls the stand-in knows, with the scopes any one of which opens them.
func apis() []api {
	const (
		im    = "/open-apis/im/v1/"
		one   = im + "messages/{id}"
		cont  = "/open-apis/contact/v3/"
		send  = "im:message im:message:send_as_bot"
		alter = "im:message im:message:send_as_bot im:message:update"
		look  = "im:message im:message:readonly im:message.history:readonly"
		chats = "im:chat im:chat:readonly"
		who   = "contact:contact.base:readonly contact:user.base:readonly"
	)
	return []api{
		{"GET /open-apis/bot/v3/info", nil, false, (*Platform).botInfo},
		{"GET /open-apis/application/v6/scopes", nil, false, (*Platform).scopes},
		{"GET /open-apis/event/v1/outbound_ip", scopes("event:ip_list"), false, (*Platform).outboundIP},

		{"POST " + im + "messages", scopes(send), false, (*Platform).create},
		{"GET " + im + "messages", scopes(look), false, (*Platform).list},
		{"POST " + one + "/reply", scopes(send), false, (*Platform).reply},
		{"PATCH " + one, scopes(alter), false, (*Platform).patch},
		{"DELETE " + one, scopes(send), false, (*Platform).recall},
		{"GET " + one, scopes(look), false, (*Platform).get},
		{"PATCH " + one + "/urgent_app", scopes("im:message.urgent"), false, (*Platform).urgentApp},
		{"PATCH " + one + "/urgent_sms", scopes("im:message.urgent:sms"), false, (*Platform).urgentSMS},
		{"PATCH " + one + "/urgent_phone", scopes("im:message.urgent:phone"), false, (*Platform).urgentPhone},
		{"GET " + one + "/read_users", scopes(look + " im:message:send_as_bot"), false, (*Platform).readUsers},
		{"POST " + one + "/reactions", scopes("im:message im:message.reactions:write_only"), false, (*Platform).react},
		{"DELETE " + one + "/reactions/{rid}", scopes("im:message im:message.reactions:write_only"), false, (*Platform).unreact},
		{"GET " + one + "/resources/{key}", scopes(look), false, (*Platform).resource},
		{"POST /open-apis/interactive/v1/card/update", scopes(alter), true, (*Platform).delayed},

		{"POST " + im + "images", scopes("im:resource im:resource:upload"), false, (*Platform).uploadImage},
		{"GET " + im + "images/{key}", scopes("im:resource"), false, (*Platform).ownFile},
		{"POST " + im + "files", scopes("im:resource im:resource:upload"), false, (*Platform).uploadFile},
		{"GET " + im + "files/{key}", scopes("im:resource"), false, (*Platform).ownFile},

		{"GET " + im + "chats", scopes(chats), false, (*Platform).listChats},
		{"POST " + im + "chats", scopes("im:chat im:chat:create"), false, (*Platform).createChat},
		{"GET " + im + "chats/{id}", scopes(chats), false, (*Platform).getChat},
		{"GET " + im + "chats/{id}/members", scopes(chats + " im:chat.members:read"), false, (*Platform).members},
		{"POST " + im + "chats/{id}/members", scopes("im:chat im:chat.members:write_only"), false, (*Platform).addMembers},
		{"GET " + im + "chats/{id}/members/is_in_chat", scopes(chats + " im:chat.members:read"), false, (*Platform).isInChat},

		{"GET " + cont + "scopes", scopes(who), false, (*Platform).contactRange},
		{"GET " + cont + "users/{id}", scopes(who), false, (*Platform).getUser},
		{"GET " + cont + "users/batch", scopes(who), false, (*Platform).batchUsers},
		{"POST " + cont + "users/basic_batch", scopes("contact:user.basic_profile:readonly"), false, (*Platform).basicUsers},
		{"POST " + cont + "users/batch_get_id", scopes("contact:user.id:readonly"), false, (*Platform).userIDs},
		{"GET " + cont + "users/find_by_department", scopes(who), false, (*Platform).usersOf},
		{"GET " + cont + "departments/{id}", scopes(who + " contact:department.base:readonly"), false, (*Platform).getDept},
		{"GET " + cont + "departments/{id}/children", scopes(who + " contact:department.base:readonly"), false, (*Platform).subDepts},
	}
}

func scopes(list string) []string { return strings.Fields(list) }

func (p *Platform) urgentApp(c *call) (any, error)   { return p.urgent(c, "app") }
func (p *Platform) urgentSMS(c *call) (any, error)   { return p.urgent(c, "sms") }
func (p *Platform) urgentPhone(c *call) (any, error) { return p.urgent(c, "phone") }

// botInfo is GET bot/v3/info; its answer is under "bot".
func (p *Platform) botInfo(c *call) (any, error) {
	c.top = "bot"
	return map[string]any{"activate_status": 2, "app_name": p.opt.BotName, "avatar_url": "", "open_id": p.opt.BotOpenID, "ip_white_list": []string{}}, nil
}

// scopes is GET application/v6/scopes: what the app was granted. Asking needs no scope.
func (p *Platform) scopes(*call) (any, error) {
	list := []object{}
	for _, s := range p.opt.Scopes {
		list = append(list, object{"scope_name": s, "grant_status": 1, "scope_type": "tenant"})
	}
	return object{"scopes": list}, nil
}

// outboundIP is GET event/v1/outbound_ip: where events come from.
func (p *Platform) outboundIP(*call) (any, error) {
	return map[string]any{"ip_list": []string{"127.0.0.1", "::1"}, "has_more": false, "page_token": ""}, nil
}
