package tuitest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"muster/runbooks"
	"muster/state"
	"muster/tui"
)

// Start of the clock that a Desk shows, whatever the machine's says.
var epoch = time.Date(2026, 11, 24, 2, 31, 0, 0, time.UTC)

// A Desk keeps incidents in memory. Its fields are set before it is used.
type Desk struct {
	DraftBox
	Person string
	Books  []*runbooks.Source
	Broken []runbooks.Head // files that cannot be used
	Past   []tui.IncidentHead
	Plays  []*runbooks.ScenarioSource // of every runbook
	Unset  bool                       // no organisation is set down

	mu        sync.Mutex
	began     time.Time
	sessions  []*Session
	failSaves int
	failing   bool          // a rescue fails, once
	held      chan struct{} // closed to let slow saves go on; nil if they do not wait
	file      *slowFile     // what files that are attached now come like; nil: at once
	damage    *state.Damage
	changed   error       // the logs were changed by something else
	copied    *state.Copy // what the logs follow; nil if they are no copies
}

// NewDesk makes a desk of runbooks that tests play with, by their files' names.
func NewDesk(person string, books ...string) (*Desk, error) {
	d := &Desk{Person: person, began: time.Now()}
	for _, name := range books {
		source, err := ReadBook(name)
		if err != nil {
			return nil, err
		}
		d.Books = append(d.Books, source)
	}
	return d, nil
}

// Book reads a runbook from its text.
func Book(name string, text []byte) (*runbooks.Source, error) {
	book, problems := runbooks.Parse(name, text)
	if err := problems.Err(); err != nil {
		return nil, err
	}
	head := runbooks.Head{ID: book.ID, Title: book.Title, Summary: book.Summary, Tags: book.Tags,
		Severity: book.Severity, Reviewed: book.Reviewed, ReviewEvery: book.ReviewEvery, Layer: "built in", Path: name}
	return &runbooks.Source{Head: head, Text: text, Runbook: book, SHA256: state.Sum(text).String()}, nil
}

// Now is the desk's clock: 02:31 on 24 November 2026, and what has passed since.
func (d *Desk) Now() time.Time { return epoch.Add(time.Since(d.began)) }

// Incidents lists what was started, and Past.
func (d *Desk) Incidents(context.Context) ([]tui.IncidentHead, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	var heads []tui.IncidentHead
	for i := len(d.sessions) - 1; i >= 0; i-- {
		heads = append(heads, headOf(d.sessions[i].Incident()))
	}
	return append(heads, d.Past...), nil
}

func headOf(inc *state.Incident) tui.IncidentHead {
	n := inc.Tally(-1)
	head := tui.IncidentHead{ID: inc.ID, Title: inc.Title, Mode: inc.Mode, Severity: inc.Severity, Runbook: inc.Books[0].Runbook.Title, RunbookID: inc.Books[0].Doc.ID,
		Opened: inc.Opened, Entries: inc.Head.Seq, Done: n.Done, Total: n.Total}
	if inc.Closed != nil {
		head.Closed = inc.Closed.When
	}
	return head
}

// Runbooks lists the books, the broken ones last.
func (d *Desk) Runbooks(context.Context) ([]runbooks.Head, error) {
	var heads []runbooks.Head
	for _, b := range d.Books {
		heads = append(heads, b.Head)
	}
	return append(heads, d.Broken...), nil
}

// Runbook is one of the books.
func (d *Desk) Runbook(_ context.Context, id string) (*runbooks.Source, error) {
	for _, b := range d.Books {
		if b.ID == id {
			return b, nil
		}
	}
	return nil, fmt.Errorf("there is no runbook %q", id)
}

// Scenarios are the Plays.
func (d *Desk) Scenarios(context.Context, *runbooks.Source) ([]*runbooks.ScenarioSource, error) {
	return d.Plays, nil
}

// Start opens a new incident.
func (d *Desk) Start(_ context.Context, r tui.StartRequest) (tui.Session, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	words := []string{"amber-heron", "quiet-otter", "blue-falcon", "swift-badger"}
	id := "2026-11-24-" + words[len(d.sessions)%len(words)]
	s := &Session{desk: d, person: r.Person, news: make(chan struct{})}
	doc := state.Document{ID: r.Runbook.ID, Source: "built in", SHA256: state.Sum(r.Runbook.Text), Text: string(r.Runbook.Text)}
	open := state.OpenIncident{ID: id, Mode: r.Mode, Title: r.Title, Severity: r.Severity, Inputs: r.Inputs, Program: "muster test", Runbook: doc}
	if r.Scenario != nil {
		s.scenario = r.Scenario
		open.Scenario = &state.SealedScenario{ID: r.Scenario.ID, Title: r.Scenario.Scenario.Title, SHA256: state.Sum(r.Scenario.Text)}
	}
	if err := s.append(state.Action{Command: open, Occurred: r.Detected}, r.Person); err != nil {
		return nil, err
	}
	if r.Commands {
		if err := s.append(state.Action{Command: state.AssignRole{Role: state.Commander, Person: r.Person}}, r.Person); err != nil {
			return nil, err
		}
	}
	d.sessions = append(d.sessions, s)
	return s, nil
}

