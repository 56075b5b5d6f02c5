package incident

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/tui/kit"
)

// What parts of an open incident may be told, or asked.
type (
	// A changer is told of every new state of the incident.
	changer interface {
		Changed(before *state.Incident) tea.Cmd
	}
	// A starter is told that the incident has been opened.
	starter interface{ Begin() tea.Cmd }
	// A ticker is told of every second.
	ticker interface{ Tock(now time.Time) tea.Cmd }
	// A follower is told of what this person has recorded.
	follower interface{ After(c state.Command) }
	// A marker has a word for the head about what needs somebody; "" for none.
	marker interface{ Mark() string }
	// An arriver is told that it is gone to, from another screen.
	arriver interface{ Arrive(from kit.Screen) tea.Cmd }
	// An escaper does something on escape before the person is led to the steps; it
	// reports whether it did.
	escaper interface{ Escape() bool }
	// A stepper is on a step that a note or a file may belong to; "" if it is on none.
	stepper interface{ Here() (id, name string) }
	// An abouter is on something that is no step and that a note may be about; "" if on none.
	abouter interface {
		About() (noun state.Noun, id, name string)
	}
	// A finder says what the palette finds beside actions.
	finder interface{ Finds() []kit.Finding }
	// A leader leads to a thing of its screen, by what it is ("step", "notice") and its
	// id; it reports whether it has such things.
	leader interface {
		Lead(what, id string) (tea.Cmd, bool)
	}
	// A phaser is in a phase; "" if it is in none.
	phaser interface{ Phase() string }
)

// LeadTo leads to a thing of the incident, by what it is and its id, whichever screen
// shows it.
func (o *Open) LeadTo(what, id string) tea.Cmd {
	for _, p := range o.parts {
		if p, ok := p.(leader); ok {
			if cmd, ok := p.Lead(what, id); ok {
				return cmd
			}
		}
	}
	return nil
}
