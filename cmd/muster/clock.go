package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"muster/runbooks"
	"muster/state"
	"muster/state/session"
	"muster/state/view"
	"muster/state/when"
)

func clockCommand(e *env) *cobra.Command {
	cmd := &cobra.Command{
		Use: "clock", Short: "Show the deadlines; start, meet or waive one", Args: arguments(0, 0),
		Long: `Clocks are deadlines that an event starts, by the time it happened. Days, business
days and months are counted by the calendar of this machine's zone; business days
are Monday to Friday, and muster knows no holidays. Hours run through nights,
weekends and holidays, which is the safe reading of every law.

CLOCK is a clock's id, or a part of its id or title that only it has.`,
		RunE: func(cmd *cobra.Command, _ []string) error { return showClocks(cmd.Context(), e, new(pastFlags)) },
	}
	list := listAt("List the clocks and where they stand", func(ctx context.Context, past *pastFlags) error { return showClocks(ctx, e, past) })
	laws := &cobra.Command{
		Use: "laws", Short: "List the ready-made deadlines, which can be started in any incident", Args: arguments(0, 0),
		RunE: func(*cobra.Command, []string) error { return showLaws(e) },
	}
	cmd.AddCommand(list, laws,
		clockVerbCommand(e, "start CLOCK", "Start a clock by hand", func(id, why string) state.Command { return state.StartClock{Clock: id, Why: why} }),
		clockVerbCommand(e, "met CLOCK", "Record that what a clock asks for was done", func(id, why string) state.Command { return state.MeetClock{Clock: id, Why: why} }),
		clockVerbCommand(e, "waive CLOCK", "Record that what a clock asks for need not be done", func(id, why string) state.Command { return state.WaiveClock{Clock: id, Why: why} }))
	return cmd
}

func clockVerbCommand(e *env, use, short string, command func(id, why string) state.Command) *cobra.Command {
	var f actFlags
	var why string
	cmd := &cobra.Command{
		Use: use, Short: short, Args: arguments(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return act(cmd.Context(), e, f, func(s *session.Session) (state.Command, error) {
				id, err := state.Find(s.Incident(), state.NounClock, args[0])
				return command(id, why), err
			})
		},
	}
	f.add(cmd)
	cmd.Flags().StringVarP(&why, "why", "w", "", "the reason, or how it was done")
	return cmd
}

func showClocks(ctx context.Context, e *env, past *pastFlags) error {
	return lookBack(ctx, e, past, func(inc *state.Incident) error {
		list := view.ClocksOf(inc, e.now())
		wrap := func(of view.AsOf, list []view.Clock) any { return view.ClocksAsOf{AsOf: of, Clocks: list} }
		return e.print(onlyBy(inc, list, wrap), func() error {
			if len(list) == 0 {
				_, err := fmt.Fprint(e.out, topLines(e, inc)+withheldLines(inc)+"The runbook has no clocks.\n")
				return err
			}
			_, err := fmt.Fprint(e.out, topLines(e, inc)+withheldLines(inc)+clockTable(e, list, inc.Closed != nil))
			return err
		})
	})
}

// clockTable lists clocks. Nothing counts on after the incident: what is left is left at the end.
func clockTable(e *env, list []view.Clock, closed bool) string {
	rows := [][]string{{"CLOCK", "STATUS", "LEFT", "DUE", "STARTED", "TO", "TITLE", "SOURCE"}}
	if closed {
		rows[0][1], rows[0][2] = "AT THE END", "LEFT THEN"
	}
	ready := false
	for _, c := range list {
		row := []string{c.ID, string(c.Standing), "", "", "by " + c.Starts, c.To, c.Title, sayLaw(c.Source, c.Checked)}
		if c.Standing.Forgone() {
			row[1] = string(c.Standing.Plain())
		}
		if c.Left != nil {
			row[2] = when.Duration(time.Duration(*c.Left) * time.Second)
		}
		if c.Standing == state.ClockOverdue {
			row[1] = "OVERDUE"
		}
		if due := c.Due.Known(); due != nil {
			row[3], row[4] = e.clockOf(*due), e.clockOf(c.Started.Time)
		}
		if from := c.From.Known(); from != nil {
			row[4] += ", counts from " + e.clockOf(*from)
		}
		if c.Want != "" {
			row[4] += ", " + c.Want + " is not answered"
		}
		rows = append(rows, row)
		ready = ready || c.Law != ""
	}
	text := table(e, rows) + clockNotes(e, list)
	if ready {
		text += runbooks.NotLegalAdvice + "\n"
	}
	return text
}

// clockNotes are lines about clocks that are in doubt, or count from an answer that was moved.
func clockNotes(e *env, list []view.Clock) string {
	var b strings.Builder
	line := lineTo(&b)
	for i := range list {
		if list[i].Standing.Forgone() {
			line("%s: %s", list[i].ID, list[i].Standing)
		}
		for _, note := range list[i].Notes() {
			line("%s: %s", list[i].ID, state.InZone(note, e.clockOf))
		}
		if list[i].Doubt != "" && list[i].Ended == nil {
			line("  %s", endsClock(list[i].ID))
		}
	}
	for _, m := range view.MovedIn(list) {
		line("%s", state.InZone(m.Says, e.clockOf))
	}
	return b.String()
}

func sayLaw(source, checked string) string {
	if checked == "" {
		return source
	}
	return source + " (last checked " + checked + ")"
}

func showLaws(e *env) error {
	list := []view.Law{}
	rows := [][]string{{"CLOCK", "WITHIN", "FROM", "TO", "SOURCE", "LAST CHECKED", "READ"}}
	for _, d := range runbooks.Deadlines() {
		list = append(list, view.Law{ID: d.ID, Title: d.Title, Within: d.Within.String(), From: d.Trigger, To: d.To, Source: d.Source, Checked: d.Checked, Primary: d.Primary})
		read := "about it"
		if d.Primary {
			read = "the law"
		}
		rows = append(rows, []string{d.ID, d.Within.String(), d.Trigger, d.To, d.Source, d.Checked, read})
	}
	return e.print(list, func() error {
		_, err := fmt.Fprint(e.out, table(e, rows)+"muster clock start ID starts one in any incident; --at says from when it counts. A runbook names one with clock = \"ID\".\n"+runbooks.NotLegalAdvice+"\n")
		return err
	})
}
