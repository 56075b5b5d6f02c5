package export_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"muster/state"
	"muster/state/export"
)

// long is an incident of so many entries, most of them notes.
func long(tb testing.TB, entries int) *state.Incident {
	s := &scribe{tb: tb, now: day}
	s.do("Ada", state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: state.Live, Title: "Long", Runbook: document("small", book(""))})
	for i := 2; i < entries; i++ {
		s.do("Ada", state.AddNote{Step: "look", Text: fmt.Sprintf("The helpdesk has %d calls, \"all\" about files.", i)})
	}
	s.do("Ada", state.AmendEntry{Seq: 2, Text: text("as amended"), Why: "counted again"})
	return s.inc
}

// TestLongLogsReadTheSameOnAnyMachine: how many processors make an export is not
// seen in it.
func TestLongLogsReadTheSameOnAnyMachine(t *testing.T) {
	inc := long(t, 1700)
	before := runtime.GOMAXPROCS(0)
	defer runtime.GOMAXPROCS(before)
	for _, format := range []export.Format{export.CSV, export.JSON, export.Markdown, export.HTML} {
		runtime.GOMAXPROCS(1)
		want := written(t, inc, format, export.Options{})
		for _, processors := range []int{2, 3, 8} {
			runtime.GOMAXPROCS(processors)
			if got := written(t, inc, format, export.Options{}); got != want {
				t.Errorf("%s on %d processors is not what it is on one", format, processors)
			}
		}
	}
}

func TestLongLogsAreWhole(t *testing.T) {
	inc := long(t, 1700)
	list := rows(t, written(t, inc, export.CSV, export.Options{}))
	var report struct{ Timeline []struct{ Seq int } }
	if err := json.Unmarshal([]byte(written(t, inc, export.JSON, export.Options{})), &report); err != nil {
		t.Fatal(err)
	}
	markdown := written(t, inc, export.Markdown, export.Options{})
	if len(list) != len(inc.Log) || len(report.Timeline) != len(inc.Log) {
		t.Fatalf("%d rows and %d entries, want %d", len(list), len(report.Timeline), len(inc.Log))
	}
	for i := range inc.Log {
		if list[i]["seq"] != fmt.Sprint(i+1) || report.Timeline[i].Seq != i+1 || !strings.Contains(markdown, fmt.Sprintf("\n| %d |", i+1)) {
			t.Fatalf("entry %d is not in its place", i+1)
		}
	}
}

func TestErrorsOfTheWriterSurface(t *testing.T) {
	inc := long(t, 1700)
	for _, format := range []export.Format{export.CSV, export.JSON, export.Markdown, export.HTML} {
		size := len(written(t, inc, format, export.Options{}))
		for _, room := range []int{0, 1000, size / 2, size - 1} {
			if err := export.Write(&fullDisk{room: room}, inc, format, export.Options{Program: program}); !errors.Is(err, errFull) {
				t.Errorf("%s with room for %d of %d bytes: %v", format, room, size, err)
			}
		}
	}
}
