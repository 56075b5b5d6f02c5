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

// writing are the keys that edit a text, for the help of where letters are one.
func writing(u *UI, here Place) (all []Finding) {
	if here.Is&Typing == 0 || u.ByLine {
		return nil
	}
	for _, one := range [][2]string{
		{"ctrl+a ctrl+e", "To the start, to the end of the line"}, {"alt+b alt+f", "A word back, a word on"},
		{"ctrl+w alt+d", "Delete the word before, the word behind"}, {"ctrl+u ctrl+k", "Delete to the start, to the end of the line; again joins lines"},
		{"ctrl+y", "Put back what was deleted so"}, {"ctrl+_", "Take back the last change"},
	} {
		all = append(all, Finding{Kind: one[0], Text: one[1], Group: "Editing a text", Do: func() tea.Cmd {
			u.Say(one[0] + ": " + one[1] + ".")
			return nil
		}})
	}
	return all
}
