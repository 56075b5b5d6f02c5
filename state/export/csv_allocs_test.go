package export_test

import (
	"io"
	"testing"

	"muster/state/export"
)

// TestCSVLeavesLittle: a row of the csv leaves little more to collect than the sentence of what it
// records.
func TestCSVLeavesLittle(t *testing.T) {
	s := bigIncident(t, 4000)
	allocs := testing.AllocsPerRun(3, func() {
		if err := export.Write(io.Discard, s.inc, export.CSV, export.Options{Program: program}); err != nil {
			t.Fatal(err)
		}
	})
	if row := allocs / float64(len(s.lines)); row > 1.6 {
		t.Errorf("%.2f pieces of memory a row", row)
	}
}
