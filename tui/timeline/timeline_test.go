package timeline_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"muster/state"
	"muster/tui/tuitest"
)

const book = `title = "Test"
severity = "SEV2"
[[role]]
id = "lead"
title = "The lead"
[[phase]]
title = "One"
[[phase.step]]
id = "a"
title = "Step a"
[[phase.step]]
id = "b"
title = "Step b"
`

// seen plays a test on screen 5 of an incident with six entries: opened, Ada's note, Ben's
// start of step a, his note, his start of step b, and Ada's done of step a.
func seen(t *testing.T, w, h int, test func(*testing.T, *tuitest.Terminal, *tuitest.Desk)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		source, err := tuitest.Book("test.toml", []byte(book))
		if err != nil {
			t.Fatal(err)
		}
		term, desk := tuitest.Begin(t, source, &tuitest.World{}, nil)
		term.Resize(w, h)
		acts(t, term, desk, "Ada", state.AddNote{Text: "the first apple"})
		acts(t, term, desk, "Ben", state.StartStep{Step: "a"}, state.AddNote{Text: "a pear"}, state.StartStep{Step: "b"})
		acts(t, term, desk, "Ada", state.DoStep{Step: "a"})
		term.Act("5")
		test(t, term, desk)
	})
}

func acts(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk, who string, commands ...state.Command) {
	t.Helper()
	for _, c := range commands {
		if err := desk.Last().Insists(who, c, "it was so"); err != nil {
			t.Fatal(err)
		}
	}
	term.Settle()
}

// TestFilters: each filter shows what it names and nothing else, two together what both
// name, and everything comes back.
func TestFilters(t *testing.T) {
	seen(t, 80, 24, func(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk) {
		tuitest.Play(t, term,
			tuitest.Turn{See: []string{"Timeline  6 entries  as written", "▌     6"}},
			tuitest.Turn{Do: "p", See: []string{"Entries by", "everything", "Ada", "Ben"}},
			tuitest.Turn{Do: "'ben enter", See: []string{"by Ben  3 of 6 entries", "  3 ", "  4 ", "▌     5"}, Miss: []string{"apple"}},
			tuitest.Turn{Do: "i", See: []string{"Entries about", "incident", "note", "step"}},
			tuitest.Turn{Do: "'note enter", See: []string{"by Ben  about note  1 of 6 entries", "a pear"}, Miss: []string{"started"}},
			tuitest.Turn{Do: "p enter", See: []string{"about note  2 of 6 entries", "apple"}, Miss: []string{"by Ben"}},
			tuitest.Turn{Do: "x", See: []string{"Timeline  6 entries  as written"}},
			tuitest.Turn{Do: "s", See: []string{"Entries about the step", "1.1 Step a", "1.2 Step b"}},
			tuitest.Turn{Do: "'step_a enter", See: []string{"step 1.1 Step a", "of 6 entries", "started 1.1", "done 1.1"}, Miss: []string{"pear", "started 1.2"}},
			tuitest.Turn{Do: "s enter", See: []string{"Timeline  6 entries  as written"}},
		)
		// what comes later is filtered too
		tuitest.Play(t, term, tuitest.Turn{Do: "/ 'pear enter", See: []string{"1 of 6"}})
		acts(t, term, desk, "Cyd", state.AddNote{Text: "two PEARS"}, state.AddNote{Text: "a plum"})
		tuitest.Play(t, term, tuitest.Turn{See: []string{"2 of 8 entries", "▌     7"}, Miss: []string{"plum"}},
			tuitest.Turn{Do: "x p", See: []string{"Cyd"}})
		if n := strings.Count(term.Screen(), "│   Ada") + strings.Count(term.Screen(), "│ ▌ Ada"); n > 1 {
			t.Errorf("Ada can be chosen %d times:\n%s", n, term.Screen())
		}
	})
}

