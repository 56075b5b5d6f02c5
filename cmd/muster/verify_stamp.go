package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"muster/state"
	"muster/state/clean"
	"muster/state/sorted"
	"muster/state/tsp"
	"muster/state/view"
)

// A stampCheck is what was found out about one time stamp.
type stampCheck struct {
	view.StampSeen
	recorded *state.LogStamped // by the log; nil of one that was given
	hash     state.Hash        // that it is over; zero if it was not read
	why      string            // it is not checked, a phrase
}

// stampChecks are the stamps that a log records and those that were given.
type stampChecks struct {
	list    []*stampCheck
	trusted *tsp.Authorities // nil if nobody said whom
}

// readStamps reads the stamps that were given, and the authorities that are trusted.
func readStamps(given vouchers) (stampChecks, error) {
	var all stampChecks
	if given.authorities != "" {
		text, err := readSmall(given.authorities, tsp.MaxAuthorities)
		if err != nil {
			return all, err
		}
		if all.trusted, err = tsp.ParseAuthorities(text); err != nil {
			return all, hint(fmt.Errorf("%s: %w", given.authorities, err), "An authority publishes its certificates, in PEM.")
		}
	}
	for _, name := range given.stamps {
		text, err := readSmall(name, tsp.MaxAnswer)
		if err != nil {
			return all, err
		}
		check := &stampCheck{StampSeen: view.StampSeen{File: name}}
		check.read(text, all.trusted)
		all.list = append(all.list, check)
	}
	return all, nil
}

// read finds out all but whether the hash is a head of the log.
func (c *stampCheck) read(text []byte, trusted *tsp.Authorities) {
	stamp, err := tsp.Parse(text)
	if err != nil {
		c.Problem = err.Error()
		return
	}
	at := stamp.Time.UTC()
	c.hash, c.At, c.Authority = state.Hash(stamp.Hash), &at, stamp.Authority
	if r := c.recorded; r != nil && (r.Head != c.hash || !r.Time.Equal(at.Truncate(time.Millisecond))) {
		c.Problem = "it says something else than the entry that records it"
		return
	}
	if trusted == nil {
		c.why = "the authority's signature was NOT CHECKED: give its certificates with --tsa-ca FILE.pem"
		return
	}
	signer, err := stamp.Verify(trusted)
	switch {
	case err == nil:
		c.Checked, c.Authority = true, signer
	case c.recorded != nil && errors.Is(err, tsp.ErrNotTrusted):
		c.why = "the authority's signature was NOT CHECKED: it is none of those given with --tsa-ca"
	default:
		c.Problem = err.Error()
	}
}

// text says what was found out about the stamp.
func (c *stampCheck) text() string {
	which := "the time stamp " + c.File
	if c.recorded != nil {
		which = fmt.Sprintf("the time stamp that entry %d records", c.Seq)
	}
	authority := orSomebody(c.Authority)
	switch {
	case c.Problem != "":
		return which + " DOES NOT COUNT: " + c.Problem
	case c.At == nil:
		return which + " was not read: " + c.why
	case c.Checked:
		return fmt.Sprintf("stamped at %s by %s up to entry %d: %s is good, by the certificates given", c.At.Format("2006-01-02 15:04:05 UTC"), authority, c.Entry, which)
	}
	return fmt.Sprintf("stamped at %s by %s up to entry %d, says %s; %s", c.At.Format("2006-01-02 15:04:05 UTC"), authority, c.Entry, which, c.why)
}

// orSomebody is an authority's name, if it says one.
func orSomebody(authority string) string {
	if authority == "" {
		return "an authority that does not say its name"
	}
	return authority
}

// see takes note of a stamp that the log records, or of one that it takes back.
func (s *stampChecks) see(entry *state.Entry) {
	switch data := entry.Data.(type) {
	case *state.LogStamped:
		check := &stampCheck{StampSeen: view.StampSeen{Seq: entry.Seq}, recorded: data}
		if entry.Withheld.Has(state.Evidence) {
			check.why = "which file it is is withheld"
		}
		s.list = append(s.list, check)
	case *state.EntryRetracted:
		s.list = sorted.Without(s.list, func(c *stampCheck) bool { return c.recorded != nil && c.Seq == data.Seq })
	}
}

// check reads the stamps that the log records, as they lie beside it, finds the entries that
// all are over, and says which is the last one that a good one vouches for, if one does.
func (s *stampChecks) check(ctx context.Context, path string) (last *stampCheck, err error) {
	wanted := make(map[state.Hash][]*stampCheck)
	for _, c := range s.list {
		c.readBeside(path, s.trusted)
		if c.Problem == "" && c.At != nil {
			wanted[c.hash] = append(wanted[c.hash], c)
		}
	}
	if len(wanted) == 0 {
		return nil, nil
	}
	for entry, err := range readEntries(ctx, path) {
		if err != nil {
			break // where the log is damaged is said elsewhere
		}
		for _, c := range wanted[entry.Hash] {
			c.Entry = entry.Seq
		}
	}
	for _, c := range s.list {
		switch {
		case c.Problem != "" || c.At == nil:
		case c.Entry == 0:
			c.Problem = fmt.Sprintf("the head %s that it is over IS NOT IN THIS LOG: entries were cut off or changed, or it is another log", c.hash.Code())
		case c.Checked && (last == nil || c.Entry > last.Entry):
			last = c
		}
	}
	return last, ctx.Err()
}

// readBeside reads a stamp that the log records.
func (c *stampCheck) readBeside(path string, trusted *tsp.Authorities) {
	if c.recorded == nil || c.why != "" {
		return
	}
	if text := readEvidence(path, c.recorded.SHA256, c.recorded.Size); text != nil {
		c.read(text, trusted)
	} else {
		c.why = "it does not lie beside the log as it was recorded"
	}
}

// good reports whether nothing is wrong with any of them.
func (s *stampChecks) good() bool {
	return !slices.ContainsFunc(s.list, func(c *stampCheck) bool { return c.Problem != "" })
}

// told are they as --json prints them.
func (s *stampChecks) told() []view.StampSeen {
	list := make([]view.StampSeen, 0, len(s.list))
	for _, c := range s.list {
		list = append(list, c.StampSeen)
	}
	return list
}

// text says what was found out about them, a line each.
func (s *stampChecks) text() string {
	var b strings.Builder
	for _, c := range s.list {
		fmt.Fprintf(&b, "              %s\n", clean.Line(c.text()))
	}
	return b.String()
}
