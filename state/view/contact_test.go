package view

import (
	"strconv"
	"testing"

	"muster/state"
)

// TestContactIsReachedIfACallReachedIt: not known if it is withheld who was called, and
// none of the calls that name it reached it.
func TestContactIsReachedIfACallReachedIt(t *testing.T) {
	s := story(t)
	facts(t, New(s.inc, Options{}), map[string]string{
		"contacts.cert.reached": "false", "contacts.cert.call_back": `"2026-11-24T03:25:00Z"`, "contacts.cert.calls.0.call_back": `"2026-11-24T03:25:00Z"`, "contacts.cert.calls.0.via": `"tel:+44"`, "contacts.cert.calls.0.outcome": `"call-back"`,
		"contacts.bank.reached": "true", "contacts.bank.calls.#": "1", "contacts.bank.call_back": "left out",
	})
	copied := s.without(func(seq uint64) state.Parts {
		if seq == 26 {
			return state.PartsOf(state.Names)
		}
		return 0
	})
	facts(t, New(copied, Options{}), map[string]string{"contacts.cert.reached": "null", "contacts.bank.reached": "true", "unnamed_calls.#": "1", "unnamed_calls.0.seq": "26"})
	withheld := strconv.Quote(state.WithheldText)
	facts(t, callBacksOf(copied), map[string]string{"0": `{"at":"2026-11-24T03:25:00Z","id":` + withheld + `,"title":` + withheld + `,"withheld":true}`, "#": "1"})
}

// TestEntryGivesItsOverrideApart: what was refused and why it was done all the same is
// no part of what it records, and is withheld with the entry.
func TestEntryGivesItsOverrideApart(t *testing.T) {
	s := story(t)
	e, err := EntryAt(s.inc, 6)
	if err != nil {
		t.Fatal(err)
	}
	facts(t, e, map[string]string{"what": `"done 1.1 Look at the alarm"`, "override": `{"of":["unticked"],"why":"not all asked"}`, "step": `"look"`, "step_number": `"1.1"`, "exercise": "false", "written": "left out"})
	amended, err := EntryAt(s.inc, 5)
	if err != nil {
		t.Fatal(err)
	}
	facts(t, amended, map[string]string{"text": `"three"`, "amended_by": "7", "written.text": `"two servers"`, "data.text": `"two servers"`})
	if got := JoinReasons([]state.Reason{"a", "b"}); got != "a, b" {
		t.Errorf("they are %q", got)
	}
	if got := Describe(s.inc, state.Entry{Data: &state.NoteAdded{Text: "one\n\ntwo\r\nthree"}, Frame: &state.Frame{}}); got != `note — "one two three"` {
		t.Errorf("it says %q", got)
	}
}
