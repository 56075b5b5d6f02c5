package state

import (
	"fmt"
	"maps"
	"slices"

	"muster/runbooks"
)

// Apply computes what an entry leads to. It never refuses: whatever is in the log
// happened. It fails, and changes nothing, only if e is not the next entry.
func (inc *Incident) Apply(e Entry) error {
	if e.Seq != inc.Head.Seq+1 {
		return fmt.Errorf("entry %d cannot follow entry %d", e.Seq, inc.Head.Seq)
	}
	if n := len(inc.Log); n == cap(inc.Log) {
		inc.Log = slices.Grow(inc.Log, max(n, 64)) // append would copy a long log four times as often
	}
	inc.Log = append(inc.Log, e)
	inc.Head = Head{Seq: e.Seq, Hash: e.Hash}
	switch e.Data.(type) {
	case *EntryRetracted, *EntryAmended:
		inc.recompute()
	default:
		inc.effect(&inc.Log[len(inc.Log)-1])
	}
	return nil
}

// Clone returns an incident that can be applied to while others read this one.
// Only the newest of a line of clones may be applied to: they share the log's
// memory.
func (inc *Incident) Clone() *Incident {
	clone := *inc
	clone.Steps = slices.Clone(inc.Steps)
	clone.Services = slices.Clone(inc.Services)
	clone.Roles = slices.Clone(inc.Roles)
	clone.Notices = slices.Clone(inc.Notices)
	clone.Contacts = slices.Clone(inc.Contacts)
	clone.Clocks = slices.Clone(inc.Clocks)
	clone.Timers = slices.Clone(inc.Timers)
	clone.answers = maps.Clone(inc.answers)
	clone.Exercise = inc.Exercise.clone()
	return &clone
}

// effect is what an entry that counts changes. Only corrections are not its
// business; see recompute.
func (inc *Incident) effect(e *Entry) {
	if e.Withheld != 0 {
		inc.miss(e)
	}
	if e.Data == nil {
		return
	}
	if inc.answers == nil { // not in open: the opening may be withheld
		inc.answers = make(map[string]Answer)
	}
	if !inc.truthEffect(e) && !inc.drillEffect(e) && !inc.witnessEffect(e) && !inc.incidentEffect(e) {
		inc.stepEffect(e)
	}
}

// incidentEffect is effect for entries about the incident as a whole. It reports
// whether e is one.
func (inc *Incident) incidentEffect(e *Entry) bool {
	switch data := e.Data.(type) {
	case *Opened:
		inc.open(e, data)
	case *InputsAnswered:
		inc.keep(e, data.Values)
	case *SessionOpened:
		inc.Sessions = append(inc.Sessions, e.Seq)
		inc.setClock(data.Boot, data.BootAt)
	case *ClockStepped:
		inc.setClock(data.Boot, data.BootAt)
		inc.stepExercise(e, data)
	case *NoteAdded:
		if s := inc.about(e, data.Step); s != nil {
			s.Notes = append(s.Notes, e.Seq)
		}
	case *EvidenceAdded:
		if s := inc.about(e, data.Step); s != nil {
			s.Files = append(s.Files, *data)
		}
	case *RoleAssigned:
		inc.assignRole(e, data)
	case *ServiceSet:
		inc.setService(e, data.Service, data.State, data.Why)
	case *SeverityChanged:
		inc.Severity = data.Severity
	case *RunbookAttached:
		inc.attach(data.Prefix, data.Runbook)
		inc.fire(e, runbooks.IncidentOpened, "", "")
	case *IncidentClosed:
		inc.close(e, data)
	case *IncidentReopened:
		inc.Closed, inc.Lacks.Ending = nil, 0
	case *Unknown:
		inc.Unknown++
	default:
		return false
	}
	return true
}

func (inc *Incident) close(e *Entry, data *IncidentClosed) {
	inc.Closed = &Closing{When: e.When(), By: e.By.Name, Summary: data.Summary, Open: data.Open, More: data.More, Seq: e.Seq}
	inc.Lacks.Ending = 0
	if e.Override != nil {
		inc.Closed.Why = e.Override.Why
	}
}

func (inc *Incident) open(e *Entry, data *Opened) {
	inc.ID, inc.Mode, inc.Title, inc.Severity = data.ID, e.Mode, data.Title, data.Severity
	inc.Opened, inc.OpenedAt, inc.OpenedBy, inc.Program = e.When(), e.Recorded, e.By.Name, data.Program
	inc.Exercise.Scenario = data.Scenario
	inc.attach("", data.Runbook)
	inc.keep(e, data.Inputs)
	inc.fire(e, runbooks.IncidentOpened, "", "")
}

