package export

import (
	"errors"
	"strings"
	"time"

	"muster/state"
	"muster/state/view"
)

// Options are what an export says beyond the log.
type Options struct {
	// Program is the name and version of what writes the export: "muster 0.1.0".
	Program string
	// Zone adds this zone's time to the UTC times in md and csv. nil: UTC alone.
	Zone *time.Location
	// ByOccurred puts the entries of md and csv in the order in which things happened.
	ByOccurred bool
	// Report says how much md and html tell; "": all.
	Report Report
	// Audience is for whom the first page of the whole report is; "" for everybody.
	Audience Audience
	// Live is, of an html page that is written anew as the log grows, whether it goes on.
	Live Live
	// Choice says which entries the formats of one record an entry have.
	Choice state.Choice
	// Damage is why the log could not be read to its end; nil if it could.
	Damage *state.Damage
	// Whole and Withheld are for a copy without some parts; see [view.Options].
	Whole    *state.Incident
	Withheld state.Parts
}

var (
	errEmpty = errors.New("the log has no entry, so there is nothing to export")
	errLines = errors.New("the format jsonl is the log's own lines, which cannot be made from the computed incident")
)

// exercise marks what belongs to a drill.
const exercise = "EXERCISE"

// view are those of the options that change what is computed.
func (o Options) view() view.Options {
	return view.Options{Program: o.Program, Zone: o.Zone, Damage: o.Damage, Whole: o.Whole, Withheld: o.Withheld}
}

// sayZone writes a zone so that it does not look like a formula: UTC+01:00
// Europe/Berlin.
func sayZone(zone string) string {
	if strings.HasPrefix(zone, "+") || strings.HasPrefix(zone, "-") {
		return "UTC" + zone
	}
	return zone
}

// entries are those that formats of one record an entry have, in their order.
func (o Options) entries(inc *state.Incident) []uint64 {
	choice := o.Choice
	choice.Occurred = o.ByOccurred
	return choice.Of(inc)
}
