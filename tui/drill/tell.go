package drill

import (
	"fmt"

	"muster/tui/incident"
	"muster/tui/kit"
)

// Tell implements kit.Teller: the clock goes before the list.
func (s *Screen) Tell() kit.Telling {
	s.Refresh()
	head := kit.Said(s.clockLines(kit.Wide))
	if s.played.scenario == nil {
		return kit.Telling{Title: "drill, the facilitator's", Head: head}
	}
	told := s.Board.Tell()
	told.Title = "drill, the facilitator's"
	told.Head = head
	return told
}

// Tell implements kit.Teller.
func (d *injectDialog) Tell() kit.Telling {
	got := d.delivery()
	if got == nil {
		return kit.Telling{Title: "Message"}
	}
	p := &incident.Page{T: d.of.UI.Theme, W: kit.Wide}
	messageText(d.of.Case, p, got)
	told := kit.Telling{Title: fmt.Sprintf("EXERCISE: message %d", got.Number), Text: kit.Said(p.Lines)}
	if n := len(d.of.waiting); n > 0 {
		told.Title += fmt.Sprintf(", %d more", n)
	}
	return told
}
