package state_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"muster/state"
	"muster/state/statetest"
)

const mergeBook = `title = "Two sides"
[[role]]
id = "commander"
title = "Commander"
[[service]]
id = "web"
title = "Website"
[[service]]
id = "mail"
title = "Mail"
[[clock]]
id = "law"
title = "Law"
within = "72h"
starts = "step:decide=yes"
[[notice]]
id = "holding"
title = "Holding"
text = "We look into it."
[[phase]]
title = "Only"
[[phase.step]]
id = "decide"
kind = "decision"
title = "Decide"
options = [{ id = "yes", title = "Yes" }, { id = "no", title = "No" }, { id = "later", title = "Later" }]
[[phase.step]]
id = "isolate"
title = "Isolate {{ .Service.Title }}"
each = "affected"
[[phase.step]]
id = "walk"
title = "Walk"
checklist = ["one", "two"]
ask = [{ id = "who", prompt = "Who?" }]
`

// A side is one who writes, with a log of their own.
type side struct {
	name string
	inc  *state.Incident
}

// A partition is several sides that know nothing of each other but what is carried.
type partition struct {
	t       fataler
	now     time.Time
	sides   []*side
	written map[state.Hash]bool // what was acknowledged, by its hash
}

type fataler interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

func newPartition(t fataler, sides int) *partition {
	t.Helper()
	return newPartitionOf(t, sides, mergeBook)
}

func newPartitionOf(t fataler, sides int, book string) *partition {
	t.Helper()
	return newPartitionIn(t, sides, book, state.Live)
}

func newPartitionIn(t fataler, sides int, book string, mode state.Mode) *partition {
	t.Helper()
	p := &partition{t: t, now: day, written: make(map[state.Hash]bool)}
	first := &state.Incident{}
	e, err := state.Decide(nil, state.Action{Command: state.OpenIncident{ID: "a", Mode: mode, Runbook: document("book", book), Program: "test"}},
		state.Stamp{By: state.Actor{Name: "Ada", Via: "local"}, Recorded: p.tick()})
	if err != nil {
		t.Fatal(err)
	}
	p.append(first, e)
	for i := range sides {
		p.sides = append(p.sides, &side{fmt.Sprintf("Side%c", 'A'+i), replayed(t, first)})
	}
	return p
}

func (p *partition) tick() time.Time {
	p.now = p.now.Add(time.Second)
	return p.now
}

// append seals an entry and applies it.
func (p *partition) append(inc *state.Incident, e state.Entry) {
	p.t.Helper()
	sealed, line, err := state.Seal(e)
	if err != nil {
		p.t.Fatal(err)
	}
	read, err := state.Decode(line.Bytes)
	if err != nil || read.Hash != sealed.Hash {
		p.t.Fatalf("an entry cannot be read back: %v", err)
	}
	if err := inc.Apply(read); err != nil {
		p.t.Fatal(err)
	}
	if read.Origin == nil && read.Kind != state.KindLogMerged {
		p.written[read.Hash] = true
	}
}

// do has a side do something; what is refused is not done.
func (p *partition) do(s *side, c state.Command, occurred time.Time) {
	p.t.Helper()
	now := p.tick()
	if occurred.After(now) {
		occurred = now
	}
	e, err := state.Decide(s.inc, state.Action{Command: c, Occurred: occurred, Override: "we must"}, state.Stamp{By: state.Actor{Name: s.name, Via: "local"}, Recorded: now})
	if err == nil {
		p.append(s.inc, e)
	}
}

