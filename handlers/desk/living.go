package desk

import (
	"encoding/json"
	"fmt"

	"fenghuo/bot"
	"fenghuo/internal/incident"
	"fenghuo/store"
)

// silent are acts a card does not show: what the service itself notes while it calls and reminds.
var silent = map[incident.Kind]bool{
	incident.CallDelivered: true, incident.CallRead: true, incident.Reminded: true, incident.DueSaid: true,
	incident.DueDelivered: true, incident.OutageNoted: true, incident.Housed: true,
	incident.FindingSigned: true, incident.FindingContested: true, incident.FindingKept: true, incident.FindingTakenBack: true, incident.FindingSettled: true,
	incident.InquiryReminded: true,
	incident.RoomAsked:       true, incident.RoomMade: true, incident.RoomFailed: true,
}

// refresh makes the cards that live show the incident as it stands now. Of two changes before the first
// was shown, only the second is.
func (w *Work) refresh(inc *incident.Incident) error {
	rows, err := w.Tx.PostsOf(inc.Number)
	if err != nil {
		return err
	}
	last := map[string]store.PostRow{}
	for _, row := range rows {
		if row.Message.Updates != "" && row.Status != store.Dropped {
			last[row.Message.Updates] = row
		}
	}
	for _, row := range rows {
		if !row.Message.Lives || over[row.Status] {
			continue
		}
		m := w.present(inc, row)
		shown, again := last[row.Key]
		if again && same(shown.Message.Card, m.Card) {
			continue
		}
		if again && shown.Status == store.Queued {
			if _, err := w.Tx.Drop(shown.Key, "已有更新的状态"); err != nil {
				return err
			}
		}
		_, err := w.Tx.Post(store.Post{Key: fmt.Sprintf("%s/state/%d", row.Key, inc.Acts), Place: row.Place, To: row.To,
			Incident: row.Incident, Reason: "卡片更新", Message: m})
		if err != nil {
			return fmt.Errorf("refresh %s: %w", row.Key, err)
		}
	}
	return nil
}

func (w *Work) present(inc *incident.Incident, row store.PostRow) bot.Message {
	m := w.Voice.Present(inc, row.Place.Person, w.Now)
	if inc.Confidential && !row.Place.Direct() {
		m = w.Voice.Sealed(inc)
	}
	m.Updates, m.Opens = row.Key, row.Message.Opens
	return m
}

// same compares cards as they are stored.
func same(a, b *bot.Card) bool {
	one, err := json.Marshal(a)
	if err != nil {
		return false
	}
	other, err := json.Marshal(b)
	return err == nil && string(one) == string(other)
}
