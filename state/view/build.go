package view

import (
	"maps"
	"slices"
	"time"

	"muster/state"
)

// New computes the report, all but its timeline. It only reads inc, which must hold
// at least one entry.
func New(inc *state.Incident, opts Options) *Incident {
	b := &builder{inc: inc, fill: state.Filling(inc), gaps: GapsOf(inc), zones: make(map[string]int), people: make(map[string]*personSeen), names: make(spellings), roles: make(map[string][]Change), steps: make(map[string]*stepSeen)}
	b.out = &Incident{
		Format: incidentFormat, FormatVersion: FormatVersion, Program: opts.Program, Head: headOf(inc, b.gaps),
		Unresolved: inc.Unresolved, Opener: Text(inc.Program), Last: moment(inc.Log[len(inc.Log)-1].Recorded),
		Grades: []Change{}, Titles: []Change{}, Closings: []Change{}, Reopened: []Change{}, Evidence: []Evidence{}, Fixes: []Correction{}, Over: []Override{},
		Checks: []Check{}, Lists: listsOf(inc), Unplaced: []Unplaced{},
	}
	if d := opts.Damage; d != nil {
		b.out.Damage = &Damage{Line: d.Line, Seq: d.Seq, What: d.What, Newer: d.Newer}
	}
	for i := range inc.Log {
		if state.Within(inc, inc.Log[i].Seq) {
			b.see(inc.Log[i])
		}
	}
	if whole := opts.Whole; whole != nil {
		b.out.TLP = Text(TLPOf(whole))
	}
	b.closing()
	b.books()
	b.rolesAndPeople()
	b.phases()
	b.past = pastOf(inc)
	b.out.Services = b.services()
	b.milestones()
	b.impact()
	b.contradictions()
	b.notices()
	b.out.Promises = PromisesOf(inc, state.EndOf(inc))
	b.clocks(&opts)
	b.keyEvents()
	b.contacts()
	b.out.Merges, b.out.Two = mergesOf(inc), TwoAnswersOf(inc, true)
	b.out.Open = known(openItems(inc, inc.OpenItems(), state.EndOf(inc)), inc.Redacted.Runbook)
	return b.out
}

// see takes in one entry, as written.
func (b *builder) see(written state.Entry) {
	if written.Data == nil {
		if !slices.Contains(state.Kinds(), written.Kind) {
			b.out.Unknown++
		}
		return
	}
	b.zones[written.Zone]++
	b.seePerson(&written)
	if _, unknown := written.Data.(*state.Unknown); unknown {
		b.out.Unknown++
	}
	e := written
	if b.inc.AmendedBy(e.Seq) != 0 {
		e, _ = b.inc.Entry(e.Seq)
	}
	retracted := b.inc.RetractedBy(e.Seq)
	b.seeAlways(e, retracted)
	if retracted == 0 {
		b.seeCounting(e)
	}
}

func (b *builder) seePerson(e *state.Entry) {
	name := b.names.of(e.By.Name)
	p := b.people[name]
	if e.Withheld.Has(state.Names) {
		p = b.unnamed
	}
	if p == nil {
		p = &personSeen{roles: make(map[string]bool), via: make(map[string]bool)}
		if e.Withheld.Has(state.Names) {
			b.unnamed = p
		} else {
			b.people[name] = p
		}
	}
	p.entries++
	if e.By.Role != "" {
		p.roles[e.By.Role] = true
	}
	p.via[e.By.Via] = true
}

// seeAlways takes in what is listed even when it was retracted.
func (b *builder) seeAlways(e state.Entry, retracted uint64) {
	if e.Override != nil {
		over := Override{Of: e.Override.Of, Why: e.Override.Why, Stood: state.Stood(b.inc, e.Seq), What: Describe(b.inc, e), Step: b.inc.StepOf(e), By: e.By.Name, At: e.When().UTC(), Seq: e.Seq, RetractedBy: retracted}
		b.out.Over = append(b.out.Over, over)
		if over.Step != "" && retracted == 0 {
			s := b.step(over.Step)
			s.over = append(s.over, over)
		}
	}
	switch data := e.Data.(type) {
	case *state.EvidenceAdded:
		file := Evidence{Name: data.Name, SHA256: &data.SHA256, Size: &data.Size, Note: data.Note, Step: data.Step, By: e.By.Name, At: e.When().UTC(), Seq: e.Seq, RetractedBy: retracted}
		if e.Withheld.Has(state.Evidence) {
			file.SHA256, file.Size = nil, nil
		}
		b.out.Evidence = append(b.out.Evidence, file)
		if data.Step != "" && retracted == 0 {
			s := b.step(data.Step)
			s.evidence = append(s.evidence, file)
		}
	case *state.EntryAmended:
		b.fix(e, "amended", data.Seq, data.Why, retracted, data)
	case *state.EntryRetracted:
		b.fix(e, "retracted", data.Seq, data.Why, retracted, nil)
	}
}

