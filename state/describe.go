package state

import (
	"fmt"
	"strconv"
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

// said is what a person said, in quotation marks; nothing if nothing was.
func said(text string) string {
	if text == "" {
		return ""
	}
	var room [256]byte // enough for most, and not on the heap
	return string(strconv.AppendQuote(append(room[:0], " — "...), oneLine(text)))
}

// oneLine is text with a space for each stretch of white space, and none around it.
func oneLine(text string) string {
	space := true // a space here would be one too many
	for i := range len(text) {
		c := text[i]
		if c < ' ' || c >= 0x7f || c == ' ' && space {
			return strings.Join(strings.Fields(text), " ")
		}
		space = c == ' '
	}
	if space && text != "" {
		return strings.Join(strings.Fields(text), " ")
	}
	return text
}

// sayCopies says which steps an entry brought or took away, by moving a service.
func sayCopies(inc *Incident, seq uint64) string {
	text := ""
	if came := copiesOf(inc, seq).came; len(came) > 0 {
		text += "; steps for it: " + strings.Join(came, ", ")
	}
	if went := copiesOf(inc, seq).went; len(went) > 0 {
		text += "; gone: " + strings.Join(went, ", ")
	}
	return text
}
