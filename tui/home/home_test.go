package home_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"muster/runbooks"
	"muster/state"
	"muster/tui"
	"muster/tui/tuitest"
)

// A slowDesk answers when it is told to, and can fail to list.
type slowDesk struct {
	*tuitest.Desk
	listErr, booksErr error
	hold, holdBooks   chan struct{} // nil if nothing waits
	lists, opens      int           // how often it was asked
	broken            error         // why the first of two runbooks of an id cannot be used
	watched           bool
}

func (d *slowDesk) wait() {
	if d.hold != nil {
		<-d.hold
	}
}

func (d *slowDesk) Incidents(ctx context.Context) ([]tui.IncidentHead, error) {
	d.lists++
	d.wait()
	if d.listErr != nil {
		return nil, d.listErr
	}
	return d.Desk.Incidents(ctx)
}

func (d *slowDesk) Runbooks(ctx context.Context) ([]runbooks.Head, error) {
	if d.holdBooks != nil {
		<-d.holdBooks
	}
	if d.booksErr != nil {
		return nil, d.booksErr
	}
	return d.Desk.Runbooks(ctx)
}

func (d *slowDesk) Runbook(ctx context.Context, id string) (*runbooks.Source, error) {
	d.opens++
	d.wait()
	source, err := d.Desk.Runbook(ctx, id)
	return source, errors.Join(err, d.broken)
}

func (d *slowDesk) Open(ctx context.Context, id string, watch bool) (tui.Session, error) {
	d.opens++
	d.watched = watch
	d.wait()
	return d.Desk.Open(ctx, id, watch)
}

// at plays a test at home, in a terminal of w×h. The desk has two runbooks, two open
// incidents of which one is damaged, a drill, and one that is closed.
func at(t *testing.T, w, h int, change func(*slowDesk), test func(*testing.T, *slowDesk, *tuitest.Terminal)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		desk, err := tuitest.NewDesk("Ada", "attack.toml", "malware.toml")
		if err != nil {
			t.Fatal(err)
		}
		desk.Books[0].Summary, desk.Books[1].Summary = "For an intruder who destroys. "+strings.Repeat("More words of it. ", 30), ""
		now := desk.Now()
		desk.Past = []tui.IncidentHead{
			{ID: "2026-11-20-red-fox", Title: "Phishing.", Mode: state.Live, Severity: runbooks.SEV3, Runbook: "Mail", Opened: now.Add(-90 * time.Hour), Done: 3, Total: 9, Entries: 12},
			{ID: "2026-11-18-wet-cat", Title: "Torn", Mode: state.Live, Severity: runbooks.SEV1, Opened: now, Err: &state.Damage{Line: 3, What: "x"}, Entries: 1},
			{ID: "2026-11-19-old-owl", Title: "Practice", Mode: state.Drill, Severity: runbooks.SEV1, Opened: now.Add(-99 * time.Hour)},
			{ID: "2026-10-01-dry-dog", Title: "Over", Mode: state.Live, Severity: runbooks.SEV4, Opened: now.Add(-999 * time.Hour), Closed: now.Add(-900 * time.Hour)},
		}
		d := &slowDesk{Desk: desk}
		if change != nil {
			change(d)
		}
		app, err := tui.NewHome(t.Context(), d, tui.Options{Person: "Ada", Now: d.Now})
		if err != nil {
			t.Fatal(err)
		}
		test(t, d, tuitest.Start(t, app, w, h))
	})
}

