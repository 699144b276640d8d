package feishutest

// Options.Quirks makes the platform do what users report and the documentation leaves open; an adapter
// must live with both. With it
//   - a repeated event is signed with the time of the event, up to seven hours old;
//   - create_time of all events is in microseconds;
//   - the chat_type of topic groups is topic_group;
//   - over the long connection header.token is empty, and card callbacks come in frames of type card.

// framed is the type of the frame an event comes in, and the token in its header.
func (p *Platform) framed(e *event) (kind, token string) {
	switch {
	case !p.opt.Quirks:
		return "event", p.opt.VerificationToken
	case e.kind == "card.action.trigger":
		return "card", ""
	}
	return "event", ""
}
