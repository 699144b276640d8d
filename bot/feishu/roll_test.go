package feishu

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fenghuo/bot"
)

// roll remembers what it was told.
type roll struct {
	whole   []bot.Member
	units   []bot.Unit
	members []bot.Member
	at      []time.Time
	err     error
}

func (r *roll) KeepDirectory(_ context.Context, _ string, _ time.Time, units []bot.Unit, members []bot.Member) error {
	r.units, r.whole = append(r.units, units...), append(r.whole, members...)
	return r.err
}

func (r *roll) KeepMember(_ context.Context, _ string, at time.Time, m bot.Member) error {
	r.members, r.at = append(r.members, m), append(r.at, at)
	return r.err
}

func (r *roll) KeepUnit(_ context.Context, _ string, at time.Time, u bot.Unit) error {
	r.units, r.at = append(r.units, u), append(r.at, at)
	return r.err
}

func (r *roll) Member(_ context.Context, _, account string) (bot.Member, bool, error) {
	return bot.Member{Account: account, Name: map[string]string{"ou_enrolled": "在册"}[account]}, account == "ou_enrolled", r.err
}

func (r *roll) DirectoryAt(context.Context, string) (time.Time, error) { return time.Time{}, r.err }

func TestNewsOfTheDirectoryIsKept(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, kind, body string
		member           []bot.Member
		unit             []bot.Unit
	}{
		{"hired", eventHired, `{"object":{"open_id":"ou_a","union_id":"on_a","name":"甲","department_ids":["0","od-1","od-2"],"job_title":"经理","status":{"is_activated":false}}}`,
			[]bot.Member{{Account: "ou_a", UnionID: "on_a", Name: "甲", Unit: "od-1", Title: "经理", Active: true}}, nil},
		{"fields without a scope", eventChanged, `{"object":{"open_id":"ou_a"},"old_object":{"open_id":"ou_a","name":"旧"}}`, []bot.Member{{Account: "ou_a", Active: true}}, nil},
		{"frozen", eventChanged, `{"object":{"open_id":"ou_a","status":{"is_frozen":true}}}`, []bot.Member{{Account: "ou_a"}}, nil},
		{"gone", eventResigned, `{"object":{"open_id":"ou_a","name":"甲"}}`, []bot.Member{{Account: "ou_a", Name: "甲"}}, nil},
		{"unit", eventUnit, `{"object":{"open_department_id":"od-1","parent_department_id":"0","name":"滨江"}}`, nil, []bot.Unit{{ID: "od-1", Name: "滨江"}}},
		{"unit moved", eventUnitMoved, `{"object":{"open_department_id":"od-1","parent_department_id":"od-2","name":"滨江"}}`, nil, []bot.Unit{{ID: "od-1", Parent: "od-2", Name: "滨江"}}},
		{"unit gone", eventUnitGone, `{"object":{"open_department_id":"od-1"}}`, nil, []bot.Unit{{ID: "od-1", Gone: true}}},
		{"nobody", eventHired, `{"object":{}}`, nil, nil},
		{"no object", eventUnit, `[]`, nil, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := &roll{}
			w := newWorld(t, func(cfg *Config) { cfg.Roll = r })
			if events := w.hears(t, c.kind, c.body); len(events) > 0 {
				t.Errorf("went to the sink: %+v", events)
			}
			if diff := cmp.Diff(c.member, r.members) + cmp.Diff(c.unit, r.units); diff != "" {
				t.Error(diff)
			}
			for _, at := range r.at {
				if !at.Equal(time.UnixMilli(1767225600123)) {
					t.Errorf("news of %s", at)
				}
			}
		})
	}
}

// TestNewsThatCannotBeKeptComesAgain: the platform repeats what is not acknowledged.
func TestNewsThatCannotBeKeptComesAgain(t *testing.T) {
	t.Parallel()
	full := errors.New("disk full")
	w := newWorld(t, func(cfg *Config) { cfg.Roll = &roll{err: full} })
	if err := w.Dispatch(t.Context(), w.inbox, []byte(event(eventHired, `{"object":{"open_id":"ou_a"}}`))); !errors.Is(err, full) {
		t.Error(err)
	}
}

// TestAStrangerIsNamedByTheDirectory: the platform is asked only for whom it does not have.
func TestAStrangerIsNamedByTheDirectory(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(cfg *Config) { cfg.Roll = &roll{} })
	w.api.on("/basic_batch", says200(`{"code":0,"data":{"users":[{"user_id":"ou_x","name":"问来的"}]}}`))
	if name := w.strangerName(t.Context(), "ou_enrolled"); name != "在册" || len(w.api.requests("basic_batch")) != 0 {
		t.Errorf("%q, asked %d times", name, len(w.api.requests("basic_batch")))
	}
	if name := w.strangerName(t.Context(), "ou_other"); name != "问来的" || len(w.api.requests("basic_batch")) != 1 {
		t.Errorf("%q, asked %d times", name, len(w.api.requests("basic_batch")))
	}
}

// TestADirectoryOfManyPagesIsReadWhole: departments beneath departments, people of more than one of them,
// people who are in none, a department that is gone meanwhile.
func TestADirectoryOfManyPagesIsReadWhole(t *testing.T) {
	t.Parallel()
	r := &roll{}
	w := newWorld(t, func(cfg *Config) { cfg.Roll = r })
	w.api.on("/contact/v3/scopes",
		says200(`{"code":0,"data":{"department_ids":["od-1","od-gone"],"user_ids":["ou_alone"],"has_more":true,"page_token":"p2"}}`),
		says200(`{"code":0,"data":{"department_ids":["od-2"],"has_more":false}}`))
	w.api.on("/departments/od-1", says200(`{"code":0,"data":{"department":{"open_department_id":"od-1","parent_department_id":"0","name":"一"}}}`))
	w.api.on("/departments/od-gone", refuses(40008, "gone"))
	w.api.on("/departments/od-1/children", says200(`{"code":0,"data":{"items":[{"open_department_id":"od-2","parent_department_id":"od-1","name":"二"}]}}`))
	w.api.on("/find_by_department", says200(`{"code":0,"data":{"items":[{"open_id":"ou_a","name":"甲"}],"has_more":true,"page_token":"p2"}}`),
		says200(`{"code":0,"data":{"items":[{"open_id":"ou_b","name":"乙"}]}}`))
	w.api.on("/users/batch", says200(`{"code":0,"data":{"items":[{"open_id":"ou_alone","name":"单"}]}}`))
	if err := w.syncRoll(t.Context()); err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, m := range r.whole {
		names[m.Name] = true
	}
	for _, u := range r.units {
		names[u.Name] = true
	}
	if diff := cmp.Diff(map[string]bool{"一": true, "二": true, "甲": true, "乙": true, "单": true}, names); diff != "" {
		t.Error(diff)
	}
	if n := len(w.api.requests("children")); n != 1 { // od-2 is known from od-1
		t.Errorf("children asked for %d times", n)
	}

	// What is refused leaves all as it was.
	r.whole = nil
	w.api.on("/contact/v3/scopes", says200(`{"code":0,"data":{"department_ids":["od-1"]}}`))
	w.api.on("/find_by_department", refuses(99991672, "Access denied"))
	if err := w.syncRoll(t.Context()); code(err) != 99991672 || len(r.whole) > 0 {
		t.Errorf("%v; %+v", err, r.whole)
	}
}
