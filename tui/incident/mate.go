package incident

import (
	"time"

	"muster/tui/kit"
)

// A Team is who else is here. Its methods return at once; what they say may be a moment
// old.
type Team interface {
	// Move says who sits here, and where they are: an incident's id, a screen, a step.
	// Each may be "".
	Move(person, incident, screen, step string)
	// Others are those who are here too, and those whose line broke, by name.
	Others() []Mate
}

// A Mate is somebody else who is here. Its texts are clean.
type Mate struct {
	Name     string
	Role     string // their access; "" for whoever sits at the machine itself
	Incident string
	Screen   string
	Step     string
	Moved    time.Time // when they last went anywhere
	Lost     bool      // their line broke
}

// line says where somebody is, and since when.
func (m Mate) line(now time.Time) string {
	text := m.Name
	if m.Role != "" {
		text += " (" + m.Role + ")"
	}
	where := "at home"
	if m.Incident != "" {
		where = kit.ShortID(m.Incident) + ", " + m.Screen
	}
	if m.Step != "" {
		where += ", step " + m.Step
	}
	since := "since " + kit.ClockTime(m.Moved, now)
	if m.Lost {
		return text + " — CUT OFF, last at " + where + " " + since
	}
	return text + " — " + where + ", " + since
}
