package roster

import "strings"

// sourcePrefix begins the id a protected source goes by instead of their own.
const sourcePrefix = "source:"

// SourceID is the id of a protected source by the name that is made up for one report.
func SourceID(name string) string { return sourcePrefix + name }

// IsSource reports whether an id is a protected source's.
func IsSource(id string) bool { return strings.HasPrefix(id, sourcePrefix) }

// SourceName is what people read instead of a name.
func SourceName(id string) string { return "保密来源" + strings.TrimPrefix(id, sourcePrefix) }

// Keeps reports whether somebody is one of the two who may learn who a protected source is.
func (o *Org) Keeps(person string) bool {
	for _, id := range o.Protect {
		if id == person && id != "" {
			return true
		}
	}
	return false
}
