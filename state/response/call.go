package response

import (
	"strconv"
	"strings"

	"muster/runbooks"
	"muster/state"
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
// person's list stays out of the log. Via is a way's number in Reach from 1, its text,
// or any words.
func (c *Contact) Call(call state.CallContact) state.CallContact {
	call.Contact, call.Title = c.ID, ""
	if c.Known == nil {
		call.Title = c.ID
	}
	call.Via = c.via(call.Via)
	return call
}

func (c *Contact) via(text string) string {
	n, err := strconv.Atoi(text)
	for i, w := range c.Reach {
		if err == nil && n == i+1 || w.Text == text {
			if !w.Private {
				return w.Text
			}
			kind, _, _ := strings.Cut(w.Text, ":")
			return kind
		}
	}
	return text
}
