package start_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"muster/runbooks"
	"muster/state"
	"muster/tui"
	"muster/tui/tuitest"
)

const book = `title = "Mail is down"
summary = "For when no mail comes."
severity = "SEV3"
[[input]]
id = "org"
prompt = "Organisation"
default = "IMO"
required = true
[[input]]
id = "town"
prompt = "Town"
[[phase]]
title = "One"
[[phase.step]]
id = "a"
title = "Step a"
`

// A slowDesk starts when it is told to, or says why it cannot.
type slowDesk struct {
	*tuitest.Desk
	hold      chan struct{} // nil if nothing waits
	err       error
	playsErr  error
	asked     []tui.StartRequest
	scenarios int // how often they were asked for
}

func (d *slowDesk) Start(ctx context.Context, r tui.StartRequest) (tui.Session, error) {
	d.asked = append(d.asked, r)
	if d.hold != nil {
		<-d.hold
	}
	if d.err != nil {
		return nil, d.err
	}
	return d.Desk.Start(ctx, r)
}

func (d *slowDesk) Scenarios(ctx context.Context, r *runbooks.Source) ([]*runbooks.ScenarioSource, error) {
	d.scenarios++
	if d.hold != nil {
		<-d.hold
	}
	if d.playsErr != nil {
		return nil, d.playsErr
	}
	return d.Desk.Scenarios(ctx, r)
}

// seen plays a test in the form, in a terminal of w×h.
func seen(t *testing.T, text string, w, h int, test func(*testing.T, *tuitest.Terminal, *slowDesk)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		desk, err := tuitest.NewDesk("Ada")
		if err != nil {
			t.Fatal(err)
		}
		source, err := tuitest.Book("mail.toml", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		play, err := tuitest.ReadScenario("autumn.toml")
		if err != nil {
			t.Fatal(err)
		}
		desk.Books, desk.Plays = append(desk.Books, source), append(desk.Plays, play)
		d := &slowDesk{Desk: desk}
		app, err := tui.NewHome(t.Context(), d, tui.Options{Person: "Ada", Now: d.Now})
		if err != nil {
			t.Fatal(err)
		}
		term := tuitest.Start(t, app, w, h)
		term.Act("enter")
		test(t, term, d)
	})
}

// cursor fails unless the text cursor stands at x,y; with none, unless it is hidden.
func cursor(t *testing.T, term *tuitest.Terminal, want ...int) {
	t.Helper()
	if x, y, seen := term.Cursor(); seen != (len(want) > 0) || seen && (x != want[0] || y != want[1]) {
		t.Errorf("the text cursor stands at %d,%d: %t\n%s", x, y, seen, term.Screen())
	}
}

