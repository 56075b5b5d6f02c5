package main

import (
	"strings"
	"testing"

	"muster/runbooks"
	"muster/state"
)

// TestImoByKeys: two people at two terminals walk the whole of the built-in drill by keys, with
// each key doing something and each entry meant by somebody; what is reported of it says what
// was so.
func TestImoByKeys(t *testing.T) {
	p := keysPlayed(t, "testdata/keys/imo-2020.txt", "Ada", "Ben")
	inc := p.inc()
	if n := len(inc.Exercise.Delivered); n != 26 {
		t.Errorf("%d messages came", n)
	}
	for _, in := range inc.Exercise.Delivered {
		if in.By != "Ada" || len(in.Acks) == 0 && in.To != state.Commander { // what she got she gave
			t.Errorf("message %d is delivered by %s, and acknowledged %d times", in.Number, in.By, len(in.Acks))
		}
	}
	settledByTwo(t, inc)
	says(t, p.run("export", "--format", "md"),
		"**Not true when it would have been sent**: **All services are back**",
		"2 in all | would have been sent; **that of entry 224 was not true when it would have been sent**; corrected by entry ",
		"| GDPR Art. 33: tell the authority | met, 2 d 22 h 5",
		"closed the incident with 1 thing open",
		`closed with 1 thing open** — "The review is on Monday"`,
		"IMODOCS documents verified; **Virtual Publications verified (known: restored), NOT TRUE**",
		"| All services are back, version 2 | public | Public website verified; GISIS database verified; IMODOCS documents verified; Virtual Publications verified |",
		"Governments wait; it opens from the publishers' desk",
		"kept: the next statement was entry 130, ", "and that was NOT TRUE then.",
		"| Virtual Publications | verified | restored |", "**NOT TRUE WHEN IT WOULD HAVE BEEN SENT** |",
	)
	for _, one := range inc.Notices {
		for _, v := range one.Versions {
			if len(v.Sent) > 0 && (v.Sent[0].By != "Ben" || v.By != "Ben" || one.Def.Approver != "" && v.ApprovedBy != "Ada") {
				t.Errorf("%s: written by %s, approved by %s, sent by %s", one.Def.Title, v.By, v.ApprovedBy, v.Sent[0].By)
			}
		}
	}
	says(t, p.run("sitrep"),
		"GDPR Art. 33: tell the authority: met 2026-11-24 10:27 +01:00, 2 d 22 h 5",
		"All services are back, version 2, would have been sent", "and that was NOT TRUE then", "kept: the next statement was entry 130",
		"5.7 Hold the review within 2 weeks: todo", "Virtual Publications: VERIFIED since 2026-11-24 11:4")
	after := p.run("drill", "report")
	says(t, after, "Statements that would have been sent: 7; **not true then: All services are back, version 1**. Overrides: 3.",
		"it says that Virtual Publications is verified, and nobody had verified it")
	if strings.Contains(after, "not true then: All services are back, version 2") {
		t.Error("the second is said not to be true")
	}
	says(t, p.run("status"), "59 done, 0 under way, 1 to do, 0 waiting, 0 blocked, 0 unconfirmed, 8 skipped, 0 failed, 6 not applicable")
	says(t, p.run("verify"), "integrity     GOOD", "consistency   GOOD")
}

// settledByTwo fails unless every step but the review is settled by somebody, and what asks for
// two people had two.
func settledByTwo(t *testing.T, inc *state.Incident) {
	t.Helper()
	two := 0
	for i := range inc.Steps {
		s := &inc.Steps[i]
		switch status := inc.Status(s); {
		case s.Empty, status == state.NotNeeded, s.ID == "lessons" && status == state.Todo:
		case s.Status == state.Skipped && s.By != "":
		case s.Status != state.Done || s.DoneBy == "":
			t.Errorf("%s is %s, by %q", s.Name(), s.Status, s.DoneBy)
		case s.Def.TwoPerson:
			two++
			if s.Confirmed == "" || s.Confirmed == s.DoneBy {
				t.Errorf("%s is done by %s and confirmed by %q", s.Name(), s.DoneBy, s.Confirmed)
			}
		case s.Def.Kind == runbooks.Restore && s.DoneBy != "Ben", s.Def.Kind == runbooks.Verify && s.DoneBy != "Ada":
			t.Errorf("%s is done by %s", s.Name(), s.DoneBy)
		}
	}
	if two != 6 {
		t.Errorf("%d steps had two people", two)
	}
}
