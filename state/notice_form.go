package state

import (
	"fmt"
	"strings"
)

// maxFields bounds the fields of a form, as the reading of forms does.
const maxFields = 1000

// filled checks the form that a draft fills in. What stands in a text where something is
// not known never leaves in a form.
func filled(d *decision, form *FilledForm, text string) {
	if form == nil {
		return
	}
	if !plainID(form.ID) || form.Approver != "" && !plainID(form.Approver) || len(form.Lacks) > maxFields {
		d.refuse(Refusal{Reason: Invalid, Field: "form", Text: fmt.Sprintf("%q cannot be a form.", form.ID)})
		return
	}
	if form.Clock != "" && !plainID(form.Clock) {
		d.refuse(Refusal{Reason: Invalid, Field: "form", Text: fmt.Sprintf("%q cannot be a deadline.", form.Clock)})
		return
	}
	for _, id := range form.Lacks {
		if !plainID(id) {
			d.refuse(Refusal{Reason: Invalid, Field: "form", Text: fmt.Sprintf("%q cannot be a form's field.", id)})
			return
		}
	}
	if blanks := gaps(text); len(blanks) > 0 {
		d.refuse(Refusal{Reason: Invalid, Field: "text", Text: fmt.Sprintf("The form has blanks: %s.", sayBlanks(blanks)), Hint: "Say what stands there, in the form or where it is drawn from."})
	}
}

// fulfil lets a form that was sent meet the deadline that demands it, as a notice does that a
// runbook's clock names. A clock that was met or waived before stays so.
func fulfil(inc *Incident, e *Entry, form *FilledForm) {
	if form == nil || form.Clock == "" {
		return
	}
	for i := range inc.Clocks {
		if c := &inc.Clocks[i]; c.Def.Law == form.Clock && c.Running() {
			c.end(inc, e, false, "")
		}
	}
}

// unfilled refuses to send a form that lacks what it requires. An override has to name
// what that is: nobody sends it so by habit.
func unfilled(d *decision, v *NoticeVersion) {
	if v.Form == nil || len(v.Form.Lacks) == 0 {
		return
	}
	var unnamed []string
	for _, id := range v.Form.Lacks {
		if !namesWord(d.action.Override, id) {
			unnamed = append(unnamed, id)
		}
	}
	lacks := strings.Join(v.Form.Lacks, ", ")
	d.refuse(Refusal{Reason: Blank, Field: "override", Overridable: isBlank(d.action.Override) || len(unnamed) == 0, Seq: v.Seq,
		Text: fmt.Sprintf("The form %s lacks what it requires: %s.", v.Form.ID, lacks),
		Hint: "Find it out and draft it anew. To send it so, name what is missing in the reason: " + sayMissing(unnamed, lacks) + "."})
}

func sayMissing(unnamed []string, all string) string {
	if len(unnamed) == 0 {
		return all
	}
	return strings.Join(unnamed, ", ")
}

// namesWord reports whether a text has an id in it, as a word of its own.
func namesWord(text, id string) bool {
	for {
		before, after, found := strings.Cut(text, id)
		if !found {
			return false
		}
		if !endsInID(before) && !beginsWithID(after) {
			return true
		}
		text = after
	}
}

func beginsWithID(text string) bool { return text != "" && ofID(text[0]) }
func endsInID(text string) bool     { return text != "" && ofID(text[len(text)-1]) }

func ofID(c byte) bool { return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' }