// TestSections: what is open comes first, then drills, runbooks and what is closed;
// each line says what a person needs to choose it, and the lines below where the chosen
// one stands.
func TestSections(t *testing.T) {
	at(t, 80, 24, nil, func(t *testing.T, _ *slowDesk, term *tuitest.Terminal) {
		tuitest.Play(t, term, tuitest.Turn{Rows: map[int]string{
			0:  " muster  incident response                              4 incidents, 2 runbooks",
			2:  " Open incidents",
			3:  "▌ ▶ red-fox  Phishing.                                     SEV3  3/9  3d18h ago",
			4:  "  ▶ wet-cat  Torn                                  DAMAGED  SEV1  0/0  just now",
			5:  " Drills",
			6:  "  ▶ old-owl  Practice                           EXERCISE   SEV1  0/0  4d03h ago",
			7:  " Runbooks",
			8:  "  ○ Ransomware or destructive intrusion  attack  security malwa… SEV1  built in",
			9:  "  ○ Malware on one machine  malware                              SEV2  built in",
			10: " Closed",
			11: "  ✓ dry-dog  Over                                  SEV4  0/0  closed 2026-10-17",
			20: strings.Repeat("─", 80),
			21: " 2026-11-20-red-fox: Phishing. Runbook: Mail. Opened 2026-11-20 08:31, 12",
			22: " entries, 3 of 9 steps done.",
			-1: " ↵ resume  w watch  / filter  q end  : find  ? help",
		}})
	})
}

// TestLeftIsSeen: a notice of which nobody knows whether it left is seen without opening the
// incident.
func TestLeftIsSeen(t *testing.T) {
	at(t, 100, 24, func(d *slowDesk) { d.Past[0].Left = true }, func(t *testing.T, d *slowDesk, term *tuitest.Terminal) {
		tuitest.Wants(t, term, "red-fox  Phishing.", "3/9  MAY HAVE LEFT  3d18h ago")
		d.Past[0].Left = false
		tuitest.Play(t, term, tuitest.Turn{Do: "ctrl+r", See: []string{"SEV3  3/9  3d18h ago"}})
	})
}

// TestChoosing: the cursor steps over titles and stays in the list; the footer names what
// enter does, and only what can be done.
func TestChoosing(t *testing.T) {
	at(t, 80, 24, nil, func(t *testing.T, d *slowDesk, term *tuitest.Terminal) {
		tuitest.Play(t, term,
			tuitest.Turn{Do: "j", See: []string{"▌ ▶ wet-cat"}},
			tuitest.Turn{Do: "j", See: []string{"▌ ▶ old-owl", "Practice. Runbook: . Opened"}},
			// a long summary takes three lines of the screen
			tuitest.Turn{Do: "j", See: []string{"▌ ○ Ransomware", "For an intruder"}, Rows: map[int]string{
				19: strings.Repeat("─", 80),
				20: " For an intruder who destroys. More words of it. More words of it. More words",
				-1: " ↵ start  / filter  q end  : find  ? help"}},
			tuitest.Turn{Do: "j", See: []string{"▌ ○ Malware"}, Rows: map[int]string{20: "", 21: "", 22: ""}},
			tuitest.Turn{Do: "j", See: []string{"▌ ✓ dry-dog"}, Rows: map[int]string{-1: " ↵ open  w watch  / filter  q end  : find  ? help"}},
			tuitest.Turn{Do: "j", See: []string{"▌ ✓ dry-dog"}},
			tuitest.Turn{Do: "k", See: []string{"▌ ○ Malware"}},
			tuitest.Turn{Do: "k k", See: []string{"▌ ▶ old-owl"}},
			tuitest.Turn{Do: "k", See: []string{"▌ ▶ wet-cat"}},
			tuitest.Turn{Do: "k k k", See: []string{"▌ ▶ red-fox"}},
			tuitest.Turn{Do: "G", See: []string{"▌ ✓ dry-dog"}},
			tuitest.Turn{Do: "g", See: []string{"▌ ▶ red-fox"}},
			tuitest.Turn{Do: "wheel-down", See: []string{"▌ ▶ old-owl"}},
			tuitest.Turn{Do: "wheel-up", See: []string{"▌ ▶ red-fox"}},
			// a reading of the lists keeps the cursor where it is
			tuitest.Turn{Do: "j j ctrl+r", See: []string{"▌ ▶ old-owl"}},
			// nothing can be watched in a runbook
			tuitest.Turn{Do: "j w", See: []string{"Choose an incident first."}},
		)
		if d.lists != 2 || d.opens != 0 {
			t.Errorf("the lists were read %d times, and %d opened", d.lists, d.opens)
		}
	})
}

