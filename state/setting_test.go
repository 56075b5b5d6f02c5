package state

import (
	"testing"
	"time"
)

// TestExerciseTimeIsCounted: the exercise clock runs at its speed while it is let, never
// backwards and never further than a log can say; pauses are not counted.
func TestExerciseTimeIsCounted(t *testing.T) {
	began := time.Date(2026, 11, 24, 2, 0, 0, 0, time.UTC)
	at := func(d time.Duration) time.Time { return began.Add(d) }
	running := ClockSetting{Running: true, Speed: 20, At: time.Hour, Since: began}
	for now, want := range map[time.Time]time.Duration{
		began: time.Hour, at(time.Minute): time.Hour + 20*time.Minute, at(-time.Minute): time.Hour, at(400 * 24 * time.Hour): time.Hour + 20*365*24*time.Hour,
	} {
		if got := running.at(now); got != want {
			t.Errorf("at %v it shows %v, not %v", now, got, want)
		}
	}
	paused := running
	paused.Running = false
	if got := paused.at(at(time.Minute)); got != time.Hour {
		t.Errorf("paused, it shows %v", got)
	}

	none := &Exercise{}
	if none.Started() || none.Now().Speed != 1 || none.At(at(time.Hour)) != 0 {
		t.Error("a clock that was never set runs")
	}
	if got := none.Elapsed(began, at(time.Minute)); got != time.Minute {
		t.Errorf("without a clock a minute counts as %v", got)
	}
	if got := none.Elapsed(at(time.Minute), began); got != 0 {
		t.Errorf("a time before is %v long", got)
	}
	x := &Exercise{Settings: []ClockSetting{
		{Running: true, Speed: 1, Since: began, Seq: 2},
		{Speed: 1, Since: at(10 * time.Minute), At: 10 * time.Minute, Seq: 3},
		{Running: true, Speed: 20, Since: at(20 * time.Minute), At: 10 * time.Minute, Seq: 4},
	}}
	for _, c := range []struct{ from, to, want time.Duration }{
		{0, 5 * time.Minute, 5 * time.Minute},
		{0, 10 * time.Minute, 10 * time.Minute},
		{0, 15 * time.Minute, 10 * time.Minute},
		{5 * time.Minute, 15 * time.Minute, 5 * time.Minute},
		{12 * time.Minute, 18 * time.Minute, 0},
		{0, 21 * time.Minute, 30 * time.Minute},
		{20 * time.Minute, 21 * time.Minute, 20 * time.Minute},
		{15 * time.Minute, 22 * time.Minute, 40 * time.Minute},
		{22 * time.Minute, 21 * time.Minute, 0},
	} {
		if got := x.Elapsed(at(c.from), at(c.to)); got != c.want {
			t.Errorf("from %v to %v it counts %v, not %v", c.from, c.to, got, c.want)
		}
	}
	for seq, want := range map[uint64]time.Duration{1: 0, 2: 5 * time.Minute, 3: 10 * time.Minute, 4: 10 * time.Minute} {
		if got := x.AtEntry(Entry{Seq: seq, Recorded: at(5 * time.Minute), Frame: &Frame{}}); got != want {
			t.Errorf("entry %d was made at %v, not %v", seq, got, want)
		}
	}
}

// TestForeignSettings: what a log says that no muster wrote is brought within what can be.
func TestForeignSettings(t *testing.T) {
	for _, c := range []struct {
		speed int
		at    int64
		runs  int
		shows time.Duration
	}{
		{0, 0, 1, 0}, {1, 1000, 1, time.Second}, {60, 0, 60, 0}, {61, 0, 60, 0}, {-3, -5, 1, 0},
		{2, 1 << 60, 2, 10 * 366 * 24 * time.Hour}, {2, 10 * 366 * 24 * 3600 * 1000, 2, 10 * 366 * 24 * time.Hour},
	} {
		inc := &Incident{}
		(&ExerciseSet{Do: ExerciseStart, Running: true, Speed: c.speed, AtMillis: c.at}).effect(inc, &Entry{Frame: &Frame{}})
		if got := inc.Exercise.Now(); got.Speed != c.runs || got.At != c.shows {
			t.Errorf("speed %d at %d runs ×%d from %v", c.speed, c.at, got.Speed, got.At)
		}
	}
	for speed, good := range map[int]bool{0: false, 1: true, 60: true, 61: false} {
		if goodSpeed(speed) != good {
			t.Errorf("speed %d is good: %v", speed, !good)
		}
	}
}

// TestShortWordsAreNoNames: a word of a name is looked for from three letters on.
func TestShortWordsAreNoNames(t *testing.T) {
	inc := &Incident{Log: []Entry{{Seq: 1, Data: &NoteAdded{Text: "x"}, Frame: &Frame{By: Actor{Name: "Bo Al Ann"}}}}}
	named := Naming(inc)
	for text, want := range map[string]bool{"ann came": true, "bo came": false, "al": false, "Annette": false, "ANN": true} {
		if got := named([]byte(`{"d":{"text":"` + text + `"}}`)); got != want {
			t.Errorf("%q names somebody: %v", text, got)
		}
		if got := named([]byte(`{"p":[{"x":"` + text + `"}]}`)); got != want {
			t.Errorf("%q in a list names somebody: %v", text, got)
		}
	}
	if named([]byte(`{"d":`)) {
		t.Error("what is no JSON names somebody")
	}
}

// TestZonesAreRead: the offset that a zone begins with, and none of what is no zone.
func TestZonesAreRead(t *testing.T) {
	for zone, want := range map[string]int{
		"+00:00 UTC": 0, "+01:00 Europe/Berlin": 3600, "-03:30": -12600, "+23:59": 86340, "+24:00": 0, "+01:60": 0, "+1:00": 0, "": 0, "+01:0": 0, "+0a:00": 0, "+01:0a": 0, "+01-00": 0,
	} {
		if _, got := time.Time.In(time.Now(), fixedZone(zone)).Zone(); got != want {
			t.Errorf("%q is %d seconds off", zone, got)
		}
	}
}
