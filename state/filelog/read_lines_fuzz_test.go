package filelog

import (
	"bytes"
	"testing"
)

// FuzzLines: the lines of a log are its bytes, each once and in order, and none is
// longer than any may be.
func FuzzLines(f *testing.F) {
	for _, text := range []string{"", "\n", "a", "a\nb", "a\n\n\nb\n", "\x00\n\r\n\xff"} {
		f.Add([]byte(text), uint8(1))
	}
	f.Add([]byte("0123456789abcdef"), uint8(255))
	f.Fuzz(func(t *testing.T, text []byte, times uint8) {
		text = bytes.Repeat(text, int(times)) // more than is read at once
		var joined []byte
		torn := false
		err := readLines(bytes.NewReader(text), func(one []byte, ended bool) bool {
			if torn || bytes.IndexByte(one, '\n') >= 0 {
				t.Errorf("%q is a line", one)
			}
			joined = append(joined, one...)
			if torn = !ended; ended {
				joined = append(joined, '\n')
			}
			return true
		})
		if err != nil || !bytes.Equal(joined, text) {
			t.Errorf("%d bytes are read as %d, %v", len(text), len(joined), err)
		}
	})
}
