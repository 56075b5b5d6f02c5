package state

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// maxBlank is how long the name in a blank can be, in bytes. What a template asks
// for has a short name; a longer stretch is a quotation.
const maxBlank = 80

// instructions are what templates say to who writes a text, and not to who reads it.
var instructions = regexp.MustCompile(`(?i)\bto follow (?:if|where|when) not known\b|\[[^\[\]\n]{1,80}\]`)

// Blanks lists, raw and each once, what a text should say and does not: what was not
// known when it was drawn from its template stands in it as «org»; and what is said to
// its author alone, such as "to follow if not known" or [how many people].
func Blanks(text string) []string {
	list := gaps(text)
	for _, at := range instructions.FindAllStringIndex(text, -1) {
		found := text[at[0]:at[1]]
		if found[0] == '[' && (len(strings.Fields(found[1:len(found)-1])) < 2 || strings.HasPrefix(text[at[1]:], "(")) {
			continue // a number, a box that is ticked, a link
		}
		if !slices.Contains(list, found) {
			list = append(list, found)
		}
	}
	return list
}

// gaps are the blanks that a template leaves where something is not known.
func gaps(text string) []string {
	var list []string
	for {
		_, rest, found := strings.Cut(text, "«")
		if !found {
			return list
		}
		text = rest
		name, _, ends := strings.Cut(rest, "»")
		if !ends || name == "" || len(name) > maxBlank || strings.ContainsAny(name, "«\n") {
			continue // a quotation, perhaps with a blank in it
		}
		if blank := "«" + name + "»"; utf8.ValidString(name) && !slices.Contains(list, blank) {
			list = append(list, blank)
		}
	}
}

// sayBlanks names the first few blanks.
func sayBlanks(list []string) string {
	const most = 9
	text := strings.Join(list[:min(len(list), most)], ", ")
	if len(list) > most {
		text += fmt.Sprintf(" and %d more", len(list)-most)
	}
	return text
}
