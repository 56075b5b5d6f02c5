package tui_test

import (
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/tui"
)

// TestUnsure: until the terminal has answered, and soon, the line is not known to be quick,
// and few bytes are drawn.
func TestUnsure(t *testing.T) {
	for _, test := range []struct {
		name   string
		after  time.Duration
		msg    tea.Msg
		sparse bool
	}{
		{"soon", 20 * time.Millisecond, tea.TerminalVersionMsg{Name: "xterm"}, false},
		{"late", 300 * time.Millisecond, tea.TerminalVersionMsg{Name: "xterm"}, true},
		{"a key is no answer", 20 * time.Millisecond, tea.FocusMsg{}, true},
	} {
		synctest.Test(t, func(t *testing.T) {
			app, err := tui.NewHome(t.Context(), newDesk(t), tui.Options{Person: "Ada"})
			if err != nil {
				t.Fatal(err)
			}
			app.Unsure()
			app.Init()
			time.Sleep(test.after)
			app.Update(test.msg)
			if app.Sparing() != test.sparse {
				t.Errorf("%s: few bytes are drawn: %v", test.name, !test.sparse)
			}
		})
	}
}
