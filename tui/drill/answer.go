package drill

import (
	"fmt"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/state/clean"
	"muster/tui/incident"
	"muster/tui/kit"
)

// mostAnswers bounds the entries that are offered as the answer to an inject; the
// timeline links any.
const mostAnswers = 200

// noAnswer says why no answer can be linked here.
func (s *Screen) noAnswer() string {
	d := s.Inc.Exercise.Delivery(s.At().ID)
	switch {
	case s.Cannot() != "":
		return s.Cannot()
	case d == nil || s.At().Kind == objectiveRow:
		return "Choose an inject that was delivered."
	case len(done(s, d)) == 0:
		return "The players have recorded nothing since."
	}
	return ""
}

// done is what the players did since an inject, and before the end.
func done(s *Screen, d *state.Delivery) []state.Entry {
	var list []state.Entry
	for _, e := range s.Inc.PlayerEntries(d.Seq) {
		if e.Kind != state.KindInjectAcknowledged && (s.Inc.Closed == nil || e.Seq < s.Inc.Closed.Seq) && len(list) < mostAnswers {
			list = append(list, e)
		}
	}
	return list
}

// linkAnswer asks which entry answered the inject under the cursor.
func (s *Screen) linkAnswer() tea.Cmd {
	d := s.Inc.Exercise.Delivery(s.At().ID)
	entry := &kit.Field{ID: "entry", Label: "Entry", Kind: kit.ChoiceField}
	for _, e := range done(s, d) {
		entry.Choices = append(entry.Choices, kit.Choice{Value: strconv.FormatUint(e.Seq, 10), Title: fmt.Sprintf("%d %s: %s", e.Seq, kit.Person(e.By.Name), clean.Row(s.Says(e)))})
	}
	return s.ask(incident.TypedAction{
		Title: fmt.Sprintf("What answered inject %d", d.Number), About: d.Text, Verb: "link",
		Fields: func() []*kit.Field {
			return []*kit.Field{entry, {ID: "note", Label: "What it shows", Kind: kit.NoteField, Hint: "optional"}}
		},
		Command: func(v map[string]string) state.Command {
			seq, _ := strconv.ParseUint(v["entry"], 10, 64) // one of the choices
			return state.AcknowledgeInject{Inject: strconv.Itoa(d.Number), Note: v["note"], Entry: seq}
		},
	})
}
