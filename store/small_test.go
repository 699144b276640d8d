package store_test

import (
	"encoding/json"
	"errors"
	"slices"
	"testing"
	"time"

	"fenghuo/bot"
	"fenghuo/store"
)

func TestMarksKeepTheLastMoment(t *testing.T) {
	timed(t, func(t *testing.T, s *store.Store, h *hand) {
		for _, at := range []time.Time{h.now(), h.now().Add(time.Hour)} {
			inTx(t, s, func(tx *store.Tx) error { return tx.SetMark("digest", at) })
			inTx(t, s, func(tx *store.Tx) error {
				if got, err := tx.Mark("digest"); err != nil || !got.Equal(at) {
					t.Errorf("%v, %v; want %v", got, err, at)
				}
				if got, err := tx.Mark("never"); err != nil || !got.IsZero() {
					t.Errorf("never: %v, %v", got, err)
				}
				return nil
			})
		}
	})
}

func TestOneFormPerPersonAndConversation(t *testing.T) {
	timed(t, func(t *testing.T, s *store.Store, h *hand) {
		place := bot.Place{Platform: "feishu", Chat: "oc_1", Thread: "t"}
		form := func(person, chat string) *store.FormRow {
			p := place
			p.Chat = chat
			return &store.FormRow{Person: person, Place: p, Form: "kuaibao", State: json.RawMessage(`{"b": 1, "a": "积水"}`), Active: true}
		}
		save := func(row *store.FormRow) error {
			return s.InTx(t.Context(), func(tx *store.Tx) error { return tx.SaveForm(row) })
		}
		first := form("zhangsan", "oc_1")
		for _, row := range []*store.FormRow{first, form("zhangsan", "oc_2"), form("lisi", "oc_1")} {
			if err := save(row); err != nil || row.ID == 0 {
				t.Fatal(row, err)
			}
			h.pass(time.Second)
		}
		if err := save(form("zhangsan", "oc_1")); !errors.Is(err, store.ErrFormActive) {
			t.Errorf("a second one: %v", err)
		}
		if err := save(&store.FormRow{ID: 999, Person: "x", Place: place}); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("one that is not there: %v", err)
		}
		inTx(t, s, func(tx *store.Tx) error {
			got, err := tx.ActiveForm("zhangsan", place.Key())
			if err != nil || got.ID != first.ID || got.Place != place || string(got.State) != string(first.State) || !got.StartedAt.Equal(newHand().at) || !got.LastAt.IsZero() {
				t.Errorf("%+v, %v", got, err)
			}
			got.LastAt, got.Incident = tx.Now, "YQ-20260310-001"
			return tx.SaveForm(got)
		})
		inTx(t, s, func(tx *store.Tx) error {
			rows, err := tx.ActiveForms("zhangsan")
			if err != nil || len(rows) != 2 || rows[0].ID != first.ID || !rows[0].LastAt.Equal(h.now()) {
				t.Errorf("active: %+v, %v", rows, err)
			}
			rows[0].Active = false
			return tx.SaveForm(&rows[0])
		})
		inTx(t, s, func(tx *store.Tx) error {
			if _, err := tx.ActiveForm("zhangsan", place.Key()); !errors.Is(err, store.ErrNotFound) {
				t.Errorf("still active: %v", err)
			}
			byID, err1 := tx.Form(first.ID)
			of, err2 := tx.FormOf("YQ-20260310-001")
			if err := errors.Join(err1, err2); err != nil || byID.ID != of.ID {
				t.Errorf("%+v, %+v, %v", byID, of, err)
			}
			return nil
		})
		if err := save(form("zhangsan", "oc_1")); err != nil {
			t.Errorf("the next one: %v", err)
		}
	})
}

func TestPeopleAndGroupsKeepTheirLastName(t *testing.T) {
	timed(t, func(t *testing.T, s *store.Store, h *hand) {
		began := h.now()
		see := func(name string) {
			inTx(t, s, func(tx *store.Tx) error {
				return errors.Join(tx.SeePerson("feishu", "ou_1", name), tx.SeeGroup("feishu", "oc_1", name))
			})
		}
		want := func(name string, last time.Time) {
			t.Helper()
			inTx(t, s, func(tx *store.Tx) error {
				p, err1 := tx.Person("feishu", "ou_1")
				g, err2 := tx.Group("feishu", "oc_1")
				if err := errors.Join(err1, err2); err != nil {
					return err
				}
				if p != (store.PersonRow{Platform: "feishu", Account: "ou_1", Name: name, FirstAt: began, LastAt: last, Active: true}) {
					t.Errorf("person %+v", p)
				}
				if g != (store.GroupRow{Platform: "feishu", Chat: "oc_1", Name: name, FirstAt: began, LastAt: last}) {
					t.Errorf("group %+v", g)
				}
				return nil
			})
		}
		see("张三")
		h.pass(time.Hour)
		see("张三")
		see("")
		want("张三", began) // the same again within a day is no news
		see("张三丰")
		want("张三丰", began.Add(time.Hour))
		h.pass(25 * time.Hour)
		see("")
		want("张三丰", began.Add(26*time.Hour))
		inTx(t, s, func(tx *store.Tx) error {
			if err := tx.SeeGroup("wecom", "wr_1", "值班群"); err != nil {
				return err
			}
			groups, err := tx.Groups()
			if err != nil || !slices.Equal([]string{groups[0].Chat, groups[1].Chat}, []string{"oc_1", "wr_1"}) {
				t.Errorf("groups %+v, %v", groups, err)
			}
			if _, err := tx.Person("wecom", "ou_1"); !errors.Is(err, store.ErrNotFound) {
				t.Errorf("a stranger: %v", err)
			}
			if _, err := tx.Group("feishu", "oc_9"); !errors.Is(err, store.ErrNotFound) {
				t.Errorf("a strange group: %v", err)
			}
			return nil
		})
	})
}
