package state

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"muster/runbooks"
)

// KindFormAnswered is the kind of [FormAnswered].
const KindFormAnswered Kind = "form.answered"

// FormAnswered records what somebody says for a field of a form.
type FormAnswered struct {
	Form     string `json:"form"` // under which it is kept; see [runbooks.Form].Root
	Field    string `json:"field"`
	Question string `json:"question" part:"notes"` // in the form's words
	Value    string `json:"value" part:"notes" text:"amend"`
}

// Kind is KindFormAnswered.
func (*FormAnswered) Kind() Kind { return KindFormAnswered }

// AnswerForm makes form.answered. Forms are no part of a log, so that who gives it says
// what the field is.
type AnswerForm struct {
	Form  string // under which it is kept; see [runbooks.Form].Root
	Field runbooks.FormField
	Value string
}

func (AnswerForm) kind() Kind { return KindFormAnswered }

func (c AnswerForm) decide(d *decision) Data {
	if !plainID(c.Form) || !plainID(c.Field.ID) {
		return d.refuse(Refusal{Reason: Invalid, Field: "form", Text: fmt.Sprintf("%q of %q cannot be a form's field.", c.Field.ID, c.Form)})
	}
	d.need("question", "what is asked", c.Field.Title, 5*MaxTitle)
	d.need("value", "the answer", c.Value, MaxText)
	if c.Field.Fixed != "" {
		return d.refuse(Refusal{Reason: Invalid, Field: "value", Text: fmt.Sprintf("%s always says %s in this form.", c.Field.ID, c.Field.Fixed)})
	}
	if blanks := Blanks(c.Value); len(blanks) > 0 {
		d.refuse(Refusal{Reason: Invalid, Field: "value", Text: fmt.Sprintf("The answer has blanks: %s.", sayBlanks(blanks)),
			Hint: "Fill them in, or leave the field open. Quotations can stand in “ ”."})
	}
	value, wrong := FieldValue(&c.Field, strings.TrimSpace(c.Value), d.stamp.Recorded.In(placeOf(d.stamp)))
	if wrong != "" {
		return d.refuse(Refusal{Reason: Invalid, Field: "value", Text: wrong})
	}
	return &FormAnswered{Form: c.Form, Field: c.Field.ID, Question: c.Field.Title, Value: value}
}

func (data *FormAnswered) effect(inc *Incident, e *Entry) {
	if e.Withheld.Has(Notes) {
		data = &FormAnswered{Form: data.Form, Field: data.Field}
	}
	inc.FormAnswers = append(slices.Clip(inc.FormAnswers), FormAnswer{
		Form: data.Form, Field: data.Field, Value: data.Value, Withheld: e.Withheld.Has(Notes), By: e.By.Name, When: e.When(), Seq: e.Seq,
	})
}

func (data *FormAnswered) describe(_ *Incident, e Entry) string {
	if e.Withheld.Has(Notes) {
		return fmt.Sprintf("answered %s of the form %s ", data.Field, data.Form) + WithheldText
	}
	return fmt.Sprintf("answered %s of the form %s, %s", data.Field, data.Form, data.Question) + said(data.Value)
}

// FieldValue is an answer to a field as it is kept, or, in a sentence, why it cannot be one:
// a time of day becomes a time that stays true tomorrow, and a choice may be given by its
// label, or by a beginning that only one has.
func FieldValue(f *runbooks.FormField, value string, now time.Time) (kept, wrong string) {
	given := []string{value}
	if f.Many {
		given = Titles(value)
	}
	if f.Type == runbooks.AskChoice {
		for i := range given {
			choice, err := choiceOf(f, given[i])
			if err != nil {
				return "", err.Error()
			}
			given[i] = choice
		}
		slices.Sort(given)
		return strings.Join(slices.Compact(given), ", "), ""
	}
	if wrong := CheckAnswer(f.AskOf(), value); wrong != "" {
		return "", wrong
	}
	if f.Type == runbooks.AskNumber {
		return numberOf(f, value)
	}
	if f.Pattern != "" && !fits(f.Pattern, value) {
		return "", fmt.Sprintf("%q is not written as it must be: %s", value, f.Help)
	}
	if f.Type == runbooks.AskTime {
		at, wrong := answerTime(value, now)
		if wrong != "" {
			return "", capital(wrong)
		}
		return at.Format(time.RFC3339), ""
	}
	return value, ""
}

// numberOf is a number as it is kept: plain, and within the field's bounds.
func numberOf(f *runbooks.FormField, value string) (kept, wrong string) {
	n, err := strconv.ParseFloat(value, 64)
	switch {
	case err != nil || math.IsInf(n, 0) || math.IsNaN(n) || n < 0 || n > 1e15:
		return "", fmt.Sprintf("%q cannot be the number that is asked for (%s).", value, f.Title)
	case f.Whole && n != math.Trunc(n):
		return "", fmt.Sprintf("%q is not a whole number (%s).", value, f.Title)
	case f.Most != nil && n > *f.Most:
		return "", fmt.Sprintf("%q is more than %v, which is the most (%s).", value, *f.Most, f.Title)
	}
	return strconv.FormatFloat(n, 'f', -1, 64), ""
}

// fits reports whether a pattern fits all of a text.
func fits(pattern, text string) bool {
	re, err := regexp.Compile(`^(?:` + pattern + `)$`)
	return err == nil && re.MatchString(text)
}

// choiceOf is the choice that is meant: by itself, by its label, or by its beginning.
func choiceOf(f *runbooks.FormField, given string) (string, error) {
	for i, label := range f.Labels {
		if strings.EqualFold(label, given) {
			return f.Choices[i], nil
		}
	}
	return FindWord(NounChoice, given, f.Choices)
}

// FormAnswerOf is the last answer to a field of the forms that are kept under an id; false
// if there is none.
func FormAnswerOf(inc *Incident, form, field string) (FormAnswer, bool) {
	for _, a := range slices.Backward(inc.FormAnswers) {
		if a.Form == form && a.Field == field {
			return a, true
		}
	}
	return FormAnswer{}, false
}
