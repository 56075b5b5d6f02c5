package runbooks

import (
	"fmt"
	"slices"
)

func (l *linter) phaseTables() {
	l.immediate(l.file.At)
	order := 0
	for i := range l.file.Phases {
		f, p := &l.file.Phases[i], &l.book.Phases[i]
		l.needTitle(f.At, f.Title)
		l.line(f.At, "title", p.Title, maxTitle)
		l.text(f.At, "goal", p.Goal)
		if len(p.Steps) == 0 && !f.At.Has("step") {
			l.wrong(f.At, "", "a phase without a step", "add [[phase.step]] with a title below it")
		}
		for j := range f.Steps {
			l.inStep, l.order = true, order
			l.step(&f.Steps[j], &p.Steps[j], order)
			order++
		}
	}
	l.inStep = false
}

func (l *linter) step(f *fileStep, s *Step, order int) {
	at := f.At
	l.needTitle(at, f.Title)
	l.line(at, "title", s.Title, maxTitle)
	l.word(at, "kind", string(s.Kind), words(Kinds()))
	l.word(at, "reason", string(s.Reason), words([]Wanted{Asked, Demanded, NotAsked}))
	if s.Kind != Decision && (s.Reason == Asked || s.Reason == Demanded) {
		l.wrong(at, "reason", "a reason is asked for, but the step is no decision", `make it kind = "decision", or take reason out`)
	}
	l.word(at, "each", string(s.Each), words([]Each{EachAffected, EachOfService}))
	l.ref(at, "service", s.Service, l.services)
	l.ref(at, "notice", s.Notice, l.notices)
	l.ref(at, "contact", s.Contact, l.contacts)
	l.ref(at, "role", s.Role, l.roles)
	l.refs(at, "needs", s.Needs, l.steps)
	l.lines(at, "checklist", s.Checklist)
	for _, key := range []struct{ key, text string }{
		{"title", s.Title}, {"text", s.Text}, {"command", s.Command}, {"done_when", s.DoneWhen},
	} {
		l.template(at, key.key, key.text)
	}
	l.stepService(at, s)
	l.options(f, s)
	l.condition(at, s, order)
	l.lists(at, []listSize{{"ask", len(s.Ask)}, {"options", len(s.Options)}})
	for i, a := range s.Ask {
		l.ask(f.Ask[i].At, a)
		l.sets(f.Ask[i].At, s, &a)
	}
}

// immediate checks the first acts: so many steps as are read at a glance, each of them one
// step and not one for every service.
func (l *linter) immediate(at Place) {
	list := l.book.Immediate
	l.refs(at, "immediate", list, l.steps)
	if len(list) > MaxImmediate {
		l.wrong(at, "immediate", fmt.Sprintf("%d first acts, and %d is the most that is read at a glance", len(list), MaxImmediate), "keep what cannot wait, and let the phases have the rest")
	}
	for _, p := range l.book.Phases {
		for _, s := range p.Steps {
			if i := slices.Index(list, s.ID); i >= 0 && s.Each != Once {
				l.wrongItem(at, "immediate", i, fmt.Sprintf("%s stands once for every service, so it is no first act", quote(s.ID)), "name a step without each")
			}
		}
	}
}

// stepService checks that a step that moves a service has one.
func (l *linter) stepService(at Place, s *Step) {
	moves := s.Kind == Shutdown || s.Kind == Restore || s.Kind == Verify
	switch {
	case s.Service != "" && s.Each != Once:
		l.wrong(at, "service", "both service and each", "keep one: each makes a copy for every service")
	case moves && s.Service == "" && s.Each == Once && !at.Has("service") && !at.Has("each"):
		l.wrong(at, "kind", fmt.Sprintf("a %s step without a service", s.Kind), `add service = "…", or each = "affected"`)
	case s.Each != Once && len(l.book.Services) == 0:
		l.warn(at, "each", "a copy for every service, but there is none", "add [[service]]")
	}
}

// options checks that decisions, and they alone, have something to choose from.
func (l *linter) options(f *fileStep, s *Step) {
	switch {
	case s.Kind == Decision && len(s.Options) < 2:
		l.wrong(f.At, "options", "a decision with fewer than two options", `add options = [{ id = "yes", title = "…" }, { id = "no", title = "…" }]`)
	case s.Kind != Decision && len(s.Options) > 0:
		l.wrong(f.At, "options", fmt.Sprintf("options, but the kind is %s", s.Kind), `set kind = "decision"`)
	}
	seen := newIDs("option")
	for i, o := range s.Options {
		at := f.Options[i].At
		l.declare(&seen, at, o.ID)
		l.line(at, "title", o.Title, maxTitle)
		l.word(at, "state", o.State, stateWords())
		l.lists(at, []listSize{{"claims", len(o.Claims)}})
		for j, claim := range o.Claims {
			l.claim(at, j, claim)
		}
		if o.State != "" && s.Service == "" && s.Each == Once {
			l.warn(at, "state", "a state, but the step has no service", `add service = "…" or each to the step`)
		}
	}
}

// condition checks a step's when.
func (l *linter) condition(at Place, s *Step, order int) {
	condition, err := ParseCondition(s.When)
	if err != nil {
		l.wrong(at, "when", "when: "+err.Error(), "")
		return
	}
	for _, c := range condition {
		a, ok := l.answer[c.Ref]
		if !ok {
			l.wrong(at, "when", fmt.Sprintf("when: nothing asks for %s", quote(c.Ref)), l.askedHint(c.Ref))
			continue
		}
		l.clause(at, s, c, a, order)
	}
}

func (l *linter) askedHint(ref string) string {
	if s := l.stepAt[ref]; s != nil {
		return fmt.Sprintf("step %s is not a decision but kind = %q", quote(ref), s.Kind)
	}
	return l.mean(ref, l.answers.list, "name a decision step, an ask or an input")
}

func (l *linter) clause(at Place, s *Step, c Clause, a asked, order int) {
	for _, v := range c.Values {
		if a.values != nil && !slices.Contains(a.values, v) {
			what := fmt.Sprintf("when: %s cannot be %s", quote(c.Ref), quote(v))
			l.wrong(at, "when", what, l.mean(v, a.values, "it is one of "+listWords(a.values)))
		}
	}
	switch {
	case a.order == order:
		l.wrong(at, "when", fmt.Sprintf("when: %s is answered by this step itself", quote(c.Ref)), "name an earlier answer")
	case a.order > order:
		l.wrong(at, "when", fmt.Sprintf("when: %s is answered by the later step %s", quote(c.Ref), quote(a.step.ID)), "move that step before this one")
	case a.step != nil && a.step.Each != Once && s.Each == Once && s.Service == "":
		what := fmt.Sprintf("when: %s is answered once for every service", quote(c.Ref))
		l.wrong(at, "when", what, fmt.Sprintf("add each = %q, or a service, to this step", a.step.Each))
	}
}
