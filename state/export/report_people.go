package export

import (
	"slices"

	"muster/state"
	"muster/state/view"
)

func (r *report) roles() {
	if len(r.Roles) == 0 && !slices.ContainsFunc(r.Unplaced, func(u view.Unplaced) bool { return u.What == "role" }) {
		return
	}
	r.heading(3, "Roles")
	r.unplaced("role")
	if len(r.Roles) == 0 {
		return
	}
	r.table("Role", "Held by", r.timed("From"), "Entry")
	for _, role := range r.Roles {
		if len(role.History) == 0 {
			r.row(escaped(role.Title), none(r.Gaps, state.NobodyNamed), "", "")
		}
		for _, change := range role.History {
			r.row(escaped(role.Title), orElse(escaped(change.To), none(r.Gaps, "laid down")), r.at(change.At), ref(change.Seq))
		}
	}
	r.end()
}

func (r *report) people() {
	r.heading(3, "People who made entries")
	r.table("Person", "Roles, at some time", "From", "Entries")
	for _, person := range r.People {
		r.row(escaped(person.Name), escapedList(person.Roles), escapedList(person.Via), number(person.Entries))
	}
	if u := r.Unnamed; u != nil {
		r.row(unnamed(u), escapedList(u.Roles), escapedList(u.Via), number(u.Entries))
	}
	r.end()
	pairs, told := state.Alike(r.inc)
	for i, pair := range pairs {
		word := markdown("nobody has said that they are two persons")
		if told[i] {
			word = "an entry with an override says that they are two persons"
		}
		r.para("**", escaped(state.Spelled(pair[0])), " and ", escaped(state.Spelled(pair[1])), " look alike**: ", word, ".")
	}
	for _, e := range state.WithoutTerminal(r.inc) {
		r.para(strong(escaped(r.inc.Describe(e))), " (", entryRef(e.Seq), "). What is recorded by that name from there on may be the work of who has the account.")
	}
	r.para("Names are what people said of themselves. The role behind a name is one that they held when the entry was written, of several the one that the act asks for. Entries by “", state.Muster, "” are the program's own: what was mended, and what it found of itself, such as a clock whose time was up. Which machine and clock somebody used is an entry under their name, and counted there.")
}

func escapedList(texts []string) markdown {
	var out markdown
	for i, text := range texts {
		if i > 0 {
			out += ", "
		}
		out += escaped(text)
	}
	return out
}

// peopleAnnex is who did what.
func peopleAnnex(r *report) {
	r.roles()
	r.handovers()
	r.people()
}
