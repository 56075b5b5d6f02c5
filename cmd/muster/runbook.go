package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"muster/runbooks"
	"muster/state/clean"
	"muster/state/view"
)

func runbookCommand(e *env) *cobra.Command {
	cmd := &cobra.Command{
		Use: "runbook", Short: "List, show, check and write runbooks", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return usage(hint(errors.New("what is to be done with runbooks?"), "Write muster runbook list|show|lint|new|print|export."))
		},
	}
	list := &cobra.Command{
		Use: "list", Short: "List the library", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return listRunbooks(cmd.Context(), e) },
	}
	show := &cobra.Command{
		Use: "show RUNBOOK", Short: "Show a runbook's phases and steps", Args: arguments(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error { return showRunbook(cmd.Context(), e, args[0]) },
	}
	print := &cobra.Command{
		Use: "print RUNBOOK", Short: "Print a runbook's TOML, to begin your own with", Args: arguments(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error { return printRunbook(cmd.Context(), e, args[0]) },
	}
	lint := &cobra.Command{
		Use: "lint RUNBOOK…", Short: "Check runbooks, by file or id: every problem at once", Args: arguments(1, -1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return lintWith(e, args, func(ref string) runbooks.Problems { return lintRunbook(cmd.Context(), e, ref) })
		},
	}
	cmd.AddCommand(list, show, print, lint, newRunbookCommand(e), exportRunbookCommand(e))
	return cmd
}

// printRunbook prints a runbook's text. With "muster runbook print ID > ID.toml" in the
// folder of one's own runbooks, the shell has made that file before muster starts: an
// empty one does not stand before the built-in one that is wanted.
func printRunbook(ctx context.Context, e *env, id string) error {
	source, err := e.source(ctx, id)
	if err != nil {
		heads, _ := e.library().List(ctx)
		for _, h := range heads {
			if h.ID == id && h.Err != nil && h.Size == 0 {
				source, _, err = runbooks.Open(runbooks.Builtin()).Load(id)
			}
		}
	}
	if err != nil {
		return err
	}
	text := source.Text
	if toTerminal(e) {
		text = []byte(clean.Text(string(text))) // comments may have what a terminal obeys
	}
	_, err = e.out.Write(text)
	return err
}

func newRunbookCommand(e *env) *cobra.Command {
	var title string
	cmd := &cobra.Command{
		Use: "new FILE", Short: "Write a runbook to start from, with a comment for every part", Args: arguments(1, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			path := args[0]
			if !strings.HasSuffix(path, ".toml") {
				path += ".toml"
			}
			id := strings.TrimSuffix(filepath.Base(path), ".toml")
			if title == "" {
				title = id
			}
			if err := writeFile(e, path, runbooks.New(id, title), false); err != nil {
				return err
			}
			_, err := fmt.Fprintf(e.out, "%s\n", path)
			return err
		},
	}
	cmd.Flags().StringVar(&title, "title", "", "the runbook's title")
	return cmd
}

func listRunbooks(ctx context.Context, e *env) error {
	heads, problems := e.library().List(ctx)
	if text := problems.String(); text != "" {
		fmt.Fprintln(e.err, clean.Text(text))
	}
	all := make([]view.Runbook, 0, len(heads))
	rows := [][]string{{"RUNBOOK", "SEV", "VERSION", "FROM", "TITLE"}}
	for _, h := range heads {
		one := view.Runbook{ID: h.ID, Title: h.Title, Summary: h.Summary, Severity: string(h.Severity), Version: h.Version, Tags: h.Tags, From: h.Layer, Hides: h.Shadows, ReviewDue: h.ReviewDue(e.now())}
		title, from := h.Title, h.Layer
		if len(h.Shadows) > 0 {
			from += ", not " + strings.Join(h.Shadows, ", ")
		}
		if one.ReviewDue {
			title += "  [review overdue]"
		}
		if h.Err != nil {
			one.Problem = h.Err.Error()
			title += "  [BROKEN: " + one.Problem + "]"
		}
		all = append(all, one)
		rows = append(rows, []string{h.ID, string(h.Severity), h.Version, from, title})
	}
	return e.print(all, func() error {
		_, err := fmt.Fprint(e.out, table(e, rows))
		return err
	})
}

func showRunbook(ctx context.Context, e *env, id string) error {
	source, err := e.source(ctx, id)
	if err != nil {
		return err
	}
	return e.print(view.OfFile(source.Runbook), func() error {
		_, err := fmt.Fprint(e.out, showText(source))
		return err
	})
}

func showText(source *runbooks.Source) string {
	book := source.Runbook
	var b strings.Builder
	fmt.Fprintf(&b, "%s  %s  %s\n%s\n", clean.Line(book.Title), book.Severity, clean.Line(book.Version), clean.Line(book.Summary))
	fmt.Fprintf(&b, "from %s %s, sha256 %s\n", clean.Line(source.Layer), clean.Line(source.Path), source.SHA256)
	for p, phase := range book.Phases {
		fmt.Fprintf(&b, "\n%d %s\n", p+1, clean.Line(phase.Title))
		var rows [][]string
		for s, step := range phase.Steps {
			title := strings.ReplaceAll(step.Title, "{{ .Service.Title }}", "each service")
			note := string(step.Kind)
			if step.When != "" {
				note += ", when " + step.When
			}
			if !step.Required {
				note += ", optional"
			}
			rows = append(rows, []string{fmt.Sprintf("  %d.%d", p+1, s+1), title, step.Role, step.Expect.String(), note})
		}
		b.WriteString(columns(rows))
	}
	return b.String()
}