// TestFooter: in a narrow terminal the rarer keys go first.
func TestFooter(t *testing.T) {
	at(t, 80, 24, nil, func(t *testing.T, _ *slowDesk, term *tuitest.Terminal) {
		for w, want := range map[int]string{
			51: " ↵ resume  w watch  / filter  q end  : find  ? help",
			50: " ↵ resume  / filter  q end  : find  ? help",
			41: " ↵ resume  / filter  q end  : find",
			40: " ↵ resume  / filter  q end  : find",
		} {
			term.Resize(w, 24)
			if got := term.Row(-1); got != want {
				t.Errorf("at %d columns the footer is %q", w, got)
			}
		}
	})
}

// many has a list of n rows, titles included: incidents, and a runbook.
func many(n int) func(*slowDesk) {
	return func(d *slowDesk) {
		d.Books = d.Books[:1]
		d.Past = nil
		for i := range n - 3 {
			d.Past = append(d.Past, tui.IncidentHead{ID: fmt.Sprintf("2026-11-20-nr-%03d", i), Title: "Phishing", Mode: state.Live, Opened: d.Now()})
		}
	}
}

// TestFound: the filter finds by what the row and the lines below it say, and by the id.
func TestFound(t *testing.T) {
	for query, want := range map[string]string{
		"destroys": "Ransomware or destructive", "attack": "Ransomware or destructive", "2026-11-19": "old-owl", "wet-cat": "wet-cat", "drill": "old-owl",
		"exercise": "old-owl", "damaged": "wet-cat", "closed": "dry-dog", "sev4": "dry-dog", "built in": "Ransomware or destructive", "sev3 open": "red-fox",
	} {
		at(t, 100, 30, nil, func(t *testing.T, _ *slowDesk, term *tuitest.Terminal) {
			tuitest.Play(t, term, tuitest.Turn{Do: "/ '" + strings.ReplaceAll(query, " ", "_")})
			if got := term.Row(3); !strings.Contains(got, want) {
				t.Errorf("%q finds\n%s", query, term.Screen())
			}
		})
	}
}

// TestRoom: the lines about the chosen one are there where the list leaves room for them.
func TestRoom(t *testing.T) {
	for _, c := range []struct {
		rows, h int // of the list, titles included; of the terminal
		below   bool
	}{{12, 19, true}, {12, 18, false}, {14, 21, true}, {14, 20, false}, {50, 21, true}, {50, 20, false}} {
		at(t, 80, c.h, many(c.rows), func(t *testing.T, _ *slowDesk, term *tuitest.Terminal) {
			if got := strings.Contains(term.Screen(), "Phishing. Runbook"); got != c.below {
				t.Errorf("%d rows in %d lines: %t\n%s", c.rows, c.h, got, term.Screen())
			}
			last := term.H - 2 // the list goes down to what is below it
			if c.below {
				last -= 3
			}
			if got := term.Row(last); c.rows == 50 && !strings.Contains(got, "Phishing") {
				t.Errorf("the list ends before line %d: %q\n%s", last, got, term.Screen())
			}
			if got := term.Row(-1); !strings.HasPrefix(got, " ↵ resume") {
				t.Errorf("the footer is %q", got)
			}
		})
	}
	// A page is as long as the list that is seen, less a line to hold on to.
	at(t, 80, 20, many(50), func(t *testing.T, _ *slowDesk, term *tuitest.Terminal) {
		tuitest.Play(t, term,
			tuitest.Turn{Do: "pgdown", See: []string{"▌ ▶ nr-016"}},
			tuitest.Turn{Do: "pgdown", See: []string{"▌ ▶ nr-032"}},
			tuitest.Turn{Do: "pgup", See: []string{"▌ ▶ nr-016"}},
			tuitest.Turn{Do: "g", Rows: map[int]string{2: " Open incidents"}, See: []string{"▌ ▶ nr-000"}},
			tuitest.Turn{Do: "G", See: []string{"▌ ○ Ransomware"}},
			// a click takes the line that was hit, wherever the list stands
			tuitest.Turn{Do: "@5,2", See: []string{"▌ ▶ nr-032"}},
		)
	})
}

