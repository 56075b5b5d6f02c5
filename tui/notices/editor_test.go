package notices_test

import (
	"errors"
	"io"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/tui/tuitest"
)

// A scribble is an editor that runs no program.
type scribble struct{ err error }

// Run takes a moment, as any program does: the renderer must have stopped before
// it starts again.
func (s scribble) Run() error {
	time.Sleep(time.Millisecond)
	return s.err
}

func (scribble) SetStdin(io.Reader)  {}
func (scribble) SetStdout(io.Writer) {}
func (scribble) SetStderr(io.Writer) {}

// TestOwnEditor: a text comes back from the person's own editor to be looked at,
// and is not lost if it is left.
func TestOwnEditor(t *testing.T) {
	for name, c := range map[string]struct {
		run, read error
		want      string
	}{
		"changed": {nil, nil, "Written elsewhere."},
		"failed":  {errors.New("exit status 1"), nil, "The text was not taken over: exit status 1"},
		"unread":  {nil, errors.New("is not UTF-8 text"), "The text was not taken over: is not UTF-8 text"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				got := ""
				editor := func(text string) (tea.ExecCommand, func() (string, error), error) {
					got = text
					return scribble{c.run}, func() (string, error) { return "Written elsewhere.", c.read }, nil
				}
				book, err := tuitest.ReadBook("imo.toml")
				if err != nil {
					t.Fatal(err)
				}
				term, desk := tuitest.Begin(t, book, &tuitest.World{}, editor)
				term.Act("3 j E")
				term.Wait(time.Second)
				tuitest.Wants(t, term, c.want)
				if got != "A breach of personal data." {
					t.Errorf("the editor got %q", got)
				}
				if c.run == nil && c.read == nil {
					term.Act("esc e")
					tuitest.Wants(t, term, "Written elsewhere.")
					term.Act("ctrl+s")
					if v := desk.Last().Incident().Notice("authority").Last(); v == nil || v.Text != "Written elsewhere." {
						t.Errorf("the last version is %+v", v)
					}
				}
			})
		})
	}
}
