package incident

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/state/clean"
	"muster/state/when"
	"muster/tui/kit"
)

func noFirst(o *Open) string {
	if len(state.FirstActs(o.Inc)) == 0 {
		return "The runbook names no first acts."
	}
	return ""
}

func showFirst(o *Open) tea.Cmd { return o.UI.Show(firstActs(o)) }

// firstActs lists what comes before all else, and leads there.
func firstActs(o *Open) kit.Dialog {
	var all []kit.Finding
	for _, s := range state.FirstActs(o.Inc) {
		hint := string(o.Inc.Status(s))
		if hint == string(state.Todo) {
			hint = "to do"
		}
		if s.By != "" && s.Status.Settled() {
			hint += " by " + kit.Person(s.By)
		}
		all = append(all, kit.Finding{Kind: s.Number, Text: clean.Row(s.Title), Hint: hint, Do: func() tea.Cmd { return o.LeadTo("step", s.ID) }})
	}
	return kit.NewFinder(o.UI, "FIRST, before all else; take one to go to it", all)
}

// firstText is what comes before all else, a line each.
func firstText(o *Open) string {
	var lines []string
	for _, s := range state.FirstActs(o.Inc) {
		lines = append(lines, s.Number+" "+s.Title)
	}
	return strings.Join(lines, "\n")
}

// greet shows, once, what matters before all else to somebody who comes: the first acts to
// who has done nothing here yet, what has happened since to who has.
func (o *Open) greet() {
	if o.Watch || o.Inc.Closed != nil || o.Rests() != "" {
		return
	}
	at := state.Acted(o.Inc, o.UI.Person)
	switch {
	case o.UI.Person != "" && at > 0:
		if d := o.since(at); d != nil && !o.UI.ByLine { // line by line the news are told anyway
			o.UI.Raise(d)
		}
	case !unsettled(state.FirstActs(o.Inc), o.Inc):
	case o.UI.ByLine:
		o.UI.Tell("FIRST, before all else", firstText(o))
	default:
		o.UI.Raise(firstActs(o))
	}
}

// Looks is told that the person looks at the screens again, or does not any more: who comes
// back after a while is told what has happened meanwhile.
func (o *Open) Looks(again bool) {
	if !again {
		o.away, o.awayAt = o.UI.Now(), o.Inc.Head.Seq
		return
	}
	if !o.away.IsZero() && o.UI.Now().Sub(o.away) >= awhile && !o.Watch && o.back.present == nil {
		if d := o.news(o.away, o.awayAt); d != nil {
			o.UI.Raise(d)
		}
	}
	o.away = time.Time{}
}

// unsettled reports whether any of the steps is still to be done.
func unsettled(steps []*state.Step, inc *state.Incident) bool {
	for _, s := range steps {
		if !inc.Status(s).Settled() {
			return true
		}
	}
	return false
}

// mostSince is how many entries are told to somebody who comes back.
const mostSince = 20

// awhile is how long somebody is away before they are told what has happened since.
const awhile = 5 * time.Minute

// since tells somebody who comes back what others have done after an entry, newest first;
// nil if it is not worth a word.
func (o *Open) since(seq uint64) kit.Dialog {
	was, ok := o.Inc.Entry(seq)
	if !ok || o.UI.Now().Sub(was.Recorded) < awhile {
		return nil
	}
	return o.news(was.Recorded, seq)
}

// news lists what was recorded after an entry, newest first, for who was here last at a
// time; nil if there is nothing.
func (o *Open) news(last time.Time, seq uint64) kit.Dialog {
	var all []kit.Finding
	more := 0
	for at := o.Inc.Head.Seq; at > seq; at-- {
		e, ok := o.Inc.Entry(at)
		if !ok || e.Kind == state.KindSessionOpened {
			continue
		}
		if len(all) == mostSince {
			more++
			continue
		}
		all = append(all, kit.Finding{Kind: kit.ClockTime(e.When(), o.UI.Now()), Text: clean.Row(strings.TrimSpace(kit.Person(e.By.Name) + " " + o.Describe(e))),
			Do: func() tea.Cmd { return o.LeadTo("entry", strconv.FormatUint(at, 10)) }})
	}
	if len(all) == 0 {
		return nil
	}
	title := fmt.Sprintf("You were here %s; since then: %d", when.Ago(last, o.UI.Now()), len(all)+more)
	if more > 0 {
		title += fmt.Sprintf(", the last %d of which are these", mostSince)
	}
	return kit.NewFinder(o.UI, title, all)
}
