package state_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"muster/runbooks"
	"muster/state"
	"muster/state/statetest"
)

func TestFindStep(t *testing.T) {
	l := newLedger(t, asks)
	for ref, want := range map[string]string{"ask": "ask", "1.2": "decide", "DECIDE": "decide", " both ": "both", "bot": "both", "oth": "both"} {
		if s, err := l.inc.FindStep(ref); err != nil || s.ID != want {
			t.Errorf("%q is %v, %v", ref, s, err)
		}
	}
	for _, ref := range []string{"", "1.9", "moon"} {
		var refusal *state.Refusal
		if _, err := l.inc.FindStep(ref); !errors.As(err, &refusal) || refusal.Reason != state.NotFound {
			t.Errorf("%q: %v", ref, err)
		}
	}
}

// TestTally counts a step of every status once.
func TestTally(t *testing.T) {
	book := `title = "T"
[[service]]
id = "web"
[[phase]]
title = "One"
[[phase.step]]
id = "yes"
title = "Yes?"
kind = "decision"
options = [{ id = "y", title = "Y" }, { id = "n", title = "N" }]
`
	for _, id := range []string{"done", "skipped", "failed", "blocked", "active", "todo", "done2", "skipped2", "failed2", "blocked2"} {
		book += fmt.Sprintf("[[phase.step]]\nid = %q\ntitle = \"S\"\n", id)
	}
	book += `[[phase]]
title = "Two"
[[phase.step]]
id = "two"
title = "Two"
two_person = true
[[phase.step]]
id = "not"
title = "Not"
when = "yes=n"
[[phase.step]]
id = "wait"
title = "Wait"
needs = ["todo", "active", "blocked", "blocked2", "two"]
[[phase.step]]
id = "each"
title = "Each"
each = "affected"
kind = "shutdown"
`
	l := newLedger(t, book)
	if next := l.inc.Next(); next == nil || next.ID != "yes" {
		t.Errorf("the first is next, not %v", next)
	}
	l.do("Ada", state.AnswerStep{Step: "yes", Option: "y"})
	for _, n := range []string{"", "2"} {
		l.do("Ada", state.SkipStep{Step: "skipped" + n, Why: "x"})
		l.do("Ada", state.FailStep{Step: "failed" + n, Why: "x"})
		l.do("Ada", state.BlockStep{Step: "blocked" + n, On: "x"})
		l.do("Ada", state.DoStep{Step: "done" + n})
	}
	l.do("Ada", state.DoStep{Step: "two"})
	if next := l.inc.Next(); next == nil || next.ID != "active" {
		t.Errorf("what is to do is next, not %v", next)
	}
	l.do("Ada", state.StartStep{Step: "active"})
	l.do("Ada", state.StartStep{Step: "todo"})
	if next := l.inc.Next(); next == nil || next.ID != "active" {
		t.Errorf("the first that is under way is next, not %v", next)
	}
	l.do("Ada", state.ReopenStep{Step: "failed", Why: "x"})
	one := state.Tally{Total: 11, Done: 3, Skipped: 2, Failed: 1, Blocked: 2, Active: 2, Todo: 1}
	two := state.Tally{Total: 3, Unconfirmed: 1, NotNeeded: 1, Waiting: 1}
	all := state.Tally{Total: 14, Done: 3, Unconfirmed: 1, Skipped: 2, Failed: 1, NotNeeded: 1, Blocked: 2, Active: 2, Todo: 1, Waiting: 1}
	if got := l.inc.Tallies(); !slices.Equal(got, []state.Tally{one, two}) {
		t.Errorf("the phases have %+v", got)
	}
	if l.inc.Tally(0) != one || l.inc.Tally(1) != two || l.inc.Tally(-1) != all {
		t.Errorf("%+v, %+v, %+v", l.inc.Tally(0), l.inc.Tally(1), l.inc.Tally(-1))
	}
	for id, want := range map[string]string{
		"wait": "waits for 1.7, 1.6, 1.5, 2 more", "two": "done by Ada; another person must confirm", "not": "not applicable: yes is y",
		"skipped": "x", "blocked": "x", "failed2": "x", "done": "", "active": "", "each": "for each affected service: none so far",
	} {
		if got := l.inc.Because(l.inc.Step(id)); got != want {
			t.Errorf("%s is so because %q", id, got)
		}
	}
}

