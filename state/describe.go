package state

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"muster/state/clean"
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
	return clean.Rejoined(text)
}

func joinReasons(of []Reason) string {
	var words []string
	for _, reason := range of {
		if word := string(reason); !slices.Contains(words, word) {
			words = append(words, word)
		}
	}
	return strings.Join(words, ", ")
}

// inUTC is a time in a sentence of the log, which is read in every zone; [InZone] tells it in
// a reader's.
func inUTC(t time.Time) string {
	t = t.UTC()
	if t.Second() != 0 {
		return t.Format("2006-01-02 15:04:05 UTC")
	}
	return t.Format("2006-01-02 15:04 UTC")
}

// utcTime is a time as inUTC writes it.
var utcTime = regexp.MustCompile(`\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)? UTC`)

// InZone is a sentence of [Incident.Describe] with its times as say writes them. What stands
// in quotation marks was said by somebody, and stays as it was said.
func InZone(text string, say func(time.Time) string) string {
	if !strings.Contains(text, " UTC") {
		return text
	}
	plain, rest := text, ""
	if i := strings.IndexByte(text, '"'); i >= 0 {
		plain, rest = text[:i], text[i:]
	}
	return utcTime.ReplaceAllStringFunc(plain, func(s string) string {
		layout := "2006-01-02 15:04 UTC"
		if len(s) > len(layout) {
			layout = "2006-01-02 15:04:05 UTC"
		}
		t, err := time.Parse(layout, s)
		if err != nil {
			return s
		}
		return say(t)
	}) + rest
}
