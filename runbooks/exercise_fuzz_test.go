package runbooks

import (
	"testing"
	"time"
)

// FuzzExercise: times and sights of a drill are read or refused, and what is read
// can be written and read again.
func FuzzExercise(f *testing.F) {
	for _, text := range []string{"", "+0:05", "1:30:20", "+999:59", "T+30", "30 min", "2:30 PM", "2026-11-24 02:38", "1/2/2006 3:04 pm", "up", "down: 503", "nothing to be seen", "up:", ":", "\xff", "+720:00:00"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if at, err := ParseExerciseTime(text); err == nil {
			if again, err := ParseExerciseTime(ExerciseTime(at)); err != nil || again != at || at < 0 || at > MaxExercise {
				t.Errorf("%q is read as %v, and that as %v, %v", text, at, again, err)
			}
		}
		for _, order := range DatesOfSheets() {
			_, _, _ = new(sheetClock).read(text, order)
		}
		for _, read := range []func(string) (time.Duration, error){readOffset, readMinutes} {
			if at, err := read(text); err == nil && at < 0 {
				t.Errorf("%q is before the start: %v", text, at)
			}
		}
		seen, err := ParseSeen(text)
		if err != nil {
			return
		}
		if again, err := ParseSeen(seen.String()); err != nil || again != seen {
			t.Errorf("%q is read as %+v, and that as %+v, %v", text, seen, again, err)
		}
	})
}

// FuzzReread: a runbook of any muster is read as far as it can be, and what is
// acceptable today is read alike.
func FuzzReread(f *testing.F) {
	for _, text := range []string{
		"", "\x00", "id = 3\ntitle = \"A\"", "[[phase]]\n[[phase.step]]\nid = \"a\"\nneeds = [\"a\"]\neach = \"services\"\n", "[[[", "phase = 1\nnew_in_2030 = {a = [1, 2.5, 1979-05-27]}",
		"title = \"A\"\n[[phase]]\ntitle = \"B\"\n[[phase.step]]\ntitle = \"C\"\n", "[[clock]]\ndue = \"-1h\"\nstart = \"::\"\n[[notice]]\ntext = \"{{\"\n",
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		again := Reread("a.toml", data)
		book, problems := Parse("a.toml", data)
		if book == nil {
			return
		}
		if again == nil || again.ID != book.ID || again.Title != book.Title || len(again.Phases) != len(book.Phases) {
			t.Errorf("%+v with %v is reread as %+v", book, problems, again)
		}
	})
}

// FuzzNew: whatever a runbook to start from is called, it has no problems; nor has a
// scenario for it.
func FuzzNew(f *testing.F) {
	f.Add("web-down", "Website down")
	f.Add("", "\"\"\"\\\n\x1b[31m\u202e")
	f.Add("../../x", "«id» «title» {{ . }}")
	f.Add("\xff", "'''\xff")
	f.Fuzz(func(t *testing.T, id, title string) {
		text := New(id, title)
		book, problems := Parse("new.toml", text)
		if book == nil || len(problems) > 0 {
			t.Fatalf("a runbook %q called %q has problems: %v\n%s", id, title, problems, text)
		}
		text = NewScenario(id, title, book)
		if play, problems := ParseScenario("new.toml", text); play == nil {
			t.Errorf("a scenario %q called %q has problems: %v\n%s", id, title, problems, text)
		}
	})
}
