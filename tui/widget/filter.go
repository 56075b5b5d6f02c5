package widget

import (
	"bytes"
	"cmp"
	"math/bits"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sahilm/fuzzy"

	"muster/state/clean"
	"muster/state/sorted"
)

// maxRanked is how many matches a query ranks and returns. Nobody scrolls
// further than that; they type another letter.
const maxRanked = 300

// maxQuery is how many bytes of a query count, maxWords how many different words.
const (
	maxQuery = 128
	maxWords = 8
)

// Index finds items by fuzzy search: an item matches a word if it has the word's
// letters in their order, without regard to case, and a query if it matches all
// of its words.
//
// Ranking an item costs half a microsecond, too much for 100,000 of them at
// every key. So a query goes in three steps, each over what the one before has
// left: a 64-bit mask of the item's letters; a search for the letters in their
// order, with a rough score; and the ranking proper, by sahilm/fuzzy, of the
// best few hundred.
//
// An Index does not change and may be used by several goroutines.
type Index struct {
	items    []string // clean
	folded   []byte   // all items, case folded, one after the other
	ends     []uint32 // where in folded each item ends
	letters  []uint64 // for each item, the mask of its letters
	initials []uint64 // for each item, the mask of the letters words begin with
}

// Match is an item that a query found.
type Match struct {
	Index     int   // of the item
	Score     int   // higher is better; only comparable within one query
	Positions []int // byte offsets of the matched characters in Item(Index), ascending
}

// NewIndex returns an index of items, which may come from outside: they are
// cleaned. It copies what it needs.
func NewIndex(items []string) *Index {
	x := &Index{
		items:    make([]string, len(items)),
		ends:     make([]uint32, len(items)),
		letters:  make([]uint64, len(items)),
		initials: make([]uint64, len(items)),
	}
	for i, item := range items {
		item = clean.Line(item)
		x.items[i] = item
		x.letters[i], x.initials[i] = x.fold(item)
		x.ends[i] = uint32(len(x.folded))
	}
	return x
}

// Len returns the number of items.
func (x *Index) Len() int { return len(x.items) }

// Item returns item i, clean, as Match's Positions count it.
func (x *Index) Item(i int) string { return x.items[i] }

// fold appends item, case folded, to x.folded and returns its masks.
func (x *Index) fold(item string) (letters, initials uint64) {
	var before rune
	for _, r := range item {
		f := foldRune(r)
		x.folded = utf8.AppendRune(x.folded, f)
		letters |= letterBit(f)
		if isWordStart(before, r) {
			initials |= letterBit(f)
		}
		before = r
	}
	return letters, initials
}

// text returns item i, case folded.
func (x *Index) text(i int) []byte {
	if i == 0 {
		return x.folded[:x.ends[0]]
	}
	return x.folded[x.ends[i-1]:x.ends[i]]
}

// Query returns the items that match query, best first, equals in their own
// order: at most 300 of them, and how many match in all. An empty query matches
// every item, returns all in their own order, and scores nothing.
func (x *Index) Query(query string) (matches []Match, total int) {
	words := parseQuery(query)
	if len(words) == 0 {
		return x.all(), len(x.items)
	}
	survivors := x.survivors(words)
	matches = make([]Match, 0, min(len(survivors), maxRanked))
	for _, c := range best(survivors, maxRanked) {
		if m, ok := x.rank(c, words); ok {
			matches = append(matches, m)
		}
	}
	sorted.Stable(matches, func(a, b Match) int { return b.Score - a.Score })
	return matches, len(survivors)
}

func (x *Index) all() []Match {
	matches := make([]Match, len(x.items))
	for i := range matches {
		matches[i].Index = i
	}
	return matches
}

// word is one word of a query.
type word struct {
	text    string   // as typed
	folded  []byte   // case folded
	letters [][]byte // the folded characters
	first   uint64   // the first one's bit
	mask    uint64   // all their bits
}

