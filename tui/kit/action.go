package kit

import (
	"strings"

	tea "charm.land/bubbletea/v2"
)

// An Action is something a person can do. The table of all actions is the one
// source of keys, footers, help, palette, remapping and documentation.
type Action struct {
	ID    string // in the keys table of config.toml: "step.done"
	Title string // what it does, as help and palette say it
	Label string // in the footer, a word or two; "" keeps it out of the footer
	Rank  int    // in the footer: the highest are left out first
	Keys  []string
	On    Where // where it can be done
	Fixed bool  // its keys cannot be changed
	Again bool  // it moves or looks: a key held down does it again and again
	// When says why it does not apply just now, a sentence; "" if it does. nil: it always does.
	When func(*UI) string
	Do   func(*UI) tea.Cmd
	// Records says what it would record at once, without a form; "" if it would not. A
	// letter then only says so, and enter does it. nil: it never does.
	Records func(*UI) string
	// Sure is that on an alarm, where a word may be meant, its letter only says what it
	// would do, and enter does it.
	Sure bool
	// Finds is that it opens a line to find by, of which nothing lasts: what a line with lag
	// delivers in one heap with its key is typed there.
	Finds bool
	// Now replaces Label by what it would do at this moment. nil: Label.
	Now func(*UI) string
}

// Offered reports whether it is offered to who acts: it applies, and is not another's to do.
// What is not offered its key may do all the same.
func (act *Action) Offered(u *UI) bool {
	return act.Why(u) == "" && (act.Label == "" || act.Now == nil || act.Now(u) != "")
}

// ShortName is the last word of an action's id: "done" of step.done.
func ShortName(id string) string { return id[strings.LastIndexByte(id, '.')+1:] }

// Word is what the action is called where it is done by a word: its label, if that is a
// word, or else the last one of its id. Another action may be called so too.
func (act *Action) Word() string {
	if act.Label != "" && !strings.Contains(act.Label, " ") {
		return act.Label
	}
	return ShortName(act.ID)
}

// Why says why the action does not apply just now, a sentence; "" if it does.
func (act *Action) Why(u *UI) string {
	if act.When == nil {
		return ""
	}
	return act.When(u)
}

// seek is the part of type P that an action means: the one that has the keys, or
// else the screen below the dialogs.
func seek[P any](u *UI) (p P, ok bool) {
	if p, ok = u.Top().(P); !ok {
		p, ok = u.Screen().(P)
	}
	return p, ok
}

// With makes an action of a method of the part it means.
func With[P any](do func(P) tea.Cmd) func(*UI) tea.Cmd {
	return func(u *UI) tea.Cmd {
		if p, ok := seek[P](u); ok {
			return do(p)
		}
		return nil
	}
}

// Unless makes a condition of a method of the part an action means.
func Unless[P any](why func(P) string) func(*UI) string {
	return func(u *UI) string {
		if p, ok := seek[P](u); ok {
			return why(p)
		}
		return "That is not possible here."
	}
}

// Label makes what an action would do at this moment of a method of the part it means.
func Label[P any](label func(P) string) func(*UI) string {
	return func(u *UI) string {
		if p, ok := seek[P](u); ok {
			return label(p)
		}
		return ""
	}
}
