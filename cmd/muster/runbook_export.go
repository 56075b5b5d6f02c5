package main

import (
	"context"

	"github.com/spf13/cobra"

	"muster/runbooks/convert"
	"muster/state"
	"muster/state/clean"
)

// runbookFormats are the formats in which a runbook is written for other tools.
var runbookFormats = []string{"cacao"}

func exportRunbookCommand(e *env) *cobra.Command {
	var format, to string
	var force bool
	cmd := &cobra.Command{
		Use: "export RUNBOOK", Short: "Write a runbook for other tools, as a CACAO 2.0 playbook", Args: arguments(1, 1),
		Long: `Write a runbook as a CACAO 2.0 playbook (JSON): its steps in their order, each a manual
command of the role that does it. What hangs on a decision, and how long a step should
take, is said in words. The ids are the same every time.`,
		Example: "  muster runbook export ransomware --format cacao -o ransomware.cacao.json",
		RunE: func(cmd *cobra.Command, args []string) error {
			return exportRunbook(cmd.Context(), e, args[0], format, to, force)
		},
	}
	cmd.Flags().StringVar(&format, "format", runbookFormats[0], "FORMAT: cacao")
	cmd.Flags().StringVarP(&to, "output", "o", "-", "the file to write; - for standard output")
	cmd.Flags().BoolVar(&force, "force", false, "replace the file if it is there")
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(runbookFormats, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

func exportRunbook(ctx context.Context, e *env, ref, format, to string, force bool) error {
	if _, err := state.FindWord(state.NounFormat, format, runbookFormats); err != nil {
		return usage(err)
	}
	source, err := e.source(ctx, ref)
	if err != nil {
		return err
	}
	text, err := convert.CACAO(source.Runbook)
	if err != nil {
		return err
	}
	text = clean.JSON(text)
	if to == "-" {
		_, err = e.out.Write(text)
		return err
	}
	return writeFile(e, to, text, force)
}
