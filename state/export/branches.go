package export

import (
	"muster/state"
	"muster/state/view"
)

// An apartPart tells of the other logs of the incident that there are, or were.
type apartPart struct{ *report }

// unsettled counts what has two answers that nobody has settled.
func (r apartPart) unsettled() (n int) {
	for i := range r.Two {
		if r.Two[i].Settled == nil {
			n++
		}
	}
	return n
}

// rows say in the head that the log is a branch, and that branches were merged.
func (r apartPart) rows() {
	if b := r.Branch; b != nil {
		r.row("Branch", strong("BRANCH")+" of "+orElse(escaped(b.Source), "a log whose place is withheld")+", which it left behind "+entryRef(b.Entry)+" at "+r.atUTC(b.At)+": what was recorded there since is not in this report")
	}
	if len(r.Merges) > 0 {
		taken := 0
		for i := range r.Merges {
			taken += r.Merges[i].Taken
		}
		r.row("Merged", counted(len(r.Merges), "branch", "branches")+", "+counted(taken, "entry", "entries")+" taken over: "+r.seeAnnex("branches"))
	}
	switch open := r.unsettled(); {
	case len(r.Two) == 0:
	case open > 0:
		r.row("Two answers", strong(counted(open, "thing has two answers that nobody has settled", "things have two answers that nobody has settled"))+": "+r.seeAnnex("branches"))
	default:
		r.row("Two answers", counted(len(r.Two), "thing had two answers, and was settled", "things had two answers, and each was settled")+": "+r.seeAnnex("branches"))
	}
}

// annex tells of each merge, and of what has two answers by it.
func (r apartPart) annex() {
	if b := r.Branch; b != nil {
		heard := markdown("it is not known when that was heard last")
		if b.Heard != nil {
			heard = "that was heard last at " + r.atUTC(*b.Heard)
		}
		r.para("**This log is a branch** of ", orElse(escaped(b.Source), "a log whose place is withheld"), ": people went on in a copy of it (", entryRef(b.Seq), ", ", escaped(b.By), ", ", r.atUTC(b.At),
			"). The other side is known to have ", entryRef(b.Entry), ", head ", markdown(b.Code), "; ", heard, ".")
	}
	if len(r.Merges) > 0 {
		r.table("Entry", r.timed("Merged"), "Who", "From", "Entries there", "Begin alike up to", "Taken over")
		for i := range r.Merges {
			m := &r.Merges[i]
			r.row(ref(m.Seq), r.at(m.At), escaped(m.By), orElse(escaped(string(m.Source)), "withheld"), number(m.Entries), ref(m.Common), number(m.Taken))
		}
		r.end()
	}
	if len(r.Two) == 0 {
		r.para("Nothing was found of which the logs say different things.")
		return
	}
	for i := range r.Two {
		r.twoAnswers(&r.Two[i])
	}
}

// twoAnswers tells of one thing that has two answers.
func (r apartPart) twoAnswers(two *view.TwoAnswers) {
	name := escaped(two.Name)
	if two.What != state.OfAmendment {
		name = escaped(string(two.What)) + " " + name
	}
	r.heading(3, "Two answers: "+name)
	r.table("Entry", r.timed("When"), "Who", "Where it was recorded", "What")
	for _, a := range two.Answers {
		where := markdown("in this log")
		if a.From != 0 {
			where = "in a branch, as entry " + number(a.From)
		}
		r.row(ref(a.Seq), r.at(a.At), escaped(a.By), where, escaped(a.Says))
	}
	r.end()
	s := two.Settled
	if s == nil {
		r.para("**Not settled**: since ", entryRef(two.Merged), " both stand, and nobody has said which holds.")
		return
	}
	holds := markdown("all of them happened")
	if s.Holds != 0 {
		holds = entryRef(s.Holds) + " holds"
	}
	r.para("Settled by ", escaped(s.By), " at ", r.atUTC(s.At), " (", entryRef(s.Seq), "): **", holds, "**", r.because(s.Why), ".")
}

// legend says what marks entries that come from branches.
func (r apartPart) legend() {
	if len(r.Merges) > 0 {
		r.item(0, "“From a branch” marks an entry that people recorded in a copy of this log while the two could not reach each other, with its number there. It was taken over with its person and the time at which it happened; “recorded” is when it was taken over. ",
			"The branch's own lines are kept with the evidence.")
	}
}

// branchesAnnex is the annex that tells of branches.
func branchesAnnex(r *report) { apartPart{r}.annex() }
