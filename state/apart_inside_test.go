package state

import (
	"fmt"
	"slices"
	"testing"
)

// knowingOfThree is what was known of three logs: entry 1 stood in each, Ada's log went on with 2,
// 3 and 7, Ben's with 4, 5 and 8. Between 3 and 7 Ada's log heard of Cyd's, whose entry is 6.
func knowingOfThree() *knowing {
	return &knowing{
		spots: []spot{{0, 1, 0}, {1, 1, 1}, {1, 2, 1}, {2, 1, 1}, {2, 2, 1}, {3, 1, 1}, {1, 3, 2}, {2, 3, 1}},
		tails: []int32{1, 3, 3, 1},
		known: [][]int32{{}, {1}, {1, 0, 0, 1}},
	}
}

func pairsOf(pairs [][2]saying) (list []string) {
	for _, p := range pairs {
		list = append(list, fmt.Sprint(p[0].seq, "-", p[1].seq))
	}
	slices.Sort(list)
	return list
}

// TestWhatIsApart: of what people said who did not know of each other, the last of each log is
// held against the last of the other; where the first counts, the first. Nobody is held
// against themselves, against who knew what they said, or against who said the same; and what
// came in which order is no matter.
func TestWhatIsApart(t *testing.T) {
	type seqs = []uint64 // in the order in which they are heard; what each says is its number
	for _, c := range []struct {
		says  seqs
		same  bool // all say one thing
		first bool
		want  string
	}{
		{seqs{2, 3, 4, 5}, false, false, "[3-5]"},
		{seqs{5, 4, 3, 2}, false, false, "[3-5]"},
		{seqs{2, 3, 4, 5}, false, true, "[2-4]"},
		{seqs{5, 3, 4, 2}, false, true, "[2-4]"},
		{seqs{2, 3, 4, 5}, true, false, "[]"},
		{seqs{1, 2}, false, false, "[]"},
		{seqs{1, 4}, false, false, "[]"},
		{seqs{1, 2, 4}, false, true, "[]"},
		{seqs{2, 3}, false, true, "[]"},
		{seqs{2, 2}, false, true, "[]"},
		{seqs{2, 4, 7}, false, false, "[4-7]"}, // she says something else when she has heard of Cyd
		{seqs{4, 2, 7}, false, false, "[4-7]"},
		{seqs{2, 7, 5}, false, false, "[5-7]"},
		{seqs{4, 7, 8}, false, false, "[7-8]"},
		{seqs{2, 6, 7}, false, false, "[2-6]"}, // that she heard of it, and says something else, settles nothing
		{seqs{2, 4, 6}, false, true, "[2-4 2-6 4-6]"},
		{seqs{0, 2, 4}, false, false, "[2-4]"}, // an entry that is none says nothing
		{seqs{99, 2, 4}, false, false, "[2-4]"},
		{seqs{2, 99, 0, 4}, false, true, "[2-4]"},
	} {
		var list []saying
		for _, seq := range c.says {
			value := fmt.Sprint(seq)
			if c.same {
				value = "the same"
			}
			list = append(list, saying{seq: seq, entry: seq, value: value})
		}
		if got := fmt.Sprint(pairsOf(knowingOfThree().apart(list, c.first))); got != c.want {
			t.Errorf("of %v, the first counts %t: %s are apart, not %s", c.says, c.first, got, c.want)
		}
	}
}

// TestNothingSaidIsNotApart: what is taken back or withheld contradicts nothing.
func TestNothingSaidIsNotApart(t *testing.T) {
	for _, list := range [][]saying{{{2, 2, ""}, {4, 4, "x"}}, {{2, 2, "x"}, {4, 4, ""}}, {{2, 2, ""}, {4, 4, ""}}} {
		if got := knowingOfThree().apart(list, false); got != nil {
			t.Errorf("%v: %v are apart", list, got)
		}
	}
}

// TestApartIsBounded: of more answers than people ever gave apart, the last are held against
// each other.
func TestApartIsBounded(t *testing.T) {
	k := &knowing{known: [][]int32{{}, {}}}
	var list []saying
	for n := range maxSaid + 50 {
		k.spots, k.tails = append(k.spots, spot{int32(n), 1, 1}), append(k.tails, 1)
		list = append(list, saying{seq: uint64(n + 1), value: fmt.Sprint(n)})
	}
	k.known[1] = make([]int32, len(k.tails))
	pairs := k.apart(list, true)
	if len(pairs) != maxSaid*(maxSaid-1)/2 || pairs[0][0].seq != 51 {
		t.Errorf("there are %d pairs, the first with entry %d", len(pairs), pairs[0][0].seq)
	}
}
