package kit

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"muster/tui/widget"
)

func TestClockTime(t *testing.T) {
	now := time.Date(2026, 11, 24, 2, 41, 0, 0, time.UTC)
	for _, c := range []struct {
		at   time.Time
		want string
	}{
		{now.Add(-time.Hour), "01:41"},
		{now.Add(-24 * time.Hour), "23 Nov 02:41"},
		{now.AddDate(0, 3, 7), "03 Mar 02:41"},
		{now.AddDate(-6, -1, -24), "30 Sep 2020 02:41"},
		{now.AddDate(0, -10, 0), "24 Jan 2026 02:41"},
		{now.In(time.FixedZone("", 7200)), "02:41"},
	} {
		if got := ClockTime(c.at, now); got != c.want {
			t.Errorf("%v is %q, not %q", c.at, got, c.want)
		}
	}
}

// TestLabelsAreSaid: a label is set off from what follows by one sign, and an empty one by none.
func TestLabelsAreSaid(t *testing.T) {
	for label, want := range map[string]string{"Due ": "Due:", "Due:": "Due:", "Who outside was told?": "Who outside was told?", "": "", "  ": ""} {
		if got := Labelled(label); got != want {
			t.Errorf("%q is said %q", label, got)
		}
	}
}

// TestWhatIsNamedComesFirst: what is called just what was typed comes before all others, and
// these keep their order; nothing is lost.
func TestWhatIsNamedComesFirst(t *testing.T) {
	f := &Finder{all: []Finding{{Name: "a"}, {Name: "b"}, {Name: "c"}, {Name: "d"}}}
	matches := []widget.Match{{Index: 0}, {Index: 1}, {Index: 2}, {Index: 3}}
	for typed, want := range map[string]string{"C": "2 0 1 3", "a": "0 1 2 3", "d": "3 0 1 2", "x": "0 1 2 3", "": "0 1 2 3"} {
		var got []string
		for _, m := range f.named(matches, typed) {
			got = append(got, strconv.Itoa(m.Index))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: %v, want %s", typed, got, want)
		}
	}
}
