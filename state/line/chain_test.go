package line_test

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
	"muster/state/line"
	"muster/state/statetest"
)

// TestChain: what cannot come next is damage that names its line, and the chain
// stays where it was.
func TestChain(t *testing.T) {
	log := goldenLog()
	drill := statetest.Entry(statetest.Head(log[1]), &state.NoteAdded{Text: "x"})
	drill.Mode = state.Drill
	_, drilled, err := state.Seal(drill)
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		lines []state.Line
		bad   state.Line
		what  string
	}{
		"a line missing":       {log[:2], log[3], "entry 4 where entry 3 should stand"},
		"a line doubled":       {log[:2], log[1], "entry 2 where entry 3 should stand"},
		"the first missing":    {nil, log[1], "entry 2 where entry 1 should stand"},
		"of another log":       {log[:2], statetest.Note(state.Head{Seq: 2}, "x"), "its prev is 00000000…, that line's hash is"},
		"another first entry":  {nil, statetest.Note(state.Head{}, "x"), "the first entry is note.added and should be incident.opened"},
		"a drill's":            {log[:2], drilled, "it says drill in a log that is live"},
		"a line that is wrong": {log[:2], state.Line{Bytes: log[2].Bytes[1:]}, "should stand where it has"},
	} {
		t.Run(name, func(t *testing.T) {
			for how, next := range map[string]func(*state.Chain, []byte) error{
				"Next":   func(c *state.Chain, line []byte) error { _, err := c.Next(line); return err },
				"Verify": (*state.Chain).Verify,
			} {
				chain := state.Format().Chain()
				for _, line := range test.lines {
					if err := next(&chain, line.Bytes); err != nil {
						t.Fatal(err)
					}
				}
				before := chain
				err := next(&chain, test.bad.Bytes)
				var damage *state.Damage
				n := len(test.lines) + 1
				if !errors.As(err, &damage) || damage.Line != n || damage.Seq != uint64(n) || !strings.Contains(damage.What, test.what) || damage.Newer {
					t.Errorf("%s says %v", how, err)
				}
				if chain != before {
					t.Errorf("%s moved on", how)
				}
			}
		})
	}
}

func TestResume(t *testing.T) {
	log := goldenLog()
	chain := state.Format().Resume(statetest.Head(log[2]), state.Live)
	if _, err := chain.Next(log[3].Bytes); err != nil || chain.Head != statetest.Head(log[3]) {
		t.Errorf("going on: %v", err)
	}
	var damage *state.Damage
	if err := chain.Verify(log[6].Bytes); !errors.As(err, &damage) || damage.Line != 5 {
		t.Errorf("the next line is told as %v", err)
	}
}

func TestNewer(t *testing.T) {
	log := goldenLog()
	chain := state.Format().Resume(statetest.Head(log[2]), state.Live)
	var damage *state.Damage
	err := chain.Verify(forge(log[3].Bytes, replace(`"v":2`, `"v":3`), nil))
	if !errors.As(err, &damage) || !damage.Newer {
		t.Errorf("a newer version's line: %v", err)
	}
}

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
		err := line.ReadLines(reader, func(line []byte, ended bool) bool {
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
	err := line.ReadLines(io.LimitReader(endless{}, 1<<30), func(line []byte, ended bool) bool {
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
	err = line.ReadLines(io.MultiReader(strings.NewReader("a\nb"), iotest.ErrReader(broken)), func([]byte, bool) bool { n++; return true })
	if !errors.Is(err, broken) || n != 1 {
		t.Errorf("a broken file: %d lines, %v", n, err)
	}
	n = 0
	err = line.ReadLines(strings.NewReader("a\nb\nc\n"), func([]byte, bool) bool { n++; return n < 2 })
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
