package state

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"muster/runbooks"
	"muster/state/sorted"
)

// KindContactAdded is the kind of [ContactAdded].
const KindContactAdded Kind = "contact.added"

// ContactAdded records a contact that neither the organisation nor a runbook has, or
// ways to reach one that they have. All of it says who somebody is.
type ContactAdded struct {
	Contact string   `json:"contact" part:"names"` // its id
	Title   string   `json:"title" part:"names"`   // "" for that which it has
	Role    string   `json:"role" part:"names"`
	Reach   []string `json:"reach,omitempty" part:"names"` // the best way first
	Note    string   `json:"note" part:"names"`
}

// Kind is KindContactAdded.
func (*ContactAdded) Kind() Kind { return KindContactAdded }

// AddContact makes contact.added. Contact "" is made from the title.
type AddContact ContactAdded

func (AddContact) kind() Kind { return KindContactAdded }

// maxWays is how many ways to reach one contact can be added at once.
const maxWays = 20

func (c AddContact) decide(d *decision) Data {
	data := ContactAdded(c)
	if data.Contact == "" {
		data.Contact = runbooks.NewID(c.Title, "contact", func(id string) bool { return d.inc.Contact(id) != nil })
	}
	if d.inc.Contact(data.Contact) == nil {
		d.need("title", "the title", data.Title, MaxTitle)
	}
	d.name("title", "the title", data.Title, MaxTitle)
	d.text("role", "the role", data.Role, MaxTitle)
	d.text("note", "the note", data.Note, MaxText)
	if len(data.Reach) > maxWays {
		d.refuse(Refusal{Reason: Invalid, Field: "reach", Text: fmt.Sprintf("%d ways are too many.", len(data.Reach)), Hint: fmt.Sprintf("At most %d, the best first.", maxWays)})
	}
	for _, way := range data.Reach {
		d.name("reach", "the way", way, MaxTitle)
		if scheme, rest, ok := strings.Cut(way, ":"); !ok || scheme == "" || strings.TrimSpace(rest) == "" {
			d.refuse(Refusal{Reason: Invalid, Field: "reach", Text: fmt.Sprintf("%q does not say by which way.", way), Hint: "Write tel:NUMBER; also mailto:, sms:, https:."})
		}
	}
	if !plainID(strings.ReplaceAll(data.Contact, ":", "-")) {
		d.refuse(Refusal{Reason: Invalid, Field: "contact", Text: fmt.Sprintf("%q cannot be a contact's id.", data.Contact), Hint: "An id is a–z, 0–9 and dashes."})
	}
	d.newContact(&data)
	return &data
}

// newContact refuses what says nothing new.
func (d *decision) newContact(data *ContactAdded) {
	for i := range d.inc.Contacts {
		c := &d.inc.Contacts[i]
		same := c.ID == data.Contact
		if !same && !runbooks.SameName(c.Def.Title, data.Title) {
			continue
		}
		if !same {
			d.refuse(Refusal{Reason: AlreadySo, Field: "title", Text: fmt.Sprintf("%s is one of the contacts already, as %s.", c.Def.Title, c.ID), Hint: "Give that one the ways that are new: its id is " + c.ID + ".", Acts: []Act{{Deed: DeedAddWay, Of: c.ID}}})
			return
		}
		if !slices.ContainsFunc(data.Reach, func(way string) bool { return !slices.Contains(c.Def.Reach, way) }) {
			d.refuse(Refusal{Reason: AlreadySo, Field: "reach", Text: fmt.Sprintf("%s is one of the contacts already.", c.Def.Title), Hint: "Say by which new way it can be reached."})
			return
		}
	}
}

// effect adds the contact, or what is new of it. New ways go first: they are what is
// known now. If the names are withheld there is nobody to add.
func (data *ContactAdded) effect(inc *Incident, e *Entry) {
	if e.Withheld.Has(Names) {
		return
	}
	def := runbooks.Contact{ID: data.Contact, Title: data.Title, Role: data.Role, Note: data.Note}
	c := inc.Contact(data.Contact)
	if c == nil {
		inc.Contacts = append(slices.Clip(inc.Contacts), Contact{ID: data.Contact})
		c = &inc.Contacts[len(inc.Contacts)-1]
	} else {
		known := *c.Def
		def.Title, def.Role, def.Note = cmp.Or(data.Title, known.Title), cmp.Or(data.Role, known.Role), cmp.Or(data.Note, known.Note)
		def.Hours, def.Reach = known.Hours, known.Reach
	}
	isOld := func(way string) bool { return slices.Contains(data.Reach, way) }
	def.Reach = append(slices.Clone(data.Reach), sorted.Without(slices.Clone(def.Reach), isOld)...)
	c.Def = &def
}

func (data *ContactAdded) describe(inc *Incident, _ Entry) string {
	text := "added the contact " + contactTitle(inc, data.Contact, data.Title)
	if len(data.Reach) > 0 {
		text += ": " + strings.Join(data.Reach, ", ")
	}
	return text
}
