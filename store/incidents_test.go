package store_test

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"fenghuo/internal/incident"
	"fenghuo/store"
	"fenghuo/store/storetest"

	"github.com/google/go-cmp/cmp"
)

// fill sets everything within v that can be set.
func fill(v reflect.Value, n *int) {
	*n++
	switch v.Interface().(type) {
	case time.Time:
		v.Set(reflect.ValueOf(time.Date(2026, 3, 10, 1, 0, *n, 0, time.UTC)))
		return
	case incident.Span:
		v.Set(reflect.ValueOf(incident.Span{Workdays: *n}))
		return
	case incident.Level:
		v.Set(reflect.ValueOf(incident.LevelII))
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), n)
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), n)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(0), n)
		fill(v.Index(1), n)
	case reflect.String:
		v.SetString("积水 <&> " + string(rune('一'+*n)))
	case reflect.Bool:
		v.SetBool(true)
	default:
		v.SetInt(int64(*n))
	}
}

func TestAnIncidentComesBackAsItWas(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		var want incident.Incident
		n := 0
		fill(reflect.ValueOf(&want).Elem(), &n)
		want.Number = "YQ-20260310-001"
		check := func(what string) {
			t.Helper()
			inTx(t, s, func(tx *store.Tx) error {
				got, err := tx.Incident(want.Number)
				if err != nil {
					return err
				}
				if diff := cmp.Diff(&want, got); diff != "" {
					t.Errorf("%s (-want +got):\n%s", what, diff)
				}
				return nil
			})
		}
		inTx(t, s, func(tx *store.Tx) error { return tx.CreateIncident(&want) })
		check("created")
		want.FollowUps, want.Title, want.Handover = want.FollowUps[:1], "改过", nil
		inTx(t, s, func(tx *store.Tx) error { return tx.SaveIncident(&want) })
		check("saved")
	})
}

func TestAnIncidentIsCreatedOnceAndSavedOnlyThen(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		inc := incidentWith("YQ-20260310-001", 1)
		if err := s.InTx(t.Context(), func(tx *store.Tx) error { return tx.SaveIncident(inc) }); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("saved what there is not: %v", err)
		}
		inTx(t, s, func(tx *store.Tx) error { return tx.CreateIncident(inc) })
		if err := s.InTx(t.Context(), func(tx *store.Tx) error { return tx.CreateIncident(inc) }); err == nil {
			t.Error("created twice")
		}
	})
}

func TestPartsFollowTheIncident(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		inc := incidentWith("YQ-20260310-001", 3)
		from, to := inc.FoundAt, inc.FoundAt.Add(2*time.Hour)
		counts := func() (followUps, risks, evidence int) {
			inTx(t, s, func(tx *store.Tx) error {
				f, err1 := tx.FollowUpsBetween(from, to)
				r, err2 := tx.RisksBetween(from, to)
				e, err3 := tx.EvidenceWith("ab")
				followUps, risks, evidence = len(f), len(r), len(e)
				return errors.Join(err1, err2, err3)
			})
			return
		}
		inTx(t, s, func(tx *store.Tx) error { return tx.CreateIncident(inc) })
		if f, r, e := counts(); f != 2 || r != 2 || e != 3 { // [from, to) leaves the third out
			t.Errorf("%d follow-ups, %d risks, %d pieces of evidence", f, r, e)
		}
		inc.FollowUps, inc.Risks[1].OpenedAt, inc.Evidence[0].SHA256 = inc.FollowUps[:1], to, "cd"
		inTx(t, s, func(tx *store.Tx) error { return tx.SaveIncident(inc) })
		if f, r, e := counts(); f != 1 || r != 1 || e != 2 {
			t.Errorf("after saving: %d follow-ups, %d risks, %d pieces of evidence", f, r, e)
		}
	})
}

