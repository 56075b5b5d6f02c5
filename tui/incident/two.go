package incident

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/state/clean"
	"muster/tui/kit"
)

// This file is about what has two answers since logs were merged.

// twoMark says of how many things two answers stand; "" for none.
func twoMark(inc *state.Incident) string {
	switch n := len(state.Contradicting(inc)); n {
	case 0:
		return ""
	case 1:
		return "TWO ANSWERS"
	default:
		return fmt.Sprintf("TWO ANSWERS: %d", n)
	}
}

// noTwo says why nothing is to be settled; "" if something is, or was.
func noTwo(o *Open) string {
	if len(o.Inc.Two) == 0 {
		return "Nothing has two answers."
	}
	return ""
}

// twoLabel shows in the footer while something is to be settled.
func twoLabel(o *Open) string {
	if len(state.Contradicting(o.Inc)) == 0 {
		return ""
	}
	return "two answers"
}

// answersOf are the entries that say it.
func (c *Case) answersOf(two *state.TwoAnswers) []state.Entry {
	var all []state.Entry
	for _, seq := range two.Entries {
		if e, ok := c.Inc.Entry(seq); ok {
			all = append(all, e)
		}
	}
	return all
}

// oneAnswer is one of several answers: who, when, and where it was recorded.
func (c *Case) oneAnswer(e *state.Entry) string {
	where := "here"
	if e.Origin != nil {
		where = fmt.Sprintf("in a branch, as entry %d", e.Origin.Seq)
	}
	return fmt.Sprintf("%s, %s, %s: %s", kit.Person(e.By.Name), kit.ClockTime(e.When(), c.UI.Now()), where, clean.Row(c.Says(*e)))
}

// whatDiffers is what each of several answers says, with what all of them begin with at the
// end: where a line has no room, what tells them apart is not cut off.
func (c *Case) whatDiffers(answers []state.Entry) []string {
	texts := make([]string, len(answers))
	for i := range answers {
		texts[i] = clean.Row(c.Says(answers[i]))
	}
	if len(texts) == 0 {
		return nil
	}
	same := texts[0]
	for _, text := range texts {
		for !strings.HasPrefix(text, same) {
			same = same[:len(same)-1]
		}
	}
	same = same[:strings.LastIndex(same, ": ")+1]
	if same == "" {
		return texts
	}
	for i := range texts {
		texts[i] = fmt.Sprintf("%s (%s)", strings.TrimSpace(strings.TrimPrefix(texts[i], same)), strings.TrimSuffix(same, ":"))
	}
	return texts
}

// twoName is how people call what has two answers.
func (c *Case) twoName(t *state.TwoAnswers) string {
	if t.What == state.OfAmendment {
		return clean.Row(t.Name(c.Inc))
	}
	return string(t.What) + " " + clean.Row(t.Name(c.Inc))
}

// settledText says how it was settled.
func (c *Case) settledText(t *state.TwoAnswers) string {
	text := "all of them happened"
	if t.Holds != 0 {
		text = fmt.Sprintf("entry %d holds", t.Holds)
	}
	return fmt.Sprintf("%s; %s, %s: %s", text, kit.Person(t.By), kit.ClockTime(t.When, c.UI.Now()), clean.Row(t.Why))
}

// showTwo lists what has two answers, with the answers; taking one says that it holds.
func showTwo(o *Open) tea.Cmd {
	var all []kit.Finding
	open := state.Contradicting(o.Inc)
	for _, two := range open {
		answers := o.answersOf(&two)
		says := o.whatDiffers(answers)
		for i, e := range answers {
			where := "here"
			if e.Origin != nil {
				where = "branch"
			}
			all = append(all, kit.Finding{Kind: fmt.Sprintf("entry %d", e.Seq), Group: "Two answers: " + o.twoName(&two), Hint: where,
				Text: fmt.Sprintf("%s %s: %s", kit.Person(e.By.Name), kit.ClockTime(e.When(), o.UI.Now()), says[i]),
				Do:   func() tea.Cmd { return settleThis(o, two.What, two.Of, e.Seq) }})
		}
	}
	for _, two := range o.Inc.Two {
		if two.Settled != 0 {
			all = append(all, kit.Finding{Kind: "settled", Group: "Settled", Text: o.twoName(&two) + ": " + o.settledText(&two),
				Do: func() tea.Cmd { return o.LeadTo("entry", strconv.FormatUint(two.Settled, 10)) }})
		}
	}
	title := "Nothing has two answers any more"
	if len(open) > 0 {
		title = "Two answers: " + kit.Plural(len(open), "thing") + "; take the one that holds"
	}
	return o.UI.Show(kit.NewFinder(o.UI, title, all))
}

