package line

import (
	"strings"
	"testing"
	"time"
)

// TestTimesHaveOneForm: each part to its last value, and no further; no day that its
// month does not have.
func TestTimesHaveOneForm(t *testing.T) {
	for _, good := range []string{
		"2026-01-01T00:00:00.000000000Z", "2026-12-31T23:59:59.999999999Z", "2024-02-29T12:30:30.123456789Z", "1000-01-01T00:00:00.000000000Z", "9999-12-31T23:59:59.000000001Z", "2026-04-30T09:08:07.000000060Z",
	} {
		got, ok := parseRecorded([]byte(good))
		if want, err := time.Parse(time.RFC3339Nano, good); !ok || err != nil || !got.Equal(want) || got.Location() != time.UTC {
			t.Errorf("%s is %v, %v", good, got, ok)
		}
	}
	for _, bad := range []string{
		"2026-00-01T00:00:00.000000000Z", "2026-13-01T00:00:00.000000000Z", "2026-01-00T00:00:00.000000000Z", "2026-01-32T00:00:00.000000000Z", "2026-04-31T00:00:00.000000000Z", "2026-02-29T00:00:00.000000000Z",
		"2026-01-01T24:00:00.000000000Z", "2026-01-01T00:60:00.000000000Z", "2026-01-01T00:00:60.000000000Z", "2026/01-01T00:00:00.000000000Z", "2026-01-01T00:00:00.00000000:Z", "2026-01-01T00:00:00./00000000Z",
		"2026-01-01 00:00:00.000000000Z", "2026-01-01T00.00:00.000000000Z", "2026-01-01T00:00:00,000000000Z", "2026-01-01T00:00:00.000000000z",
	} {
		if got, ok := parseRecorded([]byte(bad)); ok {
			t.Errorf("%s is taken for %v", bad, got)
		}
	}
}

// TestExcerptsAreShortAndHarmless: at most 24 bytes of what stands there, in quotes.
func TestExcerptsAreShortAndHarmless(t *testing.T) {
	for rest, want := range map[string]string{
		"": "its end", "x": `"x"`, strings.Repeat("x", 24): `"` + strings.Repeat("x", 24) + `"`, strings.Repeat("x", 25): `"` + strings.Repeat("x", 24) + `"`, "\x1b[2J": `"\x1b[2J"`,
	} {
		if got := excerpt([]byte(rest)); got != want {
			t.Errorf("%q is shown as %s", rest, got)
		}
	}
}

// TestTakingStopsAtTheEnd: all that is there can be taken, and not a byte more.
func TestTakingStopsAtTheEnd(t *testing.T) {
	s := scanner{rest: []byte("abc")}
	if got := s.take(3); string(got) != "abc" || s.failed != nil || len(s.rest) != 0 {
		t.Errorf("took %q, %v", got, s.failed)
	}
	if got := s.take(0); len(got) != 0 || s.failed != nil {
		t.Errorf("nothing cannot be taken from nothing: %v", s.failed)
	}
	if got := s.take(1); got != nil || s.failed == nil || !strings.Contains(s.failed.Error(), "breaks off") {
		t.Errorf("took %q beyond the end: %v", got, s.failed)
	}
}

// TestUnquotedIsWhatWasQuoted: what stands between the quotes, escapes and all.
func TestUnquotedIsWhatWasQuoted(t *testing.T) {
	for quoted, want := range map[string]string{`""`: "", `"a"`: "a", `"a\nb"`: "a\nb", `"\\"`: `\`, `"\"x\""`: `"x"`, `"\u001f!"`: "\x1f!", ``: "", `"`: ""} {
		if got := unquote([]byte(quoted)); string(got) != want {
			t.Errorf("%s says %q", quoted, got)
		}
	}
}

// TestValuesBreakOffOrAreOthers: the error says which.
func TestValuesBreakOffOrAreOthers(t *testing.T) {
	for text, want := range map[string]string{
		`{`: "breaks off", `{"a"`: "breaks off", `{"a":`: "breaks off", `{"a":1`: "breaks off", `{"a":[`: "breaks off", `{"a":tru`: "something else", `{"a": 1}`: "something else", `[1]x`: "something else", `{"a":1,}`: "something else", `{"a":01}`: "something else",
	} {
		x := exact{b: []byte(text), keep: true}
		err := x.whole()
		if err == nil && x.at < len(x.b) {
			err = x.unexpected()
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// TestDamageSaysWhere: and what.
func TestDamageSaysWhere(t *testing.T) {
	if got := (&Damage{Line: 7, Seq: 7, What: "it breaks off"}).Error(); got != "line 7: it breaks off" {
		t.Errorf("it says %q", got)
	}
}
