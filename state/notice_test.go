package state_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"muster/state"
)

// A ledger writes the log of an incident, a minute an entry.
type ledger struct {
	t   testing.TB
	inc *state.Incident
	now time.Time
}

func newLedger(t testing.TB, book string) *ledger {
	l := &ledger{t: t, now: day}
	doc := state.Document{ID: "book", Source: "test", SHA256: state.Sum([]byte(book)), Text: book}
	l.do("Ada", state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: state.Live, Runbook: doc})
	return l
}

func (l *ledger) do(who string, command state.Command) uint64 {
	l.t.Helper()
	return l.act(who, state.Action{Command: command, Override: "test"})
}

// act does an action, a minute after the last.
func (l *ledger) act(who string, action state.Action) uint64 {
	l.t.Helper()
	l.now = l.now.Add(time.Minute)
	stamp := state.Stamp{By: state.Actor{Name: who, Via: "local"}, Recorded: l.now, Zone: "+00:00 UTC"}
	e, err := state.Decide(l.inc, action, stamp)
	if err != nil {
		l.t.Fatalf("%T: %v", action.Command, err)
	}
	e, _, err = state.Seal(e)
	if err != nil {
		l.t.Fatal(err)
	}
	if l.inc == nil {
		l.inc = new(state.Incident)
	}
	if err := l.inc.Apply(e); err != nil {
		l.t.Fatal(err)
	}
	return e.Seq
}

// towers has services that lean on each other.
const towers = `title = "Towers"
[[service]]
id = "power"
[[service]]
id = "disks"
depends_on = ["power"]
[[service]]
id = "files"
depends_on = ["disks", "sign-in"]
[[service]]
id = "sign-in"
depends_on = ["power"]
[[service]]
id = "web"
depends_on = ["files"]
[[service]]
id = "alone"
[[clock]]
id = "board"
within = "4h"
starts = "incident.opened"
[[clock]]
id = "final"
within = "1 month"
starts = "manual"
[[notice]]
id = "holding"
audience = "public"
next_update = "2h"
claims = ["web=affected"]
text = "The web is down."
[[notice]]
id = "update"
audience = "public"
text = "We are at it."
[[notice]]
id = "staff"
audience = "staff"
text = "Hold on."
[[phase]]
title = "One"
[[phase.step]]
title = "Look"
`

func TestHitBelow(t *testing.T) {
	for _, c := range []struct {
		name  string
		set   string // SERVICE=STATE …
		of    string
		below string
	}{
		{"nothing is hit", "", "web", ""},
		{"far below", "power=affected", "web", "power"},
		{"the nearest first", "power=affected files=shut-down disks=regressed sign-in=restored", "web", "files disks sign-in power"},
		{"suspect is not hit", "files=suspect", "web", ""},
		{"unaffected is not hit", "files=unaffected", "web", ""},
		{"restored is not yet good", "files=restored", "web", "files"},
		{"verified is", "files=verified", "web", ""},
		{"itself does not count", "web=affected", "web", ""},
		{"not upwards", "web=affected", "power", ""},
		{"alone", "power=affected web=affected", "alone", ""},
		{"no such service", "power=affected", "moon", ""},
	} {
		l := newLedger(t, towers)
		for _, pair := range strings.Fields(c.set) {
			service, known, _ := strings.Cut(pair, "=")
			l.do("Ada", state.SetService{Service: service, State: state.ServiceState(known), Why: "test"})
		}
		if got := strings.Join(l.inc.HitBelow(c.of), " "); got != c.below {
			t.Errorf("%s: below %s: %q, want %q", c.name, c.of, got, c.below)
		}
	}
}

func TestOverdue(t *testing.T) {
	l := newLedger(t, towers)
	due := l.inc.Clock("board").Due(time.UTC)
	names := func(now time.Time) string {
		var ids []string
		for _, c := range l.inc.Overdue(now, time.UTC) {
			ids = append(ids, c.ID)
		}
		return strings.Join(ids, " ")
	}
	if got := names(due.Add(-time.Second)); got != "" {
		t.Errorf("before it is due: %q", got)
	}
	if got := names(due); got != "board" {
		t.Errorf("when it is due: %q", got)
	}
	l.do("Ada", state.StartClock{Clock: "final", Why: "test"})
	if got := names(due.AddDate(0, 2, 0)); got != "board final" {
		t.Errorf("two months later: %q", got)
	}
	l.now = due
	l.do("Ada", state.MissClock{Clock: "board", Due: due})
	l.do("Ada", state.WaiveClock{Clock: "final", Why: "test"})
	if got := names(due.AddDate(0, 2, 0)); got != "" {
		t.Errorf("missed and waived: %q", got)
	}
}

