package filelog

import (
	"errors"
	"os"
	"strings"
	"testing"

	"muster/state"
	"muster/state/statetest"
)

// TestAppendAllIsWholeOrNothing: all lines stand behind those that there are, also for who
// has the log open; whatever fails before the log has its new file leaves it as it was.
func TestAppendAllIsWholeOrNothing(t *testing.T) {
	lines := source("a", "b", "c", "d")
	f := newFixture(t, "a")
	other, l := f.open(), f.open()
	f.must(l.AppendAll(ctx, nil))
	f.must(l.AppendAll(ctx, lines[2:]))
	f.must(l.AppendAll(ctx, []state.Line{statetest.Note(l.Head(), "e")}))
	f.must(l.Append(ctx, statetest.Note(l.Head(), "f")))
	if l.Head().Seq != 7 {
		t.Errorf("it ends with entry %d", l.Head().Seq)
	}
	if changed, err := other.Changed(ctx); err != nil || !changed {
		t.Errorf("who has it open sees %v, %v", changed, err)
	}
	n := 0
	for _, err := range other.Entries(ctx, 0) {
		f.must(err)
		n++
	}
	if n != 7 {
		t.Errorf("who has it open reads %d entries", n)
	}
	if report, err := f.store.Verify(ctx, id, nil); err != nil || report.Damage != nil || report.Head.Seq != 7 {
		t.Errorf("%+v, %v", report, err)
	}
}

func TestAppendAllRefuses(t *testing.T) {
	lines := source("a", "b", "c")
	for _, c := range []struct {
		name  string
		lines []state.Line
		want  error
	}{{"a gap", lines[3:], state.ErrConflict}, {"what is there", lines[1:], state.ErrConflict}, {"a gap within", []state.Line{lines[2], lines[2]}, nil}} {
		f := newFixture(t, "a")
		before, _ := os.ReadFile(f.log())
		err := f.open().AppendAll(ctx, c.lines)
		after, _ := os.ReadFile(f.log())
		if err == nil || c.want != nil && !errors.Is(err, c.want) || string(before) != string(after) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	f := newFixture(t, "a")
	l, other := f.open(), f.open()
	f.must(other.Append(ctx, statetest.Note(other.Head(), "faster")))
	before := f.read()
	if err := l.AppendAll(ctx, lines[2:]); !errors.Is(err, state.ErrConflict) || string(before) != string(f.read()) {
		t.Errorf("somebody was faster: %v", err)
	}
	for call, after := range map[string]int{"create": 0, "write": 0, "sync": 1, "rename": 0} { // opening the log has synced once
		f := newFixture(t, "a")
		before, _ := os.ReadFile(f.log())
		l := f.openWith(f.faulty(map[string]*fault{call: {after: after, err: errors.New("it fails")}}), false)
		err := l.AppendAll(ctx, lines[2:])
		if after, _ := os.ReadFile(f.log()); err == nil || !strings.Contains(err.Error(), "nothing was added to the log") || string(before) != string(after) {
			t.Errorf("%s: %v", call, err)
		}
		if _, err := os.Lstat(strings.TrimSuffix(f.log(), logName) + mergeTemp); err == nil {
			t.Errorf("%s: a file is left beside", call)
		}
		if err := l.Writable(); err != nil {
			t.Errorf("%s: and the log is as good as before, but %v", call, err)
		}
	}
	f = newFixture(t, "a")
	if err := f.openWith(f.faulty(map[string]*fault{"syncdir": {err: errors.New("it fails")}}), false).AppendAll(ctx, lines[2:]); !errors.Is(err, state.ErrNotSaved) {
		t.Errorf("nobody knows whether the new file has the name: %v", err)
	}
}
