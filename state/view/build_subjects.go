package view

import (
	"time"

	"muster/state"
)

// clocks computes the deadlines as they stood at the last entry.
func (b *builder) clocks(opts *Options) {
	from := b
	// An answer that is withheld would show by the clock that it started.
	if opts.Whole != nil && b.inc.Redacted.Runbook && !opts.Withheld.Has(state.Procedure) && !opts.Withheld.Has(state.Notes) {
		from = &builder{inc: opts.Whole}
	}
	for i := range from.inc.Clocks {
		c := from.clock(&from.inc.Clocks[i], opts.Zone)
		if from != b && opts.Withheld.Has(state.Names) {
			c.StartedBy, c.EndedBy = withheldName(c.StartedBy), withheldName(c.EndedBy)
		}
		b.out.Clocks = append(b.out.Clocks, c)
	}
	b.out.Clocks = known(b.out.Clocks, from.inc.Redacted.Runbook)
}

// clock computes a deadline as it stood at the last entry, or at the end of a closed incident. Calendar days are
// counted in zone, or else at the offset of who started it, so that the same log
// gives the same day everywhere; of one that was missed, and counts as it did then, the
// log says when it was due.
func (b *builder) clock(c *state.Clock, zone *time.Location) Clock {
	if zone == nil {
		zone = offsetAt(b.inc, c.StartSeq)
	}
	out := clockOf(b.inc, c, b.inc.Until(state.EndOf(b.inc)), zone)
	if was := missedDue(b.inc, c); was != nil && out.MissedDue == nil && !out.Withheld && !c.Uncounted() {
		out.Due = knownMoment(*was)
	}
	return out
}

// offsetAt is the offset from UTC at which an entry was written.
func offsetAt(inc *state.Incident, seq uint64) *time.Location {
	e, ok := inc.Entry(seq)
	if !ok || len(e.Zone) < len("+01:00") {
		return time.UTC
	}
	t, err := time.Parse("-07:00", e.Zone[:len("+01:00")])
	if err != nil {
		return time.UTC
	}
	return t.Location()
}

// withheldName is what stands for a name; nothing for none.
func withheldName(name string) string {
	if name == "" {
		return ""
	}
	return state.WithheldText
}

func (b *builder) services() []ServiceRecord {
	var out []ServiceRecord
	for i := range b.inc.Services {
		s := &b.inc.Services[i]
		one := serviceOf(b.inc, s)
		one.Again = list(b.past.again[s.ID])
		out = append(out, ServiceRecord{one, list(b.past.services[s.ID])})
	}
	return known(out, b.inc.Redacted.Runbook)
}

// phases computes the phases, the steps, their counts and all answers.
func (b *builder) phases() {
	b.out.Answers, b.out.Tally = inputsOf(b.inc), new(TallyRecord)
	for p := range b.inc.Phases {
		def := &b.inc.Phases[p]
		phase := Phase{ID: def.ID, Number: def.Number, Title: def.Def.Title, Goal: def.Def.Goal, Tally: new(TallyRecord)}
		for i := def.First; i < def.First+def.Count; i++ {
			if b.inc.Steps[i].Empty && b.inc.Redacted.Services > 0 {
				continue // whether it has copies is not known
			}
			step := b.stepOf(&b.inc.Steps[i])
			b.out.Steps = append(b.out.Steps, step)
			b.out.Answers = append(b.out.Answers, step.Answers...)
			if !step.Empty {
				phase.Tally.add(&step)
				b.out.Tally.add(&step)
			}
		}
		if stepsLost(b.inc) {
			phase.Tally = nil
		}
		b.out.Phases = append(b.out.Phases, phase)
	}
	lost := b.inc.Redacted.Runbook
	if len(b.out.Steps) == 0 && lost || stepsLost(b.inc) {
		b.out.Tally = nil
	}
	b.out.Phases, b.out.Steps, b.out.Answers = known(b.out.Phases, lost), known(b.out.Steps, lost), known(b.out.Answers, lost)
}

