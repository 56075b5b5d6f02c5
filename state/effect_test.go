package state_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"muster/state"
	"muster/state/statetest"
)

// TestClockByHand: what people, and the program, record of a clock is all that it shows.
func TestClockByHand(t *testing.T) {
	l := newLedger(t, towers)
	clock := func(id string) *state.Clock { return l.inc.Clock(id) }
	if c := clock("board"); c.StartSeq != 1 || c.StartedBy != "Ada" || !c.Running() || c.Due(time.UTC) != c.Started.Add(4*time.Hour) {
		t.Errorf("%+v", c)
	}
	if c := clock("final"); c.Status(l.now, time.UTC) != state.ClockWaiting || c.Running() || !c.Due(time.UTC).IsZero() {
		t.Errorf("%+v", c)
	}
	seq := l.do("Ben", state.StartClock{Clock: "final", Why: "told us"})
	c := clock("final")
	if c.StartSeq != seq || c.StartedBy != "Ben" || c.Why != "told us" || !c.Started.Equal(l.now) || c.Status(l.now, time.UTC) != state.ClockRunning {
		t.Errorf("%+v", c)
	}
	due := c.Due(time.UTC)
	if c.Status(due, time.UTC) != state.ClockRunning || c.Status(due.Add(1), time.UTC) != state.ClockOverdue {
		t.Error("a clock runs out when its time is past, not before")
	}
	if refusal := l.refusal("Ada", state.Action{Command: state.MissClock{Clock: "board", Due: clock("board").Due(time.UTC)}}); refusal == nil || !strings.Contains(refusal.Text, "has time left") {
		t.Errorf("%v", refusal)
	}
	seq = l.do("Cleo", state.MeetClock{Clock: "board", Why: "rang them"})
	if c := clock("board"); c.EndSeq != seq || c.EndedBy != "Cleo" || c.Why != "rang them" || c.Waived || c.Running() || c.Status(l.now, time.UTC) != state.ClockMetOnce {
		t.Errorf("%+v", c)
	}
	if refusal := l.refusal("Ada", state.Action{Command: state.MeetClock{Clock: "board", Why: "x"}}); refusal == nil || refusal.Seq != seq || !strings.Contains(refusal.Text, "board was met by Cleo") {
		t.Errorf("%v", refusal)
	}
	seq = l.do("Cleo", state.WaiveClock{Clock: "final", Why: "no need"})
	if c := clock("final"); c.EndSeq != seq || !c.Waived || c.Why != "no need" || c.Status(l.now, time.UTC) != state.ClockWasOff {
		t.Errorf("%+v", c)
	}
	if refusal := l.refusal("Ada", state.Action{Command: state.MeetClock{Clock: "final", Why: "x"}}); refusal == nil || !strings.Contains(refusal.Text, "final was waived by Cleo") {
		t.Errorf("%v", refusal)
	}

	late := newLedger(t, towers)
	board := late.inc.Clock("board").Due(time.UTC)
	late.now = board
	if list := late.inc.Overdue(board.Add(-1), time.UTC); len(list) != 0 {
		t.Errorf("%v", list)
	}
	if list := late.inc.Overdue(board, time.UTC); len(list) != 1 || list[0].ID != "board" {
		t.Errorf("%v", list)
	}
	seq = late.do("Ada", state.MissClock{Clock: "board", Due: board})
	if late.inc.Clock("board").Missed != seq || len(late.inc.Overdue(late.now, time.UTC)) != 0 || late.inc.NextClock(time.UTC).ID != "board" {
		t.Errorf("%+v", late.inc.Clock("board"))
	}
	late.do("Ada", state.MeetClock{Clock: "board", Why: "x"})
	if got := late.inc.Clock("board").Status(late.now, time.UTC); got != state.ClockMetLate {
		t.Errorf("it is %s", got)
	}
}

// TestTimerAndCalls: what is recorded of timers and calls is all that they show.
func TestTimerAndCalls(t *testing.T) {
	l := newLedger(t, asks)
	due := l.now.Add(time.Hour).Add(300 * time.Millisecond)
	set := l.do("Ada", state.SetTimer{Title: "Tea", Step: "ask", Due: due})
	timer := l.inc.Timer("timer-1")
	if timer.Title != "Tea" || timer.Step != "ask" || !timer.Due.Equal(due.Truncate(time.Second)) || timer.By != "Ada" || timer.Seq != set || !timer.Ended.IsZero() || !timer.Set.Equal(l.now) {
		t.Errorf("%+v", timer)
	}
	if open := l.inc.OpenItems(); !slices.Contains(open, state.OpenItem{What: "timer", ID: "timer-1", State: "set"}) || !slices.Contains(open, state.OpenItem{What: "clock", ID: "soon", State: "running"}) {
		t.Errorf("%+v", open)
	}
	l.do("Ada", state.EndTimer{Timer: "timer-1", Why: "drunk"})
	if timer = l.inc.Timer("timer-1"); timer.Why != "drunk" || !timer.Ended.Equal(l.now) {
		t.Errorf("%+v", timer)
	}
	back := l.now.Add(time.Hour)
	l.do("Ada", state.CallContact{Contact: "cert", Outcome: state.CallBack, CallBack: &back})
	if c := l.inc.Contact("cert"); c.Reached() || !c.CallBackAt(l.inc).Equal(back) {
		t.Errorf("%+v", c)
	}
	l.do("Ada", state.CallContact{Contact: "cert", Outcome: state.Reached, Note: "4711"})
	if c := l.inc.Contact("cert"); !c.Reached() || !c.CallBackAt(l.inc).IsZero() || len(c.Calls) != 2 || c.Calls[1].Note != "4711" || c.Calls[1].By != "Ada" {
		t.Errorf("%+v", c)
	}
	l.do("Ada", state.CallContact{Contact: "desk", Title: "The desk", Outcome: state.NoAnswer})
	if c := l.inc.Contact("desk"); c == nil || c.Def.Title != "The desk" || c.Reached() || c.Calls[0].Seq != l.inc.Head.Seq {
		t.Errorf("%+v", c)
	}
	sitrep := l.do("Ada", state.IssueSitrep{To: "Ben", Text: "All is quiet."})
	if l.inc.Sitrep != sitrep {
		t.Errorf("%d, not %d", l.inc.Sitrep, sitrep)
	}
}

