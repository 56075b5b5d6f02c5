package main

import (
	"context"
	"io"
	"slices"

	"charm.land/fang/v2"
	"github.com/spf13/cobra"
)

// wantsHelp reports whether the person asks for help, the manual page or a
// completion script: what the styled command line is for. All else runs without it,
// so that what a script reads has no styles.
func wantsHelp(args []string) bool {
	return slices.ContainsFunc(args, func(a string) bool { return a == "-h" || a == "--help" }) ||
		len(args) > 0 && (args[0] == "help" || args[0] == "man" || args[0] == "completion")
}

// styledHelp runs a command under fang, which draws its help and makes the manual
// page. Errors are reported by run, as always.
func styledHelp(ctx context.Context, root *cobra.Command) error {
	silent := func(io.Writer, fang.Styles, error) {}
	return fang.Execute(ctx, root, fang.WithVersion(version()), fang.WithErrorHandler(silent))
}
