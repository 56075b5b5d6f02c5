package incident

import (
	"context"

	"muster/runbooks"
	"muster/state"
	"muster/state/response"
)

// A World is what muster does outside itself on a person's word. Its methods may
// wait for a network or a disk and are called from commands alone, several at
// once; Channels and Channel return at once. What they return is cleaned before it is
// drawn.
type World interface {
	response.World
	// Contacts is the person's own list of contacts; see [response.CallList].
	Contacts(ctx context.Context) ([]response.Contact, error)
	// Sitrep is a situation report in Markdown, of what was done after entry since.
	Sitrep(ctx context.Context, inc *state.Incident, since uint64) (string, error)
	// Forms is the library of forms that authorities demand, broken files included.
	Forms(ctx context.Context) ([]*runbooks.FormSource, error)
	// Verify checks the log of an incident, and says what was found; the error says that
	// it is not good, or could not be checked.
	Verify(ctx context.Context, id string) (string, error)
	// Formats are those in which an incident can be exported, the one to begin with first.
	Formats() []Format
	// Export writes an incident to a file that is not there yet, in the format of that name.
	Export(ctx context.Context, id, format, path string) error
	// Merge takes a branch over into an incident, in a person's name: a file, a folder or a
	// log on another machine. It says what came of it; with dry, what would, and whether there
	// is more than the log has, and nothing is written.
	Merge(ctx context.Context, id, person, source string, dry bool) (more bool, text string, err error)
}

// A Format is one in which an incident can be exported.
type Format struct {
	Name string
	Help string // what it is, in a few words
	Ext  string // of its files, with the dot
}
