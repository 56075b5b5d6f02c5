package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"muster/state"
	"muster/state/outside"
	"muster/state/session"
	"muster/state/view"
)

// manyChecks is how many services are looked at at once.
const manyChecks = 4

func checkCommand(e *env) *cobra.Command {
	return &cobra.Command{
		Use: "check [SERVICE…]", Short: "Look at services from outside, now", Args: args(0, -1),
		Long: `Look at services from outside, by the checks of the runbook: all that have one, or
those named. Each look is recorded. One that fails makes a service that was restored
regressed. The exit code is 1 if any fails. In a drill nothing leaves the machine.`,
		RunE: func(cmd *cobra.Command, args []string) error { return e.check(cmd.Context(), args) },
	}
}

func (e *env) check(ctx context.Context, refs []string) error {
	s, err := e.open(ctx, "", false)
	if err != nil {
		return err
	}
	defer s.Close()
	targets, err := targetsOf(s.Incident(), refs)
	if err != nil {
		return err
	}
	if err := e.mayDo(s, state.Action{Command: state.RecordCheck{Service: targets[0].Service}}); err != nil {
		return err
	}
	world, err := e.world(ctx, s.Incident())
	if err != nil {
		return err
	}
	seen := looks{env: e, ctx: unhurried(ctx), session: s}
	outside.CheckAll(ctx, world, targets, manyChecks, seen.take)
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

// targetsOf are the services to look at: those named, or all that have a check.
func targetsOf(inc *state.Incident, refs []string) ([]outside.Target, error) {
	var all []named
	var targets []outside.Target
	for i := range inc.Services {
		s := &inc.Services[i]
		all = append(all, named{s.ID, s.Def.Title})
		if len(refs) == 0 && !s.Def.Check.IsZero() {
			targets = append(targets, outside.Target{Service: s.ID, Check: s.Def.Check})
		}
	}
	for _, ref := range refs {
		id, err := pick("service", ref, all)
		if err != nil {
			return nil, err
		}
		targets = append(targets, outside.Target{Service: id, Check: inc.Service(id).Def.Check})
	}
	if len(targets) == 0 {
		return nil, hint(errors.New("no service of this runbook has a check"), "Look by hand and record it: muster service SERVICE STATE --why WHY.")
	}
	return targets, nil
}

// looks records what was seen, as it is seen.
type looks struct {
	env     *env
	ctx     context.Context
	session *session.Session
	entries []view.Entry
	failed  int
	err     error // the first that is no finding
}

func (l *looks) take(target outside.Target, seen state.RecordCheck, err error) {
	var inc *state.Incident
	if err == nil {
		inc, err = l.session.Do(l.ctx, state.Action{Command: seen})
	} else if inc = l.session.Incident(); !errors.Is(err, context.Canceled) {
		err = fmt.Errorf("%s: %w", view.ServiceTitle(inc, target.Service), err)
	}
	if err != nil {
		if l.err == nil {
			l.err = err
		}
		return
	}
	if !seen.OK {
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
