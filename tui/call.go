package tui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"muster/state"
)

func (s *noticesScreen) noContact() string {
	if s.at().kind != contactRow {
		return "Choose a contact first."
	}
	return s.cannot()
}

// call asks what came of calling a contact.
func (s *noticesScreen) call() tea.Cmd {
	c := s.contactOf(s.at().id)
	known := s.inc.Contact(c.ID)
	ways := &field{id: "via", label: "By which way", kind: choiceField, choices: []choice{{"", "not said"}}}
	for _, way := range c.Reach {
		if !way.Private {
			ways.choices = append(ways.choices, choice{way.Text, way.Text})
		}
	}
	about := "In order: "
	for i, way := range c.Reach {
		about += fmt.Sprintf("%d  %s   ", i+1, way.Text)
	}
	if len(c.Reach) == 0 {
		about = "No number or address is known."
	}
	return s.ask(typedAction{
		title: "Call " + c.Title, about: strings.TrimSpace(about), verb: "record",
		fields: func() []*field { return []*field{outcomeField(), ways, s.aheadField(), noteOf("What was said")} },
		command: func(v map[string]string) state.Command {
			command := state.CallContact{Contact: c.ID, Via: v["via"], Outcome: state.Outcome(v["outcome"]), Note: v["note"]}
			if known == nil { // a private contact: its title is none of the log's business
				command.Title = c.ID
			}
			if back, err := s.ui.ahead(v["back"]); err == nil && !back.IsZero() {
				command.CallBack = &back
			}
			return command
		},
	})
}

func outcomeField() *field {
	f := &field{id: "outcome", label: "What came of it", kind: choiceField}
	for _, o := range state.Outcomes() {
		f.choices = append(f.choices, choice{string(o), string(o)})
	}
	return f
}

// aheadField asks for a time to come.
func (s *noticesScreen) aheadField() *field {
	return &field{id: "back", label: "Call back at", hint: "30m, or 07:30", check: s.ui.notAhead}
}
