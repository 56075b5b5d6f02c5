package response_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"muster/runbooks"
	"muster/state"
	"muster/state/response"
)

func TestLooks(t *testing.T) {
	l := open(t, state.Live)
	if got := response.Checkable(l.inc); !slices.Equal(got, []string{"gisis", "docs"}) {
		t.Errorf("%v can be looked at", got)
	}
	if got := response.Checkable(open(t, state.Drill).inc); !slices.Equal(got, []string{"gisis", "docs", "phones"}) {
		t.Errorf("in a drill, whose scenario says what a look shows, %v can be looked at", got)
	}
	w := &world{down: map[string]bool{"docs": true}, blind: map[string]error{"phones": errors.New("no network")}}
	var said []string
	var lookout response.Lookout
	lookout.Ask(l.inc, []string{"gisis", "docs", "phones", "moon", "docs"}, true, l.now)
	lookout.Run(t.Context(), w, l, l.clock, func(look response.Look) {
		action, records := look.Action(l.inc, true)
		said = append(said, fmt.Sprint(look.Service, " ", records, " ", look.Err))
		if records && action.Command.(state.RecordCheck).Service != look.Service {
			t.Errorf("%+v", action)
		}
	})
	slices.Sort(said)
	want := []string{"docs true <nil>", "gisis true <nil>", "moon false <nil>", "phones false no network"}
	if !slices.Equal(said, want) {
		t.Errorf("%q", said)
	}
}

// TestNews: what was not asked for is recorded only if it is news.
func TestNews(t *testing.T) {
	l := open(t, state.Live)
	l.do(t, state.SetService{Service: "gisis", State: state.Affected, Why: "seen"})
	look := func(ok, asked, want bool) {
		t.Helper()
		action, records := response.Look{Service: "gisis", Seen: state.RecordCheck{OK: ok, What: "a look"}}.Action(l.inc, asked)
		if records && action.Own == asked {
			t.Errorf("asked: %v: the program's own: %v", asked, action.Own)
		}
		if records != want {
			t.Errorf("ok: %v, asked: %v: recorded %v", ok, asked, records)
		}
		if records {
			l.do(t, action.Command)
		}
	}
	look(true, false, true) // the first
	look(true, false, false)
	look(true, true, true)
	look(false, false, true)
	look(false, false, false)
	l.do(t, state.SetService{Service: "gisis", State: state.Restored, Why: "rebuilt"})
	look(false, false, true) // it is said to be back
	look(false, false, false)
	if got := response.Announced(l.inc); got != nil {
		t.Errorf("%v was announced by nobody", got)
	}
	l.do(t, state.SetService{Service: "gisis", State: state.Restored, Why: "rebuilt"})
	l.do(t, state.DraftNotice{Notice: "staff", Text: "Back.", Claims: []state.Claim{{Service: "gisis", State: state.Restored}, {Service: "docs", State: state.Unaffected}}})
	if _, err := l.Do(t.Context(), state.Action{Command: state.SendNotice{Notice: "staff", Channel: "mail", How: "mail"}, Override: "so"}); err != nil {
		t.Fatal(err)
	}
	if got := response.Announced(l.inc); !slices.Equal(got, []string{"gisis"}) {
		t.Errorf("%v was announced", got)
	}
}

// crowd is a world that counts how many look at once.
type crowd struct {
	world
	now, most atomic.Int32
	meet      chan struct{} // closed once as many look as may
	full      sync.Once
}

func (c *crowd) Check(context.Context, *state.Incident, string) (state.RecordCheck, error) {
	now := c.now.Add(1)
	if now > c.most.Load() {
		c.most.Store(now)
	}
	if now == response.LooksAtOnce {
		c.full.Do(func() { close(c.meet) })
	}
	<-c.meet
	c.now.Add(-1)
	return state.RecordCheck{OK: true}, nil
}

func TestLooksAtOnce(t *testing.T) {
	l := open(t, state.Live)
	var services []string
	for i := range 2*response.LooksAtOnce - 1 {
		services = append(services, fmt.Sprint("s", i))
	}
	w := &crowd{meet: make(chan struct{})}
	seen := 0
	var lookout response.Lookout
	lookout.Ask(l.inc, services, true, l.now)
	lookout.Run(t.Context(), w, l, l.clock, func(response.Look) { seen++ })
	if seen != len(services) || w.most.Load() != response.LooksAtOnce {
		t.Errorf("%d seen, %d at once", seen, w.most.Load())
	}
	lookout.Run(t.Context(), w, l, l.clock, func(response.Look) { t.Error("saw something") })
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	lookout.Ask(l.inc, services, true, l.now)
	lookout.Run(ctx, &world{}, l, l.clock, func(response.Look) { t.Error("looked after the end") })
}