// TestUndoable: undo takes back one's own last entry that counts, and no other in its place.
func TestUndoable(t *testing.T) {
	l := newLedger(t, asks)
	if e, err := l.inc.Undoable("Ada"); err == nil {
		t.Errorf("the opening can be undone: %+v", e)
	}
	first := l.do("Ada", state.AddNote{Text: "one"})
	second := l.do("Ada", state.AddNote{Text: "two"})
	l.do("Ben", state.AddNote{Text: "three"})
	if e, err := l.inc.Undoable("Ada"); err != nil || e.Seq != second {
		t.Errorf("%+v, %v", e, err)
	}
	text := "uno"
	l.do("Ada", state.AmendEntry{Seq: first, Text: &text, Why: "x"})
	l.do("Ben", state.RetractEntry{Seq: second, Why: "x"})
	if e, err := l.inc.Undoable("Ada"); err != nil || e.Seq != second+2 {
		t.Errorf("an amendment can be undone: %+v, %v", e, err)
	}
	l.do("Ada", state.RetractEntry{Seq: second + 2, Why: "x"})
	if e, err := l.inc.Undoable("Ada"); err != nil || e.Seq != first || state.TextOf(e.Data) != "one" {
		t.Errorf("%+v, %v", e, err)
	}
	if _, err := l.inc.Undoable("Cleo"); err == nil {
		t.Error("who did nothing has nothing to undo")
	}
}

// TestRefusalsNameWhatHelps: what a refusal says in words can be done, and names of what: a step
// that is settled is opened again, one that waits for a step's question is answered there.
func TestRefusalsNameWhatHelps(t *testing.T) {
	l := newLedger(t, `title = "x"
[[contact]]
id = "cert"
title = "CERT"
reach = ["tel:+1"]
[[clock]]
id = "law"
title = "A law"
within = "1h"
starts = "manual"
[[notice]]
id = "word"
title = "A word"
text = "So."
[[phase]]
title = "P"
[[phase.step]]
id = "duties"
title = "List the duties"
ask = [{ id = "nis2", prompt = "Covered?", type = "bool" }]
[[phase.step]]
id = "warn"
title = "Warn"
when = "nis2=yes"
[[phase.step]]
id = "both"
title = "Both"
two_person = true
[[phase.step]]
id = "running"
title = "Running"
`)
	l.do("Ada", state.DoStep{Step: "both"})
	l.do("Ada", state.StartStep{Step: "running"})
	for _, c := range []struct {
		command state.Command
		act     state.Act
	}{
		{state.DoStep{Step: "warn"}, state.Act{Deed: state.DeedAnswer, Of: "1.1", Ask: "nis2"}},
		{state.StartStep{Step: "both"}, state.Act{Deed: state.DeedConfirm, Of: "1.3"}},
		{state.StartStep{Step: "running"}, state.Act{Deed: state.DeedDo, Of: "1.4"}},
		{state.MeetClock{Clock: "law", Why: "told"}, state.Act{Deed: state.DeedStartClock, Of: "law"}},
		{state.SendNotice{Notice: "word", Channel: "press"}, state.Act{Deed: state.DeedDraft, Of: "word"}},
		{state.AddContact{Title: "Cert", Reach: []string{"tel:+2"}, Contact: "other"}, state.Act{Deed: state.DeedAddWay, Of: "cert"}},
	} {
		stamp := state.Stamp{By: state.Actor{Name: "Ada", Via: "local"}, Recorded: l.now, Zone: "+00:00 UTC"}
		_, err := state.Decide(l.inc, state.Action{Command: c.command}, stamp)
		var refusal *state.Refusal
		if !errors.As(err, &refusal) || !slices.ContainsFunc(refusal.All(), func(r *state.Refusal) bool { return slices.Contains(r.Acts, c.act) }) {
			t.Errorf("%+v: %v, and not by %+v", c.command, err, c.act)
		}
	}
	l.do("Ben", state.ConfirmStep{Step: "both"})
	stamp := state.Stamp{By: state.Actor{Name: "Ada", Via: "local"}, Recorded: l.now, Zone: "+00:00 UTC"}
	if _, err := state.Decide(l.inc, state.Action{Command: state.StartStep{Step: "both"}}, stamp); !helps(err, state.Act{Deed: state.DeedReopenStep}) {
		t.Errorf("a settled step says %v", err)
	}
}

// helps reports whether a refusal says that an act would help; of any entry, if it names none.
func helps(err error, act state.Act) bool {
	var refusal *state.Refusal
	return errors.As(err, &refusal) && slices.ContainsFunc(refusal.Acts, func(a state.Act) bool {
		return a.Deed == act.Deed && (act.Seq == 0 || a.Seq == act.Seq)
	})
}

