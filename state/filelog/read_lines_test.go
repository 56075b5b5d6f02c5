package filelog

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"

	"muster/state"
)

// TestReadLines: lines come out as bytes.Lines cuts them, however the reader
// delivers them.
func TestReadLines(t *testing.T) {
	lengths := []int{0, 1, 500, 256<<10 - 1, 256 << 10, 256<<10 + 1, 700 << 10}
	rapid.Check(t, func(t *rapid.T) {
		var content []byte
		for range rapid.IntRange(0, 5).Draw(t, "lines") {
			content = append(bytes.Join([][]byte{content, bytes.Repeat([]byte("y"), rapid.SampledFrom(lengths).Draw(t, "length"))}, nil), '\n')
		}
		content = append(content, rapid.SampledFrom([]string{"", "tail"}).Draw(t, "tail")...)
		var reader io.Reader = bytes.NewReader(content)
		if rapid.Bool().Draw(t, "halves") {
			reader = iotest.HalfReader(reader)
		}
		var got [][]byte
		err := readLines(reader, func(line []byte, ended bool) bool {
			got = append(got, bytes.Clone(line))
			if ended {
				got[len(got)-1] = append(got[len(got)-1], '\n')
			}
			return true
		})
		if want := slices.Collect(bytes.Lines(content)); err != nil || !slices.EqualFunc(got, want, bytes.Equal) {
			t.Fatalf("%d lines came out of %d, and %v", len(got), len(want), err)
		}
	})
}

func TestReadLinesBounds(t *testing.T) {
	n, longest := 0, 0
	err := readLines(io.LimitReader(endless{}, 1<<30), func(line []byte, ended bool) bool {
		if n, longest = n+1, len(line); ended {
			t.Error("it says that a newline ended a line that has none")
		}
		return true
	})
	if err != nil || n != 1 || longest > state.MaxRunbookLine+1<<20 {
		t.Errorf("an endless line came as %d lines, the last of %d bytes, and %v", n, longest, err)
	}
	broken := errors.New("broken")
	n = 0
	err = readLines(io.MultiReader(strings.NewReader("a\nb"), iotest.ErrReader(broken)), func([]byte, bool) bool { n++; return true })
	if !errors.Is(err, broken) || n != 1 {
		t.Errorf("a broken file: %d lines, %v", n, err)
	}
	n = 0
	err = readLines(strings.NewReader("a\nb\nc\n"), func([]byte, bool) bool { n++; return n < 2 })
	if err != nil || n != 2 {
		t.Errorf("stopped after two: %d lines, %v", n, err)
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'z'
	}
	return len(p), nil
}
