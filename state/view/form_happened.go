package view

import (
	"fmt"
	"strings"
	"time"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
	"muster/state/sorted"
)

// This file has what forms draw of what people did.

// steps is what was done, is being done, and is next.
func (d *drawer) steps(word string) found {
	if d.gaps.Runbook || d.gaps.Entries > 0 {
		return found{withheld: true}
	}
	if word == "measures" {
		return d.measures()
	}
	var all []formLine
	for i := range d.all.Steps {
		s := &d.all.Steps[i]
		if s.Empty {
			continue
		}
		line := formLine{text: s.Title}
		if n := len(s.Seqs); n > 0 {
			line.seq = s.Seqs[n-1]
		}
		switch word {
		case "doing":
			if s.Status != state.Active {
				continue
			}
		case "next":
			if s.Status != state.Todo || len(all) >= maxNext {
				continue
			}
		}
		all = append(all, line)
	}
	return lines(all)
}

// measures are what was done against the incident, by a step or by setting a service by hand,
// as it happened.
func (d *drawer) measures() found {
	if d.gaps.Services > 0 || d.gaps.Steps > 0 {
		return found{withheld: true}
	}
	type measure struct {
		at time.Time
		formLine
	}
	var all []measure
	add := func(at time.Time, what string, seq uint64) {
		all = append(all, measure{at, formLine{d.clock(at) + " " + what, seq}})
	}
	for i := range d.all.Steps {
		if s := &d.all.Steps[i]; !s.Empty && s.Status == state.Done && s.Ended != nil && isMeasure(s.Kind) && len(s.Seqs) > 0 {
			add(*s.Ended, s.Title, s.Seqs[len(s.Seqs)-1])
		}
	}
	for i := range d.all.Services {
		s := &d.all.Services[i]
		for _, c := range s.History {
			switch now := state.ServiceState(c.To); {
			case d.inc.Log[c.Seq-1].Kind != state.KindServiceSet: // a step says it
			case now == state.ShutDown, now == state.Restored, now == state.Verified:
				add(c.At, clean.Line(s.Title)+": "+measureOf(now), c.Seq)
			}
		}
	}
	sorted.Stable(all, func(a, b measure) int { return a.at.Compare(b.at) })
	var text []formLine
	for _, m := range all {
		text = append(text, m.formLine)
	}
	return lines(text)
}

// measureOf says what was done to a service that is in a state since.
func measureOf(now state.ServiceState) string {
	if now == state.Verified {
		return "looked at from outside, and it works"
	}
	return strings.Split(sayState(now), ",")[0]
}

// isMeasure reports whether a step of this kind, done, is a measure against the incident.
func isMeasure(kind runbooks.Kind) bool {
	return kind == runbooks.Shutdown || kind == runbooks.Restore || kind == runbooks.Verify
}

// people is who does what.
func (d *drawer) people(word string) found {
	var all []formLine
	if word == "acted" {
		if d.gaps.Any() {
			return found{withheld: true}
		}
		for _, p := range d.all.People {
			if p.Name == state.Muster {
				continue
			}
			text := p.Name
			if len(p.Roles) > 0 {
				text += " (" + strings.Join(p.Roles, ", ") + ")"
			}
			all = append(all, formLine{text: text})
		}
		return lines(all)
	}
	if d.gaps.Runbook {
		return found{withheld: true}
	}
	for i := range d.all.Roles {
		r := &d.all.Roles[i]
		if r.Person == "" || len(r.History) == 0 {
			continue
		}
		all = append(all, formLine{r.Title + ": " + r.Person, r.History[len(r.History)-1].Seq})
	}
	return lines(all)
}

// events are what happened.
func (d *drawer) events(word string) found {
	type event struct {
		at time.Time
		formLine
	}
	var happened []event
	keys := make(map[uint64]bool)
	for _, k := range d.all.Keys {
		keys[k.Seq] = true
	}
	for i := range d.inc.Log {
		seq := d.inc.Log[i].Seq
		e, ok := d.inc.Entry(seq)
		if !ok || e.Data == nil || d.inc.RetractedBy(seq) != 0 || state.KeptFromPlayers(d.inc, e.Kind) || word == "key" && !keys[seq] || word == "all" && !isActivity(e.Data) {
			continue
		}
		text := fmt.Sprintf("%s %s: %s", d.clock(e.When()), e.By.Name, state.InZone(Describe(d.inc, e), d.clock))
		if marks := marksOf(d.inc, &e); len(marks) > 0 {
			text += " (" + strings.Join(marks, ", ") + ")"
		}
		happened = append(happened, event{e.When(), formLine{text, seq}})
	}
	sorted.Stable(happened, func(a, b event) int { return a.at.Compare(b.at) })
	all := make([]formLine, 0, len(happened)+1)
	for _, e := range happened {
		all = append(all, e.formLine)
	}
	if n := d.gaps.Entries; n > 0 && len(all) > 0 {
		all = append(all, formLine{text: state.WithheldText + ": " + entries(n)})
	}
	return lines(all)
}

// isActivity reports whether an entry is something that people did. A ticked line of a
// checklist is told by the step that is done, and what was answered for a form by the form.
func isActivity(data state.Data) bool {
	switch data.(type) {
	case *state.SessionOpened, *state.ClockStepped, *state.Recovered, *state.PersonActs, *state.StepTicked, *state.FormAnswered, *state.Unknown:
		return false
	}
	return true
}