func TestIncidentsAreFound(t *testing.T) {
	timed(t, func(t *testing.T, s *store.Store, h *hand) {
		create := func(number, chat string, change func(*incident.Incident)) {
			inc := incidentWith(number, 0)
			inc.Home.Chat, inc.ReportedAt = chat, h.pass(time.Minute)
			change(inc)
			inTx(t, s, func(tx *store.Tx) error { return tx.CreateIncident(inc) })
		}
		start := h.now()
		create("YQ-20260309-001", "a", func(i *incident.Incident) { i.State, i.ClosedAt = incident.Closed, h.now() })
		create("YQ-20260310-001", "a", func(i *incident.Incident) { i.Home.Thread = "t1"; i.Level.Current = incident.LevelI })
		create("YQ-20260310-002", "b", func(i *incident.Incident) { i.Tracker, i.Confidential, i.Unit = "chenjie", true, "chengguan" })
		create("YL-20260310-001", "a", func(i *incident.Incident) { i.Drill, i.Reporter = true, "lisi" })
		inTx(t, s, func(tx *store.Tx) error {
			numbers := func(list []*incident.Incident, err error) []string {
				if err != nil {
					t.Error(err)
				}
				var out []string
				for _, i := range list {
					out = append(out, i.Number)
				}
				return out
			}
			place := func(chat, thread string) []string {
				inc, err := tx.IncidentAt(incident.Place{Platform: "feishu", Chat: chat, Thread: thread})
				if errors.Is(err, store.ErrNotFound) {
					return nil
				}
				return numbers([]*incident.Incident{inc}, err)
			}
			suffix := func(s string) []string {
				list, err := tx.FindNumbers(s)
				if err != nil {
					t.Error(err)
				}
				return list
			}
			where := func(f store.IncidentFilter) []string { return numbers(tx.Incidents(f)) }
			const old, first, second, drill = "YQ-20260309-001", "YQ-20260310-001", "YQ-20260310-002", "YL-20260310-001"
			for name, c := range map[string]struct{ got, want []string }{
				"open":          {numbers(tx.OpenIncidents()), []string{first, second, drill}},
				"in a group":    {numbers(tx.IncidentsIn("feishu", "a")), []string{drill, first}},
				"touched":       {numbers(tx.IncidentsTouched(start.Add(3 * time.Minute))), []string{second, drill}},
				"by reporter":   {numbers(tx.ReportedBy("zhangsan", 2)), []string{second, first}},
				"recent":        {numbers(tx.RecentIncidents(1)), []string{drill}},
				"in a thread":   {place("a", "t1"), []string{first}},
				"in the stream": {place("a", ""), []string{drill}},
				"nowhere":       {place("c", ""), nil},
				"001":           {suffix("001"), []string{drill, first, old}},
				"20260310-001":  {suffix("20260310-001"), []string{drill, first}},
				"lower case":    {suffix("yq-20260310-001"), []string{first}},
				"%-001":         {suffix("%-001"), []string{drill, first, old}},
				"no number":     {suffix("009"), nil},
				"all":           {where(store.IncidentFilter{}), []string{drill, second, first, old}},
				"of a time":     {where(store.IncidentFilter{From: start.Add(2 * time.Minute), To: start.Add(3 * time.Minute)}), []string{first}},
				"closed":        {where(store.IncidentFilter{ClosedFrom: start}), []string{old}},
				"in a state":    {where(store.IncidentFilter{State: incident.Closed}), []string{old}},
				"of a level":    {where(store.IncidentFilter{Level: incident.LevelI}), []string{first}},
				"of a unit":     {where(store.IncidentFilter{Unit: "chengguan"}), []string{second}},
				"of a person":   {where(store.IncidentFilter{Person: "chenjie"}), []string{second}},
				"not open":      {where(store.IncidentFilter{Open: store.Without}), []string{old}},
				"no drills":     {where(store.IncidentFilter{Drill: store.Without, Open: store.Only}), []string{second, first}},
				"confidential":  {where(store.IncidentFilter{Confidential: store.Only}), []string{second}},
				"a page":        {where(store.IncidentFilter{Limit: 2}), []string{drill, second}},
			} {
				if !slices.Equal(c.got, c.want) {
					t.Errorf("%s: %q, want %q", name, c.got, c.want)
				}
			}
			byLevel, err := tx.CountByLevel(store.IncidentFilter{Drill: store.Without})
			want := map[incident.Level]int64{incident.LevelI: 1, incident.LevelIII: 2}
			if err != nil || !reflect.DeepEqual(byLevel, want) {
				t.Errorf("by level %v, %v", byLevel, err)
			}
			page, err := tx.IncidentRows(store.IncidentFilter{Limit: 2})
			if err != nil || len(page) != 2 {
				t.Fatal(page, err)
			}
			rest, err := tx.IncidentRows(store.IncidentFilter{BeforeID: page[1].ID})
			if err != nil || len(rest) != 2 || rest[0].Number != first {
				t.Errorf("next page %+v, %v", rest, err)
			}
			if n, err := tx.CountIncidents(store.IncidentFilter{BeforeID: page[1].ID}); err != nil || n != 4 {
				t.Errorf("%d in all, %v", n, err)
			}
			return nil
		})
	})
}

func TestNumbersRunWithoutGapsWhoeverAsks(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		const n = 30
		day := time.Date(2026, 3, 10, 0, 0, 0, 0, time.UTC)
		var mu sync.Mutex
		var got []string
		var wg sync.WaitGroup
		for i := range n {
			wg.Go(func() {
				var number string
				err := s.InTx(context.Background(), func(tx *store.Tx) (err error) {
					if number, err = tx.NextNumber(day); err == nil && i%3 == 0 {
						err = context.Canceled // gives its number back
					}
					return err
				})
				if err == nil {
					mu.Lock()
					got = append(got, number)
					mu.Unlock()
				}
			})
		}
		wg.Wait()
		slices.Sort(got)
		if len(slices.Compact(got)) != n*2/3 || got[0] != "YQ-20260310-001" || got[len(got)-1] != "YQ-20260310-020" {
			t.Errorf("numbers %q", got)
		}
		inTx(t, s, func(tx *store.Tx) error {
			for want, ask := range map[string]func() (string, error){
				"YL-20260310-001": func() (string, error) { return tx.NextDrillNumber(day) },
				"YQ-20260311-001": func() (string, error) { return tx.NextNumber(day.AddDate(0, 0, 1)) },
			} {
				if got, err := ask(); err != nil || got != want {
					t.Errorf("%s, %v; want %s", got, err, want)
				}
			}
			return nil
		})
	})
}
