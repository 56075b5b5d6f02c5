package start

import (
	"muster/tui/kit"
)

// Actions are what can be done with the form.
func Actions() []kit.Action {
	return []kit.Action{
		{ID: "start.begin", Title: "Start the incident", Label: "start", Keys: []string{"ctrl+s"}, On: kit.At(Place()), Do: kit.With((*Screen).begin)},
		{ID: "start.next", Title: "To the next field; on the last, start", Label: "next", Keys: []string{"enter"}, On: kit.At(Place()), Do: kit.With((*Screen).Take)},
		{ID: "start.back", Title: "Back home, without starting", Label: "back", Keys: []string{"esc"}, Fixed: true, On: kit.At(Place()), Do: kit.With((*Screen).leave)},
	}
}
