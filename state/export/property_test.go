package export_test

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"muster/runbooks"
	"muster/state"
	"muster/state/export"
	"muster/state/statetest"
	"muster/state/view"
)

// toAnnexes are the report's own links, all of them within it: in texts from outside
// every bracket has a backslash.
var toAnnexes = regexp.MustCompile(`[^\\]\]\(#annex-[a-z-]+\)`)

// Entries of every kind, with whatever in them and in any order, can be written in
// every format; the sheet and the data read back, and the report has no link, image
// or HTML, and no heading but its own.
func TestAnyLogCanBeWritten(t *testing.T) {
	sections := headings(written(t, story(t, state.Drill, "").incident(), export.Markdown, export.Options{}))
	branched := story(t, state.Drill, "") // which has an annex more
	branched.do("Ada", state.BranchLog{Source: "ssh://box"})
	sections = append(sections, headings(written(t, branched.incident(), export.Markdown, export.Options{}))...)
	rapid.Check(t, func(rt *rapid.T) {
		s := &scribe{tb: t, now: day}
		s.do("Ada", state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: state.Drill, Runbook: document("small", book(""))})
		for range rapid.IntRange(1, 12).Draw(rt, "entries") {
			s.try(statetest.Text().Draw(rt, "who"), statetest.Data().Draw(rt, "data"))
		}
		page := written(t, s.inc, export.Markdown, export.Options{})
		if !strings.Contains(page, "| Incident | **2026-11-24-amber-heron** |") {
			rt.Fatalf("the report does not say whose it is")
		}
		nodes := shape(page)
		for _, kind := range []string{"Link", "AutoLink", "Image", "RawHTML", "HTMLBlock", "CodeSpan", "Footnote"} {
			want := 0
			switch kind {
			case "CodeSpan":
				want = 1 // log.jsonl
			case "Link":
				want = len(toAnnexes.FindAllString(page, -1))
			}
			if n := count(nodes, kind); n != want {
				rt.Fatalf("%d × %s in the report", n, kind)
			}
		}
		for _, heading := range headings(page)[1:] { // the first has the title
			if !slices.Contains(sections, heading) && !strings.HasPrefix(heading, "### ") && !strings.HasPrefix(heading, "#### ") {
				rt.Fatalf("a heading of its own: %s", heading)
			}
		}
		all, err := csv.NewReader(strings.NewReader(unmarked(rt, written(t, s.inc, export.CSV, export.Options{})))).ReadAll()
		if err != nil || len(all) != len(s.inc.Log)+1 {
			rt.Fatalf("%d rows for %d entries: %v", len(all), len(s.inc.Log), err)
		}
		for _, row := range all[1:] {
			for i, field := range row {
				if first := strings.TrimSpace(field); first != "" && strings.Contains("=+-@", first[:1]) {
					rt.Fatalf("field %s begins as a formula: %q", all[0][i], field)
				}
			}
		}
		if text := export.NewAAR(s.inc, view.AAROptions{}).Markdown(); count(shape(text), "Link")+count(shape(text), "RawHTML")+count(shape(text), "HTMLBlock")+count(shape(text), "Image") != 0 {
			rt.Fatalf("the after-action report has a link, an image or HTML")
		}
		checkReport(rt, report(t, written(t, s.inc, export.JSON, export.Options{})), s.inc)
	})
}

// try appends an entry that Decide might not make; one that no log can hold is
// left out.
func (s *scribe) try(who string, data state.Data) {
	s.now = s.now.Add(time.Second)
	e := state.Entry{Seq: s.inc.Head.Seq + 1, Recorded: s.now, Data: data, Frame: &state.Frame{Mode: s.inc.Mode, Kind: data.Kind(), By: state.Actor{Name: who, Via: "ssh"}}, Sealing: &state.Sealing{Prev: s.inc.Head.Hash}}
	if _, line, err := state.Seal(e); err == nil {
		if _, err := state.Decode(line.Bytes); err == nil {
			s.append(e)
		}
	}
}

// headings lists the lines of a report that are headings.
func headings(page string) []string {
	var list []string
	for line := range strings.Lines(page) {
		if strings.HasPrefix(line, "#") {
			list = append(list, strings.TrimSpace(line))
		}
	}
	return list
}

