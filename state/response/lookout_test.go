package response_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"muster/runbooks"
	"muster/state"
	"muster/state/response"
)

// TestLookout: a service waits or is looked at once, however often it is asked for; so many
// are looked at at the same time; and what was seen last is known.
func TestLookout(t *testing.T) {
	l := open(t, state.Live)
	var lookout response.Lookout
	if first := lookout.Ask(l.inc, []string{"gisis", "docs", "phones", "gisis", "moon", "sun"}, true, l.now); first != nil {
		t.Errorf("asks first about %v", first)
	}
	turns := lookout.Next()
	if len(turns) != response.LooksAtOnce || turns[0] != (response.Turn{Service: "gisis", Asked: true}) || len(lookout.Next()) != 0 {
		t.Fatalf("%v", turns)
	}
	if last := lookout.Last("gisis"); !last.Pending || !last.Began.Equal(l.now) || !last.When.IsZero() {
		t.Errorf("%+v", last)
	}
	lookout.Ask(l.inc, []string{"gisis", "sun"}, true, l.now) // both are asked for already
	l.now = l.now.Add(time.Second)
	look := lookout.Take(turns[0], state.RecordCheck{OK: true, Detail: "200"}, nil, l.now)
	if look.Service != "gisis" || !look.Seen.OK || lookout.Last("gisis") != (response.LastLook{When: l.now, Began: l.now, OK: true, Detail: "200"}) {
		t.Errorf("%+v, %+v", look, lookout.Last("gisis"))
	}
	if next := lookout.Next(); !slices.Equal(next, []response.Turn{{Service: "sun", Asked: true}}) {
		t.Errorf("then %v", next)
	}
	blind := errors.New("no network")
	lookout.Take(turns[1], state.RecordCheck{}, blind, l.now)
	if last := lookout.Last("docs"); last.Err != blind || last.Pending || last.OK {
		t.Errorf("%+v", last)
	}
	if len(lookout.Next()) != 0 || lookout.Last("mars") != (response.LastLook{}) {
		t.Error("something is looked at that nobody asked for")
	}
}

// TestLookoutEnds: looks that a person ends have seen nothing; what was seen before stands.
func TestLookoutEnds(t *testing.T) {
	l := open(t, state.Live)
	var lookout response.Lookout
	if lookout.End() {
		t.Error("something was ended, and nothing was asked for")
	}
	lookout.Ask(l.inc, []string{"docs"}, true, l.now)
	lookout.Take(lookout.Next()[0], state.RecordCheck{OK: true, Detail: "200"}, nil, l.now)
	seen := lookout.Last("docs")
	lookout.Ask(l.inc, []string{"docs", "gisis", "moon", "sun", "mars"}, true, l.now)
	turns := lookout.Next()
	if !lookout.End() || lookout.Last("mars").Pending || len(lookout.Next()) > 0 {
		t.Error("what waits for its turn was not ended")
	}
	ctx, end := context.WithCancel(t.Context())
	end()
	w := &world{down: map[string]bool{"docs": true}}
	what, err := response.LookAt(ctx, w, l.inc, "docs")
	if err == nil || what.OK || what.Detail != "" {
		t.Errorf("a look that was ended has seen %+v, %v", what, err)
	}
	for _, turn := range turns {
		look := lookout.Take(turn, what, err, l.now)
		if _, records := look.Action(l.inc, true); records {
			t.Errorf("of %s something is recorded", turn.Service)
		}
	}
	if lookout.Last("docs") != seen || lookout.Last("gisis").Pending || lookout.Last("gisis").Err != nil {
		t.Errorf("left is %+v, and was %+v; %+v", lookout.Last("docs"), seen, lookout.Last("gisis"))
	}
	if lookout.End() {
		t.Error("something was ended twice")
	}
	if what, err := response.LookAt(t.Context(), w, l.inc, "docs"); err != nil || what.OK {
		t.Errorf("a look at what is down: %+v, %v", what, err)
	}
}

// TestLookoutAsksFirst: what is private is looked at only after a person said yes, whether
// that is known before or turns out while looking; by itself it is never asked about.
func TestLookoutAsksFirst(t *testing.T) {
	l := open(t, state.Live)
	inc := l.inc.Clone()
	inc.Service("phones").Def = &runbooks.Service{ID: "phones", Check: runbooks.Check{TCP: "10.1.2.3:22"}}
	l.inc = inc
	var lookout response.Lookout
	if first := lookout.Ask(l.inc, []string{"phones", "docs"}, false, l.now); first != nil {
		t.Errorf("by itself it asks about %v", first)
	}
	first := lookout.Ask(l.inc, []string{"phones", "gisis"}, true, l.now)
	if len(first) != 1 || first[0].Service != "phones" {
		t.Fatalf("it asks about %v", first)
	}
	turns := lookout.Next()
	if fmt.Sprint(turns) != "[{docs false} {gisis true}]" {
		t.Fatalf("%v", turns)
	}
	inside := fmt.Errorf("it leads inside: %w", &state.PrivateError{Target: "10.0.0.1:443"})
	lookout.Take(turns[1], state.RecordCheck{}, inside, l.now)
	if led := lookout.Led(); led != nil {
		t.Errorf("while one is looked at it asks about %v", led)
	}
	lookout.Take(turns[0], state.RecordCheck{}, inside, l.now)
	led := lookout.Led()
	if len(led) != 1 || led[0].Service != "gisis" || lookout.Led() != nil {
		t.Errorf("it asks about %v", led)
	}
	if last := lookout.Last("docs"); last.Led != "10.0.0.1:443" || last.Err != nil || lookout.Unallowed(l.inc, "docs") != "10.0.0.1:443" {
		t.Errorf("%+v", last)
	}
	if lookout.Ask(l.inc, []string{"docs"}, false, l.now); len(lookout.Next()) != 0 {
		t.Error("by itself it looks at what led inside")
	}
	l.do(t, response.Allow(append(first, led...)))
	if lookout.Unallowed(l.inc, "gisis") != "" || lookout.Ask(l.inc, []string{"phones", "gisis"}, true, l.now) != nil || len(lookout.Next()) != 2 {
		t.Error("what is allowed is not looked at")
	}
}

