package state

import (
	"maps"
	"slices"
	"strings"
)

// KindTargetsAllowed is the kind of [TargetsAllowed].
const KindTargetsAllowed Kind = "targets.allowed"

// TargetsAllowed records that a person allows to look at private targets: addresses
// inside a network, that a stranger's runbook may name to have somebody else look. It
// holds for this incident and these targets, until it is retracted.
type TargetsAllowed struct {
	Targets []string `json:"targets" part:"notes"` // as Target.Address, sorted
}

// Kind is KindTargetsAllowed.
func (*TargetsAllowed) Kind() Kind { return KindTargetsAllowed }

// AllowTargets makes targets.allowed.
type AllowTargets struct {
	Targets []string // as Target.Address, in any order
}

func (AllowTargets) kind() Kind { return KindTargetsAllowed }

func (c AllowTargets) decide(d *decision) Data {
	if d.inc.Mode == Drill {
		return d.refuse(Refusal{Reason: Invalid, Text: "In a drill nothing leaves, so that there is nothing to allow.", Hint: "A check shows what the scenario says."})
	}
	targets := slices.Compact(slices.Sorted(slices.Values(c.Targets)))
	d.need("targets", "the targets", strings.Join(targets, " "), MaxText)
	if !slices.ContainsFunc(targets, func(t string) bool { return !d.inc.Allows(t) }) {
		d.refuse(Refusal{Reason: AlreadySo, Text: "All of these were allowed already.", Hint: "Check again."})
	}
	return &TargetsAllowed{Targets: targets}
}

func (data *TargetsAllowed) effect(inc *Incident, _ *Entry) {
	allowed := maps.Clone(inc.allowed)
	if allowed == nil {
		allowed = make(map[string]bool)
	}
	for _, target := range data.Targets {
		allowed[target] = true
	}
	inc.allowed = allowed
}

// Allows reports whether a person has allowed to look at a private target, as
// Target.Address, in this incident.
func (inc *Incident) Allows(target string) bool { return inc.allowed[target] }

func (data *TargetsAllowed) describe(_ *Incident, e Entry) string {
	targets := strings.Join(data.Targets, ", ")
	if e.Withheld.Has(Notes) {
		targets = WithheldText
	}
	return "allowed to look at private targets: " + targets
}