// TestText: the text filter looks at who and what, in letters of any size, from key to
// key; enter keeps it, escape takes it away.
func TestText(t *testing.T) {
	seen(t, 80, 24, func(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk) {
		cursor := func(want ...int) {
			t.Helper()
			if x, y, seen := term.Cursor(); seen != (len(want) > 0) || seen && (x != want[0] || y != want[1]) {
				t.Errorf("the text cursor stands at %d,%d: %t", x, y, seen)
			}
		}
		cursor()
		tuitest.Play(t, term, tuitest.Turn{Do: "/", Rows: map[int]string{3: " / type to filter", -1: " ↵ keep the filter  esc cancel"}})
		cursor(3, 3)
		tuitest.Play(t, term, tuitest.Turn{Do: "'BEN", See: []string{"3 of 6 entries"}, Rows: map[int]string{3: " / BEN"}})
		cursor(6, 3)
		tuitest.Play(t, term,
			tuitest.Turn{Do: "'zz", See: []string{"0 of 6 entries"}, Rows: map[int]string{5: "                               No entry matches."}},
			tuitest.Turn{Do: "enter enter j k @5,5", See: []string{"0 of 6 entries"}},
			tuitest.Turn{Do: "/ ctrl+u 'apple enter", Rows: map[int]string{3: " / apple"}, See: []string{"▌     2", "1 of 6"}},
		)
		cursor()
		tuitest.Play(t, term,
			tuitest.Turn{Do: "/ esc", See: []string{"Timeline  6 entries"}, Miss: []string{" / apple"}, Rows: map[int]string{3: "      1  02:31  Ada       opened the live incident \"Test\", SEV2, with the runbo…"}},
			tuitest.Turn{Do: "/", See: []string{"type to filter"}},
			tuitest.Turn{Do: "'old", See: []string{"0 of"}},
			tuitest.Turn{Do: "x esc x", See: []string{"Timeline  6 entries"}},
		)
		// an entry whose text was corrected is found by the new one
		tuitest.Play(t, term, tuitest.Turn{Do: "/ 'orange", See: []string{"0 of 6"}}, tuitest.Turn{Do: "ctrl+u 'apple", See: []string{"1 of 6"}})
		text := "the first orange"
		acts(t, term, desk, "Ada", state.AmendEntry{Seq: 2, Text: &text, Why: "a slip"})
		tuitest.Play(t, term, tuitest.Turn{Do: "ctrl+u 'first_orange", See: []string{"2 of 7 entries", "[amended by 7]"}})
	})
}

// TestCursor: at the end it stays at the end as entries come; elsewhere on its entry,
// whatever is filtered and however it is ordered.
func TestCursor(t *testing.T) {
	seen(t, 80, 24, func(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk) {
		acts(t, term, desk, "Ben", state.AddNote{Text: "a fig"})
		tuitest.Play(t, term, tuitest.Turn{See: []string{"▌     7"}}, tuitest.Turn{Do: "k k k", See: []string{"▌     4"}})
		acts(t, term, desk, "Ben", state.AddNote{Text: "a date"})
		tuitest.Play(t, term,
			tuitest.Turn{See: []string{"▌     4", "  8 "}},
			tuitest.Turn{Do: "p 'ben enter", See: []string{"▌     4"}},
			tuitest.Turn{Do: "p enter", See: []string{"▌     4"}},
			tuitest.Turn{Do: "o", See: []string{"▌     4", "as it happened"}},
			tuitest.Turn{Do: "o", See: []string{"▌     4", "as written"}},
			tuitest.Turn{Do: "p 'ada enter", See: []string{"▌     6"}},
			tuitest.Turn{Do: "x g", See: []string{"▌     1"}},
			tuitest.Turn{Do: "1"},
		)
		acts(t, term, desk, "Ben", state.AddNote{Text: "while away"})
		tuitest.Play(t, term, tuitest.Turn{Do: "5", See: []string{"▌     1", "  9 ", "while away"}},
			// the palette leads to an entry, out of a filter too
			tuitest.Turn{Do: "p 'ben enter 1 : 'first_apple enter", See: []string{"▌     2", "Timeline  9 entries"}},
			tuitest.Turn{Do: "i 'note enter 1 : 'a_date enter", See: []string{"▌     8", "about note"}},
			tuitest.Turn{Do: "1 : 'opened_the_live enter", See: []string{"▌     1"}},
		)
	})
}

