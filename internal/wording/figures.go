package wording

import "slices"

// figures finds numbers and times that differ from those the talking points have of the same matter.
func (c *checker) figures() {
	for _, m := range c.measures {
		against, agrees := c.knownMeasure(m)
		if against == "" {
			continue
		}
		if m.unit == "时长" {
			c.settled = append(c.settled, m.part)
		}
		if !agrees {
			c.find(Number, m.part, against, against)
		}
	}
	for _, m := range c.moments {
		against, agrees := c.knownMoment(m)
		if against == "" {
			continue
		}
		c.settled = append(c.settled, m.part)
		if !agrees {
			c.find(Time, m.part, against, against)
		}
	}
}

// knownMeasure is the text that has a figure of the same matter, the one that agrees if any does.
func (c *checker) knownMeasure(m measure) (against string, agrees bool) {
	clause := gistOf(around(c.clauses, m.from).in(c.text)).pairs()
	for _, k := range c.known {
		for _, o := range k.measures {
			if !sameMatter(m, o) && !(len(m.topics) == 0 && m.lo != 1 && share(clause, k.pairs) >= 0.6 && m.unit == o.unit) {
				continue
			}
			if m.agrees(o) {
				return k.said, true
			}
			if against == "" {
				against = k.said
			}
		}
	}
	return against, false
}

// sameMatter reports whether two figures are of one matter: a name of the same sort, or a figure in the
// same unit of which the same is said.
func sameMatter(a, b measure) bool {
	if a.unit != b.unit {
		return false
	}
	if idUnits[a.unit] || a.unit == "阅读" || a.unit == "转发" || a.unit == "评论" {
		return true
	}
	if a.unit == "时长" {
		return meet(deeds(a.topics), deeds(b.topics))
	}
	return meet(a.topics, b.topics)
}

func deeds(all []topic) []topic {
	return slices.DeleteFunc(slices.Clone(all), func(t topic) bool { return aboutOnly[t] })
}

// knownMoment is the same for times. What the talking points have to the minute goes before what they have
// roughly.
func (c *checker) knownMoment(m moment) (against string, agrees bool) {
	exact := -1
	for _, k := range c.known {
		for _, o := range k.moments {
			if !meet(m.topics, o.topics) || o.exact < exact {
				continue
			}
			if o.exact > exact || m.agrees(o) && !agrees {
				against, agrees, exact = k.said, m.agrees(o), o.exact
			}
		}
	}
	return against, agrees
}
