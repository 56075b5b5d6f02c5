package view

import (
	"time"

	"muster/state"
)

// A builder computes an Incident. It reads the log once, and then the incident.
type builder struct {
	inc     *state.Incident
	fill    func(*state.Step, string) string // fills in the lines of checklists
	gaps    *Gaps
	out     *Incident
	zones   map[string]int
	people  map[string]*personSeen
	names   spellings
	unnamed *personSeen         // whose names are withheld; nil if none are
	roles   map[string][]Change // by role
	steps   map[string]*stepSeen
	past    past
	weighty []weighty                     // what may be a key event
	had     map[uint64][]state.ClaimKnown // see contradictions
}

type personSeen struct {
	roles, via map[string]bool
	entries    int
}

// A stepSeen is what the log holds about one step.
type stepSeen struct {
	seqs     []uint64
	run      bool // somebody started or settled it
	notes    []Note
	evidence []Evidence
	over     []Override
}

// Options are what an incident is given with beyond its log.
type Options struct {
	// Program is the name and version of what gives it: "muster 0.1.0".
	Program string
	// Zone is the one in which calendar days are counted. nil: that of who started a
	// clock.
	Zone *time.Location
	// Damage is why the log could not be read to its end; nil if it could.
	Damage *state.Damage
	// Whole is the incident by the whole log, where what is given is a copy without
	// some parts; nil: the copy is all there is. Its TLP marking stays: with whom a
	// thing may be shared is no less known for what is left out of it.
	Whole *state.Incident
	// Withheld is what was asked to be left out of the copy. If the runbook went with
	// the names alone, the whole log's deadlines stay, without the names.
	Withheld state.Parts
}

// step is what was seen of a step.
func (b *builder) step(id string) *stepSeen {
	s := b.steps[id]
	if s == nil {
		s = new(stepSeen)
		b.steps[id] = s
	}
	return s
}
