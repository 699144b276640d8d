package roster

// mostOffered is as many units as a list on a phone is still quicker than writing.
const mostOffered = 60

// Offer is the list of units a person chooses from: the person's own first, then those beside it under the same
// parent, then the rest, at most 60. A name two units share is written in full.
func (o *Org) Offer(person string) []string {
	own := Unit{}
	if p, ok := o.Person(person); ok {
		own, _ = o.Unit(p.Unit)
	}
	named := map[string]int{}
	for _, u := range o.Units {
		named[u.Name]++
	}
	var near [3][]string
	for _, u := range o.Units {
		name, far := u.Name, 2
		if named[name] > 1 {
			name = u.Shown()
		}
		switch {
		case u.ID == own.ID:
			far = 0
		case own.Parent != "" && u.Parent == own.Parent:
			far = 1
		}
		near[far] = append(near[far], name)
	}
	all := append(append(near[0], near[1]...), near[2]...)
	return all[:min(len(all), mostOffered)]
}
