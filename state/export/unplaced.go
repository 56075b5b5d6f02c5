package export

// unplaced lists what the log still shows of one kind of things whose runbook is
// withheld. It reports whether there are any.
func (r *report) unplaced(what string) bool {
	some := false
	for _, u := range r.Unplaced {
		if u.What != what {
			continue
		}
		if !some {
			r.para("Entries name, by id alone:")
			r.table("Id", "Recorded last", r.timed("When"), "By", "Entries")
			some = true
		}
		r.row(escaped(u.ID), escaped(u.Last), r.atOrNot(u.At), escaped(u.By), entryRefs(u.Seqs))
	}
	if some {
		r.end()
	}
	return some
}
