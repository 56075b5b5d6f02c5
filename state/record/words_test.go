package record

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
			if got := w.Word([]byte(text)); got != text {
				t.Fatalf("round %d: %q is kept as %q", round, text, got)
			}
		}
	}
	again := []byte("gisis")
	if n := testing.AllocsPerRun(100, func() { w.Word(again) }); n != 0 {
		t.Errorf("a word met before takes memory %v times", n)
	}
	if long := strings.Repeat("x", 500); w.Word([]byte(long)) != long || w.Word(nil) != "" {
		t.Error("a long or an empty text is not kept as it is")
	}
}

// TestUnquotedIsWhatWasQuoted: what stands between the quotes, escapes and all.
func TestUnquotedIsWhatWasQuoted(t *testing.T) {
	for quoted, want := range map[string]string{`""`: "", `"a"`: "a", `"a\nb"`: "a\nb", `"\\"`: `\`, `"\"x\""`: `"x"`, `"\u001f!"`: "\x1f!", ``: "", `"`: ""} {
		if got := unquote(nil, []byte(quoted)); string(got) != want {
			t.Errorf("%s says %q", quoted, got)
		}
	}
}
