package notices

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/tui/incident"
	"muster/tui/kit"
)

func (s *Screen) noContact() string {
	if s.At().Kind != incident.ContactRow {
		return "Choose a contact first."
	}
	return s.Cannot()
}

// call asks what came of calling a contact.
func (s *Screen) call() tea.Cmd {
	c := s.ContactOf(s.At().ID)
	ways := &kit.Field{ID: "via", Label: "By which way", Kind: kit.ChoiceField, Choices: []kit.Choice{{Value: "", Title: "not said"}}}
	for _, way := range c.Reach {
		if !way.Private {
			ways.Choices = append(ways.Choices, kit.Choice{Value: way.Text, Title: way.Text})
		}
	}
	about := "In order: "
	for i, way := range c.Reach {
		about += fmt.Sprintf("%d  %s   ", i+1, way.Text)
	}
	if len(c.Reach) == 0 {
		about = "No number or address is known."
	}
	return s.Ask(incident.TypedAction{
		Title: "Call " + c.Title, About: strings.TrimSpace(about), Verb: "record",
		Fields: func() []*kit.Field {
			who := &kit.Field{ID: "in", Label: "Who called", Kind: kit.ChoiceField, Choices: []kit.Choice{{Value: "", Title: "we did"}, {Value: "in", Title: "they did"}}}
			return []*kit.Field{outcomeField(), ways, s.aheadField(), incident.NoteOf("What was said"), who}
		},
		Command: func(v map[string]string) state.Command {
			command, _ := c.Call(state.CallContact{Via: v["via"], Outcome: state.Outcome(v["outcome"]), Note: v["note"], In: v["in"] != ""}) // a way that is chosen is there
			if back, err := s.back(v); err == nil && !back.IsZero() {
				command.CallBack = &back
			}
			return command
		},
		Wrong: func(v map[string]string) string {
			if _, err := s.back(v); err != nil {
				return "Call back at: " + err.Error() + "."
			}
			return ""
		},
	})
}

// back reads when to call back: it counts from the call, which may be written down later.
func (s *Screen) back(v map[string]string) (time.Time, error) {
	call, err := s.UI.Past(v["when"])
	if err != nil {
		return call, err
	}
	return kit.After(s.UI, v["back"], call)
}

// outcomeField asks what came of a call. Nothing is chosen beforehand: enter in a form that
// nobody has looked at would record that somebody was reached.
func outcomeField() *kit.Field {
	f := &kit.Field{ID: "outcome", Label: "What came of it", Kind: kit.ChoiceField, Required: true, Choices: []kit.Choice{{Value: "", Title: "not said"}}}
	for _, o := range state.Outcomes() {
		f.Choices = append(f.Choices, kit.Choice{Value: string(o), Title: string(o)})
	}
	return f
}

// aheadField asks for a time to come.
func (s *Screen) aheadField() *kit.Field {
	return &kit.Field{ID: "back", Label: "Call back at", Fills: "callback", Hint: "30m from the call, or 07:30", Check: s.UI.NotAhead}
}
