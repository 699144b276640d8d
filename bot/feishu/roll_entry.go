package feishu

import (
	"context"
	"encoding/json"

	"fenghuo/bot"
)

// company is the department all others are in. It is no department of anybody's.
const company = "0"

// entry is somebody, or a department, as answers and events show them. A field the app has no scope for is
// not there: https://open.feishu.cn/document/server-docs/contact-v3/user/field-overview
type entry struct {
	OpenID   string   `json:"open_id"`
	UnionID  string   `json:"union_id"`
	Name     string   `json:"name"`
	Units    []string `json:"department_ids"`
	Title    string   `json:"job_title"`
	UnitID   string   `json:"open_department_id"`
	ParentID string   `json:"parent_department_id"`
	Status   struct {
		Frozen   bool `json:"is_frozen"`
		Resigned bool `json:"is_resigned"`
		Exited   bool `json:"is_exited"`
		Deleted  bool `json:"is_deleted"`
	} `json:"status"`
}

func (e entry) member() bot.Member {
	m := bot.Member{Account: e.OpenID, UnionID: e.UnionID, Name: e.Name, Title: e.Title}
	for _, id := range e.Units {
		if id != company && m.Unit == "" {
			m.Unit = id
		}
	}
	m.Active = !e.Status.Frozen && !e.Status.Resigned && !e.Status.Exited
	return m
}

func (e entry) unit() bot.Unit {
	u := bot.Unit{ID: e.UnitID, Parent: e.ParentID, Name: e.Name, Gone: e.Status.Deleted}
	if u.Parent == company {
		u.Parent = ""
	}
	return u
}

// The events that tell of the directory: https://open.feishu.cn/document/server-docs/contact-v3/user/events/updated,
// https://open.feishu.cn/document/server-docs/contact-v3/department/events/updated and
// https://open.feishu.cn/document/server-docs/contact-v3/scope/events/updated
const (
	eventHired     = "contact.user.created_v3"
	eventChanged   = "contact.user.updated_v3"
	eventResigned  = "contact.user.deleted_v3"
	eventUnit      = "contact.department.created_v3"
	eventUnitMoved = "contact.department.updated_v3"
	eventUnitGone  = "contact.department.deleted_v3"
	eventRescoped  = "contact.scope.updated_v3"
)

// enroll keeps what an event tells of the directory; handled is false for any other event. Nothing of it
// goes to the sink: nobody did anything in a chat.
func (a *Adapter) enroll(ctx context.Context, env *envelope) (handled bool, err error) {
	kind := env.kind()
	switch kind {
	case eventHired, eventChanged, eventResigned, eventUnit, eventUnitMoved, eventUnitGone:
	case eventRescoped:
		select {
		case a.rescoped <- struct{}{}:
		default: // it will be read anyway
		}
		return true, nil
	default:
		return false, nil
	}
	if a.cfg.Roll == nil {
		return true, nil
	}
	var in struct {
		Object entry `json:"object"`
	}
	if err := json.Unmarshal(env.Event, &in); err != nil {
		return true, errMalformed
	}
	switch kind {
	case eventUnit, eventUnitMoved, eventUnitGone:
		u := in.Object.unit()
		u.Gone = u.Gone || kind == eventUnitGone
		if u.ID == "" {
			return true, errMalformed
		}
		return true, a.cfg.Roll.KeepUnit(ctx, Name, env.at(), u)
	}
	m := in.Object.member()
	m.Active = m.Active && kind != eventResigned
	if m.Account == "" {
		return true, errMalformed
	}
	if _, asked := a.names.get(m.Account); asked && m.Name != "" {
		a.names.put(m.Account, m.Name)
	}
	return true, a.cfg.Roll.KeepMember(ctx, Name, env.at(), m)
}
