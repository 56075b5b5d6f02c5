package run_test

import (
	"fmt"
	"strings"
	"testing"

	"muster/tui/tuitest"
)

// clickOn clicks the first place on the screen that has a text, and so many columns beside it.
func clickOn(t *testing.T, term *tuitest.Terminal, text string, beside int) {
	t.Helper()
	y := 0
	for line := range strings.Lines(term.Screen()) {
		if before, _, found := strings.Cut(line, text); found {
			tuitest.Play(t, term, tuitest.Turn{Do: fmt.Sprintf("@%d,%d", len([]rune(before))+beside, y)})
			return
		}
		y++
	}
	t.Fatalf("%q is not on the screen\n%s", text, term.Screen())
}

// tab is the pane that one column shows.
func tab(term *tuitest.Terminal) string {
	_, name, _ := strings.Cut(term.Row(2), "[")
	name, _, _ = strings.Cut(name, "]")
	return name
}

// TestClicksInOneColumn: a tab is hit from its first column to its last, and what is shown below
// it is what is clicked.
func TestClicksInOneColumn(t *testing.T) {
	seen(t, book, 60, 20, func(t *testing.T, term *tuitest.Terminal, _ *tuitest.Desk) {
		for _, c := range []struct {
			x    int
			want string
		}{{9, "Text"}, {8, "Steps"}, {14, "Text"}, {0, "Steps"}, {17, "Log"}, {1, "Steps"}, {59, "Log"}, {16, "Text"}} {
			tuitest.Play(t, term, tuitest.Turn{Do: fmt.Sprintf("@%d,2", c.x)})
			if got := tab(term); got != c.want {
				t.Errorf("column %d is the tab %s, not %s\n%s", c.x, got, c.want, term.Screen())
			}
		}
		tuitest.Play(t, term, tuitest.Turn{Do: "@1,2"})
		clickOn(t, term, "Step with a list", 0)
		if got := mark(term); got != "▌ ○ 1.2 Step with a list" {
			t.Errorf("the cursor is on %q", got)
		}
		tuitest.Play(t, term, tuitest.Turn{Do: "@9,2"})
		clickOn(t, term, "second line", 0)
		tuitest.Play(t, term, tuitest.Turn{Do: "enter", See: []string{"[x] second line"}, Miss: []string{"[x] first line"}})
		if tab(term) != "Text" {
			t.Errorf("a click in the text leads to %s", tab(term))
		}
	})
}

// TestWheelScrollsWhatIsUnderIt: in columns that is the list or the text, whichever has the focus;
// in one column it is what is shown.
func TestWheelScrollsWhatIsUnderIt(t *testing.T) {
	for _, w := range []int{80, 100} {
		seen(t, book, w, 14, func(t *testing.T, term *tuitest.Terminal, _ *tuitest.Desk) {
			moves(t, term, move{"j", "▌ ○ 1.2 Step with a list"})
			clickOn(t, term, "first line", 0)
			tuitest.Play(t, term, tuitest.Turn{Do: "wheel-down"})
			if got := mark(term); got != "▌2 Act 0/3" {
				t.Errorf("%d columns: over the list, with the text chosen, the wheel leads to %q\n%s", w, got, term.Screen())
			}
		})
	}
	seen(t, book, 60, 12, func(t *testing.T, term *tuitest.Terminal, _ *tuitest.Desk) {
		tuitest.Play(t, term, tuitest.Turn{Do: "wheel-down"})
		was := mark(term)
		if was == "" || was == "▌ ○ 1.1 Plain step" {
			t.Errorf("in the steps the wheel leads to %q", was)
		}
		tuitest.Play(t, term, tuitest.Turn{Do: "@9,2"}, tuitest.Turn{Do: "wheel-down"}, tuitest.Turn{Do: "@1,2"})
		if got := mark(term); got != was {
			t.Errorf("in the text the wheel moves the steps from %q to %q", was, got)
		}
	})
}