// TestServiceGoesBack: a check that fails, or a verification, takes a restored service
// back; one that is down stays what it is.
func TestServiceGoesBack(t *testing.T) {
	for _, c := range []struct {
		state state.ServiceState
		ok    bool
		want  state.ServiceState
	}{
		{state.Restored, false, state.Regressed}, {state.Verified, false, state.Regressed}, {state.Restored, true, state.Restored},
		{state.Affected, false, state.Affected}, {state.Suspect, false, state.Suspect}, {state.Affected, true, state.Affected},
	} {
		l := newLedger(t, asks)
		set := l.do("Ada", state.SetService{Service: "web", State: c.state, Why: "x"})
		seq := l.do("Ben", state.RecordCheck{Service: "web", OK: c.ok, What: "GET /", Detail: "502"})
		s := l.inc.Service("web")
		if s.State != c.want || s.Checked == nil || s.Checked.OK != c.ok || !s.CheckedAt.Equal(l.now) {
			t.Errorf("%s, %v: %+v", c.state, c.ok, s)
		}
		moved := c.want != c.state
		if moved && (s.Seq != seq || s.Why != "check failed: 502" || s.By != "Ben") || !moved && s.Seq != set {
			t.Errorf("%s, %v: %+v", c.state, c.ok, s)
		}
		if s.EverRestored != (c.state == state.Restored) || (s.RestoredBy == "Ada") != (c.state == state.Restored) {
			t.Errorf("%s: %+v", c.state, s)
		}
	}
}

// TestHandover: a role is handed over when the other person says so.
func TestHandover(t *testing.T) {
	l := newLedger(t, asks)
	l.do("Ada", state.AssignRole{Role: "commander", Person: "Ada"})
	if refusal := l.refusal("Ben", state.Action{Command: state.HandRole{Role: "commander", To: "Cleo"}}); refusal == nil || refusal.Reason != state.NotHolder || !refusal.Overridable {
		t.Errorf("%v", refusal)
	}
	l.do("Ada", state.HandRole{Role: "commander", To: "Ben", Note: "tired"})
	if role := l.inc.Role("commander"); role.Person != "Ada" || role.Pending != "Ben" {
		t.Errorf("%+v", role)
	}
	if open := l.inc.OpenItems(); !slices.Contains(open, state.OpenItem{What: "role", ID: "commander", State: "handed over, not acknowledged"}) {
		t.Errorf("%+v", open)
	}
	if refusal := l.refusal("Cleo", state.Action{Command: state.AcknowledgeRole{Role: "commander"}}); refusal == nil || refusal.Reason != state.SamePerson {
		t.Errorf("%v", refusal)
	}
	seq := l.do("Ben", state.AcknowledgeRole{Role: "commander"})
	if role := l.inc.Role("commander"); role.Person != "Ben" || role.Pending != "" || !role.Since.Equal(l.now) || l.inc.Log[seq-1].By.Role != "" {
		t.Errorf("%+v", role)
	}
	if got := l.inc.RolesOf("Ben"); !slices.Equal(got, []string{"commander"}) || l.inc.RolesOf("Ada") != nil {
		t.Errorf("%v", got)
	}
	if seq = l.do("Ben", state.AddNote{Text: "x"}); l.inc.Log[seq-1].By.Role != "commander" {
		t.Errorf("%+v", l.inc.Log[seq-1].By)
	}
}

