package export

import (
	"strings"
	"testing"
)

// TestWhatIsNoProof: of each it is said what is wrong, and only of one that is newer that this
// program is too old.
func TestWhatIsNoProof(t *testing.T) {
	for text, want := range map[string]string{
		"":                                       "cut short",
		"{":                                      "cut short",
		`{"format":"muster-proof","more":1}`:     "cut short",
		`{"format":"muster-proof","version":2}`:  "it is of version 2, and this reads up to version 1",
		`{"format":"muster-proof","version":1}`:  "not written as muster writes proofs",
		`{"format":"muster-proof","version":0}`:  "not written as muster writes proofs",
		`{"format":"another-proof","version":2}`: "not written as muster writes proofs",
		strings.Repeat(" ", MaxProof+1):          "no proof has",
		strings.Repeat(" ", MaxProof):            "cut short",
	} {
		if _, err := ReadProof([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.60q: %v, want %q", text, err, want)
		}
	}
}
