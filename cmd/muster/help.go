package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	mango "github.com/muesli/mango-cobra"
	"github.com/muesli/roff"
	"github.com/spf13/cobra"
)

// wantsHelp reports whether the person asks for help, the manual page or a
// completion script.
func wantsHelp(args []string) bool {
	return slices.ContainsFunc(args, func(a string) bool { return a == "-h" || a == "--help" }) ||
		len(args) > 0 && (args[0] == "help" || args[0] == "man" || args[0] == "completion")
}

// shells are those for which there is a completion script.
const shells = "bash zsh fish powershell"

// helped runs a command that helps. Errors are reported by run, as always.
func helped(ctx context.Context, e *env, root *cobra.Command, args []string) error {
	root.AddCommand(manualCommand(e))
	if err := errors.Join(knownTopic(root, args), unknownCommand(root, args)); err != nil {
		return err
	}
	root.SetHelpFunc(func(cmd *cobra.Command, _ []string) { writeHelp(e, cmd) })
	return root.ExecuteContext(ctx)
}

// manualCommand prints the manual page of the command tree that it is in.
func manualCommand(e *env) *cobra.Command {
	return &cobra.Command{
		Use: "man", Short: "print the manual page", Hidden: true, Args: noArgs, DisableFlagsInUseLine: true,
		PersistentPreRunE: e.noConfig,
		RunE: func(cmd *cobra.Command, _ []string) error {
			page, err := mango.NewManPage(1, cmd.Root())
			if err == nil {
				_, err = fmt.Fprint(e.out, page.Build(roff.NewDocument()))
			}
			return err
		},
	}
}

// knownTopic refuses help for a command, and completion for a shell, that there is
// not: cobra would show the help of the command above and call it done.
func knownTopic(root *cobra.Command, args []string) error {
	switch {
	case len(args) < 2 || strings.HasPrefix(args[1], "-"):
		return nil
	case args[0] == "completion" && !hasWord(shells, args[1]):
		return usage(hint(fmt.Errorf("there is no completion for %q", args[1]), "The shells are %s.", strings.Join(strings.Fields(shells), ", ")))
	case args[0] == "help":
		cmd, rest, err := root.Find(args[1:])
		if err != nil || len(rest) > 0 && cmd.HasSubCommands() && !strings.HasPrefix(rest[0], "-") {
			return noArgs(cmd, rest)
		}
	}
	return nil
}