func (b *builder) stepOf(s *state.Step) StepRecord {
	seen := b.steps[s.ID]
	if seen == nil {
		seen = new(stepSeen)
	}
	out := StepRecord{
		Step: stepOf(b.inc, s, b.fill), Answers: list(answersOf(b.inc, s)),
		Notes: list(seen.notes), Evidence: list(seen.evidence), Overrides: list(seen.over), Seqs: list(seen.seqs),
	}
	open := out.Status == state.Todo || out.Status == state.Waiting
	if out.Met == nil || !out.Met.Settles {
		out.NeverRun, out.Reopened = open && !s.Empty && !seen.run, open && seen.run
	}
	return out
}

func (b *builder) notices() {
	corrected := corrections(b.inc)
	for i := range b.inc.Notices {
		b.out.Notices = append(b.out.Notices, b.notice(&b.inc.Notices[i], corrected))
	}
	b.out.Notices = known(b.out.Notices, b.inc.Redacted.Runbook)
}

// contradictions finds what the log contradicts itself in; nothing if it has too many entries
// to tell. Of the statements that say that something else was known, by their entries, it
// notes what the log had.
func (b *builder) contradictions() {
	if len(b.inc.Log) > MaxConsistent {
		return
	}
	found, _ := state.Contradictions(func(yield func(state.Entry, error) bool) { // which has no errors
		for _, e := range b.inc.Log {
			if !yield(e, nil) {
				return
			}
		}
	})
	b.out.Contradicts, b.had = contradictionsOf(found), make(map[uint64][]state.ClaimKnown)
	for _, c := range found {
		if c.Known != nil {
			b.had[c.Seq] = c.Known
		}
	}
}

// contradicted puts what the log had then into the place of what a statement's entry says was
// known, if that is something else: a report repeats no claim that the log contradicts.
func (b *builder) contradicted(s Sending) Sending {
	for j, had := range claimsOf(b.inc, b.had[s.Seq]) {
		claim := &s.Claims[j]
		claim.Contradicted = claim.Known != had.Known
		claim.Known, claim.Since, claim.By, claim.Holds, claim.Unsure = had.Known, had.Since, had.By, had.Holds, had.Unsure
	}
	return s
}

func (b *builder) notice(n *state.Notice, corrected map[uint64][]uint64) NoticeRecord {
	out := NoticeRecord{Notice: noticeOf(b.inc, n, corrected), Versions: []Version{}, Untrue: []Untrue{}, Unsure: []Untrue{}}
	for _, one := range b.past.failedOf(b.inc, n) {
		if one.Fault.False() {
			out.Untrue = append(out.Untrue, one)
		} else {
			out.Unsure = append(out.Unsure, one)
		}
	}
	out.Redacted = list(b.past.untold[n.ID])
	for i := range n.Versions {
		v := &n.Versions[i]
		version := Version{
			Version: v.Number, Text: v.Text, SHA256: given(v.SHA256, v.Withheld.Has(state.Notes)), Claims: []Statement{}, Basis: v.Basis, By: v.By, At: v.When.UTC(), Seq: v.Seq,
			ApprovedBy: v.ApprovedBy, ApprovedAt: moment(v.ApprovedAt), ApprovedSeq: v.ApprovedSeq, Beside: b.inc.Beside(v.ApprovedSeq), BesideHow: state.SayBeside(b.inc, v.ApprovedSeq, func(name string) string { return name }), Alone: v.Alone(b.inc) != "", Approval: v.HandsIn(b.inc, n, func(name string) string { return name }), Sent: []Sending{}, Failures: []Failure{},
		}
		if v.Withheld.Has(state.Notes) {
			version.Basis = nil
		} else if version.Basis == nil {
			version.Basis = map[string]string{}
		}
		for _, c := range v.Claims {
			version.Claims = append(version.Claims, Statement(c))
		}
		for j := range v.Sent {
			version.Sent = append(version.Sent, b.contradicted(sendingOf(b.inc, n, &v.Sent[j], corrected)))
		}
		for _, f := range v.Failures {
			version.Failures = append(version.Failures, Failure{f.Channel, f.Why})
		}
		out.Versions = append(out.Versions, version)
	}
	return out
}