// TestForm: the form says what is started and what for, stands filled in, and what was
// left as it is needs no key; what was typed is what is started.
func TestForm(t *testing.T) {
	seen(t, book, 80, 40, func(t *testing.T, term *tuitest.Terminal, d *slowDesk) {
		tuitest.Play(t, term, tuitest.Turn{Rows: map[int]string{
			0: " Start: Mail is down", 1: strings.Repeat("─", 80), 2: "  For when no mail comes.", 3: "", 4: "  ▌ Live, or a drill   ← → choose", 5: "    ● live   ○ drill (EXERCISE)",
			7: "    Who you are *", 8: "    Ada", -1: " ctrl+s start  ↵ next  esc back  tab next field",
		}, Miss: []string{"more"}})
		cursor(t, term)
		tuitest.Play(t, term, tuitest.Turn{Do: "enter", See: []string{"▌ Who you are"}})
		cursor(t, term, 7, 8)
		tuitest.Play(t, term, tuitest.Turn{Do: "shift+tab", See: []string{"▌ Live, or"}}, tuitest.Turn{Do: "tab tab ctrl+u", See: []string{"▌ Title"}})
		cursor(t, term, 4, 12)
		tuitest.Play(t, term,
			tuitest.Turn{Do: "'No_mail enter", See: []string{"▌ Severity"}},
			tuitest.Turn{Do: "enter", See: []string{"▌ Detected"}},
			tuitest.Turn{Do: "'-10m enter enter 'London", See: []string{"▌ Town", "Who you are"}},
			tuitest.Turn{Do: "enter ~1s", See: []string{"No mail", "saved 1"}},
		)
		if len(d.asked) != 1 {
			t.Fatalf("%d were started", len(d.asked))
		}
		r := d.asked[0]
		if r.Title != "No mail" || r.Person != "Ada" || r.Severity != runbooks.SEV3 || r.Mode != state.Live || r.Scenario != nil || r.Inputs["org"] != "IMO" || r.Inputs["town"] != "London" || r.Runbook.ID != "mail" {
			t.Errorf("what is started is %+v", r)
		}
		if ago := d.Now().Sub(r.Detected); ago < 10*time.Minute || ago > 11*time.Minute {
			t.Errorf("it was detected %s ago", ago)
		}
		tuitest.Play(t, term, tuitest.Turn{Do: "q ~1s", See: []string{"1 incident, 1 runbook"}}, tuitest.Turn{Do: "q"})
		if !term.Ended() {
			t.Error("the form lies under home")
		}
	})
	// An answer that is left empty is none.
	seen(t, book, 80, 24, func(t *testing.T, term *tuitest.Terminal, d *slowDesk) {
		term.Act("ctrl+s ~1s")
		if _, has := d.asked[0].Inputs["town"]; has || d.asked[0].Inputs["org"] != "IMO" || !d.asked[0].Detected.IsZero() {
			t.Errorf("what is started is %+v", d.asked[0])
		}
	})
}

// TestChecks: what cannot be recorded is said at its field, and nothing is started.
func TestChecks(t *testing.T) {
	long := strings.Repeat("x", 500)
	for _, c := range []struct{ do, says string }{
		{"tab ctrl+u ctrl+s", "This is needed."},
		{"tab '" + long + " ctrl+s", "A name has at most"},
		{"tab tab '" + long + " ctrl+s", "A title has at most"},
		{"tab tab tab tab '25:99 ctrl+s", "is not a time"},
		{"tab tab tab tab '2026-11-24_02:35 ctrl+s", "✗"},
		{"tab tab tab tab tab ctrl+u ctrl+s", "This is needed."},
	} {
		seen(t, book, 80, 40, func(t *testing.T, term *tuitest.Terminal, d *slowDesk) {
			tuitest.Play(t, term, tuitest.Turn{Do: c.do, See: []string{c.says}})
			if len(d.asked) != 0 {
				t.Errorf("%.40s: it was started", c.do)
			}
		})
	}
}

