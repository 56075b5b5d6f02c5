package state_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"muster/state"
)

// withhold goes on with a copy of the whole log: "withhold notes,names" is without
// those parts, "withhold facts 7 9" without all of two entries, "withhold nothing" is
// the log itself.
func (s *stage) withhold(what []string) {
	var parts state.Parts
	for _, name := range strings.Split(what[0], ",") {
		if part, ok := state.ParsePart(name); ok {
			parts |= state.PartsOf(part)
		}
	}
	if parts.Has(state.Facts) {
		parts = state.AllParts
	}
	s.inc = copyOf(s.t, s.log, func(seq int) state.Parts {
		if len(what) > 1 && !slices.Contains(what[1:], strconv.Itoa(seq)) {
			return 0
		}
		return parts
	})
}

// copyOf is the incident that lines without some parts of each entry add up to.
func copyOf(t *testing.T, lines [][]byte, parts func(seq int) state.Parts) *state.Incident {
	chain := state.Format().Chain()
	inc, err := state.Replay(func(yield func(state.Entry, error) bool) {
		for i, line := range lines {
			line, _, err := state.Withhold(line, parts(i+1))
			if err != nil {
				t.Fatal(err)
			}
			e, err := chain.Next(line)
			if !yield(e, err) || err != nil {
				return
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return inc
}

func (s *stage) showWithheld(what []string) {
	switch what[0] {
	case "log":
		for i := range s.inc.Log {
			e, _ := s.inc.Entry(uint64(i + 1))
			s.sayf("%d %s %s: %s", e.Seq, e.Kind, e.By.Name, s.inc.Describe(e))
		}
	case "lacks":
		l := s.inc.Redacted
		s.sayf("%s; runbook %v, services %d, sent %d, whole %d, inputs %d, asks %d, ending %d", l.String(), l.Runbook, l.Services, l.Sent, l.Whole, l.Inputs, l.Asks, l.Ending)
	case "answer":
		answer, _ := s.inc.Answer(what[1])
		s.sayf("%q, another may be withheld %v", answer.Value, s.inc.Unseen(what[1]))
	case "ask":
		step := s.inc.Step(what[1])
		answer, _ := s.inc.AskAnswer(step, what[2])
		s.sayf("%q, another may be withheld %v", answer.Value, s.inc.AskUnseen(step, what[2]))
	case "calls":
		for _, call := range s.inc.Calls {
			s.sayf("%d %s: %s", call.Seq, call.Contact, call.Outcome)
		}
	case "open":
		for _, item := range s.inc.OpenItems() {
			s.sayf("%s %s: %s", item.What, item.ID, item.State)
		}
	}
}

// sealed are the lines of a log in which these data follow one another, a minute each.
func sealed(t *testing.T, mode state.Mode, all ...state.Data) (lines [][]byte) {
	var head state.Head
	for i, data := range all {
		e, line, err := state.Seal(state.Entry{Seq: head.Seq + 1, Recorded: day.Add(time.Duration(i) * time.Minute), Data: data, Frame: &state.Frame{Mode: mode, Kind: data.Kind(), By: state.Actor{Name: "Ada", Via: "local"}, Zone: "+00:00 UTC"}, Sealing: &state.Sealing{Prev: head.Hash}})
		if err != nil {
			t.Fatal(err)
		}
		head = state.Head{Seq: e.Seq, Hash: e.Hash}
		lines = append(lines, line.Bytes)
	}
	return lines
}

func textOf(id, text string) state.Document {
	return state.Document{ID: id, Source: "test", SHA256: state.Sum([]byte(text)), Text: text}
}

func opened(text string) *state.IncidentOpened {
	return &state.IncidentOpened{ID: "2026-11-24-amber-heron", Title: "Fire", Severity: "SEV2", Program: "muster test", Runbook: textOf("book", text)}
}

const tinyBook = "title = \"Tiny\"\n[[role]]\nid = \"desk\"\ntitle = \"Desk\"\n[[phase]]\ntitle = \"Do\"\n[[phase.step]]\nid = \"look\"\ntitle = \"Look\"\nrole = \"desk\"\n"

func lacking(parts ...state.Part) func(int) state.Parts {
	return func(int) state.Parts { return state.PartsOf(parts...) }
}

// TestRunbooksOfOneHash: two withheld runbooks have one hash, of zeros, and a log may
// claim any.
func TestRunbooksOfOneHash(t *testing.T) {
	lie := textOf("other", strings.Replace(tinyBook, "Tiny", "Other", 1))
	lie.SHA256 = textOf("book", tinyBook).SHA256
	lines := sealed(t, state.Live, opened(tinyBook), &state.RunbookAttached{Prefix: "other", Why: "x", Runbook: lie})
	for name, want := range map[string][]string{"whole": {"Tiny", "Other"}, "withheld": {"book (withheld)", "other (withheld)"}} {
		parts := lacking()
		if name == "withheld" {
			parts = lacking(state.Procedure)
		}
		inc := copyOf(t, lines, parts)
		if got := []string{inc.Books[0].Runbook.Title, inc.Books[1].Runbook.Title}; !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

// TestHashesOfWithheldTexts: no hash is made up of the text that stands for another.
func TestHashesOfWithheldTexts(t *testing.T) {
	lines := sealed(t, state.Live, opened(tinyBook), &state.NoticeDrafted{Notice: "n", Title: "N", Version: 1, Text: "We look."})
	whole, part := copyOf(t, lines, lacking()).Notices[0], copyOf(t, lines, lacking(state.Notes)).Notices[0]
	if got, want := whole.Versions[0].SHA256, state.Sum([]byte("We look.")); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if got := part.Versions[0].SHA256; got != (state.Hash{}) {
		t.Errorf("withheld: %s, want zeros", got)
	}
	if part.Title() != "n" {
		t.Errorf("title %q", part.Title())
	}
}

// TestEndingWithheldWhole: that an incident ended is told by the kind of its entry.
func TestEndingWithheldWhole(t *testing.T) {
	lines := sealed(t, state.Live, opened(tinyBook), &state.IncidentClosed{Summary: "over"}, &state.IncidentReopened{Why: "not"}, &state.IncidentClosed{Summary: "now"})
	for n, want := range map[int]struct {
		closed bool
		ending uint64
	}{2: {true, 2}, 3: {false, 3}, 4: {true, 4}} {
		inc := copyOf(t, lines[:n], func(seq int) state.Parts { return map[bool]state.Parts{true: state.AllParts}[seq > 1] })
		if got := inc.Closed != nil; got != want.closed || inc.Redacted.Ending != want.ending {
			t.Errorf("%d entries: closed %v, ending %d; want %+v", n, got, inc.Redacted.Ending, want)
		}
		if whole := copyOf(t, lines[:n], lacking()); whole.Redacted != (state.Redacted{}) {
			t.Errorf("a whole log lacks %+v", whole.Redacted)
		}
	}
}

// TestResponsesOfCopies: what muster does by itself is no answer to an inject, and
// what may be withheld is not taken for none.
func TestResponsesOfCopies(t *testing.T) {
	lines := sealed(t, state.Drill, opened(tinyBook), &state.RoleAssigned{Role: "desk", Person: "Ben"},
		&state.InjectDelivered{Inject: "a", Number: 1, From: "x", To: "desk", Via: "phone", Text: "Look!"},
		&state.ClockMissed{Clock: "law", Due: day}, &state.StepStarted{StepRef: state.StepRef{Step: "look"}})
	for _, test := range []struct {
		name   string
		lines  int
		parts  func(int) state.Parts
		acted  uint64
		untold bool
	}{
		{"a clock that was missed", 4, lacking(), 0, false},
		{"a step of the role", 5, lacking(), 5, false},
		{"whose step it is, is withheld", 5, lacking(state.Procedure), 0, true},
		{"the action is withheld whole", 5, func(seq int) state.Parts { return map[bool]state.Parts{true: state.AllParts}[seq == 5] }, 0, true},
		{"the missed clock is withheld whole", 4, func(seq int) state.Parts { return map[bool]state.Parts{true: state.AllParts}[seq == 4] }, 0, false},
	} {
		r := copyOf(t, lines[:test.lines], test.parts).Responses()[0]
		if r.NextAct.Seq != test.acted || r.Untold != test.untold {
			t.Errorf("%s: acted %d, untold %v; want %d, %v", test.name, r.NextAct.Seq, r.Untold, test.acted, test.untold)
		}
	}
}

// TestExerciseClockOfCopies: two machines whose names are withheld are not taken for
// one, unless they are of one boot.
func TestExerciseClockOfCopies(t *testing.T) {
	start := &state.ExerciseSet{Do: state.ExerciseStart, Running: true, Speed: 1}
	step := &state.ClockStepped{Boot: "b", ByMillis: time.Hour.Milliseconds()}
	for _, test := range []struct {
		name  string
		boots [2]string
		parts func(int) state.Parts
		steps int // settings of the exercise clock
	}{
		{"one machine", [2]string{"a", "b"}, lacking(), 2},
		{"names withheld", [2]string{"a", "b"}, lacking(state.Names), 1},
		{"names withheld, one boot", [2]string{"b", "b"}, lacking(state.Names), 2},
		{"names withheld, no boots", [2]string{"", ""}, lacking(state.Names), 1},
	} {
		var sessions [2]state.Data
		for i, boot := range test.boots {
			sessions[i] = &state.SessionOpened{Program: "muster", Host: "desk", Boot: boot, Synced: "yes"}
		}
		inc := copyOf(t, sealed(t, state.Drill, opened(tinyBook), sessions[0], sessions[1], start, step), test.parts)
		if got := len(inc.Exercise.Settings); got != test.steps {
			t.Errorf("%s: %d settings, want %d", test.name, got, test.steps)
		}
	}
}

// TestNothingFollowsFromWhatIsNotThere: an entry that is withheld whole may have met a
// clock, ended a timer, done a step, changed a role.
func TestNothingFollowsFromWhatIsNotThere(t *testing.T) {
	book := tinyBook + "[[clock]]\nid = \"law\"\ntitle = \"Law\"\nwithin = \"1h\"\nstarts = \"incident.opened\"\nstops = \"step:look\"\n"
	lines := sealed(t, state.Live, opened(book), &state.TimerSet{Timer: "timer-1", Title: "tea", Due: day.Add(time.Hour)}, &state.RoleAssigned{Role: "desk", Person: "Ben"},
		&state.StepStarted{StepRef: state.StepRef{Step: "look"}}, &state.StepDone{StepRef: state.StepRef{Step: "look"}}, &state.TimerEnded{Timer: "timer-1"}, &state.RoleAssigned{Role: "desk", Person: ""})
	late := day.Add(2 * time.Hour)
	inc := copyOf(t, lines, func(seq int) state.Parts { return map[bool]state.Parts{true: state.AllParts}[seq > 4] })
	step, clock := inc.Step("look"), inc.Clock("law")
	if got := inc.Status(step); got != state.Unseen || inc.Next() != nil {
		t.Errorf("the step is %s, and next is %v", got, inc.Next())
	}
	if got := clock.Status(late, time.UTC); got != state.ClockUnseen || clock.Running() || len(inc.Overdue(late, time.UTC)) > 0 {
		t.Errorf("the clock is %s, runs %v, overdue %v", got, clock.Running(), inc.Overdue(late, time.UTC))
	}
	if !inc.Timers[0].Hidden || inc.Role("desk").Person != state.WithheldText || inc.Severity != "SEV2" {
		t.Errorf("%+v %+v %s", inc.Timers[0], inc.Role("desk"), inc.Severity)
	}
	if got := inc.Tally(-1); got.Unseen != 1 || got.Active != 0 {
		t.Errorf("%+v", got)
	}
	for _, item := range inc.OpenItems() {
		if item.State != string(state.Unseen) {
			t.Errorf("%+v is open", item)
		}
	}
	if met := copyOf(t, lines, lacking()).Clock("law"); met.Status(late, time.UTC) != state.ClockMetOnce {
		t.Errorf("in the whole log it is %s", met.Status(late, time.UTC))
	}
}

// TestACopyForAServiceMayHaveBeenWalked: a step that is laid out only once a service is known to be
// hit may have been walked before that, where what first hit the service is withheld.
func TestACopyForAServiceMayHaveBeenWalked(t *testing.T) {
	book := "title = \"Hit\"\n[[service]]\nid = \"gisis\"\ntitle = \"GISIS\"\n[[phase]]\nid = \"one\"\ntitle = \"One\"\n" +
		"[[phase.step]]\nid = \"restore\"\nkind = \"restore\"\neach = \"affected\"\ntitle = \"Restore\"\n"
	lines := sealed(t, state.Live, opened(book), &state.ServiceSet{Service: "gisis", State: state.Restoring, Why: "so"},
		&state.StepFailed{StepRef: state.StepRef{Step: "restore/gisis"}, Why: "no"}, &state.ServiceSet{Service: "gisis", State: state.Restored, Why: "so"})
	for name, c := range map[string]struct {
		lacks int
		want  state.Status
	}{"whole": {0, state.Failed}, "hit unseen": {2, state.Unseen}} {
		inc := copyOf(t, lines, func(seq int) state.Parts { return map[bool]state.Parts{true: state.AllParts}[seq == c.lacks] })
		if got := inc.Status(inc.Step("restore/gisis")); got != c.want {
			t.Errorf("%s: the step is %s, not %s", name, got, c.want)
		}
	}
}

// TestWhoseNextAct: where nobody held the role that a message was to, the next act is any
// player's, and says so; who took the role since and laid it down again held it.
func TestWhoseNextAct(t *testing.T) {
	message := func(id, to string, number int) state.Data {
		return &state.InjectDelivered{Inject: id, Number: number, From: "x", To: to, Via: "phone", Text: "Look!"}
	}
	lines := sealed(t, state.Drill, opened(tinyBook), message("a", "desk", 1), message("b", "all", 2), &state.NoteAdded{Text: "not of the desk"},
		&state.RoleAssigned{Role: "desk", Person: "Ben"}, message("c", "desk", 3), &state.RoleAssigned{Role: "desk", Person: ""}, message("d", "desk", 4))
	for _, c := range []struct {
		lines int
		want  string
	}{
		{4, "any player: nobody held the role|any player"}, {6, "that role|any player|that role"},
		{8, "that role|any player|that role|any player: nobody held the role"},
	} {
		var of []string
		for _, r := range copyOf(t, lines[:c.lines], lacking()).Responses() {
			of = append(of, string(r.NextBy))
		}
		if got := strings.Join(of, "|"); got != c.want {
			t.Errorf("after entry %d it is of %s, not %s", c.lines, got, c.want)
		}
	}
	if r := copyOf(t, lines[:4], lacking()).Responses()[0]; r.NextAct.Seq != 4 {
		t.Errorf("the next act is entry %d", r.NextAct.Seq)
	}
}
