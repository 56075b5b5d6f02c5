package services

import (
	"strconv"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/state/clean"
	"muster/tui/incident"
	"muster/tui/kit"
)

// add asks for a service that is not in the list.
func (s *Screen) add() tea.Cmd {
	return s.Ask(incident.TypedAction{
		Title: "Add a service", Verb: "add", Values: map[string]string{"tier": "3"},
		Fields: func() []*kit.Field {
			tier := &kit.Field{ID: "tier", Label: "Tier: 1 is restored first", Kind: kit.ChoiceField}
			for n := range 5 {
				tier.Choices = append(tier.Choices, kit.Choice{Value: strconv.Itoa(n + 1), Title: strconv.Itoa(n + 1)})
			}
			on := &kit.Field{ID: "on", Fills: "depends_on", Label: "It cannot run without", Kind: kit.ChoiceField, Choices: []kit.Choice{{Title: "none of these"}}}
			for i := range s.Inc.Services {
				def := s.Inc.Services[i].Def
				on.Choices = append(on.Choices, kit.Choice{Value: def.ID, Title: clean.Line(def.Title)})
			}
			return []*kit.Field{{ID: "title", Label: "Title", Required: true, Hint: "what people call it"}, tier, on}
		},
		Command: func(v map[string]string) state.Command {
			tier, _ := strconv.Atoi(v["tier"]) // one of the choices
			c := state.AddService{Title: v["title"], Tier: tier}
			if v["on"] != "" {
				c.DependsOn = []string{v["on"]}
			}
			return c
		},
	})
}
