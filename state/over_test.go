package state_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"muster/runbooks"
	"muster/state"
	"muster/state/statetest"
)

// product is a document of so many services and steps, each step for each service.
func product(services, steps int, title string) state.Document {
	var b strings.Builder
	b.WriteString("title = 'Big'\n")
	for i := range services {
		fmt.Fprintf(&b, "[[service]]\nid = 's%d'\ntitle = 'S%d'\n", i, i)
	}
	b.WriteString("[[phase]]\nid = 'p'\ntitle = 'P'\n")
	for i := range steps {
		fmt.Fprintf(&b, "[[phase.step]]\nid = 't%d'\ntitle = '%s'\neach = 'services'\n", i, title)
	}
	return state.Document{ID: "big", Text: b.String(), SHA256: state.Sum([]byte(b.String()))}
}

func open(book state.Document) error {
	_, err := state.Decide(nil, state.Action{Command: state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: state.Live, Runbook: book}},
		state.Stamp{By: state.Actor{Name: "Ada"}, Recorded: time.Date(2026, 11, 24, 2, 41, 0, 0, time.UTC)})
	return err
}

// An incident that would become too large is refused, with the figure; also when it is
// two runbooks that do so together.
func TestTooLargeIsRefused(t *testing.T) {
	if err := open(product(1000, 20, "T")); err != nil {
		t.Errorf("at the bound: %v", err)
	}
	if err := open(product(1000, 21, "T")); err == nil || !strings.Contains(err.Error(), "21000 steps") {
		t.Errorf("over the bound: %v", err)
	}
	inc := new(state.Incident)
	mustApply(t, inc, &state.IncidentOpened{ID: "2026-11-24-amber-heron", Title: "Big", Severity: runbooks.SEV1, Runbook: product(1000, 15, "T")})
	second := product(0, 6, "U")
	_, err := state.Decide(inc, state.Action{Command: state.AttachRunbook{Prefix: "x", Runbook: second, Why: "more"}},
		state.Stamp{By: state.Actor{Name: "Ada"}, Recorded: inc.OpenedAt.Add(time.Minute)})
	if err == nil || !strings.Contains(err.Error(), "21000 steps") || !strings.Contains(err.Error(), "1000 services") {
		t.Errorf("together over the bound: %v", err)
	}
}

func mustApply(t *testing.T, inc *state.Incident, data state.Data) {
	t.Helper()
	if err := inc.Apply(statetest.Entry(inc.Head, data)); err != nil {
		t.Fatal(err)
	}
}

// A log from before there were bounds is shown as far as they go, and says so. What was
// recorded about is there, and nothing more is put in.
func TestOldLogOverTheBounds(t *testing.T) {
	inc := new(state.Incident)
	mustApply(t, inc, &state.IncidentOpened{ID: "2026-11-24-amber-heron", Title: "Big", Severity: runbooks.SEV1, Runbook: product(1000, 300, "{{ range .Services.All }}{{ . }}{{ end }}")})
	if n := len(inc.Steps); n != runbooks.MaxMade {
		t.Errorf("%d steps are laid out", n)
	}
	mustApply(t, inc, &state.StepDone{StepRef: state.StepRef{Step: "t19/s999"}})
	mustApply(t, inc, &state.ServiceSet{Service: "s1", State: state.Affected, Why: "x"})
	mustApply(t, inc, &state.NoteAdded{Text: "still"})
	if s := inc.Step("t19/s999"); s == nil || s.Status != state.Done {
		t.Errorf("the step that is done is %v", s)
	}
	for _, part := range []string{"280000 steps are not shown (at most 20000 are", "some titles are not filled in", "The log has everything"} {
		if !strings.Contains(inc.Over.String(), part) {
			t.Errorf("%q does not say %q", inc.Over, part)
		}
	}
	_, err := state.Decide(inc, state.Action{Command: state.AddStep{Phase: "p", Title: "More"}}, state.Stamp{By: state.Actor{Name: "Ada"}, Recorded: inc.OpenedAt.Add(time.Minute)})
	if err == nil || !strings.Contains(err.Error(), "no room for another step: there are 300000") {
		t.Errorf("adding a step: %v", err)
	}
}

