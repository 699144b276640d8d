package wecomtest

import "slices"

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
