package export

import (
	"maps"
	"slices"
	"strconv"

	"muster/state"
	"muster/state/sorted"
	"muster/state/view"
)

// openThings lists what is not finished, at most so many things; 0 for all.
func (r *report) openThings(most int) {
	if c := r.closing(); c != nil && len(c.Open)+c.More > 0 {
		r.para("The incident was **closed with ", counted(len(c.Open)+c.More, "thing", "things"), " open**", r.because(c.Why), ":")
		r.openTable(c.Open, most)
		if c.More > 0 {
			r.para("And ", number(c.More), " more, which the log does not name.")
		}
		return
	}
	if r.Gaps.Runbook {
		r.para("**A runbook's text is withheld**: which of its steps and services are still open cannot be told.")
	}
	if r.Gaps.Closed() {
		r.para("What ", entryRef(r.Gaps.End.Seq), " says was open when it closed the incident is withheld. By the entries that are not:")
	}
	if len(r.Open) == 0 && r.Gaps.Runbook {
		return
	}
	if len(r.Open) == 0 {
		r.para("Nothing: every required step is settled without failing, and every service that was hit is verified.")
		return
	}
	r.openTable(r.Open, most)
}

// openOrder is the order in which open things are told of, where not all are: what others
// wait for comes first.
var openOrder = []string{"contradiction", "service", "clock", "update", "notice", "confirmation", "timer", "role", "step"}

// openPlace is the place of a kind of open things in it; what people set stands by the timers.
func openPlace(what string) int {
	if at := slices.Index(openOrder, what); at >= 0 {
		return at
	}
	return slices.Index(openOrder, "timer")
}

// openAnnex lists them all.
func openAnnex(r *report) { r.openThings(0) }

func (r *report) openTable(items []view.OpenItem, most int) {
	if most == 0 {
		items = stepsTogether(items)
	}
	all, folded, untold := len(items), map[string]int{}, 0
	for _, item := range items {
		if item.What == "step" && item.State == string(state.Unseen) {
			untold++
		}
	}
	if most > 0 && all > most {
		items, folded = foremost(items, most)
	}
	r.table("What", "Which", "State")
	if n := folded["clock"]; n > 0 {
		r.row("clocks", number(n)+", see “Clocks”", "no entry meets them")
	}
	for _, item := range items {
		r.row(escaped(item.What), escaped(item.Name), escaped(r.zoned(item.State))+dueOf(r, item))
	}
	if n := folded["step"]; n > 0 {
		of, is := number(n-untold), markdown("not settled")
		if untold > 0 {
			of, is = "at least "+of, "not settled; of "+number(untold)+" more it is not known: what would tell is withheld"
		}
		r.row("steps", of+", see "+r.seeAnnex("open"), is)
	}
	r.end()
	if more := all - folded["clock"] - folded["step"] - len(items); more > 0 {
		r.para("And ", number(more), " more: ", r.seeAnnex("open"), ".")
	}
}

// stepsTogether has one thing for all steps that are open in the same way, where the first of
// them was: a row each, of some forty that nobody came to, hid what others wait for.
func stepsTogether(items []view.OpenItem) []view.OpenItem {
	var list []view.OpenItem
	at, count := map[string]int{}, map[string]int{} // by state: where they stand in list, and how many they are
	for _, item := range items {
		key := item.State
		if item.What != "step" || !item.Due.IsZero() {
			list = append(list, item)
			continue
		}
		if count[key]++; count[key] == 1 {
			at[key] = len(list)
			list = append(list, item)
			continue
		}
		list[at[key]].What = strconv.Itoa(count[key]) + " steps"
		list[at[key]].Name += "; " + item.Name
	}
	return list
}

// foremost are the things of which there is room to tell, where not all have it. Clocks and
// steps are counted in a row each: the first page tells of the clocks already, and some of
// many steps say nothing.
func foremost(items []view.OpenItem, most int) ([]view.OpenItem, map[string]int) {
	folded := map[string]int{"clock": 0, "step": 0}
	for _, item := range items {
		if _, ok := folded[item.What]; ok {
			folded[item.What]++
		}
	}
	maps.DeleteFunc(folded, func(_ string, n int) bool { return n < 2 })
	var list []view.OpenItem
	for _, item := range items {
		if folded[item.What] == 0 {
			list = append(list, item)
		}
	}
	sorted.Stable(list, func(a, b view.OpenItem) int { return openPlace(a.What) - openPlace(b.What) })
	return list[:min(len(list), most-len(folded))], folded
}

func (r *report) tallies() {
	r.heading(3, "Steps, counted")
	switch {
	case len(r.Phases) == 0 && r.Gaps.Runbook:
		r.para("No steps are counted: the runbook's text is withheld. What entries say of them stands under “Steps”.")
		return
	case len(r.Phases) == 0:
		r.para("No steps are known: the runbook's text cannot be read.")
		return
	case r.Gaps.Runbook:
		r.para("Those of a runbook whose text is withheld are not counted.")
	}
	if r.Tally == nil {
		r.para("No steps are counted: it is withheld which there are.")
		return
	}
	r.table("Phase", "Steps", "Done", "To confirm", "Failed", "Skipped", "Not applicable", "Blocked", "Under way", "To do again", "No entry", "Settled elsewhere")
	for _, phase := range r.Phases {
		tallyRow(r, number(phase.Number)+" "+escaped(phase.Title), phase.Tally)
	}
	tallyRow(r, "**All**", r.Tally)
	r.end()
	untold := markdown("")
	if n := r.Tally.Unseen; n > 0 {
		untold = "; where " + number(n) + " stand is not known: what would tell is withheld"
	}
	r.para("Skipped, failed and not applicable are not done. Done are ", least(r.Tally, r.Tally.Done), " of ", number(r.Tally.Total), " steps", untold, ".")
}

// least is a count of steps, or the least that it can be, where it is withheld where some stand.
func least(t *view.TallyRecord, n int) markdown {
	switch {
	case t.Unseen == 0:
		return number(n)
	case n == 0:
		return "not known"
	}
	return "at least " + number(n)
}

// noSteps says that no step came to something, or that this is not known.
func noSteps(r *report) markdown {
	if t := r.Tally; t != nil && t.Unseen > 0 {
		return "None is seen; whether there is one is not known: what would tell where " + counted(t.Unseen, "step stands", "steps stand") + " is withheld."
	}
	return none(r.Gaps, "None.")
}

func tallyRow(r *report, name markdown, t *view.TallyRecord) {
	row := []markdown{name, number(t.Total)}
	for _, n := range []int{t.Done, t.Unconfirmed, t.Failed, t.Skipped, t.NotApplicable, t.Blocked, t.Active, t.Reopened, t.NeverRun, t.Met} {
		row = append(row, least(t, n))
	}
	r.row(row...)
}

// dueOf says when an open thing is due; nothing of one that has no such time.
func dueOf(r *report, item view.OpenItem) markdown {
	for i := range r.Clocks {
		if c := &r.Clocks[i]; item.What == "clock" && c.ID == item.ID && c.Due.Known() != nil && !c.Withheld {
			return ", due " + r.minuteUTC(c.Due.Time)
		}
	}
	if item.Due.IsZero() {
		return ""
	}
	return ", due " + r.minuteUTC(item.Due)
}
