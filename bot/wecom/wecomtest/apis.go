package wecomtest

// apis are the calls the stand-in knows.
func apis() []api {
	const cgi = "/cgi-bin/"
	return []api{
		{"GET " + cgi + "gettoken", "", true, (*Platform).getToken},
		{"GET " + cgi + "getcallbackip", "", false, (*Platform).callbackIP},

		{"POST " + cgi + "message/send", App, false, (*Platform).send},
		{"POST " + cgi + "message/update_template_card", App, false, (*Platform).updateCard},
		{"POST " + cgi + "message/recall", App, false, (*Platform).recall},

		{"POST " + cgi + "webhook/send", Robot, true, (*Platform).robotSend},
		{"POST " + replyPath, AIBot, true, (*Platform).respondURL},
	}
}

// callbackIP is GET getcallbackip (D/90238).
func (p *Platform) callbackIP(*call) (object, error) {
	return object{"ip_list": []string{"101.226.0.0/16"}}, nil
}
