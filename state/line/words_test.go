package line

import (
	"fmt"
	"strings"
	"testing"
)

// TestWords: what is kept is what was read, however many words there are.
func TestWords(t *testing.T) {
	var w words
	for round := range 3 {
		for n := range 5000 {
			text := fmt.Sprintf("word %d", n*(n%7))
			if got := w.intern([]byte(text)); got != text {
				t.Fatalf("round %d: %q is kept as %q", round, text, got)
			}
		}
	}
	again := []byte("gisis")
	if n := testing.AllocsPerRun(100, func() { w.intern(again) }); n != 0 {
		t.Errorf("a word met before takes memory %v times", n)
	}
	if long := strings.Repeat("x", 500); w.intern([]byte(long)) != long || w.intern(nil) != "" {
		t.Error("a long or an empty text is not kept as it is")
	}
}
