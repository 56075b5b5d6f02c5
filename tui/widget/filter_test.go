package widget

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/sahilm/fuzzy"
	"pgregory.net/rapid"
)

// indexes returns the items that query finds, best first.
func indexes(x *Index, query string) []int {
	matches, _ := x.Query(query)
	var out []int
	for _, m := range matches {
		out = append(out, m.Index)
	}
	return out
}

func TestQuery(t *testing.T) {
	x := NewIndex([]string{
		0: "Shut down GISIS database",
		1: "Shut down IMODOCS",
		2: "Notify the national CERT",
		3: "Restore GISIS from Geneva",
		4: "Zoë prüft die Sicherung",
		5: "",
	})
	for _, c := range []struct {
		query string
		want  []int
	}{
		{"gisis", []int{0, 3}},
		{"GISIS", []int{0, 3}},
		{"shut gisis", []int{0}},
		{"gisis shut", []int{0}},
		{"gisis gisis", []int{0, 3}},
		{"s h u t d o w n", []int{1, 0}},
		{"sdi", []int{1, 0}},
		{"zoË", []int{4}},
		{"PRÜFT", []int{4}},
		{"xyz", nil},
		{"gisis xyz", nil},
		{"", []int{0, 1, 2, 3, 4, 5}},
		{"   ", []int{0, 1, 2, 3, 4, 5}},
		{"\x1b", nil},
		{strings.Repeat("gisis", 100), nil},
	} {
		if got := indexes(x, c.query); !reflect.DeepEqual(got, c.want) {
			t.Errorf("Query(%q) = %v, want %v", c.query, got, c.want)
		}
	}
}

func TestQueryPositions(t *testing.T) {
	x := NewIndex([]string{"Zoë stoppt GISIS"})
	for _, c := range []struct {
		query string
		want  []int
	}{
		{"ëg", []int{2, 12}},
		{"gis", []int{12, 13, 14}},
		{"gis zo", []int{0, 1, 12, 13, 14}},
	} {
		m, total := x.Query(c.query)
		if total != 1 || !reflect.DeepEqual(m[0].Positions, c.want) {
			t.Errorf("Query(%q) = %v, want positions %v", c.query, m, c.want)
		}
	}
}

func TestQueryCleansItems(t *testing.T) {
	x := NewIndex([]string{"\x1b]0;title\x07"})
	if got, want := x.Item(0), "␛]0;title␇"; got != want {
		t.Errorf("Item = %q, want %q", got, want)
	}
	if m, _ := x.Query("t"); !strings.HasPrefix(x.Item(0)[m[0].Positions[0]:], "t") {
		t.Errorf("positions do not fit the clean item: %v", m)
	}
}

// A query must find what sahilm/fuzzy finds: the steps before the ranking only
// save time. What has the query in one piece comes first; the rest is ranked as
// fuzzy does.
func TestQueryAgreesWithFuzzy(t *testing.T) {
	letters := rapid.SampledFrom([]rune("aAbBcC -_/kK\u212Aßſsé1."))
	text := rapid.StringOfN(letters, 0, 12, -1)
	rapid.Check(t, func(t *rapid.T) {
		items := rapid.SliceOfN(text, 0, 30).Draw(t, "items")
		query := strings.ReplaceAll(rapid.StringOfN(letters, 1, 4, -1).Draw(t, "query"), " ", "a")
		x := NewIndex(items)
		matches, total := x.Query(query)
		want := fuzzy.Find(query, items)
		if total != len(want) || len(matches) != len(want) {
			t.Fatalf("%d matches of %d, fuzzy finds %d", len(matches), total, len(want))
		}
		inOnePiece := func(index int) bool {
			_, positions := x.whole(int32(index), parseQuery(query)[0])
			return positions != nil
		}
		want = slices.DeleteFunc(want, func(m fuzzy.Match) bool { return inOnePiece(m.Index) })
		first := len(matches) - len(want)
		for i, m := range matches {
			if i < first {
				if !inOnePiece(m.Index) {
					t.Fatalf("match %d, %q, is not in one piece", i, items[m.Index])
				}
				continue
			}
			if w := want[i-first]; m.Index != w.Index || m.Score != w.Score || !reflect.DeepEqual(m.Positions, w.MatchedIndexes) {
				t.Fatalf("match %d is %v, want %v", i, m, w)
			}
		}
	})
}

// TestQueryInOnePiece: what was typed in one piece comes before the same letters
// here and there, and the beginning of a word before its middle.
func TestQueryInOnePiece(t *testing.T) {
	x := NewIndex([]string{
		0: "Unfold the phase, or go into the text",
		1: "Announce what is back so far",
		2: "2.6 Isolate everything",
		3: "Take back your own last entry  undo",
		4: "Misolated",
	})
	for query, want := range map[string][]int{"undo": {3, 0}, "iso": {2, 4, 1}, "ISO": {2, 4, 1}} {
		if got := indexes(x, query); !reflect.DeepEqual(got[:len(want)], want) {
			t.Errorf("Query(%q) = %v, want %v first", query, got, want)
		}
	}
}

