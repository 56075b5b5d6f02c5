package tui_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"muster/tui"
	"muster/tui/tuitest"
)

// again opens the last incident of a desk anew, as after a program that was killed.
func again(t *testing.T, desk *tuitest.Desk, person string) *tuitest.Terminal {
	t.Helper()
	app, err := tui.NewOpening(t.Context(), desk, desk.Last().Incident().ID, false, tui.Options{Person: person, Now: desk.Now, World: &tuitest.World{}})
	if err != nil {
		t.Fatal(err)
	}
	return tuitest.Start(t, app, 100, 30)
}

// TestTypedIsKept: case C7. What is typed into any form is there when it is opened again:
// after escape, after ctrl+c, and in another process after a kill, a moment later.
func TestTypedIsKept(t *testing.T) {
	for _, form := range []struct{ open, typed string }{
		{"n", "'half_of_it"}, {"s", "'half_of_it"}, {"D", "tab 'half_of_it"}, {"b", "'half_of_it"}, {"f", "'half_of_it"}, {"a", "ctrl+u 'half_of_it"},
		{"e", "'half_of_it"}, {"S", "tab 'half_of_it"}, {"O", "tab 'half_of_it"}, {"+", "'half_of_it"}, {"@", "tab 'half_of_it"}, {"C enter", "'half_of_it"},
		{"V", "'half_of_it"}, {"t", "tab ctrl+u 'half_of_it"}, {"2 enter", "tab 'half_of_it"}, {"2 +", "'half_of_it"}, {"3 w", "'half_of_it"}, {"3 G enter", "tab tab 'half_of_it"},
		{"3 d", "'half_of_it"}, {"4 home down s", "'half_of_it"}, {"5 a", "'half_of_it"}, {"R 'attack enter", "'half_of_it"},
	} {
		for _, way := range []string{"esc", "killed", "ctrl+c"} {
			t.Run(way+" "+form.open, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					book, err := tuitest.ReadBook("imo.toml")
					if err != nil {
						t.Fatal(err)
					}
					term, desk := tuitest.Begin(t, book, &tuitest.World{}, nil)
					term.Act(form.open)
					if strings.Contains(term.Screen(), "half of it") {
						t.Fatalf("it stands there already:\n%s", term.Screen())
					}
					term.Act(form.typed)
					tuitest.Wants(t, term, "half of it")
					term.Wait(300 * time.Millisecond)
					switch way {
					case "esc":
						term.Press("esc")
						term.Act("1")
					case "killed":
						term.Kill()
						term = again(t, desk, "Ada")
					case "ctrl+c":
						term.Press("ctrl+c")
						term.Wait(time.Second)
						if !term.Ended() {
							t.Fatalf("it goes on:\n%s", term.Screen())
						}
						term = again(t, desk, "Ada")
					}
					open := form.open
					if form.open == "3 d" {
						open = "3 e"
					}
					term.Act(open)
					tuitest.Wants(t, term, "half of it")
				})
			})
		}
	}
}

// TestDraftsAreTold: who opens an incident is told what was typed before; it is of one
// person, and gone once it is recorded, and not before.
func TestDraftsAreTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		term, desk := tuitest.Inside(t)
		term.Act("n 'of_Ada")
		term.Wait(300 * time.Millisecond)
		term.Kill()
		term = again(t, desk, "Ada")
		term.Wait(time.Second)
		tuitest.Wants(t, term, "Typed before, and recorded nowhere: Note.")
		if term.Act("Y 'Ben enter n"); strings.Contains(term.Screen(), "of Ada") {
			t.Errorf("Ben is shown it:\n%s", term.Screen())
		}
		term.Act("esc Y 'Ada enter")
		desk.FailSaves(1)
		term.Act("n ctrl+s")
		term.Wait(time.Second)
		if kept := fmt.Sprint(desk.Kept()); !strings.Contains(kept, "of Ada") {
			t.Errorf("it is not saved, and kept is %s\n%s", kept, term.Screen())
		}
		term.Act("r enter")
		term.Wait(time.Second)
		if kept := desk.Kept(); len(kept) > 0 {
			t.Errorf("it is recorded, and kept is still %q\n%s", kept, term.Screen())
		}
		if term.Act("n"); strings.Contains(term.Screen(), "still in it") {
			t.Errorf("it is there again:\n%s", term.Screen())
		}
	})
}

// TestDraftsThatCannotBeKept: it is said, and typing goes on.
func TestDraftsThatCannotBeKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		term, desk := tuitest.Inside(t)
		desk.Fails = errors.New("the disk is full")
		term.Act("n 'half")
		term.Wait(time.Second)
		term.Act("esc")
		term.Wait(time.Second)
		tuitest.Wants(t, term, "the disk is full")
		term.Act("n")
		tuitest.Wants(t, term, "half")
	})
}
