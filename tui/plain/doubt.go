package plain

import (
	"fmt"
	"slices"
	"strings"

	"muster/tui/kit"
)

// doubtful asks about what is hardly an answer: a bare number where no numbered answers are
// shown and a person or other words are expected, or a word that does something elsewhere.
// Who does not see the screen may well take the question for another. Given once more it is
// meant.
func (f *formTalk) doubtful(line string) bool {
	again := f.doubted == line
	f.doubted = ""
	if again || line == "" || line == f.at.Value() {
		return false
	}
	var why string
	switch {
	case f.elsewhere(line):
		why = fmt.Sprintf("“%s” would be the answer here. “/?” says the question again, “/back” goes to the one before, “/leave” leaves", line)
	case f.at.Kind == kit.NoteField:
		return false
	case isNumber(line) && (f.at.Named || f.at.Value() != "" && !isNumber(f.at.Value()) && f.at.Verdict("words") == ""):
		why = "There are no numbered answers to this question"
	default:
		return false
	}
	f.doubted = line
	keeps := "The answer is typed here"
	if value := f.at.Value(); value != "" && !strings.Contains(value, "\n") {
		keeps = "An empty line keeps “" + value + "”"
	}
	f.p.out.sayf("%s. %s; “%s” once more if you mean just that.", why, keeps, line)
	return true
}

// elsewhere reports whether a line does something in another question, or on the screen
// below: whoever types it has not heard that a text is asked for. A person's name is no such
// word, whatever follows it.
func (f *formTalk) elsewhere(line string) bool {
	switch line {
	case "?", "leave", "back", "quit":
		return true
	case "no", "cancel":
		return !f.behind && f.at.Kind == kit.NoteField // of a question it may well be the answer
	case "yes":
		return !f.behind && f.at.Verdict(line) == ""
	}
	if word, _, more := strings.Cut(line, " "); more && f.at.Named {
		line = word
	}
	return !f.behind && f.at.Verdict(line) == "" && f.p.isWord(line)
}

// isWord reports whether a word alone does something on the screen.
func (p *Program) isWord(word string) bool {
	if slices.Contains([]string{"help", "list", "text", "again", "waiting", "stop"}, word) {
		return true
	}
	acts := p.acts(p.ui.Screen().Place())
	return slices.ContainsFunc(acts, func(act *kit.Action) bool { return name(acts, act) == word || act.Word() == word })
}
