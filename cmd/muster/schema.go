package main

import (
	"strings"

	"github.com/spf13/cobra"

	"muster/state/view"
)

// schemaCommand is given what each command prints.
func schemaCommand(e *env, outputs func(root *cobra.Command) []view.Output) *cobra.Command {
	return &cobra.Command{
		Use: "schema [COMMAND|TYPE]", Short: "Print the JSON Schema of what --json prints", Args: arguments(0, -1),
		Long: `Print the JSON Schema (2020-12) of everything that --json and export --format json
print: a document with all types, and under commands what each command prints. With the
words of a command, or the name of a type, what that one needs.

A key that is left out says that there is none; null, that it is not known. The version
stands in $id, and in what is exported as format_version.`,
		Example:           "  muster schema > muster.schema.json\n  muster schema notice show",
		PersistentPreRunE: e.noConfig,
		RunE: func(cmd *cobra.Command, args []string) error {
			schema, err := view.NewSchema(outputs(cmd.Root()))
			if err != nil {
				return err
			}
			if len(args) > 0 {
				if schema, err = schema.Of(strings.Join(args, " ")); err != nil {
					return usage(err)
				}
			}
			_, err = schema.WriteTo(e.out)
			return err
		},
	}
}

// entriesOf is what the commands print that have the flags of an act.
func entriesOf(cmd *cobra.Command) (list []view.Output) {
	if cmd.Annotations[printsEntry] != "" {
		list = append(list, view.Prints[view.Entry](wordsOf(cmd)))
	}
	for _, sub := range cmd.Commands() {
		list = append(list, entriesOf(sub)...)
	}
	return list
}