// Of many lines of checklists that do much, as many are filled in as there is work for,
// and the others are shown as they are written.
func TestChecklistsThatDoTooMuch(t *testing.T) {
	book := product(1000, 20, "T")
	line := strings.Repeat("{{ range .Services.All }}{{ . }}{{ end }}", 5)
	book.Text = strings.ReplaceAll(book.Text, "each =", "checklist = ['"+line+"']\neach =")
	inc := new(state.Incident)
	mustApply(t, inc, &state.IncidentOpened{ID: "2026-11-24-amber-heron", Title: "Big", Severity: runbooks.SEV1, Runbook: book})
	fill, filled, size := state.Filling(inc), 0, 0
	for i := range inc.Steps {
		text := fill(&inc.Steps[i], inc.Steps[i].Def.Checklist[0])
		if size += len(text); text != line {
			filled++
		}
	}
	if filled == 0 || size > runbooks.MaxListWork+len(line)*len(inc.Steps) {
		t.Errorf("%d lines are filled in, and all have %d bytes", filled, size)
	}
	if text := inc.Render(&inc.Steps[len(inc.Steps)-1], line); text == line {
		t.Error("by itself a line is not filled in")
	}
}

// Entries × steps: a log in which thousands of entries each lay out thousands of steps
// stops doing so, and says how many did not.
func TestEntriesTimesSteps(t *testing.T) {
	book := product(1, 1, "T")
	book.Text = strings.Replace(product(1000, 20, "T").Text, "'services'", "'affected'", 1)
	inc := new(state.Incident)
	mustApply(t, inc, &state.IncidentOpened{ID: "2026-11-24-amber-heron", Title: "Big", Severity: runbooks.SEV1, Runbook: book})
	for i := range 260 {
		mustApply(t, inc, &state.ServiceSet{Service: fmt.Sprintf("s%d", i), State: state.Affected, Why: "x"})
	}
	if inc.Over.Late == 0 || !strings.Contains(inc.Over.String(), "changes the list of steps stayed as it was") {
		t.Errorf("over is %+v", inc.Over)
	}
	if inc.Service("s259").State != state.Affected {
		t.Error("the state itself was not kept")
	}
}

// While a log is read, titles wait for its end; what they then say is what they say
// entry by entry.
func TestTitlesReadAndApplied(t *testing.T) {
	text := "title = 'B'\n[[role]]\nid = 'r'\ntitle = 'R'\n[[service]]\nid = 's'\ntitle = 'S'\n[[phase]]\ntitle = 'P'\n[[phase.step]]\nid = 'a'\ntitle = '{{ .Roles.r }} {{ list .Services.Down }} {{ .Org }} {{ .Answers.n }}'\n[[phase.step.ask]]\nid = 'n'\nprompt = 'N'\n"
	entries := []state.Data{
		&state.IncidentOpened{ID: "2026-11-24-amber-heron", Title: "B", Severity: runbooks.SEV1, Runbook: state.Document{ID: "b", Text: text}},
		&state.RoleAssigned{Role: "r", Person: "Ada"},
		&state.ServiceSet{Service: "s", State: state.ShutDown, Why: "x"},
		&state.StepAnswered{StepRef: state.StepRef{Step: "a"}, Values: map[string]string{"n": "3"}},
	}
	applied := new(state.Incident)
	for _, data := range entries {
		mustApply(t, applied, data)
		read, err := state.Replay(func(yield func(state.Entry, error) bool) {
			for _, e := range applied.Log {
				if !yield(e, nil) {
					return
				}
			}
		})
		if err != nil || read.Step("a").Title != applied.Step("a").Title {
			t.Errorf("read %q, applied %q, %v", read.Step("a").Title, applied.Step("a").Title, err)
		}
	}
	if got := applied.Step("a").Title; got != "Ada S «org» 3" {
		t.Errorf("the title is %q", got)
	}
}
