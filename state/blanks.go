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

// filledIn refuses, softly, to send a text with blanks, and names who can fill them.
func (d *decision) filledIn(n *Notice, v *NoticeVersion) {
	list := Blanks(v.Text)
	if len(list) == 0 {
		return
	}
	hint := "Fill them in, or say in the text that it is not known yet."
	ask, acts := n.questions(d.inc, list)
	if ask != "" {
		hint = "Answer, if only with “not known yet”, and draft it anew: " + ask + "."
	}
	d.refuse(Refusal{Reason: Blank, Acts: append(acts, Act{Deed: DeedDraft, Of: n.ID}), Overridable: true, Seq: v.Seq,
		Text: fmt.Sprintf("The text has blanks: %s.", sayBlanks(list)), Hint: hint})
}

// questions are the questions whose answers fill blanks of a notice's text, and what
// answers them; "" if none does.
func (n *Notice) questions(inc *Incident, blanks []string) (text string, acts []Act) {
	const most = 3
	more := 0
	var all []string
	for _, match := range answerRefs.FindAllStringSubmatch(n.Def.Text, -1) {
		id := match[1] + match[2]
		if !slices.Contains(blanks, "«"+id+"»") && !slices.Contains(blanks, "«answers "+id+"»") {
			continue
		}
		if q, act := n.question(inc, id); q != "" && !slices.Contains(all, q) && len(all) < most {
			all, acts = append(all, q), append(acts, act)
		} else if q != "" && !slices.Contains(all, q) {
			more++
		}
	}
	if more > 0 {
		all = append(all, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(all, "; "), acts
}

// question is what an answer's id asks, and what answers it; "" if nothing does.
func (n *Notice) question(inc *Incident, id string) (text string, act Act) {
	if n.Book >= len(inc.Books) {
		return "", Act{}
	}
	key := inc.Books[n.Book].IDOf(NounQuestion, id)
	if ask := inc.Input(key); ask != nil {
		return ask.Prompt, Act{Deed: DeedInput, Of: key}
	}
	for i := range inc.Steps {
		s := &inc.Steps[i]
		if ask := askOf(s.Def.Ask, id); ask != nil && s.Book == n.Book {
			return s.Number + ": " + ask.Prompt, Act{Deed: DeedAnswer, Of: s.Number, Ask: id}
		}
	}
	return "", Act{}
}
