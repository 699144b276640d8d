package wecomtest

import (
	"slices"
	"strconv"
)

// rootDept is the enterprise.
const rootDept = 1

// deptOf is the department of a person.
func (p *Platform) deptOf(person *Person) int {
	for _, d := range p.opt.Org.Depts {
		if d.Name == person.Dept && person.Dept != "" {
			return d.ID
		}
	}
	return rootDept
}

// beneath is a department and all below it.
func (p *Platform) beneath(id int) []int {
	out := []int{id}
	for i := 0; i < len(out); i++ {
		for _, d := range p.opt.Org.Depts {
			if d.Parent == out[i] && !slices.Contains(out, d.ID) {
				out = append(out, d.ID)
			}
		}
	}
	return out
}

// inDept are the members of a department and those below it that the app may see. The caller holds the lock.
func (p *Platform) inDept(id int) (out []*Person) {
	depts := p.beneath(id)
	for _, one := range p.opt.Org.People {
		person := p.member(one.UserID)
		if person != nil && slices.Contains(depts, p.deptOf(person)) && p.visible(person.UserID) {
			out = append(out, person)
		}
	}
	return out
}

// getUser is GET user/get (D/90196). An app of these years is told no mobile number.
func (p *Platform) getUser(c *call) (object, error) {
	person, err := p.seen(c.URL.Query().Get("userid"))
	if err != nil {
		return nil, err
	}
	out := p.userOf(person)
	out["position"], out["status"], out["alias"], out["main_department"], out["is_leader_in_dept"] = person.Title, 1, "", p.deptOf(person), []int{0}
	return out, nil
}

func (p *Platform) seen(userID string) (*Person, error) {
	person := p.member(userID)
	switch {
	case person == nil:
		return nil, no(60111, "%q", userID)
	case !p.visible(person.UserID):
		return nil, no(60011, "%q", userID)
	}
	return person, nil
}

func (p *Platform) userOf(person *Person) object {
	return object{"userid": person.UserID, "name": person.Name, "department": []int{p.deptOf(person)}, "open_userid": ""}
}

// simpleList is GET user/simplelist (D/90200): the members of one department, not of those below it.
func (p *Platform) simpleList(c *call) (object, error) {
	id := int(number(c.URL.Query().Get("department_id")))
	if err := p.dept(id); err != nil {
		return nil, err
	}
	users := []object{}
	for _, person := range p.inDept(id) {
		if p.deptOf(person) == id {
			users = append(users, p.userOf(person))
		}
	}
	return object{"userlist": users}, nil
}

func (p *Platform) dept(id int) error {
	if !slices.ContainsFunc(p.opt.Org.Depts, func(d Dept) bool { return d.ID == id }) {
		return no(60123, "%d", id)
	}
	if id == rootDept && p.opt.NoRoot {
		return no(60011, "the root department is not in the app's range")
	}
	return nil
}

// listDepts is GET department/list (D/90208): one and those below it, or all.
func (p *Platform) listDepts(c *call) (object, error) {
	from := rootDept
	if given := c.URL.Query().Get("id"); given != "" {
		from = int(number(given))
		if err := p.dept(from); err != nil {
			return nil, err
		}
	}
	ids, depts := p.beneath(from), []object{}
	for i, d := range p.opt.Org.Depts {
		if slices.Contains(ids, d.ID) && (d.ID != rootDept || !p.opt.NoRoot) {
			depts = append(depts, object{"id": d.ID, "name": d.Name, "parentid": d.Parent, "order": 100000 - i, "department_leader": []string{}})
		}
	}
	return object{"department": depts}, nil
}

// userByMobile is POST user/getuserid (D/95402).
func (p *Platform) userByMobile(c *call) (object, error) {
	var in struct {
		Mobile string `json:"mobile"`
	}
	if err := c.decode(&in); err != nil {
		return nil, err
	}
	person, err := p.seen(p.byMobile(in.Mobile))
	if err != nil {
		return nil, err
	}
	return object{"userid": person.UserID}, nil
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

// number is -1 for what is none.
func number(s string) int64 {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return -1
	}
	return n
}
