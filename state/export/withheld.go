package export

import (
	"fmt"

	"muster/state"
	"muster/state/view"
)

// warn says at the top of a report what is withheld; nothing if nothing is.
func (p *page) warn(g *view.Gaps) {
	if !g.Any() {
		return
	}
	p.quote("**WITHHELD from this copy of the log: ", escaped(g.String()), ".** “(withheld)” stands where something is, or may be, in the log itself: it does not mean that nothing is there, ",
		"and two of them need not be the same. The copy has the head of the whole log, so that what is left can be checked.")
	if text := g.Correction(); text != "" {
		p.quote(escaped(text))
	}
}

// saysOf says what it means that a part is withheld.
func saysOf(part string) markdown {
	switch part {
	case state.Names.String():
		return "who made them, and whom they name. Where two say “(withheld)”, it may be one person or two, or the program."
	case state.Notes.String():
		return "what people wrote, said and answered. An answer that may be among it is called not known."
	case state.Evidence.String():
		return "files, by name, size and hash. That there were files is seen."
	}
	return "the runbook's text. Of steps, services, roles, clocks and contacts that stand in it, only those are seen that entries name, and by their ids; what was to be done and was not, and whether a statement still held, cannot be told."
}

// unnamed names the entries of which it is withheld who made them.
func unnamed(u *view.Unnamed) markdown {
	if u.Entries == 1 {
		return "withheld"
	}
	return "withheld: one person or several"
}

// noTLP says why it is not known with whom a report may be shared.
func noTLP(g *view.Gaps) markdown {
	if g.First {
		return "not known: the runbook, which says it, is withheld"
	}
	return "not stated"
}

// hashOr writes a hash, or that it is withheld.
func hashOr(h *state.Hash) markdown {
	if h == nil {
		return "withheld"
	}
	return markdown(h.String())
}

// none says that there is nothing of something, or, where entries are withheld whole, that
// this is not known.
func none(gaps *view.Gaps, text markdown) markdown {
	if gaps.Entries > 0 {
		return "None is seen; whether there is one is not known: " + markdown(entriesWithheld(gaps.Entries)) + " withheld whole."
	}
	return text
}

func entriesWithheld(n int) string {
	if n == 1 {
		return "1 entry is"
	}
	return fmt.Sprintf("%d entries are", n)
}

// named is what nobody did, or held, where not even names are withheld.
func named(gaps *view.Gaps, text markdown) markdown {
	if gaps.Parts.Has(state.Names) {
		return "not known: names are withheld"
	}
	return none(gaps, text)
}

// unclocked stands for an exercise time that what is withheld may have set.
const unclocked = "not known"

// never is the word for what did not come by the end; while the incident is open it may still come.
func never(r *report, word markdown) markdown {
	if r.Closing == nil && !r.Gaps.Closed() {
		return "not yet"
	}
	return word
}