// parseQuery returns the different words of query, the longest first: they leave
// the fewest items for the others.
func parseQuery(query string) []word {
	var words []word
	if len(query) > maxQuery {
		query = query[:maxQuery]
	}
	texts := strings.Fields(clean.Line(query))
	sorted.Stable(texts, func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
	texts = slices.Compact(texts)
	for _, text := range texts[:min(len(texts), maxWords)] {
		w := word{text: text}
		for _, r := range text {
			f := foldRune(r)
			start := len(w.folded)
			w.folded = utf8.AppendRune(w.folded, f)
			w.letters = append(w.letters, slices.Clone(w.folded[start:]))
			w.mask |= letterBit(f)
			if w.first == 0 {
				w.first = w.mask
			}
		}
		words = append(words, w)
	}
	return words
}

// candidate is an item that matches, with a rough score: an estimate of what
// the ranking will say, good enough to choose whom to rank.
type candidate struct {
	index int32
	score int32 // 0 … maxRough
}

const maxRough = 255

// survivors returns the items that match every word.
func (x *Index) survivors(words []word) []candidate {
	var mask uint64
	for _, w := range words {
		mask |= w.mask
	}
	var out []candidate
	for i, letters := range x.letters {
		if letters&mask != mask {
			continue
		}
		text := x.text(i)
		score := 0
		for k := range words {
			s := words[k].rough(text, x.initials[i])
			if s < 0 {
				score = -1
				break
			}
			score += s
		}
		if score >= 0 {
			if out == nil {
				out = make([]candidate, 0, len(x.items)-i)
			}
			score = score/len(words) - len(text)/4
			out = append(out, candidate{int32(i), int32(min(max(0, score), maxRough))})
		}
	}
	return out
}

// rough scores text, -1 if it does not have the word's letters in order.
func (w *word) rough(text []byte, initials uint64) int {
	score := 64
	if initials&w.first != 0 {
		score += 40 + 4*bits.OnesCount64(initials&w.mask)
	}
	if len(w.folded) == 1 {
		if text[0] == w.folded[0] {
			score += 20
		}
		return score
	}
	at := bytes.Index(text, w.folded)
	switch {
	case at == 0:
		return score + 100
	case at > 0:
		return score + 60
	}
	rest := text
	for _, letter := range w.letters {
		i := indexLetter(rest, letter)
		if i < 0 {
			return -1
		}
		rest = rest[i+len(letter):]
	}
	return score
}

func indexLetter(text, letter []byte) int {
	if len(letter) == 1 {
		return bytes.IndexByte(text, letter[0])
	}
	return bytes.Index(text, letter)
}

// best returns the n candidates with the highest scores, in their own order; of
// equals at the border the first.
func best(all []candidate, n int) []candidate {
	if len(all) <= n {
		return all
	}
	var counts [maxRough + 1]int
	for _, c := range all {
		counts[c.score]++
	}
	above, border := 0, int32(maxRough)
	for above+counts[border] < n {
		above += counts[border]
		border--
	}
	atBorder := n - above
	out := make([]candidate, 0, n)
	for _, c := range all {
		if c.score > border || c.score == border && atBorder > 0 {
			if c.score == border {
				atBorder--
			}
			out = append(out, c)
		}
	}
	return out
}

// rank scores a candidate properly. It fails if fuzzy disagrees that it matches.
func (x *Index) rank(c candidate, words []word) (Match, bool) {
	m := Match{Index: int(c.index)}
	item := []string{x.items[c.index]}
	for _, w := range words {
		if score, positions := x.whole(c.index, w); positions != nil {
			m.Score += score
			m.Positions = append(m.Positions, positions...)
			continue
		}
		found := fuzzy.FindNoSort(w.text, item)
		if len(found) == 0 {
			return Match{}, false
		}
		m.Score += found[0].Score
		m.Positions = append(m.Positions, found[0].MatchedIndexes...)
	}
	slices.Sort(m.Positions)
	m.Positions = slices.Compact(m.Positions)
	return m, true
}

// Scores of a word that an item has in one piece: whoever types "undo" means
// "undo", not "unfold another", whatever fuzzy says of the latter.
const (
	wholeScore = 100 // more than letters here and there can reach
	startScore = 100 // more, if a word of the item begins with it
)

// whole looks for the word in one piece, best where a word begins. The positions
// are nil if it is not there, or if folding has moved the item's bytes.
func (x *Index) whole(index int32, w word) (score int, positions []int) {
	item, text := x.items[index], x.text(int(index))
	if len(w.letters) < 2 || len(item) != len(text) {
		return 0, nil
	}
	found, score := -1, 0
	for from := 0; from < len(text); {
		at := bytes.Index(text[from:], w.folded)
		if at < 0 {
			break
		}
		at += from
		if found < 0 {
			found, score = at, wholeScore
		}
		before, _ := utf8.DecodeLastRuneInString(item[:at])
		if r, _ := utf8.DecodeRuneInString(item[at:]); at == 0 || isWordStart(before, r) {
			found, score = at, wholeScore+startScore
			break
		}
		from = at + len(w.letters[0])
	}
	if found < 0 {
		return 0, nil
	}
	for at, letter := found, 0; letter < len(w.letters); letter++ {
		positions = append(positions, at)
		at += len(w.letters[letter])
	}
	return score - found/4 - len(item)/16, positions
}

// foldRune returns the one character that stands for all that differ from r only
// in case.
func foldRune(r rune) rune {
	switch {
	case 'A' <= r && r <= 'Z':
		return r + 'a' - 'A'
	case r < utf8.RuneSelf:
		return r
	}
	least := r
	for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
		least = min(least, f)
	}
	if 'A' <= least && least <= 'Z' { // the Kelvin sign is a k
		return least + 'a' - 'A'
	}
	return least
}

// letterBit returns the bit of a folded character: one each for a to z and the
// digits, the others share the rest.
func letterBit(r rune) uint64 {
	switch {
	case 'a' <= r && r <= 'z':
		return 1 << (r - 'a')
	case '0' <= r && r <= '9':
		return 1 << (26 + r - '0')
	}
	return 1 << (36 + uint32(r)%28)
}

// isWordStart reports whether r begins a word after before: after nothing, a
// separator, or as a capital after a small letter.
func isWordStart(before, r rune) bool {
	switch before {
	case 0, ' ', '/', '-', '_', '.', '\\':
		return true
	}
	return unicode.IsUpper(r) && unicode.IsLower(before)
}
