package state

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"muster/runbooks"
)

// Status is what has become of a step: what was recorded, or, while nothing was,
// whether its turn has come.
func (inc *Incident) Status(s *Step) Status { return statusOf(inc, s, nil) }

// statusOf is the status of a step. known are those of the steps before it that were found
// already: where something is withheld each is asked for, and a step can be come to in very
// many ways.
func statusOf(inc *Incident, s *Step, known map[*Step]Status) Status {
	if s.Status != Todo || s.Empty {
		return s.Status
	}
	if s.Def.When != "" {
		if s.unsure(inc) {
			return Unseen
		}
		switch verdict, _ := s.holds(inc); verdict {
		case runbooks.Fails:
			return NotNeeded
		case runbooks.Unknown:
			return Waiting
		}
	}
	status := Todo
	for need := range s.unmet(inc) {
		if inc.Redacted == (Redacted{}) {
			return Waiting // of no step it is unknown where it stands: those before need not be asked for
		}
		before, ok := known[need]
		if !ok {
			if known == nil {
				known = map[*Step]Status{}
			}
			before = statusOf(inc, need, known)
			known[need] = before
		}
		if before != Unseen {
			return Waiting
		}
		status = Unseen
	}
	return status
}

// Because says why a step is not simply to do or done: what it waits for, why it
// is not applicable, skipped, failed or blocked. "" if there is nothing to say.
func (inc *Incident) Because(s *Step) string {
	status := inc.Status(s)
	if met := s.Met(inc); met.Seq > 0 && status != NotNeeded {
		return met.String()
	}
	switch status {
	case NotNeeded:
		return s.needless(inc)
	case Unseen:
		return s.untold(inc)
	case Waiting:
		if verdict, clause := s.holds(inc); verdict == runbooks.Unknown {
			return s.undecided(inc, clause)
		}
		var names []string
		for need := range s.unmet(inc) {
			if inc.Status(need) != Unseen {
				names = append(names, need.Number)
			}
		}
		if len(names) > 4 {
			names = append(names[:3], fmt.Sprintf("%d more", len(names)-3))
		}
		return "waits for " + strings.Join(names, ", ")
	case Done:
		return s.Lapsed(inc).String()
	case Unconfirmed:
		return "done by " + s.DoneBy + "; another person must confirm"
	case Blocked, Failed, Skipped:
		return s.Reason
	}
	if s.Empty {
		return "for each affected service: none so far"
	}
	return ""
}

// holds evaluates a step's condition.
func (s *Step) holds(inc *Incident) (runbooks.Verdict, runbooks.Clause) {
	return s.holdsWithin(inc, 32)
}

// holdsWithin bounds how deep conditions on decisions with conditions may go. Lint
// refuses circles; a log may come from anywhere.
func (s *Step) holdsWithin(inc *Incident, depth int) (runbooks.Verdict, runbooks.Clause) {
	if s.Def.When == "" || depth == 0 {
		return runbooks.Holds, runbooks.Clause{}
	}
	condition := inc.Books[s.Book].when[s.Def]
	if len(condition) == 0 {
		return runbooks.Holds, runbooks.Clause{}
	}
	return condition.Eval(func(ref string) (string, bool) { return s.known(inc, ref, depth) })
}

// known is the answer that a condition of s asks for. A decision that will not be
// made, because its step is not applicable, skipped or failed, counts as answered
// by nothing, so that what depends on it does not wait for ever.
func (s *Step) known(inc *Incident, ref string, depth int) (string, bool) {
	never := false
	for _, key := range s.keysOf(inc, ref) {
		if answer, ok := inc.answers[key]; ok {
			return answer.Value, true
		}
		if other := inc.Step(key); other != nil && other != s && other.Status != Done {
			verdict, _ := other.holdsWithin(inc, depth-1)
			never = other.Status == Skipped || other.Status == Failed || (other.Status == Todo && verdict == runbooks.Fails)
			if !never {
				return "", false
			}
		}
	}
	return "", never
}

// keysOf are the ids under which what a condition of s names can be answered: of its own
// service, of the runbook, and of the one that shares the question.
func (s *Step) keysOf(inc *Incident, ref string) []string {
	b := &inc.Books[s.Book]
	own, one := b.id(ref), b.IDOf(NounQuestion, ref)
	keys := []string{own + "/" + s.Service, one}
	if own != one {
		keys = append(keys, own) // the step that asks it here may yet be answered
	}
	return keys
}

// needless says why a step is not applicable; and by which entry a duty was done before that, by its notice.
func (s *Step) needless(inc *Incident) string {
	_, clause := s.holds(inc)
	text := s.failing(inc, clause)
	if n := inc.Notice(inc.Books[s.Book].IDOf(NounNotice, s.Def.Notice)); s.Def.Notice != "" && n != nil && demanded(inc, n) {
		if met := s.Met(inc); met.Seq > 0 {
			text += fmt.Sprintf("; %s before, by entry %d", met.What, met.Seq)
		}
	}
	return text
}

