package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"muster/state"
	"muster/state/clean"
	"muster/state/export"
	"muster/state/view"
)

type sitrepFlags struct {
	since, format, to, issued string
	issue                     bool
	past                      pastFlags
}

func sitrepCommand(e *env) *cobra.Command {
	var f sitrepFlags
	cmd := &cobra.Command{
		Use: "sitrep [INCIDENT|FILE]", Short: "Report where things stand, and what was done since the last report", Args: arguments(0, 1),
		Long: "Report where things stand. With --issue the log keeps the text as it is printed (with --json, as Markdown), and\n--issued prints it again. With --at it went out then, with what was known by then.",
		RunE: func(cmd *cobra.Command, args []string) error { return showSitrep(cmd.Context(), e, optional(args), &f) },
	}
	fs := cmd.Flags()
	fs.StringVar(&f.since, "since", "", "what was done since a time or entry number; without it, since the last sitrep that was issued")
	fs.StringVar(&f.format, "format", "text", "FORMAT: text, md or json")
	fs.BoolVar(&f.issue, "issue", false, "record that it goes out, with its text")
	fs.StringVar(&f.issued, "issued", "", "print again one that went out, as it left: its entry's number, or last")
	fs.StringVar(&f.to, "to", "", "with --issue: who gets it")
	zoneFlag(e, cmd)
	f.past.add(cmd)
	return cmd
}

func showSitrep(ctx context.Context, e *env, id string, f *sitrepFlags) error {
	if err := f.fit(); err != nil {
		return err
	}
	format := f.format
	if e.flags.json {
		format = "json"
	}
	format, err := state.FindWord(state.NounFormat, format, []string{"text", "md", "json"})
	if err != nil {
		return usage(err)
	}
	s, err := e.open(ctx, id, !f.issue)
	if err != nil {
		return err
	}
	defer s.Close()
	inc, err := f.past.of(e, s.Incident())
	if err != nil {
		return err
	}
	if f.issued != "" {
		return showIssued(e, inc, f.issued)
	}
	since, err := sinceEntry(e, inc, f.since)
	if err != nil {
		return err
	}
	sitrep := export.NewSitrep(inc, sitrepOptions(e, inc, since))
	write := export.Sitrep.Markdown
	if format == "text" {
		write = export.Sitrep.Text
	}
	text := write(sitrep)
	if f.issue {
		text = sitrep.Fit(write)
		at := pastTime(inc)
		after, err := s.Do(ctx, state.Action{Command: state.IssueSitrep{To: f.to, Text: text}, Occurred: at})
		if err != nil {
			return notSaved(e, at, err)
		}
		defer offersSign(e)
		defer fmt.Fprintln(e.err, "muster: issued, "+strings.TrimLeft(e.line(after, after.Head.Seq), " "))
	}
	if format == "json" {
		e.flags.json = true
		return e.print(sitrep, nil)
	}
	_, err = fmt.Fprint(e.out, text)
	return err
}

// pastTime is the moment as of which an incident is told; zero for now.
func pastTime(inc *state.Incident) time.Time {
	if inc.Past == nil {
		return time.Time{}
	}
	return inc.Past.At
}

// fit refuses what does not go together.
func (f *sitrepFlags) fit() error {
	switch {
	case f.to != "" && !f.issue:
		return usagef("--to says who gets a sitrep that is issued: add --issue")
	case f.issued != "" && (f.issue || f.since != ""):
		return usagef("--issued prints a sitrep as it left: leave out --issue and --since")
	case f.past.given() && f.issued != "":
		return usagef("--issued prints a sitrep as it left, and --at draws one as it would have been then: leave out one of them")
	case f.past.asItWas && f.issue:
		return usagef("what went out was drawn from what was known then: leave out --as-it-was")
	}
	return nil
}

// showIssued prints a sitrep that went out, as it left.
func showIssued(e *env, inc *state.Incident, which string) error {
	var seq uint64
	if which != "last" {
		var err error
		if seq, err = strconv.ParseUint(which, 10, 53); err != nil || seq == 0 {
			return usagef("--issued takes the number of an entry, or last: %q is neither", which)
		}
	}
	sitrep, entry, err := state.IssuedSitrep(inc, seq)
	if err != nil {
		return err
	}
	return e.print(view.SitrepSentOf(sitrep, &entry), func() error {
		_, err := fmt.Fprint(e.out, clean.Text(sitrep.Text))
		return err
	})
}

// sinceEntry is the last entry that a sitrep need not tell of: by its number, by a
// time, or that of the sitrep before.
func sinceEntry(e *env, inc *state.Incident, text string) (uint64, error) {
	if text == "" {
		return inc.Sitrep, nil
	}
	if seq, err := strconv.ParseUint(text, 10, 53); err == nil {
		if seq > inc.Head.Seq {
			return 0, usagef("there is no entry %d yet: the last is %d", seq, inc.Head.Seq)
		}
		return seq, nil
	}
	at, err := readWhen(e, text)
	if err != nil {
		return 0, err
	}
	if at.IsZero() { // "now"
		at = e.now()
	}
	return inc.SeqAt(at), nil
}
