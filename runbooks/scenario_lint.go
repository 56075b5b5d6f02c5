package runbooks

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// The bounds of a scenario. An inject and what comes with it must fit into one
// entry of a log.
const (
	maxInject      = 16 << 10  // bytes of an inject's text
	maxAttachment  = 256 << 10 // bytes of an attachment
	maxAttachments = 20
)

// A scenarioLinter looks for what is wrong with a scenario beyond its TOML.
type scenarioLinter struct {
	linter
	tables              *fileScenario
	scenario            *Scenario
	objectives, injects ids
}

func newScenarioLinter(file *fileScenario, s *Scenario, out *Problems) *scenarioLinter {
	return &scenarioLinter{
		linter: linter{out: out, roles: newIDs("role"), services: newIDs("service")}, tables: file, scenario: s,
		objectives: newIDs("objective"), injects: newIDs("inject"),
	}
}

func (l *scenarioLinter) lint() {
	l.topKeys()
	for i := range l.tables.Objectives {
		f := &l.tables.Objectives[i]
		l.declare(&l.objectives, f.At, f.ID)
		l.needTitle(f.At, f.Title)
		l.line(f.At, "title", f.Title, maxTitle)
		l.text(f.At, "text", f.Text)
	}
	for i := range l.tables.Injects {
		f := &l.tables.Injects[i]
		l.declare(&l.injects, f.Place, l.scenario.Injects[i].ID)
		if strings.HasPrefix(f.ID, "adhoc-") {
			l.wrong(f.Place, "id", quote(f.ID)+" is how injects are called that are made on the spot", "choose another")
		}
	}
	for i := range l.tables.Injects {
		l.inject(&l.tables.Injects[i], &l.scenario.Injects[i])
	}
	after := graph{at: map[string]Place{}}
	for i := range l.tables.Injects {
		f := &l.tables.Injects[i]
		after.add(l.scenario.Injects[i].ID, f.Place, f.After)
	}
	after.report(&l.linter, "after", "the inject waits for itself")
}

func (l *scenarioLinter) topKeys() {
	s, at := l.scenario, l.tables.At
	lintHeading(&l.linter, at, s.Schema, s.ID, s.Title)
	if s.Runbook != "" && !validID(s.Runbook) {
		l.wrong(at, "runbook", quote(s.Runbook)+" is not the id of a runbook", "muster runbook list shows them")
	}
	if s.Organisation != "" && !validID(s.Organisation) {
		l.wrong(at, "organisation", quote(s.Organisation)+" is not the id of an organisation", "muster organisation list shows them")
	}
	for _, t := range []struct{ key, text string }{{"version", s.Version}, {"owner", s.Owner}, {"sponsor", s.Sponsor}, {"contact", s.Contact}, {"threat", s.Threat}} {
		l.line(at, t.key, t.text, maxLine)
	}
	l.line(at, "summary", s.Summary, maxText)
	l.text(at, "background", s.Background)
	l.text(at, "scope", s.Scope)
	l.word(at, "tlp", s.TLP, tlpWords())
	l.lines(at, "tags", s.Tags)
	l.lines(at, "references", s.References)
	for _, id := range slices.Sorted(maps.Keys(s.Inputs)) {
		l.line(at, "inputs", s.Inputs[id], maxLine)
	}
	l.seen(at, l.tables.World)
	l.lists(at, []listSize{{"objective", len(s.Objectives)}, {"inject", len(s.Injects)}, {"world", len(s.World)}, {"inputs", len(s.Inputs)}})
	if len(s.Injects) == 0 && !at.Has("inject") {
		l.wrong(at, "", "no inject", "add [[inject]] with at, from, to, via and text")
	}
}

// seen checks what checks show.
func (l *scenarioLinter) seen(at Place, world map[string]string) {
	for _, service := range slices.Sorted(maps.Keys(world)) {
		p := at.Problem("world", "", "")
		if n := at.node.key("world").key(service); n != nil {
			p.Line = n.lineOf()
		}
		if _, err := ParseSeen(world[service]); err != nil {
			p.What, p.Hint = quote(world[service])+" does not say what a check shows", `write "up" or "down", or "down: what is seen"`
			l.add(p)
		}
		l.line(at, "world", world[service], maxLine)
	}
}

