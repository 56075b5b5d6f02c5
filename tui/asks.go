package tui

import (
	"muster/runbooks"
	"muster/state"
)

// askFields are the fields that ask for asks.
func askFields(asks []runbooks.Ask) []*field {
	var fields []*field
	for _, ask := range asks {
		f := &field{id: "ask." + ask.ID, label: ask.Prompt, required: ask.Required,
			check: func(v string) string { return state.CheckAnswer(ask, v) }}
		none := choice{"", "not known"}
		switch ask.Type {
		case runbooks.AskBool:
			f.kind, f.choices = choiceField, []choice{none, {"yes", "yes"}, {"no", "no"}}
		case runbooks.AskChoice:
			f.kind, f.choices = choiceField, []choice{none}
			for _, c := range ask.Choices {
				f.choices = append(f.choices, choice{c, c})
			}
		case runbooks.AskTime:
			f.hint = "02:38"
		case runbooks.AskNumber:
			f.hint = "a number"
		}
		fields = append(fields, f)
	}
	return fields
}

// answers are the values that were filled in, by ask.
func answers(asks []runbooks.Ask, values map[string]string) map[string]string {
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

func noteOf(label string) *field {
	return &field{id: "note", label: label, kind: noteField, hint: "optional"}
}

func severityField() *field {
	f := &field{id: "severity", label: "Severity", kind: choiceField}
	for _, s := range runbooks.Severities() {
		f.choices = append(f.choices, choice{string(s), string(s)})
	}
	return f
}
