package proof

import (
	"bytes"
	"fmt"
	"image/color"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
	"muster/tui"
	"muster/tui/tuitest"
)

// tour walks through every screen: the home screen and the form that starts an
// incident, then an incident that has the text in every entry. On the way it
// pastes the text into a note that cannot be saved. It returns what was written to
// the terminal, and what could be read on it.
func tour(t *testing.T, text string, w, h int) (raw, read string) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		desk := hostileDesk(t, text)
		options := tui.Options{Person: clean.Bounded(text, 100), Now: desk.Now, NoMouse: true}
		var drawn, seen strings.Builder
		look := func(app *tui.App, err error, keys ...string) {
			if err != nil {
				t.Fatal(err)
			}
			term := tuitest.Start(t, app, w, h)
			for _, key := range keys {
				switch key {
				case "paste":
					term.Send(tea.PasteMsg{Content: text})
				case "fail":
					desk.FailSaves(1)
				default:
					term.Press(key)
				}
				seen.WriteString(term.Screen())
			}
			drawn.WriteString(term.Raw())
		}
		home, err := tui.NewHome(t.Context(), desk, options)
		look(home, err, "j", "tab", "j", "j", "?", "esc", "enter", "esc")
		start, err := tui.NewHome(t.Context(), desk, options)
		look(start, err, "G", "enter", "tab", "paste", "tab", "paste", "?", "esc")
		session := desk.Adopt(newHostileLog(t, text).incident)
		run, err := tui.NewIncident(t.Context(), desk, session, false, options)
		keys := []string{"j", "j", "k", "tab", "j", "esc", "?", "esc", ":", "paste", "esc"}
		for _, screen := range []string{"2", "3", "4", "6", "5"} {
			keys = append(keys, screen, "j", "j", "enter", "esc", "pgdown", "G")
		}
		for range 45 { // up the timeline, entry by entry
			keys = append(keys, "k", "k", "enter", "esc")
		}
		look(run, err, append(keys, "1", "n", "fail", "paste", "enter", "ctrl+s", "esc", "!", "esc")...)
		desk.Damage(&state.Damage{Line: 3, Seq: 3, What: text})
		damaged, err := tui.NewIncident(t.Context(), desk, session, true, options)
		look(damaged, err, "j", "5", "?")
		raw, read = drawn.String(), seen.String()
	})
	return raw, read
}

// hostileDesk has the text in its library and its list, and in what is wrong there.
func hostileDesk(t *testing.T, text string) *tuitest.Desk {
	t.Helper()
	desk, err := tuitest.NewDesk(clean.Bounded(text, 100))
	if err != nil {
		t.Fatal(err)
	}
	if book, err := tuitest.Book("hostile.toml", hostileBook(text)); err == nil {
		desk.Books = []*runbooks.Source{book}
	} else if book, err = tuitest.Book("hostile.toml", hostileBook("plain")); err == nil {
		desk.Books = []*runbooks.Source{book}
	}
	desk.Broken = []runbooks.Head{{ID: "broken", Title: text, Summary: text, Layer: text, Path: text, Err: fmt.Errorf("%s", text)}}
	desk.Past = []tui.IncidentHead{
		{ID: text, Title: text, Mode: state.Live, Severity: runbooks.Severity(text), Runbook: text, Opened: desk.Now(), Entries: 3},
		{ID: "unreadable", Title: text, Err: fmt.Errorf("%s", text)},
	}
	return desk
}

// A terminal is what became of one: all that a program can change but the text in
// its cells.
type terminal struct {
	sequences map[string]bool // the kinds of control sequence that were written
	changes   map[string]bool // what the emulator was made to do
	links     int             // cells that lead somewhere
	bells     int
	dirty     []string // what is neither a sequence nor clean text
}

// watch reads what was written to a terminal, as a parser and as an emulator.
func watch(raw string, w, h int) terminal {
	term := terminal{sequences: make(map[string]bool), changes: make(map[string]bool)}
	parser, stage, text := ansi.NewParser(), byte(0), ""
	end := func() { // of a run of text
		if !clean.IsClean(text) {
			term.dirty = append(term.dirty, fmt.Sprintf("%q", text))
		}
		text = ""
	}
	for rest := raw; len(rest) > 0; {
		seq, width, n, next := ansi.DecodeSequence(rest, stage, parser)
		stage, rest = next, rest[n:]
		if width == 0 && seq[0] < 0x80 {
			end()
		}
		switch {
		case len(seq) > 1 && seq[0] == '\x1b':
			term.sequences[kindOf(seq)] = true
			if title := payload(seq); !clean.IsClean(title) {
				term.dirty = append(term.dirty, fmt.Sprintf("a title %q", title))
			}
		case width == 0 && len(seq) == 1 && strings.Contains("\r\n\b\t", seq):
		case seq == "\a":
			term.bells++
		default:
			text += seq
		}
	}
	end()
	term.emulate(raw, w, h)
	return term
}

