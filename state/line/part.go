package line

import "fmt"

// A Part is a piece of an entry's content. Each but the facts can be withheld from
// a copy of the log by itself; see [Withhold].
type Part uint8

// The parts, in the order in which they stand in a line.
const (
	Facts     Part = iota // what was done to what, when, in which role
	Names                 // who did it, and who is named by it
	Notes                 // what people wrote and said, and what looks from outside showed
	Evidence              // files: their names, sizes and hashes
	Procedure             // the runbook's text
	partCount
)

// withholdable yields every part but the facts.
func withholdable(yield func(Part) bool) {
	for part := Names; part < partCount && yield(part); part++ {
	}
}

// String is the part's key in a line: names, notes, evidence, runbook.
func (p Part) String() string {
	switch p {
	case Facts:
		return "facts"
	case Names:
		return "names"
	case Notes:
		return "notes"
	case Evidence:
		return "evidence"
	case Procedure:
		return "runbook"
	}
	return fmt.Sprintf("part %d", uint8(p))
}

// Parts is a set of parts.
type Parts uint8

// PartsOf is the set of some parts.
func PartsOf(parts ...Part) (set Parts) {
	for _, part := range parts {
		set |= 1 << part
	}
	return set
}

// AllParts is the set of every part.
const AllParts Parts = 1<<partCount - 1

// Has reports whether part is in the set.
func (p Parts) Has(part Part) bool { return p>>part&1 == 1 }

// Names lists the set's parts.
func (p Parts) Names() (names []string) {
	for part := range partCount {
		if p.Has(part) {
			names = append(names, part.String())
		}
	}
	return names
}

// ParsePart is the part of that name.
func ParsePart(name string) (Part, bool) {
	for part := range partCount {
		if part.String() == name {
			return part, true
		}
	}
	return Facts, false
}

// WithheldText stands in place of a text that was withheld.
const WithheldText = "(withheld)"
