package view

import (
	"slices"
	"strings"
	"time"

	"muster/runbooks"
	"muster/state"
)

// first is the first of some sources that says anything.
func (d *drawer) first(sources []string) found {
	for _, source := range sources {
		if one := d.draw(source, runbooks.AskText); one.value != "" {
			one.from = source
			return one
		}
	}
	return found{}
}

// draw is what a source says. kind is that of the field: of a decision, text is its
// option's title. What a correction that is withheld may be about is not said.
func (d *drawer) draw(source string, kind runbooks.AskType) found {
	noun, word := runbooks.SplitSource(source)
	var one found
	if noun == "answer" {
		one = d.answer(word, kind)
	} else if of := d.nouns()[noun]; of != nil {
		one = of(word)
	}
	if d.corrected(one.entries) {
		return found{withheld: true}
	}
	return one
}

// nouns are the kinds of source, but for answers.
func (d *drawer) nouns() map[string]func(word string) found {
	return map[string]func(string) found{
		"fact": d.fact, "role": d.role, "clock": d.due, "started": d.started, "incident": d.incident, "milestone": d.milestone, "services": d.services,
		"impact": d.impact, "told": d.told, "steps": d.steps, "people": d.people, "events": d.events,
	}
}

// corrected reports whether a correction that is withheld whole may be about one of some
// entries.
func (d *drawer) corrected(seqs []uint64) bool {
	return slices.ContainsFunc(seqs, func(seq uint64) bool { return seq < d.gaps.Corrected })
}

func (d *drawer) due(law string) found {
	if c := d.deadline(law); c != nil {
		return d.moment(c.Due.Known(), c.StartSeq)
	}
	return found{}
}

func (d *drawer) started(law string) found {
	c := d.deadline(law)
	if c == nil {
		return found{}
	}
	at, seq := d.duty(law).Classified()
	if c.Started.Known() == nil || at.IsZero() {
		return d.moment(nil, 0)
	}
	return d.moment(&at, seq)
}

// claim keeps what a form says of services.
func (d *drawer) claim(claims []state.Claim) {
	for _, c := range claims {
		if !slices.ContainsFunc(d.claims, func(other state.Claim) bool { return other.Service == c.Service }) {
			d.claims = append(d.claims, c)
		}
	}
}

// fact is a standing fact of the organisation, which the first entry holds.
func (d *drawer) fact(key string) found {
	org := d.inc.Organisation
	if org == nil || lacking(d.inc, 1, state.Procedure) || d.gaps.First {
		return found{withheld: lacking(d.inc, 1, state.Procedure) || d.gaps.First}
	}
	f := &org.Facts
	values := map[string]string{
		"name": org.Name, "legal_name": f.LegalName, "lei": f.LEI, "sector": f.Sector, "address": f.Address, "country": f.Country,
		"member_states": strings.Join(f.MemberStates, ", "), "authority": f.Authority, "csirt": f.CSIRT, "supervisor": f.Supervisor, "dpo": f.DPO,
		"parent": f.Parent, "parent_lei": f.ParentLEI, "currency": f.Currency, "entity_types": strings.Join(f.EntityTypes, ", "),
		"contact": f.Contact, "contact_email": f.ContactEmail, "contact_phone": f.ContactPhone,
		"second_contact": f.Second, "second_email": f.SecondEmail, "second_phone": f.SecondPhone,
	}
	if values[key] == "" {
		return found{}
	}
	return found{value: values[key], entries: []uint64{1}}
}

// answer is what was answered last, under a name that runbooks give their questions. Of
// times it is the earliest, if several runbooks ask: that is the one that clocks count
// from.
func (d *drawer) answer(id string, kind runbooks.AskType) found {
	var best found
	var at time.Time
	for i := range d.all.Answers {
		a := &d.all.Answers[i]
		if baseName(a.ID) != id {
			continue
		}
		if a.Withheld || d.openedAgain(a) {
			return found{withheld: true}
		}
		if a.Value == nil || a.Value.Text == "" {
			continue
		}
		one := found{value: a.Value.Text, entries: []uint64{a.Seq}}
		if a.Kind == "decision" && kind == runbooks.AskText {
			one.value = a.Title
		}
		t, err := time.Parse(time.RFC3339, a.Value.Text)
		isTime := kind == runbooks.AskTime && err == nil
		switch {
		case best.value == "", isTime && t.Before(at), !isTime && a.Seq > best.entries[0]:
			best, at = one, t
		}
	}
	if best.value == "" && d.gaps.Runbook {
		best.withheld = true
	}
	return best
}

// openedAgain reports whether what was decided may have been taken back in what is withheld.
func (d *drawer) openedAgain(a *Answer) bool {
	l := &d.inc.Redacted
	return a.Kind == "decision" && a.Seq > 0 && max(l.Whole, l.Steps) > a.Seq
}

func (d *drawer) role(id string) found {
	role := d.inc.Role(id)
	switch {
	case role == nil:
		return found{withheld: d.gaps.Runbook}
	case role.Person == state.WithheldText:
		return found{withheld: true}
	}
	one := found{value: role.Person}
	for i := range d.all.Roles {
		if r := &d.all.Roles[i]; r.ID == id && len(r.History) > 0 {
			one.entries = []uint64{r.History[len(r.History)-1].Seq}
		}
	}
	return one
}

func (d *drawer) milestone(word string) found {
	for _, m := range d.all.Milestones {
		if m.What != strings.ReplaceAll(word, "-", " ") {
			continue
		}
		if m.At == nil {
			return found{withheld: true}
		}
		if m.What == DetectedAt && !d.all.DetectionGiven() {
			return found{}
		}
		one := d.moment(m.At, m.Seq)
		if word == RestoredAt || word == VerifiedAt {
			for i := range d.all.Services {
				if s := &d.all.Services[i]; hit(s.History) != nil {
					one.claims = append(one.claims, state.Claim{Service: s.ID, State: state.ServiceState(word)})
				}
			}
		}
		return one
	}
	return found{}
}