// TestStarting: while it is started that is said, and no key starts it twice or leaves;
// why it was not is said until somebody types, and what was typed is kept.
func TestStarting(t *testing.T) {
	seen(t, book, 80, 30, func(t *testing.T, term *tuitest.Terminal, d *slowDesk) {
		d.hold, d.err = make(chan struct{}), errors.New("the folder \x1bis full "+strings.Repeat("very ", 80))
		tuitest.Play(t, term, tuitest.Turn{Do: "tab tab ctrl+u 'No_mail ctrl+s", Rows: map[int]string{2: "  starting…", 3: "  For when no mail comes."}},
			tuitest.Turn{Do: "ctrl+s ctrl+s esc", See: []string{"Start: Mail is down", "starting…"}})
		if len(d.asked) != 1 {
			t.Errorf("%d were started", len(d.asked))
		}
		close(d.hold)
		d.hold = nil
		tuitest.Play(t, term,
			tuitest.Turn{Do: "~1s", Rows: map[int]string{2: "  Not started: the folder ␛is full very very very very very very very very"}, See: []string{"No mail"}, Miss: []string{"starting…"}})
		if row := term.Row(6); !strings.Contains(row, "For when no mail comes.") {
			t.Errorf("the reason takes more than four lines:\n%s", term.Screen())
		}
		tuitest.Play(t, term,
			tuitest.Turn{Do: "'s", Miss: []string{"Not started"}, See: []string{"No mails"}},
			tuitest.Turn{Do: "esc ~1s", See: []string{"kept until you open this again"}},
			tuitest.Turn{Do: "enter", See: []string{"No mails", "Start: Mail"}, Miss: []string{"Not started"}})
		d.err = nil
		tuitest.Play(t, term, tuitest.Turn{Do: "ctrl+s ~1s", See: []string{"No mails", "saved 1"}})
	})
	// what was only typed is kept as well
	seen(t, book, 80, 30, func(t *testing.T, term *tuitest.Terminal, _ *slowDesk) {
		tuitest.Play(t, term, tuitest.Turn{Do: "tab tab 'zz esc ~1s", See: []string{"1 runbook", "kept until"}}, tuitest.Turn{Do: "enter", See: []string{"zz", "still in it"}})
	})
	// a refusal stands at the field that would help
	seen(t, book, 80, 40, func(t *testing.T, term *tuitest.Terminal, d *slowDesk) {
		d.err = &state.Refusal{Reason: state.Invalid, Field: "title", Text: "It is a joke.", Hint: "Be earnest."}
		tuitest.Play(t, term, tuitest.Turn{Do: "ctrl+s ~1s", See: []string{"▌ Title", "Not started. It is a joke. Be earnest."}, Rows: map[int]string{2: "  For when no mail comes."}})
		d.err = &state.Refusal{Reason: state.Invalid, Text: "It is late."}
		tuitest.Play(t, term, tuitest.Turn{Do: "ctrl+s ~1s", See: []string{"Not started: It is late."}})
	})
}

// TestScenario: scenarios are offered for a drill alone; the one that is chosen fills in
// what nobody has changed, and takes it back.
func TestScenario(t *testing.T) {
	seen(t, book, 80, 40, func(t *testing.T, term *tuitest.Terminal, d *slowDesk) {
		if d.scenarios != 0 {
			t.Error("scenarios are read for a live incident")
		}
		tuitest.Play(t, term,
			tuitest.Turn{Miss: []string{"Scenario"}},
			tuitest.Turn{Do: "right ~1s", See: []string{"▌ Live", "Scenario", "● none: the facilitator makes it up", "○ Autumn exercise, +0:30", "EXERCISE  EXERCISE"}, Miss: []string{"Start: Mail"}},
			tuitest.Turn{Do: "tab right", See: []string{"▌ Scenario", "● Autumn exercise", "World Shipping Office"}, Miss: []string{"Mail is down"}},
			tuitest.Turn{Do: "left", See: []string{"Mail is down", "IMO"}, Miss: []string{"World Shipping Office"}},
			tuitest.Turn{Do: "tab tab 'er right", See: []string{"Mail is downer"}},
			tuitest.Turn{Do: "shift+tab shift+tab right", See: []string{"● Autumn", "Mail is downer", "World Shipping Office"}},
			tuitest.Turn{Do: "left", See: []string{"Mail is downer", "IMO"}},
			tuitest.Turn{Do: "right shift+tab left", See: []string{"▌ Live", "Mail is downer", "IMO"}, Miss: []string{"Scenario", "EXERCISE  "}},
			tuitest.Turn{Do: "right tab", See: []string{"▌ Scenario", "● Autumn"}},
			tuitest.Turn{Do: "ctrl+s ~1s", See: []string{"EXERCISE", "saved 1"}},
		)
		if r := d.asked[0]; r.Mode != state.Drill || r.Scenario == nil || r.Scenario.ID != "autumn" || r.Title != "Mail is downer" || r.Inputs["org"] != "World Shipping Office" {
			t.Errorf("what is started is %+v", r)
		}
		if d.scenarios != 1 {
			t.Errorf("scenarios were read %d times", d.scenarios)
		}
	})
	// scenarios that come late leave the keys where they are
	seen(t, book, 80, 40, func(t *testing.T, term *tuitest.Terminal, d *slowDesk) {
		d.hold = make(chan struct{})
		tuitest.Play(t, term, tuitest.Turn{Do: "right tab tab", See: []string{"▌ Title"}, Miss: []string{"Scenario"}})
		close(d.hold)
		tuitest.Play(t, term, tuitest.Turn{Do: "~1s", See: []string{"▌ Title", "Scenario"}})
	})
	// why there are none to choose from is said
	seen(t, book, 80, 40, func(t *testing.T, term *tuitest.Terminal, d *slowDesk) {
		d.playsErr = errors.New("no \x1bfolder")
		tuitest.Play(t, term, tuitest.Turn{Do: "right ~1s", See: []string{"The scenarios cannot be read: no ␛folder"}, Miss: []string{"Scenario "}},
			tuitest.Turn{Do: "tab", See: []string{"▌ Who you are"}},
			tuitest.Turn{Do: "ctrl+s ~1s", See: []string{"EXERCISE", "saved 1"}})
		if r := d.asked[0]; r.Scenario != nil || r.Mode != state.Drill {
			t.Errorf("what is started is %+v", r)
		}
	})
}

