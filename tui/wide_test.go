package tui_test

import (
	"io"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
	"github.com/clipperhouse/displaywidth"

	"muster/state"
	"muster/tui"
	"muster/tui/tuitest"
	"muster/tui/widget"
)

// standIn is what an emulator that knows no ambiguous characters draws for one that is
// to take two cells; the first of many.
const standIn = '㐀'

// A wideScreen shows what a terminal shows that draws ambiguous characters in two cells.
type wideScreen struct {
	*vt.Emulator
	stand map[rune]rune // a stand-in for each
	back  map[rune]rune // and what it stands for
}

func newWideScreen(t *testing.T, w, h int, raw string) *wideScreen {
	t.Helper()
	s := &wideScreen{vt.NewEmulator(w, h), map[rune]rune{}, map[rune]rune{}}
	go func() { _, _ = io.Copy(io.Discard, s.Emulator) }()
	t.Cleanup(func() { _ = s.InputPipe().(io.Closer).Close() })
	wide := displaywidth.Options{EastAsianWidth: true}
	shown := strings.Map(func(r rune) rune {
		if r < 0x80 || wide.Rune(r) == displaywidth.Rune(r) {
			return r
		}
		if s.stand[r] == 0 {
			s.stand[r] = standIn + rune(len(s.stand))
			s.back[s.stand[r]] = r
		}
		return s.stand[r]
	}, raw)
	if _, err := s.WriteString(strings.ReplaceAll(shown, "\n", "\r\n")); err != nil {
		t.Fatal(err)
	}
	return s
}

// rows are what it shows.
func (s *wideScreen) rows() []string {
	text := strings.Map(func(r rune) rune {
		if was, ok := s.back[r]; ok {
			return was
		}
		return r
	}, s.String())
	rows := strings.Split(text, "\n")
	for i := range rows {
		rows[i] = strings.TrimRight(rows[i], " \r")
	}
	return rows
}

// edges are the columns of a row where a frame or a rule stands.
func (s *wideScreen) edges(y int) (columns []int) {
	for x := range s.Width() {
		if c := s.CellAt(x, y); c != nil && (c.Content == "|" || c.Content == "+") {
			columns = append(columns, x)
		}
	}
	return columns
}

// TestWide: where ambiguous characters take two cells, frames stand in one column and
// no row is longer than the terminal, whatever people wrote.
func TestWide(t *testing.T) {
	const text = "Привет — “naïve” café, ΑΒΓ … § 5 ± 3 °C × 漢字 и так далее"
	for _, size := range [][2]int{{80, 24}, {120, 40}, {200, 60}} {
		synctest.Test(t, func(t *testing.T) {
			defer widget.MeasureWide(false)
			desk := newDesk(t)
			session, err := desk.Start(t.Context(), tui.StartRequest{Runbook: desk.Books[0], Mode: state.Live, Title: text, Person: "Ада"})
			if err != nil {
				t.Fatal(err)
			}
			for range 12 {
				if _, err := session.Do(t.Context(), state.Action{Command: state.AddNote{Text: strings.Repeat(text+" ", 3)}}); err != nil {
					t.Fatal(err)
				}
			}
			app, err := tui.NewIncident(t.Context(), desk, session, false, tui.Options{Person: "Ада", Now: desk.Now, Wide: true})
			term := tuitest.Start(t, app, size[0], size[1])
			if err != nil {
				t.Fatal(err)
			}
			for _, keys := range []string{"", "n", "П", "esc", "?", "esc", "5", "enter", "esc", "4", "2", "3", "1", ":", "q", "esc", "j"} {
				if keys != "" {
					term.Press(keys)
				}
				screen := newWideScreen(t, size[0], size[1], term.Raw())
				sameRows(t, app, screen, size[0])
			}
		})
	}
}

// sameRows compares a screen with what was to be drawn.
func sameRows(t *testing.T, app *tui.App, screen *wideScreen, w int) {
	t.Helper()
	got := screen.rows()
	for y, line := range strings.Split(app.View().Content, "\n") {
		line = ansi.Strip(line)
		if n := widget.Width(line); n > w {
			t.Errorf("row %d takes %d cells: %q", y, n, line)
		}
		if want := strings.TrimRight(line, " "); got[y] != want {
			t.Errorf("row %d shows\n%s\nnot\n%s", y, got[y], want)
		}
		if y == 0 {
			continue
		}
		edges, above := screen.edges(y), screen.edges(y-1)
		if len(edges) > 1 && len(above) > 1 && edges[0] == above[0] && edges[len(edges)-1] != above[len(above)-1] {
			t.Errorf("row %d has its frame at %v, the one above at %v:\n%s", y, edges, above, strings.Join(got, "\n"))
		}
	}
}
