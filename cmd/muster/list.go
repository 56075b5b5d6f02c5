package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"muster/state"
	"muster/state/clean"
)

func listCommand(e *env) *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List the incidents, open ones first", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return e.list(cmd.Context()) },
	}
}

// An incidentJSON is an incident as muster list --json prints it.
type incidentJSON struct {
	ID       string     `json:"id"`
	Title    string     `json:"title"`
	Mode     state.Mode `json:"mode"`
	Exercise bool       `json:"exercise"`
	Severity string     `json:"severity"`
	Runbook  string     `json:"runbook"`
	Opened   *time.Time `json:"opened,omitempty"` // by the word of who opened it
	Closed   *time.Time `json:"closed,omitempty"`
	Entries  uint64     `json:"entries"`
	Done     int        `json:"steps_done"`
	Total    int        `json:"steps"`
	Problem  string     `json:"problem,omitempty"` // why its log cannot be read to the end
}

func (e *env) list(ctx context.Context) error {
	desk, _, err := e.desk()
	if err != nil {
		return err
	}
	heads, err := desk.Incidents(ctx)
	if err != nil {
		return err
	}
	all := make([]incidentJSON, 0, len(heads))
	var problems []string
	rows := [][]string{{"INCIDENT", "MODE", "STATE", "SEV", "STEPS", "ENTRIES", "OPENED", "TITLE"}}
	for _, h := range heads {
		one := incidentJSON{
			ID: h.ID, Title: h.Title, Mode: h.Mode, Exercise: h.Mode == state.Drill, Severity: string(h.Severity),
			Runbook: h.Runbook, Opened: maybe(h.Opened), Entries: h.Entries, Done: h.Done, Total: h.Total,
		}
		status, mode := "open", "live"
		if h.Mode == state.Drill {
			mode = "EXERCISE"
		}
		if !h.Closed.IsZero() {
			one.Closed, status = &h.Closed, "closed"
		}
		if h.Err != nil {
			one.Problem, status = h.Err.Error(), problemWord(h.Err)
			problems = append(problems, h.ID+": "+one.Problem)
		}
		all = append(all, one)
		if h.Entries == 0 {
			rows = append(rows, []string{h.ID, "", status})
			continue
		}
		rows = append(rows, []string{h.ID, mode, status, one.Severity, fmt.Sprintf("%d/%d", h.Done, h.Total), fmt.Sprint(h.Entries), e.clockOf(h.Opened), h.Title})
	}
	return e.print(all, func() error {
		if len(all) == 0 {
			_, err := fmt.Fprintln(e.out, "No incidents. Start one with muster start RUNBOOK; muster runbook list shows the runbooks.")
			return err
		}
		text := columns(rows)
		for _, problem := range problems {
			text += clean.Line(problem) + "\n"
		}
		_, err := fmt.Fprint(e.out, text)
		return err
	})
}

// problemWord is the state of an incident whose log cannot be read to its end.
func problemWord(err error) string {
	var damage *state.Damage
	switch {
	case !errors.As(err, &damage):
		return "UNREADABLE"
	case damage.Newer:
		return "NEWER"
	}
	return "DAMAGED"
}
