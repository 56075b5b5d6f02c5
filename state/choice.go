package state

import (
	"slices"
	"strings"
	"time"

	"muster/runbooks"
	"muster/state/sorted"
)

// Decided is the word that stands, in a [Choice], for what was decided and what was noted.
const Decided = "decided"

// A Choice says which entries are meant. The zero Choice means all.
type Choice struct {
	Person string // who acted, without regard to case; "" for anybody
	Kind   string // a kind (step.done), the subject of kinds (step), or Decided; "" for any
	Step   string // the id of the step that they are about; "" for any
	// Since and Until bound when entries were recorded, or when things happened if
	// Occurred; both count. Zero: no bound.
	Since, Until time.Time
	// After and UpTo bound the numbers of entries: from the one after After, to UpTo. 0:
	// no bound.
	After, UpTo uint64
	Occurred    bool
}

// All reports whether every entry is meant.
func (c Choice) All() bool {
	c.Occurred = false
	return c == Choice{}
}

// Has reports whether an entry is meant, as it counts with what was amended.
func (c Choice) Has(inc *Incident, seq uint64) bool {
	if seq <= c.After || c.UpTo != 0 && seq > c.UpTo {
		return false
	}
	e, _ := inc.Entry(seq)
	at := e.Recorded
	if c.Occurred {
		at = e.When()
	}
	switch {
	case !c.Since.IsZero() && at.Before(c.Since), !c.Until.IsZero() && at.After(c.Until),
		c.Person != "" && !runbooks.SameName(c.Person, e.By.Name),
		c.Kind != "" && !c.hasKind(e.Kind),
		c.Step != "" && inc.StepOf(e) != c.Step:
		return false
	}
	return true
}

func (c Choice) hasKind(kind Kind) bool {
	return string(kind) == c.Kind || Subject(kind) == c.Kind ||
		c.Kind == Decided && (kind == KindStepAnswered || kind == KindNoteAdded || kind == KindEvidenceAdded)
}

// Of are the entries of the incident that are meant, as they were written or, if Occurred,
// as things happened.
func (c Choice) Of(inc *Incident) []uint64 {
	order := InOrder(inc, c.Occurred)
	if c.All() {
		return order
	}
	return sorted.Without(order, func(seq uint64) bool { return !c.Has(inc, seq) })
}

// Subject is what kinds of entry are about: step, note, service.
func Subject(kind Kind) string {
	subject, _, _ := strings.Cut(string(kind), ".")
	return subject
}

// FindKind is the kind, or the subject of kinds, that a person means by ref; see [FindWord].
func FindKind(ref string) (string, error) {
	subjects := []string{Decided}
	var whole []string
	for _, kind := range Kinds() {
		whole = append(whole, string(kind))
		if subject := Subject(kind); !slices.Contains(subjects, subject) {
			subjects = append(subjects, subject)
		}
	}
	if strings.Contains(ref, ".") {
		return FindWord(NounKind, ref, whole)
	}
	return FindWord(NounKind, ref, subjects)
}

// FindPerson is whom a person means by ref, of those who acted or are known in the
// incident; see [FindAmong]. What the program said by itself is found by its name.
func FindPerson(inc *Incident, ref string) (string, error) {
	var all []Named
	for _, name := range append(PeopleOf(inc), Muster) {
		all = append(all, Named{ID: name})
	}
	return FindAmong(NounPerson, ref, all)
}
