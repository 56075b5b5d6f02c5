package main

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"muster/tui/widget"
)

// helpOn is what muster says with args, on so many columns.
func helpOn(t *testing.T, columns string, args ...string) (said string, code int) {
	t.Helper()
	var out, wrong bytes.Buffer
	e := newEnv()
	e.out, e.err, e.terminal = &out, &wrong, false
	e.getenv = func(name string) string { return map[string]string{"COLUMNS": columns}[name] }
	code = run(context.Background(), e, args)
	return out.String() + wrong.String(), code
}

// TestHelpFits: the help of every command stands within the columns there are, with no
// blanks at the end of a line.
func TestHelpFits(t *testing.T) {
	for columns, most := range map[string]int{"": 80, "80": 80, "1000": 100} {
		var each func(cmd *cobra.Command)
		each = func(cmd *cobra.Command) {
			args := append(strings.Fields(cmd.CommandPath())[1:], "--help")
			said, code := helpOn(t, columns, args...)
			if code != 0 || !strings.Contains(said, "Usage\n") {
				t.Errorf("%v ended with %d: %s", args, code, said)
			}
			for line := range strings.SplitSeq(said, "\n") {
				if widget.Width(line) > most || strings.HasSuffix(line, " ") {
					t.Errorf("%v on %s columns: %q", args, columns, line)
				}
			}
			for _, below := range cmd.Commands() {
				if below.IsAvailableCommand() {
					each(below)
				}
			}
		}
		each(newRoot(newEnv()))
	}
}

// TestHelpOfNothing: a command that there is not has no help.
func TestHelpOfNothing(t *testing.T) {
	if said, code := helpOn(t, "", "done", "--help"); code != 2 || !strings.Contains(said, "there is no command muster done") {
		t.Errorf("it ended with %d: %s", code, said)
	}
}
