package view

import (
	"maps"
	"slices"
	"time"

	"muster/state"
)

// A builder computes a Report. It reads the log once, and then the incident.
type builder struct {
	inc     *state.Incident
	gaps    *Gaps
	out     *Report
	zones   map[string]int
	people  map[string]*personSeen
	unnamed *personSeen         // whose names are withheld; nil if none are
	roles   map[string][]Change // by role
	steps   map[string]*stepSeen
	past    past
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
}

// New computes the report, all but its timeline. It only reads inc, which must hold
// at least one entry.
func New(inc *state.Incident, opts Options) *Report {
	first, last := inc.Log[0], inc.Log[len(inc.Log)-1]
	b := &builder{inc: inc, gaps: GapsOf(inc), zones: make(map[string]int), people: make(map[string]*personSeen), roles: make(map[string][]Change), steps: make(map[string]*stepSeen)}
	b.out = &Report{
		Format: formatName, FormatVersion: formatVersion, Program: opts.Program,
		Incident: IDOf(inc), Mode: first.Mode, Exercise: first.Mode == state.Drill, TLP: TLPOf(inc),
		Head:    Head{Seq: inc.Head.Seq, Hash: inc.Head.Hash, Code: inc.Head.Hash.Code()},
		Entries: len(inc.Log), Foreign: inc.Foreign, Opener: inc.Program,
		Title: inc.Title, Severity: string(inc.Severity), OpenedBy: inc.OpenedBy,
		Detected: moment(inc.Opened), Opened: moment(first.Recorded), Last: moment(last.Recorded),
		Grades: []Change{}, Reopened: []Change{}, Evidence: []Evidence{}, Fixes: []Fix{}, Over: []Override{},
		Checks: []Check{}, Handed: []Handover{}, Sitreps: []SitrepSent{}, Unplaced: []Unplaced{},
		Withheld: b.gaps.Entries, Partly: b.gaps.Partly, Parts: b.gaps.counts(),
	}
	if d := opts.Damage; d != nil {
		b.out.Damage = &Damage{Line: d.Line, Seq: d.Seq, What: d.What, Newer: d.Newer}
	}
	for i := range inc.Log {
		b.see(inc.Log[i])
	}
	b.closing()
	b.books()
	b.rolesAndPeople()
	b.phases()
	b.past = pastOf(inc)
	b.out.Services = b.services()
	b.truth(opts.Zone)
	b.out.Vouchers = vouchers(inc)
	b.out.Open = b.openItems(inc.OpenItems())
	return b.out
}

// IDOf is the incident's id, even if somebody forged a retraction of its opening; ""
// if the opening is withheld.
func IDOf(inc *state.Incident) string {
	if data, ok := inc.Log[0].Data.(*state.Opened); ok && inc.ID == "" {
		return data.ID
	}
	return inc.ID
}

// TLPOf is the marking of the first runbook; "" if that cannot be read.
func TLPOf(inc *state.Incident) string {
	if len(inc.Books) == 0 {
		return ""
	}
	return inc.Books[0].Runbook.TLP
}

// moment is t in UTC; nil if there is none.
func moment(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	if t.Year() > 9999 { // what a log can hold and RFC 3339 cannot, a zone away from the end of the year 9999
		t = lastMoment
	}
	return &t
}

// lastMoment is the last second that RFC 3339 can write.
var lastMoment = time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC)

// seconds is how long it took from one moment to another, in whole seconds; nil if
// one is missing.
func seconds(from, to *time.Time) *int64 {
	if from == nil || to == nil {
		return nil
	}
	n := int64(to.Sub(*from) / time.Second)
	return &n
}

