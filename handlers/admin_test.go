package handlers_test

import (
	"fmt"
	"strings"
	"testing"

	"fenghuo/bot"
	"fenghuo/store"
)

// mendable is an error an administrator can do something about.
type mendable string

func (e mendable) Error() string  { return "refused" }
func (e mendable) Advice() string { return string(e) }
func (e mendable) Unwrap() error  { return bot.ErrPermanent }

// adminHears is what administrators were told in private.
func (w *world) adminHears() []string {
	w.t.Helper()
	var out []string
	for _, p := range w.posts() {
		if strings.HasPrefix(p.Key, "admin/") {
			out = append(out, p.To+": "+p.Message.Text)
		}
	}
	return out
}

// What keeps messages from a group is told to the administrators, once a day, however many messages fail.
func TestAdministratorsHearWhatKeepsMessagesBack(t *testing.T) {
	w := newWorld(t)
	w.store.SetOnSettled(w.desk.Settled)
	w.reports("G1/T1")
	failed := 0
	for range 100 {
		queued, err := w.store.Claim(t.Context(), 100)
		must(t, err)
		if len(queued) == 0 {
			break
		}
		for _, q := range queued {
			res := bot.Result{Receipt: bot.Receipt{Message: fmt.Sprintf("bot-%d", q.ID), Confirmed: true}}
			if q.Out.Place.Chat == "G1" {
				failed++
				res = bot.Result{Err: mendable("请把它重新拉进群。"), Final: true}
			}
			must(t, w.store.Settle(t.Context(), q, res))
		}
	}
	heard := w.adminHears()
	if failed < 2 || len(heard) != 1 || !strings.Contains(heard[0], "舆情直报群") || !strings.Contains(heard[0], "请把它重新拉进群") {
		t.Errorf("after %d failures administrators heard %q", failed, heard)
	}
}

// One cause that keeps messages from everybody is told of for three people, not for all of them.
func TestAdministratorsHearOfOneCauseThreeTimes(t *testing.T) {
	w := newWorld(t)
	w.store.SetOnSettled(w.desk.Settled)
	people := []string{"linke", "zhoumin", "mayue", "zhenghai", "wanglei"}
	for n, person := range people {
		must(t, w.store.InTx(t.Context(), func(tx *store.Tx) error {
			_, err := tx.Post(store.Post{Key: fmt.Sprint("to/", n), Place: bot.Place{Platform: "webchat", Person: person}, To: person, Message: bot.Message{Text: "x"}})
			return err
		}))
	}
	queued, err := w.store.Claim(t.Context(), 100)
	must(t, err)
	for _, q := range queued {
		must(t, w.store.Settle(t.Context(), q, bot.Result{Err: mendable("本机出口IP不在可信IP里，请添加。"), Final: true}))
	}
	heard := w.adminHears()
	if len(queued) != len(people) || len(heard) != 3 || !strings.Contains(heard[0], "林可") || !strings.Contains(heard[2], "马越") {
		t.Errorf("of %d failures administrators heard %q", len(queued), heard)
	}
}

// A group the bot is removed from is told of at once, with what lives there.
func TestAdministratorsHearOfARemoval(t *testing.T) {
	w := newWorld(t)
	w.reports("G1/T1")
	ev := w.event("linke", "G1", "")
	ev.Kind, ev.Text, ev.ToBot = bot.Left, "", false
	_, err := w.svc.Receive(t.Context(), ev)
	must(t, err)
	heard := w.adminHears()
	if len(heard) != 1 || !strings.Contains(heard[0], "舆情直报群") || !strings.Contains(heard[0], "1件在办") {
		t.Errorf("administrators heard %q", heard)
	}
}

// Whoever is called in a group and leaves it is named to the administrators; anybody else may go.
func TestAdministratorsHearWhenAnOfficerLeavesTheGroup(t *testing.T) {
	w := newWorld(t)
	w.reports("G1/T1")
	for _, person := range []string{"linke", "wanglei", "wanglei"} {
		ev := w.event(person, "G1", "")
		ev.Kind, ev.Text, ev.ToBot, ev.Keys = bot.Parted, "", false, []string{"parted/" + person}
		_, err := w.svc.Receive(t.Context(), ev)
		must(t, err)
	}
	heard := w.adminHears()
	if len(heard) != 1 || !strings.Contains(heard[0], "王蕾已不在“舆情直报群”") || !strings.Contains(heard[0], "1件在办") {
		t.Errorf("administrators heard %q", heard)
	}
}
