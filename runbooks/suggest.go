package runbooks

import "strings"

// The bounds of a search for the word that was probably meant.
const (
	maxSuggestWord  = 64   // bytes; nothing longer is compared
	maxSuggestWords = 2000 // how many candidates are looked at
)

// didYouMean returns `did you mean "x"?` for the candidate nearest to word, or,
// if none is near, otherwise.
func didYouMean(word string, candidates []string, otherwise string) string {
	if best := nearest(word, candidates); best != "" {
		return "did you mean " + quote(best) + "?"
	}
	return otherwise
}

// Nearest is the candidate that was probably meant by word, or "" if none is near.
func Nearest(word string, candidates []string) string { return nearest(word, candidates) }

// nearest returns the candidate that differs from word by the fewest edits, at
// most a third of its length, or "" if there is none.
func nearest(word string, candidates []string) string {
	if len(word) > maxSuggestWord {
		return ""
	}
	if len(candidates) > maxSuggestWords {
		candidates = candidates[:maxSuggestWords]
	}
	folded := fold(word)
	best, limit := "", max(1, len(word)/3)
	for _, c := range candidates {
		if len(c) > maxSuggestWord || len(c)-len(word) > limit || len(word)-len(c) > limit {
			continue
		}
		if d := distance(folded, fold(c)); d <= limit {
			best, limit = c, d-1
		}
	}
	return best
}

// fold takes away what people mix up most: case, and dashes for underscores.
func fold(word string) string {
	return strings.ReplaceAll(strings.ToLower(word), "_", "-")
}

// distance counts the insertions, deletions, changes and swaps of neighbouring
// bytes that make b from a.
func distance(a, b string) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			change := last[j-1]
			if a[i-1] != b[j-1] {
				change++
			}
			row[j] = min(change, last[j]+1, row[j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