func TestMissed(t *testing.T) {
	l := open(t, state.Live)
	if got := response.Missed(l.inc, l.now.Add(119*time.Minute)); got != nil {
		t.Errorf("%v", got)
	}
	l.now = l.now.Add(3 * time.Hour)
	l.fails = []error{state.ErrNotSaved}
	if err := response.RecordMissed(t.Context(), l, l.now); !errors.Is(err, state.ErrNotSaved) {
		t.Errorf("%v", err)
	}
	l.before = func(l *ledger, action state.Action) { l.do(t, action.Command) } // somebody else is faster
	before := l.inc.Head.Seq
	for range 2 {
		if err := response.RecordMissed(t.Context(), l, l.now); err != nil {
			t.Fatal(err)
		}
	}
	if l.inc.Head.Seq != before+1 || l.inc.Clock("law").Missed == 0 {
		t.Errorf("%d entries", l.inc.Head.Seq-before)
	}
}

func TestCallList(t *testing.T) {
	l := open(t, state.Live)
	list := response.CallList(l.inc, []response.Contact{
		{ID: "lawyer", Reach: []response.Way{{Text: "tel:9"}}},
		{ID: "cert", Title: "Jo", Reach: []response.Way{{Text: "signal:2"}, {Text: "tel:3"}}, Note: "likes facts"},
	})
	cert, lawyer := &list[0], &list[1]
	if cert.Title != "Jo" || cert.Hours != "24 h" || cert.Note != "likes facts" || len(cert.Reach) != 3 || cert.Reach[0].Text != "signal:2" || cert.Reach[2].Private || cert.Known == nil {
		t.Errorf("%+v", cert)
	}
	if lawyer.Title != "lawyer" || lawyer.Known != nil || !lawyer.Reach[0].Private {
		t.Errorf("%+v", lawyer)
	}
	for _, c := range []struct{ given, want string }{
		{"1", "signal"}, {"2", "tel"}, {"3", "tel:1"}, {"signal:2", "signal"}, {"tel:1", "tel:1"}, {"in person", "in person"}, {"", ""}, {"112", "112"}, {"7 times", "7 times"},
	} {
		call, err := cert.Call(state.CallContact{Via: c.given, Title: "Jo's name", Note: "n", Outcome: state.Reached})
		if err != nil || call.Via != c.want || call.Contact != "cert" || call.Title != "" || call.Note != "n" {
			t.Errorf("by %q: the log gets %+v, want %q", c.given, call, c.want)
		}
	}
	for _, no := range []string{"0", "4", "9"} {
		if _, err := cert.Call(state.CallContact{Via: no, Outcome: state.Reached}); err == nil || err.Error() != "There is no way "+no+". The ways are 1 (signal:2), 2 (tel:3), 3 (tel:1). Any other is said in words." {
			t.Errorf("by %s: %v", no, err)
		}
	}
	if _, err := response.CallUnlisted(state.CallContact{Via: "7", Outcome: state.Reached}); err == nil {
		t.Error("somebody in no list was called by the seventh way")
	}
	if call, err := lawyer.Call(state.CallContact{Via: "1", Outcome: state.Reached}); err != nil || call.Title != "lawyer" || call.Via != "tel" {
		t.Errorf("%+v", call)
	}
}

func TestBeginning(t *testing.T) {
	l := open(t, state.Live)
	text := func(begin func(*state.Incident, *state.Notice) (string, []state.Claim), notice string) string {
		words, _ := begin(l.inc, l.inc.Notice(notice))
		return strings.TrimSpace(words)
	}
	is := func(notice, beginning, afresh string) {
		t.Helper()
		if got := text(response.Beginning, notice); got != beginning {
			t.Errorf("%s begins with %q, not %q", notice, got, beginning)
		}
		if got := text(response.Afresh, notice); got != afresh {
			t.Errorf("%s afresh is %q, not %q", notice, got, afresh)
		}
	}
	is("staff", "The template.", "The template.")
	l.do(t, state.DraftNotice{Notice: "staff", Text: "Mine."})
	l.do(t, state.DraftNotice{Notice: "press", Text: "Ours."})
	is("staff", "Mine.", "The template.")
	is("press", "Ours.", "Ours.")
	for _, notice := range []string{"staff", "press"} {
		l.do(t, state.SendNotice{Notice: notice, Channel: "mail", How: "mail"})
	}
	is("staff", "Mine.", "The template.")
	is("press", "Ours.", "Ours.")
	l.do(t, state.DraftNotice{Notice: "staff"})
	l.do(t, state.SendNotice{Notice: "staff", Channel: "telephone"})
	is("staff", "The template.", "The template.")
}

