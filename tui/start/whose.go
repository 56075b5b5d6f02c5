package start

import (
	"slices"

	"muster/runbooks"
	"muster/state"
	"muster/tui/kit"
)

// commands is the choice of who starts an incident and commands it.
const commands = "yes"

// whoseFields ask who commands; and, if no organisation is set down, what it runs, so
// that a first incident is about one's own services and has somebody who decides.
func whoseFields(book *runbooks.Runbook, bare bool) (fields []*kit.Field) {
	if slices.ContainsFunc(book.Roles, func(r runbooks.Role) bool { return r.ID == state.Commander }) {
		fields = append(fields, &kit.Field{ID: "commands", Label: "Do you command?", Kind: kit.ChoiceField,
			Choices: []kit.Choice{{Title: "not said yet"}, {Value: commands, Title: "yes, until somebody else does"}}})
	}
	if bare && slices.ContainsFunc(book.Services, func(s runbooks.Service) bool { return s.Example }) {
		fields = append(fields, &kit.Field{ID: "services", Label: "Your services, the most important first", Hint: "with commas: Booking, E-mail; or empty for the runbook's examples"})
	}
	return fields
}
