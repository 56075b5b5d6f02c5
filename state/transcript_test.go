package state_test

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"muster/runbooks"
	"muster/state"
)

var update = flag.Bool("update", false, "rewrite the transcripts in testdata with what is said now")

// TestTranscripts plays conversations with the core: each line that begins with a
// name is an action, what follows it, indented, is the entry or the refusal, and
// "show" prints the state. "withhold" goes on with a copy of the log. The runbook
// stands first, between lines of ---.
func TestTranscripts(t *testing.T) {
	files, err := filepath.Glob("testdata/transcript/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no transcripts: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := play(t, string(want))
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if got != string(want) {
				t.Errorf("%s\n%s", file, firstDifference(string(want), got))
			}
		})
	}
}

func firstDifference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range max(len(w), len(g)) {
		var a, b string
		if i < len(w) {
			a = w[i]
		}
		if i < len(g) {
			b = g[i]
		}
		if a != b {
			return fmt.Sprintf("line %d\nwant %s\ngot  %s", i+1, a, b)
		}
	}
	return "no difference"
}

// A stage is where a transcript plays.
type stage struct {
	t    *testing.T
	book map[string]state.Document
	inc  *state.Incident
	log  [][]byte // its lines
	out  strings.Builder
}

func play(t *testing.T, script string) string {
	s := &stage{t: t, book: make(map[string]state.Document)}
	lines := strings.Split(script, "\n")
	for i := 0; i < len(lines); i++ {
		line := lines[i]
		switch {
		case strings.HasPrefix(line, "    "):
			continue // an answer, to be written anew
		case strings.HasPrefix(line, "--- "):
			end := i + 1
			for lines[end] != "---" {
				end++
			}
			s.runbook(strings.TrimPrefix(line, "--- "), strings.Join(lines[i+1:end], "\n")+"\n")
			fmt.Fprintln(&s.out, strings.Join(lines[i:end+1], "\n"))
			i = end
		case line == "" || strings.HasPrefix(line, "#"):
			fmt.Fprintln(&s.out, line)
		case strings.HasPrefix(line, "show"):
			fmt.Fprintln(&s.out, line)
			s.show(strings.Fields(line)[1:])
		case strings.HasPrefix(line, "withhold "):
			fmt.Fprintln(&s.out, line)
			s.withhold(strings.Fields(line)[1:])
		default:
			fmt.Fprintln(&s.out, line)
			s.act(line)
		}
	}
	return strings.TrimSuffix(s.out.String(), "\n")
}

func (s *stage) runbook(id, text string) {
	s.book[id] = state.Document{ID: id, Source: "test", SHA256: state.Sum([]byte(text)), Text: text}
}

func (s *stage) sayf(format string, args ...any) { fmt.Fprintf(&s.out, "    "+format+"\n", args...) }

// day is the day on which all transcripts play.
var day = time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)

func clockTime(text string) (time.Time, bool) {
	at, err := time.Parse("15:04", text)
	return day.Add(time.Duration(at.Hour())*time.Hour + time.Duration(at.Minute())*time.Minute), err == nil
}

// act plays one line: WHO HH:MM [at HH:MM] [override WHY;] VERB ARGS
func (s *stage) act(line string) {
	who, rest, _ := strings.Cut(line, " ")
	clock, rest, _ := strings.Cut(rest, " ")
	now, ok := clockTime(clock)
	if !ok {
		s.t.Fatalf("no time in %q", line)
	}
	var action state.Action
	if after, ok := strings.CutPrefix(rest, "at "); ok {
		clock, rest, _ = strings.Cut(after, " ")
		action.Occurred, _ = clockTime(clock)
	}
	if after, ok := strings.CutPrefix(rest, "override "); ok {
		action.Override, rest, _ = strings.Cut(after, "; ")
	}
	action.Command = s.command(rest)
	if action.Command == nil {
		s.t.Fatalf("unknown command in %q", line)
	}
	stamp := state.Stamp{By: state.Actor{Name: who, Via: "local"}, Recorded: now, Zone: "+00:00 UTC"}
	entry, err := state.Decide(s.inc, action, stamp)
	var refusal *state.Refusal
	if errors.As(err, &refusal) {
		s.refused(refusal)
		return
	}
	if err != nil {
		s.t.Fatal(err)
	}
	entry, sealed, err := state.Seal(entry)
	if err != nil {
		s.t.Fatal(err)
	}
	s.log = append(s.log, sealed.Bytes)
	if s.inc == nil {
		s.inc = new(state.Incident)
	}
	if err := s.inc.Apply(entry); err != nil {
		s.t.Fatal(err)
	}
	role := ""
	if entry.By.Role != "" {
		role = " as " + entry.By.Role
	}
	s.sayf("%d %s%s: %s", entry.Seq, entry.Kind, role, s.inc.Describe(entry))
}