// merge has a side take over what another's log, as it was carried, says, and tells whether
// that wrote anything.
func (p *partition) merge(s *side, carried *state.Incident) (wrote bool) {
	p.t.Helper()
	changed := statetest.Frames(s.inc.Log, carried.Log)
	defer func() {
		if is := changed(); is != "" {
			p.t.Fatalf("merging wrote to entries that others have: %s", is)
		}
	}()
	plan, err := state.PlanMerge(s.inc, carried)
	if err != nil {
		p.t.Fatal(err)
	}
	if plan.Nothing() {
		return false
	}
	now := p.tick()
	taken := make([]state.Entry, 0, len(plan.Entries))
	head := s.inc.Head
	ready := p.readyLines(s.inc.Head, plan, carried, now)
	for _, e := range plan.Entries {
		e.Seq, e.Prev, e.Recorded = head.Seq+1, head.Hash, now
		sealed, line, err := state.Seal(e)
		if err != nil || string(ready[len(taken)].Bytes) != string(line.Bytes) {
			p.t.Fatalf("%v: made ready from the branch's line, it is\n%s\nand should be\n%s", err, ready[len(taken)].Bytes, line.Bytes)
		}
		if sealed, err = state.Decode(line.Bytes); err != nil {
			p.t.Fatal(err)
		}
		head = state.Head{Seq: sealed.Seq, Hash: sealed.Hash}
		taken = append(taken, sealed)
	}
	if err := state.Stage(s.inc, taken...); err != nil {
		p.t.Fatal(err)
	}
	merged := state.MergeLog{Source: "carried", File: carried.Head.Hash, Head: carried.Head.Hash, Entries: carried.Head.Seq, Common: plan.Common, Taken: len(taken), Knew: plan.Knew}
	e, err := state.Decide(s.inc, state.Action{Command: merged}, state.Stamp{By: state.Actor{Name: s.name, Via: "local"}, Recorded: now})
	if err != nil {
		p.t.Fatal(err)
	}
	p.append(s.inc, e)
	if again, err := state.PlanMerge(s.inc, carried); err != nil || !again.Nothing() || again.Quiet > 0 {
		p.t.Fatalf("merging twice takes over %d entries: %v", len(again.Entries), err)
	}
	return true
}

// readyLines are the lines of what is taken over, as they are made of the branch's lines.
func (p *partition) readyLines(head state.Head, plan *state.Merging, branch *state.Incident, now time.Time) []state.Line {
	p.t.Helper()
	see := plan.Again(branch)
	for i := range branch.Log {
		_, line, err := state.Seal(branch.Log[i])
		if err != nil {
			p.t.Fatal(err)
		}
		see(line.Bytes)
	}
	entries := slices.Clone(plan.Entries)
	for i := range entries {
		entries[i].Recorded = now
	}
	lines, err := state.SealAll(head, entries, plan.Bodies)
	if err != nil {
		p.t.Fatal(err)
	}
	return lines
}

