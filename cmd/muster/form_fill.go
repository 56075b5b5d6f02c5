package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"muster/state"
	"muster/state/clean"
	"muster/state/export"
	"muster/state/view"
)

func formShowCommand(e *env) *cobra.Command {
	var past pastFlags
	cmd := &cobra.Command{
		Use: "show FORM [INCIDENT|FILE]", Short: "Show a form as it stands: what is known, and who can say the rest", Args: arguments(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			source, err := findForm(cmd.Context(), e, args[0])
			if err != nil {
				return err
			}
			return lookAt(cmd.Context(), e, optional(args[1:]), func(inc *state.Incident) error {
				if inc, err = past.of(e, inc); err != nil {
					return err
				}
				f := view.NewForm(inc, source, formOptions(e, true))
				return e.print(f, func() error {
					_, err := io.WriteString(e.out, exercise(inc)+withheldLines(inc)+formPage(e, f)+exercise(inc))
					return err
				})
			})
		},
	}
	past.add(cmd)
	zoneFlag(e, cmd)
	return cmd
}

// formPage is a form as it stands, for who fills it in.
func formPage(e *env, f *view.Form) string {
	var b strings.Builder
	line := func(format string, args ...any) { b.WriteString(clean.Line(fmt.Sprintf(format, args...)) + "\n") }
	line("%s (%s), %s", f.Name, f.Form, f.Sharing())
	if f.AsOf != nil {
		line("%s — %s", f.AsOf.Title(e.clockOf), f.AsOf)
	}
	if f.Law != "" {
		line("%s", sayLaw(f.Law, f.Checked))
	}
	if c := f.Deadline; c != nil {
		due := ""
		if at := c.Due.Known(); at != nil {
			due = ", due " + e.clockOf(*at)
		}
		line("deadline: %s%s", c.Standing, due)
	}
	line("%s", f.Foot())
	for i := range f.Fields {
		if f.Fields[i].OfDocument() {
			continue
		}
		b.WriteString(fieldLines(e, f, &f.Fields[i]))
	}
	b.WriteString("\n" + formStanding(e, f))
	return b.String()
}

func fieldLines(e *env, f *view.Form, one *view.FormField) string {
	var b strings.Builder
	if one.Section != "" {
		b.WriteString("\n" + strings.ToUpper(clean.Line(one.Section)) + "\n")
	}
	mark := ""
	if one.Required {
		mark = " *"
	}
	b.WriteString(clean.Line(one.ID+mark+": "+one.Heading()) + "\n")
	if one.Value != nil {
		b.WriteString(indented(one.Says(f.Zone)))
		if rests := export.SayRests(one); rests != "" {
			by := ""
			if one.Said != nil {
				by = ", said by " + one.By + " " + e.clockOf(*one.Said)
			}
			b.WriteString("    — " + clean.Line(rests+by) + "\n")
		}
		return b.String()
	}
	text := "NOT KNOWN: ask " + one.WhoCanSay()
	switch {
	case one.Applies == nil:
		text = "whether it is asked for is not known; " + text
	case !*one.Applies:
		return b.String() + "    not asked for\n"
	}
	if one.Withheld {
		text = "what would tell may be withheld; " + text
	}
	if one.Unfit != "" {
		text = one.Unfit + " " + text
	}
	if one.Help != "" {
		b.WriteString("    " + clean.Line(one.Help) + "\n")
	}
	b.WriteString("    " + clean.Line(text) + "\n    " + clean.Line(one.Command) + "\n")
	return b.String()
}

