package state

import (
	"context"
	"io"
	"iter"
)

// A Store keeps the logs of incidents. Everything it acknowledges is durable, and
// it never changes what it has acknowledged. All methods may be called from
// several goroutines; several processes may have one store open.
// state/statetest holds the tests that every store must pass.
type Store interface {
	// Create makes the log of a new incident with its first line, durably.
	// ErrExists if there is one of this id; an id that is not a plain name is
	// refused.
	Create(ctx context.Context, id string, first Line) (Log, error)
	// Open opens an incident's log and verifies it to the end. A torn tail is
	// mended (see Log.Mended), unless readOnly. Damage does not fail Open: the
	// log is then read-only and Log.Writable says why. ErrNotFound if there is
	// no such incident.
	Open(ctx context.Context, id string, readOnly bool) (Log, error)
	// List returns the ids of all incidents, sorted.
	List(ctx context.Context) ([]string, error)
}

// A Loader is a Store that hands out an incident's entries while it opens the log
// and verifies it, so that a long one is not read twice.
type Loader interface {
	Store
	// Load is Open, and gives take each entry that the log's Head vouches for
	// then, verified, in order. It says about how many more will come. The entry
	// is valid until take returns.
	Load(ctx context.Context, id string, readOnly bool, take func(e *Entry, more int)) (Log, error)
}

// A Log is one incident's log, open.
type Log interface {
	// Entries yields the verified entries after seq, in order, up to the log's
	// end at this moment, and the last error if it cannot go on. After Damage
	// nothing follows. Head moves once they have been read to the end.
	Entries(ctx context.Context, after uint64) iter.Seq2[Entry, error]
	// Append writes one line after the head that line.Prev names, and returns
	// only when it is durable. ErrConflict: the head has moved and nothing was
	// written. ErrNotSaved: the write may or may not have reached the medium;
	// it is not acknowledged, and neither is anything after it.
	Append(ctx context.Context, line Line) error
	// Head is the end of the log as this Log last saw it.
	Head() Head
	// Changed looks, cheaply, whether others have appended since. It says true
	// too when it cannot be sure.
	Changed(ctx context.Context) (bool, error)
	// Writable is nil if the log takes entries, or says why it does not: a
	// *Damage, or an error that is ErrReadOnly or ErrNotSaved.
	Writable() error
	// Mended says what was done to a torn tail on opening; nil if nothing was.
	Mended() *Recovered
	// PutEvidence copies a file beside the log, durably, and says its hash and
	// size in bytes. The same content twice is kept once.
	PutEvidence(ctx context.Context, content io.Reader) (Hash, int64, error)
	// Evidence opens a file kept beside the log. ErrNoFile if it is not there.
	Evidence(ctx context.Context, sum Hash) (io.ReadCloser, error)
	// Close lets go of the log. It does not close the incident.
	Close() error
}

// A Rechecker is a Log that can see whether what it has handed out is still there.
type Rechecker interface {
	// Recheck does so, if enough time has passed to be worth it, and returns
	// ErrChanged if it is not. It may be called often, and takes part of the time
	// only. It needs no care for what else is done with the log.
	Recheck(ctx context.Context) error
}

// A Batcher is a Log that takes many lines at once.
type Batcher interface {
	// AppendAll is Append of several lines that follow from one another: all of them are
	// there when it returns nil, and otherwise none is, but after ErrNotSaved, where that
	// is not known.
	AppendAll(ctx context.Context, lines []Line) error
}

// A Rescuer is a Log that can be carried on after ErrNotSaved.
type Rescuer interface {
	// Rescue writes all acknowledged entries into a new file, in the same
	// place or, if dir is not empty, in a folder named after the incident below
	// dir, and returns the log that carries on there, with what Mended says to
	// be recorded next. Its head is the last of entries. Whole entries that the
	// medium has behind it are kept, and are news: what others wrote, and
	// perhaps the entry that was not acknowledged, for others may have shown it.
	// The old Log is closed. On an error the old Log stays as it was.
	Rescue(ctx context.Context, entries []Entry, dir string) (Log, error)
	// Aside writes the entries into a file that is no incident's log, durably,
	// somewhere that takes it, and returns its path. Nothing else changes.
	Aside(ctx context.Context, entries []Entry) (path string, err error)
}

// A Liner is a Log that hands out its lines as they lie: what an exported log is
// made of.
type Liner interface {
	// Lines yields the verified lines after entry after, in order, without
	// their newlines. Each is valid only until the next. After an error nothing
	// follows.
	Lines(ctx context.Context, after uint64) iter.Seq2[[]byte, error]
}
