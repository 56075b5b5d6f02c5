package runbooks

import (
	"fmt"
	"strings"
)

// write writes the scenario.
func (s *sheet) write(id, title string) []byte {
	if !validID(id) {
		id = slug(id, "scenario")
	}
	var b strings.Builder
	fmt.Fprintf(&b, "# Imported from a spreadsheet. Check it with muster drill lint.\n\nschema  = 1\nid      = %s\ntitle   = %s\nrunbook = %s\n",
		basicString(id), basicString(short(harmless(title), id)), basicString(s.book.ID))
	for _, o := range s.titles {
		fmt.Fprintf(&b, "\n[[objective]]\nid    = %s\ntitle = %s\n", basicString(o.ID), basicString(o.Title))
	}
	for i := range s.list {
		s.list[i].write(&b)
	}
	return []byte(b.String())
}

func (in *sheetInject) write(b *strings.Builder) {
	fmt.Fprintf(b, "\n[[inject]]\nid   = %s\n", basicString(in.ID))
	pair := func(key, value string) {
		if value != "" {
			fmt.Fprintf(b, "%s = %s\n", key, tomlText(value))
		}
	}
	pair("title", in.Title)
	if in.Timed {
		pair("at", ExerciseTime(in.At))
	}
	if in.Contingency {
		b.WriteString("contingency = true\n")
	}
	pair("from", in.From)
	pair("to", in.To)
	pair("via", in.Via)
	pair("text", in.Text)
	pair("expect", in.Expect)
	pair("objective", in.Objective)
	pair("notes", in.Notes)
}

// tomlText writes a text as a TOML string, one of several lines as such.
func tomlText(text string) string {
	if !strings.ContainsAny(text, "\n\t") {
		return basicString(text)
	}
	body := strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(strings.ToValidUTF8(text, "�"))
	return "\"\"\"\n" + body + "\"\"\""
}
