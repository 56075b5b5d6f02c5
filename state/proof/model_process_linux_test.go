package proof

import (
	"context"
	"crypto/sha256"
	varint "encoding/binary"
	"errors"
	"fmt"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unsafe"

	"muster/state"
	"muster/state/filelog"
	"muster/state/session"
)

// A process is one screen of the model: the real session on the real store, on a disk
// that answers from a list. When the list ends it stands in the middle of whatever it
// does, and what it wants next is known. So a process is what it has been told, and can
// be made again from that.
type process struct {
	breaks string // how it is broken on purpose; "" if it is not
	past   []result
	apart  bool                 // what it knows is told apart by how it came to know it, wherever it can
	over   bool                 // it is not to go on
	wait   func(request) bool   // returns when past has an answer, or false
	answer func(request) result // answers at once, instead of the list; nil for the list

	log     *filelog.Log
	session *session.Session // nil until it is open
	left    int              // notes
	salts   int              // how many more of the number that was asked for last
	number  byte             // that number, and one
	late    bool             // time has passed, so that the whole file is looked at again
	acked   []state.Hash
	tried   state.Hash     // of the last line of a note that was given to be written
	seq     int64          // its place in the log
	memory  map[int][]byte // by handle, what was read: for a process that does not read again
}

// ended is what a process panics with where its list ends.
type ended struct{}

func (p *process) call(r request) result {
	switch {
	case p.answer != nil:
		return p.answer(r)
	case p.over:
		return result{n: 1}
	case len(p.past) == 0 && !p.wait(r):
		p.over = true
		panic(ended{})
	}
	got := p.past[0]
	p.past = p.past[1:]
	return got
}

// A report is what is to be known of a process between two things that it does.
type report struct {
	acked           []state.Hash // since the last
	knows           []state.Hash // all entries that it has
	left            int          // notes that it has not recorded yet
	stage           string       // opening, writing, done, looked
	broken          bool         // it was told that entries are not saved, and has not rescued them
	away            bool         // it has gone on in another folder
	pending, number int64        // place and random number of the entry that may or may not be saved; 0 for none
	mark            [2]uint64    // two processes of one mark are in the same state
}

// The program of a process: it opens the incident, records its notes, and rescues the
// log when it is told that it must. When everybody is done it looks once more.
func (p *process) run() {
	defer func() {
		if got := recover(); got != nil && got != (ended{}) {
			panic(got)
		}
	}()
	left := int(p.call(request{call: "start"}).n)
	ctx := context.Background()
	store := watchedStore{filelog.On(procDisk{p}, modelState, p.now), p}
	s, err := session.Open(ctx, store, modelID, false, p.config())
	if err != nil {
		p.bound(nil, report{stage: "done"})
		return
	}
	p.session = s
	var broken bool
	for stage := "writing"; left > 0 && !broken; {
		if most := p.bound(s, report{stage: stage, left: left}); most > 0 {
			left = min(left, most)
		}
		p.left = left
		switch _, err = s.Do(ctx, state.Action{Command: state.AddNote{Text: "a note"}}); {
		case err == nil:
			if len(p.acked) == 0 || p.acked[len(p.acked)-1] != p.tried {
				p.acked = append(p.acked, p.tried) // a rescue found it, and it was not written twice
			}
			p.tried = state.Hash{} // where its own last note stands makes no difference to it
			left--
		case errors.Is(err, state.ErrNotSaved):
			p.bound(s, report{stage: "rescuing", left: left, pending: p.seq, number: int64(p.number) - 1})
			if _, err = s.Rescue(ctx, ""); err != nil {
				broken = true
			}
		default:
			left = 0 // damage, or nothing that goes away
		}
	}
	p.bound(s, report{stage: "done", left: left, broken: broken})
	p.late = true
	away := false
	_, _ = s.Do(ctx, state.Action{Command: state.AddNote{}}) // is refused, and has looked before
	if s.Writable() == nil {
		_ = p.log.Recheck(ctx)
	}
	if errors.Is(s.Writable(), state.ErrNotSaved) {
		if _, err = s.Rescue(ctx, ""); err != nil {
			_, err = s.Rescue(ctx, modelAway)
			away = err == nil
		}
	}
	p.bound(s, report{stage: "looked", broken: err != nil && errors.Is(s.Writable(), state.ErrNotSaved), away: away})
}

// bound tells of what the process is between two things that it does. It returns how many
// notes it is to record at most from there on; 0 for as many as it has.
func (p *process) bound(s *session.Session, r report) (most int) {
	if p.answer == nil && len(p.past) > 0 { // it only comes again to where it was
		p.acked = nil
		return int(p.call(request{call: "bound"}).n)
	}
	r.acked, p.acked = p.acked, nil
	if s != nil {
		for _, e := range s.Incident().Log {
			r.knows = append(r.knows, e.Hash)
		}
	}
	sum := sha256.Sum256([]byte(fmt.Sprint(r.stage, r.left, r.broken, " ") + p.mark(s)))
	r.mark = [2]uint64{varint.BigEndian.Uint64(sum[:]), varint.BigEndian.Uint64(sum[8:])}
	return int(p.call(request{call: "bound", said: &r}).n)
}