// attach adds a runbook's roles, services and steps. Services and roles of one id
// are one: two runbooks of one organisation speak of the same systems.
func (inc *Incident) attach(prefix string, doc Document) {
	book := inc.parse(doc)
	inc.Books = append(slices.Clip(inc.Books), Book{Prefix: prefix, Runbook: book, Doc: doc, when: conditions(book)})
	for i := range book.Services {
		if inc.Service(book.Services[i].ID) == nil {
			inc.addService(&book.Services[i])
		}
	}
	for i := range book.Roles {
		if inc.Role(book.Roles[i].ID) == nil {
			inc.Roles = append(slices.Clip(inc.Roles), Role{Def: &book.Roles[i]})
		}
	}
	inc.addWords(len(inc.Books) - 1)
	inc.addClocks(len(inc.Books) - 1)
	inc.expand()
}

func (inc *Incident) addService(def *runbooks.Service) {
	at := maps.Clone(inc.serviceAt)
	if at == nil {
		at = make(map[string]int)
	}
	at[def.ID] = len(inc.Services)
	inc.serviceAt = at
	inc.Services = append(slices.Clip(inc.Services), Service{ID: def.ID, Def: def, State: UnknownState})
}

// A source is what a runbook is read from. The hash that a log says it has does not
// tell two apart: it may be withheld, or not be theirs.
type source struct{ id, text string }

// parse reads a runbook's text once for each time the incident is computed anew.
// A text that this version cannot read counts as a runbook without steps: the log
// is still worth all that is in it.
func (inc *Incident) parse(doc Document) *runbooks.Runbook {
	from := source{doc.ID, doc.Text}
	if book := inc.parsed[from]; book != nil {
		return book
	}
	book := runbooks.Reread(doc.ID+".toml", []byte(doc.Text))
	if book == nil {
		book = &runbooks.Runbook{ID: doc.ID, Title: doc.ID + " (unreadable)"}
		if doc.Text == WithheldText {
			book.Title = doc.ID + " " + WithheldText
		}
	}
	if inc.parsed == nil {
		inc.parsed = make(map[source]*runbooks.Runbook)
	}
	inc.parsed[from] = book
	return book
}

func conditions(book *runbooks.Runbook) map[*runbooks.Step]runbooks.Condition {
	when := make(map[*runbooks.Step]runbooks.Condition)
	for p := range book.Phases {
		for s := range book.Phases[p].Steps {
			step := &book.Phases[p].Steps[s]
			if step.When == "" {
				continue
			}
			if condition, err := runbooks.ParseCondition(step.When); err == nil {
				when[step] = condition
			}
		}
	}
	return when
}

func (inc *Incident) assignRole(e *Entry, data *RoleAssigned) {
	role := inc.Role(data.Role)
	if role == nil {
		inc.Foreign++
		return
	}
	role.Person, role.Since, role.Pending = data.Person, e.When(), ""
	inc.retitle()
}

// setService moves a service, and makes or takes away the copies of steps that
// follow it.
func (inc *Incident) setService(e *Entry, id string, to ServiceState, why string) {
	service := inc.Service(id)
	if service == nil {
		inc.Foreign++
		return
	}
	was := service.State
	service.State, service.Since, service.By, service.Why, service.Seq = to, e.When(), e.By.Name, why, e.Seq
	if to == Restored {
		service.RestoredBy, service.EverRestored = e.By.Name, true
	}
	if was.Hit() != to.Hit() && inc.copiesChange(service) {
		before := inc.numbersOf(id)
		inc.expand()
		inc.noteCopies(e.Seq, before, inc.numbersOf(id))
	} else {
		inc.retitle()
	}
}

// about is the step an entry names; nil if it names none.
func (inc *Incident) about(e *Entry, id string) *Step {
	if id == "" {
		return nil
	}
	s := inc.Step(id)
	if s == nil {
		inc.Foreign++
		return nil
	}
	s.Last = e.Seq
	if e.Override != nil {
		s.Overrides = append(s.Overrides, e.Seq)
	}
	return s
}

// setClock remembers how a machine's clock stood against its boot.
func (inc *Incident) setClock(boot string, at int64) {
	clocks := maps.Clone(inc.clocks)
	if clocks == nil {
		clocks = make(map[string]int64)
	}
	clocks[boot] = at
	inc.clocks = clocks
}
