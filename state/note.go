package state

// KindNoteAdded is the kind of [NoteAdded].
const KindNoteAdded Kind = "note.added"

// NoteAdded records something somebody saw, heard or thinks.
type NoteAdded struct {
	Step string `json:"step,omitempty"`
	Text string `json:"text" part:"notes" text:"amend"`
}

// Kind is KindNoteAdded.
func (*NoteAdded) Kind() Kind { return KindNoteAdded }

// beside is the step that it belongs to; "" if to none. It does nothing to the step, so
// that the step's role is not the role in which a person writes it.
func (data *NoteAdded) beside() string { return data.Step }

// AddNote makes note.added; Step may be "".
type AddNote struct{ Step, Text string }

func (AddNote) kind() Kind { return KindNoteAdded }

func (c AddNote) decide(d *decision) Data {
	d.need("text", "the note", c.Text, MaxText)
	if c.Step != "" && d.find(c.Step) == nil {
		return nil
	}
	return &NoteAdded{Step: c.Step, Text: c.Text}
}

func (data *NoteAdded) effect(inc *Incident, e *Entry) {
	if marksItself(data.Text) {
		mark(inc, e.Seq, true)
	}
	if s := inc.about(e, data.Step); s != nil {
		s.Notes = append(s.Notes, e.Seq)
	}
}

func (data *NoteAdded) describe(inc *Incident, _ Entry) string {
	if data.Step != "" {
		return "note on " + stepName(inc, data.Step) + said(data.Text)
	}
	return "note" + said(data.Text)
}
