package main

import (
	"fmt"
	"strings"
	"testing"

	"muster/state"
	"muster/state/view"
)

// sound is a verdict on a log of nine entries of which nothing is wrong.
func sound() *verdict {
	head := view.LogHead{Hash: state.Sum([]byte("x")), Code: state.Sum([]byte("x")).Code()}
	return &verdict{unbroken: true, Verdict: view.Verdict{File: "log.jsonl", Mode: state.Live, Entries: 9, Head: &head, Contradicts: []view.Contradiction{}}}
}

func signature(key, signer, problem string, entry uint64) *signatureCheck {
	return &signatureCheck{Signature: view.Signature{File: key + ".sig", Key: key, Signer: signer, Problem: problem, Entry: entry}}
}

// TestVerdictIsGood: each thing that can be wrong with a log makes the verdict bad, by itself.
func TestVerdictIsGood(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*verdict)
		good   bool
	}{
		"nothing":                {func(*verdict) {}, true},
		"a broken line":          {func(v *verdict) { v.unbroken = false }, false},
		"entries are missing":    {func(v *verdict) { v.Missing = 1 }, false},
		"a torn end of a file":   {func(v *verdict) { v.Torn, v.alone = 1, true }, false},
		"a write that was cut":   {func(v *verdict) { v.Torn = 1 }, true},
		"a line without its end": {func(v *verdict) { v.Unended = true }, true},
		"evidence that is there": {func(v *verdict) { v.Evidence = &view.Files{Good: true} }, true},
		"evidence that is not":   {func(v *verdict) { v.Evidence = &view.Files{} }, false},
		"a contradiction":        {func(v *verdict) { v.Contradicts = make([]view.Contradiction, 1) }, false},
		"a head that is there":   {func(v *verdict) { v.Heads = []view.Found{{Given: "x", Entry: 1}} }, true},
		"a head that is not":     {func(v *verdict) { v.Heads = []view.Found{{Given: "y", Entry: 1}, {Given: "x"}} }, false},
		"a signature":            {func(v *verdict) { v.signatures = []*signatureCheck{signature("k", "", "", 3)} }, true},
		"a signature does not hold": {func(v *verdict) {
			v.signatures = []*signatureCheck{signature("k", "", "", 3), signature("l", "", "no", 0)}
		}, false},
	} {
		v := sound()
		if c.change(v); v.good() != c.good {
			t.Errorf("with %s it is good: %v", name, !c.good)
		}
	}
}

