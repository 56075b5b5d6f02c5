package state

import (
	"fmt"
	"strings"
)

// Describe says in one line what an entry records, raw: clean it before it is
// drawn. Who and when are not part of it.
func (inc *Incident) Describe(e Entry) string {
	var text string
	switch data := e.Data.(type) {
	case nil:
		return "(content withheld)"
	case recorded:
		text = data.describe(inc, e)
	case *Unknown:
		text = fmt.Sprintf("%s %s", data.Name, data.Raw)
	default:
		text = string(e.Kind)
	}
	if e.Override != nil {
		text += fmt.Sprintf(" — override of %s: %q", joinReasons(e.Override.Of), e.Override.Why)
	}
	if e.Withheld != 0 { // in quotation marks, somebody would seem to have said it
		text = strings.ReplaceAll(text, fmt.Sprintf("%q", WithheldText), WithheldText)
	}
	return text
}

func joinReasons(of []Reason) string {
	words := make([]string, len(of))
	for i, reason := range of {
		words[i] = string(reason)
	}
	return strings.Join(words, ", ")
}