// fix keeps a correction and what it corrects.
func (b *builder) fix(e state.Entry, kind string, of uint64, why string, retracted uint64, amended *state.EntryAmended) {
	fix := Correction{Kind: kind, Of: of, By: e.By.Name, At: e.When().UTC(), Why: why, Seq: e.Seq, RetractedBy: retracted}
	if of >= 1 && of < e.Seq {
		was := b.inc.Log[of-1]
		fix.Was = Describe(b.inc, was)
		if amended != nil && amended.Occurred != nil {
			fix.Occurred = &Moved{From: was.When().UTC(), To: amended.Occurred.UTC()}
		}
	}
	if amended != nil {
		if amended.Text != nil {
			fix.Text = &Words{Text: *amended.Text, Known: true}
		} else if e.Withheld.Has(state.Notes) {
			fix.Text = new(Words)
		}
		fix.Withheld = e.Withheld.Has(state.Notes)
	}
	b.out.Fixes = append(b.out.Fixes, fix)
}

// seeCounting takes in an entry that was not retracted.
func (b *builder) seeCounting(e state.Entry) {
	b.place(&e)
	b.weigh(&e)
	change := Change{At: e.When().UTC(), By: e.By.Name, Why: state.TextOf(e.Data), Seq: e.Seq}
	switch data := e.Data.(type) {
	case *state.IncidentOpened:
		change.To = string(data.Severity)
		b.out.Grades = append(b.out.Grades, change)
		change.To = data.Title
		b.out.Titles = append(b.out.Titles, change)
	case *state.TitleChanged:
		change.To = data.Title
		b.out.Titles = append(b.out.Titles, change)
	case *state.SeverityChanged:
		change.To = string(data.Severity)
		b.out.Grades = append(b.out.Grades, change)
	case *state.IncidentClosed:
		change.To = ClosedAt
		b.out.Closings = append(b.out.Closings, change)
	case *state.IncidentReopened:
		change.To = "open"
		b.out.Reopened = append(b.out.Reopened, change)
	case *state.RoleAssigned:
		change.To = data.Person
		b.roles[data.Role] = append(b.roles[data.Role], change)
	default:
		b.seeMore(e)
	}
	b.seeSets(e, change)
	id := b.inc.StepOf(e)
	if id == "" {
		return
	}
	s := b.step(id)
	s.seqs = append(s.seqs, e.Seq)
	switch data := e.Data.(type) {
	case *state.NoteAdded:
		s.notes = append(s.notes, Note{Text: data.Text, At: e.When().UTC(), By: e.By.Name, Seq: e.Seq})
	case *state.StepStarted, *state.StepDone, *state.StepConfirmed, *state.StepFailed, *state.StepBlocked, *state.StepSkipped, *state.StepReopened:
		s.run = true
	case *state.StepAnswered:
		s.run = s.run || data.Option != ""
	}
}

func (b *builder) closing() {
	out := b.out
	end := moment(state.EndOf(b.inc))
	if c := b.inc.Closed; c != nil {
		out.Closing = &Closing{At: *moment(c.When), By: c.By, Summary: c.Summary, Open: openItems(b.inc, c.Open, c.When), More: c.More, Why: c.Why, Seq: c.Seq}
		if c.Seq == b.gaps.Ending {
			out.Closing.Open = nil // what it lists is withheld
		} else {
			end = &out.Closing.At
		}
	}
	out.Duration = seconds(out.Detected, end)
	out.Zones = []Counted{}
	for _, zone := range slices.Sorted(maps.Keys(b.zones)) {
		out.Zones = append(out.Zones, Counted{Value: zone, Entries: b.zones[zone]})
	}
}

// openItems are open things as they stand at now, or at the end of a closed incident.
func openItems(inc *state.Incident, items []state.OpenItem, now time.Time) []OpenItem {
	out := make([]OpenItem, 0, len(items))
	for _, item := range items {
		out = append(out, OpenItem{What: item.What, ID: item.ID, Name: state.NameOfOpen(inc, item), State: openState(inc, item, now), Due: state.OpenDue(inc, item)})
	}
	return out
}

// openState is where an open thing stands. A clock that runs may have run out: the log does not
// say so where a closing lists it.
func openState(inc *state.Incident, item state.OpenItem, now time.Time) string {
	if item.What != "clock" || item.State != string(state.ClockRunning) {
		return item.State
	}
	switch c := inc.Clock(item.ID); {
	case c == nil || c.Unseen() || c.Running() && c.Uncounted():
		return "running; whether it is overdue is not known"
	case c.Running():
		return string(c.Status(inc.Until(now), offsetAt(inc, c.StartSeq)))
	}
	return item.State
}

