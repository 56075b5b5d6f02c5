package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"muster/state/clean"
	"muster/tui/widget"
)

// An action is something a person can do. The table of all actions is the one
// source of keys, footers, help, palette, remapping and documentation.
type action struct {
	id    string // in the keys table of config.toml: "step.done"
	title string // what it does, as help and palette say it
	label string // in the footer, a word or two; "" keeps it out of the footer
	rank  int    // in the footer: the highest are left out first
	keys  []string
	on    scope // where it can be done
	fixed bool  // its keys cannot be changed
	// when says why it does not apply just now, a sentence; "" if it does. nil: it always does.
	when func(*App) string
	do   func(*App) tea.Cmd
	// now replaces label by what it would do at this moment. nil: label.
	now func(*App) string
}

func (act *action) why(a *App) string {
	if act.when == nil {
		return ""
	}
	return act.when(a)
}

// An ActionInfo describes an action for documentation.
type ActionInfo struct {
	ID     string   // what the keys table of config.toml calls it
	Title  string   // what it does
	Keys   []string // by default
	Places []string // the screens and dialogs it works in
	Fixed  bool     // its keys cannot be changed
}

// Actions lists every action with its keys, in the order in which help shows them.
func Actions() []ActionInfo {
	var infos []ActionInfo
	for _, act := range actionTable() {
		info := ActionInfo{ID: act.id, Title: act.title, Keys: act.keys, Fixed: act.fixed}
		for one := range act.on.each {
			info.Places = append(info.Places, one.name())
		}
		infos = append(infos, info)
	}
	return infos
}

// CheckKeys says what is wrong with a keys table, all of it; nil if nothing is.
func CheckKeys(keys map[string][]string) error {
	_, err := newKeyMap(actionTable(), keys)
	return err
}

// actionTable is the table. It is made anew each time, so that nobody can
// change another session's.
func actionTable() []action {
	var table []action
	for _, part := range [][]action{
		stepActions(), servicesActions(), noticeActions(), clockActions(), timelineActions(), homeActions(), truthActions(), drillActions(), incidentActions(),
		moveActions(), dialogActions(), globalActions(),
	} {
		table = append(table, part...)
	}
	return table
}

func globalActions() []action {
	return []action{
		{id: "palette", title: "Find any action, step, service, notice, contact, clock, role or entry", label: "find", rank: 1,
			keys: []string{":", "ctrl+p"}, on: onLists, do: openPalette},
		{id: "help", title: "Show all keys", label: "help", rank: 1,
			keys: []string{"?", "f1"}, on: onLists | onConfirm | onRefusal | onNotSaved | onEntry | onClaims | onReader | onInject, do: openHelp},
		{id: "help.typing", title: "Show all keys, while typing",
			keys: []string{"f1"}, on: onStart | onPrompt | onWriter, do: openHelp},
		{id: "mouse", title: "Switch the mouse off or on, to select text with the terminal",
			keys: []string{"m"}, on: onLists, do: (*App).toggleMouse},
		{id: "quit", title: "End muster; what was saved is safe", fixed: true,
			keys: []string{"ctrl+c"}, on: everywhere, do: (*App).quit},
		{id: "suspend", title: "Suspend muster",
			keys: []string{"ctrl+z"}, on: everywhere, when: (*App).noSuspend, do: func(*App) tea.Cmd { return tea.Suspend }},
	}
}

func (a *App) toggleMouse() tea.Cmd {
	a.mouse = !a.mouse
	a.said = "The mouse is off: select text with it."
	if a.mouse {
		a.said = "The mouse is on."
	}
	return nil
}

func (a *App) noSuspend() string {
	if a.opts.SSH {
		return "Over SSH there is nothing to suspend to."
	}
	return ""
}

func moveActions() []action {
	var table []action
	add := func(id, title string, m motion, list, search []string) {
		do := func(a *App) tea.Cmd { return a.move(m) }
		table = append(table, action{id: "move." + id, title: title, keys: list, on: onLists | onEntry | onClaims | onReader | onInject, do: do})
		if search != nil {
			table = append(table, action{id: "search." + id, title: title + ", while typing", keys: search, on: onSearch | onFilter, do: do})
		}
	}
	add("up", "One up", up, []string{"up", "k"}, []string{"up"})
	add("down", "One down", down, []string{"down", "j"}, []string{"down"})
	add("page-up", "A page up", pageUp, []string{"pgup", "ctrl+b"}, []string{"pgup"})
	add("page-down", "A page down", pageDown, []string{"pgdown", "ctrl+f"}, []string{"pgdown"})
	add("top", "To the top", toTop, []string{"home", "g"}, nil)
	add("bottom", "To the end", toBottom, []string{"end", "G"}, nil)
	return table
}

func (a *App) move(m motion) tea.Cmd {
	if top, ok := a.top().(mover); ok {
		return top.move(m)
	}
	return nil
}

