package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"filippo.io/age"
	"github.com/spf13/cobra"

	"muster/state"
	"muster/state/clean"
	"muster/state/export"
	"muster/state/session"
)

func exportCommand(e *env) *cobra.Command {
	var o exportOptions
	cmd := &cobra.Command{
		Use: "export [INCIDENT|FILE]", Short: "Write an incident out, as a report or as data", Args: arguments(0, 1),
		Long: "Write an incident out:\n\n" + formatHelp() + `
The same log gives the same bytes, unless they are encrypted. Without --format, the name of the file to write says
which it is.

With --to, given once or more, a bundle is encrypted: for age recipients (age1…), and for
SSH keys (ssh-ed25519 AAAA…). They read it with: age -d -i KEY -o FILE.zip FILE.zip.age

With --withhold, the log is copied without names, notes, evidence or the runbook's
text. In jsonl the copy still verifies, to the same head: what is missing is seen to
be missing, and cannot be guessed back. Notes may name people too; read them before
you withhold names alone.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if format, ok := export.FormatOf(strings.TrimSuffix(o.to, ageExt)); ok && !cmd.Flags().Changed("format") {
				o.format = string(format)
			}
			return exportIncident(cmd.Context(), e, optional(args), o)
		},
	}
	cmd.Flags().StringVar(&o.format, "format", string(export.Formats()[0]), "FORMAT: "+formatNames())
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(formatChoices(), cobra.ShellCompDirectiveNoFileComp))
	cmd.Flags().StringVarP(&o.to, "output", "o", "-", "the file to write; - for standard output")
	cmd.Flags().BoolVar(&o.force, "force", false, "replace the file if it is there")
	zoneFlag(e, cmd)
	cmd.Flags().StringArrayVar(&o.recipients, "to", nil, "whom a bundle is encrypted for: age1…, or the line of an SSH public key")
	byFlag(cmd, &o.by)
	o.chosen.flags(e, cmd)
	o.withhold.flag(cmd)
	o.past.add(cmd)
	o.shape.add(cmd)
	return cmd
}

type exportOptions struct {
	format, to string
	by         string
	force      bool
	recipients []string
	withhold   withholding
	chosen     choosing
	past       pastFlags
	shape      shapeFlags
}

// formatHelp says what each format is, a line each.
func formatHelp() string {
	var text strings.Builder
	for _, f := range export.Formats() {
		fmt.Fprintf(&text, "  %-11s %s\n", f, f.Help())
	}
	return text.String()
}

// formatChoices are the formats as a shell completes them.
func formatChoices() []cobra.Completion {
	var choices []cobra.Completion
	for _, f := range export.Formats() {
		choices = append(choices, cobra.CompletionWithDesc(string(f), f.Help()))
	}
	return choices
}

func formatNames() string {
	var names []string
	for _, f := range export.Formats() {
		names = append(names, string(f))
	}
	return strings.Join(names, ", ")
}

func exportIncident(ctx context.Context, e *env, id string, o exportOptions) error {
	format, parts, occurred, err := o.read(e)
	if err != nil {
		return err
	}
	recipients, err := o.forWhom(format)
	if err != nil {
		return err
	}
	as := asRead
	if format == export.Lines && parts == 0 && !o.past.given() && e.visit == nil {
		as = asLines // what they add up to takes longer, and more memory, than all the rest
	}
	s, err := e.openAs(ctx, id, true, as)
	if err != nil {
		return err
	}
	defer s.Close()
	defer sparing(format, len(s.Incident().Log))()
	out, err := o.of(ctx, e, s, parts, occurred)
	if err != nil {
		return err
	}
	if o.shape.follow {
		return followExport(ctx, e, out, o.to, o.force)
	}
	var damaged error
	write := encrypted(recipients, func(w io.Writer) (err error) {
		err, damaged = asFarAs(out.write(ctx, w, format))
		return err
	})
	if o.to == "-" {
		err = e.toOutput(format, write)
	} else {
		err = writeFileBy(e, o.to, o.force, write)
	}
	if err != nil {
		return err
	}
	if format.OfLines() {
		sayPast(e, out.inc)
	}
	if o.chosen.given() && len(out.choice.Of(out.inc)) == 0 {
		sayNoneMeant(e, out.inc)
	}
	return errors.Join(out.sayNaming(ctx), damaged)
}

// asFarAs tells an error that ends a file from one that says that it was written as far as
// the log is good.
func asFarAs(err error) (ends, damaged error) {
	if errors.As(err, new(*state.Damage)) || errors.As(err, new(*export.NotWholeError)) {
		return nil, err
	}
	return err, nil
}

// ageExt is what the name of an encrypted file ends in.
const ageExt = ".age"

// forWhom are those whom the export is encrypted for; none if it is not.
func (o *exportOptions) forWhom(format export.Format) ([]age.Recipient, error) {
	switch sealed := strings.HasSuffix(o.to, ageExt); {
	case len(o.recipients) == 0 && sealed:
		return nil, usage(hint(fmt.Errorf("%s would not be encrypted, though its name says so", o.to), "Say for whom with --to, or give it another name."))
	case len(o.recipients) == 0:
		return nil, nil
	case format != export.Bundle:
		return nil, usage(hint(fmt.Errorf("--to encrypts a bundle, and not %s", format), "Take --format bundle: it has the log and the report in it."))
	}
	if o.to != "-" && !strings.HasSuffix(o.to, ageExt) {
		return nil, usage(hint(fmt.Errorf("%s would be encrypted, and its name does not say so", o.to), "Name it %s%s.", o.to, ageExt))
	}
	return readRecipients(o.recipients)
}

// read reads what was asked for, and refuses what does not go together.
func (o *exportOptions) read(e *env) (format export.Format, withheld state.Parts, occurred bool, err error) {
	if e.flags.json {
		o.format = string(export.JSON)
	}
	if format, err = export.ParseFormat(o.format); err != nil {
		return format, 0, false, usage(err)
	}
	if kind := o.chosen.kind; !format.OfEntries() && kind == string(export.PostMortem) { // a kind of report, and none of entry
		o.shape.reportName, o.chosen.kind = kind, ""
	}
	if err = o.shape.read(); err != nil {
		return format, 0, false, err
	}
	if withheld, err = o.withhold.asked(); err != nil {
		return format, 0, false, err
	}
	if occurred, err = byOccurred(o.by); err != nil {
		return format, 0, false, err
	}
	if err = o.shape.fit(format, o.to, o.past.given() || withheld != 0); err != nil {
		return format, 0, false, err
	}
	return format, withheld, occurred, o.fit(e, format, occurred)
}

// fit refuses what a format cannot have.
func (o *exportOptions) fit(e *env, format export.Format, occurred bool) error {
	if o.chosen.given() && !format.OfEntries() {
		return usagef("--person, --kind, --step, --since and --until are for formats with one record an entry, such as csv and timesketch: %s is of the whole log", format)
	}
	if o.past.asItWas && format.OfLines() {
		return usagef("--as-it-was is worked out of the whole log, and %s is the log's own lines: leave out --as-it-was, or choose a format such as html", format)
	}
	if !format.ForPeople() && (occurred || e.zoned) {
		return usagef("--by and --zone are for md, html, csv and xlsx: %s has the times in UTC, in the order of the log", format)
	}
	return nil
}

// toOutput writes an export to standard output, as it comes: a log may be larger than
// the memory. A log's lines are bytes that a terminal may obey, so that it is shown them
// with such characters escaped, and that is said.
func (e *env) toOutput(format export.Format, write func(io.Writer) error) error {
	if format.ForFiles() && toTerminal(e) {
		return usage(hint(fmt.Errorf("%s is a file of bytes, and nothing for a terminal", format), "Give the file to write with -o FILE%s.", format.Ext()))
	}
	if !format.OfLines() || !toTerminal(e) {
		return write(e.out)
	}
	shown := &escaped{out: e.out}
	err := errors.Join(write(shown), shown.flush())
	if shown.changed {
		fmt.Fprintln(e.err, "muster: for the terminal, characters that it would obey stand as \\u escapes here. -o FILE writes the log byte for byte.")
	}
	return err
}

// escaped writes lines of JSON to a terminal, with every character escaped that it
// would obey.
type escaped struct {
	out     io.Writer
	rest    []byte // of a line that has not ended
	changed bool
}

func (w *escaped) Write(p []byte) (int, error) {
	w.rest = append(w.rest, p...)
	end := bytes.LastIndexByte(w.rest, '\n') + 1
	if err := w.show(w.rest[:end]); err != nil {
		return 0, err
	}
	w.rest = append(w.rest[:0], w.rest[end:]...)
	return len(p), nil
}

func (w *escaped) flush() error { return w.show(w.rest) }

func (w *escaped) show(text []byte) error {
	clear := clean.JSON(text)
	w.changed = w.changed || !bytes.Equal(clear, text)
	_, err := w.out.Write(clear)
	return err
}

// of is what was asked for.
func (o *exportOptions) of(ctx context.Context, e *env, s *session.Session, withheld state.Parts, occurred bool) (*exporting, error) {
	out := &exporting{e: e, s: s, withheld: withheld, shape: o.shape}
	errors.As(s.Writable(), &out.damage)
	inc, err := incidentWithout(ctx, s, withheld)
	if err != nil && out.damage == nil {
		return nil, err
	}
	if out.inc, err = o.past.of(e, inc); err != nil {
		return nil, err
	}
	out.whole = s.Incident()
	if withheld != 0 {
		e.past = time.Time{} // it is asked for once more
		if out.whole, err = o.past.of(e, s.Incident()); err != nil {
			return nil, err
		}
	}
	if p := out.inc.Past; p != nil && uint64(p.Entries) < p.Of && !p.AsItWas {
		out.damage = nil // what is damaged stands behind it
	}
	out.choice, err = o.chosen.asked(e, out.inc, occurred)
	return out, err
}
