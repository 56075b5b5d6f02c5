package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
	"muster/state/session"
	"muster/state/view"
)

func formCommand(e *env) *cobra.Command {
	cmd := &cobra.Command{
		Use: "form", Short: "Fill in what authorities demand, field by field", Args: noArgs,
		Long: `Forms are reports that somebody demands field by field: GDPR Art. 33, NIS2, DORA, SEC
8-K, and sheets to read aloud. Each field is drawn from the log, with the entries that it
rests on, or says that it is not known and who can say it. A form is sent as a notice.

FORM is a form's id, a part of its id or title that only it has, or a .toml file. Your
own stand in the folder forms beside your runbooks.`,
		RunE: func(cmd *cobra.Command, _ []string) error { return listForms(cmd.Context(), e) },
	}
	list := &cobra.Command{
		Use: "list", Short: "List the forms", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return listForms(cmd.Context(), e) },
	}
	print := &cobra.Command{
		Use: "print FORM", Short: "Print a form's TOML, to begin your own with", Args: arguments(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error { return printForm(cmd.Context(), e, args[0]) },
	}
	lint := &cobra.Command{
		Use: "lint FILE…", Short: "Check forms: every problem at once", Args: arguments(1, -1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return lintWith(e, args, func(path string) runbooks.Problems { return lintForm(cmd.Context(), e, path) })
		},
	}
	cmd.AddCommand(list, formShowCommand(e), formFillCommand(e), formAnswerCommand(e), formDraftCommand(e), print, lint)
	return cmd
}

func listForms(ctx context.Context, e *env) error {
	sources, problems := e.formLibrary().List(ctx)
	if text := problems.String(); text != "" {
		fmt.Fprintln(e.err, clean.Text(text))
	}
	all := make([]view.FormHead, 0, len(sources))
	rows := [][]string{{"FORM", "FIELDS", "FROM", "TITLE", "BY"}}
	for _, source := range sources {
		one := view.FormHeadOf(source)
		from := one.From
		if len(one.Shadows) > 0 {
			from += ", not " + strings.Join(one.Shadows, ", ")
		}
		title := one.Title
		if one.Problem != "" {
			title = "[BROKEN: " + one.Problem + "]"
		}
		all = append(all, one)
		rows = append(rows, []string{one.ID, fmt.Sprint(one.Fields), from, title, sayLaw(one.Law, one.Checked)})
	}
	return e.print(all, func() error {
		_, err := fmt.Fprint(e.out, table(e, rows)+runbooks.NotLegalAdvice+"\n")
		return err
	})
}

// printForm prints a form's text. As with runbooks, an empty file that the shell has just
// made for it does not stand before the built-in one.
func printForm(ctx context.Context, e *env, ref string) error {
	source, err := findForm(ctx, e, ref)
	if err != nil && source != nil && len(source.Text) == 0 {
		source, err = runbooks.OpenForms(runbooks.BuiltinForms()).Load(ctx, source.ID)
	}
	if err != nil {
		return err
	}
	text := source.Text
	if toTerminal(e) {
		text = []byte(clean.Text(string(text)))
	}
	_, err = e.out.Write(text)
	return err
}

// lintForm is what is wrong with a form's file, or with a form of the library's.
func lintForm(ctx context.Context, e *env, ref string) runbooks.Problems {
	if !isPath(ref) {
		source, err := findForm(ctx, e, ref)
		if source == nil {
			return unread(ref, err)
		}
		if err != nil && !source.Problems.HasErrors() {
			return append(source.Problems, unread(source.File, err)...)
		}
		return source.Problems
	}
	text, err := readBounded(ref)
	if err != nil {
		return unread(ref, err)
	}
	return e.formLibrary().Read(ctx, "file", ref, text).Problems
}

func formAnswerCommand(e *env) *cobra.Command {
	var f actFlags
	cmd := &cobra.Command{
		Use: "answer FORM FIELD TEXT…", Short: "Say what stands in a field of a form", Args: arguments(3, -1),
		Long: `Say what stands in a field of a form, for this incident. It goes before what the log says
otherwise, and is kept for all forms that ask the same: those that extend one another.
Several choices are given with commas between them. What begins with a dash, such as the
time -10m, stands behind --.`,
		Example: "  muster form answer gdpr-33 records \"about 12,000 orders\"\n  muster form answer nis2-early-warning malicious yes --at 02:38\n  muster form answer gdpr-33 first-sign -- -40m",
		RunE: func(cmd *cobra.Command, args []string) error {
			source, err := findForm(cmd.Context(), e, args[0])
			if err != nil {
				return err
			}
			field, err := findField(source.Form, args[1])
			if err != nil {
				return err
			}
			answer := state.AnswerForm{Form: source.Form.Root, Field: *field, Value: strings.Join(args[2:], " ")}
			return act(cmd.Context(), e, f, simple(func() state.Command { return answer }))
		},
	}
	f.add(cmd)
	return cmd
}

func formDraftCommand(e *env) *cobra.Command {
	var f actFlags
	cmd := &cobra.Command{
		Use: "draft FORM", Short: "Draft the form as a notice, to be approved and sent", Args: arguments(1, 1),
		Long: `Draft the form as a notice: the next version of the runbook's, or one of its own. Approve
and send it as any notice. What it requires and is not known is said, and it is not sent
without, but for an override that names what is missing.`,
		RunE: func(cmd *cobra.Command, args []string) error { return draftForm(cmd.Context(), e, args[0], f) },
	}
	f.add(cmd)
	zoneFlag(e, cmd)
	return cmd
}

func draftForm(ctx context.Context, e *env, ref string, f actFlags) error {
	source, err := findForm(ctx, e, ref)
	if err != nil {
		return err
	}
	var filled *view.Form
	err = act(ctx, e, f, func(s *session.Session) (state.Command, error) {
		filled = view.NewForm(s.Incident(), source, formOptions(e, true))
		return filled.Draft()
	})
	if err != nil {
		return err
	}
	if len(filled.Lacks) > 0 {
		fmt.Fprintf(e.err, "muster: the form lacks what it requires: %s. muster form show %s says who can say it.\n", strings.Join(filled.Lacks, ", "), filled.Form)
	}
	if !e.flags.json {
		fmt.Fprintf(e.err, "muster: muster notice show %s shows what would be sent.\n", clean.Line(filled.Notice))
	}
	return nil
}