// A promise of an update is kept by the next version, and by any other notice that
// the same audience gets; not by one to others.
func TestNextUpdate(t *testing.T) {
	l := newLedger(t, towers)
	say := func(id string) uint64 {
		l.do("Ada", state.DraftNotice{Notice: id})
		return l.do("Ada", state.SendNotice{Notice: id, Channel: "radio"})
	}
	promised := func(want time.Time) {
		t.Helper()
		if got := l.inc.Notice("holding").NextUpdate(l.inc); !got.Equal(want) {
			t.Errorf("promised for %s, want %s", got, want)
		}
	}
	promised(time.Time{})
	say("holding")
	promised(l.now.Add(2 * time.Hour))
	first := l.now
	say("staff")
	promised(first.Add(2 * time.Hour))
	say("update")
	promised(time.Time{})
	say("holding")
	promised(l.now.Add(2 * time.Hour))
}

func TestStaleNoticesAndDiffers(t *testing.T) {
	l := newLedger(t, towers)
	if _, differs := l.inc.Differs("web"); differs {
		t.Error("nothing was said, and it differs")
	}
	l.set("web=affected web=verified")
	l.do("Ada", state.DraftNotice{Notice: "holding", Text: "The web is back.", Claims: []state.Claim{{Service: "web", State: state.Verified}}})
	sent := l.do("Ada", state.SendNotice{Notice: "holding", Channel: "radio"})
	if _, differs := l.inc.Differs("web"); differs || len(l.inc.AmissNotices()) != 0 {
		t.Error("what was said holds, and is called stale")
	}
	l.set("web=regressed")
	found, differs := l.inc.Differs("web")
	if !differs || found.Seq != sent || found.Notice != "holding" || found.State != state.Verified || found.Known != state.Regressed {
		t.Errorf("%v %+v", differs, found)
	}
	if stale := l.inc.AmissNotices(); len(stale) != 1 || stale[0].ID != "holding" {
		t.Errorf("%d stale notices", len(stale))
	}
}

func TestEntriesSince(t *testing.T) {
	l := newLedger(t, towers)
	l.do("Ada", state.OpenSession{Program: "muster", Host: "jump"})
	note := l.do("Ada", state.AddNote{Text: "two"})
	wrong := l.do("Ada", state.AddNote{Text: "wrong"})
	l.do("Ada", state.RetractEntry{Seq: wrong, Why: "a slip"})
	more := "three"
	l.do("Ada", state.AmendEntry{Seq: note, Text: &more, Why: "counted again"})
	l.do("Ben", state.AddNote{Text: "last"})
	seqs := func(since uint64) []uint64 {
		var list []uint64
		for _, e := range l.inc.EntriesSince(since) {
			list = append(list, e.Seq)
		}
		return list
	}
	for _, c := range []struct {
		since uint64
		want  []uint64
	}{{0, []uint64{1, 3, 7}}, {1, []uint64{3, 7}}, {3, []uint64{7}}, {7, nil}, {99, nil}} {
		if got := seqs(c.since); !slices.Equal(got, c.want) {
			t.Errorf("since %d: %v, want %v", c.since, got, c.want)
		}
	}
	if e := l.inc.EntriesSince(1)[0]; e.Data.(*state.NoteAdded).Text != "three" {
		t.Errorf("the entry as it counts says %q", e.Data.(*state.NoteAdded).Text)
	}
	for _, c := range []struct {
		at   time.Time
		want uint64
	}{{day, 0}, {day.Add(time.Minute), 1}, {day.Add(150 * time.Second), 2}, {day.AddDate(1, 0, 0), 7}} {
		if got := l.inc.SeqAt(c.at); got != c.want {
			t.Errorf("the last entry at %s is %d, want %d", c.at, got, c.want)
		}
	}
}

// A log whose opening is withheld has no runbook; a notice in it can still be read.
func TestNoticeWithoutBooks(t *testing.T) {
	inc := new(state.Incident)
	draft := &state.NoticeDrafted{Notice: "holding", Title: "Holding", Version: 1, Text: "x", Basis: map[string]string{"attack": "no"}}
	sent := &state.NoticeSent{Notice: "holding", Version: 1, Text: "x", Channel: "radio"}
	for i, e := range []state.Entry{{Frame: &state.Frame{Withheld: state.AllParts}}, {Data: draft, Frame: &state.Frame{Kind: draft.Kind()}}, {Data: sent, Frame: &state.Frame{Kind: sent.Kind()}}} {
		e.Seq = uint64(i + 1)
		if err := inc.Apply(e); err != nil {
			t.Fatal(err)
		}
	}
	n := inc.Notice("holding")
	if text, claims := n.Draft(inc); text != "" || claims != nil {
		t.Errorf("a draft of %q, %v", text, claims)
	}
	if status := n.Status(inc); status != state.Unsure {
		t.Errorf("it is %s: what it rests on is not known any more", status)
	}
}