func (b *builder) books() {
	b.out.Runbooks = []Book{}
	for i := range b.inc.Books {
		book := &b.inc.Books[i]
		sum := book.Doc.SHA256
		out := Book{ID: book.Doc.ID, Prefix: book.Prefix, Title: Text(book.Runbook.Title), Version: book.Runbook.Version, TLP: Text(book.Runbook.TLP), Source: book.Doc.Source, SHA256: &sum}
		out.Attached = b.attached(i, book)
		if lacking(b.inc, out.Attached, state.Procedure) {
			out.Title, out.SHA256, out.Withheld = "", nil, true
		}
		b.out.Runbooks = append(b.out.Runbooks, out)
	}
}

// attached is the entry that holds a runbook's text.
func (b *builder) attached(i int, book *state.Book) uint64 {
	if i == 0 {
		return 1
	}
	for _, e := range b.inc.Log {
		if data, ok := e.Data.(*state.RunbookAttached); ok && data.Prefix == book.Prefix && b.inc.RetractedBy(e.Seq) == 0 {
			return e.Seq
		}
	}
	return 0
}

func (b *builder) rolesAndPeople() {
	b.out.People = []Person{}
	for i := range b.inc.Roles {
		role := &b.inc.Roles[i]
		b.out.Roles = append(b.out.Roles, RoleRecord{roleOf(role), list(tenures(b.roles[role.Def.ID]))})
	}
	b.out.Roles = known(b.out.Roles, b.inc.Redacted.Runbook)
	for _, role := range b.out.Roles {
		for _, change := range role.History {
			if p := b.people[b.names.of(change.To)]; p != nil && change.To != "" {
				p.roles[role.ID] = true
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(b.people)) {
		p := b.people[name]
		b.out.People = append(b.out.People, Person{Name: name, Roles: sortedKeys(p.roles), Via: sortedKeys(p.via), Entries: p.entries})
	}
	if p := b.unnamed; p != nil {
		b.out.Unnamed = &Unnamed{Roles: sortedKeys(p.roles), Via: sortedKeys(p.via), Entries: p.entries}
	}
}

// sortedKeys is never nil, so that JSON has a list.
func sortedKeys(set map[string]bool) []string {
	return append([]string{}, slices.Sorted(maps.Keys(set))...)
}

// contacts lists whom to call, and the calls of which it is withheld to whom they were.
func (b *builder) contacts() {
	for i := range b.inc.Contacts {
		b.out.Contacts = append(b.out.Contacts, ContactOf(b.inc, &b.inc.Contacts[i]))
	}
	b.out.Contacts = known(b.out.Contacts, b.inc.Redacted.Runbook || lacking(b.inc, 1, state.Names)) // the organisation's go with the names
	b.out.Calls = callsOf(b.inc.Calls)
}

// seeSets takes in the roles and the severity that answers to a step's questions set.
func (b *builder) seeSets(e state.Entry, change Change) {
	var sets state.Sets
	switch data := e.Data.(type) {
	case *state.StepDone:
		sets = data.Sets
	case *state.StepAnswered:
		sets = data.Sets
	}
	if change.To = string(sets.Severity); sets.Severity != "" {
		b.out.Grades = append(b.out.Grades, change)
	}
	if len(sets.Roles) == 0 {
		return // as most do: to sort nothing takes memory too
	}
	for _, role := range slices.Sorted(maps.Keys(sets.Roles)) {
		if change.To = sets.People[role]; e.Withheld.Has(state.Names) {
			change.To = state.WithheldText
		}
		b.roles[role] = append(b.roles[role], change)
	}
}

// seeMore takes in what the incident does not keep entry by entry.
func (b *builder) seeMore(e state.Entry) {
	at, by := e.When().UTC(), e.By.Name
	switch data := e.Data.(type) {
	case *state.ServiceChecked:
		check := checkOf(data.Service, data.Look())
		check.By, check.At, check.Seq = by, at, e.Seq
		b.out.Checks = append(b.out.Checks, check)
	case *state.SitrepIssued:
		b.out.Sitreps = append(b.out.Sitreps, SitrepSentOf(data, &e))
	case *state.RoleHanded:
		h := Handover{Role: data.Role, To: data.To, Note: data.Note, By: by, At: at, Seq: e.Seq}
		if history := b.roles[data.Role]; len(history) > 0 {
			h.From = history[len(history)-1].To
		}
		b.out.Handed = append(b.out.Handed, h)
	case *state.RoleAcknowledged:
		for i := len(b.out.Handed) - 1; i >= 0; i-- {
			if h := &b.out.Handed[i]; h.Role == data.Role && h.Ack == 0 {
				h.Taken, h.AckBy, h.Ack = moment(at), by, e.Seq
				b.roles[data.Role] = append(b.roles[data.Role], Change{To: h.To, At: at, By: by, Why: h.Note, Seq: e.Seq})
				break
			}
		}
	}
}