func (s *stage) refused(r *state.Refusal) {
	mark := "refused"
	if r.Overridable {
		mark = "refused, may be overridden"
	}
	if r.Seq != 0 {
		mark += fmt.Sprintf(" (see %d)", r.Seq)
	}
	s.sayf("%s: %s: %s", mark, r.Reason, r.Error())
}

// command reads VERB ARGS.
func (s *stage) command(text string) state.Command {
	verb, rest, _ := strings.Cut(text, " ")
	first, tail, _ := strings.Cut(rest, " ")
	number, _ := strconv.Atoi(first)
	seq := uint64(number)
	switch verb {
	case "open":
		mode, title, _ := strings.Cut(tail, " ")
		return state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: state.Mode(mode), Title: title, Inputs: s.pairs(&title), Program: "muster test", Runbook: s.book[first], Scenario: s.sealed()}
	case "input":
		return state.AnswerInputs{Values: s.pairs(&rest)}
	case "note":
		return state.AddNote{Text: rest}
	case "note-on":
		return state.AddNote{Step: first, Text: tail}
	case "file":
		return state.AddEvidence{Step: first, Name: tail, SHA256: state.Sum([]byte(tail)), Size: 7}
	case "role":
		return state.AssignRole{Role: first, Person: tail}
	case "service":
		to, why, _ := strings.Cut(tail, " ")
		return state.SetService{Service: first, State: state.ServiceState(to), Why: why}
	case "severity":
		return state.SetSeverity{Severity: runbooks.Severity(first), Why: tail}
	case "attach":
		return state.AttachRunbook{Runbook: s.book[first], Why: tail}
	case "amend":
		return state.AmendEntry{Seq: seq, Text: &tail, Why: "wrong"}
	case "amend-time":
		at, _ := clockTime(tail)
		return state.AmendEntry{Seq: seq, Occurred: &at, Why: "wrong"}
	case "retract":
		return state.RetractEntry{Seq: seq, Why: tail}
	case "close":
		return state.CloseIncident{Summary: rest}
	case "go-on":
		return state.ReopenIncident{Why: rest}
	case "add":
		return state.AddStep{Phase: first, Title: tail, Required: true}
	}
	if command := s.truthCommand(verb, first, tail); command != nil {
		return command
	}
	if command := s.witnessCommand(verb, seq, tail); command != nil {
		return command
	}
	if command := s.drillCommand(verb, first, tail); command != nil {
		return command
	}
	return s.stepCommand(verb, first, tail)
}

// truthCommand reads the commands about services, notices, contacts and clocks.
func (s *stage) truthCommand(verb, first, rest string) state.Command {
	due, _ := clockTime(rest)
	switch verb {
	case "check":
		return state.RecordCheck{Service: first, OK: rest == "ok", What: "GET https://example.org/", Detail: rest, Millis: 80}
	case "draft":
		return state.DraftNotice{Notice: first, Text: rest}
	case "draft-free":
		title, text, _ := strings.Cut(rest, ": ")
		return state.DraftNotice{Notice: first, Title: title, Text: text, Claims: []state.Claim{{Service: "gisis", State: state.Restored}}}
	case "approve":
		return state.ApproveNotice{Notice: first}
	case "send":
		channel, to, _ := strings.Cut(rest, " ")
		return state.SendNotice{Notice: first, Channel: channel, To: to}
	case "send-failed":
		return state.FailNotice{Notice: first, Channel: "webhook", Why: rest}
	case "call":
		outcome, note, _ := strings.Cut(rest, " ")
		call := state.CallContact{Contact: first, Outcome: state.Outcome(outcome), Note: note}
		if at, ok := clockTime(note); ok {
			call.CallBack, call.Note = &at, ""
		}
		return call
	case "clock-start":
		return state.StartClock{Clock: first, Why: rest}
	case "clock-met":
		return state.MeetClock{Clock: first, Why: rest}
	case "clock-waive":
		return state.WaiveClock{Clock: first, Why: rest}
	case "clock-miss":
		return state.MissClock{Clock: first, Due: due}
	case "timer":
		title := strings.TrimSpace(strings.TrimPrefix(rest, rest[:5]))
		at, _ := clockTime(rest[:5])
		return state.SetTimer{Title: first + " " + title, Due: at}
	case "timer-end":
		return state.EndTimer{Timer: first, Why: rest}
	case "hand":
		return state.HandRole{Role: first, To: rest}
	case "acknowledge":
		return state.AcknowledgeRole{Role: first}
	case "sitrep":
		return state.IssueSitrep{To: rest, Text: "Where things stand."}
	}
	return nil
}