// TestVerdictSays: what was found stands in the verdict, and nothing of what was not.
func TestVerdictSays(t *testing.T) {
	const unknown = "completeness  UNKNOWN: no head from a witness was given"
	for _, c := range []struct {
		name   string
		change func(*verdict)
		says   []string
		not    []string
	}{
		{"a good log", func(*verdict) {}, []string{"log.jsonl\n", "GOOD: 9 entries, each", unknown, "mode          live", "entry 9\n"},
			[]string{"EXERCISE", "withheld", "MISSING", "line end", "acknowledged", "to ask"}},
		{"one entry", func(v *verdict) { v.Entries = 1 }, []string{"GOOD: 1 entry, each"}, nil},
		{"a drill", func(v *verdict) { v.Exercise = true }, []string{"EXERCISE EXERCISE EXERCISE\nlog.jsonl"}, nil},
		{"no entry", func(v *verdict) { v.Entries, v.unbroken, v.Line = 0, false, 1 }, []string{"BROKEN at line 1", "before it: 0 entries"}, []string{"mode  ", "head  "}},
		{"a torn file", func(v *verdict) { v.Torn, v.alone = 5, true }, []string{"GOOD up to entry 9, and 5 bytes behind it"}, []string{"never acknowledged", "GOOD: 9"}},
		{"a torn log", func(v *verdict) { v.Torn = 5 }, []string{"GOOD: 9 entries", "5 bytes behind the last entry were never acknowledged"}, []string{"GOOD up to"}},
		{"a broken file that is torn", func(v *verdict) { v.Torn, v.alone, v.unbroken, v.Line, v.Problem = 5, true, false, 7, "torn" }, []string{"BROKEN at line 7: torn"}, []string{"GOOD"}},
		{"a newer log", func(v *verdict) { v.unbroken, v.newer, v.Line, v.Problem = false, true, 10, "newer" }, []string{"UNKNOWN from line 10 on: newer", "before it: 9 entries, good"}, []string{"BROKEN"}},
		{"no line end", func(v *verdict) { v.Unended = true }, []string{"lacks its line end"}, nil},
		{"a withheld entry", func(v *verdict) { v.lacks.Entries = 1 }, []string{"the content of 1 entries is withheld"}, []string{"withheld: "}},
		{"a withheld part", func(v *verdict) { v.lacks.Partly, v.parts = 1, state.PartsOf(state.Notes) }, []string{"withheld: notes, of 1 entry;"}, []string{"the content of"}},
		{"missing", func(v *verdict) { v.Missing = 12 }, []string{"ENTRIES ARE MISSING: this machine once had 12"}, nil},
		{"a head that is there", func(v *verdict) { v.Heads, v.Vouched = []view.Found{{Given: "abc", Entry: 4}}, 4 }, []string{"vouched for up to entry 4 of 9\n", "abc is entry 4"}, []string{"UNKNOWN", "NOT IN"}},
		{"a head that is not", func(v *verdict) { v.Heads = []view.Found{{Given: "abc"}} }, []string{"completeness  BROKEN: no head", "abc IS NOT IN THIS LOG"}, []string{"UNKNOWN", "vouched"}},
		{"anybody's key", func(v *verdict) {
			v.signatures = []*signatureCheck{signature("k2", "", "", 3), signature("k1", "", "", 6), signature("k3", "", "", 5)}
		},
			[]string{"vouched for up to entry 6 of 9 by signature of k1", "say whose keys count", "whose key that is was not checked"}, []string{"UNKNOWN", "BROKEN"}},
		{"no key that holds", func(v *verdict) { v.signatures = []*signatureCheck{signature("k", "", "no", 0)} }, []string{"completeness  BROKEN: no signature", "DOES NOT COUNT: no"}, []string{"vouched"}},
		{"a known signer", func(v *verdict) {
			v.signatures, v.Vouched, v.vouchedBy = []*signatureCheck{signature("k", "eve", "", 6)}, 6, "signature of eve (k)"
		}, []string{"vouched for up to entry 6 of 9 by signature of eve (k)", "is good, by eve (k), up to entry 6"}, []string{"UNKNOWN", "whose keys count"}},
	} {
		v := sound()
		c.change(v)
		text := v.text()
		for _, says := range c.says {
			if !strings.Contains(text, says) {
				t.Errorf("%s: it does not say %q:\n%s", c.name, says, text)
			}
		}
		for _, not := range c.not {
			if strings.Contains(text, not) {
				t.Errorf("%s: it says %q:\n%s", c.name, not, text)
			}
		}
	}
}

// TestVerdictNames: of those whom the log names the last twenty are listed, and how many came
// before is said.
func TestVerdictNames(t *testing.T) {
	for n, before := range map[int]string{1: "", 20: "", 21: "(1 other before these)", 23: "(3 others before these)"} {
		v := sound()
		for i := range n {
			v.Named = append(v.Named, view.Witness{Witness: fmt.Sprintf("w%d", i), How: "by telephone", Entry: 3, Seq: uint64(i)})
		}
		v.Named[n-1].Fingerprint, v.Named[n-1].By, v.Named[n-1].How = "SHA256:x", "Eve", ""
		text := v.named()
		if got := strings.Count(text, ": up to entry 3, says entry"); got != min(n, 20) {
			t.Errorf("of %d, %d are listed", n, got)
		}
		if strings.Contains(text, "before these") != (before != "") || !strings.Contains(text, before) {
			t.Errorf("of %d it says\n%s", n, text)
		}
		if !strings.Contains(text, fmt.Sprintf("Eve, who signed with SHA256:x: up to entry 3, says entry %d\n", n-1)) {
			t.Errorf("who signed is not named\n%s", text)
		}
		if n > 1 && !strings.Contains(text, fmt.Sprintf("w%d, by telephone: up to", n-2)) {
			t.Errorf("how a witness was told is not said\n%s", text)
		}
	}
	if text := sound().named(); text != "" {
		t.Errorf("of none it says %q", text)
	}
}

// TestVerdictIsTold: what --json prints is null where it is not known, and lists are lists.
func TestVerdictIsTold(t *testing.T) {
	v := sound()
	if out := v.told(); out.Integrity == nil || !*out.Integrity || out.Withheld != nil || out.Signed == nil {
		t.Errorf("it tells %+v", out)
	}
	v.newer, v.lacks.Partly = true, 1
	if out := v.told(); out.Integrity != nil || out.Withheld == nil {
		t.Errorf("of a newer log that lacks something it tells %+v", out)
	}
	v.lacks = view.Withheld{Entries: 1}
	if v.told().Withheld == nil {
		t.Error("a withheld entry is not told")
	}
}