// checkReport holds a report against the incident.
func checkReport(t interface{ Fatalf(string, ...any) }, r *view.Incident, inc *state.Incident) {
	if len(r.Timeline) != len(inc.Log) || r.Entries != len(inc.Log) || len(r.Steps) != len(inc.Steps) && inc.Redacted.Services == 0 {
		t.Fatalf("%d of %d entries, %d of %d steps", len(r.Timeline), len(inc.Log), len(r.Steps), len(inc.Steps))
	}
	tally, sum := r.Tally, 0
	if tally == nil {
		if !inc.Redacted.All && (!inc.Redacted.Runbook || r.Steps != nil) {
			t.Fatalf("no step is counted, of %d", len(r.Steps))
		}
		return
	}
	for _, n := range []int{tally.Done, tally.Unconfirmed, tally.Failed, tally.Skipped, tally.NotApplicable, tally.Blocked, tally.Active, tally.Reopened, tally.NeverRun, tally.Met, tally.Unseen} {
		sum += n
	}
	if whole := inc.Tally(-1); sum != tally.Total || tally.Total != whole.Total || tally.Done != whole.Done || tally.Reopened+tally.NeverRun+tally.Met != whole.Todo+whole.Waiting {
		t.Fatalf("%+v adds up to %d; the incident has %+v", tally, sum, whole)
	}
	for i, service := range r.Services {
		last := string(state.UnknownState)
		if n := len(service.History); n > 0 {
			last = service.History[n-1].To
		}
		if last != string(inc.Services[i].State) {
			t.Fatalf("%s is %s and its history ends with %s", service.ID, inc.Services[i].State, last)
		}
	}
}

// Random responders: what they were allowed to do is all in the report, and what
// they took back does not count.
func TestAnyIncidentAddsUp(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := &scribe{tb: t, now: day}
		s.do("Ada", state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: state.Live, Runbook: document("small", book(""))})
		for range rapid.IntRange(1, 40).Draw(rt, "actions") {
			s.attempt(rt)
		}
		inc := s.incident()
		checkReport(rt, report(t, written(t, inc, export.JSON, export.Options{})), inc)
		page := written(t, inc, export.Markdown, export.Options{})
		for i := range inc.Steps {
			if name := "| " + inc.Steps[i].Name() + " |"; !strings.Contains(page, name) {
				rt.Fatalf("the report does not have the row %s", name)
			}
		}
		for seq := range uint64(len(inc.Log)) {
			if !strings.Contains(page, fmt.Sprintf("\n| %d | 2026-", seq+1)) {
				rt.Fatalf("the timeline does not have entry %d", seq+1)
			}
		}
	})
}

// attempt does one random thing, with an override; a refusal is no matter.
func (s *scribe) attempt(rt *rapid.T) {
	step := s.inc.Steps[rapid.IntRange(0, len(s.inc.Steps)-1).Draw(rt, "step")].ID
	service := rapid.SampledFrom([]string{"gisis", "imodocs"}).Draw(rt, "service")
	seq := uint64(rapid.IntRange(1, len(s.lines)).Draw(rt, "seq"))
	said := "a word"
	command := rapid.SampledFrom([]state.Command{
		state.StartStep{Step: step}, state.DoStep{Step: step, Note: said}, state.FailStep{Step: step, Why: said}, state.SkipStep{Step: step, Why: said},
		state.BlockStep{Step: step, On: said}, state.ReopenStep{Step: step, Why: said}, state.ConfirmStep{Step: step},
		state.AnswerStep{Step: step, Option: "no"}, state.AddNote{Step: step, Text: said},
		state.SetService{Service: service, State: rapid.SampledFrom(state.ServiceStates()).Draw(rt, "state"), Why: said},
		state.SetSeverity{Severity: runbooks.SEV3, Why: said}, state.AssignRole{Role: "legal", Person: "Cyd"},
		state.RetractEntry{Seq: seq, Why: said}, state.AmendEntry{Seq: seq, Text: &said, Why: said},
		state.CloseIncident{Summary: said}, state.ReopenIncident{Why: said},
	}).Draw(rt, "command")
	s.now = s.now.Add(time.Minute)
	stamp := state.Stamp{By: state.Actor{Name: rapid.SampledFrom([]string{"Ada", "Ben"}).Draw(rt, "who"), Via: "local"}, Recorded: s.now, Zone: "+00:00 UTC"}
	e, err := state.Decide(s.inc, state.Action{Command: command, Override: "a reason"}, stamp)
	var refusal *state.Refusal
	if errors.As(err, &refusal) {
		return
	}
	s.append(e)
}

