package line_test

import (
	"reflect"
	"testing"
	"time"

	"muster/state"
	"muster/state/line"
	"muster/state/statetest"
)

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
