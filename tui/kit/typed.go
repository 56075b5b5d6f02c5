package kit

import "strings"

// A Typist has text that somebody typed and that is recorded nowhere yet.
type Typist interface {
	// Typed is that text: each with a word on what it is for, raw.
	Typed() []string
}

// Typed is what was typed into the screens and dialogs and is recorded nowhere yet.
func (u *UI) Typed() (texts []string) {
	for _, s := range u.screens {
		texts = append(texts, typedBy(s)...)
	}
	for d := range u.Dialogs {
		texts = append(texts, typedBy(d)...)
	}
	return texts
}

// typedBy asks a part. After a crash it may be in any state.
func typedBy(part any) (texts []string) {
	defer func() { _ = recover() }()
	if t, ok := part.(Typist); ok {
		return t.Typed()
	}
	return nil
}

// Typed is what the form's fields hold, but for choices. A field that was filled in
// beforehand may have been typed earlier.
func (f *Form) Typed() (texts []string) {
	for _, field := range f.Fields {
		if text := strings.TrimSpace(field.Input.Value()); field.Kind != ChoiceField && text != "" {
			texts = append(texts, field.Label+": "+text)
		}
	}
	return texts
}

// Typed implements Typist.
func (p *Prompt) Typed() []string {
	texts := p.form.Typed()
	for i := range texts {
		texts[i] = p.title + ", " + texts[i]
	}
	return texts
}