// TestUndoRefusesTheWorld: case B20. What happened outside is not undone, and nothing of a
// closed incident; the refusal says what corrects it. Taking it back as a mistake needs a
// word on why.
func TestUndoRefusesTheWorld(t *testing.T) {
	for name, c := range map[string]struct {
		command state.Command
		by      state.Deed
	}{
		"sitrep":  {state.IssueSitrep{To: "the board", Text: "Quiet."}, state.DeedIssueSitrep},
		"witness": {state.RecordWitness{Witness: "Counsel", How: "telephone"}, state.DeedWitness},
		"call":    {state.CallContact{Contact: "cert", Title: "CERT", Via: "tel:1", Outcome: state.Reached}, state.DeedAmend},
	} {
		l := newLedger(t, asks)
		l.do("Ada", state.AddNote{Text: "before"})
		seq := l.do("Ada", c.command)
		_, err := l.inc.Undoable("Ada")
		for _, act := range []state.Act{{Deed: c.by, Seq: seq}, {Deed: state.DeedRetract, Seq: seq}} {
			if !helps(err, act) {
				t.Errorf("%s: undo says %v, and not %v", name, err, act)
			}
		}
		action := state.Action{Command: state.RetractEntry{Seq: seq, Why: "it was typed twice"}}
		stamp := state.Stamp{By: state.Actor{Name: "Ada", Via: "local"}, Recorded: l.now, Zone: "+00:00 UTC"}
		var refusal *state.Refusal
		if _, err := state.Decide(l.inc, action, stamp); !errors.As(err, &refusal) || refusal.Reason != state.Happened || !refusal.Overridable {
			t.Errorf("%s: retracting it says %v", name, err)
		}
		action.Override = "nobody was told"
		if _, err := state.Decide(l.inc, action, stamp); err != nil {
			t.Errorf("%s: retracting it with a word says %v", name, err)
		}
	}
	l := newLedger(t, asks)
	note := l.do("Ada", state.AddNote{Text: "before"})
	severity := l.do("Ada", state.SetSeverity{Severity: "SEV4", Why: "small"})
	stamp := state.Stamp{By: state.Actor{Name: "Ada", Via: "local"}, Recorded: l.now, Zone: "+00:00 UTC"}
	closing, err := state.Decide(l.inc, state.Action{Command: state.CloseIncident{}, Override: "a test"}, stamp)
	if err != nil {
		t.Fatal(err)
	}
	closing, _, err = state.Seal(closing)
	if err == nil {
		err = l.inc.Apply(closing)
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.inc.Undoable("Ada"); !helps(err, state.Act{Deed: state.DeedAmend}) {
		t.Errorf("on a closed incident undo says %v", err)
	}
	if _, err := state.Decide(l.inc, state.Action{Command: state.RetractEntry{Seq: severity, Why: "x"}}, stamp); !helps(err, state.Act{Deed: state.DeedReopen}) {
		t.Errorf("on a closed incident the severity is taken back: %v", err)
	}
	if _, err := state.Decide(l.inc, state.Action{Command: state.RetractEntry{Seq: note, Why: "x"}}, stamp); err != nil {
		t.Errorf("a note could be written now, and is not taken back: %v", err)
	}
}

// TestAmendTime: an entry that is amended counts at the time it really happened.
func TestAmendTime(t *testing.T) {
	l := newLedger(t, asks)
	done := l.do("Ada", state.DoStep{Step: "both", Note: "x"})
	at := day.Add(-time.Hour).Add(300 * time.Millisecond)
	l.do("Ada", state.AmendEntry{Seq: done, Occurred: &at, Why: "it was earlier"})
	want := at.Truncate(time.Second)
	if s := l.inc.Step("both"); !s.Ended.Equal(want) {
		t.Errorf("done at %s, not %s", s.Ended, want)
	}
	e, _ := l.inc.Entry(done)
	if !e.Occurred.Equal(want) || !l.inc.Log[done-1].Occurred.IsZero() || l.inc.AmendedBy(done) != done+1 || state.TextOf(e.Data) != "x" {
		t.Errorf("%+v", e)
	}
	future := l.now.Add(time.Hour)
	if refusal := l.refusal("Ada", state.Action{Command: state.AmendEntry{Seq: done, Occurred: &future, Why: "x"}}); refusal == nil || refusal.Field != "occurred" {
		t.Errorf("%v", refusal)
	}
	if _, ok := l.inc.Entry(0); ok {
		t.Error("there is an entry 0")
	}
	if _, ok := l.inc.Entry(l.inc.Head.Seq + 1); ok {
		t.Error("there is an entry after the last")
	}
}

// TestHolds: what may be said of a service in each state it may be known to be in.
func TestHolds(t *testing.T) {
	may := map[state.ServiceState]string{ // claimed: the states in which that is true
		state.Restored: "verified", state.Verified: "verified",
		state.Affected:  "affected shut-down restoring restored regressed",
		state.Restoring: "restoring restored", state.UnknownState: "unknown unaffected suspect affected shut-down restoring restored verified regressed",
		state.Unaffected: "unaffected", state.Suspect: "suspect", state.ShutDown: "shut-down", state.Regressed: "regressed",
	}
	for _, known := range state.ServiceStates() {
		l := newLedger(t, towers)
		if known != state.UnknownState {
			l.do("Ada", state.SetService{Service: "web", State: known, Why: "x"})
		}
		for _, claimed := range state.ServiceStates() {
			got := l.inc.Known([]state.Claim{{Service: "web", State: claimed}})[0]
			want := slices.Contains(strings.Fields(may[claimed]), string(known))
			if got.Holds != want || got.Known != known || (got.Since == nil) != (known == state.UnknownState) {
				t.Errorf("it is %s, and one says %s: %+v", known, claimed, got)
			}
		}
	}
	l := newLedger(t, towers)
	if got := l.inc.Known([]state.Claim{{Service: "moon", State: state.Affected}})[0]; got.Known != state.UnknownState || got.Holds {
		t.Errorf("%+v", got)
	}
	for state, down := range map[state.ServiceState]bool{"suspect": false, "affected": true, "shut-down": true, "restoring": true, "restored": false, "verified": false, "regressed": true, "unaffected": false} {
		if state.Down() != down {
			t.Errorf("%s is down: %v", state, !down)
		}
	}
}

func TestMentions(t *testing.T) {
	l := newLedger(t, towers)
	claims := []state.Claim{{Service: "files", State: state.Affected}}
	if got := strings.Join(l.inc.Mentions("The WEB and the files and the disks.", claims), " "); got != "disks web" {
		t.Errorf("%q", got)
	}
	if got := l.inc.Mentions("Nothing.", nil); got != nil {
		t.Errorf("%v", got)
	}
}

// TestCorrects: a notice says which sendings it takes the place of.
func TestCorrects(t *testing.T) {
	l := newLedger(t, asks)
	l.do("Ada", state.DraftNotice{Notice: "first"})
	first := l.do("Ada", state.SendNotice{Notice: "first", Channel: "phone"})
	l.do("Ada", state.DraftNotice{Notice: "second"})
	second := l.do("Ada", state.SendNotice{Notice: "second", Channel: "phone"})
	l.do("Ada", state.DraftNotice{Notice: "second", Text: "Again."})
	third := l.do("Ada", state.SendNotice{Notice: "second", Channel: "phone"})
	sent := func(seq uint64) *state.NoticeSent { return l.inc.Log[seq-1].Data.(*state.NoticeSent) }
	if got := sent(second).Corrects; !slices.Equal(got, []uint64{first}) {
		t.Errorf("%v", got)
	}
	if got := sent(third).Corrects; !slices.Equal(got, []uint64{second, first}) {
		t.Errorf("%v", got)
	}
	if got := sent(first); got.Corrects != nil || got.How != "by hand" || got.Simulated || got.LogHead != l.inc.Log[first-2].Hash || got.SHA256 != state.Sum([]byte(got.Text)) {
		t.Errorf("%+v", got)
	}
}

// TestSecondBook: what a second runbook has stands under its prefix, with its own answers.
func TestSecondBook(t *testing.T) {
	l := newLedger(t, asks)
	second := "title = \"Second\"\n[[input]]\nid = \"org\"\nprompt = \"Whose?\"\n[[notice]]\nid = \"note\"\ntext = \"{{ .Answers.org }} here.\"\n[[phase]]\ntitle = \"P\"\n[[phase.step]]\nid = \"ask\"\ntitle = \"Ask {{ .Answers.org }}\"\n"
	l.do("Ada", state.AttachRunbook{Runbook: document("second", second), Why: "x"})
	l.do("Ada", state.AnswerInputs{Values: map[string]string{"org": "Ours", "second:org": "Theirs"}})
	if s := l.inc.Step("second:ask"); s == nil || s.Title != "Ask Theirs" || s.Number != "2.1" {
		t.Errorf("%+v", s)
	}
	if text, _ := l.inc.Notice("second:note").Draft(l.inc); text != "Theirs here." {
		t.Errorf("%q", text)
	}
	if s := l.inc.Step("ask"); l.inc.Render(s, "{{ .Answers.org }}{{") != "{{ .Answers.org }}{{" || l.inc.Render(s, "{{ .Answers.org }}") != "Ours" {
		t.Errorf("%q", l.inc.Render(s, "{{ .Answers.org }}"))
	}
	if seq := uint64(2); l.refusal("Ada", state.Action{Command: state.RetractEntry{Seq: seq, Why: "x"}}) != nil {
		t.Error("a runbook that nobody used can be taken back")
	}
	l.do("Ada", state.StartStep{Step: "second:ask"})
	if r := l.refusal("Ada", state.Action{Command: state.RetractEntry{Seq: 2, Why: "x"}}); r == nil || !strings.Contains(r.Text, "2.1 Ask Theirs has entries") {
		t.Errorf("%v", r)
	}
}

// TestManyServices: the copy of a step for a service keeps its letter, or its number
// when the letters are used up.
func TestManyServices(t *testing.T) {
	book := "title = \"Many\"\n"
	for i := range 28 {
		book += fmt.Sprintf("[[service]]\nid = \"s%d\"\ntitle = \"S\"\n", i)
	}
	book += "[[phase]]\ntitle = \"P\"\n[[phase.step]]\nid = \"look\"\ntitle = \"Look\"\neach = \"services\"\n"
	l := newLedger(t, book)
	for id, want := range map[string]string{"s0": "1.1a", "s25": "1.1z", "s26": "1.1.27", "s27": "1.1.28"} {
		if s := l.inc.Step("look/" + id); s == nil || s.Number != want {
			t.Errorf("%s has %+v", id, s)
		}
	}
}

// TestApplyInOrder: an entry follows the one before, or changes nothing.
func TestApplyInOrder(t *testing.T) {
	l := newLedger(t, asks)
	for _, seq := range []uint64{0, 1, 3} {
		e := state.Entry{Seq: seq, Data: &state.NoteAdded{Text: "x"}, Frame: &state.Frame{Kind: state.KindNoteAdded}}
		if err := l.inc.Apply(e); err == nil || l.inc.Head.Seq != 1 || len(l.inc.Log) != 1 {
			t.Errorf("entry %d was taken: %v", seq, err)
		}
	}
	broken := errors.New("broken")
	inc, err := state.Replay(func(yield func(state.Entry, error) bool) {
		_ = yield(l.inc.Log[0], nil) && yield(state.Entry{}, broken)
	})
	if !errors.Is(err, broken) || inc.Head.Seq != 1 {
		t.Errorf("%+v, %v", inc.Head, err)
	}
}

// TestLoad: a log is loaded from a store that only opens, as from one that loads.
func TestLoad(t *testing.T) {
	store, opening := statetest.NewMem(), statetest.Opening("a")
	log, err := store.Create(t.Context(), "a", opening)
	if err != nil {
		t.Fatal(err)
	}
	if err := log.Append(t.Context(), statetest.Note(statetest.Head(opening), "x")); err != nil {
		t.Fatal(err)
	}
	if _, inc, err := state.Load(t.Context(), store, "a", true); err != nil || inc.Head.Seq != 2 || inc.ID != "a" {
		t.Errorf("%v", err)
	}
	if _, _, err := state.Load(t.Context(), store, "b", true); !errors.Is(err, state.ErrNotFound) {
		t.Errorf("%v", err)
	}
}

// TestWords: lists that people choose from.
func TestWords(t *testing.T) {
	for got, want := range map[string]string{
		strings.Join(state.Ways(), ", "): "telephone, e-mail, paper, in person",
		fmt.Sprint(state.Outcomes()):     "[reached voicemail no-answer call-back]",
		fmt.Sprint(state.Ratings()):      "[P S M U]",
		state.SomeWhat.Title():           "performed with some challenges",
		state.Rating("X").Title():        "X",
	} {
		if got != want {
			t.Errorf("%q, not %q", got, want)
		}
	}
	var made []string
	for _, kind := range state.Kinds() {
		if state.FacilitatorKind(kind) {
			made = append(made, string(kind))
		}
	}
	if want := []string{"exercise.clock", "inject.delivered", "inject.held", "inject.skipped", "objective.rated", "observation.added"}; !reflect.DeepEqual(made, want) {
		t.Errorf("the facilitator makes %v", made)
	}
	ask := runbooks.Ask{Prompt: "Who?", Required: true}
	if text := state.CheckAnswer(ask, " "); text != "An answer is required: Who?" {
		t.Errorf("%q", text)
	}
	ask.Required = false
	if text := state.CheckAnswer(ask, ""); text != "" {
		t.Errorf("%q", text)
	}
	many := &state.Refusal{Text: "One.", Hint: "Do.", Also: []*state.Refusal{{Text: "Two.", Hint: "no"}}}
	if many.Error() != "One. Two. Do." {
		t.Errorf("%s", many.Error())
	}
}
