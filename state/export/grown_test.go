package export_test

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"muster/runbooks"
	"muster/state"
	"muster/state/export"
	"muster/state/view"
)

// grown is a log of whatever people may do, in any order and with an override.
func grown(tb testing.TB, rt *rapid.T) *scribe {
	s := &scribe{tb: tb, now: day}
	mode := rapid.SampledFrom([]state.Mode{state.Live, state.Drill}).Draw(rt, "mode")
	s.act("Ada", state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: mode, Title: "Website down", Runbook: document("intrusion", book(""))}, day.Add(-20*time.Minute), "")
	for range rapid.IntRange(4, 40).Draw(rt, "acts") {
		command := rapid.SampledFrom(slices.Concat(s.doings(rt), s.sayings(rt))).Draw(rt, "command")
		s.now = s.now.Add(time.Duration(rapid.IntRange(1, 40).Draw(rt, "minutes")) * time.Minute)
		stamp := state.Stamp{By: state.Actor{Name: rapid.SampledFrom([]string{"Ada", "Ben", "Cleo"}).Draw(rt, "who"), Via: "local"}, Recorded: s.now, Zone: "+00:00 UTC"}
		for i := range stamp.Salts {
			stamp.Salts[i] = state.Salt{byte(len(s.lines)), 1, byte(i)}
		}
		var occurred time.Time
		if rapid.IntRange(0, 5).Draw(rt, "earlier") == 0 {
			occurred = s.now.Add(-30 * time.Minute)
		}
		e, err := state.Decide(s.inc, state.Action{Command: command, Occurred: occurred, Override: "a reason"}, stamp)
		if refusal := new(state.Refusal); errors.As(err, &refusal) {
			continue
		} else if err != nil {
			rt.Fatal(err)
		}
		s.append(e)
	}
	return s
}

// outline lists the entries of the log, each with what is withheld of it.
func (s *scribe) outline(sets []uint8) string {
	var b strings.Builder
	inc := s.incident()
	for i, e := range inc.Log {
		fmt.Fprintf(&b, "\n%d %05b %s %s", e.Seq, sets[i], e.When().Format("15:04"), inc.Describe(e))
	}
	return b.String()
}

// doings are what may be done of steps, services and the log.
func (s *scribe) doings(rt *rapid.T) []state.Command {
	step := s.inc.Steps[rapid.IntRange(0, len(s.inc.Steps)-1).Draw(rt, "step")].ID
	service := rapid.SampledFrom([]string{"gisis", "imodocs"}).Draw(rt, "service")
	seq, said, at := uint64(rapid.IntRange(1, len(s.lines)).Draw(rt, "seq")), "a word", s.now.Add(-time.Hour)
	return []state.Command{
		state.StartStep{Step: step, Note: said}, state.DoStep{Step: step, Note: said}, state.DoStep{Step: step}, state.FailStep{Step: step, Why: said}, state.SkipStep{Step: step, Why: said},
		state.BlockStep{Step: step, On: said}, state.ReopenStep{Step: step, Why: said}, state.ConfirmStep{Step: step}, state.TickStep{Step: step, Item: 1, On: true},
		state.AnswerStep{Step: "attack", Option: rapid.SampledFrom([]string{"yes", "no"}).Draw(rt, "option")}, state.AssignStep{Step: step, To: "Ben"},
		state.AddNote{Step: step, Text: said}, state.AddNote{Text: state.KeyMark + " it turned"}, state.AnswerInputs{Values: map[string]string{"org": "IMO"}},
		state.SetService{Service: service, State: rapid.SampledFrom(state.ServiceStates()).Draw(rt, "state"), Why: said},
		state.RecordCheck{Service: service, OK: seq%2 == 0, What: "GET /", Detail: "503", Millis: 3},
		state.SetSeverity{Severity: runbooks.SEV3, Why: said}, state.SetTitle{Title: "Another", Why: said}, state.AddStep{Phase: "contain", Title: "Pull the plug"},
		state.AssignRole{Role: "commander", Person: "Cleo"}, state.HandRole{Role: "operations", To: "Ada", Note: said}, state.AcknowledgeRole{Role: "operations"},
		state.AddService{Title: "Payroll", Tier: 2}, state.AddContact{Title: "The insurer", Reach: []string{"tel:+44"}},
		state.RetractEntry{Seq: seq, Why: said}, state.AmendEntry{Seq: seq, Text: &said, Why: said}, state.AmendEntry{Seq: seq, Occurred: &at, Why: said},
		state.AddEvidence{Step: step, Name: "f", SHA256: state.Sum([]byte(said)), Size: 1}, state.MarkEntry{Seq: seq, Why: said},
		state.CloseIncident{Summary: said}, state.ReopenIncident{Why: said},
	}
}

