package export_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"muster/state"
	"muster/state/export"
)

// TestProofShowsOneEntry: a proof shows its entry, whose parts may be withheld, and the head that
// vouches for it; and of nothing that was changed in it is that so.
func TestProofShowsOneEntry(t *testing.T) {
	s := &scribe{tb: t, now: day}
	s.do("Ada", state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: state.Live, Runbook: document("small", closeBook)})
	for _, text := range []string{"one", "two", "three"} {
		s.do("Ada", state.AddNote{Text: text})
	}
	s.do("Ada", state.RecordCheckpoint{}) // 5
	s.do("Ada", state.AddNote{Text: "later"})
	prove := func(seq, at int) (string, error) {
		var out bytes.Buffer
		err := export.WriteProof(&out, s.incident(), s.lines[seq-1], s.lines[at-1])
		return out.String(), err
	}
	for seq := 1; seq <= 4; seq++ {
		text, err := prove(seq, 5)
		if err != nil {
			t.Fatal(err)
		}
		proved, err := export.ReadProof([]byte(text))
		if err != nil || proved.Entry.Seq != uint64(seq) || proved.Size != 4 || proved.Head.Seq != 5 || proved.Head.Hash != s.incident().Log[4].Hash || !export.IsProof([]byte(text)[:60]) {
			t.Errorf("of entry %d it shows %+v, %v", seq, proved, err)
		}
		if strings.Count(text, "Ada") != 1 {
			t.Errorf("who recorded the checkpoint is shown, or not who recorded the entry:\n%s", text)
		}
	}
	for _, c := range []struct{ seq, at int }{{6, 5}, {5, 5}, {2, 3}} {
		if text, err := prove(c.seq, c.at); err == nil || text != "" {
			t.Errorf("entry %d is proved by entry %d:\n%s", c.seq, c.at, text)
		}
	}
	bare, _, err := state.Withhold(s.lines[1], state.PartsOf(state.Names, state.Notes))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := export.WriteProof(&out, s.incident(), bare, s.lines[4]); err != nil || strings.Contains(out.String(), "Ada") {
		t.Errorf("of an entry without its parts: %v\n%s", err, out.String())
	}
	whole, err := prove(2, 5)
	if err != nil {
		t.Fatal(err)
	}
	other, err := prove(3, 5)
	if err != nil {
		t.Fatal(err)
	}
	for want, change := range map[string]func(p, other *export.Proof){
		"it is of entry 3, and shows entry 2":                           func(p, _ *export.Proof) { p.Seq = 3 },
		"its path does not lead from entry 2 to the checkpoint":         func(p, o *export.Proof) { p.Path = o.Path },
		"its path does not lead from entry 3 to the checkpoint":         func(p, o *export.Proof) { p.Seq, p.Entry = 3, o.Entry },
		"its checkpoint is not the one that is recorded":                func(p, _ *export.Proof) { p.Checkpoint = strings.Replace(p.Checkpoint, "\n4\n", "\n5\n", 1) },
		"it mixes a drill and a live incident":                          func(p, _ *export.Proof) { p.Exercise = true },
		"the entry that should record its checkpoint records something": func(p, o *export.Proof) { p.Recorded = o.Entry },
		"its entry: ":              func(p, _ *export.Proof) { p.Entry = strings.Replace(p.Entry, "one", "two", 1) },
		"its checkpoint's entry: ": func(p, _ *export.Proof) { p.Recorded = p.Recorded[1:] },
	} {
		var p, o export.Proof
		if json.Unmarshal([]byte(whole), &p) != nil || json.Unmarshal([]byte(other), &o) != nil {
			t.Fatal("it is no JSON")
		}
		change(&p, &o)
		text := proofText(t, p)
		if _, err := export.ReadProof(text); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("it says %v, and not %q", err, want)
		}
	}
	if _, err := export.ReadProof([]byte(strings.Replace(whole, "\n", "", 1))); err == nil {
		t.Error("a proof in another spelling is taken")
	}
}

// proofText is a proof in the spelling that proofs have.
func proofText(t *testing.T, p export.Proof) []byte {
	t.Helper()
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(p); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