func dialogActions() []action {
	return []action{
		{id: "take", title: "Take it", label: "take", keys: []string{"enter"}, fixed: true,
			on: onPrompt | onSearch | onConfirm | onFilter, do: withTop(taker.take), now: takeLabel},
		{id: "form.submit", title: "Take it, from any field", keys: []string{"ctrl+s"}, on: onPrompt, do: withTop(taker.take)},
		{id: "form.next", title: "To the next field, or complete a file's name", label: "next field", rank: 2,
			keys: []string{"tab"}, on: onPrompt | onStart, do: withTop(former.next)},
		{id: "form.back", title: "To the field before", keys: []string{"shift+tab"}, on: onPrompt | onStart, do: withTop(former.back)},
		{id: "form.newline", title: "A new line in a note", keys: []string{"alt+enter", "shift+enter", "ctrl+j"}, on: onPrompt, do: withTop(former.newline)},
		{id: "choose.other", title: "The other answer", label: "choose", keys: []string{"left", "right", "tab"}, on: onConfirm, when: whenTop((*confirm).noChoice), do: withTop((*confirm).other)},
		{id: "choose.yes", title: "Yes", label: "yes", keys: []string{"y"}, on: onConfirm, when: whenTop((*confirm).noChoice), do: withTop((*confirm).yes)},
		{id: "choose.no", title: "No", label: "no", keys: []string{"n"}, on: onConfirm, when: whenTop((*confirm).noChoice), do: (*App).cancel},
		{id: "refusal.override", title: "Do it all the same, with a reason", label: "override", keys: []string{"o"},
			on: onRefusal, when: whenTop((*refusalDialog).cannotOverride), do: withTop((*refusalDialog).override)},
		{id: "refusal.edit", title: "Change what was typed", label: "edit", keys: []string{"e"},
			on: onRefusal, when: whenTop((*refusalDialog).cannotEdit), do: withTop((*refusalDialog).edit)},
		{id: "refusal.leave", title: "Close, without doing anything", label: "close", keys: []string{"enter"}, on: onRefusal | onEntry | onReader, do: (*App).cancel},
		{id: "notsaved.retry", title: "Try again to save", label: "try again", keys: []string{"t"}, on: onNotSaved, do: withTop((*notSavedDialog).retry)},
		{id: "notsaved.rescue", title: "Write the log anew in its folder, and go on there", label: "rescue here", keys: []string{"r"},
			on: onNotSaved, do: withTop((*notSavedDialog).rescueHere)},
		{id: "notsaved.elsewhere", title: "Write the log anew in another folder, and go on there", label: "rescue elsewhere", keys: []string{"f"},
			on: onNotSaved, do: withTop((*notSavedDialog).rescueElsewhere)},
		{id: "cancel", title: "Close, without doing anything", label: "cancel", rank: 1, keys: []string{"esc"}, fixed: true,
			on: onDialogs | onFilter, do: (*App).cancel, now: cancelLabel},
	}
}

// cancelLabel is what escape does to the top dialog.
func cancelLabel(a *App) string {
	switch d := a.top().(type) {
	case *notSavedDialog:
		return "hide, and keep them"
	case *refusalDialog, *entryDialog, *message, *reader:
		return "" // enter does the same, and says so
	case *finder:
		return "close"
	case *writer:
		return "leave, and keep it"
	case *injectDialog:
		if !d.acknowledges() {
			return ""
		}
		return "later"
	}
	return "cancel"
}

// seek is the part of type P that an action means: the one that has the keys, or
// else the screen below the dialogs.
func seek[P any](a *App) (p P, ok bool) {
	if p, ok = a.top().(P); !ok {
		p, ok = a.screen().(P)
	}
	return p, ok
}

// withTop makes an action of a method of the part it means.
func withTop[P any](do func(P) tea.Cmd) func(*App) tea.Cmd {
	return func(a *App) tea.Cmd {
		if p, ok := seek[P](a); ok {
			return do(p)
		}
		return nil
	}
}

// whenTop makes a condition of a method of the part it means.
func whenTop[P any](when func(P) string) func(*App) string {
	return func(a *App) string {
		if p, ok := seek[P](a); ok {
			return when(p)
		}
		return "That is not possible here."
	}
}

// A taker does something on enter.
type taker interface {
	take() tea.Cmd
	takes() string // what that is, in a word or two
}

func takeLabel(a *App) string {
	if t, ok := a.top().(taker); ok {
		return t.takes()
	}
	return ""
}

// A former has fields to fill in.
type former interface {
	next() tea.Cmd
	back() tea.Cmd
	newline() tea.Cmd
}

// cancel closes the top dialog, or ends the filter.
func (a *App) cancel() tea.Cmd {
	if len(a.dialogs) == 0 {
		return withTop(canceler.cancel)(a)
	}
	d := a.dialogs[len(a.dialogs)-1]
	a.hide(d)
	if c, ok := d.(canceler); ok {
		return c.cancel()
	}
	return nil
}

// A canceler has something to do when it is left.
type canceler interface{ cancel() tea.Cmd }

// footer is the line of keys that work in the top screen.
func (a *App) footer(w int) string { return a.footerOf(a.screen().scope(), w) }

func (a *App) footerOf(s scope, w int) string {
	if a.said != "" {
		return a.theme.Warn.Render(widget.Pad(" "+clean.Line(clean.Bounded(a.said, 1000)), w))
	}
	return " " + a.hints(s, w-1)
}

// hints draws the keys that work in a scope.
func (a *App) hints(s scope, w int) string {
	var hints []widget.Hint
	for _, act := range a.keys.in(s) {
		label := act.label
		if act.now != nil {
			label = act.now(a)
		}
		same := func(h widget.Hint) bool { return h.Label == label }
		if label == "" || len(act.keys) == 0 || slices.ContainsFunc(hints, same) || act.why(a) != "" {
			continue
		}
		hints = append(hints, widget.Hint{Key: a.keySign(act.keys[0]), Label: label, Rank: act.rank})
	}
	return widget.KeyHints(a.theme, hints, w)
}

// keySign is how a key is shown.
func (a *App) keySign(key string) string {
	g := a.theme.Glyphs
	signs := map[string]string{"enter": g.EnterSign, "up": g.ArrowUp, "down": g.ArrowDown, "left": g.ArrowLeft, "right": g.ArrowRight}
	if sign := signs[key]; sign != "" {
		return sign
	}
	return key
}