// sayings are what may be said, and to whom, and what falls due.
func (s *scribe) sayings(rt *rapid.T) []state.Command {
	notice := rapid.SampledFrom([]string{"holding", "back", "new"}).Draw(rt, "notice")
	clock := rapid.SampledFrom([]string{"gdpr", "board", "filing"}).Draw(rt, "clock")
	service := rapid.SampledFrom([]string{"gisis", "imodocs"}).Draw(rt, "of")
	n, back := rapid.Uint64Range(0, 5).Draw(rt, "n"), s.now.Add(50*time.Minute)
	all := []state.Command{
		state.DraftNotice{Notice: notice, Title: "A word", Audience: "public", Text: "So it is.", Claims: []state.Claim{{Service: service, State: rapid.SampledFrom([]state.ServiceState{state.Verified, state.Affected, state.Unaffected}).Draw(rt, "claim")}}},
		state.ApproveNotice{Notice: notice}, state.SendNotice{Notice: notice, Channel: "press", To: "all"}, state.FailNotice{Notice: notice, Channel: "press", Why: "down"}, state.LeaveNotice{Notice: notice, Channel: "mail", To: "all"},
		state.CallContact{Contact: "cert", Outcome: rapid.SampledFrom(state.Outcomes()).Draw(rt, "outcome"), CallBack: &back, Note: "busy"}, state.CallContact{Contact: "mayor", Title: "The mayor", Outcome: state.Reached},
		state.StartClock{Clock: clock, Why: "so"}, state.MeetClock{Clock: clock, Why: "told"}, state.WaiveClock{Clock: clock, Why: "not ours"},
		state.SetTimer{Title: "Look", Due: back}, state.EndTimer{Timer: fmt.Sprintf("timer-%d", n), Why: "seen"},
		state.IssueSitrep{To: "the board", Text: "# Situation"}, state.RecordWitness{Witness: "the bank", How: "telephone"},
	}
	if c := s.inc.Clock(clock); c != nil && !c.Due(time.UTC).IsZero() && c.Due(time.UTC).Before(s.now) {
		all = append(all, state.MissClock{Clock: clock, Due: c.Due(time.UTC)})
	}
	if s.inc.Mode == state.Drill {
		all = append(all, state.SetExercise{Do: state.ExerciseStart}, state.AddInject{From: "desk", To: "commander", Via: "phone", Text: "More."},
			state.AcknowledgeInject{Inject: fmt.Sprint(n), Note: "yes"}, state.AddObservation{Text: "Calm.", Mark: state.Improve, Objective: "truth"},
			state.RateObjective{Objective: "truth", Rating: rapid.SampledFrom(state.Ratings()).Draw(rt, "rating")})
	}
	return all
}

// verdicts are words with which reports say that there is nothing, or that it was too late.
// Where things stand is data in the data; see TestACopySaysNothingElse.
var verdicts = strings.Fields("late never none overdue untrue nobody nothing unanswered")

// quoting are headings under which entries are quoted, in their own words.
var quoting = []string{"Timeline", "timeline", "Key events", "What was done", "Looks from", "Overrides", "Corrections", "How to"}

