package main

import (
	"errors"
	"fmt"
	"strings"
	"time"
	_ "time/tzdata" // a clean laptop may have no list of zones

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"muster/runbooks"
	"muster/state/when"
)

// zoneFlag adds --zone to a command that only tells times: they are told in that zone.
func zoneFlag(e *env, cmd *cobra.Command) {
	cmd.Flags().Var(&zoneValue{e: e}, "zone", "tell times in this zone: a name such as Europe/London, an offset such as +01:00, UTC or local")
}

type zoneValue struct {
	e    *env
	text string
}

var _ pflag.Value = (*zoneValue)(nil)

func (z *zoneValue) String() string { return z.text }
func (z *zoneValue) Type() string   { return "ZONE" }

func (z *zoneValue) Set(text string) error {
	zone, err := findZone(text)
	if err != nil {
		return err
	}
	z.text, z.e.zone, z.e.zoned = text, zone, true
	return nil
}

// findZone is the zone that is meant; of a name that is none, one like it is said.
func findZone(text string) (*time.Location, error) {
	zone, err := when.Zone(text, time.Local)
	if name := runbooks.Nearest(strings.TrimSpace(text), when.Cities()); errors.Is(err, when.ErrNoZone) && name != "" {
		return nil, fmt.Errorf("there is no zone %q; did you mean %s?", strings.TrimSpace(text), name)
	}
	return zone, err
}

// byFlag adds --by to a command that lists entries.
func byFlag(cmd *cobra.Command, by *string) {
	cmd.Flags().StringVar(by, "by", "recorded", "the order of the entries: recorded, as they were written, or occurred")
}

// byOccurred reads --by.
func byOccurred(by string) (bool, error) {
	switch by {
	case "recorded":
		return false, nil
	case "occurred":
		return true, nil
	}
	return false, usagef("there is no order %q; there are recorded and occurred", by)
}
