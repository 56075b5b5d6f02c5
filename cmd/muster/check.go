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
	private := false
	cmd := &cobra.Command{
		Use: "check [SERVICE…]", Short: "Look at services from outside, now", Args: arguments(0, -1),
		Long: `Look at services from outside, by the checks of the runbook: all that have one, or
those named. Each look is recorded. One that fails makes a service that was restored
regressed. The exit code is 1 if any fails. In a drill nothing leaves the machine: every
service can be looked at, and what is seen is what the scenario says. Of one of which
it says nothing, nothing is recorded.

A runbook may come from a stranger, and name what is not public: this machine, the
network behind it, a cloud's own addresses. Of those nothing is asked until a person says
yes, once for an incident: --private says it, and that is recorded.`,
		RunE: func(cmd *cobra.Command, args []string) error { return checkServices(cmd.Context(), e, args, private) },
	}
	cmd.Flags().BoolVar(&private, "private", false, "look at private targets too, from now on in this incident")
	return cmd
}

func checkServices(ctx context.Context, e *env, refs []string, private bool) error {
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
	seen := looks{env: e, ctx: unhurried(ctx), session: s, all: len(refs) == 0, private: private}
	if err := seen.allow(response.Unallowed(s.Incident(), services)); err != nil {
		return err
	}
	seen.look(ctx, services)
	if err := seen.again(ctx); err != nil && seen.err == nil {
		seen.err = err
	}
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
	lookout response.Lookout
	all     bool // none was named
	private bool // a person allows private targets
	entries []view.Entry
	failed  int
	err     error // the first that is no finding
}

// maxLed is how often a look may lead to one more private target.
const maxLed = 5

// again looks once more at what turned out to be private, if a person allows that.
func (l *looks) again(ctx context.Context) error {
	for range maxLed {
		led := l.lookout.Led()
		if len(led) == 0 {
			return nil
		}
		if err := l.allow(led); err != nil {
			return err
		}
		var services []string
		for _, private := range led {
			services = append(services, private.Service)
		}
		l.look(ctx, services)
	}
	return l.refuse(l.lookout.Led())
}

// look looks at services, by id.
func (l *looks) look(ctx context.Context, services []string) {
	l.lookout.Ask(l.session.Incident(), services, true, l.env.now())
	done := l.env.waitingFor(strings.Join(services, ", "))
	defer done()
	l.lookout.Run(ctx, newReach(l.env), l.session, l.env.now, l.take)
}

// allow records that private targets may be looked at, or refuses them.
func (l *looks) allow(list []response.Private) error {
	if len(list) == 0 {
		return nil
	}
	if !l.private {
		return l.refuse(list)
	}
	inc, err := l.session.Do(l.ctx, state.Action{Command: response.Allow(list)})
	if err != nil {
		return err
	}
	return l.say(inc)
}

// refuse lists private targets that nobody has allowed; nil for none.
func (l *looks) refuse(list []response.Private) error {
	if len(list) == 0 {
		return nil
	}
	text := "These targets are private, or lead to private addresses, and nobody has allowed to look at them; nothing was asked of them:\n"
	ids := make([]string, len(list))
	for i, private := range list {
		ids[i] = private.Service
		text += fmt.Sprintf("  %s  (%s)\n", private, view.ServiceTitle(l.session.Incident(), private.Service))
	}
	return hint(errors.New(strings.TrimSuffix(text, "\n")),
		"If they are meant, allow them, once: muster check %s --private. Or name the services to look at without them.", strings.Join(ids, " "))
}

func (l *looks) take(look response.Look) {
	if _, leads := look.Unallowed(); leads {
		return // the lookout keeps it
	}
	inc, err := l.session.Incident(), look.Err
	if action, records := look.Action(inc, true); records {
		inc, err = l.session.Do(l.ctx, action)
	} else if l.all && errors.Is(err, outside.ErrNoAnswer) {
		fmt.Fprintln(l.env.err, clean.Line(view.ServiceTitle(inc, look.Service)+": nothing in this drill says what a look shows; nothing is recorded"))
		return
	} else if !errors.Is(err, context.Canceled) {
		err = fmt.Errorf("%s%s: %w", view.ServiceTitle(inc, look.Service), targetOf(inc, look.Service), err)
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
	if err := l.say(inc); err != nil && l.err == nil {
		l.err = err
	}
}

// say says what was recorded last.
func (l *looks) say(inc *state.Incident) error {
	seq := inc.Head.Seq
	entry, err := view.EntryAt(inc, seq)
	if err == nil {
		l.entries = append(l.entries, entry)
	}
	if !l.env.flags.json {
		fmt.Fprintln(l.env.out, strings.TrimLeft(l.env.line(inc, seq), " "))
	}
	return err
}

// targetOf is what a service's check reaches for, in brackets; "" if it has none.
func targetOf(inc *state.Incident, id string) string {
	service := inc.Service(id)
	if service == nil || service.Def.Check.IsZero() {
		return ""
	}
	return " (" + state.TargetOf(service.Def.Check).Address + ")"
}
