package state

import (
	"fmt"
	"slices"

	"muster/runbooks"
)

// KindRunbookAttached is the kind of [RunbookAttached].
const KindRunbookAttached Kind = "runbook.attached"

// RunbookAttached records that another runbook's steps belong to the incident now.
type RunbookAttached struct {
	Prefix  string   `json:"prefix"` // stands before its ids, with a colon
	Why     string   `json:"why" part:"notes" text:"said"`
	Runbook Document `json:"runbook"`
	Shared  *Shared  `json:"shared,omitempty" part:"runbook"` // nil in entries of older programs
}

// Kind is KindRunbookAttached.
func (*RunbookAttached) Kind() Kind { return KindRunbookAttached }

// maxBooks bounds how many runbooks one incident can run.
const maxBooks = 20

// AttachRunbook makes runbook.attached.
type AttachRunbook struct {
	Prefix  string // "" for the runbook's id
	Runbook Document
	Why     string
}

func (AttachRunbook) kind() Kind { return KindRunbookAttached }

func (c AttachRunbook) decide(d *decision) Data {
	book := d.book(c.Runbook)
	if book == nil {
		return nil
	}
	prefix := c.Prefix
	if prefix == "" {
		prefix = book.ID
	}
	if !plainID(prefix) {
		return d.refuse(Refusal{Reason: Invalid, Field: "prefix", Text: fmt.Sprintf("%q cannot stand before a step's id.", prefix)})
	}
	for _, other := range d.inc.Books {
		if other.Prefix == prefix || other.Doc.SHA256 == c.Runbook.SHA256 {
			return d.refuse(Refusal{Reason: AlreadySo, Text: fmt.Sprintf("The runbook %q is part of this incident already.", other.Runbook.Title)})
		}
	}
	if len(d.inc.Books) >= maxBooks {
		return d.refuse(Refusal{Reason: Invalid, Text: fmt.Sprintf("An incident runs at most %d runbooks.", maxBooks)})
	}
	together := []*runbooks.Runbook{}
	for _, other := range d.inc.Books {
		together = append(together, other.Runbook)
	}
	var organisation Organisation
	if d.inc.Organisation != nil {
		organisation = *d.inc.Organisation
	}
	d.fits(append(together, book), organisation)
	d.need("why", "the reason", c.Why, MaxText)
	return &RunbookAttached{Prefix: prefix, Why: c.Why, Runbook: c.Runbook, Shared: sharedBy(d.inc, book)}
}

// book reads a runbook's text, and refuses one with errors.
func (d *decision) book(doc Document) *runbooks.Runbook {
	if Sum([]byte(doc.Text)) != doc.SHA256 {
		d.refuse(Refusal{Reason: Invalid, Text: "The runbook's text does not match its hash."})
		return nil
	}
	book, problems := runbooks.Parse(doc.ID+".toml", []byte(doc.Text))
	if err := problems.Err(); err != nil {
		d.refuse(Refusal{Reason: Invalid, Text: "The runbook has errors: " + err.Error(), Acts: []Act{{Deed: DeedLint}}})
		return nil
	}
	return book
}

func (data *RunbookAttached) effect(inc *Incident, e *Entry) {
	if slices.ContainsFunc(inc.Books[min(1, len(inc.Books)):], func(b Book) bool { return b.Prefix == data.Prefix }) {
		inc.Unresolved++ // two logs attached it, neither of which knew of the other
		return
	}
	inc.attach(Book{Prefix: data.Prefix, Doc: data.Runbook, Shared: data.Shared})
	inc.fire(e, runbooks.IncidentOpened, "", "")
	if data.Shared != nil {
		catchUp(inc, len(inc.Books)-1)
	}
}

func (data *RunbookAttached) describe(*Incident, Entry) string {
	return fmt.Sprintf("attached the runbook %s", data.Runbook.ID) + data.Shared.describe() + said(data.Why)
}

// attach adds a runbook's roles, services and steps. Services and roles of one id
// are one: two runbooks of one organisation speak of the same systems. Examples that come
// later give way to whatever is there.
func (inc *Incident) attach(b Book) {
	book := parseBook(inc, b.Doc)
	b.Runbook, b.when = book, conditions(book)
	inc.Books = append(slices.Clip(inc.Books), b)
	twinSteps(inc, &b)
	for i := range book.Services {
		late := b.Shared != nil && book.Services[i].Example && len(inc.Services) > 0
		if !late && !inc.Organisation.has(inc, &book.Services[i]) {
			addService(inc, &book.Services[i])
		}
	}
	for i := range book.Roles {
		if inc.Role(book.Roles[i].ID) == nil {
			inc.Roles = append(slices.Clip(inc.Roles), Role{Def: &book.Roles[i]})
		}
	}
	addWords(inc, len(inc.Books)-1)
	addClocks(inc, len(inc.Books)-1)
	inc.expand()
}

// addWords gives the incident the notices and contacts of a book.
func addWords(inc *Incident, b int) {
	book := &inc.Books[b]
	inc.Notices, inc.Contacts = slices.Clip(inc.Notices), slices.Clip(inc.Contacts)
	for i := range book.Runbook.Notices {
		def := &book.Runbook.Notices[i]
		if book.has(NounNotice, def.ID) {
			continue
		}
		inc.Notices = append(inc.Notices, Notice{ID: book.id(def.ID), Book: b, Def: def})
	}
	for i := range book.Runbook.Contacts {
		def := &book.Runbook.Contacts[i]
		if book.has(NounContact, def.ID) {
			continue
		}
		if ours := inc.Organisation.contact(def.ID); ours != nil {
			if book.Prefix == "" {
				continue // it is there
			}
			def = ours
		}
		inc.Contacts = append(inc.Contacts, Contact{ID: book.id(def.ID), Def: def})
	}
}

// parseBook reads a runbook's text once for each time the incident is computed anew.
// A text that this version cannot read counts as a runbook without steps: the log
// is still worth all that is in it.
func parseBook(inc *Incident, doc Document) *runbooks.Runbook {
	from := source{doc.ID, doc.Text}
	if book := inc.parsed[from]; book != nil {
		return book
	}
	book := runbooks.Reread(doc.ID+".toml", []byte(doc.Text))
	if book == nil {
		book = &runbooks.Runbook{ID: doc.ID, Title: doc.ID + " (unreadable)"}
		if doc.Text == WithheldText {
			book.Title = doc.ID + " " + WithheldText
		}
	}
	if inc.parsed == nil {
		inc.parsed = make(map[source]*runbooks.Runbook)
	}
	inc.parsed[from] = book
	return book
}

func conditions(book *runbooks.Runbook) map[*runbooks.Step]runbooks.Condition {
	when := make(map[*runbooks.Step]runbooks.Condition)
	for p := range book.Phases {
		for s := range book.Phases[p].Steps {
			step := &book.Phases[p].Steps[s]
			if step.When == "" {
				continue
			}
			if condition, err := runbooks.ParseCondition(step.When); err == nil {
				when[step] = condition
			}
		}
	}
	return when
}

// prefixOf is what stands before the ids of a book in the incident. There may be no
// books at all: the opening of a log can be withheld.
func prefixOf(inc *Incident, book int) string {
	if book >= len(inc.Books) || inc.Books[book].Prefix == "" {
		return ""
	}
	return inc.Books[book].Prefix + ":"
}

func (data *RunbookAttached) contradicts(_ *Incident, e *Entry) string {
	if e.Withheld.Has(Procedure) {
		return ""
	}
	return notItsHash("the runbook", data.Runbook.Text, data.Runbook.SHA256)
}
