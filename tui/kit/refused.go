package kit

import (
	"maps"

	tea "charm.land/bubbletea/v2"
)

// This file is about forms that were refused. What was typed stays in them, and is not
// lost by escape either: it is kept until the form is opened again in this run.

// A Scoped screen says what its forms are about, so that what was typed in one incident
// is never offered in another.
type Scoped interface{ Scope() string }

// formKey is under what a form's texts are kept.
func (u *UI) formKey(title string) string {
	if len(u.screens) > 0 {
		if s, ok := u.Screen().(Scoped); ok {
			return s.Scope() + "\n" + u.Person + "\n" + title
		}
	}
	return title
}

// KeepForm keeps what was typed into a form of this title, and says so.
func (u *UI) KeepForm(title string, f *Form) {
	texts := map[string]string{}
	for _, field := range f.Fields {
		if text := field.Value(); field.Kind != ChoiceField && text != "" {
			texts[field.ID] = text
		}
	}
	if len(texts) == 0 {
		return
	}
	if u.kept == nil {
		u.kept = map[string]map[string]string{}
	}
	u.kept[u.formKey(title)] = texts
	u.Say("What you typed is kept until you open this again.")
}

// TakeForm fills what was kept of a form of this title into it, and reports whether
// anything was.
func (u *UI) TakeForm(title string, f *Form) bool {
	key := u.formKey(title)
	texts := u.kept[key]
	if texts == nil {
		return false
	}
	u.kept = maps.Clone(u.kept)
	delete(u.kept, key)
	for _, field := range f.Fields {
		if text, ok := texts[field.ID]; ok && field.Kind != ChoiceField {
			field.Set(text)
		}
	}
	u.Say("What you typed before is still in it.")
	return true
}

// Blame puts the cursor into the field that fills what a refusal names, and says there
// what is wrong. False if there is none.
func (f *Form) Blame(what, wrong string) bool {
	if what == "" {
		return false
	}
	at := -1
	for i, field := range f.Fields {
		if field.fills() == what && (at < 0 || f.Fields[at].Value() != "" && field.Value() == "") {
			at = i // of several, the first that is empty
		}
	}
	if at < 0 {
		return false
	}
	f.Focus, f.Fields[at].wrong = at, wrong
	return true
}

// fills is what the field fills of the command that its form makes.
func (f *Field) fills() string {
	if f.Fills != "" {
		return f.Fills
	}
	return f.ID
}

// Refuse says in the form why it was refused, in the field that would help. False if it
// has no such field.
func (p *Prompt) Refuse(field, text string) bool {
	p.refused = true
	return p.form.Blame(field, text)
}

// Cancel implements Canceler. What was refused is kept.
func (p *Prompt) Cancel() tea.Cmd {
	if p.refused {
		p.ui.KeepForm(p.title, p.form)
	}
	if p.Left != nil {
		p.Left(p.form.Values())
	}
	return nil
}