// TestCorrection: what is out and does not hold, or is not known to, is put right by the runbook's
// own notice for that while it is not begun, else by the same anew; what holds, by none.
func TestCorrection(t *testing.T) {
	l := open(t, state.Live)
	is := func(want string) {
		t.Helper()
		got := ""
		if n := response.Correction(l.inc, l.inc.Notice("staff")); n != nil {
			got = n.ID
		}
		if got != want {
			t.Errorf("after entry %d it is %q, not %q", l.inc.Head.Seq, got, want)
		}
	}
	is("")
	l.do(t, state.DraftNotice{Notice: "staff", Text: "GISIS is well.", Claims: []state.Claim{{Service: "gisis", State: state.Unaffected}}})
	is("")
	if _, err := l.Do(t.Context(), state.Action{Command: state.SendNotice{Notice: "staff", Channel: "mail"}, Override: "a test"}); err != nil {
		t.Fatal(err)
	}
	is("staff") // nobody has looked
	l.do(t, state.SetService{Service: "gisis", State: state.Unaffected, Why: "looked"})
	is("")
	l.do(t, state.SetService{Service: "gisis", State: state.Affected, Why: "seen"})
	is("staff")
	l.inc.Notice("press").Def.Corrects = []string{"staff"}
	is("press")
	l.do(t, state.DraftNotice{Notice: "press", Text: "It is not."})
	is("staff")
}

func TestTakeRole(t *testing.T) {
	l := open(t, state.Live)
	draw := func(inc *state.Incident, since uint64) (string, error) {
		return fmt.Sprintf("since %d: %s commands", since, inc.Role("commander").Person), nil
	}
	if _, err := response.TakeRole(t.Context(), l, "commander", state.Action{}, draw); err == nil {
		t.Error("a role was taken that nobody gave")
	}
	l.do(t, state.AssignRole{Role: "commander", Person: "Ben"})
	l.do(t, state.IssueSitrep{To: "all", Text: "x"})
	issued := l.inc.Head.Seq
	l.person = "Ben"
	l.do(t, state.HandRole{Role: "commander", To: "Ada"})
	l.person = "Ada"
	taken, err := response.TakeRole(t.Context(), l, "commander", state.Action{}, draw)
	if err != nil || taken.Incident.Role("commander").Person != "Ada" || taken.Since != issued || taken.Unkept != nil {
		t.Errorf("%+v, %v", taken, err)
	}
	kept, _, err := state.IssuedSitrep(taken.Incident, 0)
	if want := fmt.Sprintf("since %d: Ada commands", issued); err != nil || kept.Text != want || taken.Sitrep != want || kept.To != "Ada" || kept.SHA256 != state.Sum([]byte(want)) {
		t.Errorf("the log keeps %+v, %v", kept, err)
	}
	if taken.Incident.Sitrep != issued {
		t.Errorf("what the new commander was told moves the next report to others from %d to %d", issued, taken.Incident.Sitrep)
	}
}

// TestTakeRoleUnkept: the role is taken though its sitrep cannot be drawn or kept, and
// that is said.
func TestTakeRoleUnkept(t *testing.T) {
	for name, text := range map[string]string{"too long": strings.Repeat("x", state.MaxSitrep+1), "not drawn": ""} {
		l := open(t, state.Live)
		l.do(t, state.AssignRole{Role: "commander", Person: "Ada"})
		l.do(t, state.HandRole{Role: "commander", To: "Ben"})
		l.person = "Ben"
		taken, err := response.TakeRole(t.Context(), l, "commander", state.Action{}, func(*state.Incident, uint64) (string, error) {
			if text == "" {
				return "", errors.New("no paper")
			}
			return text, nil
		})
		if err != nil || taken.Unkept == nil || taken.Incident.Role("commander").Person != "Ben" {
			t.Errorf("%s: %v, unkept %v", name, err, taken.Unkept)
		}
	}
}