// TestFilter: typing finds the best match first; the count says how many there are, and
// the cursor stands behind what was typed.
func TestFilter(t *testing.T) {
	at(t, 80, 24, nil, func(t *testing.T, d *slowDesk, term *tuitest.Terminal) {
		cursor := func(want ...int) {
			t.Helper()
			x, y, seen := term.Cursor()
			if seen != (len(want) > 0) || seen && (x != want[0] || y != want[1]) {
				t.Errorf("the text cursor stands at %d,%d: %t", x, y, seen)
			}
		}
		cursor()
		tuitest.Play(t, term, tuitest.Turn{Do: "j /", See: []string{"type to filter"}, Rows: map[int]string{-1: " ↵ resume  esc cancel"}})
		cursor(3, 2)
		tuitest.Play(t, term, tuitest.Turn{Do: "'o", Miss: []string{"type to filter"}})
		cursor(4, 2)
		tuitest.Play(t, term,
			tuitest.Turn{Do: "backspace 'old-owl", Rows: map[int]string{2: " / old-owl", 3: "▌ ▶ old-owl  Practice                           EXERCISE   SEV1  0/0  4d03h ago", 4: ""}, See: []string{"1 of 6 match"}},
			tuitest.Turn{Do: "ctrl+u 'phis", See: []string{"▌ ▶ red-fox", "1 of 6 match"}, Miss: []string{"Open incidents"}},
			tuitest.Turn{Do: "'zz", See: []string{"0 of 6 match"}, Rows: map[int]string{4: "                                Nothing matches."}},
			tuitest.Turn{Do: "ctrl+u 'o", Rows: map[int]string{2: " / o", 3: "▌ ✓ dry-dog  Over                                  SEV4  0/0  closed 2026-10-17", -1: " ↵ open  esc cancel"}},
			// with the filter's line above it, the list begins a line further down
			tuitest.Turn{Do: "ctrl+u @5,5", See: []string{"▌ ▶ wet-cat"}},
			tuitest.Turn{Do: "esc", See: []string{"4 incidents, 2 runbooks", "▌ ▶ wet-cat"}, Rows: map[int]string{2: " Open incidents"}},
		)
		cursor()
		d.Past = d.Past[:1]
		tuitest.Play(t, term,
			tuitest.Turn{Do: "/ 'torn", See: []string{"1 of 6 match"}},
			// what was filtered is dropped with the list that it came from
			tuitest.Turn{Do: "esc ctrl+r / 'torn", See: []string{"0 of 3 match"}},
		)
	})
}

// TestClicks: the first click chooses, the second opens; titles and the space below the
// list take none.
func TestClicks(t *testing.T) {
	at(t, 80, 24, nil, func(t *testing.T, d *slowDesk, term *tuitest.Terminal) {
		tuitest.Play(t, term,
			tuitest.Turn{Do: "@5,4", See: []string{"▌ ▶ wet-cat"}},
			tuitest.Turn{Do: "@5,2 @5,5 @5,7 @5,0 @5,1 @5,12 @5,13 @5,23", See: []string{"▌ ▶ wet-cat"}},
			tuitest.Turn{Do: "@5,6", See: []string{"▌ ▶ old-owl"}},
			tuitest.Turn{Do: "@5,9", See: []string{"▌ ○ Malware"}},
			tuitest.Turn{Do: "@5,9", See: []string{"Start: Malware on one machine"}},
		)
		if d.opens != 1 {
			t.Errorf("%d were opened", d.opens)
		}
	})
}