// failing says why a step's condition does not hold.
func (s *Step) failing(inc *Incident, clause runbooks.Clause) string {
	if answer, known := s.known(inc, clause.Ref, 32); known && answer != "" {
		return fmt.Sprintf("not applicable: %s is %s", clause.Ref, answer) + s.unless(inc, clause, "a later answer")
	}
	return fmt.Sprintf("not applicable: %s is not decided", clause.Ref)
}

// undecided says on which answer a step's condition waits.
func (s *Step) undecided(inc *Incident, clause runbooks.Clause) string {
	ref := clause.Ref
	if other, ask := s.asks(inc, clause); ask != "" {
		ref += " (" + other.Number + ")"
	} else if other != nil {
		ref = other.Number
	}
	return "waits for the answer to " + ref + s.unless(inc, clause, "it")
}

// asks is the step whose answer a clause of the condition rests on, and which of its
// questions that is, "" for what it decides; nil if it is an input.
func (s *Step) asks(inc *Incident, clause runbooks.Clause) (step *Step, ask string) {
	for _, key := range s.keysOf(inc, clause.Ref) {
		if other := inc.Step(key); other != nil {
			step = other
		}
	}
	for i := range inc.Steps {
		if other := &inc.Steps[i]; step == nil && other.Book == s.Book && slices.ContainsFunc(other.Def.Ask, func(a runbooks.Ask) bool { return a.ID == clause.Ref }) {
			return other, clause.Ref
		}
	}
	return step, ""
}

// decides is what a person does so that the clause is decided.
func (s *Step) decides(inc *Incident, clause runbooks.Clause) []Act {
	if other, ask := s.asks(inc, clause); other != nil {
		return []Act{{Deed: DeedAnswer, Of: other.Number, Ask: ask}}
	}
	return []Act{{Deed: DeedInput, Of: clause.Ref}}
}

// unless says of a conclusion that rests on an answer that it does not hold if
// another is withheld; nothing if none can be.
func (s *Step) unless(inc *Incident, clause runbooks.Clause, what string) string {
	b := &inc.Books[s.Book]
	if inc.Unseen(b.IDOf(NounQuestion, clause.Ref)) || s.Service != "" && inc.Unseen(b.id(clause.Ref)+"/"+s.Service) {
		return ", unless " + what + " is among what is withheld"
	}
	return ""
}

// unsure reports whether a step's condition asks for an answer that may be among what
// is withheld, now or for a decision that it waits for.
func (s *Step) unsure(inc *Incident) bool {
	return inc.Redacted != (Redacted{}) && slices.ContainsFunc(inc.Books[s.Book].when[s.Def], func(clause runbooks.Clause) bool {
		for _, key := range s.keysOf(inc, clause.Ref) {
			if inc.Unseen(key) {
				return true
			}
			if other := inc.Step(key); other != nil && other != s && other.Status == Unseen {
				return true
			}
		}
		return false
	})
}

// untold says why it is not known where a step stands.
func (s *Step) untold(inc *Incident) string {
	switch verdict, clause := s.holds(inc); {
	case s.Status == Unseen:
		return "not known: entries are withheld that may tell"
	case !s.unsure(inc):
		return "not known: it may wait for others, and what would tell is withheld"
	case verdict == runbooks.Fails:
		return s.failing(inc, clause)
	case verdict == runbooks.Unknown:
		return s.undecided(inc, clause)
	}
	return "to do" + s.unless(inc, inc.Books[s.Book].when[s.Def][0], "a later answer")
}

// unmet lists the steps that should come before s and are not finished.
func (s *Step) unmet(inc *Incident) iter.Seq[*Step] {
	return func(yield func(*Step) bool) {
		for _, need := range s.Def.Needs {
			for before := range s.needed(inc, need) {
				if before.unfinished(inc) && !yield(before) {
					return
				}
			}
		}
	}
}

// needed lists the steps that one need of s stands for: the copy for the same service, or
// else every copy.
func (s *Step) needed(inc *Incident, need string) iter.Seq[*Step] {
	return func(yield func(*Step) bool) {
		id := inc.Books[s.Book].id(need)
		if s.Service != "" {
			if same := inc.Step(id + "/" + s.Service); same != nil {
				yield(same)
				return
			}
		}
		for _, i := range inc.roots[id] {
			if !yield(&inc.Steps[i]) {
				return
			}
		}
	}
}

func (s *Step) unfinished(inc *Incident) bool {
	switch {
	case s.Empty, s.Status == Done, s.Status == Skipped, s.Met(inc).Settles:
		return false
	case s.Status == Todo:
		verdict, _ := s.holds(inc)
		return verdict != runbooks.Fails || s.unsure(inc)
	}
	return true
}

// HitBelow lists the services that a service cannot run without, directly or not,
// and that are hit and not verified since: the nearest first, each once.
func (inc *Incident) HitBelow(id string) []string {
	var hit []string
	seen := map[string]bool{id: true}
	for queue := []string{id}; len(queue) > 0; queue = queue[1:] {
		service := inc.Service(queue[0])
		if service == nil {
			continue
		}
		for _, below := range service.Def.DependsOn {
			if seen[below] {
				continue
			}
			seen[below] = true
			queue = append(queue, below)
			if other := inc.Service(below); other != nil && other.State.Hit() && other.State != Verified {
				hit = append(hit, below)
			}
		}
	}
	return hit
}
