package incident

import (
	"maps"

	"muster/runbooks"
	"muster/state"
	"muster/tui/kit"
)

// AskFields are the fields that ask for asks.
func AskFields(asks []runbooks.Ask) []*kit.Field {
	var fields []*kit.Field
	for _, ask := range asks {
		f := &kit.Field{ID: "ask." + ask.ID, Fills: "values", Label: ask.Prompt, Required: ask.Required,
			Check: func(v string) string { return state.CheckAnswer(ask, v) }}
		_, f.Named = ask.SetsRole()
		none := kit.Choice{Value: "", Title: "not known"}
		switch ask.Type {
		case runbooks.AskBool:
			f.Kind, f.Choices = kit.ChoiceField, []kit.Choice{none, {Value: "yes", Title: "yes"}, {Value: "no", Title: "no"}}
		case runbooks.AskChoice:
			f.Kind, f.Choices = kit.ChoiceField, []kit.Choice{none}
			for _, c := range ask.Choices {
				f.Choices = append(f.Choices, kit.Choice{Value: c, Title: c})
			}
		case runbooks.AskTime:
			f.Hint = "such as 02:38, or -10m"
		case runbooks.AskNumber:
			f.Hint = "a number"
		}
		fields = append(fields, f)
	}
	return fields
}

// Changed are the values that were filled in and that the form did not begin with, by
// ask: what was left as it was is not answered again.
func Changed(asks []runbooks.Ask, before, values map[string]string) map[string]string {
	given := Answers(asks, values)
	maps.DeleteFunc(given, func(id, value string) bool { return before["ask."+id] == value })
	return given
}

// Answers are the values that were filled in, by ask.
func Answers(asks []runbooks.Ask, values map[string]string) map[string]string {
	var given map[string]string
	for _, ask := range asks {
		if v := values["ask."+ask.ID]; v != "" {
			if given == nil {
				given = map[string]string{}
			}
			given[ask.ID] = v
		}
	}
	return given
}

// NoteOf is the field of a note that may be left empty.
func NoteOf(label string) *kit.Field {
	return &kit.Field{ID: "note", Label: label, Kind: kit.NoteField, Hint: "optional"}
}

// EvidenceNoteOf is the field of a note that stands for the file that nobody attached.
func EvidenceNoteOf(label string) *kit.Field {
	field := NoteOf(label)
	field.Hint = "what was seen, unless a file is attached"
	return field
}

// SeverityField asks for a severity.
func SeverityField() *kit.Field {
	f := &kit.Field{ID: "severity", Label: "Severity", Kind: kit.ChoiceField}
	for _, s := range runbooks.Severities() {
		f.Choices = append(f.Choices, kit.Choice{Value: string(s), Title: string(s)})
	}
	return f
}