// TestOpening: an incident is opened once, however often enter is pressed, and what is
// going on is said; what cannot be opened says why, and the lists are read again.
func TestOpening(t *testing.T) {
	for _, c := range []struct {
		name, do, while, then string
		watched               bool
	}{
		{"resumed", "enter", "Opening 2026-11-24-amber-heron…", "● saved 1", false},
		{"watched", "w", "Opening 2026-11-24-amber-heron…", "WATCHING", true},
		{"started", "/ 'malware enter", "2 of 7 match", "Start: Malware", false},
		{"not there", "j enter", "Opening 2026-11-20-red-fox…", "The incident cannot be opened", false},
	} {
		at(t, 80, 24, nil, func(t *testing.T, d *slowDesk, term *tuitest.Terminal) {
			if _, err := d.Start(t.Context(), tui.StartRequest{Runbook: d.Books[0], Mode: state.Live, Title: "Website down", Person: "Ada",
				Severity: runbooks.SEV2}); err != nil {
				t.Fatal(err)
			}
			tuitest.Play(t, term, tuitest.Turn{Do: "ctrl+r g"})
			d.hold = make(chan struct{})
			tuitest.Play(t, term, tuitest.Turn{Do: c.do, See: []string{c.while}}, tuitest.Turn{Do: "enter enter"})
			if d.opens != 1 || d.watched != c.watched {
				t.Errorf("%s: %d were opened, the last to watch: %t", c.name, d.opens, d.watched)
			}
			close(d.hold)
			d.hold = nil
			tuitest.Play(t, term, tuitest.Turn{Do: "~1s", See: []string{c.then}, Miss: []string{"Opening"}})
			if c.name != "not there" {
				return
			}
			tuitest.Play(t, term, tuitest.Turn{Do: "esc ~1s", See: []string{"▌ ▶ red-fox"}})
			if d.lists != 3 {
				t.Errorf("the lists were read %d times", d.lists)
			}
			// one that failed stands in nobody's way
			d.hold = make(chan struct{})
			tuitest.Play(t, term, tuitest.Turn{Do: "k enter", See: []string{"Opening 2026-11-24-amber-heron…"}})
			close(d.hold)
			tuitest.Play(t, term, tuitest.Turn{Do: "~1s", See: []string{"● saved 1"}, Miss: []string{"Opening"}})
		})
	}
}

// TestBrokenHidesGood: a runbook of one's own that is broken is not used in silence, nor is
// the good one that it hides; that one is offered.
func TestBrokenHidesGood(t *testing.T) {
	broken := func(d *slowDesk) { d.broken = errors.New("malware.toml:9: not TOML") }
	at(t, 80, 24, broken, func(t *testing.T, _ *slowDesk, term *tuitest.Terminal) {
		tuitest.Play(t, term,
			tuitest.Turn{Do: "/ 'malware enter ~1s", See: []string{"This runbook cannot be used", "malware.toml:9: not TOML", "is good", "start the one"}},
			tuitest.Turn{Do: "enter ~1s", Miss: []string{"cannot be used", "Start: Malware"}},
			tuitest.Turn{Do: "enter ~1s", See: []string{"This runbook cannot be used"}},
			tuitest.Turn{Do: "y ~1s", See: []string{"Start: Malware"}})
	})
}

