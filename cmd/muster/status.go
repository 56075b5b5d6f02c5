package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"muster/state"
	"muster/state/clean"
	"muster/state/view"
	"muster/state/when"
)

func statusCommand(e *env) *cobra.Command {
	var all, open bool
	var past pastFlags
	cmd := &cobra.Command{
		Use: "status [INCIDENT|FILE]", Short: "Show where an incident stands", Args: arguments(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return showStatus(cmd.Context(), e, optional(args), &past, all, open)
		},
	}
	cmd.Flags().BoolVarP(&all, "all", "a", false, "every step, settled ones too")
	cmd.Flags().BoolVar(&open, "open", false, "only what is still open, as the close asks for it, each on a line")
	cmd.MarkFlagsMutuallyExclusive("all", "open")
	zoneFlag(e, cmd)
	past.add(cmd)
	return cmd
}

func showStatus(ctx context.Context, e *env, id string, past *pastFlags, all, open bool) error {
	s, inc, err := e.openAt(ctx, id, past)
	if err != nil {
		return err
	}
	defer s.Close()
	copied, isCopy := s.Copy()
	status := func() any { // with every line of every checklist filled in
		status := view.StatusOf(inc, e.now())
		if isCopy {
			status.Copy = view.CopyOf(copied)
		}
		return status
	}
	return e.print(status, func() error {
		if open {
			_, err := fmt.Fprint(e.out, topLines(e, inc)+openLines(view.StatusOf(inc, e.now()).Open)+exercise(inc))
			return err
		}
		_, err := fmt.Fprint(e.out, topLines(e, inc)+summaryOf(e, inc)+apartLines(e, inc, copied, isCopy)+owedLines(e, inc)+stepLines(e, inc, all)+exercise(inc))
		return err
	})
}

// openLines are all open things, a line each: what the check of the close names a few of.
func openLines(open []view.OpenItem) string {
	if open == nil {
		return "not known what is open: the runbook is withheld\n"
	}
	rows := make([][]string, 0, len(open))
	for _, item := range open {
		rows = append(rows, []string{item.What, item.State, item.Name})
	}
	if len(rows) == 0 {
		return "nothing is open\n"
	}
	return columns(rows)
}

// summaryOf is the first lines of a status.
func summaryOf(e *env, inc *state.Incident) string {
	var b strings.Builder
	word := "open"
	if inc.Closed != nil {
		word = "closed by " + inc.Closed.By + " at " + e.clockOf(inc.Closed.When)
	}
	t := inc.Tally(-1)
	fmt.Fprintf(&b, "%s  %s  %s\n", clean.Line(inc.ID), clean.Line(string(inc.Severity)), clean.Line(inc.Title))
	switch {
	case inc.Opened.IsZero():
		word += ", detected (withheld)"
	case !state.DetectionGiven(inc):
		word += ", opened " + e.clockOf(inc.Opened) + " by " + inc.OpenedBy
	default:
		word += ", detected " + e.clockOf(inc.Opened) + ", by the word of " + inc.OpenedBy
	}
	fmt.Fprintf(&b, "%s; %s, head %s\n", clean.Line(word), plural(inc.Head.Seq, "entry", "entries"), inc.Head.Hash.Code())
	b.WriteString(withheldLines(inc))
	if over := inc.Over.String(); over != "" {
		b.WriteString(over + "\n")
	}
	if t.Total == 0 && inc.Redacted.Runbook {
		return b.String()
	}
	fmt.Fprintf(&b, "%d done, %d under way, %d to do, %d waiting, %d blocked, %d unconfirmed, %d skipped, %d failed, %d not applicable%s\n",
		t.Done, t.Active, t.Todo, t.Waiting, t.Blocked, t.Unconfirmed, t.Skipped, t.Failed, t.NotNeeded, state.AtLeast(t.Unseen))
	if next := inc.Next(); next != nil && inc.Closed == nil {
		fmt.Fprintf(&b, "next: %s\n", clean.Line(next.Name()))
	}
	return b.String()
}

// stepLines are the lines of a status about steps: without all, those of a phase that
// is finished are left out.
func stepLines(e *env, inc *state.Incident, all bool) string {
	var b strings.Builder
	tallies := inc.Tallies()
	for p, phase := range inc.Phases {
		t := tallies[p]
		settled := t.Done + t.Skipped + t.Failed + t.NotNeeded
		fmt.Fprintf(&b, "\n%d %s  %s\n", phase.Number, clean.Line(phase.Def.Title), t.Progress())
		if settled == t.Total && !all {
			continue
		}
		var rows [][]string
		for i := phase.First; i < phase.First+phase.Count; i++ {
			s := &inc.Steps[i]
			rows = append(rows, stepRow(e, inc, s))
		}
		b.WriteString(columns(rows))
	}
	return b.String()
}

func stepRow(e *env, inc *state.Incident, s *state.Step) []string {
	status := string(inc.Status(s))
	if s.Empty {
		status = "none yet"
	}
	row := []string{"  " + s.Number, status, s.Title}
	switch because := inc.Because(s); {
	case s.Status == state.Done && because != "":
		row = append(row, s.DoneBy+" "+e.clockOf(s.Ended)+"; "+because)
	case because != "":
		row = append(row, because)
	case s.Status == state.Done && s.Confirmed != "" && s.DoneBy != "":
		row = append(row, s.DoneBy+", confirmed by "+s.Confirmed+" "+e.clockOf(s.Ended))
	case !s.Ended.IsZero():
		row = append(row, s.By+" "+e.clockOf(s.Ended))
	case s.Status == state.Active:
		row = append(row, s.By+" since "+e.clockOf(s.Started)+", "+when.Duration(max(0, inc.Until(e.now()).Sub(s.Started))))
	}
	return row
}