// Bare implements tui.Desk.
func (d *Desk) Bare() bool { return d.Unset }

// Open opens an incident that was started.
func (d *Desk) Open(_ context.Context, id string, watch bool) (tui.Session, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, s := range d.sessions {
		if s.inc.ID == id {
			s.watch, s.person = watch, d.Person
			return s, nil
		}
	}
	return nil, state.ErrNotFound
}

// Adopt makes a session of an incident that was built elsewhere.
func (d *Desk) Adopt(inc *state.Incident) *Session {
	d.mu.Lock()
	defer d.mu.Unlock()
	s := &Session{desk: d, person: d.Person, inc: inc, news: make(chan struct{})}
	d.sessions = append(d.sessions, s)
	return s
}

// Last is the session that was started last; nil if none was.
func (d *Desk) Last() *Session {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.sessions) == 0 {
		return nil
	}
	return d.sessions[len(d.sessions)-1]
}

// FailSaves makes the next n actions impossible to save.
func (d *Desk) FailSaves(n int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.failSaves = n
}

// FailRescue makes the next rescue fail.
func (d *Desk) FailRescue() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.failing = true
}

// Hold makes every save wait for Release.
func (d *Desk) Hold() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.held = make(chan struct{})
}

// Release lets held saves go on.
func (d *Desk) Release() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.held != nil {
		close(d.held)
		d.held = nil
	}
}

// Damage makes every session read-only for this reason.
func (d *Desk) Damage(damage *state.Damage) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.damage = damage
}

// Withhold makes of the incident that was started last a copy without some parts.
func (d *Desk) Withhold(parts state.Parts) error {
	s := d.Last()
	s.mu.Lock()
	defer s.mu.Unlock()
	inc, err := state.Replay(func(yield func(state.Entry, error) bool) {
		for _, e := range s.inc.Log {
			_, line, err := state.Seal(e)
			if err == nil {
				line.Bytes, _, err = state.Withhold(line.Bytes, parts)
			}
			if err == nil {
				e, err = state.Decode(line.Bytes)
			}
			if !yield(e, err) {
				return
			}
		}
	})
	s.inc = inc
	return err
}

// A Session is an incident in memory, built by the same Decide and Apply as a
// real one.
type Session struct {
	desk   *Desk
	person string
	watch  bool
	failed bool // not saved: takes nothing more until it is rescued
	moved  string
	sick   bool // Wait said that the log was changed

	scenario *runbooks.ScenarioSource // nil for none
	asked    int                      // how often it was read
	unread   error                    // why it cannot be, whatever of it is there

	fork *Session // a branch of it; nil for none

	mu   sync.Mutex
	inc  *state.Incident
	news chan struct{} // closed when something was appended
}

// Incident is the latest state.
func (s *Session) Incident() *state.Incident {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.inc
}

// append decides and applies an action, and tells who waits.
func (s *Session) append(action state.Action, person string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	stamp := state.Stamp{By: state.Actor{Name: person, Via: "local"}, Recorded: s.desk.Now(), Zone: "+00:00 UTC"}
	e, err := state.Decide(s.inc, action, stamp)
	if err != nil {
		return err
	}
	e, _, err = state.Seal(e)
	if err != nil {
		return err
	}
	next := &state.Incident{}
	if s.inc != nil {
		next = s.inc.Clone()
	}
	if err := next.Apply(e); err != nil {
		return err
	}
	s.inc = next
	close(s.news)
	s.news = make(chan struct{})
	return nil
}

// Do records an action, unless the desk was told otherwise.
func (s *Session) Do(ctx context.Context, action state.Action) (*state.Incident, error) {
	return s.do(ctx, action, s.person)
}