// TestRoom: what does not fit is scrolled to the field that has the keys, and said to be
// there; a click gives the keys to what was hit, wherever it stands.
func TestRoom(t *testing.T) {
	seen(t, book, 80, 40, func(t *testing.T, term *tuitest.Terminal, _ *slowDesk) {
		tuitest.Play(t, term, tuitest.Turn{Do: "@6,12", See: []string{"▌ Title"}}, tuitest.Turn{Do: "@6,8", See: []string{"▌ Who"}},
			tuitest.Turn{Do: "@4,5", See: []string{"▌ Live"}}, tuitest.Turn{Do: "@14,5 ~1s", See: []string{"● drill", "Scenario"}})
	})
	seen(t, book, 60, 16, func(t *testing.T, term *tuitest.Terminal, _ *slowDesk) {
		tuitest.Play(t, term,
			tuitest.Turn{See: []string{"▌ Live"}, Rows: map[int]string{13: "    ──────────────────────────────────────────────────────", 14: strings.Repeat(" ", 52) + "↓ more"}},
			tuitest.Turn{Do: "tab tab", See: []string{"▌ Title"}},
			tuitest.Turn{Do: "tab tab tab tab", See: []string{"▌ Town"}, Miss: []string{"more", "Live, or"}},
		)
		_, y, _ := term.Cursor()
		if !strings.Contains(term.Row(y-1), "▌ Town") {
			t.Errorf("the cursor stands in row %d:\n%s", y, term.Screen())
		}
		at := -1
		for y := range 16 {
			if strings.Contains(term.Row(y), "Organisation") {
				at = y
			}
		}
		tuitest.Play(t, term, tuitest.Turn{Do: "@6,9", See: []string{"▌"}})
		if at < 0 {
			t.Errorf("the field above is not seen:\n%s", term.Screen())
		}
		tuitest.Play(t, term, tuitest.Turn{Do: "shift+tab shift+tab shift+tab", See: []string{"more"}})
	})
	wide := strings.Replace(book, "no mail comes.", strings.Repeat("no mail comes. ", 30), 1)
	seen(t, wide, 200, 60, func(t *testing.T, term *tuitest.Terminal, _ *slowDesk) {
		for y := 2; y < 20; y++ {
			if w := len([]rune(term.Row(y))); w > 78 {
				t.Errorf("row %d is %d wide: too far for the eye", y, w)
			}
		}
	})
}
