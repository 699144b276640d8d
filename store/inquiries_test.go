package store_test

import (
	"errors"
	"testing"
	"time"

	"fenghuo/internal/incident"
	"fenghuo/store"
)

// TestAContactIsMetAgain: by telephone, by name at an outlet, or as whom the inquiry was taken for.
func TestAContactIsMetAgain(t *testing.T) {
	timed(t, func(t *testing.T, s *store.Store, _ *hand) {
		for _, c := range []struct {
			name  string
			known int64
			met   store.ContactRow
			want  store.ContactRow
		}{
			{"nobody", 0, store.ContactRow{Person: "李某"}, store.ContactRow{}},
			{"new", 0, store.ContactRow{Outlet: "南方某报", Steward: "wanglei"}, store.ContactRow{ID: 1, Outlet: "南方某报", Steward: "wanglei"}},
			{"named later", 1, store.ContactRow{Outlet: "南方某报", Person: "李某", Steward: "xuqing"}, store.ContactRow{ID: 1, Outlet: "南方某报", Person: "李某", Steward: "wanglei"}},
			{"by name", 0, store.ContactRow{Outlet: "南方某报", Person: "李某", Phone: "13800000000"}, store.ContactRow{ID: 1, Outlet: "南方某报", Person: "李某", Phone: "13800000000", Steward: "wanglei"}},
			{"by telephone", 0, store.ContactRow{Phone: "13800000000"}, store.ContactRow{ID: 1, Outlet: "南方某报", Person: "李某", Phone: "13800000000", Steward: "wanglei"}},
			{"another at the same telephone", 0, store.ContactRow{Outlet: "南方某报", Person: "赵某", Phone: "13800000000"}, store.ContactRow{ID: 2, Outlet: "南方某报", Person: "赵某", Phone: "13800000000"}},
			{"another telephone", 0, store.ContactRow{Outlet: "南方某报", Person: "李某", Phone: "13900000000"}, store.ContactRow{ID: 1, Outlet: "南方某报", Person: "李某", Phone: "13900000000", Steward: "wanglei"}},
			{"not whom it was taken for", 1, store.ContactRow{Outlet: "都市晚报", Person: "王某"}, store.ContactRow{ID: 3, Outlet: "都市晚报", Person: "王某"}},
			{"the outlet alone is nobody known", 0, store.ContactRow{Outlet: "南方某报"}, store.ContactRow{ID: 4, Outlet: "南方某报"}},
		} {
			var got store.ContactRow
			inTx(t, s, func(tx *store.Tx) (err error) { got, err = tx.MeetContact(c.known, c.met); return err })
			got.CreatedAt = time.Time{}
			if got != c.want {
				t.Errorf("%s: got %+v, want %+v", c.name, got, c.want)
			}
			if got.ID == 0 {
				continue
			}
			inTx(t, s, func(tx *store.Tx) error {
				row, err := tx.Contact(got.ID)
				if row.CreatedAt = (time.Time{}); row != c.want {
					t.Errorf("%s: kept %+v", c.name, row)
				}
				return err
			})
		}
	})
}

// TestInquiriesOfAContact: those of incidents and those that belong to none, the newest first.
func TestInquiriesOfAContact(t *testing.T) {
	timed(t, func(t *testing.T, s *store.Store, h *hand) {
		alone := incident.Inquiry{Contact: 7, Outlet: "南方某报"}
		inTx(t, s, func(tx *store.Tx) (err error) {
			if alone.ID, err = tx.NextInquiryNumber(tx.Now.In(time.FixedZone("CST", 8*3600))); err != nil {
				return err
			}
			alone.At = tx.Now
			if _, err := tx.Inquiry(alone.ID); !errors.Is(err, store.ErrNotFound) {
				t.Errorf("before it is written: %v", err)
			}
			return tx.SaveInquiry(alone)
		})
		h.pass(time.Hour)
		inc := &incident.Incident{Number: "YQ-20260310-001", State: incident.Acked}
		inTx(t, s, func(tx *store.Tx) error {
			inc.Inquiries = []incident.Inquiry{{ID: "M-1", Contact: 7, At: tx.Now}, {ID: "M-2", Contact: 8, At: tx.Now}}
			return tx.CreateIncident(inc)
		})
		check := func(want string, open int) {
			t.Helper()
			inTx(t, s, func(tx *store.Tx) error {
				rows, err := tx.InquiriesOf(7)
				got := ""
				for _, r := range rows {
					got += r.Incident + "/" + r.Number + " "
					if r.Alone() != (r.Number == alone.ID) {
						t.Errorf("%s alone: %v", r.Number, r.Alone())
					}
				}
				if got != want {
					t.Errorf("got %s, want %s", got, want)
				}
				waiting, errs := tx.InquiriesAlone()
				if len(waiting) != open {
					t.Errorf("%d wait, want %d", len(waiting), open)
				}
				return errors.Join(err, errs)
			})
		}
		check("YQ-20260310-001/M-1 "+alone.ID+"/"+alone.ID+" ", 1)
		inc.Inquiries[1].Contact, alone.AnsweredAt = 7, alone.At.Add(time.Minute)
		inTx(t, s, func(tx *store.Tx) error { return errors.Join(tx.SaveIncident(inc), tx.SaveInquiry(alone)) })
		check("YQ-20260310-001/M-2 YQ-20260310-001/M-1 "+alone.ID+"/"+alone.ID+" ", 0)
		inTx(t, s, func(tx *store.Tx) error {
			q, err := tx.Inquiry(alone.ID)
			if q.Outlet != "南方某报" || q.Open() {
				t.Errorf("kept %+v", q)
			}
			return err
		})
	})
}
