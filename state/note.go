package state

// KindNoteAdded is the kind of [NoteAdded].
const KindNoteAdded Kind = "note.added"

// NoteAdded records something somebody saw, heard or thinks.
type NoteAdded struct {
	Step string `json:"step,omitempty"`
	Text string `json:"text" part:"notes" text:"amend"`
	// About is the noun of what it is about, if that is no step: service, notice or contact.
	About   Noun     `json:"about,omitempty"`
	Service string   `json:"service,omitempty"`
	Notice  string   `json:"notice,omitempty"`
	Contact []string `json:"contact,omitempty" part:"names"` // one
}

// Kind is KindNoteAdded.
func (*NoteAdded) Kind() Kind { return KindNoteAdded }

// beside is the step that it belongs to; "" if to none. It does nothing to the step, so
// that the step's role is not the role in which a person writes it.
func (data *NoteAdded) beside() string { return data.Step }

// AddNote makes note.added. At most one of Step, Service, Notice and Contact says what it
// is about.
type AddNote struct{ Step, Text, Service, Notice, Contact string }

// About is a note's text as a command about the thing of a noun.
func (c AddNote) About(noun Noun, id string) AddNote {
	switch noun {
	case NounStep:
		c.Step = id
	case NounService:
		c.Service = id
	case NounNotice:
		c.Notice = id
	case NounContact:
		c.Contact = id
	}
	return c
}

func (AddNote) kind() Kind { return KindNoteAdded }

func (c AddNote) decide(d *decision) Data {
	d.need("text", "the note", c.Text, MaxText)
	if c.Step != "" && d.find(c.Step) == nil {
		return nil
	}
	switch {
	case c.Service != "" && d.inc.Service(c.Service) == nil:
		return d.none(NounService, c.Service)
	case c.Notice != "" && d.inc.Notice(c.Notice) == nil:
		return d.none(NounNotice, c.Notice)
	case c.Contact != "" && d.inc.Contact(c.Contact) == nil:
		return d.none(NounContact, c.Contact)
	}
	data := &NoteAdded{Step: c.Step, Text: c.Text, Service: c.Service, Notice: c.Notice}
	switch {
	case c.Service != "":
		data.About = NounService
	case c.Notice != "":
		data.About = NounNotice
	case c.Contact != "":
		data.About, data.Contact = NounContact, []string{c.Contact}
	}
	return data
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
	switch {
	case data.Step != "":
		return saidOf("note on ", stepName(inc, data.Step), data.Text)
	case data.About == NounService:
		return "note on " + serviceTitle(inc, data.Service) + said(data.Text)
	case data.About == NounNotice:
		return "note on " + noticeTitle(inc, data.Notice) + said(data.Text)
	case data.About == NounContact && len(data.Contact) > 0:
		return "note on " + contactTitle(inc, data.Contact[0], "") + said(data.Text)
	case data.About == NounContact:
		return "note on a contact, " + WithheldText + said(data.Text)
	}
	return saidOf("note", "", data.Text)
}
