package feishutest

import "slices"

// user is somebody as contact/v3/user shows him or her: fields whose scope is missing are absent without a word.
func (p *Platform) user(person *Person) object {
	out := object{"open_id": person.OpenID, "union_id": person.UnionID, "name": person.Name, "en_name": "",
		"status": object{"is_activated": true, "is_frozen": false, "is_resigned": false, "is_exited": false, "is_unjoin": false}}
	for scope, f := range map[string]struct {
		name  string
		value any
	}{
		"contact:user.employee_id:readonly": {"user_id", person.UserID}, "contact:user.phone:readonly": {"mobile", person.Mobile},
		"contact:user.department:readonly": {"department_ids", p.deptsOf(person)}, "contact:user.employee:readonly": {"job_title", person.Title},
	} {
		if p.granted(scope) {
			out[f.name] = f.value
		}
	}
	return out
}

func (p *Platform) deptsOf(person *Person) []string {
	if person.Dept == "" {
		return []string{"0"}
	}
	return []string{person.Dept}
}

// seen is a person in the app's contact range.
func (p *Platform) seen(c *call, id string) (*Person, error) {
	person := p.find(c.FormValue("user_id_type"), id)
	if person == nil {
		return nil, no(99992351, ": %s", id)
	}
	if !p.visible(person.OpenID) {
		return nil, no(41050, "")
	}
	return person, nil
}

// getUser is GET contact/v3/users/:user_id.
func (p *Platform) getUser(c *call) (any, error) {
	person, err := p.seen(c, c.PathValue("id"))
	if err != nil {
		return nil, err
	}
	return object{"user": p.user(person)}, nil
}

// batchUsers is GET contact/v3/users/batch: who cannot be seen is left out.
func (p *Platform) batchUsers(c *call) (any, error) {
	ids := c.URL.Query()["user_ids"]
	if len(ids) == 0 || len(ids) > 50 {
		return nil, no(99992402, "user_ids: 1 to 50")
	}
	items := []any{}
	for _, id := range ids {
		if person, err := p.seen(c, id); err == nil {
			items = append(items, p.user(person))
		}
	}
	return object{"items": items}, nil
}

// basicUsers is POST contact/v3/users/basic_batch: names, whatever the contact range.
func (p *Platform) basicUsers(c *call) (any, error) {
	var in struct {
		IDs []string `json:"user_ids"`
	}
	if err := c.decode(&in); err != nil {
		return nil, err
	}
	if len(in.IDs) == 0 || len(in.IDs) > 10 {
		return nil, no(99992402, "user_ids: 1 to 10")
	}
	users := []any{}
	for _, id := range in.IDs {
		if person := p.find(c.FormValue("user_id_type"), id); person != nil {
			users = append(users, object{"user_id": id, "name": person.Name, "i18n_name": object{"zh_cn": person.Name}})
		}
	}
	return object{"users": users}, nil
}

// userIDs is POST contact/v3/users/batch_get_id: ids by telephone number.
func (p *Platform) userIDs(c *call) (any, error) {
	var in struct {
		Mobiles []string `json:"mobiles"`
		Emails  []string `json:"emails"`
	}
	if err := c.decode(&in); err != nil {
		return nil, err
	}
	list := []any{}
	for _, mobile := range in.Mobiles {
		found := object{"mobile": mobile}
		for _, person := range p.opt.Org.People {
			if person.Mobile == mobile && mobile != "" && p.visible(person.OpenID) {
				found["user_id"] = person.id(c.FormValue("user_id_type"))
			}
		}
		list = append(list, found)
	}
	for _, mail := range in.Emails {
		list = append(list, object{"email": mail})
	}
	return object{"user_list": list}, nil
}

// usersOf is GET contact/v3/users/find_by_department.
func (p *Platform) usersOf(c *call) (any, error) {
	id := c.FormValue("department_id")
	if id != "0" && p.dept(id) == nil {
		return nil, no(40008, "")
	}
	var items []any
	for i := range p.opt.Org.People {
		person := &p.opt.Org.People[i]
		if p.visible(person.OpenID) && slices.Contains(p.deptsOf(person), id) {
			items = append(items, p.user(person))
		}
	}
	part, next, err := page(c, items, 50)
	return object{"items": part, "has_more": next != "", "page_token": next}, err
}

func (p *Platform) dept(id string) *Dept {
	for i := range p.opt.Org.Depts {
		if p.opt.Org.Depts[i].ID == id {
			return &p.opt.Org.Depts[i]
		}
	}
	return nil
}

func (p *Platform) shownDept(d *Dept) object {
	return object{"name": d.Name, "department_id": d.ID, "open_department_id": d.ID, "parent_department_id": d.parent(), "status": object{"is_deleted": false}}
}

func (d *Dept) parent() string {
	if d.Parent == "" {
		return "0"
	}
	return d.Parent
}

// getDept is GET contact/v3/departments/:department_id.
func (p *Platform) getDept(c *call) (any, error) {
	d := p.dept(c.PathValue("id"))
	switch {
	case d == nil:
		return nil, no(40008, "")
	case p.opt.Visible != nil:
		return nil, no(40004, "")
	}
	return object{"department": p.shownDept(d)}, nil
}

// subDepts is GET contact/v3/departments/:department_id/children. A range of single people shows no departments.
func (p *Platform) subDepts(c *call) (any, error) {
	id := c.PathValue("id")
	switch {
	case id != "0" && p.dept(id) == nil:
		return nil, no(40008, "")
	case p.opt.Visible != nil:
		return nil, no(40004, "")
	}
	var items []any
	for i := range p.opt.Org.Depts {
		d := &p.opt.Org.Depts[i]
		if d.parent() == id || c.FormValue("fetch_child") == "true" && p.below(d, id) {
			items = append(items, p.shownDept(d))
		}
	}
	part, next, err := page(c, items, 50)
	return object{"items": part, "has_more": next != "", "page_token": next}, err
}

func (p *Platform) below(d *Dept, id string) bool {
	for range p.opt.Org.Depts {
		if d == nil || d.parent() == id {
			return d != nil
		}
		d = p.dept(d.parent())
	}
	return false
}

// contactRange is GET contact/v3/scopes: who is in the app's range.
func (p *Platform) contactRange(*call) (any, error) {
	users, depts := []string{}, []string{}
	if p.opt.Visible != nil {
		users = p.opt.Visible
	} else {
		for _, d := range p.opt.Org.Depts {
			if d.parent() == "0" {
				depts = append(depts, d.ID)
			}
		}
		for _, person := range p.opt.Org.People {
			if person.Dept == "" {
				users = append(users, person.OpenID)
			}
		}
	}
	return object{"department_ids": depts, "user_ids": users, "group_ids": []string{}, "has_more": false}, nil
}
