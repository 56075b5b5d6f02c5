package main

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"muster/runbooks"
	"muster/state"
	"muster/state/session"
	"muster/state/when"
)

func clockCommand(e *env) *cobra.Command {
	cmd := &cobra.Command{
		Use: "clock", Short: "Show the deadlines; start, meet or waive one", Args: args(0, 0),
		Long: `Clocks are deadlines that an event starts, by the time it happened. Days, business
days and months are counted by the calendar of this machine's zone; business days
are Monday to Friday, and muster knows no holidays.

CLOCK is a clock's id, or a part of its id or title that only it has.`,
		RunE: func(cmd *cobra.Command, _ []string) error { return e.showClocks(cmd.Context()) },
	}
	list := &cobra.Command{
		Use: "list", Short: "List the clocks and where they stand", Args: args(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error { return e.showClocks(cmd.Context()) },
	}
	laws := &cobra.Command{
		Use: "laws", Short: "List the ready-made deadlines that a runbook can name", Args: args(0, 0),
		RunE: func(*cobra.Command, []string) error { return e.showLaws() },
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
		Use: use, Short: short, Args: args(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return e.act(cmd.Context(), f, func(s *session.Session) (state.Command, error) {
				id, err := findClock(s.Incident(), args[0])
				return command(id, why), err
			})
		},
	}
	f.add(cmd)
	cmd.Flags().StringVarP(&why, "why", "w", "", "the reason, or how it was done")
	return cmd
}

func findClock(inc *state.Incident, ref string) (string, error) {
	all := make([]named, len(inc.Clocks))
	for i := range inc.Clocks {
		all[i] = named{inc.Clocks[i].ID, inc.Clocks[i].Def.Title}
	}
	return pick("clock", ref, all)
}

// A clockJSON is a clock as --json prints it.
type clockJSON struct {
	ID        string            `json:"id"`
	Title     string            `json:"title"`
	Status    state.ClockStatus `json:"status"`
	Within    string            `json:"within"`
	Starts    string            `json:"starts"`
	Stops     string            `json:"stops"`
	Started   *time.Time        `json:"started,omitempty"`
	StartedBy string            `json:"started_by,omitempty"`
	Due       *time.Time        `json:"due,omitempty"`
	Left      *int64            `json:"left_seconds,omitempty"` // of one that runs; negative when it is overdue
	Ended     *time.Time        `json:"ended,omitempty"`
	EndedBy   string            `json:"ended_by,omitempty"`
	Why       string            `json:"why,omitempty"`
	Missed    uint64            `json:"missed,omitempty"` // the entry that says its time passed
	To        string            `json:"to,omitempty"`
	Source    string            `json:"source,omitempty"`
	Law       string            `json:"law,omitempty"`     // the ready-made deadline it is
	Checked   string            `json:"checked,omitempty"` // when its source was last looked at
}

func (e *env) clocksOf(inc *state.Incident) []clockJSON {
	now := e.now()
	list := make([]clockJSON, 0, len(inc.Clocks))
	for i := range inc.Clocks {
		c := &inc.Clocks[i]
		due := c.Due(now.Location())
		one := clockJSON{
			ID: c.ID, Title: c.Def.Title, Status: c.Status(now, now.Location()), Within: c.Def.Within.String(), Starts: c.Def.Starts, Stops: c.Def.Stops,
			Started: maybe(c.Started), StartedBy: c.StartedBy, Due: maybe(due), Ended: maybe(c.Ended), EndedBy: c.EndedBy, Why: c.Why, Missed: c.Missed,
			To: c.Def.To, Source: c.Def.Source, Law: c.Def.Law, Checked: c.Def.Checked,
		}
		if c.Running() {
			left := int64(due.Sub(now) / time.Second)
			one.Left = &left
		}
		list = append(list, one)
	}
	return list
}

func (e *env) showClocks(ctx context.Context) error {
	return e.look(ctx, "", func(inc *state.Incident) error {
		list := e.clocksOf(inc)
		return e.print(list, func() error {
			if len(list) == 0 {
				_, err := fmt.Fprint(e.out, exercise(inc)+withheldLines(inc)+"The runbook has no clocks.\n")
				return err
			}
			_, err := fmt.Fprint(e.out, exercise(inc)+withheldLines(inc)+e.clockTable(list))
			return err
		})
	})
}

func (e *env) clockTable(list []clockJSON) string {
	rows := [][]string{{"CLOCK", "STATUS", "LEFT", "DUE", "STARTED", "TO", "TITLE", "SOURCE"}}
	ready := false
	for _, c := range list {
		row := []string{c.ID, string(c.Status), "", "", "by " + c.Starts, c.To, c.Title, sayLaw(c.Source, c.Checked)}
		if c.Left != nil {
			row[2] = when.Duration(time.Duration(*c.Left) * time.Second)
		}
		if c.Status == state.ClockOverdue {
			row[1] = "OVERDUE"
		}
		if c.Due != nil {
			row[3], row[4] = e.clockOf(*c.Due), e.clockOf(*c.Started)
		}
		rows = append(rows, row)
		ready = ready || c.Law != ""
	}
	text := columns(rows)
	if ready {
		text += runbooks.NotLegalAdvice + "\n"
	}
	return text
}

func sayLaw(source, checked string) string {
	if checked == "" {
		return source
	}
	return source + " (last checked " + checked + ")"
}

// A lawJSON is a ready-made deadline as --json prints it.
type lawJSON struct {
	ID      string `json:"id"`
	Title   string `json:"title"`
	Within  string `json:"within"`
	From    string `json:"from"`
	To      string `json:"to"`
	Source  string `json:"source"`
	Checked string `json:"checked"`
	Primary bool   `json:"primary"` // the law's own text was read
}

func (e *env) showLaws() error {
	list := []lawJSON{}
	rows := [][]string{{"CLOCK", "WITHIN", "FROM", "TO", "SOURCE", "LAST CHECKED", "READ"}}
	for _, d := range runbooks.Deadlines() {
		list = append(list, lawJSON{d.ID, d.Title, d.Within.String(), d.Trigger, d.To, d.Source, d.Checked, d.Primary})
		read := "about it"
		if d.Primary {
			read = "the law"
		}
		rows = append(rows, []string{d.ID, d.Within.String(), d.Trigger, d.To, d.Source, d.Checked, read})
	}
	return e.print(list, func() error {
		_, err := fmt.Fprint(e.out, columns(rows)+"A runbook names one with clock = \"ID\", and says what starts and stops it.\n"+runbooks.NotLegalAdvice+"\n")
		return err
	})
}

// recordMissed records of each clock whose time has passed that it did. Others may
// be faster, or the log may not be writable: then that is theirs to say.
func (e *env) recordMissed(ctx context.Context, s *session.Session) error {
	if s.Writable() != nil || s.Incident().Closed != nil {
		return nil
	}
	now := e.now()
	for _, c := range s.Incident().Overdue(now, now.Location()) {
		_, err := s.Do(ctx, state.Action{Command: state.MissClock{Clock: c.ID, Due: c.Due(now.Location())}})
		if err != nil && !isRefusal(err) {
			return err
		}
	}
	return nil
}