// TestForeign: entries that name what is not there are counted, and change nothing.
func TestForeign(t *testing.T) {
	l := newLedger(t, asks)
	l.do("Ada", state.AddService{Service: "late", Title: "Late"})
	step := state.StepRef{Step: "none"}
	for _, data := range []state.Data{
		&state.StepDone{StepRef: step}, &state.NoteAdded{Step: "none", Text: "x"}, &state.ServiceSet{Service: "none", State: state.Affected},
		&state.ServiceChecked{Service: "none"}, &state.RoleAssigned{Role: "none", Person: "x"}, &state.ClockStarted{Clock: "none"}, &state.ClockMet{Clock: "none"},
		&state.ClockWaived{Clock: "none"}, &state.ClockMissed{Clock: "none"}, &state.TimerEnded{Timer: "none"}, &state.NoticeApproved{Notice: "none"},
		&state.NoticeSent{Notice: "first", Version: 7}, &state.NoticeFailed{Notice: "none"}, &state.InjectAcknowledged{Inject: "none"}, &state.StepAdded{StepRef: state.StepRef{Step: "ask"}},
		&state.StepAdded{StepRef: step, Phase: "none"}, &state.ServiceAdded{Service: "late", Title: "x"},
	} {
		before := l.inc.Unresolved
		if err := l.inc.Apply(statetest.Entry(l.inc.Head, data)); err != nil {
			t.Fatal(err)
		}
		if l.inc.Unresolved != before+1 {
			t.Errorf("%s: %d were foreign, and now %d", data.Kind(), before, l.inc.Unresolved)
		}
	}
}

// TestBounded: numbers of a log that no muster wrote are taken within their bounds.
func TestBounded(t *testing.T) {
	const tenYears = 10 * 366 * 24 * time.Hour
	for at, want := range map[int64]time.Duration{-1: 0, 0: 0, tenYears.Milliseconds(): tenYears, tenYears.Milliseconds() + 1: tenYears, 1 << 53: tenYears} {
		l := newLedger(t, asks)
		if err := l.inc.Apply(statetest.Entry(l.inc.Head, &state.ExerciseSet{Speed: 99, AtMillis: at})); err != nil {
			t.Fatal(err)
		}
		if now := l.inc.Exercise.Now(); now.At != want || now.Speed != 60 {
			t.Errorf("%d: %+v", at, now)
		}
	}
	first := day.AddDate(1990-day.Year(), 0, 0)
	l := newLedger(t, asks)
	if refusal := l.refusal("Ada", state.Action{Command: state.AddNote{Text: "x"}, Occurred: first}); refusal != nil {
		t.Errorf("1990 is not too early: %v", refusal)
	}
	if refusal := l.refusal("Ada", state.Action{Command: state.OpenIncident{}}); refusal == nil || refusal.Seq != 1 {
		t.Errorf("%+v", refusal)
	}
	drill := &ledger{t: t, now: day}
	drill.do("Fay", state.OpenIncident{ID: "x", Mode: state.Drill, Runbook: document("book", asks)})
	if refusal := drill.refusal("Fay", state.Action{Command: state.AddInject{From: "desk", To: "all", Via: "phone"}}); refusal == nil || refusal.Field != "text" {
		t.Errorf("%v", refusal)
	}
	if refusal := drill.refusal("Fay", state.Action{Command: state.AddInject{To: "all", Via: "phone", Text: "x"}}); refusal == nil || refusal.Field != "from" {
		t.Errorf("%v", refusal)
	}
	if refusal := drill.refusal("Fay", state.Action{Command: state.AddInject{From: "desk", To: "all", Text: "x"}}); refusal == nil || refusal.Field != "via" {
		t.Errorf("%v", refusal)
	}
}

// A loading is a store that hands out entries while it reads them.
type loading struct {
	state.Store
	entries []state.Entry
	damage  error
}

type damagedLog struct {
	state.Log
	damage error
}

func (l damagedLog) Writable() error { return l.damage }

func (s loading) Load(ctx context.Context, id string, readOnly bool, take func(*state.Entry, int)) (state.Log, error) {
	log, err := s.Open(ctx, id, readOnly)
	if err != nil {
		return nil, err
	}
	for i := range s.entries {
		take(&s.entries[i], len(s.entries)-i-1)
	}
	return damagedLog{log, s.damage}, nil
}

// TestLoadDamaged: a damaged log is computed as far as it is good, and what is wrong
// first is what is said.
func TestLoadDamaged(t *testing.T) {
	store, opening := statetest.NewMem(), statetest.Opening("a")
	if _, err := store.Create(t.Context(), "a", opening); err != nil {
		t.Fatal(err)
	}
	first, err := state.Decode(opening.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	damage := &state.Damage{Line: 2, What: "broken"}
	for _, c := range []struct {
		entries []state.Entry
		damage  error
		says    string
	}{
		{[]state.Entry{first}, nil, ""},
		{[]state.Entry{first}, state.ErrReadOnly, ""},
		{[]state.Entry{first}, damage, "line 2: broken"},
		{[]state.Entry{first, first}, nil, "entry 1 cannot follow entry 1"},
		{[]state.Entry{first, first}, damage, "entry 1 cannot follow entry 1"},
	} {
		log, inc, err := state.Load(t.Context(), loading{store, c.entries, c.damage}, "a", true)
		if log == nil || inc.Head.Seq != 1 || (err == nil) != (c.says == "") || err != nil && err.Error() != c.says {
			t.Errorf("%q: %v", c.says, err)
		}
	}
	if _, _, err := state.Load(t.Context(), loading{Store: store}, "b", true); !errors.Is(err, state.ErrNotFound) {
		t.Errorf("%v", err)
	}
}
