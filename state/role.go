package state

import (
	"fmt"

	"muster/runbooks"
)

func orNobody(person string) string {
	if person == "" {
		return "nobody"
	}
	return person
}

// holder is a role and who holds it: the Incident commander (Ada).
func (r *Role) holder() string {
	if r.Person == "" {
		return "the " + r.Def.Title + ", a role that nobody holds"
	}
	return "the " + r.Def.Title + " (" + r.Person + ")"
}

// KindRoleAssigned is the kind of [RoleAssigned].
const KindRoleAssigned Kind = "role.assigned"

// RoleAssigned records who holds a role from now on.
type RoleAssigned struct {
	Role   string `json:"role"`
	Person string `json:"person" part:"names"` // "" lays the role down
}

// Kind is KindRoleAssigned.
func (*RoleAssigned) Kind() Kind { return KindRoleAssigned }

// AssignRole makes role.assigned.
type AssignRole struct{ Role, Person string }

func (AssignRole) kind() Kind { return KindRoleAssigned }

func (c AssignRole) decide(d *decision) Data {
	d.name("person", "the name", c.Person, MaxName)
	role := d.inc.Role(c.Role)
	if role == nil {
		return d.none(NounRole, c.Role)
	}
	if c.Person != "" {
		c.Person = KnownAs(d.inc, c.Person) // who acts as Ada is not given a role as ada
		newName(d, "person", c.Person)
	}
	if role.Person == c.Person {
		return d.refuse(Refusal{Reason: AlreadySo, Text: fmt.Sprintf("%s is %s already.", role.Def.Title, orNobody(c.Person))})
	}
	return &RoleAssigned{Role: c.Role, Person: c.Person}
}

// names is whom it names.
func (data *RoleAssigned) names() string { return data.Person }

func (data *RoleAssigned) effect(inc *Incident, e *Entry) {
	role := inc.Role(data.Role)
	if role == nil {
		inc.Unresolved++
		return
	}
	inc.said.say(e, subject{what: OfRole, of: data.Role}, orNobody(data.Person))
	role.hold(data.Person, e)
	inc.retitle(ofRoles)
}

func (data *RoleAssigned) describe(inc *Incident, _ Entry) string {
	return sayRole(inc, data.Role, orNobody(data.Person))
}

// KindRoleHanded is the kind of [RoleHanded].
const KindRoleHanded Kind = "role.handed"

// RoleHanded records that the holder of a role wants another person to take it.
type RoleHanded struct {
	Role string `json:"role"`
	To   string `json:"to" part:"names"`
	Note string `json:"note,omitempty" part:"notes" text:"amend"`
}

// Kind is KindRoleHanded.
func (*RoleHanded) Kind() Kind { return KindRoleHanded }

func (data *RoleHanded) roleOf(*Incident) string { return data.Role }

// HandRole makes role.handed.
type HandRole struct{ Role, To, Note string }

func (HandRole) kind() Kind { return KindRoleHanded }

// notHolder says why somebody cannot hand a role over.
func notHolder(role *Role, who string) string {
	if role.Person == "" {
		return fmt.Sprintf("Nobody holds %s, so that %s cannot hand it over.", role.Def.Title, who)
	}
	return fmt.Sprintf("%s is %s, and you are %s.", role.Def.Title, role.Person, who)
}

func (c HandRole) decide(d *decision) Data {
	d.need("to", "the name", c.To, MaxName)
	d.name("to", "the name", c.To, MaxName)
	newName(d, "to", KnownAs(d.inc, c.To))
	d.text("note", "the note", c.Note, MaxText)
	role := d.inc.Role(c.Role)
	switch {
	case role == nil:
		return d.none(NounRole, c.Role)
	case runbooks.SameName(role.Person, c.To):
		return d.refuse(Refusal{Reason: AlreadySo, Text: fmt.Sprintf("%s is %s already.", role.Def.Title, c.To)})
	case !runbooks.SameName(role.Person, d.stamp.By.Name):
		d.refuse(Refusal{Reason: NotHolder, Overridable: true, Text: notHolder(role, d.stamp.By.Name)})
	}
	return &RoleHanded{Role: c.Role, To: c.To, Note: c.Note}
}

// names is whom it names.
func (data *RoleHanded) names() string { return data.To }

func (data *RoleHanded) effect(inc *Incident, _ *Entry) {
	if role := inc.Role(data.Role); role != nil {
		role.Pending = data.To
	}
}

func (data *RoleHanded) describe(inc *Incident, _ Entry) string {
	return sayRole(inc, data.Role, "handed to "+data.To) + said(data.Note)
}

// KindRoleAcknowledged is the kind of [RoleAcknowledged].
const KindRoleAcknowledged Kind = "role.acknowledged"

// RoleAcknowledged records that the other person took it.
type RoleAcknowledged struct {
	Role string `json:"role"`
}

// Kind is KindRoleAcknowledged.
func (*RoleAcknowledged) Kind() Kind { return KindRoleAcknowledged }

// AcknowledgeRole makes role.acknowledged.
type AcknowledgeRole struct{ Role string }

func (AcknowledgeRole) kind() Kind { return KindRoleAcknowledged }

func (c AcknowledgeRole) decide(d *decision) Data {
	role := d.inc.Role(c.Role)
	switch {
	case role == nil:
		return d.none(NounRole, c.Role)
	case role.Pending == "":
		return d.refuse(Refusal{Reason: WrongStatus, Acts: []Act{{Deed: DeedTakeRole, Of: role.Def.ID}}, Text: fmt.Sprintf("Nobody hands over %s.", role.Def.Title)})
	case !runbooks.SameName(role.Pending, d.stamp.By.Name):
		d.refuse(Refusal{Reason: SamePerson, Overridable: true, Text: fmt.Sprintf("%s is handed to %s, and you are %s.", role.Def.Title, role.Pending, d.stamp.By.Name)})
	}
	return &RoleAcknowledged{Role: c.Role}
}

func (data *RoleAcknowledged) effect(inc *Incident, e *Entry) {
	if role := inc.Role(data.Role); role != nil && role.Pending != "" {
		inc.said.say(e, subject{what: OfRole, of: data.Role}, role.Pending)
		role.hold(role.Pending, e)
		inc.retitle(ofRoles)
	}
}

func (data *RoleAcknowledged) describe(inc *Incident, e Entry) string {
	return sayRole(inc, data.Role, "taken by "+e.By.Name)
}

// sayRole says something of a role, by its title if it has one.
func sayRole(inc *Incident, id, what string) string {
	if role := inc.Role(id); role != nil {
		id = role.Def.Title
	}
	return "role " + id + ": " + what
}
