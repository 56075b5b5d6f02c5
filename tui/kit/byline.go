package kit

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"muster/tui/widget"
)

// This file is what parts say of themselves where nothing is drawn: line by line, for
// screen readers, telephones and serial lines.

// Wide is how many cells a text has that is said instead of drawn: it is not cut, and
// wrapped by the terminal alone.
const Wide = 20000

// Esc is what ends what is waited for, as it is shown: a key, or the word for it.
func Esc(u *UI) string {
	if u.ByLine {
		return "“stop”"
	}
	return "esc"
}

// A Line is one line of what a part says, raw.
type Line struct {
	Text string
	Do   func() tea.Cmd // what choosing it does; nil: it only says something
	On   bool           // it is what the part is on
}

// A Telling is what a part says.
type Telling struct {
	Title string // raw
	Head  []Line // what stands above all: a clock; nil for nothing
	List  []Line // what it lists, of which one may be chosen; nil for none
	Text  []Line // what it says of the one that is chosen
	Last  bool   // the end of the list is news: of a long one, say that
}

// A Teller is a part that can be said.
type Teller interface{ Tell() Telling }

// Said are drawn lines as text to be said.
func Said(lines []string) []Line {
	said := make([]Line, 0, len(lines))
	for _, line := range lines {
		if text := Plainly(line); text != "" {
			said = append(said, Line{Text: text})
		}
	}
	return said
}

// Plainly is a drawn line without what only aligns it.
func Plainly(line string) string {
	const aligns = 6 // blanks
	text := strings.TrimSpace(widget.Strip(line))
	for {
		at := strings.Index(text, strings.Repeat(" ", aligns))
		if at < 0 {
			break
		}
		text = text[:at] + ", " + strings.TrimLeft(text[at:], " ")
	}
	return strings.Join(strings.Fields(text), " ")
}

// Labelled is a label as it is said: not aligned, and set off from what follows.
func Labelled(label string) string {
	label = strings.TrimSpace(label)
	if label == "" || strings.HasSuffix(label, ":") || strings.HasSuffix(label, "?") {
		return label
	}
	return label + ":"
}

// A Reporter is a screen that has news, whatever is shown.
type Reporter interface {
	// Heading says where one is, in a line.
	Heading() string
	// Warnings are what needs somebody, a line each. A line stays the same for as long as
	// it says the same.
	Warnings() []string
	// News are the entries after seq, a line each, and the number of the last one.
	News(seq uint64) (lines []string, last uint64)
	// Recorded is the number of the last entry, and of what: the same for all screens of one
	// incident.
	Recorded() (seq uint64, of any)
}

// An Asking is a form as it is asked line by line.
type Asking struct {
	Title, About, Verb string // raw
	Form               *Form
	Wrong              string         // why it could not be taken; "" if nothing was wrong
	Says               string         // what it would do as it is filled in, raw
	Again              bool           // it holds what was typed before
	Changed            func() tea.Cmd // is told that a field was filled in
	Take               func() tea.Cmd // takes the form
	Leave              func() tea.Cmd // leaves it
}

// An Asker is a part with fields to fill in.
type Asker interface{ Asking() Asking }

// Asking implements Asker.
func (p *Prompt) Asking() Asking {
	says := ""
	if p.Says != nil {
		says = p.Says(p.form.Values())
	}
	return Asking{
		Title: p.title, About: p.about, Verb: p.verb, Form: p.form, Wrong: p.Wrong, Says: says, Again: p.refused || p.reopened,
		Changed: func() tea.Cmd { p.Wrong = ""; p.drafting(); return nil }, Take: p.Take,
		Leave: func() tea.Cmd { p.ui.Hide(p); return p.Cancel() },
	}
}

// Fill fills a field in, as if it was typed.
func (f *Field) Fill(value string) {
	f.wrong = ""
	f.Set(value)
}

// Wrong says why what stands in the field cannot be; "" if nothing is known against it.
func (f *Field) Wrong() string { return f.wrong }

// Verdict says why a value cannot be, before it is taken; "" if it can.
func (f *Field) Verdict(value string) string {
	switch {
	case f.Required && value == "":
		return "This is needed."
	case f.Check != nil:
		return f.Check(value)
	}
	return ""
}

// A Texter is a part in which a longer text is written.
type Texter interface {
	Text() string
	SetText(text string) tea.Cmd
}

// Title is what the dialog is called, raw.
func (f *Finder) Title() string { return f.title }

// Narrow finds what matches a text.
func (f *Finder) Narrow(text string) {
	f.input.Set(text)
	f.search()
}

// Found is what was found, the best first, with what was typed itself behind it, if that
// can be taken.
func (f *Finder) Found() []Finding {
	found := make([]Finding, 0, f.count())
	for _, m := range f.matches {
		found = append(found, f.all[m.Index])
	}
	if other, ok := f.other(); ok {
		found = append(found, other)
	}
	return found
}

// TakeThe takes the nth of what was found.
func (f *Finder) TakeThe(n int) tea.Cmd {
	f.cursor = n
	return f.Take()
}

// Answer gives one of the two answers.
func (c *Confirm) Answer(yes bool) tea.Cmd {
	if yes {
		return c.yes()
	}
	return c.UI.Cancel()
}

// Tell implements Teller.
func (m *Message) Tell() Telling {
	return Telling{Title: m.title, Text: Said(strings.Split(m.text, "\n"))}
}

// Tell implements Teller.
func (b *bare) Tell() Telling {
	return Telling{Title: b.what, Text: Said(strings.Split(b.text, "\n"))}
}

// Passing is a dialog that only says something: once it is said, it can go.
type Passing interface{ Passes() }

// Passes implements Passing.
func (m *Message) Passes() {}

// Passes implements Passing.
func (b *bare) Passes() {}

// Do is a message that has something done in the loop.
type Do func() tea.Cmd

// Deliver implements Routed.
func (d Do) Deliver() tea.Cmd { return d() }

// aside marks a command that may take as long as it likes: nobody waits for it.
type aside struct{ cmd tea.Cmd }

// Deliver implements Routed.
func (m aside) Deliver() tea.Cmd { return m.cmd }

// Unawaited has a command be one that nobody waits for: it waits itself, for the next
// entry or the next second. Only line by line is that told apart.
func (u *UI) Unawaited(cmd tea.Cmd) tea.Cmd {
	if !u.ByLine || cmd == nil {
		return cmd
	}
	return func() tea.Msg { return aside{cmd} }
}

// AsideOf is the command that nobody waits for, if a message is one.
func AsideOf(msg tea.Msg) (tea.Cmd, bool) {
	m, ok := msg.(aside)
	return m.cmd, ok
}

// WaitingOn are the dialogs that opened by themselves and wait to be asked for.
func WaitingOn(u *UI) []Dialog { return slices.Clone(u.waiting) }

// OpenWaiting opens one of them.
func OpenWaiting(u *UI, d Dialog) {
	if i := slices.Index(u.waiting, d); i >= 0 {
		u.waiting = slices.Delete(slices.Clone(u.waiting), i, i+1)
		u.dialogs = append(u.dialogs, d)
	}
}

// Word is what was said about what just happened, raw; it is said once.
func Word(u *UI) string {
	said := u.said
	u.said = ""
	return said
}
