package kit

import tea "charm.land/bubbletea/v2"

// This file is about forms that were refused. They come back with what was typed in them.

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
	p.drafting()
	return p.form.Blame(field, text)
}

// drafting keeps what the form holds at present.
func (p *Prompt) drafting() { p.ui.Drafts.Note(p.draft, p.texts()) }

// texts are what somebody filled in; nil if it is as it was when it was opened.
func (p *Prompt) texts() map[string]string {
	begun := p.begun
	if p.refused {
		begun = map[string]string{"": ""} // all of it was typed
	}
	return p.form.Texts(begun, p.ui.Now())
}

// Cancel implements Canceler. What was typed is kept.
func (p *Prompt) Cancel() tea.Cmd {
	p.ui.Drafts.Leave(p.draft, p.texts())
	if p.Left != nil {
		p.Left(p.form.Values())
	}
	return nil
}

// Draft has what is typed into the prompt kept under another name than its title, which
// others share.
func (p *Prompt) Draft(name string) *Prompt {
	p.draft = p.ui.Drafts.Of(name)
	p.restore()
	return p
}

// restore fills in what was kept.
func (p *Prompt) restore() {
	texts := p.ui.Drafts.Take(p.draft)
	p.reopened = p.reopened || texts != nil
	p.form.Fill(texts)
}

// Add puts a text into a field, below what stands there.
func (p *Prompt) Add(field, text string) {
	for _, f := range p.form.Fields {
		if f.ID == field {
			if was := f.Value(); was != "" {
				text = was + "\n" + text
			}
			f.Set(text)
		}
	}
	p.drafting()
}