func TestQueryOfMany(t *testing.T) {
	items := manyItems(5000)
	items[4321] = "zebra crossing"
	x := NewIndex(items)
	matches, total := x.Query("s")
	if len(matches) != maxRanked || total < 1000 {
		t.Errorf("%d matches of %d", len(matches), total)
	}
	if got := indexes(x, "zebra"); len(got) == 0 || got[0] != 4321 {
		t.Errorf("zebra is not first: %v", got)
	}
	// What the rough score lets through must hold what fuzzy likes best.
	for _, query := range []string{"s", "r", "rest", "gis", "shut down", "notif"} {
		got, _ := x.Query(query)
		want := fuzzy.Find(strings.Fields(query)[0], items)
		if len(strings.Fields(query)) == 1 && got[0].Score < want[0].Score {
			t.Errorf("%q: the best has score %d, fuzzy's best %d", query, got[0].Score, want[0].Score)
		}
	}
}

// manyItems returns n titles of the kind a runbook library has.
func manyItems(n int) []string {
	verbs := []string{"Shut down", "Restore", "Notify", "Verify", "Announce", "Isolate", "Rebuild", "Rotate keys of"}
	things := []string{"GISIS database", "IMODOCS", "Virtual Publications", "e-mail gateway", "file servers", "VPN", "directory", "website"}
	places := []string{"London", "Geneva", "backup site", "cloud tenant", "head office"}
	rng := rand.New(rand.NewPCG(1, 2))
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprintf("%s %s at %s %d", verbs[rng.IntN(len(verbs))], things[rng.IntN(len(things))], places[rng.IntN(len(places))], i)
	}
	return out
}

func BenchmarkQuery(b *testing.B) {
	for _, n := range []int{10_000, 100_000} {
		x := NewIndex(manyItems(n))
		for _, query := range []string{"e", "s", "z", "re", "gisis", "rgb", "shut gisis gen 7", "xylophone", "eeeeee", "sssssss", "notify the cloud tenant",
			"e s r n o t i a d", "ee eee eeee ees eet eer een ea", "ta te ti to at et it ot"} {
			b.Run(fmt.Sprintf("%d/%s", n, query), func(b *testing.B) {
				for b.Loop() {
					x.Query(query)
				}
			})
		}
	}
}

func BenchmarkNewIndex(b *testing.B) {
	items := manyItems(100_000)
	for b.Loop() {
		NewIndex(items)
	}
}

func TestFoldRune(t *testing.T) {
	for _, group := range []string{"aA", "kK\u212A", "sSſ", "éÉ", "σςΣ", "1", "-", "辻"} {
		want := foldRune([]rune(group)[0])
		for _, r := range group {
			if got := foldRune(r); got != want {
				t.Errorf("foldRune(%q) = %q, want %q", r, got, want)
			}
		}
	}
	seen := map[uint64]rune{}
	for _, r := range "abcdefghijklmnopqrstuvwxyz0123456789-" {
		bit := letterBit(r)
		if other, taken := seen[bit]; taken || bit == 0 {
			t.Errorf("%q and %q share bit %x", r, other, bit)
		}
		seen[bit] = r
	}
}

func TestBest(t *testing.T) {
	all := []candidate{{0, 5}, {1, 255}, {2, 5}, {3, 0}, {4, 9}, {5, 5}}
	for n, want := range map[int][]candidate{
		1: {{1, 255}},
		2: {{1, 255}, {4, 9}},
		3: {{0, 5}, {1, 255}, {4, 9}},
		4: {{0, 5}, {1, 255}, {2, 5}, {4, 9}},
		6: all,
		9: all,
	} {
		if got := best(all, n); !reflect.DeepEqual(got, want) {
			t.Errorf("best(%d) = %v, want %v", n, got, want)
		}
	}
}

func TestIsWordStart(t *testing.T) {
	for pair, want := range map[string]bool{
		"\x00a": true, " a": true, "-a": true, "/a": true, "aB": true,
		"ab": false, "AB": false, "1B": false, ".x": true,
	} {
		r := []rune(pair)
		if got := isWordStart(r[0], r[1]); got != want {
			t.Errorf("isWordStart(%q) = %v", pair, got)
		}
	}
}

// A long query is cut, and cutting must not make invalid text of it.
func TestLongQuery(t *testing.T) {
	x := NewIndex([]string{strings.Repeat("é", maxQuery)})
	if m, _ := x.Query("a" + strings.Repeat("é", maxQuery)); len(m) != 0 {
		t.Errorf("an a is found where there is none: %v", m)
	}
	if m, _ := x.Query(strings.Repeat("é", maxQuery)); len(m) != 1 {
		t.Errorf("a query cut at its bound finds nothing")
	}
	if m, _ := x.Query("x" + strings.Repeat("y", maxQuery)); len(m) != 0 {
		t.Errorf("found %v", m)
	}
}
