package export

import (
	"testing"

	"muster/state/view"
)

// TestStanding: of a statement that is out, what was not true when it was sent goes before what
// was true and is not any more.
func TestStanding(t *testing.T) {
	n := view.NoticeRecord{Untrue: []view.Untrue{{Why: "it broke"}, {Why: "nobody had looked", WhenSent: true}}}
	if got, want := standing(&n, false), markdown("**NOT TRUE when sent**, and still out"); got != want {
		t.Errorf("%s, not %s", got, want)
	}
	n.Untrue = n.Untrue[:1]
	if got, want := standing(&n, false), markdown("**NOT TRUE any more**"); got != want {
		t.Errorf("%s, not %s", got, want)
	}
}