// verdictsIn are the sentences and cells of a report in which it judges, each with what begins
// its row.
func verdictsIn(text string) map[string]bool {
	all := map[string]bool{}
	heading, quotes := "", false
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "#") {
			heading = line
			heading = strings.Replace(heading, "### A word", "### new", 1) // as it is called where its title is withheld
			if strings.Contains(heading, "What is still open") {
				heading = strings.Replace(heading, "## Annex I: What is still open", "### Still open", 1) // one list; the first page has it shortened
			}
			quotes = slices.ContainsFunc(quoting, func(q string) bool { return strings.Contains(line, q) })
		}
		if quotes {
			continue
		}
		cells := []string{line}
		if strings.HasPrefix(line, "|") {
			cells = strings.Split(strings.Trim(line, "| "), " | ")
		}
		if strings.Contains(cells[0], "withheld") || strings.Contains(cells[0], ".? ") || strings.HasPrefix(strings.TrimPrefix(strings.TrimPrefix(line, "- "), "EXERCISE "), "at ") {
			continue // of what has no name here
		}
		for _, cell := range cells {
			cell = strings.TrimSpace(cell)
			plain := strings.ToLower(cell)
			if strings.HasPrefix(plain, "> **exercise") || strings.HasPrefix(cell, "An answer is an entry") || strings.Contains(plain, "r restored, nobody") || strings.Contains(plain, "withheld") || strings.Contains(plain, "not known") {
				continue
			}
			words := strings.FieldsFunc(plain, func(r rune) bool { return r < 'a' || r > 'z' })
			if slices.ContainsFunc(words, func(w string) bool { return slices.Contains(verdicts, w) }) {
				all[heading+" ▸ "+cells[0]+" ▸ "+cell] = true
			}
		}
	}
	return all
}

// TestACopyJudgesNothingElse: whatever is withheld of whatever log, no report of the copy, in
// whatever format, judges what none of the whole log judges so.
func TestACopyJudgesNothingElse(t *testing.T) {
	if os.Getenv("MUSTER_PROOF") != "long" {
		t.Skip("it looks at many random logs: MUSTER_PROOF=long")
	}
	rapid.Check(t, func(rt *rapid.T) {
		s := grown(t, rt)
		sets := rapid.SliceOfN(rapid.OneOf(rapid.Just(uint8(0)), rapid.Just(uint8(state.AllParts)), rapid.Uint8Range(0, uint8(state.AllParts))), len(s.lines), len(s.lines)).Draw(rt, "sets")
		inc := s.copied(func(seq uint64) state.Parts {
			switch parts := state.Parts(sets[seq-1]); {
			case parts.Has(state.Facts) && seq > 1:
				return state.AllParts
			case seq == 1: // things are called by other names without it
				return parts &^ state.PartsOf(state.Procedure, state.Names, state.Facts)
			default:
				return parts
			}
		})
		whole := textsOf(t, s.incident(), s.now)
		for name, text := range textsOf(t, inc, s.now) {
			said := verdictsIn(whole[name])
			for verdict := range verdictsIn(text) {
				if inc.Redacted.Ending != 0 && strings.Contains(strings.ToLower(verdict), "overdue") || strings.Contains(verdict, "OVERRIDE") {
					continue // by the time of a closing that is withheld, which is that of its recording; or an entry, quoted
				}
				more := func(v string) bool { return strings.HasPrefix(v, verdict) } // the whole log says more
				if !said[verdict] && !slices.ContainsFunc(slices.Collect(maps.Keys(said)), more) {
					rt.Errorf("%s says %s, which the whole log does not say; entries and what is withheld:%s", name, verdict, s.outline(sets))
				}
			}
		}
	})
}

// textsOf are the reports of an incident as people read them.
func textsOf(tb testing.TB, inc *state.Incident, now time.Time) map[string]string {
	sitrep, aar := export.NewSitrep(inc, view.SitrepOptions{Now: now, Program: program}), export.NewAAR(inc, view.AAROptions{})
	return map[string]string{
		"md": written(tb, inc, export.Markdown, export.Options{}), "sitrep": sitrep.Markdown(), "sitrep's text": sitrep.Text(), "after-action report": aar.Markdown(),
	}
}
