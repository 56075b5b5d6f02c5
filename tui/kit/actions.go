package kit

import tea "charm.land/bubbletea/v2"

// The places of the dialogs that every screen has, and of a list's filter.

// OnPrompt is a dialog with fields to fill in.
func OnPrompt() Place { return Place{Name: "prompt", Is: Over | Typing | Fields} }

// OnSearch is the palette, help, or a list to choose from.
func OnSearch() Place { return Place{Name: "palette and help", Is: Over | Typing | Search} }

// OnFilter is typing into the filter of a screen's list.
func OnFilter() Place { return Place{Name: "filter", Is: Typing | Search} }

// OnConfirm is a question, or a message.
func OnConfirm() Place { return Place{Name: "question", Is: Over} }

// MoveActions move cursors.
func MoveActions() []Action {
	rows := [...]struct {
		id, title    string
		motion       Motion
		list, search []string
	}{
		{"up", "One up", Up, []string{"up", "k"}, []string{"up"}},
		{"down", "One down", Down, []string{"down", "j"}, []string{"down"}},
		{"page-up", "A page up", PageUp, []string{"pgup", "ctrl+b"}, []string{"pgup"}},
		{"page-down", "A page down", PageDown, []string{"pgdown", "ctrl+f"}, []string{"pgdown"}},
		{"top", "To the top", ToTop, []string{"home", "g"}, []string{"home", "ctrl+home"}},
		{"bottom", "To the end", ToBottom, []string{"end", "G"}, []string{"end", "ctrl+end"}},
	}
	table := make([]Action, 0, 2*len(rows))
	for _, row := range rows {
		do := func(u *UI) tea.Cmd { return u.Move(row.motion) }
		table = append(table,
			Action{ID: "move." + row.id, Title: row.title, Keys: row.list, On: Every(List | Page), Again: true, Do: do},
			Action{ID: "search." + row.id, Title: row.title + ", while typing", Keys: row.search, On: Every(Search), Again: true, Do: do})
	}
	return table
}

// FormActions are what can be done with fields, and with a question.
func FormActions() []Action {
	return []Action{
		{ID: "take", Title: "Take it", Label: "take", Keys: []string{"enter"}, Fixed: true,
			On: At(OnPrompt(), OnSearch(), OnConfirm(), OnFilter()), Do: With(Taker.Take), Now: TakeLabel},
		{ID: "form.submit", Title: "Take it, from any field", Keys: []string{"ctrl+s"}, On: At(OnPrompt()), Do: With(Taker.Take)},
		{ID: "form.next", Title: "To the next field, or complete a file's name", Label: "next field", Rank: 2,
			Keys: []string{"tab"}, On: Every(Fields), Again: true, Do: With(Former.Next)},
		{ID: "form.back", Title: "To the field before", Keys: []string{"shift+tab"}, On: Every(Fields), Again: true, Do: With(Former.Back)},
		{ID: "form.newline", Title: "A new line in a note", Keys: []string{"alt+enter", "shift+enter", "ctrl+j"}, On: At(OnPrompt()), Again: true, Do: With(Former.Newline)},
		{ID: "choose.other", Title: "The other answer", Label: "choose", Keys: []string{"left", "right", "tab"}, On: At(OnConfirm()), When: Unless((*Confirm).noChoice), Again: true, Do: With((*Confirm).other)},
		{ID: "choose.yes", Title: "Yes", Label: "yes", Keys: []string{"y"}, On: At(OnConfirm()), When: Unless((*Confirm).noChoice), Do: With((*Confirm).yes)},
		{ID: "choose.no", Title: "No", Label: "no", Keys: []string{"n"}, On: At(OnConfirm()), When: Unless((*Confirm).noChoice), Do: (*UI).Cancel},
	}
}

// CancelActions lead out of dialogs.
func CancelActions() []Action {
	return []Action{
		{ID: "cancel", Title: "Close, without doing anything", Label: "cancel", Rank: 1, Keys: []string{"esc"}, Fixed: true,
			On: Where(Every(Over)).Or(OnFilter()), Do: (*UI).Cancel, Now: cancelLabel},
	}
}

// GlobalActions are what can be done wherever one is.
func GlobalActions() []Action {
	letters := func(p Place) bool { return p.Is&Typing != 0 }
	return []Action{
		{ID: "palette", Title: "Find any action, step, service, notice, contact, clock, role or entry", Label: "find", Rank: 1,
			Keys: []string{":", "ctrl+p"}, On: Every(List), Finds: true, Do: openPalette},
		{ID: "help", Title: "Show all keys", Label: "help", Rank: 1,
			Keys: []string{"?", "f1"}, On: func(p Place) bool { return !letters(p) }, Finds: true, Do: openHelp},
		{ID: "help.typing", Title: "Show all keys, while typing",
			Keys: []string{"f1"}, On: func(p Place) bool { return letters(p) && p.Is&Search == 0 }, Do: openHelp},
		{ID: "mouse", Title: "Switch the mouse off or on, to select text with the terminal",
			Keys: []string{"m"}, On: Every(List), Do: (*UI).toggleMouse},
		{ID: "quit", Title: "End muster; what was saved is safe", Fixed: true,
			Keys: []string{"ctrl+c"}, On: Anywhere, Do: (*UI).Quit},
		{ID: "repaint", Title: "Draw everything anew: something else has written on the terminal",
			Keys: []string{"ctrl+l"}, On: Anywhere, Again: true, Do: repaint},
		{ID: "suspend", Title: "Suspend muster",
			Keys: []string{"ctrl+z"}, On: Anywhere, When: (*UI).noSuspend, Again: true, Do: func(*UI) tea.Cmd { return tea.Suspend }},
	}
}

// repaint has the terminal drawn as after a new size: all of it.
func repaint(u *UI) tea.Cmd {
	size := tea.WindowSizeMsg{Width: u.Width, Height: u.Height}
	return func() tea.Msg { return size }
}

func (u *UI) toggleMouse() tea.Cmd {
	u.Mouse = !u.Mouse
	u.Say("The mouse is off: select text with it.")
	if u.Mouse {
		u.Say("The mouse is on.")
	}
	return nil
}

func (u *UI) noSuspend() string {
	if u.SSH {
		return "Over SSH there is nothing to suspend to."
	}
	return ""
}

// TakeLabel is what enter does to who has the keys.
func TakeLabel(u *UI) string {
	if t, ok := u.Top().(Taker); ok {
		return t.Takes()
	}
	return ""
}

// cancelLabel is what escape does to the top dialog.
func cancelLabel(u *UI) string {
	if d, ok := u.Top().(Leaver); ok {
		return d.Leaves()
	}
	return "cancel"
}