// TestDocument: case A5. A runbook's source is worded once, and an own file keeps its
// layer.
func TestDocument(t *testing.T) {
	for _, c := range []struct{ layer, path, want string }{
		{"built in", "account-compromise.toml", "built in"},
		{"yours", "/home/ada/.config/muster/runbooks/x.toml", "yours /home/ada/.config/muster/runbooks/x.toml"},
		{"/srv/books", "/srv/books/x.toml", "/srv/books/x.toml"},
		{"file", "x.toml", "file x.toml"},
		{"yours", "", "yours"},
	} {
		source := &runbooks.Source{Head: runbooks.Head{ID: "x", Layer: c.layer, Path: c.path}, Text: []byte("title = 7")}
		doc := response.AttachRunbook(source, "", "worse").Runbook
		if doc.Source != c.want || doc.ID != "x" || doc.Text != "title = 7" || doc.SHA256 != state.Sum(source.Text) {
			t.Errorf("%s %s: %+v, want %s", c.layer, c.path, doc, c.want)
		}
	}
}

func TestDeliver(t *testing.T) {
	const text = `title = "Story"
runbook = "towers"
[[inject]]
id = "call"
at = "+0:05"
from = "Desk"
to = "all"
via = "phone"
text = "It burns."
attachments = [{ name = "a.txt", text = "HTTP 502" }]
[[inject]]
id = "mail"
at = "+0:06"
from = "Desk"
to = "all"
via = "mail"
text = "It still burns."
[[inject]]
id = "late"
at = "+1:00"
from = "Desk"
to = "all"
via = "mail"
text = "Over."
`
	scenario, problems := runbooks.ParseScenario("story.toml", []byte(text))
	if problems.HasErrors() {
		t.Fatal(problems)
	}
	l := open(t, state.Drill)
	l.do(t, state.SetExercise{Do: state.ExerciseStart})
	l.now = l.now.Add(10 * time.Minute)
	l.before = func(l *ledger, action state.Action) { l.do(t, action.Command) } // somebody delivers the first meanwhile
	var seen []string
	var queue response.InjectQueue
	each := func(inc *state.Incident) error {
		seen = append(seen, inc.Exercise.Delivered[len(inc.Exercise.Delivered)-1].Inject)
		return nil
	}
	if err := queue.Deliver(t.Context(), l, scenario, l.now, each); err != nil || !slices.Equal(seen, []string{"mail"}) {
		t.Errorf("%v, %v", seen, err)
	}
	if d := l.inc.Exercise.Delivery("call"); d == nil || len(d.Files) != 1 || d.Files[0].SHA256 != state.Sum([]byte("HTTP 502")) {
		t.Errorf("%+v", d)
	}
	if wait := response.UntilNext(l.inc, scenario, l.now); wait != time.Minute {
		t.Errorf("%v", wait)
	}
	l.now = l.now.Add(49*time.Minute + 30*time.Second)
	if wait := response.UntilNext(l.inc, scenario, l.now); wait != 30*time.Second {
		t.Errorf("%v", wait)
	}
	l.now = l.now.Add(time.Minute)
	stop := errors.New("stop")
	if err := queue.Deliver(t.Context(), l, scenario, l.now, func(*state.Incident) error { return stop }); err != stop {
		t.Error(err)
	}
	scenario.Injects[0].Attachments[0].Name = "bad"
	if _, err := response.Deliver(t.Context(), l, &scenario.Injects[0], true); err == nil {
		t.Error("delivered without its attachment")
	}
	if _, err := l.Do(t.Context(), state.Action{Command: state.CloseIncident{Summary: "over"}, Override: "enough"}); err != nil {
		t.Fatal(err)
	}
	if err := queue.Deliver(t.Context(), l, scenario, l.now.Add(time.Hour), each); err != nil {
		t.Error(err)
	}
	if _, err := response.Deliver(t.Context(), l, &scenario.Injects[1], true); !response.Overtaken(err) {
		t.Error(err)
	}
}

// TestUndo: what is undone is one's own last entry, and why is the same wherever nothing
// else is said.
func TestUndo(t *testing.T) {
	l := open(t, state.Live)
	l.do(t, state.AddNote{Text: "wrong"})
	entry, command, err := response.Undo(l.inc, "Ada", "")
	if err != nil || entry.Seq != l.inc.Head.Seq || command != (state.RetractEntry{Seq: entry.Seq, Why: "undo"}) {
		t.Errorf("%+v, %+v, %v", entry, command, err)
	}
	if _, command, _ = response.Undo(l.inc, "Ada", "a slip"); command.Why != "a slip" {
		t.Errorf("%+v", command)
	}
	var refusal *state.Refusal
	if _, _, err := response.Undo(l.inc, "Cleo", ""); !errors.As(err, &refusal) || refusal.Reason != state.NotFound {
		t.Errorf("Cleo undoes: %v", err)
	}
}
