package filelog

import (
	"io"
	"strings"
	"testing"

	"muster/state"
)

// TestEvidenceElsewhere: evidence that lies in the folder from which a log was rescued is read
// there; what lies nowhere is said to lie nowhere.
func TestEvidenceElsewhere(t *testing.T) {
	old := newFixture(t, "a")
	l := old.open()
	sum, _, err := l.PutEvidence(ctx, strings.NewReader("proof"))
	old.must(err)
	f := newFixture(t, "a")
	fresh := f.open()
	if _, err := fresh.Evidence(ctx, sum); err == nil {
		t.Error("there is evidence that is nowhere")
	}
	fresh.elsewhere = old.dir
	file, err := fresh.Evidence(ctx, sum)
	f.must(err)
	defer file.Close()
	if text, err := io.ReadAll(file); err != nil || string(text) != "proof" {
		t.Errorf("it is %q, %v", text, err)
	}
	if _, err := fresh.Evidence(ctx, state.Sum([]byte("other"))); err == nil {
		t.Error("there is evidence that is nowhere")
	}
}
