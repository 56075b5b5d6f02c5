package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"muster/state/view"
	"muster/tui"
)

func keysCommand(e *env) *cobra.Command {
	return &cobra.Command{
		Use: "keys", Short: "List every action of the screens, with its keys and its name for config.toml", Args: noArgs,
		PersistentPreRunE: e.noConfig,
		RunE: func(*cobra.Command, []string) error {
			all := boundActions(e)
			return e.print(all, func() error {
				rows := [][]string{{"ACTION", "KEYS", "WHAT IT DOES", "WHERE"}}
				for _, a := range all {
					rows = append(rows, []string{a.ID, strings.Join(a.Keys, " "), a.Title, strings.Join(a.Places, ", ")})
				}
				_, err := fmt.Fprint(e.out, columns(rows))
				return err
			})
		},
	}
}

// boundActions are all actions with the keys that they have: one's own, as long as the
// configuration can be used.
func boundActions(e *env) []view.Action {
	var own map[string][]string
	if e.readConfig() == nil && tui.CheckKeys(e.config.Keys) == nil {
		own = e.config.Keys
	}
	actions := tui.Actions()
	all := make([]view.Action, len(actions))
	for i, a := range actions {
		all[i] = view.Action{ID: a.ID, Title: a.Title, Keys: append([]string{}, a.Keys...), Places: a.Places, Fixed: a.Fixed}
		if keys, ok := own[a.ID]; ok {
			all[i].Keys, all[i].Default = keys, a.Keys
		}
	}
	return all
}