// kindOf is a control sequence without its numbers, but those of modes.
func kindOf(seq string) string {
	if strings.HasPrefix(seq, "\x1b]") {
		number, _, _ := strings.Cut(seq[2:], ";")
		return "OSC " + number
	}
	if regexp.MustCompile(`^\x1b\[\?[0-9;]*[hl]$`).MatchString(seq) {
		return seq
	}
	return regexp.MustCompile(`[0-9;:]+`).ReplaceAllString(seq, "")
}

// payload is what an OSC says.
func payload(seq string) string {
	if !strings.HasPrefix(seq, "\x1b]") {
		return ""
	}
	return strings.TrimSuffix(strings.TrimSuffix(seq[2:], "\a"), "\x1b\\")
}

func (term *terminal) emulate(raw string, w, h int) {
	emulator := vt.NewEmulator(w, h)
	changed := func(what string) { term.changes[what] = true }
	emulator.SetCallbacks(vt.Callbacks{
		IconName:         func(string) { changed("icon name") },
		WorkingDirectory: func(string) { changed("folder") },
		CursorColor:      func(color.Color) { changed("cursor colour") },
		BackgroundColor:  func(color.Color) { changed("background") },
		ForegroundColor:  func(color.Color) { changed("foreground") },
		EnableMode:       func(mode ansi.Mode) { changed(fmt.Sprint("mode ", mode, " on")) },
		DisableMode:      func(mode ansi.Mode) { changed(fmt.Sprint("mode ", mode, " off")) },
		Title: func(title string) {
			if !clean.IsClean(title) {
				changed(fmt.Sprintf("title %q", title))
			}
		},
	})
	go func() { // what the emulator answers
		buffer := make([]byte, 1024)
		for {
			if _, err := emulator.Read(buffer); err != nil {
				return
			}
		}
	}()
	_, _ = emulator.Write(bytes.ReplaceAll([]byte(raw), []byte("\n"), []byte("\r\n")))
	for y := range h {
		for x := range w {
			if cell := emulator.CellAt(x, y); cell != nil && cell.Link.URL != "" {
				term.links++
			}
		}
	}
	_ = emulator.Close()
}

// TestHostileScreens walks through every screen with hostile text in every field.
// Nothing is written to the terminal, and nothing happens to it, that does not with
// plain text; and the hostile text can be read as text.
func TestHostileScreens(t *testing.T) {
	sizes := [][2]int{{80, 24}, {200, 60}}
	if long() {
		sizes = [][2]int{{40, 12}, {200, 60}}
	}
	tried := some(t)
	for _, size := range sizes {
		w, h := size[0], size[1]
		raw, _ := tour(t, "plain words", w, h)
		plain := watch(raw, w, h)
		for _, attack := range tried {
			t.Run(fmt.Sprintf("%s %d×%d", attack.what, w, h), func(t *testing.T) {
				raw, read := tour(t, attack.text, w, h)
				plain.holds(t, watch(raw, w, h))
				if strings.Contains(attack.text, "\x1b") && !strings.Contains(read, "␛") {
					t.Error("the hostile text was never drawn")
				}
			})
		}
	}
}

// usual are sequences that a renderer may choose or not: colours, where to go on, and
// no wrapping while it writes the last column.
var usual = regexp.MustCompile(`^\x1b\[([ABCDGHXKJPdbmL@MST]|\?7[hl])$`)

// holds fails for whatever other has that the terminal with plain text has not.
func (term terminal) holds(t *testing.T, other terminal) {
	t.Helper()
	for _, seq := range slices.Sorted(maps.Keys(other.sequences)) {
		if !term.sequences[seq] && !usual.MatchString(seq) {
			t.Errorf("%q was written", seq)
		}
	}
	for _, change := range slices.Sorted(maps.Keys(other.changes)) {
		if !term.changes[change] && !strings.HasPrefix(change, "mode 7 ") {
			t.Errorf("the terminal was changed: %s", change)
		}
	}
	if other.bells > term.bells {
		t.Errorf("the bell was rung %d times, and with plain text %d times", other.bells, term.bells)
	}
	if other.links > 0 {
		t.Errorf("%d cells are links", other.links)
	}
	for _, dirty := range other.dirty[:min(len(other.dirty), 3)] {
		t.Errorf("what was written is not clean: %s", dirty)
	}
}

// TestScreensCanFail: each attack on a terminal, written as it is, is found.
func TestScreensCanFail(t *testing.T) {
	plain := terminal{}
	for _, attack := range attacks() {
		if !strings.ContainsAny(attack.text, "\x1b\a\u009b\u009d\u0090\u202e\u200b\x00") {
			continue
		}
		term := watch(attack.text+"\x1b\\", 80, 24)
		found := len(term.dirty) + len(term.changes) + term.links + term.bells
		for seq := range term.sequences {
			if !plain.sequences[seq] && seq != "\x1b\\" {
				found++
			}
		}
		if found == 0 {
			t.Errorf("%s: %q is not found", attack.what, attack.text)
		}
	}
}
