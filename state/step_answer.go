package state

import (
	"fmt"
	"slices"

	"muster/runbooks"
)

// KindStepAnswered is the kind of [StepAnswered].
const KindStepAnswered Kind = "step.answered"

// StepAnswered records a decision, or answers to a step's asks.
type StepAnswered struct {
	StepRef
	Option string            `json:"option,omitempty"`              // the decision's; "" for asks
	Values map[string]string `json:"values,omitempty" part:"notes"` // by ask
	Note   string            `json:"note,omitempty" part:"notes" text:"amend"`
	Sets   Sets              `json:"sets,omitzero"` // what some of the values set besides
	// Of are the options that there were to choose from, and LogHead is the head of the log
	// that was known. Entries of older programs have neither.
	Of      []string `json:"of,omitempty"`
	LogHead Hash     `json:"log_head,omitzero"`
}

// Kind is KindStepAnswered.
func (*StepAnswered) Kind() Kind { return KindStepAnswered }

// AnswerStep makes step.answered: Option decides a decision step and
// settles it; Values answers the asks of any step.
type AnswerStep struct {
	Step, Option string
	Values       map[string]string
	Note         string
}

func (AnswerStep) kind() Kind { return KindStepAnswered }

func (c AnswerStep) decide(d *decision) Data {
	d.text("note", "the note", c.Note, MaxText)
	s := d.find(c.Step)
	if s == nil {
		return nil
	}
	values := d.values(s, c.Values)
	switch {
	case c.Option != "":
		d.choose(s, c.Option)
		if s.Def.Reason == runbooks.Demanded && isBlank(c.Note) {
			d.refuse(Refusal{Reason: Unreasoned, Field: "note", Overridable: true, Text: s.Name() + " asks for the reason of what is decided.", Hint: "Give it in a note, in a few words."})
		}
	case s.Def.Kind == runbooks.Decision && len(c.Values) == 0:
		return d.refuse(Refusal{Reason: Missing, Field: "option", Text: "No answer is given.", Acts: []Act{{Deed: DeedAnswer, Of: s.Number}}, Hint: "Answer " + s.Name() + " with one of: " + optionList(s) + "."})
	case len(c.Values) == 0:
		return d.refuse(Refusal{Reason: Missing, Field: "values", Text: "No answer is given.", Hint: "Give it as ID=VALUE."})
	}
	counted(d, keyed(d.inc, s, values), s, c.Option)
	movedWhy(d, keyed(d.inc, s, values), "note", c.Note)
	sets := d.takeSets(s, values)
	data := &StepAnswered{StepRef: StepRef{s.ID}, Option: c.Option, Values: values, Note: c.Note, Sets: sets}
	if c.Option != "" {
		data.LogHead = d.inc.Head.Hash
		for _, option := range s.Def.Options {
			data.Of = append(data.Of, option.ID)
		}
	}
	return data
}

func (data *StepAnswered) reason() string { return data.Note }

func (data *StepAnswered) contradicts(inc *Incident, e *Entry) string {
	switch {
	case !data.LogHead.IsZero() && entryWith(inc, data.LogHead) == 0:
		return fmt.Sprintf("It was decided at the head %s, and the log never had that head.", data.LogHead.Code())
	case len(data.Of) > 0 && !slices.Contains(data.Of, data.Option):
		return fmt.Sprintf("It decides for %q, which is not among what it says there was to choose from.", data.Option)
	}
	return data.Sets.contradicts(e)
}

// choose checks that option can decide the step now.
func (d *decision) choose(s *Step, option string) {
	if s.Def.Kind != runbooks.Decision {
		r := Refusal{Reason: Invalid, Field: "option", Text: s.Name() + " is not a decision."}
		if asks := askNames(s); len(asks) > 0 {
			r.Acts = []Act{{Deed: DeedAnswer, Of: s.Number, Ask: asks[0].ID}}
			r.Hint = "It asks: " + firstFew(asks, func(n Named) string { return n.ID }, ", ") + "."
		}
		d.refuse(r)
		return
	}
	if optionOf(s, option) == nil {
		d.noneOf("option", notIn(NounAnswer, " to "+s.Name(), option, optionNames(s)))
		return
	}
	if d.settled(s, Failed) {
		return
	}
	d.ready(s)
	d.unticked(s)
	if !s.Def.TwoPerson {
		leadsSince(d, s, option)
	}
	optionHolds(d, optionOf(s, option))
}

// optionHolds refuses, softly, to decide for what claims of services what is not so.
func optionHolds(d *decision, option *runbooks.Option) {
	if len(option.Claims) > 0 {
		claims := &runbooks.Notice{Claims: option.Claims}
		words := &Notice{Def: &runbooks.Notice{}} // no template says more than the option
		differs := func(c ClaimKnown) string { return words.sayDiffers(d.inc, option.Title, c) }
		d.gate(claims, claimsOf(d.inc, claims), differs, "Verify it, or decide otherwise.")
	}
}

func (data *StepAnswered) effect(inc *Incident, e *Entry) {
	s := inc.about(e, data.Step)
	if s == nil {
		return
	}
	data.Sets.take(inc, e, s)
	s.learn(inc, e, data.Sets.answers(data.Values, e.Withheld), data.Sets.named(inc))
	if data.Option == "" {
		return
	}
	answer := Answer{Value: data.Option, Title: data.Option, By: e.By.Name, When: e.When(), Seq: e.Seq, Why: reasonIn(e)}
	if option := optionOf(s, data.Option); option != nil {
		answer.Title = option.Title
	}
	before := inc.answers[s.answerKey(inc)]
	if before.Seq == 0 && s.before != nil {
		before = *s.before
	}
	inc.answers[s.answerKey(inc)] = answer.given(before)
	inc.said.say(e, subject{what: OfAnswer, of: s.answerKey(inc)}, data.Option)
	s.Reason = data.Note
	inc.retitle(ofAnswers)
	s.finish(inc, e)
}

func (data *StepAnswered) describe(inc *Incident, e Entry) string {
	name := stepName(inc, data.Step)
	if data.Option == "" {
		return "answered " + name + data.Sets.say(data.Values, e.Withheld) + said(data.Note)
	}
	title := data.Option
	if s := inc.Step(data.Step); s != nil {
		if option := optionOf(s, data.Option); option != nil && option.Title != "" {
			title = option.Title
		}
	}
	return "decided " + name + ": " + title + data.Sets.say(data.Values, e.Withheld) + said(data.Note) + sayCopies(inc, e.Seq)
}
