package state

import (
	"fmt"
	"slices"

	"muster/runbooks"
)

// KindStepAssigned is the kind of [StepAssigned].
const KindStepAssigned Kind = "step.assigned"

// StepAssigned records who is to do a step.
type StepAssigned struct {
	StepRef
	To string `json:"to" part:"names"` // a person; "" takes the assignment away
}

// Kind is KindStepAssigned.
func (*StepAssigned) Kind() Kind { return KindStepAssigned }

// AssignStep makes step.assigned.
type AssignStep struct{ Step, To string }

func (AssignStep) kind() Kind { return KindStepAssigned }

func (c AssignStep) decide(d *decision) Data {
	d.name("to", "the name", c.To, MaxName)
	s := d.find(c.Step)
	if s == nil {
		return nil
	}
	if s.Assignee == c.To {
		return d.refuse(Refusal{Reason: AlreadySo, Seq: s.Last, Text: fmt.Sprintf("%s is assigned to %s already.", s.Name(), orNobody(c.To))})
	}
	return &StepAssigned{StepRef: StepRef{s.ID}, To: c.To}
}

func (data *StepAssigned) effect(inc *Incident, e *Entry) {
	if s := inc.about(e, data.Step); s != nil {
		s.Assignee = data.To
	}
}

func (data *StepAssigned) describe(inc *Incident, _ Entry) string {
	return "assigned " + stepName(inc, data.Step) + " to " + orNobody(data.To)
}

// KindStepTicked is the kind of [StepTicked].
const KindStepTicked Kind = "step.ticked"

// StepTicked records one line of a step's checklist.
type StepTicked struct {
	StepRef
	Item int  `json:"item"` // 1 is the first
	On   bool `json:"on"`
}

// Kind is KindStepTicked.
func (*StepTicked) Kind() Kind { return KindStepTicked }

// TickStep makes step.ticked.
type TickStep struct {
	Step string
	Item int // 1 is the first
	On   bool
}

func (TickStep) kind() Kind { return KindStepTicked }

func (c TickStep) decide(d *decision) Data {
	s := d.find(c.Step)
	if s == nil {
		return nil
	}
	if c.Item < 1 || c.Item > len(s.Ticks) {
		return d.refuse(Refusal{Reason: NotFound, Field: "item", Text: fmt.Sprintf("The checklist of %s has %d lines; there is no line %d.", s.Name(), len(s.Ticks), c.Item)})
	}
	if d.settled(s) {
		return nil // its list is part of what was said when it was settled
	}
	if s.Ticks[c.Item-1] == c.On && !(c.On && s.TickedBefore(c.Item-1)) {
		return d.refuse(Refusal{Reason: AlreadySo, Seq: s.Last, Text: fmt.Sprintf("%q is %s already.", s.Def.Checklist[c.Item-1], ticked(c.On))})
	}
	return &StepTicked{StepRef: StepRef{s.ID}, Item: c.Item, On: c.On}
}

func ticked(on bool) string {
	if on {
		return "ticked"
	}
	return "not ticked"
}

func (data *StepTicked) effect(inc *Incident, e *Entry) {
	if s := inc.about(e, data.Step); s != nil && data.Item >= 1 && data.Item <= len(s.Ticks) {
		s.Ticks = slices.Clone(s.Ticks)
		s.Ticks[data.Item-1] = data.On
		if s.TickedBefore(data.Item - 1) {
			s.kept = slices.Clone(s.kept)
			s.kept[data.Item-1] = false
		}
	}
}

func (data *StepTicked) describe(inc *Incident, _ Entry) string {
	line := fmt.Sprintf("line %d", data.Item)
	if s := inc.Step(data.Step); s != nil && data.Item >= 1 && data.Item <= len(s.Def.Checklist) {
		line = fmt.Sprintf("%q", s.Def.Checklist[data.Item-1])
	}
	if data.On {
		return "ticked " + line + " of " + stepName(inc, data.Step)
	}
	return "unticked " + line + " of " + stepName(inc, data.Step)
}

// KindStepAdded is the kind of [StepAdded].
const KindStepAdded Kind = "step.added"

// StepAdded records a step that no runbook has.
type StepAdded struct {
	StepRef
	Phase    string `json:"phase"` // the id of the phase it ends up last in
	Title    string `json:"title" part:"notes"`
	Text     string `json:"text,omitempty" part:"notes" text:"said"`
	Role     string `json:"role,omitempty"`
	Required bool   `json:"required"`
}

// Kind is KindStepAdded.
func (*StepAdded) Kind() Kind { return KindStepAdded }

// AddStep makes step.added.
type AddStep struct {
	Phase, ID, Title, Text, Role string // ID "" is made from the title
	Required                     bool
}

func (AddStep) kind() Kind { return KindStepAdded }

func (c AddStep) decide(d *decision) Data {
	d.need("title", "the title", c.Title, MaxTitle)
	d.text("text", "the text", c.Text, MaxText)
	phase := -1
	for i := range d.inc.Phases {
		if d.inc.Phases[i].ID == c.Phase {
			phase = i
		}
	}
	if phase < 0 {
		return d.none(NounPhase, c.Phase)
	}
	if c.Role != "" && d.inc.Role(c.Role) == nil {
		return d.none(NounRole, c.Role)
	}
	d.room()
	id := c.ID
	names := newNamer(d.inc)
	if id == "" {
		id = freeID(d.inc, names)
	}
	if !plainID(id) || !names.freeStep(d.inc, id) {
		return d.refuse(Refusal{Reason: Invalid, Field: "id", Text: fmt.Sprintf("%q cannot be the id of a new step.", id),
			Hint: "An id is a–z, 0–9 and dashes, and no other step has it, nor one that was retracted."})
	}
	return &StepAdded{StepRef: StepRef{id}, Phase: c.Phase, Title: c.Title, Text: c.Text, Role: c.Role, Required: c.Required}
}

// freeID is an id that no step has or had. It says nothing of the step's title, which can
// be withheld where ids are not.
func freeID(inc *Incident, names *namer) string {
	for n := 1; ; n++ {
		if id := fmt.Sprintf("added-%d", n); names.freeStep(inc, id) {
			return id
		}
	}
}

func (data *StepAdded) makes() called { return called{thing: thing{"step", data.Step}} }

// effect puts a step that no runbook has at the end of a phase.
func (data *StepAdded) effect(inc *Incident, e *Entry) {
	if len(copiesFrom(inc, data.Step)) > 0 {
		inc.Unresolved++
		return
	}
	def := &runbooks.Step{ID: data.Step, Kind: runbooks.Action, Title: data.Title, Text: data.Text, Role: data.Role, Required: data.Required}
	inc.added = append(slices.Clip(inc.added), addedStep{phase: data.Phase, def: def, behind: inc.Redacted.Added > 0})
	inc.relay()
	if s := inc.Step(data.Step); s != nil {
		s.Last = e.Seq
	} else {
		inc.Unresolved++
	}
}

func (data *StepAdded) describe(inc *Incident, _ Entry) string {
	return "added " + stepName(inc, data.Step)
}
