package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// TestEveryRecordingCommandSaysWhen: a command that records takes the time at which it happened,
// or its help says that it acts now.
func TestEveryRecordingCommandSaysWhen(t *testing.T) {
	root := newRoot(newEnv())
	records := strings.Split(strings.Join(strings.Fields(recording), " ")+", check, sign, stamp", ", ")
	seen := 0
	var look func(*cobra.Command)
	look = func(cmd *cobra.Command) {
		for _, below := range cmd.Commands() {
			look(below)
		}
		path := strings.TrimPrefix(cmd.CommandPath(), "muster ")
		if cmd.Annotations[printsEntry] == "" && !slices.Contains(records, path) {
			return
		}
		seen++
		says := strings.Contains(cmd.Long, "there is no --at")
		if at := cmd.Flags().Lookup("at") != nil; at == says {
			t.Errorf("muster %s takes --at: %v; it says that it acts now: %v", path, at, says)
		}
	}
	look(root)
	if seen < 40 {
		t.Errorf("%d commands record", seen)
	}
}
