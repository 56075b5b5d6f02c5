package export_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"muster/state"
	"muster/state/export"
)

var update = flag.Bool("update", false, "rewrite the exports in testdata with what is written now")

// hostileFlavour is put into every text of a log: escapes, markup and formulas.
const hostileFlavour = " \x1b[2J\u202e`a` *b* _c_ [d](http://evil.example) ![e](x) <script>f</script> <!-- | g \\| $h$ &lt; ~~i~~ www.evil.example a@evil.example\n# j\n- k\n> l\n1. m\n=n"

func TestGolden(t *testing.T) {
	live, drill := story(t, state.Live, ""), story(t, state.Drill, "")
	berlin := export.Options{Zone: time.FixedZone("Europe/Berlin", 3600)}
	for name, got := range map[string]string{
		"live.md":   written(t, live.incident(), export.Markdown, export.Options{}),
		"live.json": written(t, live.incident(), export.JSON, export.Options{}),
		"live.csv":  written(t, live.incident(), export.CSV, export.Options{}),
		"drill.md":  written(t, drill.incident(), export.Markdown, berlin),
	} {
		t.Run(name, func(t *testing.T) { golden(t, filepath.Join("testdata", name), got) })
	}
}

// TestGoldenVariants: what is told otherwise when something is hostile, damaged or
// withheld.
func TestGoldenVariants(t *testing.T) {
	live, drill := story(t, state.Live, ""), story(t, state.Drill, "")
	hostile := story(t, state.Live, hostileFlavour).incident()
	damage := export.Options{Damage: &state.Damage{Line: 30, Seq: 30, What: "its content does not match the hash c in its envelope"}}
	for _, c := range []struct {
		name, of string
		inc      *state.Incident
		opts     export.Options
	}{
		{"hostile.md", "live.md", hostile, export.Options{}},
		{"damaged.md", "live.md", live.incident(), damage},
		{"damaged.json", "live.json", live.incident(), damage},
		{"withheld.md", "drill.md", drill.incident(7, 9, 31, storyEnd), export.Options{Zone: time.FixedZone("Europe/Berlin", 3600)}},
		{"withheld.json", "live.json", live.incident(7, 9, 31, storyEnd), export.Options{}},
		{"withheld.csv", "live.csv", live.incident(7, 9, 31, storyEnd), export.Options{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			format := export.Format(strings.TrimPrefix(filepath.Ext(c.name), "."))
			whole, err := os.ReadFile(filepath.Join("testdata", c.of))
			if err != nil {
				t.Fatal(err)
			}
			changed(t, filepath.Join("testdata", c.name), string(whole), written(t, c.inc, format, c.opts))
		})
	}
}

// TestGoldenFirstWithheld: without the first entry, as without the runbook, but for
// what it says of the incident.
func TestGoldenFirstWithheld(t *testing.T) {
	live := story(t, state.Live, "")
	whole := written(t, live.without(state.Procedure), export.Markdown, export.Options{})
	changed(t, filepath.Join("testdata", "first-withheld.md"), whole, written(t, live.incident(1), export.Markdown, export.Options{}))
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	w, g := strings.Split(string(want), "\n"), strings.Split(got, "\n")
	for i := range min(len(w), len(g)) {
		if w[i] != g[i] {
			t.Fatalf("%s, line %d\nwant %s\ngot  %s", file, i+1, w[i], g[i])
		}
	}
	if len(w) != len(g) {
		t.Fatalf("%s: want %d lines, got %d", file, len(w), len(g))
	}
}
