package run

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"muster/state"
	"muster/state/clean"
	"muster/tui/incident"
	"muster/tui/kit"
)

// withTicks has the form that settles a step say which lines of the checklist are not
// ticked, and offer to tick them first: it would be refused otherwise, after everything
// was typed.
func withTicks(r *Screen, s *state.Step, t incident.TypedAction) incident.TypedAction {
	var left []int
	var lines []string
	for i := range s.Ticks {
		if !s.Ticked(i) {
			left = append(left, i+1)
			lines = append(lines, "“"+clean.Line(r.Inc.Render(s, s.Def.Checklist[i]))+"”")
		}
	}
	if len(left) == 0 {
		return t
	}
	what := fmt.Sprintf("%d lines of the checklist are not ticked", len(left))
	if len(left) == 1 {
		what = "One line of the checklist is not ticked"
	}
	t.About = strings.TrimSpace(t.About + "\n" + what + ": " + strings.Join(lines, ", ") + ".")
	fields, command, ticked := t.Fields, t.Command, false
	t.Fields = func() []*kit.Field {
		return append(fields(), &kit.Field{ID: "ticks", Label: "Checklist", Kind: kit.ChoiceField, Choices: []kit.Choice{
			{Value: "", Title: "not all of it is done"}, {Value: "tick", Title: incident.TickAll},
		}})
	}
	t.Command = func(v map[string]string) state.Command {
		ticked = v["ticks"] == "tick"
		return command(v)
	}
	session := r.Session
	t.Do = func(ctx context.Context, action state.Action) (*state.Incident, error) {
		for _, n := range left {
			if !ticked {
				break
			}
			one := action
			one.Command, one.Override = state.TickStep{Step: s.ID, Item: n, On: true}, ""
			var refusal *state.Refusal
			if inc, err := session.Do(ctx, one); err != nil && (!errors.As(err, &refusal) || refusal.Reason != state.AlreadySo) {
				return inc, err
			}
		}
		return session.Do(ctx, action)
	}
	return t
}
