package export

import (
	"fmt"
	"strings"

	"muster/state"
	"muster/state/view"
)

// statementsHead is over what was said: in a drill nothing is out.
func (s Sitrep) statementsHead() string {
	if s.Mode == state.Drill {
		return "Statements that would be out"
	}
	return "Statements out"
}

// noticeLines say what is out, and what of it was not so.
func (s Sitrep) noticeLines() []string {
	var lines []string
	for i := range s.Notices {
		n := &s.Notices[i]
		sent := n.LastSent
		line := fmt.Sprintf("%s, version %d, %s %s by %s, %s", n.Title, sent.Version, sent.Verb(), s.clock(sent.At), sent.By, state.ByWay(sent.Channel))
		if n.Audience != "" {
			line += " to " + n.Audience
		}
		for i := range n.Before {
			had := &n.Before[i]
			lines = append(lines, fmt.Sprintf("%s, version %d, %s %s by %s, and again since", n.Title, had.Version, had.Verb(), s.clock(had.At), had.By)+early(had)+wasNotTrue(had)+unlooked(had))
		}
		line += early(sent) + again(sent) + wasNotTrue(sent) + unlooked(sent) + s.truth(n)
		for _, c := range sent.Claims {
			if c.Retracted != "" && !strings.Contains(line, c.Retracted) {
				line += " — of " + c.Title + ": " + c.Retracted
			}
		}
		lines = append(lines, line)
	}
	for _, d := range s.Drafts {
		if len(d.MayBeOut) > 0 {
			continue // it is told of otherwise
		}
		approved := "not approved"
		if d.ApprovedBy != "" {
			approved = "approved"
		}
		lines = append(lines, fmt.Sprintf("%s, version %d: a draft, %s; no entry says that it was sent", d.Title, d.Version, approved))
	}
	return lines
}

// notTrue is why a statement is not true, and before that what of it was not when it was sent, though
// it is now.
func notTrue(n *view.Notice) []string {
	if len(n.Stale) == 0 {
		return nil
	}
	return append(n.NotThen[:len(n.NotThen):len(n.NotThen)], n.Stale...)
}

// early marks a statement that by the times given was sent before its text, or its approval.
func early(sent *view.Sending) string {
	if sent.Early() == "" {
		return ""
	}
	return " — " + sent.Early()
}

// again marks the words of an earlier statement, which are not the update that it promised.
func again(sent *view.Sending) string {
	if sent.Again() == "" {
		return ""
	}
	return " — " + sent.Again()
}

// unlooked names what nobody had looked at when a statement said that all are back.
func unlooked(sent *view.Sending) string {
	if len(sent.Unlooked) == 0 {
		return ""
	}
	return " — it says that all are back, and NOBODY HAD SAID HOW THESE STOOD: " + strings.Join(sent.Unlooked, ", ")
}

// escapedAfter is text that goes on from what stands before it in a report.
func escapedAfter(text string) markdown {
	if text == "" {
		return ""
	}
	return " " + escaped(strings.TrimSpace(text))
}

// wasNotTrue says what of a statement was not so when it was sent, or not known to be, and what
// took its place.
func wasNotTrue(sent *view.Sending) string {
	text := ""
	for _, fault := range []state.Fault{state.NeverTrue, state.NeverKnown} {
		var wrong []string
		for _, c := range sent.Claims {
			if c.Verdict.Fault() == fault {
				wrong = append(wrong, state.SaysThat(c.Title, c.State, c.Implied)+", and "+state.SayWas(c.Then)+afterThat(c.Retracted))
			}
		}
		if len(wrong) > 0 {
			text += " — WAS " + fault.Loud(sent.Simulated) + ": " + strings.ReplaceAll(strings.Join(wrong, "; "), "; it says that ", "; that ")
		}
	}
	for _, seq := range sent.Corrected {
		text += fmt.Sprintf(" — corrected by entry %d", seq)
	}
	return text
}

// afterThat is a text behind another one.
func afterThat(text string) string {
	if text == "" {
		return ""
	}
	return "; " + text
}

// truth says whether what was last sent still holds.
func (s Sitrep) truth(n *view.Notice) string {
	text := ""
	if len(n.Stale) > 0 {
		text += " — STALE"
	}
	if len(n.Unsure) > 0 {
		text += " — UNSURE"
	}
	for _, c := range n.Otherwise {
		text += " — CONTRADICTION: " + c
	}
	if len(n.Superseded) > 0 {
		text += " — " + view.OwedTheNextWord + ": " + strings.Join(n.Superseded, "; ")
	}
	switch {
	case len(n.Stale) > 0:
	case len(n.Redacted) == 0 && untellable(n.LastSent):
		return text + " — whether it was true is not known: what would tell is withheld"
	case len(n.Redacted) == 0:
	case s.Gaps.Runbook:
		return text + " — whether it is still true is not known: the runbook is withheld"
	case view.UntoldClaims(n.Redacted):
		return text + " — whether it is still true is not known for certain: entries are withheld"
	default:
		return text + " — whether it is still true is told by its claims alone: answers are withheld"
	}
	return text
}
