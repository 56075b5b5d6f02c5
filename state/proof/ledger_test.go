package proof

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"text/tabwriter"

	"muster/state"
)

// A claim is what somebody was told of a note.
type claim int

const (
	silent  claim = iota // nothing, and the process was killed: it may be there or not
	saved                // it is recorded
	unsaved              // it may not be recorded
	refused              // it is not recorded
	mute                 // nothing, though the process ended by itself
)

// A ledger is what everybody was told of their notes in one incident.
type ledger struct {
	mu   sync.Mutex
	told map[string]claim
}

// enter notes what somebody was told of a note.
func (l *ledger) enter(text string, told claim) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.told == nil {
		l.told = make(map[string]claim)
	}
	l.told[text] = told
}

// acknowledged are the notes of which somebody was told that they are saved.
func (l *ledger) acknowledged() (notes []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for text, told := range l.told {
		if told == saved {
			notes = append(notes, text)
		}
	}
	return notes
}

// A row is one fault of the table.
type row struct {
	fault string
	by    string // muster, session or both
	skip  string // why it was not tried
	tries int
	acknowledged,
	lost, twice, wrong, broken int
}

// hold holds the ledger against the notes that a log has, and counts. Of at most so
// many notes nobody may have been told: each process that was killed had one.
func (r *row) hold(t *testing.T, l *ledger, notes map[string]int, most int) {
	t.Helper()
	l.mu.Lock()
	defer l.mu.Unlock()
	for text, told := range l.told {
		switch n := notes[text]; {
		case told == saved && n == 0:
			r.lost++
			t.Errorf("%s: lost: %q", r.fault, text)
		case told == refused && n > 0, told == mute:
			r.wrong++
			t.Errorf("%s: %q is in the log %d times, and somebody was told otherwise, or nothing", r.fault, text, n)
		}
		if told == saved {
			r.acknowledged++
		}
	}
	unheard := 0
	for text, n := range notes {
		if n > 1 {
			r.twice++
			t.Errorf("%s: %q is in the log %d times", r.fault, text, n)
		}
		if _, known := l.told[text]; !known {
			unheard++
		}
	}
	if unheard > most {
		r.wrong++
		t.Errorf("%s: nobody was told of %d notes, and only %d processes were killed", r.fault, unheard, most)
	}
}

// wrongly counts something that was wrongly reported.
func (r *row) wrongly(t *testing.T, format string, args ...any) {
	t.Helper()
	r.wrong++
	t.Errorf("%s: "+format, append([]any{r.fault}, args...)...)
}

// notesIn reads the notes of a log, and how often each is there, without muster's
// own reader. What stands behind the last newline is nobody's.
func notesIn(path string) (map[string]int, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	notes := make(map[string]int)
	for line := range bytes.Lines(content[:bytes.LastIndexByte(content, '\n')+1]) {
		var entry struct {
			E struct{ Kind state.Kind }
			P struct {
				Notes struct{ Data struct{ Text string } }
			}
		}
		if err := json.Unmarshal(line, &entry); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		if entry.E.Kind == state.KindNoteAdded {
			notes[entry.P.Notes.Data.Text]++
		}
	}
	return notes, nil
}

// faultTable draws the rows, and their sum.
func faultTable(rows []*row) string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "tries\tacknowledged\tlost\ttwice\twrongly reported\tchain\t  by\t  fault\t")
	sum := row{fault: "all"}
	for _, r := range rows {
		if r.skip != "" {
			continue
		}
		r.print(w)
		sum.tries += r.tries
		sum.acknowledged += r.acknowledged
		sum.lost += r.lost
		sum.twice += r.twice
		sum.wrong += r.wrong
		sum.broken += r.broken
	}
	sum.print(w)
	w.Flush()
	for _, r := range rows {
		if r.skip != "" {
			fmt.Fprintf(&b, "not tried: %s: %s\n", r.fault, r.skip)
		}
	}
	return b.String()
}

func (r *row) print(w *tabwriter.Writer) {
	chain := "intact"
	if r.broken > 0 {
		chain = fmt.Sprintf("%d BROKEN", r.broken)
	}
	fmt.Fprintf(w, "%d\t%d\t%d\t%d\t%d\t%s\t  %s\t  %s\t\n", r.tries, r.acknowledged, r.lost, r.twice, r.wrong, chain, r.by, r.fault)
}

// TestLedgerCanFail shows the ledger each thing it must find.
func TestLedgerCanFail(t *testing.T) {
	for _, test := range []struct {
		told              claim
		there             int
		lost, twice, wong int
	}{
		{saved, 1, 0, 0, 0}, {saved, 0, 1, 0, 0}, {saved, 2, 0, 1, 0}, {unsaved, 0, 0, 0, 0}, {unsaved, 1, 0, 0, 0},
		{refused, 0, 0, 0, 0}, {refused, 1, 0, 0, 1}, {mute, 0, 0, 0, 1}, {silent, 0, 0, 0, 0}, {silent, 1, 0, 0, 0}, {silent, 2, 0, 1, 0},
	} {
		var l ledger
		l.enter("a", test.told)
		notes := map[string]int{}
		if test.there > 0 {
			notes["a"] = test.there
		}
		r := row{fault: "expected"}
		r.hold(new(testing.T), &l, notes, 0)
		if r.lost != test.lost || r.twice != test.twice || r.wrong != test.wong {
			t.Errorf("told %d, there %d times: %+v", test.told, test.there, r)
		}
	}
}
