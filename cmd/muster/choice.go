package main

import (
	"fmt"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"muster/state"
)

// A choosing is which entries a person asks for.
type choosing struct{ person, kind, step, since, until string }

func (c *choosing) flags(e *env, cmd *cobra.Command) {
	fs := cmd.Flags()
	fs.StringVar(&c.person, "person", "", "only what this person did; muster for what the program found")
	fs.StringVar(&c.kind, "kind", "", "only entries of this kind (step.done) or about this (step, note, service); decided for decisions and notes")
	fs.StringVar(&c.step, "step", "", "only entries about this step")
	fs.StringVar(&c.since, "since", "", "only entries since a time, or after an entry's number")
	fs.StringVar(&c.until, "until", "", "only entries up to a time, or to an entry's number")
	kinds := []cobra.Completion{state.Decided}
	for _, kind := range state.Kinds() {
		kinds = append(kinds, string(kind))
	}
	_ = cmd.RegisterFlagCompletionFunc("kind", cobra.FixedCompletions(kinds, cobra.ShellCompDirectiveNoFileComp))
	_ = cmd.RegisterFlagCompletionFunc("person", func(cmd *cobra.Command, _ []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		return beginning(peopleKnown(cmd, e), typed), cobra.ShellCompDirectiveNoFileComp
	})
}

// given reports whether anything was asked for.
func (c *choosing) given() bool { return *c != choosing{} }

// asked is what was asked for, in an incident. Times are those by which the entries are
// ordered.
func (c *choosing) asked(e *env, inc *state.Incident, occurred bool) (state.Choice, error) {
	choice := state.Choice{Occurred: occurred}
	var err error
	if c.kind != "" {
		if choice.Kind, err = state.FindKind(c.kind); err != nil {
			return choice, usage(err)
		}
	}
	if c.person != "" {
		if choice.Person, err = state.FindPerson(inc, c.person); err != nil {
			return choice, usage(err)
		}
	}
	if c.step != "" {
		if choice.Step, err = state.Find(inc, state.NounStep, c.step); err != nil {
			return choice, usage(err)
		}
	}
	if choice.Since, choice.After, err = c.bound(e, inc, c.since); err != nil {
		return choice, err
	}
	if choice.Until, choice.UpTo, err = c.bound(e, inc, c.until); err != nil {
		return choice, err
	}
	if !choice.Until.IsZero() && choice.Until.Before(choice.Since) || choice.UpTo != 0 && choice.UpTo <= choice.After {
		return choice, usagef("--until %s is before --since %s: no entry lies between", c.until, c.since)
	}
	return choice, nil
}

// bound reads a time or the number of an entry.
func (c *choosing) bound(e *env, inc *state.Incident, text string) (time.Time, uint64, error) {
	if text == "" {
		return time.Time{}, 0, nil
	}
	if seq, ok, err := entryNumber(inc, text); ok || err != nil {
		return time.Time{}, seq, err
	}
	at, err := readWhen(e, text)
	if err == nil && at.IsZero() { // "now"
		at = e.now()
	}
	return at, 0, err
}

// entryNumber reads the number of an entry that is there; false if the text is none. Four
// digits are a time of day, where that many entries are not there.
func entryNumber(inc *state.Incident, text string) (uint64, bool, error) {
	seq, err := strconv.ParseUint(text, 10, 53)
	if err != nil {
		return 0, false, nil
	}
	if seq > inc.Head.Seq || seq == 0 {
		if len(text) == 4 {
			return 0, false, nil
		}
		return 0, true, usagef("there is no entry %d: they are 1 to %d", seq, inc.Head.Seq)
	}
	return seq, true, nil
}

// sayNoneMeant says that what was asked for has no entry.
func sayNoneMeant(e *env, inc *state.Incident) {
	fmt.Fprintf(e.err, "muster: none of the %s is meant by that\n", plural(inc.Head.Seq, "entry", "entries"))
}