// TestLookoutDue: what was announced as restored is looked at again every LookAgain, and
// not while a look is under way.
func TestLookoutDue(t *testing.T) {
	l := open(t, state.Live)
	l.do(t, state.SetService{Service: "gisis", State: state.Affected, Why: "seen"})
	var lookout response.Lookout
	if due := lookout.Due(l.inc, l.now); due != nil {
		t.Errorf("%v is due, and nothing was announced", due)
	}
	l.do(t, state.SetService{Service: "gisis", State: state.Restored, Why: "rebuilt"})
	l.do(t, state.DraftNotice{Notice: "staff", Text: "Back.", Claims: []state.Claim{{Service: "gisis", State: state.Restored}}})
	if _, err := l.Do(t.Context(), state.Action{Command: state.SendNotice{Notice: "staff", Channel: "mail", How: "mail"}, Override: "so"}); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		due := lookout.Due(l.inc, l.now)
		if !slices.Equal(due, []string{"gisis"}) {
			t.Fatalf("%v is due", due)
		}
		lookout.Ask(l.inc, due, false, l.now)
		if due := lookout.Due(l.inc, l.now.Add(time.Hour)); due != nil {
			t.Errorf("%v is due while it is looked at", due)
		}
		lookout.Take(lookout.Next()[0], state.RecordCheck{OK: true}, nil, l.now)
		if due := lookout.Due(l.inc, l.now.Add(response.LookAgain-1)); due != nil {
			t.Errorf("%v is due too soon", due)
		}
		l.now = l.now.Add(response.LookAgain)
	}
}

// TestInjectQueue: an inject comes by itself once: not while it is on its way, and not again
// after a refusal, but if a person wants it.
func TestInjectQueue(t *testing.T) {
	scenario, problems := runbooks.ParseScenario("story.toml", []byte(`title = "Story"
runbook = "towers"
[[inject]]
id = "call"
at = "+0:05"
from = "Desk"
to = "all"
via = "phone"
text = "It burns."
`))
	if problems.HasErrors() {
		t.Fatal(problems)
	}
	l := open(t, state.Drill)
	l.do(t, state.SetExercise{Do: state.ExerciseStart})
	var queue response.InjectQueue
	due := func(want int, when string) {
		t.Helper()
		if got := queue.Due(l.inc, scenario, l.now); len(got) != want {
			t.Errorf("%s: %d are due", when, len(got))
		}
	}
	due(0, "at the start")
	l.now = l.now.Add(6 * time.Minute)
	due(1, "when it has fallen due")
	if queue.Due(l.inc, nil, l.now) != nil {
		t.Error("without a scenario something is due")
	}
	queue.Begin("call")
	due(0, "on its way")
	if !queue.OnItsWay("call") || queue.OnItsWay("mail") {
		t.Error("it is not known to be on its way")
	}
	queue.End("call", true, state.ErrNotSaved)
	due(1, "not saved")
	for _, faster := range []state.Reason{state.AlreadySo, state.Closed} {
		queue.Begin("call")
		queue.End("call", true, &state.Refusal{Reason: faster, Text: "x"})
		due(1, string(faster))
	}
	refusal := &state.Refusal{Reason: state.Invalid, Text: "It is too long."}
	queue.Begin("call")
	queue.End("call", false, refusal)
	due(1, "refused to a person, who saw it")
	queue.Begin("call")
	queue.End("call", true, refusal)
	due(0, "refused by itself")
	if queue.Failed("call") != refusal.Text || queue.OnItsWay("call") {
		t.Errorf("it failed because %q", queue.Failed("call"))
	}
	queue.Forget("call")
	due(1, "to be tried again")
}

// TestRunning: which open incident a second start may mean is said by the runbook's id;
// two runbooks may have one title, and one runbook two titles.
func TestRunning(t *testing.T) {
	open := response.Head{ID: "open", Mode: state.Live, Runbook: "Ransomware", RunbookID: "ransomware"}
	retitled, other, drill, closed, damaged, unknown := open, open, open, open, open, open
	retitled.ID, retitled.Runbook = "retitled", "Ransomware or an intruder"
	other.RunbookID = "ours"
	drill.Mode = state.Drill
	closed.Closed = morning
	damaged.Err = errors.New("damaged")
	unknown.RunbookID = ""
	heads := []response.Head{other, open, drill, closed, damaged, unknown, retitled}
	if got := response.Running(heads, "ransomware"); len(got) != 2 || got[0].ID != "open" || got[1].ID != "retitled" {
		t.Errorf("%+v", got)
	}
	if got := response.Running(heads, ""); got != nil {
		t.Errorf("of a runbook without an id: %+v", got)
	}
}
