package state

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// maxBlank is how long the name in a blank can be, in bytes. What a template asks
// for has a short name; a longer stretch is a quotation.
const maxBlank = 80

// Blanks lists, raw and each once, what a text should say and does not: what was not
// known when it was drawn from its template stands in it as «org».
func Blanks(text string) []string {
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

// filledIn refuses, softly, to send a text with blanks.
func (d *decision) filledIn(n *Notice, v *NoticeVersion) {
	if list := Blanks(v.Text); len(list) > 0 {
		d.refuse(Refusal{Reason: Blank, Of: n.ID, Overridable: true, Seq: v.Seq, Text: fmt.Sprintf("The text has blanks: %s.", sayBlanks(list)),
			Hint: "Fill them in, or draft it anew when what was asked is answered."})
	}
}
