package response

import (
	"fmt"
	"strconv"
	"strings"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
)

// A Contact is somebody to reach, as the one who calls sees it: what the incident
// says, and what the person's own list adds.
type Contact struct {
	ID, Title, Role, Hours, Note string
	Reach                        []Way          // in the order to try them
	Known                        *state.Contact // in the incident; nil if only the person's own list has it
}

// A Way is one way to reach a contact.
type Way struct {
	Text    string
	Private bool // of the person's own list: never to be written to a log
}

// OwnContacts are those of a person's own list: their ways are private.
func OwnContacts(list []runbooks.OwnContact) []Contact {
	own := make([]Contact, 0, len(list))
	for _, c := range list {
		one := Contact{ID: c.ID, Title: c.Title, Role: c.Role, Hours: c.Hours, Note: c.Note}
		for _, text := range c.Reach {
			one.Reach = append(one.Reach, Way{Text: text, Private: true})
		}
		own = append(own, one)
	}
	return own
}

// CallList merges the person's own contacts over those of the incident, which come
// first and in their order, since that is the order in which to call. own is as the
// person's list has it: its Reach is private, whatever it says, and its ids are unique.
func CallList(inc *state.Incident, own []Contact) []Contact {
	list := make([]Contact, 0, len(inc.Contacts)+len(own))
	at := make(map[string]int, cap(list))
	for i := range inc.Contacts {
		c := &inc.Contacts[i]
		one := Contact{ID: c.ID, Title: c.Def.Title, Role: c.Def.Role, Hours: c.Def.Hours, Note: c.Def.Note, Known: c}
		for _, reach := range c.Def.Reach {
			one.Reach = append(one.Reach, Way{Text: reach})
		}
		at[c.ID] = len(list)
		list = append(list, one)
	}
	for i := range own {
		index, known := at[own[i].ID]
		if !known {
			index = len(list)
			list = append(list, Contact{ID: own[i].ID, Title: own[i].ID})
		}
		list[index].add(&own[i])
	}
	return list
}

// add puts what the person's own list says before what the incident does.
func (c *Contact) add(own *Contact) {
	for _, field := range []struct {
		into *string
		from string
	}{{&c.Title, own.Title}, {&c.Role, own.Role}, {&c.Hours, own.Hours}, {&c.Note, own.Note}} {
		if field.from != "" {
			*field.into = field.from
		}
	}
	var reach []Way
	for _, way := range own.Reach {
		reach = append(reach, Way{Text: way.Text, Private: true})
	}
	c.Reach = append(reach, c.Reach...)
}

// Call is the command that records a call of this contact. call's Contact and Title
// are set here, and of a way that is the person's own its kind alone is kept: the
// person's list stays out of the log. Via is a way's text, its number in Reach from 1, or
// any words; a number of a way that the contact does not have is refused.
func (c *Contact) Call(call state.CallContact) (state.CallContact, error) {
	call.Contact, call.Title = c.ID, ""
	if c.Known == nil {
		call.Title = c.ID
	}
	way, err := wayOf(c.Reach, call.Via)
	call.Via = way
	return call, err
}

// CallUnlisted is the command that records a call of somebody who is in no list.
func CallUnlisted(call state.CallContact) (state.CallContact, error) {
	way, err := wayOf(nil, call.Via)
	call.Via = way
	return call, err
}

// wayOf is the way that is meant, as the log may have it. A number of three digits and more is a
// telephone's.
func wayOf(ways []Way, text string) (string, error) {
	for _, w := range ways {
		if w.Text == text {
			return w.logged(), nil
		}
	}
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil || len(text) > 2 {
		return text, nil
	}
	if n > 0 && n <= uint64(len(ways)) {
		return ways[n-1].logged(), nil
	}
	r := &state.Refusal{Reason: state.NotFound, Field: "via", Text: fmt.Sprintf("There is no way %s: no way to reach them is known.", text), Hint: "Say in words how they were reached."}
	if len(ways) > 0 {
		r.Text = fmt.Sprintf("There is no way %s.", text)
		r.Hint = "The ways are" + listed(ways) + ". Any other is said in words."
	}
	return "", r
}

// listed names ways by their numbers.
func listed(ways []Way) (text string) {
	for i, w := range ways {
		if i > 0 {
			text += ","
		}
		text += fmt.Sprintf(" %d (%s)", i+1, clean.Line(w.Text))
	}
	return text
}

// logged is what of a way may stand in the log.
func (w Way) logged() string {
	if !w.Private {
		return w.Text
	}
	kind, _, _ := strings.Cut(w.Text, ":")
	return kind
}
