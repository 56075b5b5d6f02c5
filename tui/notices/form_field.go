package notices

import (
	"strings"
	"time"

	"muster/runbooks"
	"muster/state"
	"muster/tui/kit"
)

// answerField asks for what stands in a field of a form.
func answerField(def *runbooks.FormField, now func() time.Time) *kit.Field {
	field := &kit.Field{ID: "value", Label: "What stands there", Required: true, Check: func(value string) string {
		if strings.TrimSpace(value) == "" {
			return ""
		}
		_, wrong := state.FieldValue(def, strings.TrimSpace(value), now())
		return wrong
	}}
	switch def.Type {
	case runbooks.AskTime:
		field.Hint = "02:38, -10m, or with its day"
	case runbooks.AskNumber:
		field.Hint = "a number"
	case runbooks.AskBool:
		field.Kind, field.Choices = kit.ChoiceField, []kit.Choice{unsaid, {Value: "yes", Title: "yes"}, {Value: "no", Title: "no"}}
	case runbooks.AskChoice:
		field.Hint = strings.Join(def.Choices, ", ")
		if !def.Many {
			field.Kind, field.Choices = kit.ChoiceField, choicesOf(def)
		}
	default:
		field.Kind, field.Hint = kit.NoteField, "in the words that they are to read"
	}
	return field
}

// unsaid stands first among choices: none is taken by somebody who goes on without a look.
var unsaid = kit.Choice{Title: "–"}

func choicesOf(def *runbooks.FormField) []kit.Choice {
	list := []kit.Choice{unsaid}
	for i, choice := range def.Choices {
		one := kit.Choice{Value: choice, Title: choice}
		if len(def.Labels) > i {
			one.Title = def.Labels[i]
		}
		list = append(list, one)
	}
	return list
}