// TestKept: while lists come in, the cursor is on the first; once a person has moved it, it
// stays on what was chosen, whatever else comes or goes.
func TestKept(t *testing.T) {
	at(t, 80, 24, func(d *slowDesk) { d.holdBooks = make(chan struct{}) }, func(t *testing.T, d *slowDesk, term *tuitest.Terminal) {
		tuitest.Play(t, term, tuitest.Turn{See: []string{"▌ ▶ red-fox", "reading…"}, Miss: []string{"Runbooks"}}, tuitest.Turn{Do: "j j"})
		close(d.holdBooks)
		tuitest.Play(t, term, tuitest.Turn{Do: "~1s", See: []string{"▌ ▶ old-owl", "  ○ Ransomware", "4 incidents, 2 runbooks"}})
	})
	at(t, 80, 24, func(d *slowDesk) { d.hold = make(chan struct{}) }, func(t *testing.T, d *slowDesk, term *tuitest.Terminal) {
		tuitest.Play(t, term, tuitest.Turn{See: []string{"▌ ○ Ransomware", "reading…"}})
		close(d.hold)
		tuitest.Play(t, term, tuitest.Turn{Do: "~1s", See: []string{"▌ ▶ red-fox"}})
		for i, c := range []struct{ do, kept string }{{"j", "▌ ▶ wet-cat"}, {"/ 'mal esc", "▌ ○ Malware"}, {"@5,5", "▌ ▶ red-fox"}, {"G", "▌ ✓ dry-dog"}} {
			tuitest.Play(t, term, tuitest.Turn{Do: c.do})
			head := tui.IncidentHead{ID: fmt.Sprintf("2026-11-24-new-%d", i), Title: "New", Mode: state.Live, Opened: d.Now()}
			d.Past = append([]tui.IncidentHead{head}, d.Past...)
			tuitest.Play(t, term, tuitest.Turn{Do: "ctrl+r ~1s", See: []string{fmt.Sprintf("new-%d", i), c.kept}})
		}
		// what is gone leaves the cursor on its row, never on a title
		d.Past = d.Past[:1]
		tuitest.Play(t, term, tuitest.Turn{Do: "ctrl+r ~1s", See: []string{"▌ ○ Malware"}})
		d.Books = d.Books[:1]
		tuitest.Play(t, term, tuitest.Turn{Do: "g ctrl+r j ctrl+r ~1s", See: []string{"▌ ○ Ransomware"}})
		d.Past, d.Books[0].Path = nil, "elsewhere"
		tuitest.Play(t, term, tuitest.Turn{Do: "g ctrl+r ~1s", See: []string{"▌ ○ Ransomware"}})
	})
}

// TestLetters: what matched is set apart from the rest of the text, and of an incident
// its name from its title.
func TestLetters(t *testing.T) {
	at(t, 80, 24, nil, func(t *testing.T, _ *slowDesk, term *tuitest.Terminal) {
		apart := func(a, b string) bool {
			for line := range strings.Lines(term.Styled()) {
				if i, k := strings.Index(line, a), strings.Index(line, b); i >= 0 && k > i {
					return strings.Contains(line[i+len(a):k], "\x1b[")
				}
			}
			return false
		}
		tuitest.Play(t, term, tuitest.Turn{Do: "j j"})
		if !apart("red-fox", "Phishing.") || !apart("Ransomware or destructive intrusion", "security") || apart("Ransomware", "destructive") {
			t.Errorf("names look like the rest:\n%q", term.Styled())
		}
		tuitest.Play(t, term, tuitest.Turn{Do: "/ 'phis"})
		if !apart("Phis", "hing.") || apart("red", "fox") {
			t.Errorf("the letters that matched look like the rest:\n%q", term.Styled())
		}
	})
}

