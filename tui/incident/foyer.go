package incident

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/state/sorted"
	"muster/tui/kit"
)

// A Foyer is what is known at home of who is here, in whichever incident, and of who waits to
// be let in.
type Foyer struct{ of *Open }

// NewFoyer makes one; team may be nil.
func NewFoyer(u *kit.UI, team Team) Foyer {
	return Foyer{&Open{Case: &Case{UI: u, Ctx: u.Context, Inc: new(state.Incident), Outlets: Outlets{Team: team}}}}
}

// Shared reports whether others may come and go: over SSH, and where somebody is here.
func (f Foyer) Shared() bool { return f.of.Team != nil && (f.of.UI.SSH || len(f.of.Team.Others()) > 0) }

// Mark says how many others are here, and wait; "" for nobody.
func (f Foyer) Mark() string {
	here, _ := people(f.of, f.of.others(true))
	waiting := len(f.of.waiting())
	var parts []string
	if here > 0 {
		parts = append(parts, fmt.Sprintf("%d more here", here))
	}
	if waiting > 0 {
		parts = append(parts, fmt.Sprintf("%d at the door", waiting))
	}
	return strings.Join(parts, ", ")
}

// In says how many others are in an incident; "" if nobody is.
func (f Foyer) In(incident string) string {
	in := sorted.Without(f.of.others(true), func(m Mate) bool { return m.Incident != incident })
	n, _ := people(f.of, in)
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%d in it", n)
}

// NoTeam says why nobody can be listed, NoDoor why nobody is let in; "" if they can be.
func (f Foyer) NoTeam() string { return f.of.noTeam() }

// NoDoor is NoTeam for the door.
func (f Foyer) NoDoor() string { return noDoor(f.of) }

// ShowTeam lists who is here, and where.
func (f Foyer) ShowTeam() tea.Cmd { return f.of.showTeam() }

// ShowDoor leads to who waits, and to inviting somebody.
func (f Foyer) ShowDoor() tea.Cmd { return showDoor(f.of) }