func (s *stage) stepCommand(verb, step, rest string) state.Command {
	switch verb {
	case "start":
		return state.StartStep{Step: step, Note: rest}
	case "done":
		values := s.pairs(&rest)
		return state.DoStep{Step: step, Note: rest, Values: values}
	case "confirm":
		return state.ConfirmStep{Step: step, Note: rest}
	case "fail":
		return state.FailStep{Step: step, Why: rest}
	case "block":
		return state.BlockStep{Step: step, On: rest}
	case "skip":
		return state.SkipStep{Step: step, Why: rest}
	case "reopen":
		return state.ReopenStep{Step: step, Why: rest}
	case "assign":
		return state.AssignStep{Step: step, To: rest}
	case "tick", "untick":
		item, _ := strconv.Atoi(rest)
		return state.TickStep{Step: step, Item: item, On: verb == "tick"}
	case "decide":
		option, note, _ := strings.Cut(rest, " ")
		return state.AnswerStep{Step: step, Option: option, Note: note}
	case "answer":
		return state.AnswerStep{Step: step, Values: s.pairs(&rest)}
	}
	return nil
}

// pairs takes words of the form a=b out of text.
func (s *stage) pairs(text *string) map[string]string {
	var left []string
	var values map[string]string
	for _, word := range strings.Fields(*text) {
		key, value, ok := strings.Cut(word, "=")
		if !ok {
			left = append(left, word)
			continue
		}
		if values == nil {
			values = make(map[string]string)
		}
		values[key] = value
	}
	*text = strings.Join(left, " ")
	return values
}

func (s *stage) show(what []string) {
	if len(what) == 0 {
		what = []string{"steps"}
	}
	switch what[0] {
	case "steps":
		s.showSteps()
	case "services":
		for _, service := range s.inc.Services {
			s.sayf("%-12s %-10s by %s: %s", service.ID, service.State, service.By, service.Why)
		}
	case "clocks":
		now, _ := clockTime(what[1])
		for i := range s.inc.Clocks {
			c := &s.inc.Clocks[i]
			s.sayf("%-10s %-8s started %s due %s by %s", c.ID, c.Status(now, time.UTC), c.Started.Format("02 15:04"), c.Due(time.UTC).Format("02 15:04"), c.StartedBy)
			if c.Unseen() {
				s.sayf("%-10s hangs on an answer that may be withheld", "")
			}
		}
	case "notices":
		for i := range s.inc.Notices {
			n := &s.inc.Notices[i]
			s.sayf("%-10s %-9s %d versions, next update %s %v", n.ID, n.Status(s.inc), len(n.Versions), n.NextUpdate(s.inc).Format("15:04"), n.Stale(s.inc))
			if untold := n.Untold(s.inc); len(untold) > 0 {
				s.sayf("%-10s rests on %v, which are withheld", "", untold)
			}
		}
	case "text":
		v := s.inc.Notice(what[1]).Last()
		s.sayf("%q claims %v basis %v", v.Text, v.Claims, v.Basis)
	case "contacts":
		for i := range s.inc.Contacts {
			c := &s.inc.Contacts[i]
			s.sayf("%-10s reached %v, %d calls, call back %s", c.ID, c.Reached(), len(c.Calls), c.CallBackAt(s.inc).Format("15:04"))
		}
	case "said":
		claim, sent, ok := s.inc.LastSaid(what[1])
		if !ok {
			s.sayf("nothing")
			return
		}
		s.sayf("%s, in entry %d", claim.State, sent.Seq)
	case "step":
		step := s.inc.Step(what[1])
		s.sayf("%+v", map[string]any{"status": s.inc.Status(step), "by": step.By, "assignee": step.Assignee, "reason": step.Reason,
			"started": step.Started.Format("15:04"), "ended": step.Ended.Format("15:04"), "ticks": step.Ticks, "files": len(step.Files), "notes": step.Notes})
	case "entry":
		seq, _ := strconv.Atoi(what[1])
		e, _ := s.inc.Entry(uint64(seq))
		s.sayf("%s %s; retracted by %d, amended by %d", e.When().Format("15:04"), s.inc.Describe(e), s.inc.RetractedBy(e.Seq), s.inc.AmendedBy(e.Seq))
	case "witnesses":
		s.showWitnesses()
	case "log", "lacks", "answer", "ask", "open", "calls":
		s.showWithheld(what)
	case "clock", "plan", "world", "responses", "exercise":
		s.showDrill(what)
	case "incident":
		s.sayf("%s %s %q %s, next %s, %+v", s.inc.ID, s.inc.Mode, s.inc.Title, s.inc.Severity, nextName(s.inc), s.inc.Tally(-1))
		if c := s.inc.Closed; c != nil {
			s.sayf("closed by %s at %s: %q, open %v, why %q", c.By, c.When.Format("15:04"), c.Summary, c.Open, c.Why)
		}
	}
}

func nextName(inc *state.Incident) string {
	if next := inc.Next(); next != nil {
		return next.Name()
	}
	return "nothing"
}

func (s *stage) showSteps() {
	for i := range s.inc.Steps {
		step := &s.inc.Steps[i]
		status := string(s.inc.Status(step))
		if step.Empty {
			status = "(empty)"
		}
		line := fmt.Sprintf("%-5s %-14s %s", step.Number, status, step.Title)
		if why := s.inc.Because(step); why != "" {
			line += " · " + why
		}
		s.sayf("%s", line)
	}
}
