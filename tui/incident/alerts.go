package incident

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/state/clean"
	"muster/tui/kit"
	"muster/tui/widget"
)

// Bell is what makes a terminal ring.
const Bell = "\a"

// mostAlerts is how many alerts are kept until the person has seen them.
const mostAlerts = 20

// A due is a time at which the screens ring, once.
type due struct {
	key  string
	at   time.Time
	text string // raw
}

// ring makes the terminal ring, and shows why until the person has seen it.
func (o *Open) ring(texts ...string) tea.Cmd {
	for _, text := range texts {
		o.alerts = append(o.alerts, clean.Line(clean.Bounded(text, 400)))
	}
	o.alerts = o.alerts[max(0, len(o.alerts)-mostAlerts):]
	if len(texts) == 0 {
		return nil
	}
	return tea.Raw(Bell)
}

func (o *Open) noAlert() string {
	if len(o.alerts) == 0 {
		return "There is no alert."
	}
	return ""
}

// seen takes the alert away that is shown.
func (o *Open) seen() tea.Cmd {
	o.alerts = o.alerts[:len(o.alerts)-1]
	return nil
}

// Second is what happens by itself, once a second: what falls due rings, a clock
// that is overdue becomes an entry, and what was announced is looked at again.
func (o *Open) Second() tea.Cmd {
	if o.Inc.Closed != nil {
		return nil
	}
	now := o.UI.Now()
	if o.dueSeq != o.Inc.Head.Seq {
		o.dues, o.dueSeq = o.allDues(now.Location()), o.Inc.Head.Seq
	}
	var texts []string
	for _, d := range o.dues {
		if now.Before(d.at) || o.rung[d.key] {
			continue
		}
		o.rung[d.key] = true
		texts = append(texts, d.text)
	}
	cmds := []tea.Cmd{o.ring(texts...), o.missClocks(now), o.watchServices(now)}
	for _, p := range o.parts {
		if p, ok := p.(ticker); ok {
			cmds = append(cmds, p.Tock(now))
		}
	}
	return tea.Batch(cmds...)
}

// allDues lists everything that has a time to ring at.
func (o *Open) allDues(loc *time.Location) []due {
	var list []due
	inc := o.Inc
	for i := range inc.Clocks {
		if c := &inc.Clocks[i]; c.Running() && c.Missed == 0 {
			list = append(list, due{"clock " + c.ID, c.Due(loc), "OVERDUE: " + c.Def.Title})
		}
	}
	for i := range inc.Timers {
		if timer := &inc.Timers[i]; timer.Ended.IsZero() {
			list = append(list, due{"timer " + timer.ID, timer.Due, "TIMER: " + timer.Title})
		}
	}
	for i := range inc.Notices {
		n := &inc.Notices[i]
		if at := inc.NextUpdate(n); !at.IsZero() {
			list = append(list, due{"update " + n.ID + at.String(), at, "UPDATE DUE: " + n.Def.Title})
		}
	}
	for i := range inc.Contacts {
		c := &inc.Contacts[i]
		if at := c.CallBackAt(); !at.IsZero() {
			list = append(list, due{"call " + c.ID + at.String(), at, "CALL BACK: " + c.Def.Title})
		}
	}
	return list
}

// missClocks records the clocks whose time is up, each once.
func (o *Open) missClocks(now time.Time) tea.Cmd {
	if o.Cannot() != "" || o.Stuck != nil {
		return nil
	}
	var cmds []tea.Cmd
	for _, c := range o.Inc.Overdue(now, now.Location()) {
		if !o.missed[c.ID] {
			o.missed[c.ID] = true
			cmds = append(cmds, o.Do(&Saving{Action: state.Action{Command: state.MissClock{Clock: c.ID, Due: c.Due(now.Location())}}, ByItself: true}))
		}
	}
	return tea.Batch(cmds...)
}

// compare rings when what was true is not any more, whoever found out; a service
// comes last, so that it is seen first.
func (o *Open) compare(before *state.Incident) tea.Cmd {
	var texts []string
	for _, n := range o.Inc.StaleNotices() {
		if was := before.Notice(n.ID); was != nil && len(before.Stale(was)) == 0 {
			if _, sent := was.LastSent(); sent != nil { // what is stale as it is sent was overridden
				texts = append(texts, "STALE: "+n.Def.Title+": "+o.StaleReasons(n)[0])
			}
		}
	}
	for i := range o.Inc.Services {
		sv := &o.Inc.Services[i]
		was := before.Service(sv.ID)
		if sv.State == state.Regressed && (was == nil || was.State != state.Regressed) {
			texts = append(texts, "REGRESSED: "+sv.Def.Title+": "+sv.Why)
		}
	}
	return tea.Batch(o.ring(texts...), o.offered(before))
}

// alertLines are the newest alert, in two rows at most, and how many more wait.
func (o *Open) alertLines(w int) []string {
	tail := "  (" + o.UI.KeyOf("alert.seen") + ": seen"
	if n := len(o.alerts) - 1; n > 0 {
		tail += ", " + kit.Plural(n, "more alert")
	}
	tail += ")"
	lines := widget.Wrap(o.UI.Theme.Glyphs.Unsaved+" "+o.alerts[len(o.alerts)-1], max(8, w-2))
	if len(lines) > 2 {
		lines = []string{lines[0], lines[1] + " " + lines[2]}
	}
	last := len(lines) - 1
	room := w - 2 - widget.Width(tail)
	switch {
	case widget.Width(lines[last]) <= room:
		lines[last] += tail
	case len(lines) == 1:
		lines = append(lines, tail)
	default:
		lines[last] = widget.Truncate(lines[last], room) + tail
	}
	return lines
}
