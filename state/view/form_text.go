package view

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
)

// open is what a form says to who gets it where nothing is said: of what it requires that
// it is not known, and of the rest no more than that.
func (f *FormField) open() string {
	if f.Required {
		return "not known yet"
	}
	return "not stated"
}

// Says is what stands in a field, raw: times in a zone, choices in words. "" if it is not
// known.
func (f *FormField) Says(zone *time.Location) string {
	if f.Value == nil {
		return ""
	}
	value := *f.Value
	switch f.Type {
	case runbooks.AskTime:
		if at, err := time.Parse(time.RFC3339, value); err == nil {
			return formTime(at, zone)
		}
	case runbooks.AskChoice:
		if f.From != "fixed" {
			return f.labels(value)
		}
	}
	return value
}

// labels are choices in words.
func (f *FormField) labels(value string) string {
	if f.Def == nil || len(f.Def.Labels) == 0 {
		return value
	}
	given := []string{value}
	if f.Def.Many {
		given = state.Titles(value)
	}
	for i, choice := range given {
		if at := slices.Index(f.Def.Choices, choice); at >= 0 {
			given[i] = f.Def.Labels[at]
		}
	}
	return strings.Join(given, "; ")
}

// WhoCanSay names whom to ask for what is not known.
func (f *FormField) WhoCanSay() string {
	role := cmp.Or(f.AskTitle, f.Ask)
	switch {
	case f.AskPerson == state.WithheldText:
		return "whoever is " + role
	case f.AskPerson != "":
		return f.AskPerson + " (" + role + ")"
	case f.AskTitle != "":
		return role + ", which nobody has taken yet"
	}
	return role
}

// Sendable is the form as it goes out: plain text, or the document that is published for
// it. It has no word to who fills it in.
func (f *Form) Sendable() (string, error) {
	if f.Document != "" {
		text, err := f.WriteDocument()
		return string(text), err
	}
	return f.Text(), nil
}

// Text is the form as plain text: cleaned, for who gets it or hears it.
func (f *Form) Text() string {
	var b strings.Builder
	mark := ""
	if f.Exercise {
		mark = "EXERCISE EXERCISE EXERCISE\n"
		if f.Aloud {
			mark += "Say first, and last: this is an exercise.\n"
		}
	}
	b.WriteString(mark + clean.Line(f.Name) + "\n")
	for _, line := range f.top() {
		b.WriteString(clean.Line(line) + "\n")
	}
	for i := range f.Fields {
		one := &f.Fields[i]
		if one.Value == nil && (one.Applies == nil || !*one.Applies) || one.OfDocument() {
			continue
		}
		if one.Section != "" {
			b.WriteString("\n" + strings.ToUpper(clean.Line(one.Section)) + "\n")
		}
		b.WriteString(clean.Line(one.Heading()) + "\n")
		for line := range strings.Lines(clean.Text(cmp.Or(one.Says(f.Zone), one.open()))) {
			b.WriteString("  " + strings.TrimRight(line, " \n") + "\n")
		}
	}
	b.WriteString("\n" + f.Foot() + "\n" + mark)
	return b.String()
}

// OfDocument reports whether a field is only there for a document, and for no reader.
func (f *FormField) OfDocument() bool { return f.From == "fixed" && f.Source == "" }

// Heading is what a field asks, with the article.
func (f *FormField) Heading() string {
	if f.Source == "" {
		return f.Title
	}
	return f.Title + " (" + f.Source + ")"
}

// top says what it is, to whom it goes, and as of when.
func (f *Form) top() []string {
	lines := []string{f.Sharing()}
	if f.AsOf != nil {
		lines = append(lines, f.AsOf.Title(func(t time.Time) string { return formTime(t, f.Zone) })+" — "+f.AsOf.String())
	}
	if f.Law != "" {
		lines = append(lines, f.Law)
	}
	if to := cmp.Or(f.To, f.Audience); to != "" {
		lines = append(lines, "To: "+to)
	}
	return append(lines, "As of "+formTime(f.At, f.Zone))
}

// Sharing is the TLP marking.
func (f *Form) Sharing() string {
	if f.TLP == "" {
		return "TLP not known: the runbook that says it is withheld"
	}
	return "TLP:" + string(f.TLP)
}

// Foot says from which log it is.
func (f *Form) Foot() string {
	return fmt.Sprintf("From the log of incident %s: %s, head %s. %s.", clean.Line(string(cmp.Or(f.ID, "(withheld)"))), entries(f.Entries), f.Log.Code, clean.Line(f.Program))
}

// SaysOf is what a value of a field is in words; see [FormField.Says].
func (f *Form) SaysOf(field, value string) string {
	for i := range f.Fields {
		if f.Fields[i].ID == field {
			one := f.Fields[i]
			one.Value = &value
			return one.Says(f.Zone)
		}
	}
	return value
}
