package kit

import (
	tea "charm.land/bubbletea/v2"
)

// A Row is an action of a screen or a dialog of type P, made of its methods. Tables of rows are
// data that the compiler lays out; what binds them to the screen stands once, in [Rows].
type Row[P any] struct {
	ID, Title, Label string   // as in [Action]
	Rank             int      // as in [Action]
	Keys             []string // as in [Action]
	Again, Finds     bool     // as in [Action]
	When             func(P) string
	If               func(*UI) string // instead of When, where it is not P that says it
	Do               func(P) tea.Cmd
	Records          func(P) string
	Now              func(P) string
}

// Rows are the actions of a table, all of which can be done in the same places.
func Rows[P any](on Where, rows []Row[P]) []Action {
	all := make([]Action, len(rows))
	for i := range rows {
		r := &rows[i]
		act := Action{ID: r.ID, Title: r.Title, Label: r.Label, Rank: r.Rank, Keys: r.Keys, Again: r.Again, Finds: r.Finds, On: on, When: r.If, Do: With(r.Do)}
		if r.When != nil {
			act.When = Unless(r.When)
		}
		if r.Records != nil {
			act.Records = Label(r.Records)
		}
		if r.Now != nil {
			act.Now = Label(r.Now)
		}
		all[i] = act
	}
	return all
}
