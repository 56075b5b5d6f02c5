package kit

import (
	tea "charm.land/bubbletea/v2"
)

// signs say what each sign means, for the end of the help. Line by line there are none:
// words are said for them.
func signs(u *UI) (all []Finding) {
	if u.ByLine {
		return nil
	}
	g := u.Theme.Glyphs
	for _, one := range [][2]string{
		{g.Todo, "to do"}, {g.Active, "under way"}, {g.Done, "done; of a service: said publicly to be so"}, {g.Decided, "decided"},
		{g.Waiting, "waits for another step, or for its time; of a service: something that it needs is hit"},
		{g.Blocked, "blocked: it says by what"}, {g.Confirm, "done, and waits for a second person"}, {g.Skipped, "skipped"},
		{g.Failed, "tried, and it did not work"}, {g.NotApplicable, "does not apply, by what was decided"},
		{g.Saved, "everything is saved"}, {g.Unsaved, "not saved, not so as it was said, or with two answers: it says which"},
		{g.Cursor, "chosen: keys act on it"}, {g.Ellipsis, "something is cut off here"},
	} {
		all = append(all, Finding{Kind: one[0], Text: "Sign: " + one[1], Group: "Signs", Late: true, Do: func() tea.Cmd {
			u.Say(one[0] + " means: " + one[1] + ".")
			return nil
		}})
	}
	return all
}
