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
)

// whenItHappened is what --at says, where it is the time of the act itself.
const whenItHappened = "when it happened: a time such as 02:38, -10m or 2026-11-24T02:38:00Z"

// takesTime reports whether a command can be told when it happened.
func takesTime(cmd *cobra.Command) bool {
	at := cmd.Flags().Lookup("at")
	return at != nil && at.Usage == whenItHappened
}

// actFlags are the flags of every command that records something.
type actFlags struct{ at, override string }

// add gives them to a command that prints the entry it records.
func (f *actFlags) add(cmd *cobra.Command) {
	f.alone(cmd)
	cmd.Annotations = map[string]string{printsEntry: "yes"}
}

// alone gives them to a command that prints something else.
func (f *actFlags) alone(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.at, "at", "", whenItHappened)
	cmd.Flags().StringVar(&f.override, "override", "", "why it is recorded although it was refused")
}

// printsEntry is the mark of a command that prints the entry it records; see [outputs].
const printsEntry = "prints an entry"

// act records what command makes of the incident that is meant, and prints the
// entry.
func act(ctx context.Context, e *env, f actFlags, command func(*session.Session) (state.Command, error)) error {
	at, err := readWhen(e, f.at)
	if err != nil {
		return err
	}
	s, err := e.open(ctx, "", false)
	if err != nil {
		return notSaved(e, at, err)
	}
	defer s.Close()
	c, err := command(s)
	if err != nil {
		return err
	}
	was := s.Incident()
	before := was.Head.Seq
	inc, err := s.Do(ctx, state.Action{Command: c, Occurred: at, Override: f.override})
	if err != nil {
		return notSaved(e, at, err)
	}
	if err := e.printNew(inc, max(before, inc.Head.Seq-1)); err != nil || e.flags.json {
		return err
	}
	_, err = fmt.Fprint(e.out, startedLines(e, was, inc))
	return err
}

// startedLines say from when the clocks count that an act has started or moved, and when
// they are due.
func startedLines(e *env, was, inc *state.Incident) string {
	var b strings.Builder
	zone := e.now().Location()
	for i := range inc.Clocks {
		c := &inc.Clocks[i]
		before := was.Clock(c.ID)
		if before != nil {
			b.WriteString(turnsLine(e, was, inc, before, c))
		}
		if !c.Running() || before != nil && before.Running() && before.Due(zone).Equal(c.Due(zone)) {
			continue
		}
		counts, _ := c.Counts(zone)
		f := state.Foreseen{Clock: c, Counts: counts, Due: c.Due(zone), Ran: before != nil && before.Running()}
		b.WriteString("clock: " + clean.Line(f.Says(e.clockOf, zone)) + "\n")
	}
	return b.String()
}

// turnsLine says that an act has a clock that was over stand otherwise, or puts in doubt whether one
// applies; "" if neither.
func turnsLine(e *env, was, inc *state.Incident, before, c *state.Clock) string {
	zone := e.now().Location()
	if q, doubted := c.Doubt(inc); doubted {
		if _, known := before.Doubt(was); !known {
			return "clock: " + clean.Line(c.Def.Title+": "+state.InZone(q.Says(inc), e.clockOf)) + "\n  " + clean.Line(endsClock(c.ID)) + "\n"
		}
	}
	m, moved := c.Moved(inc, zone)
	if !moved || before.Ended.IsZero() || before.Due(zone).Equal(c.Due(zone)) {
		return ""
	}
	return "clock: " + clean.Line(fmt.Sprintf("%s is %s, due %s; %s", c.Def.Title, c.Status(e.now(), zone), e.clockOf(c.Due(zone)), state.InZone(m.Before(), e.clockOf))) + "\n"
}

// endsClock says how a clock that does not apply is ended.
func endsClock(id string) string { return "If not: muster clock waive " + id + " --why \"WHY\"" }

// notSaved adds to the error of an action that may be lost what was typed and when,
// so that it can be entered again, with the right time.
func notSaved(e *env, at time.Time, err error) error {
	if !errors.Is(err, state.ErrNotSaved) {
		return err
	}
	if at.IsZero() {
		at = e.now()
	}
	if !e.takesTime {
		at = time.Time{}
	}
	return unsavedError{err, at, pastable(e.args)}
}

// pastable is the command line as it can be pasted into a shell again.
func pastable(args []string) string {
	words := []string{"muster"}
	for _, arg := range args {
		if arg == "" || strings.ContainsFunc(arg, needsQuote) {
			arg = "'" + strings.ReplaceAll(arg, "'", `'\''`) + "'"
		}
		words = append(words, arg)
	}
	return strings.Join(words, " ")
}

func needsQuote(r rune) bool {
	return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_./:=+,@%", r))
}

// simple is a command whose action needs nothing of the incident.
func simple(f func() state.Command) func(*session.Session) (state.Command, error) {
	return func(*session.Session) (state.Command, error) { return f(), nil }
}

// notActed refuses the flags of an act where nothing is recorded; list is the command that
// looks back.
func notActed(f actFlags, list string) error {
	if f.at == "" && f.override == "" {
		return nil
	}
	return usage(hint(fmt.Errorf("--at and --override are of what is recorded, and this only lists"), "To see how it was at a time, write %s --at TIME.", list))
}