// A second runbook's steps, answers and text are found under its prefix.
func TestAttachedRunbook(t *testing.T) {
	s := &scribe{tb: t, now: day}
	s.do("Ada", state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: state.Live, Runbook: document("small", book(""))})
	second := "title = \"Malware\"\ntlp = \"RED\"\n[[input]]\nid = \"family\"\nprompt = \"Which family?\"\n[[phase]]\nid = \"p\"\ntitle = \"Clean up\"\n[[phase.step]]\nid = \"wipe\"\ntitle = \"Wipe\"\n"
	seq := s.do("Ada", state.AttachRunbook{Runbook: document("malware", second), Why: "it is malware too"})
	s.do("Ada", state.AnswerInputs{Values: map[string]string{"malware:family": "emotet"}})
	s.do("Ada", state.BlockStep{Step: "malware:wipe", On: "no spare disks"})
	r := report(t, written(t, s.incident(), export.JSON, export.Options{}))
	if len(r.Runbooks) != 2 || r.Runbooks[1].Prefix != "malware" || r.Runbooks[1].Attached != seq || r.Runbooks[0].Attached != 1 {
		t.Errorf("runbooks %+v", r.Runbooks)
	}
	if r.TLP != "AMBER+STRICT" {
		t.Errorf("TLP is %s and should be the first runbook's", r.TLP)
	}
	if a := r.Answers[1]; a.ID != "malware:family" || a.Value.Text != "emotet" || a.Seq != 3 {
		t.Errorf("answer %+v", a)
	}
	last := r.Steps[len(r.Steps)-1]
	if last.ID != "malware:wipe" || last.Status != state.Blocked || last.NeverRun || last.Because != "no spare disks" || r.Phases[3].Tally.Blocked != 1 {
		t.Errorf("step %+v", last)
	}
	page := written(t, s.incident(), export.Markdown, export.Options{})
	for _, want := range []string{"### Blocked", "  - Blocked on: no spare disks", "| malware | Malware |", "it is malware too"} {
		if !strings.Contains(page, want) {
			t.Errorf("the report does not say %q", want)
		}
	}
}

// A step that was settled, reopened and left is not the same as one never run.
func TestReopenedIsNotNeverRun(t *testing.T) {
	s := &scribe{tb: t, now: day}
	s.do("Ada", state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: state.Live, Runbook: document("small", book(""))})
	s.do("Ada", state.FailStep{Step: "look", Why: "no light"})
	s.do("Ada", state.ReopenStep{Step: "look", Why: "a torch came"})
	s.do("Ada", state.StartStep{Step: "tell"})
	s.do("Ada", state.AddNote{Step: "lessons", Text: "ask Ben"})
	s.do("Ada", state.AssignStep{Step: "lessons", To: "Ben"})
	s.act("Ada", state.CloseIncident{Summary: "x"}, time.Time{}, "enough")
	s.do("Ada", state.ReopenIncident{Why: "not enough"})
	r := report(t, written(t, s.incident(), export.JSON, export.Options{}))
	if r.Tally.Reopened != 1 || r.Tally.Active != 1 || !r.Steps[0].Reopened || r.Steps[0].NeverRun || r.Closed != nil || len(r.Reopened) != 1 {
		t.Errorf("tally %+v, step %+v, reopened %v", r.Tally, r.Steps[0], r.Reopened)
	}
	page := written(t, s.incident(), export.Markdown, export.Options{})
	for _, want := range []string{
		"### Reopened, and not done again", "| 1.1 Look at the alarm | **to do again** |", "### Under way", "### Without a copy: no service needed one",
		"| 3.3 Hold the review | **yes** | no entry starts it; assigned to Ben |", "  - Assigned to Ben", `| Reopened — "not enough" |`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the report does not say %q", want)
		}
	}
}

// Every name in the JSON is in snake_case.
func TestJSONNames(t *testing.T) {
	var walk func(at string, value any)
	walk = func(at string, value any) {
		switch value := value.(type) {
		case []any:
			for _, item := range value {
				walk(at+"[]", item)
			}
		case map[string]any:
			for name, item := range value {
				if name != strings.ToLower(name) || strings.ContainsAny(name, "- .") {
					t.Errorf("%s.%s", at, name)
				}
				walk(at+"."+name, item)
			}
		case nil:
			for _, list := range []string{"notes", "evidence", "overrides", "history", "entries", "checklist"} {
				if strings.HasSuffix(at, "."+list) {
					t.Errorf("%s is null and should be an empty list", at)
				}
			}
		}
	}
	for _, inc := range []*state.Incident{story(t, state.Live, "").incident(), story(t, state.Live, "").incident(1)} {
		var all any
		if err := json.Unmarshal([]byte(written(t, inc, export.JSON, export.Options{})), &all); err != nil {
			t.Fatal(err)
		}
		walk("", all)
	}
}
