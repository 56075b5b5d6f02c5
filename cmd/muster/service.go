package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"muster/state"
	"muster/state/clean"
	"muster/state/session"
	"muster/state/view"
)

func showServices(ctx context.Context, e *env, past *pastFlags) error {
	return lookBack(ctx, e, past, func(inc *state.Incident) error {
		list := view.ServicesOf(inc)
		wrap := func(of view.AsOf, list []view.Service) any { return view.ServicesAsOf{AsOf: of, Services: list} }
		return e.print(onlyBy(inc, list, wrap), func() error {
			rows := [][]string{{"SERVICE", "STATE", "SINCE", "BY", "CHECK", "LAST SAID", "HIT BELOW", "WHY", "TITLE"}}
			for i := range list {
				rows = append(rows, serviceRow(e, &list[i]))
			}
			_, err := fmt.Fprint(e.out, topLines(e, inc)+withheldLines(inc)+table(e, rows))
			return err
		})
	})
}

func serviceRow(e *env, s *view.Service) []string {
	since, check, said := "", "", ""
	if s.Since != nil {
		since = e.clockOf(*s.Since)
	}
	if c := s.Check; c != nil {
		check = "passed " + e.clockOf(c.At)
		if !c.OK {
			check = "FAILED " + e.clockOf(c.At)
		}
	}
	if s.Said != nil {
		said = string(s.Said.State) + " " + e.clockOf(s.Said.At)
		switch {
		case s.Said.Differs():
			said += " DIFFERS"
		case s.Said.Unsure && s.Said.State.OfHealth():
			said += " NOT KNOWN"
		case s.Said.Superseded():
			said += " superseded"
		}
	}
	known := string(s.State)
	if s.Withheld {
		known = "not known"
	}
	if s.Expected != nil {
		known += ", expected back " + e.clockOf(*s.Expected)
	}
	return []string{s.ID, known, since, clean.Bounded(s.ByWhom, maxBy), check, said, idsOf(s.Below), s.Whys, s.Title}
}

// maxBy is how much of who a service's state is by has room in the list, in bytes: the whole stands in
// status and the report.
const maxBy = 60

// idsOf lists what things are called by.
func idsOf(of []view.Ref) string {
	words := make([]string, len(of))
	for i, ref := range of {
		words[i] = ref.ID
	}
	return strings.Join(words, ", ")
}

func serviceCommand(e *env) *cobra.Command {
	var f actFlags
	var why, expect string
	cmd := &cobra.Command{
		Use: "service [SERVICE STATE]", Short: "Show the services, or set one's state", Args: arguments(0, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			switch len(args) {
			case 0:
				if err := notActed(f, "muster service list"); err != nil {
					return err
				}
				return showServices(cmd.Context(), e, new(pastFlags))
			case 1:
				return usage(hint(errors.New("the service's state is missing"), "It is one of %s.", joinStates()))
			}
			return act(cmd.Context(), e, f, func(s *session.Session) (state.Command, error) {
				id, err := state.Find(s.Incident(), state.NounService, args[0])
				if err != nil {
					return nil, err
				}
				to, err := state.FindWord(state.NounState, args[1], state.ServiceStates())
				command := state.SetService{Service: id, State: to, Why: why}
				if err == nil && expect != "" {
					var back time.Time
					back, err = expected(e, expect, f.at)
					command.Expect = &back
				}
				return command, err
			})
		},
	}
	list := listAt("List the services and their states", func(ctx context.Context, past *pastFlags) error { return showServices(ctx, e, past) })
	cmd.AddCommand(list, serviceAddCommand(e))
	f.add(cmd)
	cmd.Flags().StringVarP(&why, "why", "w", "", "how this is known")
	cmd.Flags().StringVar(&expect, "expect", "", "when it is expected back: 4h (from when it was so), 07:30, tomorrow 07:30")
	return cmd
}

// expected reads when a service is expected back: a length of time counts from when it was so.
func expected(e *env, text, happened string) (time.Time, error) {
	from, err := whenOrNow(e, happened)
	if err != nil {
		return from, err
	}
	return readAheadOf(e, text, from)
}

func serviceAddCommand(e *env) *cobra.Command {
	var f actFlags
	var c state.AddService
	cmd := &cobra.Command{
		Use: "add {TITLE | ID --title TITLE}", Short: "Add a service to the incident", Args: arguments(0, 1),
		Long: `Add a service that neither the organisation nor a runbook has. Steps that stand for
each service have a copy for it from then on. The id is made from the title, unless it
is given beside one.`,
		Example: "  muster service add \"Crew portal\" --tier 2 --depends-on identity",
		RunE: func(cmd *cobra.Command, args []string) error {
			return act(cmd.Context(), e, f, func(s *session.Session) (state.Command, error) {
				command := c
				command.Service, command.DependsOn = optional(args), nil
				if c.Title == "" {
					command.Service, command.Title = "", optional(args)
				}
				for _, ref := range c.DependsOn {
					id, err := ref, error(nil) // that it names itself has words of its own
					if ref != command.Service {
						id, err = state.Find(s.Incident(), state.NounService, ref)
					}
					if err != nil {
						return nil, err
					}
					command.DependsOn = append(command.DependsOn, id)
				}
				return command, nil
			})
		},
	}
	f.add(cmd)
	fs := cmd.Flags()
	fs.StringVarP(&c.Title, "title", "t", "", "what people call it")
	fs.IntVar(&c.Tier, "tier", 3, "1 is restored first, 5 last")
	fs.StringSliceVar(&c.DependsOn, "depends-on", nil, "services that it cannot run without")
	fs.StringVar(&c.Shutdown, "shutdown", "", "how to shut it down, in a sentence")
	fs.StringVar(&c.Restore, "restore", "", "how to restore it, in a sentence")
	return cmd
}