// TestClicks: the first click chooses, the second shows; below the last there is nothing.
func TestClicks(t *testing.T) {
	seen(t, 80, 24, func(t *testing.T, term *tuitest.Terminal, _ *tuitest.Desk) {
		tuitest.Play(t, term,
			tuitest.Turn{Do: "@5,4", See: []string{"▌     2"}},
			tuitest.Turn{Do: "@5,2 @5,1 @5,9 @5,10 @5,20", See: []string{"▌     2"}, Miss: []string{"─ Entry"}},
			tuitest.Turn{Do: "@5,3", See: []string{"▌     1"}},
			tuitest.Turn{Do: "@5,3", See: []string{"─ Entry 1 ─"}},
			tuitest.Turn{Do: "esc / 'step enter @5,4", See: []string{"▌     3"}, Rows: map[int]string{3: " / step"}},
			tuitest.Turn{Do: "@5,3", See: []string{"▌     3"}, Miss: []string{"─ Entry"}},
			tuitest.Turn{Do: "/ @5,5", See: []string{"▌     5"}},
		)
	})
}

// TestRoom: a long timeline fills what room there is, and moves by pages of it.
func TestRoom(t *testing.T) {
	seen(t, 80, 24, func(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk) {
		for i := range 60 {
			acts(t, term, desk, "Ben", state.AddNote{Text: fmt.Sprintf("number %02d", i)})
		}
		row := func(i int) string { return fmt.Sprintf("  %5d  02:31  Ben       note — \"number %02d\"", i+7, i) }
		tuitest.Play(t, term,
			tuitest.Turn{Rows: map[int]string{3: row(40), 22: strings.Replace(row(59), " ", "▌", 1), -1: " ↵ show  a amend  r retract  n note  e evidence  1 run  : find  ? help"}},
			tuitest.Turn{Do: "pgup", See: []string{"▌    47"}},
			tuitest.Turn{Do: "g", Rows: map[int]string{22: row(13)}},
			tuitest.Turn{Do: "/ 'number enter g", Rows: map[int]string{3: " / number", 4: strings.Replace(row(0), " ", "▌", 1), 22: row(18)}},
			tuitest.Turn{Do: "pgdown", See: []string{"▌    25"}},
			tuitest.Turn{Do: "#40x12 x g", Rows: map[int]string{2: " Timeline  66 entries  as written", 3: "▌     1  02:31  Ada  opened the live in…", 4: "      2  02:31  Ada  note — \"the first …", -1: " ↵ show  a amend  r retract  : find"}},
			tuitest.Turn{Do: "p 'ben enter i 'note enter", Rows: map[int]string{2: " Timeline  by Ben  about note  61 of 66…"}},
		)
	})
}

// TestEntry: one entry, whole: who in which role, when it happened and was written, what
// holds it in the log, and what became of it.
func TestEntry(t *testing.T) {
	seen(t, 100, 34, func(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk) {
		acts(t, term, desk, "Ben", state.AssignRole{Role: "lead", Person: "Ben"}, state.AddNote{Text: strings.Repeat("many words ", 20) + "finis"})
		text, at := "a peach", desk.Now().Add(-time.Hour)
		acts(t, term, desk, "Ada", state.AmendEntry{Seq: 4, Text: &text, Occurred: &at, Why: "a slip"})
		acts(t, term, desk, "Ada", state.RetractEntry{Seq: 2, Why: "it was a pear"}, state.CloseIncident{Summary: "over"})
		tuitest.Play(t, term,
			tuitest.Turn{Do: "g enter", See: []string{"─ Entry 1 ─", "who        Ada (local)", "kind       incident.opened, live", `"runbook":`}, Miss: []string{"title = ", "severity = ", "RETRACTED", "AMENDED", "override", "WITHHELD"}},
			tuitest.Turn{Do: "j", See: []string{"─ Entry 2 ─", "RETRACTED  by entry 10, 02:31, Ada: retracted entry 2"}},
			tuitest.Turn{Do: "j", See: []string{"─ Entry 3 ─", "started 1.1 Step a", `data       {"step":"a"}`}, Miss: []string{"RETRACTED"}},
			tuitest.Turn{Do: "j", See: []string{"─ Entry 4 ─", `note — "a peach"`, "occurred   2026-11-24 01:31:0", "recorded   2026-11-24 02:31:0", "AMENDED    by entry 9, 02:31, Ada", `as written note — "a pear"`}},
			tuitest.Turn{Do: "j j", See: []string{"─ Entry 6 ─"}},
			tuitest.Turn{Do: "j", See: []string{"─ Entry 7 ─"}, Miss: []string{"override"}},
			tuitest.Turn{Do: "j", See: []string{"─ Entry 8 ─", "who        Ben, The lead (local)", "│ what       note — \"many words"}},
			tuitest.Turn{Do: "k enter", See: []string{"▌     7"}, Miss: []string{"─ Entry"}},
		)
		tuitest.Play(t, term, tuitest.Turn{Do: "G enter", See: []string{"─ Entry 11 ─", "override   it was so"}}, tuitest.Turn{Do: "esc k k k k"})
		// a line that is too long goes on below, under the text
		tuitest.Play(t, term, tuitest.Turn{Do: "j enter", See: []string{"finis"}})
		wrapped := 0
		for line := range strings.Lines(term.Screen()) {
			if strings.Contains(line, "│            many words") || strings.Contains(line, "│            words many") {
				wrapped++
			}
		}
		if wrapped == 0 || strings.Count(term.Screen(), "│ what ") != 1 {
			t.Errorf("a long text is not wrapped under itself:\n%s", term.Screen())
		}
	})
}

