package runbooks

import "testing"

// TestIsNumber tells what people call a number from what computers do.
func TestIsNumber(t *testing.T) {
	for _, text := range []string{"0", "-12", "+0.5", "2e3", ".5", "1.", "007"} {
		if !IsNumber(text) {
			t.Errorf("%q is no number", text)
		}
	}
	for _, text := range []string{"", " 1", "many", "NaN", "inf", "-Infinity", "0x1p-2", "1_000", "1e400", "1,5", "e", "--1", "１"} {
		if IsNumber(text) {
			t.Errorf("%q is a number", text)
		}
	}
}
