package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"muster/state"
)

// A serviceJSON is a service as --json prints it: what is known of it, and what was
// said.
type serviceJSON struct {
	ID       string             `json:"id"`
	Title    string             `json:"title"`
	State    state.ServiceState `json:"state"`
	Since    *time.Time         `json:"since,omitempty"`
	By       string             `json:"by,omitempty"`
	Why      string             `json:"why,omitempty"`
	HitBelow []string           `json:"hit_below,omitempty"` // services it depends on, that are hit
	Check    *lookJSON          `json:"check,omitempty"`     // the last look from outside
	Said     *saidJSON          `json:"said,omitempty"`      // in the last notice that claims something of it
	Untold   bool               `json:"untold,omitempty"`    // another state may be in what is withheld from this copy of the log
}

type lookJSON struct {
	OK        bool      `json:"ok"`
	At        time.Time `json:"at"`
	What      string    `json:"what"`
	Detail    string    `json:"detail,omitempty"`
	Millis    int64     `json:"ms"`
	Simulated bool      `json:"simulated,omitempty"`
}

type saidJSON struct {
	State  state.ServiceState `json:"state"`
	Notice string             `json:"notice"`
	At     time.Time          `json:"at"`
	Seq    uint64             `json:"seq"`
	Holds  bool               `json:"holds"` // false: something else is known
}

func servicesOf(inc *state.Incident) []serviceJSON {
	list := make([]serviceJSON, 0, len(inc.Services))
	for i := range inc.Services {
		s := &inc.Services[i]
		one := serviceJSON{ID: s.ID, Title: s.Def.Title, State: s.State, Since: maybe(s.Since), By: s.By, Why: s.Why, HitBelow: inc.HitBelow(s.ID), Untold: !inc.Knows(s.ID)}
		if c := s.Checked; c != nil {
			one.Check = &lookJSON{c.OK, s.CheckedAt, c.What, c.Detail, c.Millis, c.Simulated}
		}
		if claim, sent, ok := inc.LastSaid(s.ID); ok {
			_, differs := inc.Differs(s.ID)
			one.Said = &saidJSON{claim.State, sent.Notice, sent.When, sent.Seq, !differs}
		}
		list = append(list, one)
	}
	return list
}

func (e *env) showServices(ctx context.Context) error {
	return e.look(ctx, "", func(inc *state.Incident) error {
		list := servicesOf(inc)
		return e.print(list, func() error {
			rows := [][]string{{"SERVICE", "STATE", "SINCE", "BY", "CHECK", "SAID IN PUBLIC", "HIT BELOW", "WHY", "TITLE"}}
			for i := range list {
				rows = append(rows, e.serviceRow(&list[i]))
			}
			_, err := fmt.Fprint(e.out, exercise(inc)+withheldLines(inc)+columns(rows))
			return err
		})
	})
}

func (e *env) serviceRow(s *serviceJSON) []string {
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
		if !s.Said.Holds {
			said += " DIFFERS"
		}
	}
	known := string(s.State)
	if s.Untold {
		known += ", or withheld"
	}
	return []string{s.ID, known, since, s.By, check, said, strings.Join(s.HitBelow, ", "), s.Why, s.Title}
}