// TestNoText: of an entry without a text only the time can be corrected, and that is said.
func TestNoText(t *testing.T) {
	seen(t, 100, 30, func(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk) {
		tuitest.Play(t, term, tuitest.Turn{Do: "k k a tab", Miss: []string{"this entry has no text"}})
		acts(t, term, desk, "Ben", state.RetractEntry{Seq: 2, Why: "a slip"}, state.AssignRole{Role: "lead", Person: "Ben"})
		tuitest.Play(t, term, tuitest.Turn{Do: "esc G a tab", See: []string{"─ Amend entry 8 ─", "this entry has no text"}})
	})
}

// TestFooter: in a narrow terminal the filters go before what corrects.
func TestFooter(t *testing.T) {
	seen(t, 100, 30, func(t *testing.T, term *tuitest.Terminal, _ *tuitest.Desk) {
		for _, c := range []struct {
			w    int
			keys string
		}{
			{200, " ↵ show  a amend  r retract  * key event  b as it stood  / filter  p person  i kind  s step  o order  n note  e evidence  u undo  1 run  2 services  3 notices  4 clocks  q leave  : find  ? help"},
			{120, " ↵ show  a amend  r retract  * key event  / filter  n note  e evidence  1 run  2 services  3 notices  : find  ? help"},
			{80, " ↵ show  a amend  r retract  n note  e evidence  1 run  : find  ? help"},
			{40, " ↵ show  a amend  r retract  : find"},
		} {
			term.Resize(c.w, 24)
			if got := term.Row(-1); got != c.keys {
				t.Errorf("at %d columns the footer is %q", c.w, got)
			}
		}
		// entries of one moment stay as they were written
		tuitest.Play(t, term, tuitest.Turn{Do: "#80x24 o g j j", See: []string{"▌     3"}}, tuitest.Turn{Do: "j", See: []string{"▌     4"}})
		// everything that entries have can be chosen, once
		tuitest.Play(t, term, tuitest.Turn{Do: "o p", See: []string{"3 of 3"}}, tuitest.Turn{Do: "esc i", See: []string{"4 of 4"}}, tuitest.Turn{Do: "esc s", See: []string{"3 of 3"}})
	})
}

// TestAttached: a runbook's text is no part of what is shown of the entry that brought it,
// nor is a long text shown without end.
func TestAttached(t *testing.T) {
	seen(t, 200, 60, func(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk) {
		other := strings.Replace(book, `title = "Test"`, `title = "Another"`, 1)
		doc := state.Document{ID: "another", Source: "test", SHA256: state.Sum([]byte(other)), Text: other}
		acts(t, term, desk, "Ben", state.AttachRunbook{Runbook: doc, Why: "it is more"}, state.AddNote{Text: strings.Repeat("0123456789", 190) + "finis"})
		tuitest.Play(t, term,
			tuitest.Turn{Do: "k enter", See: []string{"─ Entry 7 ─", `"id":"another"`}, Miss: []string{"[[phase]]"}},
			tuitest.Turn{Do: "j", See: []string{"─ Entry 8 ─"}},
		)
	})
}

