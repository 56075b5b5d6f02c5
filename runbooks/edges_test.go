package runbooks

import (
	"strings"
	"testing"
	"time"
)

// TestExerciseTimeHasItsEdges: two digits of minutes and seconds, at most three of
// hours, thirty days at most.
func TestExerciseTimeHasItsEdges(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"+0:00": 0, "0:59": 59 * time.Minute, "+720:00": MaxExercise, "+000:00:59": 59 * time.Second, "+099:00": 99 * time.Hour,
	} {
		if got, err := ParseExerciseTime(text); err != nil || got != want {
			t.Errorf("%q is %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "+", "5", "+0:60", "+0:00:60", "+0:5", "+0:005", "+0:00:5", "+720:00:01", "+0001:00", "+0:00:00:00", "-1:00"} {
		if got, err := ParseExerciseTime(text); err == nil {
			t.Errorf("%q is %v", text, got)
		}
	}
}

// TestNearestIsAThirdAway: at most, in edits and in length; of two the nearer, then the
// first; a word too long is nobody's.
func TestNearestIsAThirdAway(t *testing.T) {
	long := strings.Repeat("x", maxSuggestWord)
	for _, c := range []struct {
		word string
		of   []string
		want string
	}{
		{"abcdef", []string{"abcdxy"}, "abcdxy"}, {"abcdef", []string{"abcxyz"}, ""}, {"abcdef", []string{"abcd"}, "abcd"}, {"abcdef", []string{"abc"}, ""},
		{"abcdef", []string{"abcdefgh"}, "abcdefgh"}, {"abcdef", []string{"abcdefghi"}, ""}, {"ab", []string{"ax"}, "ax"}, {"ab", []string{"xy"}, ""},
		{"abcdef", []string{"abcdxy", "abcdex"}, "abcdex"}, {"abcdef", []string{"abcdex", "abcdey"}, "abcdex"}, {"a_b", []string{"A-B"}, "A-B"}, {"ba", []string{"ab"}, "ab"},
		{long, []string{long}, long}, {long + "x", []string{long + "x"}, ""}, {long, []string{long + "x"}, ""},
	} {
		if got := Nearest(c.word, c.of); got != c.want {
			t.Errorf("%.9q among %.20q is %.9q", c.word, c.of, got)
		}
	}
}

// TestUnknownIsShown: what a template prints and is not known stands there by its name.
func TestUnknownIsShown(t *testing.T) {
	name := func() string { return "org" }
	for _, c := range []struct {
		value any
		want  string
	}{{nil, "«org»"}, {"", "«org»"}, {"IMO", "IMO"}, {[]string{}, "«org»"}, {[]string{"a"}, "a"}, {[]string{"a", "b"}, "a, b"}, {7, "7"}, {false, "false"}} {
		if got := show(c.value, name); got != c.want {
			t.Errorf("%v is shown as %q", c.value, got)
		}
	}
}

// TestSheetDatesHaveTheirEdges: a year that nobody means is no date; a time of day, with
// or without its seconds, is one.
func TestSheetDatesHaveTheirEdges(t *testing.T) {
	for text, want := range map[string]bool{
		"1969-12-31 10:00": false, "1970-01-01 10:00": true, "2199-06-01 10:00": true, "2200-06-01 10:00": false, "14:30:15": true, "24:00": false, "2:30 pm": true, "13:30 pm": false,
	} {
		if _, _, err := new(sheetClock).read(text, "ymd"); (err == nil) != want {
			t.Errorf("%q as a time of day: %v", text, err)
		}
	}
}

// TestScriptsAreThoseThereAre: of a scenario that has one, and by its id alone.
func TestScriptsAreThoseThereAre(t *testing.T) {
	if text, ok := Script("imo-2020"); !ok || len(text) == 0 {
		t.Error("the first drill has no script")
	}
	for _, id := range []string{"no-such", "", "../scenarios/imo-2020", "imo-2020.script"} {
		if text, ok := Script(id); ok || len(text) > 0 {
			t.Errorf("%q has a script", id)
		}
	}
}

// TestHintsForFunctionsThatAreNot: the nearest, or all that there are; another error's
// words stay as they are.
func TestHintsForFunctionsThatAreNot(t *testing.T) {
	for what, want := range map[string]string{
		`function "uper" not defined`: "upper", `function "zzzzzzzz" not defined`: "functions are list, join", "unclosed action": "close it with }}", `bad character U+002D '-'`: "index .Answers",
		"function upper is wrong": "", "something else not defined": "", "": "",
	} {
		plainer, hint := explain(what)
		if (hint == "") != (want == "") || !strings.Contains(hint, want) || plainer == "" && what != "" {
			t.Errorf("%q: %q, %q", what, plainer, hint)
		}
	}
}