// formStanding says what is missing, and what has changed since the form was sent.
func formStanding(e *env, f *view.Form) string {
	var b strings.Builder
	if len(f.Lacks) > 0 {
		b.WriteString("NOT COMPLETE: it requires " + clean.Line(strings.Join(f.Lacks, ", ")) + "\n")
	} else {
		b.WriteString("complete: every field that it requires is filled in\n")
	}
	b.WriteString(claimTable(e, f.Claims))
	if f.LastSent == nil {
		if c := f.Deadline; c != nil && c.Ended != nil && c.EndSeq > 0 {
			fmt.Fprintf(&b, "its deadline ended with entry %d, which was not this form\n", c.EndSeq)
		}
		return b.String() + "last sent: " + f.NotSent() + "; draft it: muster form draft " + f.Form + "\n"
	}
	b.WriteString(sentLine(e, *f.LastSent))
	if c := f.Deadline; c != nil && c.Left != nil { // its notice does not end it
		fmt.Fprintf(&b, "its clock still runs; if that ends it: muster clock met %s --why 'entry %d'\n", clean.Line(c.ID), f.LastSent.Seq)
	}
	switch {
	case f.Changed == nil:
		b.WriteString("what it said then is not known here\n")
	case len(f.Changed) == 0:
		b.WriteString("nothing has changed since\n")
	}
	for _, c := range f.Changed {
		b.WriteString(clean.Line(fmt.Sprintf("changed since: %s was %s, is %s", c.ID, quotedOr(f, c.ID, c.Was), quotedOr(f, c.ID, c.Now))) + "\n")
	}
	return b.String()
}

func quotedOr(f *view.Form, field string, value *string) string {
	if value == nil {
		return "not known"
	}
	return fmt.Sprintf("%q", f.SaysOf(field, *value))
}

type fillFlags struct {
	format, out string
	force       bool
	past        pastFlags
}

func formFillCommand(e *env) *cobra.Command {
	var o fillFlags
	cmd := &cobra.Command{
		Use: "fill FORM [INCIDENT|FILE]", Short: "Write a form out, filled in from the log", Args: arguments(1, 2),
		Long: `Write a form out, filled in from the log:

  md, html  with what each field rests on, what is missing, and what changed since it was sent
  text      as it would be sent, or read aloud
  json      as data; of a form that has a published JSON (DORA), that, without what is not known

What --json prints is always the form as muster has it, where null is not known. The same
log gives the same bytes; times are in UTC, or in --zone.`,
		Example: "  muster form fill gdpr-33 -o authority.html\n  muster form fill dora-initial --format json -o initial.json",
		RunE: func(cmd *cobra.Command, args []string) error {
			if !cmd.Flags().Changed("format") {
				for _, ending := range []string{"html", "json", "text", "md"} {
					if strings.HasSuffix(o.out, "."+strings.Replace(ending, "text", "txt", 1)) {
						o.format = ending
					}
				}
			}
			return fillForm(cmd.Context(), e, args[0], optional(args[1:]), &o)
		},
	}
	fs := cmd.Flags()
	fs.StringVar(&o.format, "format", "md", "FORMAT: md, html, text or json")
	fs.StringVarP(&o.out, "output", "o", "-", "the file to write; - for standard output")
	fs.BoolVar(&o.force, "force", false, "replace the file if it is there")
	o.past.add(cmd)
	zoneFlag(e, cmd)
	return cmd
}

func fillForm(ctx context.Context, e *env, ref, id string, o *fillFlags) error {
	format, err := state.FindWord(state.NounFormat, o.format, []string{"md", "html", "text", "json"})
	if err != nil {
		return usage(err)
	}
	source, err := findForm(ctx, e, ref)
	if err != nil {
		return err
	}
	return lookAt(ctx, e, id, func(inc *state.Incident) error {
		if inc, err = o.past.of(e, inc); err != nil {
			return err
		}
		f := export.NewForm(inc, source, formOptions(e, false))
		if len(f.Lacks) > 0 {
			fmt.Fprintf(e.err, "muster: the form lacks what it requires: %s. muster form show %s says who can say it.\n", strings.Join(f.Lacks, ", "), source.ID)
		}
		write := func(w io.Writer) error { return writeForm(e, w, f, format) }
		if o.out == "-" {
			return write(e.out)
		}
		return writeFileBy(e, o.out, o.force, write)
	})
}

func writeForm(e *env, w io.Writer, f export.FilledForm, format string) error {
	switch {
	case e.flags.json:
		return f.JSON(w)
	case format == "html":
		return f.HTML(w)
	case format == "md":
		return f.Markdown(w)
	case format == "text":
		_, err := io.WriteString(w, f.Text())
		return err
	case f.Document != "":
		text, err := f.WriteDocument()
		if err == nil {
			_, err = w.Write(text)
		}
		return err
	}
	return f.JSON(w)
}