// TestMark: the key that marks the newest entry takes the mark away again, in place of
// marking the mark; the row and the entry say which it is.
func TestMark(t *testing.T) {
	seen(t, 100, 30, func(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk) {
		tuitest.Play(t, term,
			tuitest.Turn{Do: "* ~1s", See: []string{"● saved 7", "▌     6", "[key event] done"}},
			tuitest.Turn{Do: "enter", See: []string{"marked     key event"}},
			tuitest.Turn{Do: "esc * ~1s", See: []string{"● saved 8", "▌     6", "entry 6 is no key event"}, Miss: []string{"[key event] done"}},
			tuitest.Turn{Do: "G k j", See: []string{"▌     8"}},
		)
		acts(t, term, desk, "Ben", state.AddNote{Text: "a plum"})
		tuitest.Play(t, term, tuitest.Turn{See: []string{"▌     9"}})
	})
}

// TestCorrect: what is amended is asked for with what stands there; nothing is recorded
// where nothing was changed, or no reason is given; what is refused comes back as typed.
func TestCorrect(t *testing.T) {
	seen(t, 100, 30, func(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk) {
		tuitest.Play(t, term,
			tuitest.Turn{Do: "k k a", See: []string{"─ Amend entry 4 ─", "a pear", "2026-11-24 02:31:0", "Why is it corrected? *"}},
			tuitest.Turn{Do: "ctrl+s", See: []string{"This is needed"}},
			tuitest.Turn{Do: "'slip ctrl+s", See: []string{"Nothing was changed."}},
			tuitest.Turn{Do: "esc k r ctrl+s", See: []string{"─ Retract entry 3 ─", "It stays in the log, marked; it no longer counts.", "This is needed"}},
			tuitest.Turn{Do: "esc"},
		)
		if n := tuitest.EntriesOf(desk); n != 6 {
			t.Fatalf("there are %d entries", n)
		}
		// only the time: the text stays as it is
		tuitest.Play(t, term,
			tuitest.Turn{Do: "j a tab ctrl+u '02:20 tab 'earlier ctrl+s ~1s", See: []string{"● saved 7", "[amended by 7] note — \"a pear\""}},
			tuitest.Turn{Do: "a tab ctrl+u 'now tab 'later ctrl+s ~1s", See: []string{"● saved 8"}},
			// from the entry's own dialog
			tuitest.Turn{Do: "k k enter r 'slip ctrl+s ~1s", See: []string{"● saved 9", "[retracted by 9]"}},
		)
		// what the incident refuses: an entry that was taken back cannot be taken back again
		tuitest.Play(t, term,
			tuitest.Turn{Do: "esc", See: []string{"▌     2"}},
			tuitest.Turn{Do: "r 'a_second_time ctrl+s ~1s", See: []string{"Not recorded"}},
			tuitest.Turn{Do: "enter", See: []string{"─ Retract entry 2 ─", "a second time"}},
			tuitest.Turn{Do: "esc a 'er tab tab 'a_third_time ctrl+s ~1s", See: []string{"Not recorded"}},
			tuitest.Turn{Do: "enter", See: []string{"─ Amend entry 2 ─", "a third time"}},
		)
	})
}

// TestWithheld: of a copy without notes, an entry's text is said to be withheld, wherever
// it is shown.
func TestWithheld(t *testing.T) {
	seen(t, 100, 30, func(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk) {
		part, _ := state.ParsePart("notes")
		if err := desk.Withhold(state.PartsOf(part)); err != nil {
			t.Fatal(err)
		}
		acts(t, term, desk, "Ben", state.AddNote{Text: "a kiwi"})
		tuitest.Play(t, term, tuitest.Turn{Do: "g j enter", See: []string{"─ Entry 2 ─", "WITHHELD   notes; in their place stand (withheld), nothing, or zeros"}, Miss: []string{"apple"}},
			tuitest.Turn{Do: "j", See: []string{"─ Entry 3 ─"}, Miss: []string{"WITHHELD   notes"}})
	})
}
