package state

import (
	"fmt"

	"muster/runbooks"
)

// fits refuses runbooks that become too much together, with the figure.
func (d *decision) fits(books []*runbooks.Runbook, organisation Organisation) {
	var titles []string
	seen := make(map[string]bool)
	add := func(service *runbooks.Service) {
		if !seen[service.ID] {
			seen[service.ID] = true
			titles = append(titles, service.Title)
		}
	}
	for i := range organisation.Services {
		add(&organisation.Services[i])
	}
	if d.inc != nil {
		for i := range d.inc.Services {
			add(d.inc.Services[i].Def)
		}
	}
	for _, book := range books {
		for i := range book.Services {
			// As attach does: an example gives way to what the organisation has.
			if len(organisation.Services) == 0 || !book.Services[i].Example {
				add(&book.Services[i])
			}
		}
	}
	var size runbooks.Size
	for _, book := range books {
		size = size.Add(book.Becomes(titles))
	}
	if d.inc != nil {
		size.Made += len(d.inc.added)
		size.Rows += len(d.inc.added)
	}
	if over := size.Over(); over != "" {
		d.refuse(Refusal{Reason: Invalid, Text: fmt.Sprintf("It would become too large with %d services: %s.", len(titles), over),
			Hint: "Take out services or steps, or run a smaller runbook."})
	}
}

// room refuses to add a step where there is no room for one.
func (d *decision) room() {
	if len(d.inc.Steps) >= runbooks.MaxMade || d.inc.laid > maxLaid || d.inc.Over.Steps > 0 {
		d.refuse(Refusal{Reason: Invalid, Text: fmt.Sprintf("There is no room for another step: there are %d, and %d is the most.", len(d.inc.Steps)+d.inc.Over.Steps, runbooks.MaxMade),
			Hint: "Write it down as a note."})
	}
}
