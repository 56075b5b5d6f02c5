package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"muster/state"
	"muster/state/clean"
	"muster/state/outside"
	"muster/state/response"
	"muster/state/session"
	"muster/state/view"
)

func checkCommand(e *env) *cobra.Command {
	return &cobra.Command{
		Use: "check [SERVICE…]", Short: "Look at services from outside, now", Args: arguments(0, -1),
		Long: `Look at services from outside, by the checks of the runbook: all that have one, or
those named. Each look is recorded. One that fails makes a service that was restored
regressed. The exit code is 1 if any fails. In a drill nothing leaves the machine: every
service can be looked at, and what is seen is what the scenario says. Of one of which
it says nothing, nothing is recorded.`,
		RunE: func(cmd *cobra.Command, args []string) error { return checkServices(cmd.Context(), e, args) },
	}
}

func checkServices(ctx context.Context, e *env, refs []string) error {
	s, err := e.open(ctx, "", false)
	if err != nil {
		return err
	}
	defer s.Close()
	services, err := toLookAt(s.Incident(), refs)
	if err != nil {
		return err
	}
	if err := s.Writable(); err != nil {
		return err
	}
	if err := response.Refused(s.Incident(), state.Action{Command: state.RecordCheck{Service: services[0]}}, whoActs(e, s)); err != nil {
		return err
	}
	seen := looks{env: e, ctx: unhurried(ctx), session: s, all: len(refs) == 0}
	response.LookAt(ctx, newReach(e), s.Incident(), services, seen.take)
	if e.flags.json {
		if err := e.print(append([]view.Entry{}, seen.entries...), nil); err != nil {
			return err
		}
	}
	switch {
	case seen.err != nil:
		return seen.err
	case ctx.Err() != nil:
		return ctx.Err()
	case seen.failed > 0:
		return errFound
	}
	return nil
}

// toLookAt are the services to look at, by id: those named, or all that have a check.
func toLookAt(inc *state.Incident, refs []string) ([]string, error) {
	var ids []string
	for _, ref := range refs {
		id, err := state.Find(inc, state.NounService, ref)
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	if len(refs) == 0 {
		ids = response.Checkable(inc)
	}
	if len(ids) == 0 && len(inc.Services) == 0 {
		return nil, hint(errors.New("this incident has no services"), "Record what is seen with muster note.")
	}
	if len(ids) == 0 {
		return nil, hint(errors.New("no service of this runbook has a check"), "Look by hand and record it: muster service SERVICE STATE --why WHY.")
	}
	return ids, nil
}

// looks records what was seen, as it is seen.
type looks struct {
	env     *env
	ctx     context.Context
	session *session.Session
	all     bool // none was named
	entries []view.Entry
	failed  int
	err     error // the first that is no finding
}

func (l *looks) take(look response.Look) {
	inc, err := l.session.Incident(), look.Err
	if action, records := look.Action(inc, true); records {
		inc, err = l.session.Do(l.ctx, action)
	} else if l.all && errors.Is(err, outside.ErrNoAnswer) {
		fmt.Fprintln(l.env.err, clean.Line(view.ServiceTitle(inc, look.Service)+": no word in the scenario of what a look shows; nothing is recorded"))
		return
	} else if !errors.Is(err, context.Canceled) {
		err = fmt.Errorf("%s: %w", view.ServiceTitle(inc, look.Service), err)
	}
	if err != nil {
		if l.err == nil {
			l.err = err
		}
		return
	}
	if !look.Seen.OK {
		l.failed++
	}
	seq := inc.Head.Seq
	if entry, err := view.EntryAt(inc, seq); err == nil {
		l.entries = append(l.entries, entry)
	} else if l.err == nil {
		l.err = err
	}
	if !l.env.flags.json {
		fmt.Fprintln(l.env.out, strings.TrimLeft(l.env.line(inc, seq), " "))
	}
}