func (l *scenarioLinter) inject(f *fileInject, in *Inject) {
	at := f.Place
	l.line(at, "title", f.Title, maxTitle)
	for _, t := range []struct{ key, text string }{{"from", in.From}, {"to", in.To}, {"via", in.Via}} {
		l.line(at, t.key, t.text, maxTitle)
		if strings.TrimSpace(t.text) == "" {
			l.wrong(at, t.key, "no "+t.key, map[string]string{"from": `say who speaks: from = "Service desk"`, "to": `say to which role: to = "operations", or "all"`, "via": `say by which way: via = "phone"`}[t.key])
		}
	}
	l.when(f, in)
	l.text(at, "text", in.Text)
	switch {
	case strings.TrimSpace(in.Text) == "":
		l.wrong(at, "text", "no text", "say what the players are told")
	case len(in.Text) > maxInject:
		l.wrong(at, "text", fmt.Sprintf("the text has %d bytes", len(in.Text)), fmt.Sprintf("at most %d; put more into attachments", maxInject))
	}
	l.text(at, "expect", in.Expect)
	l.text(at, "notes", in.Notes)
	l.ref(at, "objective", in.Objective, l.objectives)
	l.seen(at, f.World)
	l.lists(at, []listSize{{"world", len(f.World)}})
	if strings.TrimSpace(in.Expect) == "" {
		l.warn(at, "expect", "nothing is expected of the players", `add expect = "…", so that it can be rated`)
	}
	l.attachments(f)
}

// when checks the time of an inject and what it comes after.
func (l *scenarioLinter) when(f *fileInject, in *Inject) {
	at := f.Place
	switch {
	case in.Timed:
	case f.At != "":
		l.wrong(at, "at", quote(f.At)+" is not an exercise time", `write hours and minutes: "+0:05", "+1:30"`)
	case !in.Contingency && in.After == "":
		l.wrong(at, "at", "no at", `add at = "+0:05", or contingency = true if it is only for need`)
	}
	l.ref(at, "after", in.After, l.injects)
	if other := l.scenario.Inject(in.After); other != nil && other.Timed && in.Timed && in.At < other.At {
		l.wrong(at, "at", fmt.Sprintf("%s is before %s, at %s, which it comes after", ExerciseTime(in.At), quote(other.ID), ExerciseTime(other.At)), "at counts from the start of the exercise, always")
	}
}

func (l *scenarioLinter) attachments(f *fileInject) {
	if n := len(f.Attachments); n > maxAttachments {
		l.wrong(f.Place, "attachments", fmt.Sprintf("%d attachments", n), fmt.Sprintf("at most %d", maxAttachments))
	}
	names := map[string]bool{}
	for i := range f.Attachments {
		a := &f.Attachments[i]
		switch {
		case !plainName(a.Name):
			l.wrong(a.At, "name", quote(a.Name)+" is not a file's name", `such as "ransom-note.txt"`)
		case names[a.Name]:
			l.wrong(a.At, "name", "two attachments are called "+quote(a.Name), "choose another name")
		}
		names[a.Name] = true
		if len(a.Text) > maxAttachment {
			l.wrong(a.At, "text", fmt.Sprintf("the attachment has %d bytes", len(a.Text)), fmt.Sprintf("at most %d", maxAttachment))
		}
	}
}

// LintScenario checks a scenario against the runbook that is to be played with it:
// the roles, services and inputs that it names must be there. org is the organisation in
// which it is played, nil for none. file names the
// scenario's file in the problems; data is its text.
func LintScenario(name string, data []byte, book *Runbook, org *Organisation) Problems {
	var file fileScenario
	problems := DecodeStrict(name, data, &file)
	if problems.HasErrors() {
		return problems
	}
	l := newScenarioLinter(&file, convertScenario(name, &file), &problems)
	for i := range book.Roles {
		l.roles.know(book.Roles[i].ID)
	}
	for _, s := range services(book, org) {
		l.services.know(s.ID)
	}
	inputs := newIDs("input")
	for i := range book.Inputs {
		inputs.know(book.Inputs[i].ID)
	}
	l.against(file.At, "inputs", file.Inputs, inputs)
	l.against(file.At, "world", file.World, l.services)
	for i := range file.Injects {
		f := &file.Injects[i]
		if f.To != Everybody {
			l.ref(f.Place, "to", f.To, l.roles)
		}
		l.against(f.Place, "world", f.World, l.services)
	}
	return problems.sorted()
}

// services are those of an incident that runs book in org, which may be nil: a runbook's
// examples give way to what the organisation runs.
func services(book *Runbook, org *Organisation) []Service {
	if org == nil || len(org.Services) == 0 {
		return book.Services
	}
	all := slices.Clone(org.Services)
	for i := range book.Services {
		s := &book.Services[i]
		if !s.Example && !slices.ContainsFunc(all, func(other Service) bool { return other.ID == s.ID }) {
			all = append(all, *s)
		}
	}
	return all
}

// against checks that every key of a map is a known id.
func (l *scenarioLinter) against(at Place, key string, values map[string]string, in ids) {
	for _, id := range slices.Sorted(maps.Keys(values)) {
		if _, ok := in.lines[id]; ok {
			continue
		}
		p := at.Problem(key, l.noSuch(in, id), l.noSuchHint(in, id))
		if n := at.node.key(key).key(id); n != nil {
			p.Line = n.lineOf()
		}
		l.add(p)
	}
}

// know notes an id that stands in another file.
func (in *ids) know(id string) {
	in.lines[id] = 0
	in.list = append(in.list, id)
}
