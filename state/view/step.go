package view

import (
	"slices"
	"time"

	"muster/runbooks"
	"muster/state"
)

// A Step is where a step stands.
type Step struct {
	ID       string        `json:"id"`
	Number   string        `json:"number" doc:"as people say it: 2.3; a copy: 2.3b"`
	Title    string        `json:"title"`
	Phase    string        `json:"phase" doc:"its id"`
	Kind     runbooks.Kind `json:"kind"`
	Role     string        `json:"role,omitempty" doc:"that should do it"`
	Service  string        `json:"service,omitempty" doc:"that it acts on"`
	Required bool          `json:"required"`
	Added    bool          `json:"added,omitempty" doc:"by hand, during the incident"`
	Empty    bool          `json:"without_copies,omitempty" doc:"stands for copies and has none; counted nowhere"`

	Status    state.Status `json:"status"`
	Because   string       `json:"because,omitempty" doc:"why it waits or is not applicable; of one that is done: why what it brought about is not so any more"`
	Started   *time.Time   `json:"started,omitempty"`
	Ended     *time.Time   `json:"ended,omitempty"`
	Duration  *int64       `json:"duration_seconds,omitempty" doc:"from started to ended"`
	Expected  *int64       `json:"expected_seconds,omitempty"`
	StartedBy string       `json:"started_by,omitempty"`
	By        string       `json:"by,omitempty" doc:"who acted on its status last"`
	DoneBy    string       `json:"done_by,omitempty"`
	Confirmed string       `json:"confirmed_by,omitempty"`
	Assignee  string       `json:"assignee,omitempty"`
	Reason    string       `json:"reason,omitempty" doc:"why it failed, was skipped or is blocked; or the note given with done"`
	Lapsed    uint64       `json:"lapsed_seq,omitempty" doc:"of one that is done: the entry by which its service is not any more what the step made of it"`
	Met       *Met         `json:"met,omitempty" doc:"of one that is to do: what was recorded elsewhere that does what it asks"`
	Options   []string     `json:"options,omitempty" doc:"of a decision: their ids"`
	Answer    string       `json:"answer,omitempty" doc:"of a decision: the option"`
	Checklist []Tick       `json:"checklist"`
}

// A Met is an entry that does what a step asks, though nobody walked the step.
type Met struct {
	Seq     uint64 `json:"seq"`
	What    string `json:"what" doc:"verified, restored, shut down, sent, reached"`
	Settles bool   `json:"settles" doc:"the step asks for nothing else: it is finished, and was not walked"`
}

// A StepRecord adds what the log holds of a step.
type StepRecord struct {
	Step
	NeverRun  bool       `json:"never_run,omitempty" doc:"still to do, and nobody ever started or settled it, nor does an entry elsewhere"`
	Reopened  bool       `json:"reopened,omitempty" doc:"still to do, and was settled before"`
	Answers   []Answer   `json:"answers"`
	Notes     []Note     `json:"notes"`
	Evidence  []Evidence `json:"evidence"`
	Overrides []Override `json:"overrides"`
	Seqs      []uint64   `json:"entries" doc:"about it, that were not retracted"`
}

// A Tick is a line of a checklist.
type Tick struct {
	Text string `json:"text"`
	Done *bool  `json:"done" null:"what is withheld may have ticked it"`
	// Before is [state.Step.TickedBefore].
	Before bool `json:"before_reopening,omitempty" doc:"it was ticked before the step was reopened, and not anew"`
}

// A Note is something somebody said about a step.
type Note struct {
	Text string    `json:"text"`
	At   time.Time `json:"at"`
	By   string    `json:"by"`
	Seq  uint64    `json:"seq"`
}

// An Answer is what was decided or learned, or should have been.
type Answer struct {
	ID     string     `json:"id"`
	Kind   string     `json:"kind" doc:"input, decision, ask"`
	Step   string     `json:"step,omitempty" doc:"its id; an input has none"`
	Prompt string     `json:"prompt" doc:"a decision's is its step's title"`
	Value  *Words     `json:"value,omitempty" null:"notes that are withheld may answer it" doc:"an option's id, or what was typed; left out if not answered"`
	Title  string     `json:"title,omitempty" doc:"the option's title, or the value"`
	By     string     `json:"by,omitempty"`
	At     *time.Time `json:"at,omitempty"`
	Seq    uint64     `json:"seq,omitempty"`
	Why    string     `json:"why,omitempty" doc:"a decision's reason"`
	// Time is the answer, where a time was asked for and answered.
	Time *time.Time `json:"-"`
	// Unreasoned: the step asks for the reason.
	Unreasoned bool `json:"no_reason,omitempty" doc:"it was decided, the step asks for the reason, and none was given"`
	// Withheld: notes that are withheld may hold an answer, or a newer one.
	Withheld bool `json:"withheld,omitempty" doc:"notes that are withheld may hold an answer, or a newer one"`
}

// Name is how people call a step: its number and title.
func (s *Step) Name() string { return s.Number + " " + s.Title }

