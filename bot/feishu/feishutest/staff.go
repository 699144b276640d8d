package feishutest

import (
	"context"
	"fmt"
	"slices"
)

// Hires lets somebody come into the company, or changes who has that open_id: another name, department, title.
func (p *Platform) Hires(ctx context.Context, person Person) error {
	return p.act(ctx, func() (*event, error) {
		if person.OpenID == "" {
			return nil, fmt.Errorf("somebody without an open_id")
		}
		one := Org{People: []Person{person}, Depts: p.opt.Org.Depts}.complete().People[0]
		kind := "contact.user.updated_v3"
		i := slices.IndexFunc(p.opt.Org.People, func(o Person) bool { return o.OpenID == one.OpenID })
		if i < 0 {
			kind = "contact.user.created_v3"
			p.opt.Org.People = append(p.opt.Org.People, one)
			id := privateID(one.OpenID)
			p.chats[id] = &chat{Group: Group{ChatID: id}, private: one.OpenID}
		} else {
			p.opt.Org.People[i] = one
		}
		p.people[one.OpenID] = &one
		return p.staffEvent(kind, &one), nil
	})
}

// Resigns lets somebody go; their messages stay.
func (p *Platform) Resigns(ctx context.Context, openID string) error {
	return p.act(ctx, func() (*event, error) {
		person := p.people[openID]
		if person == nil {
			return nil, fmt.Errorf("nobody has the open_id %q", openID)
		}
		p.opt.Org.People = slices.DeleteFunc(p.opt.Org.People, func(o Person) bool { return o.OpenID == openID })
		return p.staffEvent("contact.user.deleted_v3", person), nil
	})
}

// staffEvent tells of somebody in the app's contact range, in the fields its scopes show
// (contact-v3/user/events). The caller holds the lock.
func (p *Platform) staffEvent(kind string, person *Person) *event {
	if !p.visible(person.OpenID) || !p.granted("contact:contact.base:readonly") && !p.granted("contact:user.base:readonly") {
		return nil
	}
	return p.newEvent(kind, object{"object": p.user(person)})
}

// Founds opens a department, or changes the one that has that id (contact-v3/department/events).
func (p *Platform) Founds(ctx context.Context, d Dept) error {
	return p.act(ctx, func() (*event, error) {
		kind := "contact.department.updated_v3"
		if old := p.dept(d.ID); old != nil {
			*old = d
		} else {
			kind = "contact.department.created_v3"
			p.opt.Org.Depts = append(p.opt.Org.Depts, d)
		}
		return p.deptEvent(kind, &d), nil
	})
}

// Dissolves takes a department away.
func (p *Platform) Dissolves(ctx context.Context, id string) error {
	return p.act(ctx, func() (*event, error) {
		d := p.dept(id)
		if d == nil {
			return nil, fmt.Errorf("no department %q", id)
		}
		gone := *d
		p.opt.Org.Depts = slices.DeleteFunc(p.opt.Org.Depts, func(o Dept) bool { return o.ID == id })
		return p.deptEvent("contact.department.deleted_v3", &gone), nil
	})
}

func (p *Platform) deptEvent(kind string, d *Dept) *event {
	if p.opt.Visible != nil || !p.granted("contact:contact.base:readonly") {
		return nil
	}
	return p.newEvent(kind, object{"object": p.shownDept(d)})
}

// Shows sets the app's contact range: these people, or with nobody named everybody (contact-v3/scope/events/updated).
func (p *Platform) Shows(ctx context.Context, openIDs ...string) error {
	return p.act(ctx, func() (*event, error) {
		p.opt.Visible = openIDs
		return p.newEvent("contact.scope.updated_v3", object{"added": object{"users": []any{}}, "removed": object{"users": []any{}}}), nil
	})
}
