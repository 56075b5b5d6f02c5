package filelog

import (
	"bytes"
	"context"
	"errors"
	"testing"

	"muster/state"
	"muster/state/statetest"
)

func TestVerify(t *testing.T) {
	f := newFixture(t, "a", "b")
	good := f.read()
	head := f.open().Head()
	lines := f.lines()
	flipped := bytes.Replace(good, []byte(`"a"`), []byte(`"A"`), 1)
	for name, test := range map[string]struct {
		content []byte
		seq     uint64
		torn    int64
		line    int
	}{
		"whole":   {good, 3, 0, 0},
		"torn":    {good[:len(good)-5], 2, int64(len(lines[2]) - 5), 0},
		"flipped": {flipped, 1, 0, 2},
		"missing": {bytes.Join([][]byte{lines[0], lines[2]}, nil), 1, 0, 2},
		"empty":   {nil, 0, 0, 1},
	} {
		seen := uint64(0)
		chain, torn, err := verify(ctx, bytes.NewReader(test.content), int64(len(test.content)), func(e state.Entry) { seen = e.Seq })
		got, line := chain.Head, 0
		var damage *state.Damage
		if errors.As(err, &damage) {
			line = damage.Line
		}
		if got.Seq != test.seq || seen != test.seq || torn != test.torn || line != test.line || (err != nil) != (line > 0) {
			t.Errorf("%s: head %v, %d seen, %d bytes torn, %v", name, got, seen, torn, err)
		}
		if test.seq == 3 && got != head {
			t.Errorf("%s: the head is %v, not %v", name, got, head)
		}
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	if _, _, err := verify(cancelled, bytes.NewReader(good), int64(len(good)), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// FuzzVerify: whatever stands behind a good line, it is told apart without a panic,
// and opening keeps what is good.
func FuzzVerify(f *testing.F) {
	first := withNewline(statetest.Opening(id).Bytes)
	second := withNewline(statetest.Note(statetest.Head(statetest.Opening(id)), "a").Bytes)
	for _, tail := range [][]byte{nil, second, second[:9], []byte("\n"), make([]byte, 600), append(bytes.Clone(second), 0)} {
		f.Add(tail)
	}
	f.Fuzz(func(t *testing.T, tail []byte) {
		content := append(bytes.Clone(first), tail...)
		chain, torn, err := verify(ctx, bytes.NewReader(content), int64(len(content)), nil)
		head := chain.Head
		var damage *state.Damage
		switch {
		case head.Seq == 0:
			t.Fatalf("the good line is not one: %v", err)
		case err != nil && !errors.As(err, &damage):
			t.Fatal(err)
		case torn > int64(len(tail)), torn > 0 && err != nil:
			t.Fatalf("%d of %d bytes are torn, and %v", torn, len(tail), err)
		case torn > 0 && bytes.HasSuffix(tail, []byte("\n")) && bytes.IndexByte(tail, 0) < 0:
			t.Fatalf("a whole line is taken for a torn one: %q", tail)
		}
	})
}
