package plain

import (
	"strings"
	"testing"
)

func TestReader(t *testing.T) {
	for _, c := range []struct {
		name, in string
		raw      bool
		want     string // lines, each ended by |; what was not ended stands last
		echo     string
	}{
		{"lines", "a\nb\n", false, "a|b|", ""},
		{"of another system", "a\r\nb\r\n", false, "a|b|", ""},
		{"not ended", "a\nye", false, "a|ye", ""},
		{"keys", "ab\x7fc\rd\r", true, "ac|d|", "ab\b \bc\nd\n"},
		{"a line that is killed", "abc\x15d\r", true, "d|", "abc\nd\n"},
		{"an arrow is no text", "a\x1b[Ab\r", true, "ab|", "ab\n"},
		{"ctrl+c", "a\rb\x03c\r", true, "a|b", "a\nb"},
		{"ctrl+d ends an empty line alone", "a\x04\r\x04b\r", true, "a|", "a\n"},
		{"no UTF-8", "a\xffb\n", false, "a\uFFFDb|", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var echoed, got strings.Builder
			echo := func(text string) { echoed.WriteString(text) }
			if !c.raw {
				echo = nil
			}
			r := newReader(strings.NewReader(c.in), echo)
			for {
				line := r.next()
				got.WriteString(line.text)
				if line.end {
					break
				}
				got.WriteString("|")
			}
			if got.String() != c.want {
				t.Errorf("read %q, want %q", got.String(), c.want)
			}
			if echoed.String() != c.echo {
				t.Errorf("echoed %q, want %q", echoed.String(), c.echo)
			}
		})
	}
}

func TestALineIsBounded(t *testing.T) {
	r := newReader(strings.NewReader(strings.Repeat("x", maxLine+1)+"\nyes\n"), nil)
	if line := r.next(); !line.long {
		t.Error("a line that is too long is taken as it is")
	}
	if line := r.next(); line.long || line.text != "yes" {
		t.Errorf("then %+v", line)
	}
}
