package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"muster/tui"
)

func keysCommand(e *env) *cobra.Command {
	return &cobra.Command{
		Use: "keys", Short: "List every action of the screens, with its keys and its name for config.toml", Args: args(0, 0),
		RunE: func(*cobra.Command, []string) error {
			actions := tui.Actions()
			return e.print(actions, func() error {
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
