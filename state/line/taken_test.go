package line_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"muster/state"
	"muster/state/line"
	"muster/state/statetest"
)

// noted are n entries as a person writes them.
func noted(n int) []state.Entry {
	entries := make([]state.Entry, n)
	for i := range entries {
		entries[i] = statetest.Entry(state.Head{}, &state.NoteAdded{Text: fmt.Sprint("note ", i)})
	}
	return entries
}

// TestSealAllIsSealingEach: entries that are sealed at once, on all cores, are what each would be
// that is sealed by itself behind the one before; of more than one core takes at a time too.
func TestSealAllIsSealingEach(t *testing.T) {
	format, start := state.Format(), state.Head{Seq: 41, Hash: state.Sum([]byte("x"))}
	for _, n := range []int{0, 1, 2, 511, 512, 513, 1024, 1100} {
		entries := noted(n)
		lines, err := format.SealAll(start, entries, nil)
		if err != nil || len(lines) != n {
			t.Fatalf("of %d entries there are %d lines, %v", n, len(lines), err)
		}
		head := start
		for i, want := range noted(n) {
			want.Seq, want.Prev = head.Seq+1, head.Hash
			sealed, one, err := state.Seal(want)
			if err != nil || string(lines[i].Bytes) != string(one.Bytes) || lines[i].Hash != sealed.Hash || lines[i].Seq != sealed.Seq || lines[i].Prev != head.Hash || entries[i].Hash != sealed.Hash || lines[i].Known {
				t.Fatalf("of %d, line %d is\n%s, known %v\nand should be\n%s\n%v", n, i, lines[i].Bytes, lines[i].Known, one.Bytes, err)
			}
			head = statetest.Head(one)
		}
	}
}

// TestSealAllEndsAtWhatCannotBeSealed: with the lines of those before it, and the reason.
func TestSealAllEndsAtWhatCannotBeSealed(t *testing.T) {
	for _, at := range []int{0, 1, 511, 512, 700} {
		for why, spoil := range map[string]func(*state.Entry){
			"long": func(e *state.Entry) { e.Data = &state.NoteAdded{Text: strings.Repeat("x", state.MaxLine)} },
			"bad":  func(e *state.Entry) { e.Data = &state.NoteAdded{Text: "\xff"} },
			"none": func(e *state.Entry) { e.Data = nil },
		} {
			entries := noted(800)
			spoil(&entries[at])
			lines, err := state.Format().SealAll(state.Head{}, entries, nil)
			if err == nil || len(lines) != at || (why == "long") != errors.Is(err, state.ErrTooLong) {
				t.Errorf("%s, entry %d: %d lines, %v", why, at, len(lines), err)
			}
		}
	}
}

// TestOriginsHaveOneForm: where an entry was taken over from is read as it was written, whole; and
// what is no hash, no number or no time is refused.
func TestOriginsHaveOneForm(t *testing.T) {
	hash, before := state.Sum([]byte("a")), state.Sum([]byte("b"))
	sealed := func(o *line.Origin, data state.Data) (state.Entry, string) {
		t.Helper()
		e := statetest.Entry(state.Head{}, data)
		e.Own().Origin = o
		e, l, err := state.Seal(e)
		if err != nil {
			t.Fatal(err)
		}
		return e, string(l.Bytes)
	}
	at := statetest.Began
	for _, o := range []line.Origin{
		{Hash: hash, Seq: 1, Recorded: at}, {Hash: hash, Seq: 1 << 52, Recorded: at, After: at.Add(time.Nanosecond)}, {Hash: hash, Seq: 7, Recorded: at, Prev: before}, {Hash: hash, Seq: 7, Recorded: at, After: at, Prev: before},
	} {
		for _, data := range []state.Data{&state.NoteAdded{Text: "a note"}, &state.NoteAdded{Text: "of a step", Step: "s"}, &state.Unknown{Name: "weather.report", Raw: []byte(`{"to":1}`)}, &state.Unknown{Name: "weather.report", Raw: []byte(`{}`)}} {
			_, text := sealed(&o, data)
			read, err := state.Decode([]byte(text))
			if err != nil || read.Origin == nil || !reflect.DeepEqual(*read.Origin, o) || read.Verbatim != "" {
				t.Errorf("it is read as %+v, %v, from\n%s", read.Origin, err, text)
			}
			if u, is := data.(*state.Unknown); is && string(read.Data.(*state.Unknown).Raw) != string(u.Raw) {
				t.Errorf("beside its origin it says %s", read.Data.(*state.Unknown).Raw)
			}
		}
	}
}
