package notices

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/tui/incident"
	"muster/tui/kit"
)

// addContact asks for a contact that is not in the list.
func (s *Screen) addContact() tea.Cmd {
	return s.Ask(incident.TypedAction{
		Title: "Add a contact", Verb: "add",
		Fields: func() []*kit.Field {
			return []*kit.Field{
				{ID: "title", Label: "Who", Required: true, Hint: "a person or a body"},
				{ID: "reach", Label: "How to reach them", Hint: "tel:+442079460000; several: a space between"},
				{ID: "note", Label: "What to know before calling"},
			}
		},
		Command: func(v map[string]string) state.Command {
			return state.AddContact{Title: v["title"], Reach: ways(v["reach"]), Note: v["note"]}
		},
	})
}

// ways are what was typed as ways to reach somebody. A bare number is a telephone's.
func ways(typed string) []string {
	if number := strings.TrimSpace(typed); number != "" && !strings.Contains(number, ":") {
		return []string{"tel:" + strings.ReplaceAll(number, " ", "")}
	}
	return strings.Fields(typed)
}
