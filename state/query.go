package state

import (
	"fmt"
	"strings"

	"muster/runbooks"
)

// Name is a step's number and title, raw: "2.3 Shut down GISIS".
func (s *Step) Name() string { return s.Number + " " + s.Title }

// Step is the step of this id; nil if there is none. It may be read, not changed.
func (inc *Incident) Step(id string) *Step {
	if i, ok := inc.stepAt[id]; ok {
		return &inc.Steps[i]
	}
	return nil
}

// Service is the service of this id; nil if there is none.
func (inc *Incident) Service(id string) *Service {
	if i, ok := inc.serviceAt[id]; ok {
		return &inc.Services[i]
	}
	return nil
}

// Role is the role of this id; nil if there is none.
func (inc *Incident) Role(id string) *Role {
	for i := range inc.Roles {
		if inc.Roles[i].Def.ID == id {
			return &inc.Roles[i]
		}
	}
	return nil
}

// RolesOf lists the ids of the roles that a person holds, in the runbook's order; none
// if the name is withheld.
func (inc *Incident) RolesOf(person string) []string {
	var held []string
	for i := range inc.Roles {
		if holder := inc.Roles[i].Person; holder != "" && holder != WithheldText && holder == person {
			held = append(held, inc.Roles[i].Def.ID)
		}
	}
	return held
}

// copies lists the indexes of the steps that were made from the template id.
func (inc *Incident) copies(id string) []int {
	if list := inc.roots[id]; len(list) > 0 {
		return list
	}
	if i, ok := inc.stepAt[id]; ok {
		return []int{i}
	}
	return nil
}

// FindStep is the step that a person means: by id, by number, or by a part of the
// id or title that only one step has. The error is a *Refusal that lists what else
// it could be.
func (inc *Incident) FindStep(ref string) (*Step, error) {
	if s := inc.Step(ref); s != nil {
		return s, nil
	}
	want := strings.ToLower(strings.TrimSpace(ref))
	var found []*Step
	for i := range inc.Steps {
		s := &inc.Steps[i]
		if s.Number == want {
			return s, nil
		}
		if want != "" && (strings.Contains(s.ID, want) || strings.Contains(strings.ToLower(s.Title), want)) {
			found = append(found, s)
		}
	}
	switch len(found) {
	case 0:
		return nil, &Refusal{Reason: NotFound, Text: fmt.Sprintf("No step is called %q.", ref), Hint: "Name it by its number, its id, or a part of its title."}
	case 1:
		return found[0], nil
	}
	var names []string
	for _, s := range found[:min(len(found), 5)] {
		names = append(names, s.Name())
	}
	return nil, &Refusal{Reason: NotFound, Text: fmt.Sprintf("%q could be %d steps: %s.", ref, len(found), strings.Join(names, "; ")), Hint: "Name it by its number."}
}

// Answer is what was decided or learned under this id: a decision step's, an ask's
// or an input's.
func (inc *Incident) Answer(id string) (Answer, bool) {
	answer, ok := inc.answers[id]
	return answer, ok
}

// Input is the input of this id, with its runbook's prefix; nil if there is none.
func (inc *Incident) Input(id string) *runbooks.Ask {
	for b := range inc.Books {
		book := &inc.Books[b]
		for i := range book.Runbook.Inputs {
			if input := &book.Runbook.Inputs[i]; book.id(input.ID) == id {
				return &input.Ask
			}
		}
	}
	return nil
}

// AskAnswer is the answer to one of a step's asks.
func (inc *Incident) AskAnswer(s *Step, ask string) (Answer, bool) {
	return inc.Answer(inc.askKey(s, ask))
}

// askKey is the id under which a step's ask is answered: each copy has its own.
func (inc *Incident) askKey(s *Step, ask string) string {
	key := inc.Books[s.Book].id(ask)
	if s.Def.Each != runbooks.Once {
		key += "/" + s.Service
	}
	return key
}

// A Tally counts steps. Empty places of copies are not counted.
type Tally struct {
	Total                              int // all of them
	Done, Unconfirmed, Skipped, Failed int
	NotNeeded, Blocked, Active, Todo   int
	Waiting                            int
}

// Tally counts the steps of a phase, by its index; -1 counts them all.
func (inc *Incident) Tally(phase int) Tally {
	var t Tally
	for i := range inc.Steps {
		s := &inc.Steps[i]
		if s.Empty || (phase >= 0 && s.Phase != phase) {
			continue
		}
		t.add(inc.Status(s))
	}
	return t
}

// Tallies counts the steps of every phase, in one pass.
func (inc *Incident) Tallies() []Tally {
	all := make([]Tally, len(inc.Phases))
	for i := range inc.Steps {
		if s := &inc.Steps[i]; !s.Empty {
			all[s.Phase].add(inc.Status(s))
		}
	}
	return all
}

func (t *Tally) add(status Status) {
	t.Total++
	switch status {
	case Done:
		t.Done++
	case Unconfirmed:
		t.Unconfirmed++
	case Skipped:
		t.Skipped++
	case Failed:
		t.Failed++
	case NotNeeded:
		t.NotNeeded++
	case Blocked:
		t.Blocked++
	case Active:
		t.Active++
	case Waiting:
		t.Waiting++
	default:
		t.Todo++
	}
}

// Next is the step to do next: the first that is under way, or else the first
// whose turn has come. nil if there is none.
func (inc *Incident) Next() *Step {
	var next *Step
	for i := range inc.Steps {
		s := &inc.Steps[i]
		if s.Empty {
			continue
		}
		switch inc.Status(s) {
		case Active:
			return s
		case Todo:
			if next == nil {
				next = s
			}
		}
	}
	return next
}

