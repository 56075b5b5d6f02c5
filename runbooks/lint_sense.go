package runbooks

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// This file warns of what a runbook may say, and hardly means: what is announced without a
// text, restored and never verified, asked for and never used, or left to be filled in.

// sense looks at the runbook as a whole, once everything else has been checked. Of one with
// errors it says nothing: they may be the reason.
func sense(l *linter) {
	if l.out.HasErrors() {
		return
	}
	looked := verified(l)
	for i := range l.file.Phases {
		for j := range l.file.Phases[i].Steps {
			at, s := l.file.Phases[i].Steps[j].At, &l.book.Phases[i].Steps[j]
			announced(l, at, s)
			reverified(l, at, s, looked)
			never(l, at, s)
			leftIn(l, at, s)
		}
	}
	unused(l)
}

// announced warns of a step that tells somebody, and says neither what nor whom.
func announced(l *linter, at Place, s *Step) {
	switch {
	case s.Notice != "":
	case s.Kind == Announce:
		l.warn(at, "kind", "an announce step without a notice: nothing says what is announced", `add notice = "…" and a [[notice]] of that id`)
	case s.Kind == Notify && s.Contact == "":
		l.warn(at, "kind", "a notify step without a notice or a contact", `add notice = "…" or contact = "…"`)
	}
}

// verified are the services that a step verifies, and the each of those for many.
func verified(l *linter) map[string]bool {
	found := map[string]bool{}
	for _, p := range l.book.Phases {
		for _, s := range p.Steps {
			if s.Kind == Verify {
				found[s.Service], found["each "+string(s.Each)] = true, true
			}
		}
	}
	return found
}

// reverified warns of what is restored and never verified: it would be announced as back.
func reverified(l *linter, at Place, s *Step, verified map[string]bool) {
	if s.Kind != Restore || verified["each "+string(EachAffected)] || verified["each "+string(EachOfService)] {
		return
	}
	if s.Each != Once || !verified[s.Service] {
		l.warn(at, "kind", "restored, and no step verifies it", `add a step with kind = "verify" and the same service or each`)
	}
}

// never warns of a condition that no answers can meet.
func never(l *linter, at Place, s *Step) {
	condition, err := ParseCondition(s.When)
	if err != nil {
		return
	}
	can := map[string][]string{}
	for _, c := range condition {
		values, seen := can[c.Ref]
		if !seen {
			if values = l.answer[c.Ref].values; values == nil && c.Not {
				continue // it can be anything else
			} else if values == nil {
				values = c.Values
			}
		}
		can[c.Ref] = slices.DeleteFunc(slices.Clone(values), func(v string) bool { return slices.Contains(c.Values, v) == c.Not })
		if len(can[c.Ref]) == 0 {
			l.warn(at, "when", fmt.Sprintf("when: it never holds, since %s cannot be all of that at once", quote(c.Ref)), "one of several answers is written "+c.Ref+"=one|other")
			return
		}
	}
}

// blankLeft is what was to be filled in, as instructions write it: <POD_NAME>, <your key>.
var blankLeft = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`<[A-Za-z][A-Za-z0-9]*(?:[-_ ][A-Za-z0-9]+)*>`) })

// leftIn warns of a blank in a command, which somebody would run as it stands.
func leftIn(l *linter, at Place, s *Step) {
	if found := blankLeft().FindString(s.Command); found != "" && !l.full() {
		id := slug(strings.Trim(found, "<>"), "value")
		l.warn(at, "command", fmt.Sprintf("%s is left in the command", quote(found)),
			fmt.Sprintf(`ask for it with [[input]] id = "%s", and write {{ index .Answers "%s" }}`, id, id))
	}
}

// unused warns of roles that nothing names: nobody is asked to do anything in them.
func unused(l *linter) {
	named := map[string]bool{"commander": true} // every screen says who it is
	for _, p := range l.book.Phases {
		for _, s := range p.Steps {
			named[s.Role] = true
			for _, a := range s.Ask {
				role, _ := a.SetsRole()
				named[role] = true
			}
		}
	}
	for _, n := range l.book.Notices {
		named[n.Approver] = true
	}
	for _, c := range l.book.Contacts {
		named[c.Role] = true
	}
	for i, r := range l.book.Roles {
		if !named[r.ID] && !r.Required && r.Duties == "" {
			l.warn(l.file.Roles[i].At, "id", fmt.Sprintf("no step, notice or contact names the role %s", quote(r.ID)), "say what it is for in duties, or take it out")
		}
	}
}
