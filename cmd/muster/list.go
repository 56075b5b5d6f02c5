package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"muster/state"
	"muster/state/clean"
	"muster/state/list"
	"muster/state/view"
)

func listCommand(e *env) *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List the incidents, open ones first", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return listIncidents(cmd.Context(), e) },
	}
}

func listIncidents(ctx context.Context, e *env) error {
	store, err := e.store()
	if err != nil {
		return err
	}
	heads, err := e.incidents(store).All(ctx)
	if err != nil {
		return err
	}
	all := make([]view.Listed, 0, len(heads))
	var problems []string
	rows := [][]string{{"INCIDENT", "MODE", "STATE", "SEV", "STEPS", "ENTRIES", "SINCE", "TITLE"}}
	for i := range heads {
		h := &heads[i]
		if h.Err != nil {
			h.Problem = h.Err.Error()
			problems = append(problems, h.ID+": "+h.Problem)
		}
		all = append(all, h.Listed)
		rows = append(rows, listRow(e, h))
	}
	return e.print(all, func() error {
		if len(all) == 0 {
			_, err := fmt.Fprintln(e.out, "No incidents. Start one with muster start RUNBOOK; muster runbook list shows the runbooks.")
			return err
		}
		text := table(e, rows)
		for _, problem := range problems {
			text += clean.Line(problem) + "\n"
		}
		_, err := fmt.Fprint(e.out, text)
		return err
	})
}

// listRow is an incident in a list, for people.
func listRow(e *env, h *list.Row) []string {
	status, mode, steps, since := "open", "live", "0/0", time.Time{}
	switch {
	case h.Err != nil:
		status = problemWord(h.Err)
	case h.Listed.Head != nil && h.Closed != nil:
		status = "closed"
	}
	if h.Listed.Head == nil {
		return []string{h.ID, "", status}
	}
	if h.Exercise {
		mode = "EXERCISE"
	}
	switch {
	case h.Copy != nil && h.Copy.Alarm != "":
		status = "COPY, SOURCE CHANGED"
	case h.Copy != nil:
		status = "COPY"
	case h.Branch != nil:
		status += ", BRANCH"
	}
	if h.Two > 0 {
		status += ", TWO ANSWERS"
	}
	if h.Left > 0 {
		status += ", MAY HAVE LEFT"
	}
	if h.Steps != nil {
		steps = fmt.Sprintf("%d/%d", h.Steps.Done, h.Steps.Applicable)
	}
	if h.Detected != nil {
		since = *h.Detected
	}
	return []string{h.ID, mode, status, string(h.Severity), steps, fmt.Sprint(h.Entries), e.clockOf(since), string(h.Title)}
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
