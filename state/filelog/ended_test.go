package filelog

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"muster/state"
	"muster/state/statetest"
)

// TestEnded: a log is passed over only if it says plainly that its incident is closed.
func TestEnded(t *testing.T) {
	closed := &state.IncidentClosed{Summary: "over"}
	reopened := &state.IncidentReopened{Why: "it is back"}
	note := &state.NoteAdded{Text: `"kind":"incident.closed"`}
	for _, test := range []struct {
		name       string
		then       []state.Data
		want, runs bool
	}{
		{"open", nil, false, true},
		{"with a note that looks like it", []state.Data{note}, false, true},
		{"closed", []state.Data{closed}, true, false},
		{"closed, and a note", []state.Data{closed, note}, true, false},
		{"reopened", []state.Data{closed, reopened}, false, false},
		{"closed again", []state.Data{closed, reopened, closed}, true, false},
		{"an entry struck out", []state.Data{closed, &state.EntryRetracted{Seq: 2, Why: "a slip"}}, false, false},
		{"an entry put right", []state.Data{closed, &state.EntryAmended{Seq: 2, Why: "a slip"}}, false, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := newFixture(t)
			l := f.open()
			for _, data := range test.then {
				f.must(l.Append(ctx, statetest.Next(l.Head(), data)))
			}
			if got := f.store.Ended(id); got != test.want {
				t.Errorf("Ended says %v", got)
			}
			if got := f.store.Runs(id); got != test.runs {
				t.Errorf("Runs says %v", got)
			}
		})
	}
}

// TestNotPlainlyEnded: what cannot be read as a log in its place is not passed over, nor
// taken for one that runs.
func TestNotPlainlyEnded(t *testing.T) {
	f := newFixture(t)
	l := f.open()
	f.must(l.Append(ctx, statetest.Next(l.Head(), &state.IncidentClosed{Summary: "over"})))
	if !f.store.Ended(id) {
		t.Fatal("the closed one is not")
	}
	for _, wrong := range []string{"none", "", "../incidents/" + id} {
		if f.store.Ended(wrong) || f.store.Runs(wrong) {
			t.Errorf("%q is said to have ended, or to run", wrong)
		}
	}
	content := f.read()
	for name, put := range map[string]func(path string) error{
		"a link":   func(path string) error { return os.Symlink(filepath.Join(f.dir, "real"), path) },
		"a folder": func(path string) error { return os.Mkdir(path, 0o700) },
		"a line that nothing ends": func(path string) error {
			long := bytes.Repeat([]byte("x"), 2*state.MaxRunbookLine)
			return os.WriteFile(path, append(bytes.Clone(content), long...), 0o600)
		},
		"a closing that was cut off": func(path string) error { return os.WriteFile(path, content[:len(content)-1], 0o600) },
		"a kind far behind where one stands": func(path string) error {
			return os.WriteFile(path, []byte(strings.Repeat(" ", 600)+`"kind":"incident.closed"`+"\n"), 0o600)
		},
		"a kind that nothing ends": func(path string) error { return os.WriteFile(path, []byte(`"kind":"incident.closed`+"\n"), 0o600) },
	} {
		f.must(os.RemoveAll(f.log()))
		f.must(os.WriteFile(filepath.Join(f.dir, "real"), content, 0o600))
		f.must(put(f.log()))
		if f.store.Ended(id) || f.store.Runs(id) {
			t.Errorf("%s: it is said to have ended, or to run", name)
		}
	}
}
