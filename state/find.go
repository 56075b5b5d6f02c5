package state

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"muster/runbooks"
)

// Find is the id of what a person means by ref; see [FindAmong].
//
// A clock may be a law that the incident has not: it can be started all the same.
func Find(inc *Incident, noun Noun, ref string) (string, error) {
	all := NamesOf(inc, noun)
	id, err := findOr(noun, ref, all, func() error { return notIn(noun, inIncident, ref, all) })
	if err != nil && noun == NounClock {
		if law := findLaw(inc, ref); law != "" {
			return law, nil
		}
	}
	return id, err
}

// HasLaw reports whether a clock of the incident counts by a ready-made deadline.
func HasLaw(inc *Incident, law string) bool {
	for i := range inc.Clocks {
		if inc.Clocks[i].Def.Law == law {
			return true
		}
	}
	return false
}

// findLaw is the incident's clock that counts by the law that ref means, or else the
// law; "" if it means none, or several.
func findLaw(inc *Incident, ref string) string {
	var laws []Named
	for _, d := range runbooks.Deadlines() {
		laws = append(laws, Named{ID: d.ID, Title: d.Title})
	}
	id, err := FindAmong(NounClock, ref, laws)
	if err != nil {
		return ""
	}
	for i := range inc.Clocks {
		if inc.Clocks[i].Def.Law == id {
			return inc.Clocks[i].ID
		}
	}
	return id
}

// FindAmong is the id of what a person means by ref: a whole id, a number, a whole
// title, or a part of the id or title that only one has; all but the id without regard
// to case. The error is a *Refusal that says what it could be, or what was probably
// meant, and what there is.
func FindAmong(noun Noun, ref string, all []Named) (string, error) {
	return findOr(noun, ref, all, func() error { return NotThere(noun, ref, all) })
}

// findOr is FindAmong; none says that there is nothing.
func findOr(noun Noun, ref string, all []Named, none func() error) (string, error) {
	want := strings.ToLower(strings.TrimSpace(ref))
	for _, is := range []func(Named) bool{
		func(n Named) bool { return n.ID == ref },
		func(n Named) bool { return want != "" && (n.Number == want || strings.ToLower(n.ID) == want) },
		func(n Named) bool { return want != "" && strings.ToLower(n.Title) == want },
	} {
		if i := slices.IndexFunc(all, is); i >= 0 {
			return all[i].ID, nil
		}
	}
	var found []Named
	for _, n := range all {
		if want != "" && (isCopyOf(n.Number, want) || strings.Contains(strings.ToLower(n.ID), want) || strings.Contains(strings.ToLower(n.Title), want)) {
			found = append(found, n)
		}
	}
	switch len(found) {
	case 0:
		return "", none()
	case 1:
		return found[0].ID, nil
	}
	return "", several(noun, ref, found)
}

// isCopyOf reports whether a number is that of a copy of what has the other: 1.8b of 1.8.
func isCopyOf(number, of string) bool {
	letters, is := strings.CutPrefix(number, of)
	return is && letters != "" && strings.Trim(letters, "abcdefghijklmnopqrstuvwxyz") == "" && strings.ContainsAny(of[len(of)-1:], "0123456789")
}

// FindWord is the one of a few words that a person means by ref: the word, or a
// beginning that only one has, without regard to case. A part from the middle is not
// enough, since it can mean the opposite: known, answer. The error is as [FindAmong]'s.
func FindWord[T ~string](noun Noun, ref string, words []T) (T, error) {
	want := strings.ToLower(strings.TrimSpace(ref))
	var found []T
	for _, word := range words {
		lower := strings.ToLower(string(word))
		if lower == want {
			return word, nil
		}
		if want != "" && strings.HasPrefix(lower, want) {
			found = append(found, word)
		}
	}
	switch len(found) {
	case 0:
		return "", NotThere(noun, ref, wordNames(words))
	case 1:
		return found[0], nil
	}
	return "", several(noun, ref, wordNames(found))
}

// several is the refusal of what could be one of many.
func several(noun Noun, ref string, found []Named) *Refusal {
	hint := "Give its whole id."
	if found[0].Number != "" {
		hint = "Give its number, or its whole id."
	}
	return &Refusal{Reason: NotFound, Text: fmt.Sprintf("%q could be %d %s: %s.", ref, len(found), noun.plural(), firstFew(found, Named.label, "; ")), Hint: hint}
}

// NotThere is the refusal of what is not among all of its kind: it says what was
// probably meant, and what there is.
func NotThere(noun Noun, ref string, all []Named) *Refusal {
	return notIn(noun, noun.where(), ref, all)
}

// notIn is NotThere with where it was looked for.
func notIn(noun Noun, where, ref string, all []Named) *Refusal {
	text := fmt.Sprintf("There is no %s %q%s", noun, ref, where)
	if !strings.HasSuffix(where, "?") { // a step's title may ask
		text += "."
	}
	if len(all) == 0 { // or what there is has been withheld
		return &Refusal{Reason: NotFound, Text: text, Hint: lawHint(noun), Acts: lawActs(noun)}
	}
	hint := fmt.Sprintf("The %s are: %s.", noun.plural(), firstFew(all, func(n Named) string { return strings.TrimSpace(n.Number + " " + n.ID) }, ", "))
	if near := likely(ref, all); near != "" {
		hint = fmt.Sprintf("Did you mean %q? %s", near, hint)
	}
	return &Refusal{Reason: NotFound, Text: text, Hint: strings.TrimSpace(hint + " " + lawHint(noun)), Acts: lawActs(noun)}
}