func (s *Session) do(ctx context.Context, action state.Action, person string) (*state.Incident, error) {
	d := s.desk
	d.mu.Lock()
	held := d.held
	if d.failSaves > 0 {
		d.failSaves--
		s.failed = true
	}
	failed := s.failed
	d.mu.Unlock()
	if held != nil {
		select {
		case <-held:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	if err := s.Writable(); err != nil && !failed {
		return nil, err
	}
	if failed {
		return nil, fmt.Errorf("write log.jsonl: no space left on device: %w", state.ErrNotSaved)
	}
	if err := s.append(action, person); err != nil {
		return nil, err
	}
	return s.Incident(), nil
}

// Wait waits for an entry after the one given.
func (s *Session) Wait(ctx context.Context, after uint64) (*state.Incident, error) {
	for {
		s.mu.Lock()
		inc, news := s.inc, s.news
		s.mu.Unlock()
		if inc.Head.Seq > after {
			return inc, nil
		}
		if err, right := s.sees(); err != nil || right {
			return inc, err
		}
		select {
		case <-news:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// Scenario is the drill's.
func (s *Session) Scenario(context.Context) (*runbooks.Scenario, []byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked++
	if s.scenario == nil {
		return nil, nil, s.unread
	}
	return s.scenario.Scenario, s.scenario.Text, s.unread
}

// LoseScenario has the drill's scenario not be there, or, for a reason, not be what it should.
func (s *Session) LoseScenario(why error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.unread = why; why == nil {
		s.scenario = nil
	}
}

// Inject is one of the scenario's, to be delivered by somebody else; nil if it has no
// such.
func (s *Session) Inject(id string) *runbooks.Inject { return s.scenario.Scenario.Inject(id) }

// As is the same incident, open in another process by person.
func (s *Session) As(person string) tui.Session { return &member{s, person} }

// A member shares a session's log under another name.
type member struct {
	*Session
	name string
}

// Person is who acts.
func (m *member) Person() string { return m.name }

// Be is somebody else from here on.
func (m *member) Be(person string) { m.name = person }

// Become is somebody else from here on, at a terminal of its own.
func (m *member) Become(ctx context.Context, person string) (*state.Incident, error) {
	m.name = person
	return m.do(ctx, state.Action{Command: state.ActAt(seatOf("pts/2"))}, person)
}

// Do records an action in the person's name.
func (m *member) Do(ctx context.Context, action state.Action) (*state.Incident, error) {
	return m.do(ctx, action, m.name)
}

// Asked is how often the scenario was read.
func (s *Session) Asked() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.asked
}

// KeepText describes a text and keeps nothing of it.
func (s *Session) KeepText(_ context.Context, name string, text []byte) (state.Kept, error) {
	return state.Kept{Name: name, SHA256: state.Sum(text), Size: int64(len(text))}, nil
}

// Rescue makes a failed session take actions again.
func (s *Session) Rescue(_ context.Context, dir string) (*state.Incident, error) {
	s.desk.mu.Lock()
	s.moved = dir
	failing := s.desk.failing
	s.desk.failing = false
	if !failing {
		s.failed, s.desk.changed = false, nil
	}
	s.desk.mu.Unlock()
	if failing {
		return nil, errors.New("rescue: no space left on device")
	}
	err := s.append(state.Action{Command: state.MendLog{What: "failed write", Detail: "no space left on device"}}, state.Muster)
	return s.Incident(), err
}

// Moved is where the last rescue went.
func (s *Session) Moved() (string, []string) {
	s.desk.mu.Lock()
	defer s.desk.mu.Unlock()
	return s.moved, nil
}

// Aside writes nothing.
func (s *Session) Aside(context.Context) (string, error) { return "/aside/log.jsonl", nil }

// Writable says what the desk was told to say.
func (s *Session) Writable() error {
	s.desk.mu.Lock()
	defer s.desk.mu.Unlock()
	switch {
	case s.desk.changed != nil:
		return s.desk.changed
	case s.desk.damage != nil:
		return s.desk.damage
	case s.watch:
		return state.ErrReadOnly
	case s.desk.copied != nil:
		return fmt.Errorf("%w: %w of %s", state.ErrReadOnly, state.ErrCopy, s.desk.copied.Source)
	}
	return nil
}

// Close does nothing.
func (s *Session) Close() error { return nil }

// Other records an action by another person, as from another process.
func (s *Session) Other(person string, command state.Command) error {
	return s.append(state.Action{Command: command}, person)
}

// Person is who acts in this session.
func (s *Session) Person() string { return s.person }

// Become is somebody else from here on.
func (s *Session) Become(ctx context.Context, person string) (*state.Incident, error) {
	s.person = person
	return s.do(ctx, state.Action{Command: state.ActAt(seatOf("pts/1"))}, person)
}

// Be is somebody else from here on.
func (s *Session) Be(person string) { s.person = person }

// seatOf is a terminal of the desk's machine.
func seatOf(terminal string) state.Seat {
	return state.Seat{Host: "desk", Account: "root", Terminal: terminal}
}