// Who is the person who has it, or else the role that should.
func (s *Step) Who() string {
	switch {
	case s.Status == state.Active:
		return s.StartedBy
	case s.Assignee != "":
		return s.Assignee
	}
	return s.Role
}

// stepOf is where a step stands; fill fills in the lines of its checklist.
func stepOf(inc *state.Incident, s *state.Step, fill func(*state.Step, string) string) Step {
	out := Step{
		ID: s.ID, Number: s.Number, Title: s.Title, Phase: inc.Phases[s.Phase].ID, Kind: s.Def.Kind, Role: s.Def.Role, Service: s.Service,
		Required: s.Def.Required, Added: s.Added, Empty: s.Empty, Status: inc.Status(s), Because: inc.Because(s),
		Started: moment(s.Started), Ended: moment(s.Ended), StartedBy: s.StartedBy,
		By: s.By, DoneBy: s.DoneBy, Confirmed: s.Confirmed, Assignee: s.Assignee, Reason: s.Reason, Checklist: []Tick{},
	}
	if mayHaveMoved(inc, s.Started) || s.Before {
		out.Started = nil
	}
	if mayHaveMoved(inc, s.Ended) {
		out.Ended, out.Reason = nil, ""
	}
	out.Duration = seconds(out.Started, out.Ended)
	if !s.Def.Expect.IsZero() {
		out.Expected = whole(s.Def.Expect.About())
	}
	for _, option := range s.Def.Options {
		out.Options = append(out.Options, option.ID)
	}
	if s.Def.Kind == runbooks.Decision {
		answer, _ := inc.Answer(s.ID)
		out.Answer = answer.Value
	}
	out.Lapsed = s.Lapsed(inc).Seq
	if met := s.Met(inc); met.Seq > 0 {
		out.Met = &Met{met.Seq, met.What, met.Settles}
	}
	for i, line := range s.Def.Checklist {
		tick := Tick{Text: fill(s, line)}
		if done := i < len(s.Ticks) && s.Ticks[i]; !s.Unlisted() {
			tick.Done, tick.Before = &done, s.TickedBefore(i)
		}
		out.Checklist = append(out.Checklist, tick)
	}
	return out
}

// mayHaveMoved reports whether what is withheld may give another time to what occurred
// at t, and another text.
func mayHaveMoved(inc *state.Incident, t time.Time) bool {
	corrected := inc.Redacted.Corrected
	return corrected > 0 && !t.IsZero() && !t.After(inc.Log[corrected-1].Recorded)
}

// StepsOf are all steps but those without copies; nil, not known, if the runbook that
// has them is withheld.
func StepsOf(inc *state.Incident) []Step {
	var out []Step
	fill := state.Filling(inc)
	for i := range inc.Steps {
		if !inc.Steps[i].Empty {
			out = append(out, stepOf(inc, &inc.Steps[i], fill))
		}
	}
	return known(out, inc.Redacted.Runbook)
}

// inputsOf lists what was asked at the start of each runbook.
func inputsOf(inc *state.Incident) []Answer {
	var out []Answer
	for i := range inc.Books {
		book := &inc.Books[i]
		for _, input := range book.Runbook.Inputs {
			id := book.IDOf(state.NounInput, input.ID)
			if slices.ContainsFunc(out, func(a Answer) bool { return a.ID == id }) {
				continue // another runbook asks the same
			}
			answer, _ := inc.Answer(id)
			out = append(out, answerOf(Answer{ID: id, Kind: "input", Prompt: input.Prompt, Withheld: inc.Unseen(id)}, answer))
		}
	}
	return out
}

// answersOf lists what a step decides and asks.
func answersOf(inc *state.Incident, s *state.Step) []Answer {
	var out []Answer
	if s.Empty {
		return nil
	}
	if s.Def.Kind == runbooks.Decision {
		answer, _ := inc.Answer(s.ID)
		one := answerOf(Answer{ID: s.ID, Kind: "decision", Step: s.ID, Prompt: s.Title}, answer)
		if e, ok := inc.Entry(answer.Seq); ok && one.At != nil {
			one.Why = state.TextOf(e.Data)
			one.Unreasoned = one.Why == "" && s.Def.AsksReason() && !e.Withheld.Has(state.Notes)
		}
		out = append(out, one)
	}
	for i := range s.Def.Ask {
		ask := &s.Def.Ask[i]
		answer, _ := inc.AskAnswer(s, ask.ID)
		one := answerOf(Answer{ID: ask.ID, Kind: "ask", Step: s.ID, Prompt: ask.Prompt, Withheld: inc.AskUnseen(s, ask.ID)}, answer)
		if t, err := time.Parse(time.RFC3339, answer.Value); err == nil && ask.Type == runbooks.AskTime {
			one.Time = moment(t)
		}
		out = append(out, one)
	}
	return out
}

func answerOf(out Answer, answer state.Answer) Answer {
	out.Title, out.By, out.Seq, out.At = answer.Title, answer.By, answer.Seq, moment(answer.When)
	if out.At != nil || out.Withheld {
		out.Value = &Words{Text: answer.Value, Known: out.At != nil}
	}
	return out
}
