package export

import "muster/state/view"

// What the report for a wiki, that of an incident and that of a drill have in common.

// writeNotes lists observations; missing stands for none.
func writeNotes(p *page, notes []view.AARNote, missing markdown) {
	for _, n := range notes {
		p.item(0, inLines(n.Text), " (", escaped(n.By), ", ", entryRef(n.Seq), ")")
	}
	if len(notes) == 0 {
		p.item(0, missing)
	}
	p.end()
}

// writeCause says why it happened, and what contributed.
func writeCause(p *page, c *view.RootCause) {
	p.para(inLines(c.Text), " (", escaped(c.By), ", ", entryRef(c.Seq), ")")
	switch {
	case c.Factors == nil:
		p.para("What contributed is withheld.")
	case len(c.Factors) > 0:
		p.para("Contributing factors:")
		for _, factor := range c.Factors {
			p.item(0, inLines(factor))
		}
		p.end()
	}
}

// writeActions lists what was planned.
func writeActions(p *page, actions []view.ReviewAction) {
	p.table("No.", "Action", "Owner", "Due", "State", "Entry")
	for i := range actions {
		a := &actions[i]
		done := markdown("open")
		if a.Done != nil {
			done = "done " + p.minute(*a.Done)
			if a.Note != "" {
				done += ": " + escaped(a.Note)
			}
		}
		p.row(number(a.Number), inLines(a.What), orElse(escaped(a.Owner), "**nobody yet**"), orElse(escaped(a.Due), "**no date yet**"), done, ref(a.Seq))
	}
	p.end()
}

// reviewed tells, in the whole report, what people found; nothing if nobody has looked back.
func reviewed(r *report) {
	v := &r.Review
	if len(v.Good)+len(v.Bad)+len(v.Actions) == 0 && v.Cause == nil {
		return
	}
	r.heading(3, "Review")
	if v.Cause != nil {
		r.para("**Root cause**:")
		writeCause(&r.page, v.Cause)
	}
	for _, part := range []struct {
		title markdown
		notes []view.AARNote
	}{{"**Went well**:", v.Good}, {"**Did not go well**:", v.Bad}} {
		if len(part.notes) > 0 {
			r.para(part.title)
			writeNotes(&r.page, part.notes, "")
		}
	}
	if len(v.Actions) > 0 {
		r.para("**Actions**:")
		writeActions(&r.page, v.Actions)
	}
}