// lawHint says that laws can be had beside an incident's own clocks.
func lawHint(noun Noun) string {
	if noun != NounClock {
		return ""
	}
	return "A law that is not among them can be started too."
}

func lawActs(noun Noun) []Act {
	if noun != NounClock {
		return nil
	}
	return []Act{{Deed: DeedStartLaw}}
}

// likely is the id of what was probably meant by ref; "" if nothing comes near.
func likely(ref string, all []Named) string {
	if len(strings.TrimSpace(ref)) < 2 {
		return "" // a letter comes near to every other
	}
	var words []string
	for _, n := range all {
		words = append(words, n.ID)
		if n.Title != "" {
			words = append(words, n.Title)
		}
	}
	near := runbooks.Nearest(strings.TrimSpace(ref), words)
	for _, n := range all {
		if near != "" && (n.ID == near || n.Title == near) {
			return n.ID
		}
	}
	return ""
}

// firstFew lists the first of many things.
func firstFew(all []Named, say func(Named) string, between string) string {
	const most = 12
	var words []string
	for _, n := range all[:min(len(all), most)] {
		words = append(words, say(n))
	}
	text := strings.Join(words, between)
	if more := len(all) - most; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}

// NamesOf lists what an incident has of a kind, in its order.
func NamesOf(inc *Incident, noun Noun) []Named {
	var all []Named
	switch noun {
	case NounStep:
		for i := range inc.Steps {
			s := &inc.Steps[i]
			all = append(all, Named{s.ID, s.Number, s.Title})
		}
	case NounPhase:
		for _, p := range inc.Phases {
			all = append(all, Named{p.ID, strconv.Itoa(p.Number), p.Def.Title})
		}
	case NounService:
		for i := range inc.Services {
			all = append(all, Named{ID: inc.Services[i].ID, Title: inc.Services[i].Def.Title})
		}
	case NounRole:
		for i := range inc.Roles {
			all = append(all, Named{ID: inc.Roles[i].Def.ID, Title: inc.Roles[i].Def.Title})
		}
	case NounInput:
		for b := range inc.Books {
			all = append(all, inputNames(&inc.Books[b])...)
		}
	default:
		return namesSaid(inc, noun)
	}
	return all
}

// namesSaid is NamesOf for those things that tell people, and that time runs for.
func namesSaid(inc *Incident, noun Noun) []Named {
	var all []Named
	switch noun {
	case NounNotice:
		for i := range inc.Notices {
			all = append(all, Named{ID: inc.Notices[i].ID, Title: inc.Notices[i].Def.Title})
		}
	case NounClock:
		for i := range inc.Clocks {
			all = append(all, Named{ID: inc.Clocks[i].ID, Title: inc.Clocks[i].Def.Title})
		}
	case NounContact:
		for i := range inc.Contacts {
			all = append(all, Named{ID: inc.Contacts[i].ID, Title: inc.Contacts[i].Def.Title})
		}
	default:
		for _, p := range PendingOf(inc) {
			if p.Noun() == noun && p.Stands() != "" {
				all = append(all, p.Named())
			}
		}
	}
	return all
}

// inputNames are the inputs of a runbook.
func inputNames(book *Book) []Named {
	var all []Named
	for i := range book.Runbook.Inputs {
		input := &book.Runbook.Inputs[i]
		all = append(all, Named{ID: book.IDOf(NounInput, input.ID), Title: input.Prompt})
	}
	return all
}

// askNames are the questions of a step.
func askNames(s *Step) []Named {
	var all []Named
	for i := range s.Def.Ask {
		all = append(all, Named{ID: s.Def.Ask[i].ID, Title: s.Def.Ask[i].Prompt})
	}
	return all
}

// optionNames are the answers to a decision.
func optionNames(s *Step) []Named {
	var all []Named
	for _, option := range s.Def.Options {
		all = append(all, Named{ID: option.ID, Title: option.Title})
	}
	return all
}

// wordNames are words of which there are always the same few.
func wordNames[T ~string](words []T) []Named {
	all := make([]Named, len(words))
	for i := range words {
		all[i].ID = string(words[i])
	}
	return all
}

// FindStep is the step that a person means; see [FindAmong]. The id of a question means the step that
// asks it. The error is a *Refusal.
func (inc *Incident) FindStep(ref string) (*Step, error) {
	if s := inc.Step(ref); s != nil { // a step of many has names that are no id of its own
		return s, nil
	}
	if s := stepAsking(inc, ref); s != nil {
		return s, nil
	}
	id, err := Find(inc, NounStep, ref)
	if err != nil {
		return nil, err
	}
	return inc.Step(id), nil
}

// stepAsking is the step that asks the question of this id, and it alone; nil if none does, or several.
func stepAsking(inc *Incident, id string) (found *Step) {
	for i := range inc.Steps {
		s := &inc.Steps[i]
		if s.Empty || !slices.ContainsFunc(s.Def.Ask, func(a runbooks.Ask) bool { return a.ID == id }) {
			continue
		}
		if found != nil {
			return nil
		}
		found = s
	}
	return found
}
