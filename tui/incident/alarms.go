package incident

import (
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/state/clean"
	"muster/state/response"
	"muster/state/sorted"
	"muster/tui/kit"
	"muster/tui/widget"
)

// mostAlerts is how many alerts are kept until the person has seen them.
const mostAlerts = 20

// A due is a time at which the screens ring, once.
type due struct {
	key  string
	at   time.Time
	text string // raw
}

// Alarms ring when something falls due or is not true any more, and keep why until
// the person has seen it.
type Alarms struct {
	*Case
	outbox *Outbox
	alerts []string // what rang and was not seen yet, clean
	dues   []due    // what is to ring, as of dueSeq
	dueSeq uint64
	rung   map[string]bool // by due
	// passing are the keys of what rang, by alert: an alert goes when what it tells of is over.
	passing map[string]string
	missed  map[string]bool // clocks whose passing was recorded from here
}

// ring makes the terminal ring, and shows why until the person has seen it.
func (a *Alarms) ring(texts ...string) tea.Cmd {
	for _, text := range texts {
		a.alerts = append(a.alerts, alertText(text))
	}
	a.alerts = a.alerts[max(0, len(a.alerts)-mostAlerts):]
	if len(texts) == 0 {
		return nil
	}
	return kit.Ring(a.UI, a.name(), clean.Row(strings.Join(texts, "; ")))
}

// What the keys of alerts begin with: a promised update, a clock that is about to run out or
// that has, a service that is down again, a notice that is not true.
const (
	updateKey    = "update "
	nearKey      = "near "
	clockKey     = "clock "
	regressedKey = "regressed "
	staleKey     = "stale "
)

func alertText(text string) string { return clean.Row(text) }

// passes is text, which rings of what has a key: its alert goes when that is over.
func (a *Alarms) passes(key, text string) string {
	if a.passing == nil {
		a.passing = make(map[string]string)
	}
	a.passing[alertText(text)] = key
	return text
}

// dropOver takes the alerts away that tell of what is over: an update that was given, a clock,
// timer or call that has ended, a service or a notice that is put right.
func (a *Alarms) dropOver() {
	if a.dueSeq != a.Inc.Head.Seq {
		a.dues, a.dueSeq = a.allDues(kit.Wall(a.UI).Location()), a.Inc.Head.Seq
	}
	a.alerts = sorted.Without(a.alerts, func(text string) bool {
		key, passes := a.passing[text]
		return passes && !a.stands(key)
	})
}

// stands reports whether that which has a key is not over.
func (a *Alarms) stands(key string) bool {
	if id, is := strings.CutPrefix(key, regressedKey); is {
		sv := a.Inc.Service(id)
		return sv != nil && sv.State == state.Regressed
	}
	if id, is := strings.CutPrefix(key, staleKey); is {
		n := a.Inc.Notice(id)
		return n != nil && len(n.Failings(a.Inc)) > 0
	}
	if id, is := strings.CutPrefix(key, clockKey); is {
		c := a.Inc.Clock(id) // no due any more once it is recorded as missed
		return c != nil && c.Running()
	}
	return slices.ContainsFunc(a.dues, func(d due) bool { return d.key == key })
}

// dropUpdates takes away what asks for a promised update, once the incident is closed: nobody
// can give it here, and the close and the report say what became of it.
func (a *Alarms) dropUpdates() {
	a.alerts = sorted.Without(a.alerts, func(text string) bool {
		key := a.passing[text]
		asks := strings.HasPrefix(key, updateKey)
		if asks {
			delete(a.rung, key) // it rings anew if the incident is opened again
		}
		return asks
	})
}

func (a *Alarms) noAlert() string {
	if len(a.alerts) == 0 {
		return "There is no alert."
	}
	return ""
}

// seen takes the alert away that is shown. Where nothing is shown it says which that was.
func (a *Alarms) seen() tea.Cmd {
	last := len(a.alerts) - 1
	text := a.alerts[last]
	a.alerts = a.alerts[:last]
	if a.UI.ByLine {
		a.UI.Say("Seen: " + text + ". Left: " + kit.Plural(last, "alert") + ".")
	}
	return nil
}

