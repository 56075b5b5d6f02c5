package state_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"muster/state"
)

// contradictions are what a log's entries contradict.
func contradictions(t interface {
	Helper()
	Fatal(...any)
}, log []state.Entry) []state.Contradiction {
	t.Helper()
	found, err := state.Contradictions(func(yield func(state.Entry, error) bool) {
		for _, e := range log {
			if !yield(e, nil) {
				return
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// TestContradictions changes one thing that an entry says of another, in a log that is
// right but for that: it is found, at that entry, and nothing else is.
func TestContradictions(t *testing.T) {
	book := `title = "Book"
[[role]]
id = "commander"
[[service]]
id = "web"
[[notice]]
id = "holding"
audience = "public"
approver = "commander"
[[phase]]
title = "One"
[[phase.step]]
id = "cut"
title = "Cut"
two_person = true
`
	l := newLedger(t, book)
	role := l.do("Ada", state.AssignRole{Role: "commander", Person: "Ada"})
	l.do("Ada", state.SetService{Service: "web", State: state.Affected, Why: "seen"})
	l.do("Ada", state.DraftNotice{Notice: "holding", Text: "The web is down.", Claims: []state.Claim{{Service: "web", State: state.Affected}}})
	approved := l.do("Ada", state.ApproveNotice{Notice: "holding"})
	sent := l.do("Ada", state.SendNotice{Notice: "holding", Channel: "press"})
	told := l.do("Ada", state.RecordWitness{Witness: "Counsel", How: "telephone"})
	signed := l.do("Ada", state.RecordSignature{Head: l.inc.Head.Hash, Fingerprint: "SHA256:abc", Namespace: "muster-head"})
	stamped := l.do("Ada", state.RecordStamp{Head: l.inc.Head.Hash, Time: l.now, Name: "x.tsr", SHA256: state.Sum([]byte("x")), Size: 1})
	l.do("Ada", state.DoStep{Step: "cut"})
	l.now = l.now.Add(time.Second)
	confirmed := l.do("Ben", state.ConfirmStep{Step: "cut"})
	amended := l.do("Ada", state.AmendEntry{Seq: role, Occurred: new(l.now.Add(-time.Hour)), Why: "it was earlier"})
	issued := l.do("Ada", state.IssueSitrep{To: "the board", Text: "The web is down."})
	other := state.Sum([]byte("another"))
	if found := contradictions(t, l.inc.Log); len(found) > 0 {
		t.Fatalf("a log that is right contradicts itself: %v", found)
	}
	for name, c := range map[string]struct {
		seq  uint64
		make func(e *state.Entry)
		want string
	}{
		"another head was told": {told, func(e *state.Entry) {
			e.Data = with(e.Data.(*state.HeadWitnessed), func(d *state.HeadWitnessed) { d.Head = other })
		},
			"is the head of entry 6, and that entry's head is"},
		"a head of what is to come": {told, func(e *state.Entry) {
			e.Data = with(e.Data.(*state.HeadWitnessed), func(d *state.HeadWitnessed) { d.Entry = 99 })
		},
			"entry 99, which did not stand in the log"},
		"another head was signed": {signed, func(e *state.Entry) {
			e.Data = with(e.Data.(*state.HeadSigned), func(d *state.HeadSigned) { d.Head = other })
		},
			"is the head of entry 7, and that entry's head is"},
		"another head was stamped": {stamped, func(e *state.Entry) {
			e.Data = with(e.Data.(*state.LogStamped), func(d *state.LogStamped) { d.Head = other })
		},
			"is the head of entry 8, and that entry's head is"},
		"another text was approved": {approved, func(e *state.Entry) {
			e.Data = with(e.Data.(*state.NoticeApproved), func(d *state.NoticeApproved) { d.SHA256 = other })
		},
			"The hash it gives for what was approved is not that of the text."},
		"another text was sent": {sent, func(e *state.Entry) {
			e.Data = with(e.Data.(*state.NoticeSent), func(d *state.NoticeSent) { d.Text = "All is well." })
		},
			"The hash it gives for what was sent is not that of the text."},
		"another text was sent, with its hash": {sent, func(e *state.Entry) {
			e.Data = with(e.Data.(*state.NoticeSent), func(d *state.NoticeSent) {
				d.Text, d.SHA256 = "All is well.", state.Sum([]byte("All is well."))
			})
		}, "What was sent is not the text of version 1."},
		"a head that never was": {sent, func(e *state.Entry) {
			e.Data = with(e.Data.(*state.NoticeSent), func(d *state.NoticeSent) { d.LogHead = other })
		},
			"the log never had that head"},
		"something else was known": {sent, func(e *state.Entry) {
			e.Data = with(e.Data.(*state.NoticeSent), func(d *state.NoticeSent) {
				d.Claims = slices.Clone(d.Claims)
				d.Claims[0].Known = state.Verified
			})
		}, "It says that web was known to be verified then, and the log had it as affected."},
		"another sitrep was issued": {issued, func(e *state.Entry) {
			e.Data = with(e.Data.(*state.SitrepIssued), func(d *state.SitrepIssued) { d.Text = "All is well." })
		},
			"The hash it gives for the sitrep is not that of the text."},
		"another runbook": {1, func(e *state.Entry) {
			e.Data = with(e.Data.(*state.IncidentOpened), func(d *state.IncidentOpened) { d.Runbook.SHA256 = other })
		},
			"The hash it gives for the runbook is not that of the text."},
		"another marking": {1, func(e *state.Entry) {
			e.Data = with(e.Data.(*state.IncidentOpened), func(d *state.IncidentOpened) { d.TLP = "CLEAR" })
		},
			"It says TLP:CLEAR, and the runbook says TLP:AMBER."},
		"a role that another held": {told, func(e *state.Entry) { e.By.Name = "Eve" },
			"It is written as commander by Eve, and the role was Ada's then."},
		"one person for two": {confirmed, func(e *state.Entry) { e.By.Name, e.By.Role, e.Override = "ADA", "", nil },
			"ADA confirms what Ada did, with no word on why."},
		"written before the one before": {told, func(e *state.Entry) { e.Recorded = e.Recorded.AddDate(0, 0, -10) },
			"The clock was set back by 239h59m0s between entries 6 and 7,"},
		"about what had not come": {told, func(e *state.Entry) { e.Occurred = e.Recorded.Add(time.Hour) },
			", before that."},
		"it corrects what is not there": {amended, func(e *state.Entry) {
			e.Data = with(e.Data.(*state.EntryAmended), func(d *state.EntryAmended) { d.Seq = 77 })
		},
			"It corrects entry 77, which did not stand in the log."},
	} {
		log := slices.Clone(l.inc.Log)
		log[c.seq-1].Own()
		c.make(&log[c.seq-1])
		found := contradictions(t, log)
		if len(found) != 1 || found[0].Seq != c.seq || !strings.Contains(found[0].What, c.want) {
			t.Errorf("%s, in entry %d: %+v; want %q", name, c.seq, found, c.want)
		}
	}
	// What is withheld contradicts nothing.
	for i := range l.inc.Log {
		for _, parts := range []state.Parts{state.PartsOf(state.Names), state.PartsOf(state.Notes), state.PartsOf(state.Names, state.Notes, state.Evidence, state.Procedure), state.AllParts} {
			log := slices.Clone(l.inc.Log)
			_, line, err := state.Seal(log[i])
			if err != nil {
				t.Fatal(err)
			}
			text, _, err := state.Withhold(line.Bytes, parts)
			if err != nil {
				t.Fatal(err)
			}
			if log[i], err = state.Decode(text); err != nil {
				t.Fatal(err)
			}
			if found := contradictions(t, log); len(found) > 0 {
				t.Errorf("entry %d without %v: %v", i+1, parts, found)
			}
		}
	}
}

// with is a copy of data, changed.
func with[T any](data *T, change func(*T)) *T {
	other := *data
	change(&other)
	return &other
}

// TestNoDecisionContradicts: whatever muster decides and writes contradicts nothing that
// stands in the log.
func TestNoDecisionContradicts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lived, _ := grow(t)
		for _, found := range contradictions(t, lived.Log) {
			if !strings.Contains(found.What, "The clock was set back by") { // the test's clock is set at will
				t.Fatalf("entry %d: %s", found.Seq, found.What)
			}
		}
	})
}

// TestAnAnswerIsNotOfWhatIsToCome: a time at which something was so, and that came only after
// its entry was written, contradicts it; a drill's story has times of its own.
func TestAnAnswerIsNotOfWhatIsToCome(t *testing.T) {
	book := `title = "Book"
[[phase]]
title = "One"
[[phase.step]]
id = "when"
title = "When"
ask = [{ id = "aware", prompt = "Aware", type = "time" }, { id = "relief", prompt = "Relieved", type = "time" }]
`
	l := newLedger(t, book)
	seq := l.do("Ada", state.AnswerStep{Step: "when", Values: map[string]string{"aware": l.now.Format(time.RFC3339), "relief": l.now.Add(time.Hour).Format(time.RFC3339)}})
	if found := contradictions(t, l.inc.Log); len(found) > 0 {
		t.Fatalf("the relief is to come: %v", found)
	}
	log := slices.Clone(l.inc.Log)
	e := &log[seq-1]
	e.Data = with(e.Data.(*state.StepAnswered), func(d *state.StepAnswered) {
		d.Values = map[string]string{"aware": e.Recorded.Add(21 * time.Hour).Format(time.RFC3339)}
	})
	if found := contradictions(t, log); len(found) != 1 || found[0].Seq != seq || !strings.Contains(found[0].What, "It says (aware) that something was so at ") {
		t.Errorf("aware after it was said: %v", found)
	}
	for i := range log {
		log[i].Mode = state.Drill
	}
	if found := contradictions(t, log); len(found) > 0 {
		t.Errorf("a drill's story has times of its own: %v", found)
	}
}

// TestNoEndBeforeWhatWasDone: an incident does not end before what was done in it, by its closing or
// by a correction of when that was, unless somebody says why.
func TestNoEndBeforeWhatWasDone(t *testing.T) {
	l := newLedger(t, "title = \"Book\"\n[[phase]]\ntitle = \"One\"\n[[phase.step]]\nid = \"look\"\ntitle = \"Look\"\nrequired = false\n")
	l.do("Ada", state.DoStep{Step: "look"})
	did := l.now
	mistaken := l.do("Ada", state.SetSeverity{Severity: "SEV1", Why: "worse"})
	l.do("Ada", state.AddNote{Text: "a note can follow the end"})
	end := state.Action{Command: state.CloseIncident{Summary: "over"}, Occurred: did.Add(-time.Minute)}
	r := l.refusal("Ada", end)
	if r == nil || !r.Overridable || r.Reason != state.Untrue || r.Field != "occurred" || !strings.Contains(r.Text, "entries 2, 3 happened after that") {
		t.Fatalf("closed before what was done: %+v", r)
	}
	l.do("Ada", state.RetractEntry{Seq: mistaken, Why: "not that one"})
	r = l.refusal("Ada", end)
	if r == nil || !strings.Contains(r.Text, "entry 2 happened after that, the last at "+did.Format("15:04")) {
		t.Fatalf("without what was retracted: %+v", r)
	}
	end.Occurred = did
	if r := l.refusal("Ada", end); r != nil {
		t.Fatalf("closed in the minute of the last act: %v", r)
	}
	end.Occurred, end.Override = did.Add(-time.Minute), "it was over then"
	closed := l.act("Ada", end)
	if found := contradictions(t, l.inc.Log); len(found) > 0 {
		t.Errorf("with a word on why: %v", found)
	}
	log := slices.Clone(l.inc.Log)
	log[closed-1].Override = &state.Override{Of: []state.Reason{state.StillOpen}, Why: "old logs have this"}
	if found := contradictions(t, log); len(found) != 1 || found[0].Seq != closed || !strings.Contains(found[0].What, "It says that the incident ended at "+end.Occurred.Format(time.RFC3339)+", and entry 2 happened after that.") {
		t.Errorf("with no word on it: %v", found)
	}
	amend := state.Action{Command: state.AmendEntry{Seq: closed, Occurred: new(did.Add(-2 * time.Minute)), Why: "earlier still"}}
	if r := l.refusal("Ada", amend); r == nil || r.Reason != state.Untrue {
		t.Errorf("amended to before what was done: %+v", r)
	}
}
