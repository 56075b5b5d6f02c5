package export_test

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"muster/state"
	"muster/state/export"
	"muster/state/statetest"
)

// A screen goes on reading the incident while it is exported, and two exports at
// once do not disturb each other.
func TestWriteOnlyReads(t *testing.T) {
	inc := story(t, state.Live, "").incident()
	want := written(t, inc, export.Markdown, export.Options{})
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			var out bytes.Buffer
			if err := export.Write(&out, inc, export.Markdown, export.Options{Program: program}); err != nil || out.String() != want {
				t.Errorf("%v, or another report", err)
			}
			inc.Tally(-1)
		})
	}
	group.Wait()
}

// A runbook of 5,000 steps, all of them in every export.
func TestManySteps(t *testing.T) {
	const steps = 5000
	var book strings.Builder
	book.WriteString("title = \"Long\"\n[[phase]]\ntitle = \"One\"\n")
	for i := range steps {
		fmt.Fprintf(&book, "[[phase.step]]\nid = \"s%d\"\ntitle = \"Step %d\"\n", i, i)
	}
	s := &scribe{tb: t, now: day}
	s.do("Ada", state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: state.Live, Runbook: document("long", book.String())})
	s.act("Ada", state.CloseIncident{}, time.Time{}, "nothing of it was needed")
	r := report(t, written(t, s.inc, export.JSON, export.Options{}))
	if len(r.Steps) != steps || r.Tally.NeverRun != steps || len(r.Closing.Open)+r.Closing.More != steps {
		t.Errorf("%d steps, %d never run, %d+%d left open", len(r.Steps), r.Tally.NeverRun, len(r.Closing.Open), r.Closing.More)
	}
	page := written(t, s.inc, export.Markdown, export.Options{})
	if n := strings.Count(page, "| **no entry** |"); n != steps {
		t.Errorf("%d steps never run in the report", n)
	}
	if !strings.Contains(page, fmt.Sprintf("And %d more, which the log does not name.", r.Closing.More)) {
		t.Error("the report does not say how many more were left open")
	}
}

// The longest text a log takes is in every export, whole.
func TestLongestText(t *testing.T) {
	long := strings.Repeat("words that go on ", state.MaxText/17)
	s := &scribe{tb: t, now: day}
	s.do("Ada", state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: state.Live, Runbook: document("small", book(""))})
	s.do("Ada", state.AddNote{Step: "look", Text: long})
	for _, format := range []export.Format{export.Markdown, export.JSON, export.CSV} {
		if !strings.Contains(written(t, s.inc, format, export.Options{}), strings.TrimSpace(long)) {
			t.Errorf("%s cuts it off", format)
		}
	}
}

func ExampleWrite() {
	text := "title = \"Printer on fire\"\n[[phase]]\ntitle = \"Put it out\"\n[[phase.step]]\ntitle = \"Pull the plug\"\n"
	opening := state.OpenIncident{
		ID: "2026-11-24-amber-heron", Mode: state.Drill,
		Runbook: state.Document{ID: "printer", Source: "built in", SHA256: state.Sum([]byte(text)), Text: text},
	}
	entry, err := state.Decide(nil, state.Action{Command: opening}, state.Stamp{By: state.Actor{Name: "Ada", Via: "local"}, Recorded: day})
	if err != nil {
		panic(err)
	}
	inc := new(state.Incident)
	if entry, _, err = state.Seal(entry); err != nil {
		panic(err)
	}
	if err := inc.Apply(entry); err != nil {
		panic(err)
	}
	if err := export.Write(firstLines{3}, inc, export.Markdown, export.Options{Program: "muster 0.1.0"}); err != nil {
		panic(err)
	}
	// Output:
	// # EXERCISE — Incident report: Printer on fire
	//
	// > **EXERCISE EXERCISE EXERCISE** — this is the log of a drill. Nothing in it is a real event.
}

// firstLines prints the first n lines of the first write.
type firstLines struct{ n int }

func (f firstLines) Write(p []byte) (int, error) {
	lines := strings.SplitN(string(p), "\n", f.n+1)
	_, err := fmt.Fprintln(os.Stdout, strings.Join(lines[:f.n], "\n"))
	return len(p), err
}

// TestFramesStay: entries of one log share what they have in common, so that nobody writes to
// an entry's copy who has not called Own first: not to compute the incident, nor to report it.
func TestFramesStay(t *testing.T) {
	for _, mode := range []state.Mode{state.Live, state.Drill} {
		s, decoder, log, shared := story(t, mode, ""), state.Format().Decoder(), []state.Entry{}, map[*state.Frame]bool{}
		for _, line := range s.lines {
			e := state.Entry{}
			if err := decoder.Decode(line, &e); err != nil {
				t.Fatal(err)
			}
			e = e.Kept()
			log, shared[e.Frame] = append(log, e), true
		}
		if len(shared) == len(log) {
			t.Fatal("no entries share a frame, so that nothing is tested")
		}
		changed := statetest.Frames(log)
		inc, err := state.Replay(func(yield func(state.Entry, error) bool) {
			for _, e := range log {
				if !yield(e, nil) {
					return
				}
			}
		})
		if err != nil {
			t.Fatal(err)
		}
		if is := changed(); is != "" {
			t.Fatalf("computing the incident wrote to entries: %s", is)
		}
		toldOf(t, inc, s.now)
		textsOf(t, inc, s.now)
		for _, format := range []export.Format{export.HTML, export.CSV, export.Timesketch, export.IRIS} {
			written(t, inc, format, export.Options{})
		}
		for _, e := range inc.Log {
			inc.Entry(e.Seq)
			if _, _, err := state.Seal(e); err != nil {
				t.Fatal(err)
			}
		}
		if is := changed(); is != "" {
			t.Errorf("reporting the incident wrote to entries: %s", is)
		}
	}
}
