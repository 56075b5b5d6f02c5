package export

import (
	"time"

	"muster/state"
	"muster/state/view"
)

// A Sitrep is a situation report that can be written for people.
type Sitrep struct{ *view.Sitrep }

// NewSitrep draws a situation report from the log. It only reads inc, which must
// hold at least one entry.
func NewSitrep(inc *state.Incident, opts view.SitrepOptions) Sitrep {
	return Sitrep{view.NewSitrep(inc, opts)}
}

// clock is a time in the report's zone, with its day and offset: the report is read
// on other days, and elsewhere.
func (s Sitrep) clock(t time.Time) string {
	return t.In(s.Zone).Format("2006-01-02 15:04 -07:00")
}