const (
	modelState = "/state"
	modelAway  = "/usb"
	modelID    = "2026-11-24-amber-heron"
	modelLog   = modelState + "/incidents/" + modelID + "/log.jsonl"
)

var modelTime = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)

func (p *process) now() time.Time {
	if p.late {
		return modelTime.Add(time.Hour)
	}
	return modelTime
}

func (p *process) config() session.Config {
	return session.Config{Person: "Ada", Via: "local", Program: "muster model", Host: "model", Clock: modelClock{}, Random: p}
}

// Read are random numbers: new ones for each entry that is decided.
func (p *process) Read(data []byte) (int, error) {
	if p.salts == 0 {
		p.decides()
		seq := uint64(1)
		if p.log != nil {
			seq = p.log.Head().Seq + 1
		}
		p.number, p.salts = byte(p.call(request{call: "random", at: int64(seq)}).n)+1, len(state.Salts{})
	}
	p.salts--
	for i := range data {
		data[i] = p.number
	}
	return len(data), nil
}

// decides stands where an entry is about to be decided: however often others were faster
// before, all that counts from here on is what the process knows, and what it was doing.
func (p *process) decides() {
	if p.session != nil {
		p.bound(p.session, report{stage: fmt.Sprint("deciding ", here().id), left: p.left})
	}
}

// looks stands where a process is about to look at the log without the lock, and has in
// its hands nothing that it has not in its session and its log: all that an earlier look
// told it, that there was something new, say, is where it stands. So processes that came
// there by different looks are one.
func (p *process) looks() {
	if p.session == nil || p.apart {
		return
	}
	if at := here(); at.bare {
		p.bound(p.session, report{stage: fmt.Sprint("looking ", at.id), left: p.left})
	}
}

// A stack is from where a process makes a call.
type stack struct {
	id   int
	bare bool // it looks at the log, as looks says
}

var (
	stacks  = map[[32]uintptr]stack{}
	stacked sync.Mutex
)

// here is from where the caller of the caller was called.
func here() stack {
	var callers [32]uintptr
	n := runtime.Callers(3, callers[:])
	stacked.Lock()
	defer stacked.Unlock()
	if known, ok := stacks[callers]; ok {
		return known
	}
	frames := runtime.CallersFrames(callers[:n])
	_, _ = frames.Next() // of the disk
	inner, _ := frames.Next()
	outer, _ := frames.Next()
	const of = "muster/state/filelog.(*Log)."
	fresh := stack{id: len(stacks)}
	switch strings.TrimPrefix(inner.Function, of) {
	case "Changed", "place":
		fresh.bare = true
	case "isCurrent", "putRight":
		fresh.bare = outer.Function == of+"follow"
	}
	stacks[callers] = fresh
	return fresh
}

// modelClock stands still.
type modelClock struct{}

func (modelClock) Now() time.Time           { return modelTime }
func (modelClock) SinceBoot() time.Duration { return time.Hour }
func (modelClock) BootID() string           { return "boot" }
func (modelClock) Synced() string           { return "yes" }
func (modelClock) Zone() string             { return "+00:00 UTC" }

// A watchedStore tells the process which log it has open, and what that acknowledged.
type watchedStore struct {
	*filelog.Store
	p *process
}

type watchedLog struct {
	*filelog.Log
	p *process
}

func (p *process) watched(log state.Log, err error) (state.Log, error) {
	if err != nil {
		return nil, err
	}
	p.log = log.(*filelog.Log)
	return &watchedLog{p.log, p}, nil
}

func (s watchedStore) Create(ctx context.Context, id string, first state.Line) (state.Log, error) {
	return s.p.watched(s.Store.Create(ctx, id, first))
}

func (s watchedStore) Open(ctx context.Context, id string, readOnly bool) (state.Log, error) {
	return s.p.watched(s.Store.Open(ctx, id, readOnly))
}

func (s watchedStore) Load(ctx context.Context, id string, readOnly bool, see func(*state.Entry, int)) (state.Log, error) {
	return s.p.watched(s.Store.Load(ctx, id, readOnly, see))
}

func (l *watchedLog) Append(ctx context.Context, line state.Line) error {
	if line.Kind == state.KindNoteAdded {
		l.p.tried, l.p.seq = line.Hash, int64(line.Seq)
	}
	err := l.Log.Append(ctx, line)
	if err == nil {
		l.p.acked = append(l.p.acked, line.Hash)
	}
	return err
}

