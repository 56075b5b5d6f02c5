package export

import (
	"strings"
	"testing"
	"time"

	"muster/state/view"
)

func TestChart(t *testing.T) {
	from := time.Date(2026, 11, 24, 2, 0, 0, 0, time.UTC)
	at := func(d time.Duration, to string) view.Change { return view.Change{To: to, At: from.Add(d)} }
	const min, h, d = time.Minute, time.Hour, 24 * time.Hour
	for _, c := range []struct {
		name    string
		history []view.Change
		span    time.Duration
		bar     string
		column  string
	}{
		{"minutes", []view.Change{at(2*min, "affected"), at(4*min, "shut-down"), at(6*min, "restoring"), at(8*min, "restored"), at(9*min, "verified")}, 10 * min, "..######r==", "1 min"},
		{"down within a column", []view.Change{at(0, "affected"), at(1*min, "restored"), at(130*min, "verified")}, 8 * h, "#rrrrrrrrrrrr" + strings.Repeat("=", 36), "10 min"},
		{"regressed for a moment", []view.Change{at(0, "verified"), at(61*min, "regressed"), at(62*min, "verified")}, 59 * h, "=!" + strings.Repeat("=", 58), "1 h"},
		{"suspect, then fine", []view.Change{at(1*min, "suspect"), at(3*min, "unaffected")}, 4 * min, ".??--", "1 min"},
		{"by a time given later, in order", []view.Change{at(3*min, "verified"), at(1*min, "affected")}, 4 * min, ".##==", "1 min"},
		{"as an hour begins", []view.Change{at(0, "affected"), at(2*h, "restored"), at(4*h, "verified")}, 58 * h, "##rr" + strings.Repeat("=", 55), "1 h"},
		{"a false alarm", []view.Change{at(0, "affected"), at(2*h, "unaffected"), at(4*h, "affected"), at(5*h, "shut-down")}, 58 * h, "~~--" + strings.Repeat("#", 55), "1 h"},
		{"days", []view.Change{at(0, "affected")}, 90 * d, strings.Repeat("#", 46), "2 d"},
		{"before the beginning", []view.Change{at(-2*min, "affected")}, 2 * min, "#####", "1 min"},
		{"a state of a newer version", []view.Change{at(0, "melted")}, 2 * min, "...", "1 min"},
	} {
		lines := chart([]view.ServiceRecord{{Service: view.Service{Title: "GISIS"}, History: c.history}, {Service: view.Service{Title: "never set"}}}, from, from.Add(c.span))
		if len(lines) < 5 || lines[1] != c.bar+"  GISIS" || !strings.Contains(lines[3], "a column is "+c.column) {
			t.Errorf("%s:\n%s", c.name, strings.Join(lines, "\n"))
		}
		if strings.Contains(strings.Join(lines, "\n"), "never set") {
			t.Errorf("%s: it shows a service whose state nobody set", c.name)
		}
	}
	for span, want := range map[time.Duration]string{8 * h: "|02:00      |04:00", 59 * h: "|11-24 02:00|11-24 14:00", 90 * d: "|11-23      |12-17"} {
		if lines := chart([]view.ServiceRecord{{History: []view.Change{at(0, "affected")}}}, from, from.Add(span)); !strings.HasPrefix(lines[0], want) {
			t.Errorf("%s: the times are %q", span, lines[0])
		}
	}
	if lines := chart([]view.ServiceRecord{{Service: view.Service{Title: "never set"}}}, from, from); lines != nil {
		t.Errorf("an empty chart: %q", lines)
	}
}

// A chart fits a page, whatever it is of.
func TestChartFits(t *testing.T) {
	from := time.Date(2026, 11, 24, 2, 7, 0, 0, time.UTC)
	long := view.ServiceRecord{Service: view.Service{Title: strings.Repeat("a long title \x1b[31m", 20)}, History: []view.Change{{To: "affected", At: from}}}
	for span := time.Minute; span < 20*366*24*time.Hour; span = span*5/3 + 7*time.Second {
		for _, line := range chart([]view.ServiceRecord{long}, from, from.Add(span)) {
			if len([]rune(line)) > 100 || strings.Contains(line, "\x1b") {
				t.Fatalf("%s: %q", span, line)
			}
		}
	}
}
