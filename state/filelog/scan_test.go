package filelog

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"muster/state"
)

var errBad = errors.New("a bad line")

// readLength stands for state.Decode: it says a line's length and first byte, or
// that it is bad.
func readLength(line []byte) (state.Entry, error) {
	if bytes.HasPrefix(line, []byte("bad")) {
		return state.Entry{Frame: new(state.Frame)}, errBad
	}
	return state.Entry{Seq: uint64(len(line)), Frame: &state.Frame{Kind: state.Kind(line[:min(1, len(line))])}}, nil
}

func readingLength() reading {
	return func(line []byte, e *state.Entry) (err error) {
		*e, err = readLength(line)
		return err
	}
}

// transcript is what a way to scan says of the content, up to a number of lines.
func transcript(content []byte, most int, scan func(file io.ReaderAt, to int64, take taking) error) string {
	var said strings.Builder
	err := scan(bytes.NewReader(content), int64(len(content)), func(e *state.Entry, err error, behind int64) error {
		if most--; most < 0 {
			return errEnough
		}
		fmt.Fprintln(&said, e.Seq, e.Kind, err, behind)
		return err
	})
	fmt.Fprintln(&said, errors.Is(err, errBad), errors.Is(err, errEnough), err == nil)
	return said.String()
}

// TestScan: on all cores it is as it is on one.
func TestScan(t *testing.T) {
	lengths := []int{0, 1, 400, 60 << 10, pieceSize - 1, pieceSize, pieceSize + 1, 5 * pieceSize}
	rapid.Check(t, func(t *rapid.T) {
		var content []byte
		for range rapid.IntRange(0, 12).Draw(t, "lines") {
			length := rapid.SampledFrom(lengths).Draw(t, "length")
			content = append(bytes.Join([][]byte{content, bytes.Repeat([]byte{'x'}, length)}, nil), '\n')
			if rapid.IntRange(0, 30).Draw(t, "luck") == 0 {
				content = append(content, "bad\n"...)
			}
		}
		content = append(content, rapid.SampledFrom([]string{"", "torn", "bad"}).Draw(t, "tail")...)
		most := rapid.IntRange(0, 14).Draw(t, "most")
		one := transcript(content, most, func(file io.ReaderAt, to int64, take taking) error {
			return scanLines(ctx, file, 0, to, func(line []byte, behind int64) error {
				e, err := readLength(line)
				return take(&e, err, behind)
			})
		})
		all := transcript(content, most, func(file io.ReaderAt, to int64, take taking) error {
			begun := int64(0)
			return scanPieces(ctx, file, 0, to, readingLength, nil, func(line []byte, e *state.Entry, err error, behind int64) error {
				if want := content[begun : behind-1]; !bytes.Equal(line, want) {
					t.Fatalf("the line at byte %d is handed out as %q, and is %q", begun, line, want)
				}
				begun = behind
				return take(e, err, behind)
			})
		})
		if one != all {
			t.Fatalf("on one core:\n%son all:\n%s", one, all)
		}
	})
}

func TestScanFails(t *testing.T) {
	file := failingAt{bytes.NewReader(bytes.Repeat([]byte("xxxxxxx\n"), pieceSize)), 3 * pieceSize}
	lines := 0
	err := scanPieces(ctx, file, 0, 8*pieceSize, readingLength, nil, func([]byte, *state.Entry, error, int64) error { lines++; return nil })
	if !errors.Is(err, errBad) || lines != 3*pieceSize/8 {
		t.Errorf("%d lines, then %v", lines, err)
	}
	cancelled, cancel := context.WithCancel(ctx)
	err = scanPieces(cancelled, file, 0, 8*pieceSize, readingLength, nil, func([]byte, *state.Entry, error, int64) error { cancel(); return nil })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	endless := bytes.NewReader(make([]byte, state.MaxRunbookLine+2*pieceSize))
	err = scanPieces(ctx, endless, 0, endless.Size(), readingLength, nil, func([]byte, *state.Entry, error, int64) error { return errBad })
	if err != nil {
		t.Errorf("a line longer than any: %v", err)
	}
}

// failingAt is a file that cannot be read from some offset on.
type failingAt struct {
	io.ReaderAt
	bad int64
}

func (f failingAt) ReadAt(p []byte, at int64) (int, error) {
	if at+int64(len(p)) > f.bad {
		return 0, errBad
	}
	return f.ReaderAt.ReadAt(p, at)
}

// TestLongLog: damage far into a log is found where it is, and a torn end mended.
func TestLongLog(t *testing.T) {
	f := newFixture(t)
	store := bigLog(t, 5000)
	f.store, f.dir = store, strings.Replace(f.dir, f.store.dir, store.dir, 1)
	good := f.read()
	f.write(append(bytes.Clone(good), good[len(good)-300:len(good)-1]...))
	l := f.open()
	if l.Mended() == nil || len(f.notes(l)) != 4999 {
		t.Fatalf("Mended is %v", l.Mended())
	}
	bad := bytes.Clone(good)
	bad[len(bad)*3/4] ^= 1
	f.write(bad)
	line := bytes.Count(good[:len(good)*3/4], []byte("\n")) + 1
	if damage := f.damaged(false); damage == nil || damage.Line != line && damage.Line != line+1 {
		t.Errorf("the damage is %v, not in line %d", damage, line)
	}
	var damage *state.Damage
	if _, err := readNotes(l); !errors.As(err, &damage) {
		t.Errorf("reading it again: %v", err)
	}
}
