package export

import (
	"bufio"
	"bytes"
	"strings"
	"testing"
	"time"
)

func TestEscaped(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", ""},
		{"plain words, and 3.5 of (some)", "plain words, and 3.5 of (some)"},
		{"2.3 Shut down", "2.3 Shut down"},
		{"2. Shut down", `2\. Shut down`},
		{"12) x", `12\) x`},
		{"3.", `3\.`},
		{"a\n\n# b", `a \# b`},
		{"  - x", `\- x`},
		{"a - b + c = d", "a - b + c = d"},
		{"=== x", `\=== x`},
		{": x", `\: x`},
		{"14:30", "14:30"},
		{"http://x.y", `http\://x.y`},
		{"Www.x.y", `Www\.x.y`},
		{"a@b.c", `a\@b.c`},
		{"<b>&amp;", "&lt;b&gt;&amp;amp;"},
		{`a\|b`, `a\\\|b`},
		{"`x` *y* _z_ ~~s~~ [t](u)", "\\`x\\` \\*y\\* \\_z\\_ &#126;&#126;s&#126;&#126; \\[t\\](u)"},
		{"a\x1b[2J\u202eb", `a␛\[2J&lt;U+202E&gt;b`},
		{"naïve 日本語 👩‍🚒", `naïve 日本語 👩🚒`},
	} {
		if got := string(escaped(c.text)); got != c.want {
			t.Errorf("%q: %s, want %s", c.text, got, c.want)
		}
	}
}

func TestLasted(t *testing.T) {
	for seconds, want := range map[int64]markdown{
		0: "0 s", 59: "59 s", 60: "1 min 00 s", 390: "6 min 30 s", 3600: "1 h 00 min", 3720: "1 h 02 min", 86399: "23 h 59 min", 86400: "1 d 00 h 00 min", 200000: "2 d 07 h 33 min", -90: "−1 min 30 s",
	} {
		if got := lasted(seconds); got != want {
			t.Errorf("%d: %s, want %s", seconds, got, want)
		}
	}
}

func TestEntryRefs(t *testing.T) {
	var odd []uint64
	for i := range uint64(30) {
		odd = append(odd, 2*i+1)
	}
	for _, c := range []struct {
		seqs []uint64
		want markdown
	}{
		{nil, ""},
		{[]uint64{7}, "7"},
		{[]uint64{7, 8}, "7–8"},
		{[]uint64{1, 3, 4, 5, 9}, "1, 3–5, 9"},
		{odd, "1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31, 33, 35, 37, 39, and 10 more"},
	} {
		if got := unlinked(entryRefs(c.seqs)); got != c.want {
			t.Errorf("%v: %s, want %s", c.seqs, got, c.want)
		}
	}
}

func TestTimesInTheirZone(t *testing.T) {
	at := time.Date(2026, 11, 24, 23, 30, 5, 999, time.UTC)
	for _, c := range []struct {
		zone          *time.Location
		column, prose markdown
	}{
		{nil, "2026-11-24 23:30:05", "2026-11-24 23:30:05 UTC"},
		{time.FixedZone("", -3600), "2026-11-24 22:30:05 -01:00", "2026-11-24 22:30:05 -01:00"},
		{time.FixedZone("", 3600), "2026-11-25 00:30:05 +01:00", "2026-11-25 00:30:05 +01:00"},
	} {
		p := newPage(nil, false, c.zone)
		if column, prose := p.at(at), p.atUTC(at); column != c.column || prose != c.prose {
			t.Errorf("%s and %s, want %s and %s", column, prose, c.column, c.prose)
		}
	}
}

func TestPageParts(t *testing.T) {
	var out bytes.Buffer
	w := bufio.NewWriter(&out)
	for _, drill := range []bool{false, true} {
		p := newPage(w, drill, nil)
		p.heading(2, "Title")
		p.table("A", "B")
		p.row("1", "")
		p.end()
		p.lines(0, "", "one\n\n  two  \n")
		p.item(1, "inner")
	}
	w.Flush()
	want := `## Title

| A | B |
|---|---|
| 1 |  |

- one\
  two
  - inner
## Title — EXERCISE

| A | B | EXERCISE |
|---|---|---|
| 1 |  | EXERCISE |

- EXERCISE one\
  two
  - inner
`
	if out.String() != want {
		t.Errorf("got\n%s", out.String())
	}
}

func TestCellIsBounded(t *testing.T) {
	for _, text := range []string{strings.Repeat("x", 60_000), strings.Repeat("\u202e", 20_000), "=" + strings.Repeat("é", 30_000)} {
		if got := cellText(text); len(got) > maxCell+1 || !strings.HasSuffix(got, "…") {
			t.Errorf("%d bytes, ending %q", len(got), got[len(got)-4:])
		}
	}
	if got := cell("two\nlines\there"); got != "two␊lines here" {
		t.Errorf("one line: %q", got)
	}
	if got := cellText("two\nlines\there"); got != "two\nlines    here" {
		t.Errorf("lines: %q", got)
	}
}
