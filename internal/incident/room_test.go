package incident_test

import (
	"testing"

	"fenghuo/internal/incident"
)

// TestAGroupIsMade: one at a time, again after a failure, and who joins later is in it unless that fails.
func TestAGroupIsMade(t *testing.T) {
	w := acked(t, incident.LevelIII, "03-10 09:30")
	home := &incident.Place{Platform: "wecom"}
	ask := incident.Act{Kind: incident.RoomAsked, By: "wanglei", Home: home, Text: "YQ", People: []string{"wanglei", "wuyan"}}
	made := incident.Act{Kind: incident.RoomMade, Home: &incident.Place{Platform: "wecom", Chat: "g1"}}
	w.refused("03-10 09:40", made, incident.NothingAsked)
	w.do("03-10 09:41", ask)
	e := w.refused("03-10 09:42", ask, incident.AnsweredAlready)
	want(t, "who asked", e.Who, "wanglei")
	w.do("03-10 09:43", incident.Act{Kind: incident.RoomFailed, People: ask.People})
	want(t, "there", w.inc.Room.Open(), false)
	w.do("03-10 09:44", ask)
	w.do("03-10 09:45", made)
	want(t, "there", w.inc.Room.Open(), true)
	w.do("03-10 09:46", incident.Act{Kind: incident.RoomAsked, By: "wanglei", People: []string{"dingwei", "linke"}})
	w.do("03-10 09:47", incident.Act{Kind: incident.RoomFailed, People: []string{"linke"}})
	want(t, "members", text(t, w.inc.Room.People), `["wanglei","wuyan","dingwei"]`)
}
