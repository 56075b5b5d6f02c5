package runbooks

import (
	"fmt"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// declareAll collects the ids of everything, and reports those used twice.
func (l *linter) declareAll() {
	declareEach(l, &l.roles, l.file.Roles, func(f *fileRole) (Place, string) { return f.At, f.ID })
	declareEach(l, &l.services, l.file.Services, func(f *fileService) (Place, string) { return f.At, f.ID })
	declareEach(l, &l.contacts, l.file.Contacts, func(f *fileContact) (Place, string) { return f.At, f.ID })
	declareEach(l, &l.clocks, l.file.Clocks, func(f *fileClock) (Place, string) { return f.At, f.ID })
	declareEach(l, &l.notices, l.file.Notices, func(f *fileNotice) (Place, string) { return f.At, f.ID })
	for i, f := range l.file.Inputs {
		l.declareAnswer(f.At, f.ID, asked{order: -1, values: askValues(l.book.Inputs[i].Ask), kind: l.book.Inputs[i].Type})
	}
	order := 0
	for i := range l.file.Phases {
		f, phase := &l.file.Phases[i], &l.book.Phases[i]
		l.declare(&l.phases, f.At, phase.ID)
		for j := range f.Steps {
			l.declareStep(&f.Steps[j], &phase.Steps[j], order)
			order++
		}
	}
	if order > maxSteps {
		l.wrong(l.file.At, "phase", fmt.Sprintf("%d steps", order), fmt.Sprintf("at most %d; split the runbook", maxSteps))
	}
}

func declareEach[T any](l *linter, in *ids, tables []T, of func(*T) (Place, string)) {
	for i := range tables {
		at, id := of(&tables[i])
		l.declare(in, at, id)
	}
}

func (l *linter) declareStep(f *fileStep, s *Step, order int) {
	l.declare(&l.steps, f.At, s.ID)
	if _, ok := l.stepAt[s.ID]; !ok {
		l.stepAt[s.ID] = s
	}
	if s.Kind == Decision && validID(s.ID) {
		options := make([]string, len(s.Options))
		for i, o := range s.Options {
			options[i] = o.ID
		}
		l.declareAnswer(f.At, s.ID, asked{order: order, step: s, values: options})
	}
	for i, ask := range s.Ask {
		l.declareAnswer(f.Ask[i].At, ask.ID, asked{order: order, step: s, values: askValues(ask), kind: ask.Type})
	}
}

// askValues lists what can be answered; nil for anything.
func askValues(a Ask) []string {
	switch a.Type {
	case AskBool:
		return []string{"yes", "no"}
	case AskChoice:
		return a.Choices
	}
	return nil
}

// declare notes an id and reports one that is bad, missing or taken.
func (l *linter) declare(in *ids, at Place, id string) {
	switch first, taken := in.lines[id]; {
	case id == "":
		if n := at.node.key("id"); n == nil || n.str {
			l.wrong(at, "id", "no id", `add id = "…": a–z, 0–9 and dashes`)
		}
	case taken:
		l.wrong(at, "id", fmt.Sprintf("%s id %s is already used in line %d", in.what, quote(id), first), "choose another")
	case !validID(id):
		l.badID(at, id)
		fallthrough
	default:
		in.lines[id] = at.Line("id")
		in.list = append(in.list, id)
	}
}

func (l *linter) declareAnswer(at Place, id string, a asked) {
	before := len(l.answers.list)
	l.declare(&l.answers, at, id)
	if len(l.answers.list) > before {
		l.answer[id] = a
	}
}

func (l *linter) inputs() {
	for i, f := range l.file.Inputs {
		a := l.book.Inputs[i].Ask
		l.ask(f.At, a)
		if allowed := askValues(a); a.Default != "" && allowed != nil {
			l.word(f.At, "default", a.Default, allowed)
		}
		if a.Type == AskNumber && a.Default != "" && !IsNumber(a.Default) {
			l.wrong(f.At, "default", quote(a.Default)+" is not a number", `such as "12" or "0.5"`)
		}
		if _, err := time.Parse(time.RFC3339, a.Default); a.Type == AskTime && a.Default != "" && err != nil {
			l.wrong(f.At, "default", quote(a.Default)+" is not a time", `such as "2026-11-24T02:41:00Z"`)
		}
	}
}

// ask checks what inputs and asks have in common.
func (l *linter) ask(at Place, a Ask) {
	l.line(at, "prompt", a.Prompt, maxTitle)
	l.word(at, "type", string(a.Type), words(askTypes()))
	l.lines(at, "choices", a.Choices)
	switch {
	case a.Type == AskChoice && len(a.Choices) < 2:
		l.wrong(at, "choices", "a choice of fewer than two", `add choices = ["…", "…"]`)
	case a.Type != AskChoice && len(a.Choices) > 0:
		l.wrong(at, "choices", "choices, but the type is "+string(a.Type), `set type = "choice"`)
	}
}

// sets checks what the answer to a step's question sets besides.
func (l *linter) sets(at Place, s *Step, a *Ask) {
	role, ofRole := a.SetsRole()
	switch {
	case a.Sets == "":
	case s.Each != Once:
		l.wrong(at, "sets", "the step stands once for each service, and there is one "+quote(a.Sets), "ask it in a step of its own")
	case ofRole && a.Type != AskText:
		l.wrong(at, "sets", "who holds a role is a name, and the type is "+string(a.Type), `set type = "text", or leave it out`)
	case ofRole:
		l.ref(at, "sets", role, l.roles)
	case a.Sets != SetsSeverity:
		l.wrong(at, "sets", quote(a.Sets)+" cannot be set by an answer", `write sets = "role:ID" or sets = "severity"`)
	case a.Type != AskChoice || slices.ContainsFunc(a.Choices, func(c string) bool { return !slices.Contains(Severities(), Severity(c)) }):
		l.wrong(at, "sets", "a severity is one of "+strings.Join(words(Severities()), ", "), "leave type and choices out")
	}
}

func (l *linter) serviceTables() {
	for i, f := range l.file.Services {
		s := &l.book.Services[i]
		l.line(f.At, "title", s.Title, maxTitle)
		l.line(f.At, "owner", s.Owner, maxLine)
		l.text(f.At, "shutdown", s.Shutdown)
		l.text(f.At, "restore", s.Restore)
		l.refs(f.At, "depends_on", s.DependsOn, l.services)
		if s.Tier < 1 || s.Tier > 5 {
			l.wrong(f.At, "tier", fmt.Sprintf("tier %d", s.Tier), "1 (restore first) to 5")
		}
		if f.Check != nil {
			l.check(f.Check)
		}
	}
}

// check looks at how a service is probed.
func (l *linter) check(c *fileCheck) {
	var kinds []string
	for _, k := range []struct{ key, value string }{{"url", c.URL}, {"tcp", c.TCP}, {"dns", c.DNS}} {
		if k.value != "" {
			kinds = append(kinds, k.key)
			l.line(c.At, k.key, k.value, maxLine)
		}
	}
	switch {
	case len(kinds) == 0:
		l.wrong(c.At, "", "the check looks at nothing", "add url, tcp or dns, or take the check out")
	case len(kinds) > 1:
		l.wrong(c.At, kinds[1], "the check has "+listWords(kinds), "keep one of them")
	}
	l.checkTarget(c)
	if c.URL == "" && (c.Expect != nil || c.Text != "") {
		l.wrong(c.At, "", "expect and text are of use with a url only", "add url, or take them out")
	}
	if e := or(c.Expect, 200); e < 100 || e > 599 {
		l.wrong(c.At, "expect", fmt.Sprintf("%d is not a status", e), "such as 200")
	}
	l.line(c.At, "text", c.Text, maxLine)
}

// checkTarget looks at what a check reaches for: each of url, tcp and dns has its form.
func (l *linter) checkTarget(c *fileCheck) {
	if u, err := url.Parse(c.URL); c.URL != "" && (err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https") {
		l.wrong(c.At, "url", quote(c.URL)+" is not a web address", "begin it with https:// and a host")
	}
	if host, port, err := net.SplitHostPort(c.TCP); c.TCP != "" && (err != nil || host == "" || !validPort(port)) {
		l.wrong(c.At, "tcp", quote(c.TCP)+" is not host:port", `such as "mail.example.org:25"`)
	}
	if strings.ContainsAny(c.DNS, "/: \t\n") {
		l.wrong(c.At, "dns", quote(c.DNS)+" is not a name", `such as "www.example.org"`)
	}
}

func validPort(port string) bool {
	n, err := strconv.ParseUint(port, 10, 16)
	return err == nil && n > 0
}

// otherTables checks roles, contacts and notices.
func (l *linter) otherTables() {
	for i, f := range l.file.Roles {
		l.line(f.At, "title", l.book.Roles[i].Title, maxTitle)
		l.text(f.At, "duties", f.Duties)
	}
	for i, f := range l.file.Contacts {
		l.line(f.At, "title", l.book.Contacts[i].Title, maxTitle)
		l.line(f.At, "role", f.Role, maxLine)
		l.line(f.At, "hours", f.Hours, maxLine)
		l.text(f.At, "note", f.Note)
		l.lines(f.At, "reach", f.Reach)
		for _, reach := range f.Reach {
			if scheme, rest, ok := strings.Cut(reach, ":"); !ok || scheme == "" || rest == "" {
				l.warn(f.At, "reach", quote(reach)+" does not say by which way", `begin it with tel:, mailto:, sms: or https:`)
			}
		}
	}
	for i, f := range l.file.Notices {
		n := &l.book.Notices[i]
		l.line(f.At, "title", n.Title, maxTitle)
		l.line(f.At, "audience", n.Audience, maxLine)
		l.line(f.At, "channel", n.Channel, maxLine)
		l.ref(f.At, "approver", n.Approver, l.roles)
		l.template(f.At, "text", n.Text)
		l.lists(f.At, []listSize{{"claims", len(n.Claims)}, {"corrects", len(n.Corrects)}})
		l.refs(f.At, "corrects", n.Corrects, l.notices)
		for j, claim := range n.Claims {
			l.claim(f.At, j, claim)
		}
	}
}

// claim checks one SERVICE=STATE.
func (l *linter) claim(at Place, i int, claim string) {
	service, state, ok := strings.Cut(claim, "=")
	if !ok {
		l.wrongItem(at, "claims", i, quote(claim)+" claims nothing", `write "service=state"`)
		return
	}
	if _, ok := l.services.lines[service]; !ok && service != EveryAffected {
		l.wrongItem(at, "claims", i, l.noSuch(l.services, service), l.noSuchHint(l.services, service))
	}
	if known := stateWords(); !slices.Contains(known, state) {
		l.wrongItem(at, "claims", i, quote(state)+" is not a state", l.mean(state, known, "it is one of "+listWords(known)))
	}
}

func (l *linter) clockTables() {
	for i, f := range l.file.Clocks {
		c := &l.book.Clocks[i]
		l.line(f.At, "title", c.Title, maxTitle)
		l.line(f.At, "to", c.To, maxLine)
		l.line(f.At, "source", c.Source, maxLine)
		_, ready := FindDeadline(f.Clock)
		switch {
		case f.Clock != "" && !ready:
			l.wrong(f.At, "clock", "no ready-made clock "+quote(f.Clock), l.mean(f.Clock, deadlineIDs(), "the ready-made clocks are "+listWords(deadlineIDs())))
		case !ready && !f.At.Has("within"):
			l.wrong(f.At, "within", "no within", `add within = "72h"`)
		}
		l.starts(f.At, c.Starts)
		l.from(f.At, c.From)
		l.outer(f, c)
		l.event(f.At, "stops", c.Stops, []EventKind{StepDone, NoticeSent, Manual}, "step:ID, notice:ID or manual")
	}
}

func (l *linter) starts(at Place, text string) {
	l.event(at, "starts", text, []EventKind{IncidentOpened, StepDone, AnswerGiven, NoticeSent, ClockStopped, Manual},
		"incident.opened, step:ID, step:ID=OPTION, answer:ID=VALUE, notice:ID, clock:ID or manual")
}

// outer checks the second bound of a duty.
func (l *linter) outer(f fileClock, c *Clock) {
	ready, _ := FindDeadline(f.Clock)
	if f.Outer == nil {
		if !ready.Outer.IsZero() {
			l.warn(f.At, "", fmt.Sprintf("the law has an outer bound too, %s", ready.Outer), "add [clock.outer] with what starts it")
		}
		return
	}
	if c.Outer.Within.IsZero() {
		l.wrong(f.Outer.At, "within", "no within", `add within = "24h"`)
	}
	l.starts(f.Outer.At, c.Outer.Starts)
	l.from(f.Outer.At, c.Outer.From)
}

// from checks what a clock counts from: a time that somebody is asked for.
func (l *linter) from(at Place, text string) {
	if text == "" {
		return
	}
	id, ok := strings.CutPrefix(text, "answer:")
	if !ok || !validID(id) {
		l.wrong(at, "from", quote(text)+" is nothing to count from", "write answer:ID, the id of an ask or input of the type time")
		return
	}
	l.ref(at, "from", id, l.answers)
	if a, known := l.answer[id]; known && a.kind != AskTime {
		l.wrong(at, "from", quote(id)+" is not a time", `set type = "time" where it is asked, or name another`)
	}
}

// event checks what starts or stops a clock.
func (l *linter) event(at Place, key, text string, allowed []EventKind, forms string) {
	e, err := ParseEvent(text)
	if err != nil {
		l.wrong(at, key, err.Error(), "write "+forms)
		return
	}
	if !slices.Contains(allowed, e.Kind) {
		l.wrong(at, key, fmt.Sprintf("a clock's %s cannot be %s", key, quote(text)), "write "+forms)
		return
	}
	switch e.Kind {
	case StepDone:
		l.ref(at, key, e.ID, l.steps)
		if s := l.stepAt[e.ID]; s != nil && e.Value != "" && s.Kind != Decision {
			l.wrong(at, key, fmt.Sprintf("step %s is not a decision", quote(e.ID)), fmt.Sprintf("write step:%s, or answer:ID=VALUE for an ask", e.ID))
			return
		}
	case AnswerGiven:
		l.ref(at, key, e.ID, l.answers)
	case NoticeSent:
		l.ref(at, key, e.ID, l.notices)
	case ClockStopped:
		l.ref(at, key, e.ID, l.clocks)
	}
	if a, ok := l.answer[e.ID]; ok && e.Value != "" && a.values != nil && !slices.Contains(a.values, e.Value) {
		l.wrong(at, key, fmt.Sprintf("%s cannot be %s", quote(e.ID), quote(e.Value)), l.mean(e.Value, a.values, "it is one of "+listWords(a.values)))
	}
}