// OpenItems lists what closing the incident now would leave open: required steps
// not settled or failed, steps that nobody confirmed, and services that were hit
// and are not verified. Of a copy from which something is withheld, it lists what is
// known to be open, and says of a step that may be not applicable that it is not known.
func (inc *Incident) OpenItems() []OpenItem {
	var items []OpenItem
	for i := range inc.Steps {
		s := &inc.Steps[i]
		if s.Empty {
			continue
		}
		switch status := inc.Status(s); {
		case s.Def.Required && inc.Unsure(s):
			items = append(items, OpenItem{What: "step", ID: s.ID, State: "not known"})
		case status == Unconfirmed:
			items = append(items, OpenItem{What: "confirmation", ID: s.ID, State: string(status)})
		case s.Def.Required && (status == Failed || !status.Settled()):
			items = append(items, OpenItem{What: "step", ID: s.ID, State: string(status)})
		}
	}
	for i := range inc.Services {
		if service := &inc.Services[i]; service.State.Hit() && service.State != Verified {
			items = append(items, OpenItem{What: "service", ID: service.ID, State: string(service.State)})
		}
	}
	return append(items, inc.openWords()...)
}

// openWords lists the clocks that run, the statements that are not true any more
// and the handovers that nobody acknowledged.
func (inc *Incident) openWords() []OpenItem {
	var items []OpenItem
	for i := range inc.Clocks {
		if c := &inc.Clocks[i]; c.Running() {
			items = append(items, OpenItem{What: "clock", ID: c.ID, State: string(ClockRunning)})
		}
	}
	for i := range inc.Notices {
		if n := &inc.Notices[i]; inc.NoticeStatus(n) == Stale {
			items = append(items, OpenItem{What: "notice", ID: n.ID, State: string(Stale)})
		}
	}
	for i := range inc.Timers {
		if timer := &inc.Timers[i]; timer.Ended.IsZero() {
			items = append(items, OpenItem{What: "timer", ID: timer.ID, State: "set"})
		}
	}
	for i := range inc.Roles {
		if role := &inc.Roles[i]; role.Pending != "" {
			items = append(items, OpenItem{What: "role", ID: role.Def.ID, State: "handed over, not acknowledged"})
		}
	}
	return items
}

// sayOpen names the first few open things.
func (inc *Incident) sayOpen(items []OpenItem) string {
	var names []string
	for _, item := range items[:min(len(items), 8)] {
		name := inc.openName(item)
		names = append(names, name+" ("+item.State+")")
	}
	text := strings.Join(names, ", ")
	if more := len(items) - len(names); more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}

// openName is how people call an open thing.
func (inc *Incident) openName(item OpenItem) string {
	switch item.What {
	case "service":
		return inc.serviceTitle(item.ID)
	case "clock":
		return inc.clockTitle(item.ID)
	case "notice":
		return inc.noticeTitle(item.ID)
	case "timer":
		return inc.timerTitle(item.ID)
	case "role":
		if role := inc.Role(item.ID); role != nil {
			return role.Def.Title
		}
	}
	return inc.stepName(item.ID)
}

// Entry is one entry as it counts, with its amendments.
func (inc *Incident) Entry(seq uint64) (Entry, bool) {
	if seq == 0 || seq > uint64(len(inc.Log)) {
		return Entry{}, false
	}
	e := inc.Log[seq-1]
	for _, by := range inc.amended[seq] {
		change, ok := inc.Log[by-1].Data.(*EntryAmended)
		if !ok || e.Data == nil {
			continue
		}
		if change.Text != nil {
			e.Data, _ = amendText(e.Data, *change.Text)
		}
		if change.Occurred != nil {
			e.Occurred = *change.Occurred
		}
	}
	return e, true
}

// RetractedBy is the entry that retracts entry seq; 0 if it counts.
func (inc *Incident) RetractedBy(seq uint64) uint64 { return inc.retracted[seq] }

// AmendedBy is the last entry that amends entry seq; 0 if it stands as written.
func (inc *Incident) AmendedBy(seq uint64) uint64 {
	if by := inc.amended[seq]; len(by) > 0 {
		return by[len(by)-1]
	}
	return 0
}

// LastOwn is the last entry of a person that can be retracted, for undo.
func (inc *Incident) LastOwn(person string) (Entry, bool) {
	for i := len(inc.Log) - 1; i >= 0; i-- {
		e := inc.Log[i]
		if e.By.Name != person || inc.retracted[e.Seq] != 0 {
			continue
		}
		d := decision{inc: inc, stamp: Stamp{By: e.By}}
		if (RetractEntry{Seq: e.Seq, Why: "undo"}).decide(&d) != nil {
			return inc.Entry(e.Seq)
		}
	}
	return Entry{}, false
}

// StepOf is the id of the step an entry is about; "" if it is about none.
func (inc *Incident) StepOf(e Entry) string {
	switch data := e.Data.(type) {
	case *NoteAdded:
		return data.Step
	case *EvidenceAdded:
		return data.Step
	case interface{ step() string }:
		return data.step()
	}
	return ""
}

// BootAt is the wall clock's time minus the time since boot, in milliseconds, as
// the log last recorded it for a boot; false if it never did.
func (inc *Incident) BootAt(boot string) (int64, bool) {
	at, ok := inc.clocks[boot]
	return at, ok
}
