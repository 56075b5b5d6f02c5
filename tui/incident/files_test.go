package incident_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/tui/tuitest"
)

// TestSeveralFiles: of files that are dropped on the form at once each goes in by an entry of its
// own, with the same note. One that cannot be read holds up no other: it is said which went in,
// and the form has what is left. Escape ends what is under way and what follows.
func TestSeveralFiles(t *testing.T) {
	lost := func(t *testing.T, desk *tuitest.Desk, dir string) {
		if err := os.Remove(filepath.Join(dir, "b c's.txt")); err != nil {
			t.Fatal(err)
		}
		desk.ReleaseFile()
	}
	for _, test := range []struct {
		name    string
		happens func(*testing.T, *tuitest.Desk, string) // while the first is read
		press   []string
		said    []string
		in      []string
	}{
		{"all are there", func(_ *testing.T, desk *tuitest.Desk, _ string) { desk.ReleaseFile() }, nil,
			[]string{"Attached: a.txt, b c's.txt, d.txt."}, []string{"a.txt", "b c's.txt", "d.txt"}},
		{"one is gone", lost, nil,
			[]string{"Attach a file", "Attached: a.txt, d.txt. Not attached: ", "b c's.txt", "no such file", "the ransom note"}, []string{"a.txt", "d.txt"}},
		{"two are gone for a while", func(t *testing.T, desk *tuitest.Desk, dir string) {
			for _, name := range []string{"b c's.txt", "d.txt"} {
				if err := os.Rename(filepath.Join(dir, name), filepath.Join(dir, name+".new")); err != nil {
					t.Fatal(err)
				}
			}
			desk.ReleaseFile()
			time.AfterFunc(500*time.Millisecond, func() {
				_ = os.Rename(filepath.Join(dir, "b c's.txt.new"), filepath.Join(dir, "b c's.txt"))
				_ = os.Rename(filepath.Join(dir, "d.txt.new"), filepath.Join(dir, "d.txt"))
			})
		}, []string{"ctrl+s"}, []string{"Attached: b c's.txt, d.txt."}, []string{"a.txt", "b c's.txt", "d.txt"}},
		{"it ends", nil, []string{"esc"}, []string{"Not attached: a.txt, b c's.txt, d.txt"}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				term, desk := begun(t)
				dir := t.TempDir()
				for _, name := range []string{"a.txt", "b c's.txt", "d.txt"} {
					if err := os.WriteFile(filepath.Join(dir, name), []byte(name), 0o600); err != nil {
						t.Fatal(err)
					}
				}
				desk.HoldFile(1, 2)
				term.Press("e")
				term.Send(tea.PasteMsg{Content: dir + `/a.txt '` + dir + `/b c'\''s.txt' ` + dir + "/d.txt "})
				term.Press("tab", "tab")
				term.Type("the ransom note")
				term.Press("ctrl+s")
				if test.happens != nil {
					test.happens(t, desk, dir)
				}
				term.Wait(time.Second)
				term.Press(test.press...)
				tuitest.Wants(t, term, test.said...)
				var in []string
				for _, e := range desk.Last().Incident().Log {
					if data, ok := e.Data.(*state.EvidenceAdded); ok {
						in = append(in, data.Name)
						if data.Note != "the ransom note" {
							t.Errorf("%s has the note %q", data.Name, data.Note)
						}
					}
				}
				if !slices.Equal(in, test.in) {
					t.Errorf("attached are %q\n%s", in, term.Screen())
				}
			})
		})
	}
}