// upTo is a log as a carrier has it that lost its end.
func upTo(t fataler, inc *state.Incident, seq uint64) *state.Incident {
	t.Helper()
	short, err := state.Replay(func(yield func(state.Entry, error) bool) {
		for _, e := range inc.Log[:seq] {
			if !yield(e, nil) {
				return
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return short
}

func replayed(t fataler, inc *state.Incident) *state.Incident {
	t.Helper()
	return upTo(t, inc, inc.Head.Seq)
}

// act draws something that a person does.
func act(t *rapid.T, s *side) state.Command {
	service, seq := rapid.SampledFrom([]string{"web", "mail"}).Draw(t, "service"), rapid.Uint64Range(2, max(2, s.inc.Head.Seq)).Draw(t, "seq")
	text := rapid.StringMatching(`[a-z]{1,5}`).Draw(t, "text")
	step := rapid.SampledFrom([]string{"walk", "isolate/web", "isolate/mail", "added-1", "added-2"}).Draw(t, "step")
	two := state.TwoAnswers{}
	if open := state.Contradicting(s.inc); len(open) > 0 {
		two = rapid.SampledFrom(open).Draw(t, "two")
	}
	holds := uint64(0)
	if two.What.Chosen() && len(two.Entries) > 0 {
		holds = rapid.SampledFrom(two.Entries).Draw(t, "holds")
	}
	return rapid.SampledFrom([]state.Command{
		state.AddNote{Text: text}, state.AddNote{Text: text, Step: step},
		state.SetService{Service: service, State: rapid.SampledFrom(state.ServiceStates()).Draw(t, "state"), Why: text},
		state.AnswerStep{Step: "decide", Option: rapid.SampledFrom([]string{"yes", "no", "later"}).Draw(t, "option")}, state.ReopenStep{Step: "decide", Why: text},
		state.StartStep{Step: step}, state.DoStep{Step: step, Values: map[string]string{"who": text}}, state.SkipStep{Step: step, Why: text}, state.ReopenStep{Step: step, Why: text},
		state.TickStep{Step: "walk", Item: 1, On: true}, state.AddStep{Phase: "only", Title: text},
		state.AssignRole{Role: "commander", Person: text}, state.SetTimer{Title: text, Due: day.Add(100 * time.Hour)}, state.EndTimer{Timer: fmt.Sprintf("timer-%d", seq%3+1), Why: text},
		state.DraftNotice{Notice: "holding", Text: text}, state.SendNotice{Notice: "holding", Channel: "phone", To: text},
		state.StartClock{Clock: "law", Why: text}, state.MeetClock{Clock: "law", Why: text}, state.WaiveClock{Clock: "law", Why: text},
		state.AmendEntry{Seq: seq, Text: &text, Why: "slip"}, state.RetractEntry{Seq: seq, Why: "slip"}, state.MarkEntry{Seq: seq, Why: text},
		state.SetSeverity{Severity: "SEV3", Why: text}, state.CloseIncident{Summary: text}, state.ReopenIncident{Why: text}, state.SettleContradiction{What: two.What, Of: two.Of, Holds: holds, Why: text},
	}).Draw(t, "act")
}

// saysAll is what an incident says, whatever numbers its entries have.
func saysAll(t fataler, inc *state.Incident) string {
	t.Helper()
	name := func(seq uint64) string {
		if seq == 0 || seq > uint64(len(inc.Log)) {
			return "-"
		}
		return state.IdentityOf(&inc.Log[seq-1]).String()[:12]
	}
	var all []any
	for i := range inc.Services {
		s := &inc.Services[i]
		all = append(all, s.ID, s.State, s.Since, s.By, s.Why, name(s.Seq))
	}
	for i := range inc.Steps {
		s := &inc.Steps[i]
		var notes []string
		for _, seq := range s.Notes {
			notes = append(notes, name(seq))
		}
		title := s.Title
		if s.Added {
			title = "added"
		}
		all = append(all, title, s.Status, s.By, s.Reason, s.Ended, s.Ticks, notes, name(s.Last))
	}
	for i := range inc.Roles {
		all = append(all, inc.Roles[i].Person, inc.Roles[i].Since, name(inc.Roles[i].Seq))
	}
	for i := range inc.Clocks {
		c := &inc.Clocks[i]
		all = append(all, c.ID, c.Ended, c.Waived, name(c.EndSeq), c.Started, c.Why, name(c.StartSeq))
	}
	for i := range inc.Notices {
		for _, v := range inc.Notices[i].Versions {
			all = append(all, v.Text, v.By, v.When, len(v.Sent))
		}
	}
	for i := range inc.Timers {
		all = append(all, inc.Timers[i].Title, inc.Timers[i].By, inc.Timers[i].Ended, inc.Timers[i].Why)
	}
	for _, id := range []string{"decide", "who"} {
		answer, known := inc.Answer(id)
		all = append(all, answer.Value, known, name(answer.Seq))
	}
	texts := make(map[string]string)
	for i := range inc.Log {
		if e, _ := inc.Entry(inc.Log[i].Seq); e.Kind != state.KindLogMerged {
			texts[name(e.Seq)] = fmt.Sprint(state.TextOf(e.Data), inc.RetractedBy(e.Seq) != 0)
		}
	}
	out, err := json.Marshal(append(all, inc.Severity, inc.Closed != nil, texts))
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// contradicted are the answers that contradict each other, and which holds, whatever numbers
// the entries have.
func contradicted(inc *state.Incident) map[string]string {
	name := func(seq uint64) string {
		if seq == 0 {
			return "-"
		}
		return state.IdentityOf(&inc.Log[seq-1]).String()[:12]
	}
	found := make(map[string]string)
	for _, two := range inc.Two {
		id := two.ID()
		if two.What == state.OfAmendment {
			id = "amendment:" + name(two.Entry)
		} else if two.What == state.OfStep && strings.Contains(id, "added") {
			id = "added" // a step that was added is called otherwise in another log
		}
		var entries []string
		for _, seq := range two.Entries {
			entries = append(entries, name(seq))
		}
		slices.Sort(entries)
		found[id+fmt.Sprint(entries)] = fmt.Sprint(name(two.Settled), name(two.Holds))
	}
	return found
}

// TestMergedAlike: however people were apart, and whichever log was carried to whom, how
// often and in which order, in the end every entry that was acknowledged stands in every log
// once, and all logs say the same.
func TestMergedAlike(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := newPartition(t, rapid.IntRange(2, 15).Draw(t, "sides"))
		for range rapid.IntRange(1, 60).Draw(t, "acts") {
			s := p.sides[rapid.IntRange(0, len(p.sides)-1).Draw(t, "side")]
			if rapid.IntRange(0, 4).Draw(t, "merges") == 0 {
				other := p.sides[rapid.IntRange(0, len(p.sides)-1).Draw(t, "other")]
				p.merge(s, upTo(t, other.inc, rapid.Uint64Range(1, other.inc.Head.Seq).Draw(t, "carried")))
				continue
			}
			var occurred time.Time
			if rapid.IntRange(0, 3).Draw(t, "late") == 0 {
				occurred = p.now.Add(-time.Duration(rapid.IntRange(0, 40).Draw(t, "before")) * time.Second)
			}
			p.do(s, act(t, s), occurred)
		}
		p.meet(t)
	})
}

// quiet has sides that all have everything merge each other's logs: that writes nothing.
func (p *partition) quiet(t *rapid.T) {
	any := rapid.IntRange(0, len(p.sides)-1)
	for range 4 {
		a, b := p.sides[any.Draw(t, "a")], p.sides[any.Draw(t, "b")]
		if p.merge(a, b.inc) || p.merge(b, a.inc) {
			t.Fatalf("%s and %s have all, and never come to rest", a.name, b.name)
		}
	}
}

// meet has every side take over all that the others have, in any order, and compares them.
func (p *partition) meet(t *rapid.T) {
	var last []*state.Incident
	var numbers []int
	for i, s := range p.sides {
		last = append(last, replayed(t, s.inc))
		numbers = append(numbers, i)
	}
	mine := maps.Clone(p.written)
	for _, s := range p.sides {
		for _, i := range rapid.Permutation(numbers).Draw(t, "order") {
			p.merge(s, last[i])
		}
		p.merge(s, last[rapid.SampledFrom(numbers).Draw(t, "once more")])
	}
	p.quiet(t)
	first := p.sides[0]
	for _, s := range p.sides {
		times := make(map[state.Hash]int)
		for i := range s.inc.Log {
			times[state.IdentityOf(&s.inc.Log[i])]++
		}
		for hash := range mine {
			if times[hash] != 1 {
				t.Fatalf("%s has an entry %d times that was acknowledged", s.name, times[hash])
			}
		}
		if again := replayed(t, s.inc); saysAll(t, again) != saysAll(t, s.inc) || !slices.Equal(again.Merges, s.inc.Merges) {
			t.Fatalf("%s read anew says\n%s\nand not\n%s", s.name, saysAll(t, again), saysAll(t, s.inc))
		}
		if one, other := saysAll(t, first.inc), saysAll(t, s.inc); one != other {
			t.Fatalf("%s says\n%s\nand %s\n%s", first.name, one, s.name, other)
		}
		if one, other := contradicted(first.inc), contradicted(s.inc); !maps.Equal(one, other) {
			t.Fatalf("%s lists as contradicting\n%v\nand %s\n%v", first.name, one, s.name, other)
		}
	}
}
