package incident

import (
	"context"

	"muster/state"
)

// A World is what muster does outside itself on a person's word. Its methods may
// wait for a network or a disk and are called from commands alone, several at
// once. Nothing they return may hold a secret; it is cleaned before it is drawn.
// Of a drill's incident nothing may leave the machine, whoever calls: there the
// scenario answers.
type World interface {
	// Check looks once at a service from outside. A look that fails is a result;
	// the error says why nothing could be seen.
	Check(ctx context.Context, inc *state.Incident, service string) (state.RecordCheck, error)
	// Channels lists the channels that are set. It returns at once.
	Channels() []Channel
	// Send hands one text of a notice to a channel. The error says why it did not
	// go out, and whether it may have arrived all the same.
	Send(ctx context.Context, inc *state.Incident, notice string, version int, channel string) (Receipt, error)
	// Contacts lists whom to call, in order: the incident's contacts, with what the
	// person's own list adds to them, and those that only that list has.
	Contacts(ctx context.Context, inc *state.Incident) ([]Contact, error)
	// Sitrep is a situation report in Markdown, of what was done after entry since.
	Sitrep(ctx context.Context, inc *state.Incident, since uint64) (string, error)
}

// A Channel is a way to send a notice.
type Channel struct {
	Name string
	Kind string // slack, smtp …
}

// A Receipt says how a notice went out.
type Receipt struct {
	How string // slack webhook, mail …
	To  string // whom it reached, if that is no secret
}

// A Contact is somebody to reach, as the one who calls sees it.
type Contact struct {
	ID, Title, Role, Hours, Note string
	Reach                        []Way
}

// A Way is one way to reach a contact.
type Way struct {
	Text    string
	Private bool // of the person's own list: it is never written to a log
}
