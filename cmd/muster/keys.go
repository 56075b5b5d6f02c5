package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"muster/tui"
)

func keysCommand(e *env) *cobra.Command {
	return &cobra.Command{
		Use: "keys", Short: "List every action of the screens, with its keys and its name for config.toml", Args: noArgs,
		PersistentPreRunE: noConfig,
		RunE: func(*cobra.Command, []string) error {
			actions := tui.Actions()
			all := make([]actionJSON, len(actions))
			for i, a := range actions {
				all[i] = actionJSON(a)
			}
			return e.print(all, func() error {
				rows := [][]string{{"ACTION", "KEYS", "WHAT IT DOES", "WHERE"}}
				for _, a := range actions {
					rows = append(rows, []string{a.ID, strings.Join(a.Keys, " "), a.Title, strings.Join(a.Places, ", ")})
				}
				_, err := fmt.Fprint(e.out, columns(rows))
				return err
			})
		},
	}
}

// An actionJSON is an action as muster keys --json prints it.
type actionJSON struct {
	ID     string   `json:"id"` // in the keys table of config.toml
	Title  string   `json:"title"`
	Keys   []string `json:"keys"`   // by default
	Places []string `json:"places"` // the screens and dialogs it works in
	Fixed  bool     `json:"fixed"`  // its keys cannot be changed
}
