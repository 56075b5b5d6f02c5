package state

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// said is what a person said, in quotation marks; nothing if nothing was.
func said(text string) string { return saidOf("", "", text) }

// Quoted are a person's words in quotation marks, for a text that stands in the program's own
// sentences. That they are withheld is not theirs.
func Quoted(text string) string {
	if text == WithheldText {
		return text
	}
	return `"` + text + `"`
}

// saidOf is what was done, of what, and what was said of it: one text made at once, since a
// long log has a million of them.
func saidOf(done, of, text string) string {
	var room [256]byte // enough for most, and not on the heap
	line := append(append(room[:0], done...), of...)
	if text != "" {
		line = appendQuote(append(line, " — "...), oneLine(text))
	}
	return string(line)
}

// appendQuote is strconv.AppendQuote, which looks at each letter, for texts that are most
// often in need of nothing but the quotation marks.
func appendQuote(dst []byte, text string) []byte {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c >= 0x7f || c == '"' || c == '\\' {
			return strconv.AppendQuote(dst, text)
		}
	}
	return append(append(append(dst, '"'), text...), '"')
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

func capital(text string) string {
	r, n := utf8.DecodeRuneInString(text)
	return strings.ToUpper(string(r)) + text[n:]
}

func plainID(id string) bool {
	return id != "" && len(id) <= 64 && id[0] != '-' &&
		!strings.ContainsFunc(id, func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' })
}

func sayTo(to string) string {
	if to == "" {
		return ""
	}
	return " to " + to
}
