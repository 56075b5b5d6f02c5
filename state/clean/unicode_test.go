package clean

import (
	"testing"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// What is known here of single characters is compared with the library that measures
// text, character by character: what that takes for one with its neighbour, and a
// terminal does not, would shift the rest of the line.

// together reports whether two characters are measured as one.
func together(a, b rune) bool {
	both := string(a) + string(b)
	cluster, _ := ansi.FirstGraphemeCluster(both, ansi.GraphemeWidth)
	return cluster == both
}

// eachRune calls visit for every character that is drawn, unless it is a mark.
func eachRune(visit func(r rune)) {
	for r := rune(0x80); r <= utf8.MaxRune; r++ {
		if utf8.ValidRune(r) && !isMark(r) {
			visit(r)
		}
	}
}

func TestNothingJoinsWhatFollows(t *testing.T) {
	eachRune(func(r rune) {
		if together(r, 'a') && !isHidden(r) {
			t.Errorf("%U joins what follows, and is drawn", r)
		}
	})
}

// TestPrepended: no letter is left out that would join nothing.
func TestPrepended(t *testing.T) {
	for r := rune(0); r <= utf8.MaxRune; r++ {
		if isPrepended(r) && r != 0x11A3A && !together(r, 'a') { // that one joined until Unicode 15.1
			t.Errorf("%U joins nothing, and is not drawn", r)
		}
	}
}

// TestMarks: what joins the character before it is a mark, so that floods of it are
// seen, and it never stands on the frame.
func TestMarks(t *testing.T) {
	for r := rune(0x80); r <= utf8.MaxRune; r++ {
		if !utf8.ValidRune(r) || isHidden(r) || r == '\uFE0E' || r == '\uFE0F' {
			continue
		}
		if together('\U0001F44D', r) && !isMark(r) {
			t.Errorf("%U joins what stands before it, and is no mark", r)
		}
	}
}

func TestFlagHalves(t *testing.T) {
	for r := rune(0x1F1E0); r <= 0x1F210; r++ {
		if got, want := isFlagHalf(r), together(r, r) && !isMark(r); got != want {
			t.Errorf("%U is half a flag: %v, want %v", r, got, want)
		}
	}
}

// TestJamo: of each kind of Hangul letter, a second one joins the first, and a leading
// one joins a vowel, and that a trailing one.
func TestJamo(t *testing.T) {
	const l, v, f = 0x1100, 0x1161, 0x11A8
	eachRune(func(r rune) {
		if isHidden(r) || r >= 0xAC00 && r <= 0xD7A3 || isFlagHalf(r) {
			return // not drawn, or a whole syllable, or no letter
		}
		want := notJamo
		switch {
		case !together(r, r):
		case together(r, l) && together(r, v):
			want = leading
		case together(r, v) && together(r, f):
			want = vowel
		case together(r, f):
			want = trailing
		}
		if got := jamoOf(r); got != want {
			t.Errorf("%U is of kind %d, want %d", r, got, want)
		}
	})
}

// TestOrdinaryIsDrawn: what passes by the short way needs no other.
func TestOrdinaryIsDrawn(t *testing.T) {
	for r := rune(0); r <= utf8.MaxRune; r++ {
		if isOrdinary(r) && (isHidden(r) || isMark(r) || isFlagHalf(r) || jamoOf(r) != notJamo || !utf8.ValidRune(r)) {
			t.Errorf("%U is ordinary, and is not drawn as it is", r)
		}
	}
}
