package incident

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/state/when"
	"muster/tui/kit"
)

// noReview says why nothing can be written down here; "" if it can.
func noReview(o *Open) string {
	if o.IsDrill() && o.Inc.Closed == nil && !o.Facilitates() {
		return "An open drill is looked back at by who facilitates it; once it is closed, by everybody."
	}
	return o.Cannot()
}

// review offers what can be written down, and the actions that are still to be done.
func review(o *Open) tea.Cmd {
	all := []kit.Finding{
		{Kind: "review", Text: "Went well: write it down", Do: func() tea.Cmd { return observe(o, "What went well", state.Strength) }},
		{Kind: "review", Text: "Did not go well: write it down", Do: func() tea.Cmd { return observe(o, "What did not go well", state.Improve) }},
		{Kind: "review", Text: "Root cause: say why it happened", Do: func() tea.Cmd { return stateCause(o) }},
		{Kind: "review", Text: "Action: say what is to be done, by whom and by when", Do: func() tea.Cmd { return planAction(o) }},
	}
	for i, a := range o.Inc.Review.Actions {
		if a.Done.IsZero() {
			all = append(all, kit.Finding{Kind: "to do", Text: fmt.Sprintf("%d %s", i+1, a.What), Hint: strings.TrimSpace(a.Owner + " " + a.Due), Do: func() tea.Cmd { return finishAction(o, a) }})
		}
	}
	return o.UI.Show(kit.NewFinder(o.UI, "Look back", all))
}

func observe(o *Open, title string, mark state.Mark) tea.Cmd {
	return o.Ask(TypedAction{
		Title: title, Verb: "record",
		Fields: func() []*kit.Field {
			return []*kit.Field{{ID: "text", Label: title, Kind: kit.NoteField, Required: true}}
		},
		Command: func(v map[string]string) state.Command { return state.AddObservation{Text: v["text"], Mark: mark} },
	})
}

func stateCause(o *Open) tea.Cmd {
	values := map[string]string{}
	if c := o.Inc.Review.Cause; c != nil {
		values["text"], values["factors"] = c.Text, strings.Join(c.Factors, "\n")
	}
	return o.Ask(TypedAction{
		Title: "Root cause", Verb: "record", About: "The last word counts; what was said before stays in the log.", Values: values,
		Fields: func() []*kit.Field {
			return []*kit.Field{
				{ID: "text", Label: "Why did it happen?", Kind: kit.NoteField, Required: true},
				{ID: "factors", Label: "What contributed? A line each", Kind: kit.NoteField, Hint: "optional"},
			}
		},
		Command: func(v map[string]string) state.Command {
			c := state.StateCause{Text: v["text"]}
			for line := range strings.Lines(v["factors"]) {
				if line = strings.TrimSpace(line); line != "" {
					c.Factors = append(c.Factors, line)
				}
			}
			return c
		},
	})
}

func planAction(o *Open) tea.Cmd {
	return o.Ask(TypedAction{
		Title: "Action", Verb: "record",
		Fields: func() []*kit.Field {
			return []*kit.Field{
				{ID: "what", Label: "What is to be done?", Kind: kit.NoteField, Required: true},
				{ID: "owner", Label: "Who sees to it?", Hint: "optional", Named: true},
				{ID: "due", Label: "By when?", Hint: "2026-12-24 or 14d, optional", Check: func(v string) string { _, why := dueDate(o, v); return why }},
			}
		},
		Command: func(v map[string]string) state.Command {
			due, _ := dueDate(o, v["due"])
			return state.PlanAction{What: v["what"], Owner: v["owner"], Due: due}
		},
	})
}

// dueDate reads a date to come, or says what is wrong with it.
func dueDate(o *Open, text string) (date, why string) {
	now := o.UI.Now()
	r, err := when.Ahead(text, now)
	switch {
	case err != nil:
		return "", err.Error()
	case !r.Given:
		return "", ""
	}
	return r.Time.In(now.Location()).Format(time.DateOnly), ""
}

func finishAction(o *Open, a state.ReviewAction) tea.Cmd {
	return o.Ask(TypedAction{
		Title: "Done", Verb: "record", About: a.What,
		Fields:  func() []*kit.Field { return []*kit.Field{NoteOf("What came of it")} },
		Command: func(v map[string]string) state.Command { return state.FinishAction{Action: a.Seq, Note: v["note"]} },
	})
}
