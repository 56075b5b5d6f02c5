package kit

import (
	tea "charm.land/bubbletea/v2"

	"muster/tui/widget"
)

// A Message is a dialog that only says something.
type Message struct {
	ui          *UI
	title, text string // raw
}

// NewMessage makes a message.
func NewMessage(u *UI, title, text string) *Message {
	return &Message{ui: u, title: title, text: text}
}

// Place implements Part.
func (m *Message) Place() Place { return OnConfirm() }

// Update implements Part.
func (m *Message) Update(tea.Msg) tea.Cmd { return nil }

// Click implements Part.
func (m *Message) Click(_, _ int) tea.Cmd { return nil }

// Takes implements Taker.
func (m *Message) Takes() string { return "close" }

// Leaves implements Leaver: enter does the same, and says so.
func (m *Message) Leaves() string { return "" }

// Take closes it.
func (m *Message) Take() tea.Cmd {
	m.ui.Hide(m)
	return nil
}

// View implements Part.
func (m *Message) View(w, h int) ([]string, *tea.Cursor) {
	body := widget.Wrap(m.text, w-4)
	return widget.Dialog(m.ui.Theme, m.title, body, m.ui.Hints(OnConfirm(), w-4), w, h), nil
}
