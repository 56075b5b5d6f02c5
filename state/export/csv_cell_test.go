package export

import (
	"encoding/csv"
	"strings"
	"testing"
	"time"
)

// FuzzCell holds the cells of a row against encoding/csv, and the short cut for
// plain text against the long way.
func FuzzCell(f *testing.F) {
	for _, text := range []string{
		"", "Ada", "a,b", `say "no"`, `"`, `\.`, `\.x`, " x", "\u00a0x", "\u2003x", "two\nlines", "a\r\nb", "\r", "\t", "=1", "a=1", "-", "1-2", "9",
		"note — \"x\"", "é", "\x7f", "\x1b[2J", "\xff", "＝1", strings.Repeat("x", maxCell), strings.Repeat("x", maxCell+1), strings.Repeat("é", maxCell/2+1),
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var want strings.Builder
		w := csv.NewWriter(&want)
		if err := w.Write([]string{"x", cell(text), cellText(text), "y"}); err != nil {
			t.Fatal(err)
		}
		w.Flush()
		var got csvRow
		got.cell("x")
		got.cell(text)
		got.text(text)
		got.cell("y")
		if string(got.line)+"\n" != want.String() {
			t.Errorf("%q becomes %q, want %q", text, got.line, want.String())
		}
		if isPlain(text) && (cell(text) != text || cellText(text) != text) {
			t.Errorf("%q is taken for plain, and its cell is %q", text, cell(text))
		}
	})
}

func TestTimesOfARow(t *testing.T) {
	for want, at := range map[string]time.Time{
		"2026-11-24 02:41:07": time.Date(2026, 11, 24, 2, 41, 7, 999_999_999, time.UTC),
		"1970-01-01 00:00:00": time.Unix(0, 0).UTC(),
		"0001-01-01 00:00:00": {},
		"9999-12-31 23:59:59": time.Unix(253402300799, 0).UTC(),
		"2026-11-24 04:11:07": time.Date(2026, 11, 24, 4, 11, 7, 0, time.FixedZone("", 5400)),
	} {
		var r csvRow
		if r.time(at); string(r.line) != want {
			t.Errorf("%v is %s, want %s", at, r.line, want)
		}
	}
}
