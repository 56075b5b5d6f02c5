package incident

import (
	"context"

	"muster/runbooks"
	"muster/state"
)

// A Session is one incident, open. Its methods may block on a disk or a network,
// so the screens call them only from commands; Incident alone returns at once.
type Session interface {
	// Incident is the latest known state. It is never nil and never changed:
	// what comes later is another value.
	Incident() *state.Incident
	// Do records an action durably and returns the incident it leads to. The
	// error may be a *state.Refusal (nothing was recorded; perhaps it can be
	// overridden) or be state.ErrNotSaved (the action may be lost: keep what was
	// typed, say so loudly, offer Rescue) or state.ErrReadOnly.
	Do(ctx context.Context, action state.Action) (*state.Incident, error)
	// Wait returns as soon as an incident with more entries than after is known,
	// by whoever they were written. The error may be state.ErrChanged; it returns
	// without one too as soon as such a log has been put right.
	Wait(ctx context.Context, after uint64) (*state.Incident, error)
	// Keep copies the file at path beside the log and describes it for an
	// AddEvidence. It records nothing.
	// tell, from another goroutine, is told how many bytes of how many have been
	// read. It ends with ctx, whatever the file does, and nobody waits for it.
	Keep(ctx context.Context, path string, tell func(done, all int64)) (state.AddEvidence, error)
	// Files are the files that a person means by what they gave as the name of one: it,
	// or several that were dropped at once. It ends with ctx.
	Files(ctx context.Context, given string) []string
	// Rescue carries the log on after ErrNotSaved: in place, or below dir, another
	// state directory.
	Rescue(ctx context.Context, dir string) (*state.Incident, error)
	// Moved is the state directory in which the log goes on since a rescue, "" if it
	// is where it was, and what could not be brought along.
	Moved() (dir string, stayed []string)
	// Aside writes all that is known into a file that is no incident's log, when
	// Writable is state.ErrChanged, and says which.
	Aside(ctx context.Context) (path string, err error)
	// Scenario reads the scenario that a drill's first entry seals, and its text:
	// both nil if it has none. The error says why it cannot be read, or that it is
	// not the one that was sealed. Screens ask for it for the facilitator alone.
	Scenario(ctx context.Context) (*runbooks.Scenario, []byte, error)
	// KeepText puts a text beside the log, durably, and describes it for an entry
	// that names it. It records nothing.
	KeepText(ctx context.Context, name string, text []byte) (state.Kept, error)
	// Person is who acts; "" if nobody has said so yet.
	Person() string
	// Be says who acts from here on; the next action records it.
	Be(person string)
	// Become says who acts from here on, and records it where it can be remembered.
	Become(ctx context.Context, person string) (*state.Incident, error)
	// Writable is nil, or says why no action can be recorded.
	Writable() error
	// Copy says what the log follows; false if it is no copy.
	Copy() (state.Copy, bool)
	// Branch goes on in a copy, and records that: action is a state.BranchLog. What the
	// copy follows is said by the copy itself. From then on actions can be recorded.
	Branch(ctx context.Context, action state.Action) (*state.Incident, error)
	// Close lets go of the incident. It does not close it.
	Close() error
}
