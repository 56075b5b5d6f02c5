package state

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// filledIn refuses, softly, to send a text with blanks, and names who can fill them.
func (d *decision) filledIn(n *Notice, v *NoticeVersion) {
	list := Blanks(v.Text)
	if len(list) == 0 {
		return
	}
	hint, acts := n.Fills(d.inc, list)
	d.refuse(Refusal{Reason: Blank, Acts: append(acts, Act{Deed: DeedDraft, Of: n.ID}), Overridable: true, Seq: v.Seq,
		Text: fmt.Sprintf("The text has blanks: %s.", sayBlanks(list)), Hint: hint})
}

// Fills says how blanks of a notice's text are filled: by the answers that its template
// names, or by hand; and what gives those answers.
func (n *Notice) Fills(inc *Incident, blanks []string) (hint string, acts []Act) {
	ask, acts := n.questions(inc, blanks)
	if ask == "" {
		return "Fill them in, or say in the text that it is not known yet.", nil
	}
	return "Answer, if only with “not known yet”, and draft it anew: " + ask + ".", acts
}

// questions are the questions whose answers fill blanks of a notice's text, and what
// answers them; "" if none does.
func (n *Notice) questions(inc *Incident, blanks []string) (text string, acts []Act) {
	const most = 3
	more := 0
	var all []string
	for _, id := range n.askedFor() {
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

// askedFor are the answers that a notice's template names, in its order. Who we are is one,
// however it is written.
func (n *Notice) askedFor() []string {
	var all []string
	for _, match := range nameRefs.FindAllStringSubmatch(n.Def.Text, -1) {
		id := match[1] + match[2]
		if id == "" {
			id = "org"
		}
		all = append(all, id)
	}
	return all
}

// nameRefs finds the answers that a template names, and the organisation's name.
var nameRefs = regexp.MustCompile(answerRefs.String() + `|\.Org\b`)

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
