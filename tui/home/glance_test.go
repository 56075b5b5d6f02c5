package home_test

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/runbooks"
	"muster/state"
	"muster/tui"
	"muster/tui/tuitest"
)

// TestAGlance: an incident that was started elsewhere is in the list when somebody looks at it
// again or presses a key, and the cursor stays on what was seen under it. Nothing is read while
// nobody looks, nor twice for one glance.
func TestAGlance(t *testing.T) {
	for name, glance := range map[string]func(*tuitest.Terminal){
		"focus": func(term *tuitest.Terminal) { term.Send(tea.FocusMsg{}) },
		"a key": func(term *tuitest.Terminal) { term.Press("k") },
	} {
		t.Run(name, func(t *testing.T) {
			at(t, 80, 24, nil, func(t *testing.T, d *slowDesk, term *tuitest.Terminal) {
				d.Past = append([]tui.IncidentHead{{ID: "2026-11-24-new-elk", Title: "Begun elsewhere", Mode: state.Live, Severity: runbooks.SEV1, Opened: d.Now()}}, d.Past...)
				term.Wait(6 * time.Second)
				if strings.Contains(term.Screen(), "new-elk") {
					t.Error("it is read although nobody looks")
				}
				glance(term)
				term.Wait(time.Second)
				if screen := term.Screen(); !strings.Contains(screen, "new-elk") || !strings.Contains(screen, "▌ ▶ red-fox") {
					t.Errorf("it is not there, or the cursor has moved:\n%s", screen)
				}
				d.Past = d.Past[1:]
				glance(term)
				if !strings.Contains(term.Screen(), "new-elk") {
					t.Error("it is read again within a moment")
				}
			})
		})
	}
}