// see takes in one entry, as written.
func (b *builder) see(written state.Entry) {
	if written.Data == nil {
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
	p := b.people[e.By.Name]
	if e.Withheld.Has(state.Names) {
		p = b.unnamed
	}
	if p == nil {
		p = &personSeen{roles: make(map[string]bool), via: make(map[string]bool)}
		if e.Withheld.Has(state.Names) {
			b.unnamed = p
		} else {
			b.people[e.By.Name] = p
		}
	}
	p.entries++
	if e.By.Role != "" {
		p.roles[e.By.Role] = true
	}
	p.via[e.By.Via] = true
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

// seeAlways takes in what is listed even when it was retracted.
func (b *builder) seeAlways(e state.Entry, retracted uint64) {
	if e.Override != nil {
		over := Override{Of: e.Override.Of, Why: e.Override.Why, What: Describe(b.inc, e), Step: b.inc.StepOf(e), By: e.By.Name, At: e.When().UTC(), Seq: e.Seq, RetractedBy: retracted}
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
	fix := Fix{Kind: kind, Of: of, By: e.By.Name, At: e.When().UTC(), Why: why, Seq: e.Seq, RetractedBy: retracted}
	if of >= 1 && of < e.Seq {
		was := b.inc.Log[of-1]
		fix.Was = Describe(b.inc, was)
		if amended != nil && amended.Occurred != nil {
			fix.Occurred = &Moved{From: was.When().UTC(), To: amended.Occurred.UTC()}
		}
	}
	if amended != nil {
		fix.Text, fix.Withheld = amended.Text, e.Withheld.Has(state.Notes)
	}
	b.out.Fixes = append(b.out.Fixes, fix)
}

// seeCounting takes in an entry that was not retracted.
func (b *builder) seeCounting(e state.Entry) {
	b.place(&e)
	change := Change{At: e.When().UTC(), By: e.By.Name, Why: state.TextOf(e.Data), Seq: e.Seq}
	switch data := e.Data.(type) {
	case *state.Opened:
		change.To = string(data.Severity)
		b.out.Grades = append(b.out.Grades, change)
	case *state.SeverityChanged:
		change.To = string(data.Severity)
		b.out.Grades = append(b.out.Grades, change)
	case *state.IncidentReopened:
		change.To = "open"
		b.out.Reopened = append(b.out.Reopened, change)
	case *state.RoleAssigned:
		change.To = data.Person
		b.roles[data.Role] = append(b.roles[data.Role], change)
	default:
		b.seeTruth(e)
	}
	id := b.inc.StepOf(e)
	if id == "" {
		return
	}
	s := b.step(id)
	s.seqs = append(s.seqs, e.Seq)
	switch data := e.Data.(type) {
	case *state.NoteAdded:
		s.notes = append(s.notes, Note{Text: data.Text, At: e.When().UTC(), By: e.By.Name, Seq: e.Seq})
	case *state.StepStarted, *state.StepDone, *state.StepConfirmed, *state.StepFailed, *state.StepBlocked, *state.StepSkipped:
		s.run = true
	case *state.StepAnswered:
		s.run = s.run || data.Option != ""
	}
}

func (b *builder) closing() {
	out := b.out
	end := out.Last
	if c := b.inc.Closed; c != nil && c.Seq != b.gaps.Ending {
		out.Closed = &Closing{At: c.When.UTC(), By: c.By, Summary: c.Summary, Open: b.openItems(c.Open), More: c.More, Why: c.Why, Seq: c.Seq}
		end = &out.Closed.At
	}
	out.Duration = seconds(out.Detected, end)
	out.Zones = []Counted{}
	for _, zone := range slices.Sorted(maps.Keys(b.zones)) {
		out.Zones = append(out.Zones, Counted{Value: zone, Entries: b.zones[zone]})
	}
}

func (b *builder) openItems(items []state.OpenItem) []OpenItem {
	out := make([]OpenItem, 0, len(items))
	for _, item := range items {
		out = append(out, OpenItem{What: item.What, ID: item.ID, Name: b.nameOf(item), State: item.State})
	}
	return out
}

func (b *builder) books() {
	b.out.Runbooks = []Book{}
	for i := range b.inc.Books {
		book := &b.inc.Books[i]
		out := Book{ID: book.Doc.ID, Prefix: book.Prefix, Title: book.Runbook.Title, Version: book.Runbook.Version, TLP: book.Runbook.TLP, Source: book.Doc.Source, SHA256: &book.Doc.SHA256}
		out.Attached = b.attached(i, book)
		if lacking(b.inc, out.Attached, state.Procedure) {
			out.Title, out.SHA256, out.Withheld = state.WithheldText, nil, true
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
	b.out.Roles, b.out.People = []Role{}, []Person{}
	for i := range b.inc.Roles {
		role := &b.inc.Roles[i]
		history := b.roles[role.Def.ID]
		if history == nil {
			history = []Change{}
		}
		b.out.Roles = append(b.out.Roles, Role{ID: role.Def.ID, Title: role.Def.Title, Required: role.Def.Required, Person: role.Person, History: history})
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

func (b *builder) services() []Service {
	out := make([]Service, 0, len(b.inc.Services))
	for i := range b.inc.Services {
		s := &b.inc.Services[i]
		history := b.past.services[s.ID]
		if history == nil {
			history = []Change{}
		}
		out = append(out, Service{ID: s.ID, Title: s.Def.Title, Tier: s.Def.Tier, State: string(s.State), History: history})
	}
	return out
}
