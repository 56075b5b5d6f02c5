// Package session is the shell around the pure core: it loads an incident, decides
// on each action by the newest entries, appends durably, applies, and publishes.
//
//	Do: Decide ─► Seal ─► Log.Append ─► Clone.Apply ─► publish
//	        ▲                  │ ErrConflict
//	        └── load news ◄────┘
//
// A session may be used from several goroutines. What it publishes is never
// changed afterwards.
package session

import (
	"context"
	"errors"
	"io"
	"iter"
	"sync"
	"sync/atomic"
	"time"

	"muster/state"
)

// A Config is what a session needs to know of its surroundings.
type Config struct {
	Person  string      // who acts, by what was said now; "" for who acted last at the seat
	Usually string      // who acts if neither is known; "" if nobody knows
	Seat    state.Seat  // from where; the zero Seat if that is not known
	Guest   state.Guest // by which key, from elsewhere; the zero Guest at the machine itself
	Via     string      // local, ssh …
	Program string      // name and version, for session.opened
	Host    string      // the machine's name
	Clock   Clock       // the machine's clocks
	Random  io.Reader   // for salts and ids; crypto/rand.Reader
}

// A Session is one incident, open.
type Session struct {
	config Config
	person atomic.Pointer[string] // who acts; "" if nobody knows yet
	beat   time.Duration          // when within poll it looks at what others wrote

	mu      sync.Mutex // held by whoever uses log or publishes
	log     state.Log
	failed  error            // why nothing can be recorded any more
	parting *parting         // the log is a copy still, though it could be written to; nil if it is none
	mended  *state.Recovered // the last mending that was recorded
	known   bool             // session.opened stands in the log
	pending *indeterminate   // what may or may not have been saved; nil for nothing
	moved   string           // the state directory in which a rescue has it go on; "" for none
	stayed  []string         // what did not come along then

	// prelude records what comes before an action; see [begin].
	prelude func(context.Context, state.Action) error

	incident atomic.Pointer[state.Incident]
	news     atomic.Pointer[chan struct{}] // closed at the next publish
}

func newSession(log state.Log, config Config) *Session {
	s := &Session{config: config, log: log, beat: beatOf(config.Guest, time.Now())}
	news := make(chan struct{})
	s.news.Store(&news)
	s.person.Store(&config.Person)
	return s
}

// Incident is the newest known state of the incident. It is never changed.
func (s *Session) Incident() *state.Incident { return s.incident.Load() }

// Person is who acts in this session; "" if nobody has said so.
func (s *Session) Person() string { return *s.person.Load() }

// Be says who acts from here on. The next action records it.
func (s *Session) Be(person string) {
	person = state.KnownAs(s.Incident(), person)
	s.person.Store(&person)
}

// Become says who acts from here on, and records it, if there is a seat for which it can
// be remembered. That the person acts there already is no error.
func (s *Session) Become(ctx context.Context, person string) (*state.Incident, error) {
	if seat := s.config.Seat; seat.Known() {
		inc, err := s.Do(ctx, state.Action{Command: state.ActAt(seat), By: person})
		if refusal := new(state.Refusal); !errors.As(err, &refusal) || refusal.Reason != state.AlreadySo {
			return inc, err
		}
	}
	s.Be(person)
	return s.Incident(), nil
}

// recall finds out who acts, if that was not said: who did last at this seat, or else
// who usually does.
func (s *Session) recall() {
	if s.Person() != "" {
		s.Be(s.Person())
		return
	}
	person, ok := s.Incident().PersonAt(s.config.Seat)
	if !ok {
		person = s.config.Usually
	}
	s.Be(person)
}

// Close lets go of the incident, without closing it.
func (s *Session) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.log.Close()
}

// Writable is nil, or says why nothing can be recorded.
func (s *Session) Writable() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.writable()
}

func (s *Session) writable() error {
	err := s.log.Writable()
	if s.failed != nil && !errors.Is(err, state.ErrChanged) {
		return s.failed
	}
	if err == nil && s.parting != nil {
		return s.parting.copied
	}
	return err
}

// publish makes an incident known and wakes whoever waits for one.
func (s *Session) publish(incident *state.Incident) {
	s.incident.Store(incident)
	next := make(chan struct{})
	close(*s.news.Swap(&next))
}

// Mended says what was done to the log's torn end; nil if nothing was.
func (s *Session) Mended() *state.Recovered {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.log.Mended()
}

// Hint is the last head that the store noted elsewhere, and whether the log still
// has it: if not, acknowledged entries are missing. Stores that note none say true.
func (s *Session) Hint() (head state.Head, kept bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if log, ok := s.log.(interface{ Hint() (state.Head, bool) }); ok {
		return log.Hint()
	}
	return state.Head{}, true
}

// Copy says what the log follows; false if it is no copy of another.
func (s *Session) Copy() (state.Copy, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if log, ok := s.log.(state.Brancher); ok {
		return log.Copy()
	}
	return state.Copy{}, false
}

// Lines yields the log's verified lines as they lie.
func (s *Session) Lines(ctx context.Context) (iter.Seq2[[]byte, error], error) {
	return s.LinesAfter(ctx, 0)
}

// LinesAfter yields those behind an entry.
func (s *Session) LinesAfter(ctx context.Context, after uint64) (iter.Seq2[[]byte, error], error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	log, ok := s.log.(state.Liner)
	if !ok {
		return nil, errors.New("this store does not hand out its lines")
	}
	return log.Lines(ctx, after), nil
}

// An indeterminate is an action whose entry may or may not have reached the medium.
type indeterminate struct {
	action state.Action
	entry  state.Head
}

// A parting is a copy that is about to be gone on in.
type parting struct {
	copied   error        // says that it is a copy
	branched func() error // has it follow no other any more
}
