package line_test

import (
	"testing"

	"muster/state"
	"muster/state/statetest"
)

// manyLines are n lines of a log as they are in life: the kinds that most entries
// have, of about 500 bytes.
func manyLines(n int) [][]byte {
	line := statetest.Opening("bench")
	lines := [][]byte{line.Bytes}
	for i := 1; i < n; i++ {
		var data state.Data
		step := state.StepRef{Step: "contain/isolate-segments"}
		switch i % 4 {
		case 0:
			data = &state.NoteAdded{Text: "The file servers in the UK answer again; GISIS still shows the maintenance page."}
		case 1:
			data = &state.StepStarted{StepRef: step}
		case 2:
			data = &state.StepDone{StepRef: step, Note: "Segments 3 and 4 are off at the core switch."}
		case 3:
			data = &state.StepTicked{StepRef: step, Item: 3, On: true}
		}
		line = statetest.Next(statetest.Head(line), data)
		lines = append(lines, line.Bytes)
	}
	return lines
}

func BenchmarkDecode(b *testing.B) {
	lines := manyLines(1000)
	b.ReportAllocs()
	b.SetBytes(size(lines) / int64(len(lines)))
	for i := 0; b.Loop(); i++ {
		if _, err := state.Decode(lines[i%len(lines)]); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkVerify(b *testing.B) {
	lines := manyLines(1000)
	b.ReportAllocs()
	b.SetBytes(size(lines) / int64(len(lines)))
	chain := state.Format().Chain()
	for i := 0; b.Loop(); i++ {
		if i%len(lines) == 0 {
			chain = state.Format().Chain()
		}
		if err := chain.Verify(lines[i%len(lines)]); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSum(b *testing.B) {
	lines := manyLines(1000)
	b.SetBytes(size(lines) / int64(len(lines)))
	for i := 0; b.Loop(); i++ {
		state.Sum(lines[i%len(lines)])
	}
}

func size(lines [][]byte) (n int64) {
	for _, line := range lines {
		n += int64(len(line)) + 1
	}
	return n
}

func BenchmarkSeal(b *testing.B) {
	var entries []state.Entry
	for _, line := range manyLines(1000) {
		e, err := state.Decode(line)
		if err != nil {
			b.Fatal(err)
		}
		entries = append(entries, e)
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if _, _, err := state.Seal(entries[1+i%999]); err != nil {
			b.Fatal(err)
		}
	}
}