// openTwo is what has two answers that nobody has settled, by what it is and its id.
func openTwo(inc *state.Incident, what state.Contradictory, id string) (state.TwoAnswers, bool) {
	open := state.Contradicting(inc)
	if at := slices.IndexFunc(open, func(t state.TwoAnswers) bool { return t.What == what && t.Of == id }); at >= 0 {
		return open[at], true
	}
	return state.TwoAnswers{}, false
}

// settleThis asks which answer holds and why; holds is the one that is proposed.
func settleThis(o *Open, what state.Contradictory, id string, holds uint64) tea.Cmd {
	two, ok := openTwo(o.Inc, what, id)
	if why := o.Cannot(); why != "" || !ok {
		if !ok {
			why = "Of this no two answers stand."
		}
		o.UI.Say(why)
		return nil
	}
	var lines []string
	field := &kit.Field{ID: "holds", Label: "Which holds", Kind: kit.ChoiceField}
	for _, e := range o.answersOf(&two) {
		lines = append(lines, fmt.Sprintf("Entry %d: %s", e.Seq, o.oneAnswer(&e)))
		field.Choices = append(field.Choices, kit.Choice{Value: strconv.FormatUint(e.Seq, 10), Title: fmt.Sprintf("entry %d, %s", e.Seq, kit.Person(e.By.Name))})
	}
	lines = append(lines, "Both stay in the log; the one that holds counts from now on.")
	if !what.Chosen() {
		lines[len(lines)-1] = "It went out twice: both happened, and that is what settling records."
	}
	values := map[string]string{}
	if holds != 0 {
		values["holds"] = strconv.FormatUint(holds, 10)
	}
	return o.Ask(TypedAction{
		Title: "Settle " + o.twoName(&two), Verb: "settle", About: strings.Join(lines, "\n"), Values: values,
		Fields: func() []*kit.Field {
			why := &kit.Field{ID: "why", Label: "Why?", Required: true}
			if !what.Chosen() {
				return []*kit.Field{why}
			}
			return []*kit.Field{field, why}
		},
		Command: func(v map[string]string) state.Command {
			command := state.SettleContradiction{What: what, Of: id, Why: v["why"]}
			if what.Chosen() {
				command.Holds, _ = strconv.ParseUint(v["holds"], 10, 64) // one of the choices
			}
			return command
		},
	})
}

// leadToTwo leads to settling what has two answers, by its name among all that have.
func leadToTwo(o *Open, name string) tea.Cmd {
	what, id, _ := strings.Cut(name, ":")
	return settleThis(o, state.Contradictory(what), id, 0)
}

// TwoAnswers says of a thing that two answers stand, which, and how that is settled; "" if
// they do not.
func (c *Case) TwoAnswers(what state.Contradictory, id string) string {
	two, ok := openTwo(c.Inc, what, id)
	if !ok {
		return ""
	}
	var answers []string
	for _, e := range c.answersOf(&two) {
		answers = append(answers, fmt.Sprintf("entry %d, %s", e.Seq, c.oneAnswer(&e)))
	}
	return "TWO ANSWERS: " + strings.Join(answers, "; ") + ". " + c.UI.KeyOf("settle") + " settles it."
}

// IsTwo reports whether two answers stand of a thing.
func (c *Case) IsTwo(what state.Contradictory, id string) bool {
	_, is := openTwo(c.Inc, what, id)
	return is
}

// holder is who holds a role, and whether two answers stand of that.
func (c *Case) holder(r *state.Role) string {
	if c.IsTwo(state.OfRole, r.Def.ID) {
		return kit.Person(r.Person) + ", TWO ANSWERS"
	}
	return kit.Person(r.Person)
}

// TwoAnswersAt is TwoAnswers for a step: for how it ended, and for what it asks.
func (c *Case) TwoAnswersAt(step string) string {
	for _, two := range state.Contradicting(c.Inc) {
		if two.What != state.OfStep && two.What != state.OfAnswer {
			continue
		}
		for _, seq := range two.Entries {
			if e, ok := c.Inc.Entry(seq); ok && c.Inc.StepOf(e) == step {
				return c.TwoAnswers(two.What, two.Of)
			}
		}
	}
	return ""
}

// twoFound are what has two answers, for the palette.
func twoFound(o *Open) []kit.Finding {
	var all []kit.Finding
	for _, two := range state.Contradicting(o.Inc) {
		all = append(all, kit.Finding{Kind: "two", Text: "Two answers: " + o.twoName(&two), Hint: "settle",
			Do: func() tea.Cmd { return settleThis(o, two.What, two.Of, 0) }})
	}
	return all
}
