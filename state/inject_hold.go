package state

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

const refLength = 16 // hexadecimal digits

// InjectRef names an inject that was not delivered in a way that players, who can
// read the log, can make nothing of.
func InjectRef(scenario Hash, inject string) string {
	sum := sha256.Sum256(append(scenario[:], inject...))
	return hex.EncodeToString(sum[:refLength/2])
}

func keepHeld(all map[string]Held, ref, why string, e *Entry) map[string]Held {
	if all == nil {
		all = make(map[string]Held)
	}
	all[ref] = Held{Why: why, By: e.By.Name, When: e.When(), Seq: e.Seq}
	return all
}

// KindInjectHeld is the kind of [InjectHeld].
const KindInjectHeld Kind = "inject.held"

// InjectHeld records that an inject waits for the facilitator, or does no more.
type InjectHeld struct {
	Ref      string `json:"ref"` // see InjectRef
	Released bool   `json:"released,omitempty"`
	Why      string `json:"why,omitempty" part:"notes" text:"said"`
}

// Kind is KindInjectHeld.
func (*InjectHeld) Kind() Kind { return KindInjectHeld }

// HoldInject makes inject.held.
type HoldInject struct {
	Ref, Why string
	Release  bool
}

func (HoldInject) kind() Kind { return KindInjectHeld }

func (c HoldInject) decide(d *decision) Data {
	if !d.inDrill() {
		return nil
	}
	d.text("why", "the reason", c.Why, MaxText)
	if len(c.Ref) != refLength {
		return d.refuse(Refusal{Reason: Invalid, Text: "This does not name an inject."})
	}
	held, was := d.inc.Exercise.Held[c.Ref]
	switch {
	case was && !c.Release:
		return d.refuse(Refusal{Reason: AlreadySo, Seq: held.Seq, Text: fmt.Sprintf("This inject is held already, by %s.", held.By)})
	case !was && c.Release:
		return d.refuse(Refusal{Reason: WrongStatus, Text: "This inject is not held."})
	}
	return &InjectHeld{Ref: c.Ref, Released: c.Release, Why: c.Why}
}

func (data *InjectHeld) effect(inc *Incident, e *Entry) {
	x := &inc.Exercise
	if data.Released {
		delete(x.Held, data.Ref)
		return
	}
	x.Held = keepHeld(x.Held, data.Ref, data.Why, e)
}

// describe says nothing that players should not know: not which inject is held.
func (data *InjectHeld) describe(*Incident, Entry) string {
	if data.Released {
		return "an inject is held back no more" + said(data.Why)
	}
	return "holds an inject back" + said(data.Why)
}

// KindInjectSkipped is the kind of [InjectSkipped].
const KindInjectSkipped Kind = "inject.skipped"

// InjectSkipped records that an inject will not be delivered.
type InjectSkipped struct {
	Ref string `json:"ref"` // see InjectRef
	Why string `json:"why" part:"notes" text:"said"`
}

// Kind is KindInjectSkipped.
func (*InjectSkipped) Kind() Kind { return KindInjectSkipped }

// SkipInject makes inject.skipped.
type SkipInject struct{ Ref, Why string }

func (SkipInject) kind() Kind { return KindInjectSkipped }

func (c SkipInject) decide(d *decision) Data {
	if !d.inDrill() {
		return nil
	}
	d.need("why", "why it is skipped", c.Why, MaxText)
	if len(c.Ref) != refLength {
		return d.refuse(Refusal{Reason: Invalid, Text: "This does not name an inject."})
	}
	if skipped, was := d.inc.Exercise.Skipped[c.Ref]; was {
		return d.refuse(Refusal{Reason: AlreadySo, Seq: skipped.Seq, Text: fmt.Sprintf("This inject was skipped already, by %s.", skipped.By)})
	}
	return &InjectSkipped{Ref: c.Ref, Why: c.Why}
}

func (data *InjectSkipped) effect(inc *Incident, e *Entry) {
	inc.Exercise.Skipped = keepHeld(inc.Exercise.Skipped, data.Ref, data.Why, e)
}

// describe says nothing that players should not know: not which inject was skipped.
func (data *InjectSkipped) describe(*Incident, Entry) string {
	return "skips an inject" + said(data.Why)
}
