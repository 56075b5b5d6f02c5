package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"muster/state"
	"muster/state/clean"
	"muster/state/view"
	"muster/tui/widget"
)

func stepShowCommand(e *env) *cobra.Command {
	return &cobra.Command{
		Use: "show STEP", Short: "Show a step: what is to be done, and what is recorded of it", Args: arguments(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return lookAt(cmd.Context(), e, "", func(inc *state.Incident) error {
				step, err := inc.FindStep(args[0])
				if err != nil {
					return err
				}
				all := view.New(inc, view.Options{Program: program(), Zone: e.now().Location()}).Steps
				at := slices.IndexFunc(all, func(r view.StepRecord) bool { return r.ID == step.ID })
				if at < 0 {
					return hint(errors.New(clean.Line(step.Name())+" stands for steps of services, and there are none yet"), "It gets one for each service that is %s.", step.Def.Each)
				}
				return e.print(all[at], func() error {
					_, err := fmt.Fprint(e.out, exercise(inc)+stepPage(e, inc, step, &all[at])+exercise(inc))
					return err
				})
			})
		},
	}
}

// stepPage is everything about a step, for people.
func stepPage(e *env, inc *state.Incident, s *state.Step, r *view.StepRecord) string {
	var b strings.Builder
	line := lineTo(&b)
	row := stepRow(e, inc, s)
	reason := r.Reason
	if len(row) > 3 && row[3] == reason {
		reason = "" // the status says it
	}
	line("%s (%s): %s", s.Name(), s.ID, strings.Join(append(row[1:2], row[3:]...), ", "))
	var facts []string
	for _, fact := range []struct{ word, value string }{
		{"role", roleOf(inc, r.Role)}, {"service", view.ServiceTitle(inc, r.Service)}, {"assigned to", r.Assignee}, {"should take", s.Def.Expect.String()}, {"reason", reason},
	} {
		if fact.value != "" {
			facts = append(facts, fact.word+": "+fact.value)
		}
	}
	if len(facts) > 0 {
		line("%s", strings.Join(facts, "; "))
	}
	if text := inc.Render(s, s.Def.Text); text != "" {
		b.WriteString("\n" + indented(strings.Join(widget.Wrap(text, usualWidth), "\n")) + "\n")
	}
	for i, tick := range r.Checklist {
		line("  %s %d  %s", tickSign(tick), i+1, tick.Text)
	}
	for i := range s.Def.Options {
		line("  option %s: %s", s.Def.Options[i].ID, s.Def.Options[i].Title)
	}
	for _, answer := range r.Answers {
		line("  %s: %s — %s", answer.ID, answer.Prompt, answered(inc, &answer))
	}
	if s.Def.Command != "" {
		b.WriteString("  command:\n" + indented(s.CommandIn(inc)))
	}
	if done := inc.Render(s, s.Def.DoneWhen); done != "" {
		line("done when: %s", done)
	}
	for _, seq := range r.Seqs {
		b.WriteString(e.line(inc, seq) + "\n")
	}
	return b.String()
}

// tickSign says whether a line of a checklist is ticked.
func tickSign(tick view.Tick) string {
	switch {
	case tick.Done == nil:
		return "[?]"
	case *tick.Done && tick.Before:
		return "[x, before it was reopened]"
	case *tick.Done:
		return "[x]"
	}
	return "[ ]"
}

// answered is an answer as people read it.
func answered(inc *state.Incident, a *view.Answer) string {
	switch {
	case a.Withheld:
		return "not known: notes are withheld"
	case a.At == nil:
		return "not answered"
	}
	return a.Title
}