// TestGone: a runbook that cannot be read any more says so, and leaves the list.
func TestGone(t *testing.T) {
	at(t, 80, 24, nil, func(t *testing.T, d *slowDesk, term *tuitest.Terminal) {
		tuitest.Play(t, term, tuitest.Turn{Do: "j j j j", See: []string{"▌ ○ Malware"}})
		d.Books = d.Books[:1]
		tuitest.Play(t, term,
			tuitest.Turn{Do: "enter ~1s", See: []string{"This runbook cannot be used", `there is no runbook "malware"`, "4 incidents, 1 runbook"}},
			tuitest.Turn{Do: "esc g j j j enter ~1s", See: []string{"Start: Ransomware"}},
			tuitest.Turn{Do: "esc ~1s", See: []string{"4 incidents, 1 runbook"}},
			tuitest.Turn{Do: "q"},
		)
		if !term.Ended() {
			t.Error("q does not end the program")
		}
	})
}

// TestNothingToShow: while the lists are read that is said; an empty home says how to
// begin, and a list that cannot be read says why and leaves the other one usable.
func TestNoOrganisation(t *testing.T) {
	const says = "muster init"
	unset := func(d *slowDesk) { many(3)(d); d.Unset = true }
	at(t, 80, 24, unset, func(t *testing.T, d *slowDesk, term *tuitest.Terminal) {
		tuitest.Play(t, term, tuitest.Turn{Rows: map[int]string{2: ` No organisation yet: the command "muster init" sets down your services, contac…`}})
		d.Unset = false
		tuitest.Play(t, term, tuitest.Turn{Do: "ctrl+r ~1s", Miss: []string{says}})
	})
	at(t, 80, 24, many(3), func(t *testing.T, _ *slowDesk, term *tuitest.Terminal) {
		tuitest.Play(t, term, tuitest.Turn{Miss: []string{says}})
	})
}

func TestNothingToShow(t *testing.T) {
	none := func(d *slowDesk) { d.Past, d.Books = nil, nil }
	at(t, 80, 24, none, func(t *testing.T, _ *slowDesk, term *tuitest.Terminal) {
		tuitest.Play(t, term, tuitest.Turn{Do: "j k G g enter @5,3", Rows: map[int]string{
			0:  " muster  incident response                              0 incidents, 0 runbooks",
			2:  "",
			3:  `              Nothing here. "muster runbook new" makes a runbook.`,
			-1: " / filter  q end  : find  ? help",
		}})
	})
	at(t, 80, 24, func(d *slowDesk) { d.hold = make(chan struct{}); none(d) }, func(t *testing.T, d *slowDesk, term *tuitest.Terminal) {
		term.Wait(5 * time.Second)
		tuitest.Play(t, term, tuitest.Turn{See: []string{"reading…"}, Miss: []string{"Nothing here", "incidents,"}})
		close(d.hold)
		tuitest.Play(t, term, tuitest.Turn{Do: "~1s", See: []string{"Nothing here"}, Miss: []string{"reading"}})
	})
	at(t, 80, 24, func(d *slowDesk) { d.listErr = errors.New("the folder \x1bis gone") }, func(t *testing.T, _ *slowDesk, term *tuitest.Terminal) {
		tuitest.Play(t, term, tuitest.Turn{Rows: map[int]string{2: " the folder ␛is gone", 3: " Runbooks", 4: "▌ ○ Ransomware or destructive intrusion  attack  security malwa… SEV1  built in"}})
	})
	long := func(d *slowDesk) { many(50)(d); d.booksErr = errors.New("no such folder") }
	at(t, 80, 24, long, func(t *testing.T, _ *slowDesk, term *tuitest.Terminal) {
		tuitest.Play(t, term, tuitest.Turn{Do: "G", See: []string{"▌ ▶ nr-046"}}, tuitest.Turn{Do: "g j k pgdown", See: []string{"▌ ▶ nr-016"}})
	})
	at(t, 40, 12, func(d *slowDesk) { d.booksErr = errors.New("no such folder") }, func(t *testing.T, _ *slowDesk, term *tuitest.Terminal) {
		tuitest.Play(t, term, tuitest.Turn{Do: "G", Rows: map[int]string{2: " no such folder", 9: "▌ ✓ dry-d… SEV4  0/0  closed 2026-10-17"}})
	})
}
