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

		{"POST " + cgi + "appchat/create", AppChat, false, (*Platform).createChat},
		{"POST " + cgi + "appchat/update", AppChat, false, (*Platform).updateChat},
		{"GET " + cgi + "appchat/get", AppChat, false, (*Platform).getChat},
		{"POST " + cgi + "appchat/send", AppChat, false, (*Platform).sendChat},

		{"POST " + cgi + "media/upload", "", false, (*Platform).uploadMedia},
		{"GET " + cgi + "media/get", "", false, (*Platform).getMedia},

		{"GET " + cgi + "user/get", "", false, (*Platform).getUser},
		{"GET " + cgi + "user/simplelist", "", false, (*Platform).simpleList},
		{"POST " + cgi + "user/getuserid", "", false, (*Platform).userByMobile},
		{"GET " + cgi + "department/list", "", false, (*Platform).listDepts},

		{"POST " + cgi + "webhook/send", Robot, true, (*Platform).robotSend},
		{"POST " + cgi + "webhook/upload_media", Robot, true, (*Platform).uploadHook},
		{"POST " + replyPath, AIBot, true, (*Platform).respondURL},
	}
}

// callbackIP is GET getcallbackip (D/90238).
func (p *Platform) callbackIP(*call) (object, error) {
	return object{"ip_list": []string{"101.226.0.0/16"}}, nil
}
