package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"muster/state"
	"muster/state/export"
)

type sitrepFlags struct {
	since, format, to string
	issue             bool
}

func sitrepCommand(e *env) *cobra.Command {
	var f sitrepFlags
	cmd := &cobra.Command{
		Use: "sitrep [INCIDENT|FILE]", Short: "Report where things stand, and what was done since the last report", Args: arguments(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error { return showSitrep(cmd.Context(), e, optional(args), &f) },
	}
	fs := cmd.Flags()
	fs.StringVar(&f.since, "since", "", "what was done since a time or entry number; without it, since the last sitrep that was issued")
	fs.StringVar(&f.format, "format", "text", "FORMAT: text, md or json")
	fs.BoolVar(&f.issue, "issue", false, "record that it goes out")
	fs.StringVar(&f.to, "to", "", "with --issue: who gets it")
	return cmd
}

func showSitrep(ctx context.Context, e *env, id string, f *sitrepFlags) error {
	if f.to != "" && !f.issue {
		return usagef("--to says who gets a sitrep that is issued: add --issue")
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
	inc := s.Incident()
	since, err := sinceEntry(e, inc, f.since)
	if err != nil {
		return err
	}
	sitrep := export.NewSitrep(inc, sitrepOptions(e, since))
	if f.issue {
		command := state.IssueSitrep{To: f.to, SHA256: state.Sum([]byte(sitrep.Markdown()))}
		after, err := s.Do(ctx, state.Action{Command: command})
		if err != nil {
			return notSaved(e, time.Time{}, err)
		}
		defer fmt.Fprintln(e.err, "muster: issued, "+strings.TrimLeft(e.line(after, after.Head.Seq), " "))
	}
	switch format {
	case "json":
		e.flags.json = true
		return e.print(sitrep, nil)
	case "md":
		_, err = fmt.Fprint(e.out, sitrep.Markdown())
	default:
		_, err = fmt.Fprint(e.out, sitrep.Text())
	}
	return err
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
