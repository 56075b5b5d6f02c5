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
	berlin := time.FixedZone("Europe/Berlin", 3600)
	cases := []struct {
		name string
		inc  *state.Incident
		opts export.Options
	}{
		{"live", story(t, state.Live, "").incident(), export.Options{}},
		{"drill", story(t, state.Drill, "").incident(), export.Options{Zone: berlin}},
		{"hostile", story(t, state.Live, hostileFlavour).incident(), export.Options{}},
		{"withheld", story(t, state.Drill, "").incident(7, 9, 31, storyEnd), export.Options{}},
		{"first-withheld", story(t, state.Drill, "").incident(1), export.Options{}},
		{"damaged", story(t, state.Live, "").incident(), export.Options{Damage: &state.Damage{Line: 30, Seq: 30, What: "its content does not match the hash c in its envelope"}}},
	}
	for _, c := range cases {
		for _, format := range []export.Format{export.Markdown, export.JSON, export.CSV} {
			t.Run(c.name+"."+string(format), func(t *testing.T) {
				golden(t, filepath.Join("testdata", c.name+"."+string(format)), written(t, c.inc, format, c.opts))
			})
		}
	}
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
