package state

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode"
)

// minNamed is how long a word of a name is that is looked for by itself.
const minNamed = 3

// Naming reports whether what is left of a line, when names are withheld from it, has a
// name of somebody known in the incident: in a note that stays, a file's name, an id. A
// word of a name is enough, in whatever case. It is a hint, and finds nobody whom
// the incident knows by no name.
func Naming(inc *Incident) func(line []byte) bool {
	words := make(map[string]bool)
	for _, name := range PeopleOf(inc) {
		for _, word := range wordsOf(name) {
			words[word] = len(word) >= minNamed
		}
	}
	for i := range inc.Roles { // "commander" is no name, though somebody is called by it
		for _, word := range wordsOf(inc.Roles[i].Def.ID + " " + inc.Roles[i].Def.Title) {
			delete(words, word)
		}
	}
	return func(line []byte) bool {
		var whole struct{ D, P any }
		return json.Unmarshal(line, &whole) == nil && (anyOf(words, whole.D) || anyOf(words, whole.P))
	}
}

// anyOf reports whether a text in a value of JSON has one of some words.
func anyOf(words map[string]bool, value any) bool {
	switch value := value.(type) {
	case string:
		return slices.ContainsFunc(wordsOf(value), func(word string) bool { return words[word] })
	case []any:
		return slices.ContainsFunc(value, func(v any) bool { return anyOf(words, v) })
	case map[string]any:
		for _, v := range value {
			if anyOf(words, v) {
				return true
			}
		}
	}
	return false
}

func wordsOf(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
}
