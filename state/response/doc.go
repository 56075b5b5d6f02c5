// Package response has the use cases: what people do in an incident that takes more
// than one entry, or that reaches outside. Each is written once, for the screens, the
// command line and whatever else lets people act.
//
//	send a notice      [PrepareSend] ─► (confirm) ─► [Begin] ─► [Leave] ─► [Left.Record]
//	it may have left   [state.Notice.MayHaveLeft] ─► (ask) ─► [Settle] ─► [Left.Record]
//	say one oneself    [PrepareByHand] ─► (say it) ─► Session.Do
//	look at services   [Unallowed] ─► (ask) ─► [Allow] ─► [Lookout] ─► [Look.Action] ─► Session.Do
//	clocks that passed [Missed], [RecordMissed]
//	whom to call       [CallList], [Contact.Call]
//	go on with a draft [Beginning], [Afresh]
//	take a role over   [TakeRole]
//	attach a runbook   [AttachRunbook]
//	deliver an inject  [Deliver]; those that are due: [InjectQueue]
//	which incident     [Running]
//
// A use case in which a person must answer something is several small steps, so that
// a dialog, a prompt on a line and a flag can each ask in their way. What is in the
// way is a *[state.Refusal]; one that is Overridable is answered by taking the same
// step again with the person's reason.
//
// The package knows what lies outside only as the narrow interfaces below, and the
// time only as it is passed in. Its functions may wait for a disk or a network where
// they take a context, and at no other place.
package response

import (
	"context"
	"time"

	"muster/state"
)

// A Session is an open incident, as far as use cases need one.
type Session interface {
	// Incident is the newest state that is known. It is never nil and never changed.
	Incident() *state.Incident
	// Do records an action durably. The error may be a *state.Refusal, or be
	// state.ErrNotSaved, state.ErrReadOnly or state.ErrTooLong.
	Do(ctx context.Context, action state.Action) (*state.Incident, error)
}

// A World is what lies outside. Its methods may be called several at once. Nothing
// they return may hold a secret. Of a drill's incident nothing may leave the machine,
// whoever calls: there the scenario answers.
type World interface {
	// Check looks once at a service. A look that fails is a result; the error says
	// why nothing could be seen. Of a private target that the incident does not allow
	// nothing is asked: then it is a *state.PrivateError, or has one inside.
	Check(ctx context.Context, inc *state.Incident, service string) (state.RecordCheck, error)
	// Channels lists the channels that are set. It returns at once.
	Channels() []state.Channel
	// Channel is the channel of this name, without regard to case. The error says
	// that there is none, or why it cannot be used. It returns at once.
	Channel(name string) (state.Channel, error)
	// Send hands the version that is named to the channel that is named, and
	// returns the command with how it went, and to whom if that was not said. In a
	// drill it finds the faults that sending would find. An error may have the
	// methods of [Unsent].
	Send(ctx context.Context, inc *state.Incident, notice state.SendNotice) (state.SendNotice, error)
}

// Unsent is what an error of World.Send may say of itself.
type Unsent interface {
	error
	// Reason is why it did not go out, as the log keeps it: it may well be the
	// same for years, and names no channel, since the entry does.
	Reason() string
	// MayHaveArrived says that it may be there all the same.
	MayHaveArrived() bool
}

// Who is somebody about to act, and when that is.
type Who struct {
	Person string
	Now    time.Time // in the person's zone
}

// Refused is the *state.Refusal that an action would meet now, or nil. Nothing is
// recorded.
func Refused(inc *state.Incident, action state.Action, who Who) error {
	stamp := state.Stamp{By: state.Actor{Name: who.Person, Via: "local"}, Recorded: who.Now, Zone: who.Now.Format("-07:00")}
	_, err := state.Decide(inc, action, stamp)
	return err
}