// WayOut says, line by line, where that which an alert tells of can be put right, and what takes
// the alert away; "" of what did not ring.
func (a *Alarms) WayOut(text string) string {
	if !slices.Contains(a.alerts, text) {
		return ""
	}
	screen := ""
	switch key, _, _ := strings.Cut(a.passing[text], " "); key + " " {
	case updateKey, staleKey, "call ":
		screen = "“notices” has it; "
	case regressedKey:
		screen = "“services” has it; "
	case nearKey, clockKey, "timer ", "promise ":
		screen = "“clocks” has it; "
	}
	return screen + "“seen” takes the alert away."
}

// due rings what has fallen due, each once.
func (a *Alarms) due(now time.Time) tea.Cmd {
	if a.dueSeq != a.Inc.Head.Seq {
		a.dropOver()
	}
	var texts []string
	for _, d := range a.dues {
		if now.Before(d.at) || a.rung[d.key] {
			continue
		}
		a.rung[d.key] = true
		texts = append(texts, a.passes(d.key, d.text))
	}
	return a.ring(texts...)
}

// allDues lists everything that has a time to ring at.
func (a *Alarms) allDues(loc *time.Location) []due {
	var list []due
	inc := a.Inc
	for i := range inc.Clocks {
		if c := &inc.Clocks[i]; c.Running() && c.Missed == 0 && !c.Uncounted() && !c.AtOnce(loc) {
			at := c.Due(loc)
			if warns := c.Warns(loc); !warns.IsZero() && a.UI.Now().Before(at) {
				list = append(list, due{nearKey + c.ID + at.String(), warns, "DUE " + kit.ClockTime(at, a.UI.Now()) + ": " + c.Def.Title})
			}
			list = append(list, due{clockKey + c.ID, at, "OVERDUE: " + c.Def.Title})
		}
	}
	for _, p := range state.PendingOf(inc) {
		if state.Runs(p) {
			key := p.Noun().Key()
			list = append(list, due{key + " " + p.Named().ID, p.DueAt(), strings.ToUpper(key) + ": " + p.Named().Title})
		}
	}
	for i := range inc.Notices {
		n := &inc.Notices[i]
		if at := n.NextUpdate(inc); !at.IsZero() {
			list = append(list, due{updateKey + n.ID + at.String(), at, "UPDATE DUE: " + n.Def.Title})
		}
	}
	for i := range inc.Contacts {
		c := &inc.Contacts[i]
		if at := c.CallBackAt(inc); !at.IsZero() {
			list = append(list, due{"call " + c.ID + at.String(), at, "CALL BACK: " + c.Def.Title})
		}
	}
	return list
}

// missClocks records the clocks whose time is up, each once.
func (a *Alarms) missClocks(now time.Time) tea.Cmd {
	if a.Rests() != "" {
		return nil
	}
	var cmds []tea.Cmd
	for _, action := range response.Missed(a.Inc, now) {
		clock := action.Command.(state.MissClock).Clock
		if !a.missed[clock] {
			a.missed[clock] = true
			cmds = append(cmds, a.outbox.Do(&Saving{Action: action, ByItself: true}))
		}
	}
	return tea.Batch(cmds...)
}

// alertLines are the newest alert, in two rows at most, and how many more wait.
func (a *Alarms) alertLines(w int) []string {
	tail := "  (" + a.UI.KeyOf("alert.seen") + ": seen"
	if n := len(a.alerts) - 1; n > 0 {
		tail += ", " + kit.Plural(n, "more alert")
	}
	tail += ")"
	lines := widget.Wrap(a.UI.Theme.Glyphs.Unsaved+" "+a.alerts[len(a.alerts)-1], max(8, w-2))
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

// mergedAlert is what rings when two answers stand of more things than before. The alert
// that rang of them is kept true, and goes when nothing is left to settle.
func (a *Alarms) mergedAlert(before int) string {
	const begins = "MERGED: "
	n := len(state.Contradicting(a.Inc))
	if n == before {
		return ""
	}
	rang := len(a.alerts)
	a.alerts = sorted.Without(a.alerts, func(text string) bool { return strings.HasPrefix(text, begins) })
	text := begins + "two answers stand of " + kit.Plural(n, "thing") + "; " + a.UI.KeyOf("settle") + " settles them"
	if n > before {
		return text
	}
	if n > 0 && len(a.alerts) < rang {
		a.alerts = append(a.alerts, alertText(text))
	}
	return ""
}