func (l *watchedLog) Rescue(ctx context.Context, entries []state.Entry, dir string) (state.Log, error) {
	return l.p.watched(l.Log.Rescue(ctx, entries, dir))
}

// remember and remembered are of a process that trusts its memory of a file instead of
// reading it again; of any other they do nothing.
func (p *process) remember(fd int, data []byte) {
	if p.breaks == "reads nothing back" && p.memory[fd] != nil {
		p.memory[fd] = append(p.memory[fd], data...)
	}
}

func (p *process) remembered(fd int, at int64, data string) string {
	if p.breaks != "reads nothing back" {
		return data
	}
	if p.memory == nil {
		p.memory = make(map[int][]byte)
	}
	have := p.memory[fd]
	if at == int64(len(have)) {
		p.memory[fd] = append(have, data...)
		return data
	}
	if to := at + int64(len(data)); at < int64(len(have)) && to <= int64(len(have)) {
		return string(have[at:to])
	}
	return data
}

// mark is a text of all that a process knows: whatever it does next depends on that
// alone. What is in an incident follows from its entries, and these from the last one's
// hash.
func (p *process) mark(s *session.Session) string {
	var m marker
	m.pointers = make(map[unsafe.Pointer]int)
	if s != nil {
		fmt.Fprint(&m, s.Incident().Head, " ")
		m.value(reflect.ValueOf(s).Elem(), 0)
	}
	fmt.Fprint(&m, p.tried, p.late, p.memory)
	return m.String()
}

type marker struct {
	strings.Builder
	pointers map[unsafe.Pointer]int
}

// forgotten are types and fields that hold nothing a process could go by: locks, its
// surroundings, the incident, of which the head is there, and scratch memory.
var forgotten = map[reflect.Type]bool{
	reflect.TypeFor[sync.Mutex](): true, reflect.TypeFor[session.Config](): true, reflect.TypeFor[*process](): true,
	reflect.TypeFor[atomic.Pointer[state.Incident]](): true, reflect.TypeFor[atomic.Pointer[chan struct{}]](): true,
	reflect.TypeFor[*filelog.Store](): true,
}

// unused are fields by which a process of the model does not go: scratch memory, the last
// line, which is read anew and only then known by its bytes instead of its hash, how the
// log looked when it was opened, of which only which file it is matters, and when all of
// it was verified last, which is so long ago whenever it is asked that it is done again.
var unused = map[string]bool{
	"Log.buffer": true, "Log.ended": true, "Log.of": true, "Log.whole": true, "hint.head": true,
}

func (m *marker) value(v reflect.Value, depth int) {
	if depth > 20 {
		panic("a process is deeper than the model looks")
	}
	if v.IsValid() && forgotten[v.Type()] {
		return
	}
	if v.IsValid() && v.Kind() == reflect.Interface && v.Type() == reflect.TypeFor[error]() {
		v = v.Elem()
		if v.IsValid() {
			m.failure(v, depth)
		}
		return
	}
	switch v.Kind() {
	case reflect.Invalid:
		m.WriteString("-")
	case reflect.Pointer:
		m.pointer(v, depth)
	case reflect.Interface:
		m.value(v.Elem(), depth+1)
	case reflect.Struct:
		fmt.Fprint(m, v.Type().Name(), "{")
		for i := range v.NumField() {
			if v.Type().Name()+v.Type().Field(i).Name == "Loginfo" {
				fmt.Fprint(m, v.Field(i).Elem().Field(0), " ")
			} else if !unused[v.Type().Name()+"."+v.Type().Field(i).Name] {
				m.value(v.Field(i), depth+1)
				m.WriteByte(' ')
			}
		}
		m.WriteByte('}')
	case reflect.Slice, reflect.Array:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			fmt.Fprintf(m, "%x", bytesOf(v))
			return
		}
		m.WriteByte('[')
		for i := range v.Len() {
			m.value(v.Index(i), depth+1)
			m.WriteByte(' ')
		}
		m.WriteByte(']')
	case reflect.Chan, reflect.Func, reflect.Map, reflect.UnsafePointer:
	default:
		fmt.Fprint(m, v)
	}
}

func bytesOf(v reflect.Value) []byte {
	data := make([]byte, v.Len())
	for i := range data {
		data[i] = byte(v.Index(i).Uint())
	}
	return data
}

func (m *marker) pointer(v reflect.Value, depth int) {
	if v.IsNil() {
		m.WriteString("nil")
		return
	}
	at := v.UnsafePointer()
	if n, known := m.pointers[at]; known {
		fmt.Fprint(m, "&", n)
		return
	}
	m.pointers[at] = len(m.pointers)
	m.value(v.Elem(), depth+1)
}

// failure marks an error by its type and what is in it.
func (m *marker) failure(v reflect.Value, depth int) {
	m.WriteString(v.Type().String())
	m.value(v, depth+1)
}
