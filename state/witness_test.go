package state_test

import (
	"strings"
	"testing"
	"time"

	"muster/state"
)

// TestStatement: what is written is read again, and nothing else is.
func TestStatement(t *testing.T) {
	s := state.Statement{Incident: "2026-11-24-amber-heron", Head: state.Head{Seq: 42, Hash: state.Sum([]byte("x"))}}
	text, err := s.Text()
	want := "muster head v1\nincident 2026-11-24-amber-heron\nentries 42\nhead " + state.Sum([]byte("x")).String() + "\n"
	if err != nil || string(text) != want {
		t.Fatalf("%q, %v", text, err)
	}
	if back, err := state.ParseStatement(text); err != nil || back != s {
		t.Errorf("%v, %v", back, err)
	}
	for name, change := range map[string]func(string) string{
		"nothing":        func(string) string { return "" },
		"no end":         func(s string) string { return strings.TrimSuffix(s, "\n") },
		"more":           func(s string) string { return s + "\n" },
		"a line more":    func(s string) string { return s + "entries 43\n" },
		"other ends":     func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") },
		"a zero":         func(s string) string { return strings.Replace(s, "42", "042", 1) },
		"a plus":         func(s string) string { return strings.Replace(s, "42", "+42", 1) },
		"none":           func(s string) string { return strings.Replace(s, "42", "0", 1) },
		"too many":       func(s string) string { return strings.Replace(s, "42", strings.Repeat("9", 30), 1) },
		"upper case":     strings.ToUpper,
		"a short hash":   func(s string) string { return s[:len(s)-3] + "\n" },
		"another v":      func(s string) string { return strings.Replace(s, "v1", "v2", 1) },
		"a worse id":     func(s string) string { return strings.Replace(s, "amber", "../amber", 1) },
		"a long id":      func(s string) string { return strings.Replace(s, "amber", strings.Repeat("a", 1000), 1) },
		"no word":        func(s string) string { return strings.Replace(s, "entries ", "", 1) },
		"space before":   func(s string) string { return " " + s },
		"another order":  func(s string) string { return strings.Replace(s, "incident", "head", 1) },
		"escapes inside": func(s string) string { return strings.Replace(s, "amber", "\x1b[2J", 1) },
	} {
		if back, err := state.ParseStatement([]byte(change(want))); err == nil {
			t.Errorf("%s: read as %v", name, back)
		}
	}
	for _, bad := range []state.Statement{{}, {Incident: "a\nb", Head: s.Head}, {Incident: "a", Head: state.Head{}}} {
		if text, err := bad.Text(); err == nil {
			t.Errorf("%v is %q", bad, text)
		}
	}
}

// FuzzParseStatement: what is read is what would be written.
func FuzzParseStatement(f *testing.F) {
	text, _ := state.Statement{Incident: "a", Head: state.Head{Seq: 1}}.Text()
	f.Add(text)
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := state.ParseStatement(data)
		if err != nil {
			return
		}
		if again, err := s.Text(); err != nil || string(again) != string(data) {
			t.Errorf("%q is read, and written %q, %v", data, again, err)
		}
	})
}

// headAt is the hash of an entry; the log's own head for 0, a strange one for one that
// is not there.
func (s *stage) headAt(seq uint64) state.Hash {
	e, ok := s.inc.Entry(seq)
	switch {
	case seq == 0:
		return state.Hash{}
	case !ok:
		return state.Sum([]byte("another log"))
	}
	return e.Hash
}

// witnessCommand reads the commands about who vouches for the log.
func (s *stage) witnessCommand(verb string, seq uint64, rest string) state.Command {
	switch verb {
	case "witness":
		how, who, _ := strings.Cut(rest, " ")
		return state.RecordWitness{Witness: who, How: how, Head: s.headAt(seq)}
	case "stamp":
		at, err := time.Parse("15:04", rest)
		if err != nil {
			return state.RecordStamp{Head: s.headAt(seq), Authority: rest, Name: "x.tsr", SHA256: state.Sum([]byte(rest)), Size: 1400}
		}
		return state.RecordStamp{Head: s.headAt(seq), Time: s.inc.OpenedAt.Truncate(24 * time.Hour).Add(time.Duration(at.Hour())*time.Hour + time.Duration(at.Minute())*time.Minute),
			Authority: "Notaries", Name: "x.tsr", SHA256: state.Sum([]byte(rest)), Size: 1400}
	case "sign":
		return state.RecordSignature{Head: s.headAt(seq), Fingerprint: rest, Namespace: state.SignatureNamespace}
	}
	return nil
}

func (s *stage) showWitnesses() {
	for _, w := range s.inc.Witnesses {
		s.sayf("%d %s %s, by %s: up to %d", w.Seq, w.When.Format("15:04"), w.Witness, w.By, w.Entry)
	}
	for _, w := range s.inc.Stamps {
		s.sayf("%d %s stamped at %s by %s: up to %d", w.Seq, w.When.Format("15:04"), w.Time.Format("15:04"), w.Authority, w.Entry)
	}
	for _, w := range s.inc.Signatures {
		s.sayf("%d %s signed by %s: up to %d", w.Seq, w.When.Format("15:04"), w.By, w.Entry)
	}
}
