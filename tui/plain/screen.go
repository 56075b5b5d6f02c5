package plain

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"muster/tui/kit"
)

// A screenTalk is with a screen: a list, of which one thing is chosen, and what can be
// done with it.
type screenTalk struct {
	p    *Program
	of   kit.Part
	at   int    // the line that is chosen; -1 for none
	line string // its text
}

func (s *screenTalk) question() bool { return false }

// tell is what the screen says now.
func (s *screenTalk) tell() kit.Telling {
	if t, ok := s.of.(kit.Teller); ok {
		return t.Tell()
	}
	return kit.Telling{Title: s.of.Place().Name}
}

// chosen is the line that the screen is on.
func chosen(told kit.Telling) (at int, text string) {
	for i, line := range told.List {
		if line.On {
			return i, line.Text
		}
	}
	return -1, ""
}

// open says where one is: the list, if it is not too long to be heard, and what is chosen.
func (s *screenTalk) open() {
	told := s.tell()
	s.heading()
	if told.Title != "" {
		s.p.out.say("Screen: " + told.Title + ".")
	}
	if len(told.List) <= mostFind {
		s.list(told, "")
	} else {
		s.p.out.sayf("“list” says all %d lines, “list” and words those with these words.", len(told.List))
	}
	s.at, s.line = chosen(told)
	s.on(told, true)
	s.p.out.say("“?” says what can be done, an empty line where you are.")
}

func (s *screenTalk) heading() {
	if r, ok := s.of.(kit.Reporter); ok {
		s.p.out.say(r.Heading())
	}
}

// on says what is chosen, with its text.
func (s *screenTalk) on(told kit.Telling, whole bool) {
	if s.line != "" {
		s.p.out.say("On: " + s.line + ".")
	}
	if whole {
		for _, line := range told.Text {
			if line.Text != s.line {
				s.p.out.say(line.Text)
			}
		}
	}
}

// ask says what is chosen now, if that is another thing than before or has changed.
func (s *screenTalk) ask() string {
	told := s.tell()
	at, line := chosen(told)
	if at != s.at || line != s.line {
		moved := at != s.at
		s.at, s.line = at, line
		s.on(told, moved)
	}
	return s.of.Place().Name
}

// list says the lines of the list, or those that have all the words. The numbers are the
// same whichever are said.
func (s *screenTalk) list(told kit.Telling, words string) {
	n, hits, title := 0, []string(nil), ""
	for _, line := range told.List {
		if line.Do == nil {
			title = line.Text
			if words == "" {
				hits = append(hits, line.Text)
			}
			continue
		}
		n++
		if !has(title+" "+line.Text, words) {
			continue
		}
		text := fmt.Sprintf("%d. %s", n, line.Text)
		if line.On {
			text += " (you are here)"
		}
		hits = append(hits, text)
	}
	if len(hits) == 0 {
		s.p.out.say("No line has that.")
	}
	s.some(hits, told.Last, words)
}

// some says lines, not too many at once.
func (s *screenTalk) some(lines []string, last bool, words string) {
	more := len(lines) - mostRows
	if words != "" || more <= 0 {
		more = 0
	}
	if last {
		if more > 0 {
			s.p.out.sayf("%d lines before these: “list” and words finds them, “list all” says them.", more)
		}
		lines = lines[more:]
	} else {
		lines = lines[:len(lines)-more]
	}
	for _, line := range lines {
		s.p.out.say(line)
	}
	if !last && more > 0 {
		s.p.out.sayf("%d more: “list” and words finds them, “list all” says them.", more)
	}
}

// has reports whether a text has all the words, in whatever case.
func has(text, words string) bool {
	text = strings.ToLower(text)
	for _, word := range strings.Fields(strings.ToLower(words)) {
		if word != "all" && !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

// take does what a line says.
func (s *screenTalk) take(line string) tea.Cmd {
	word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
	rest = strings.TrimSpace(rest)
	switch {
	case word == "":
		s.heading()
		s.on(s.tell(), false)
		return nil
	case isNumber(word) && rest == "":
		return s.choose(word)
	}
	if cmd, is := s.own(strings.ToLower(word), rest); is {
		return cmd
	}
	if cmd, is := s.p.byNames(s.of.Place(), word, rest); is {
		return cmd
	}
	s.p.out.sayf("“%s” is nothing that can be done here: nothing was done. “?” says what can; “note” and a text writes it down.", word)
	return nil
}

// own does what the program itself has a word for.
func (s *screenTalk) own(word, rest string) (tea.Cmd, bool) {
	told := s.tell()
	switch word {
	case "?":
		s.help(rest)
	case "help":
		s.help(rest)
	case "list", "l":
		s.list(told, rest)
	case "text":
		s.text(told)
	case "again":
		s.open()
	case "show":
		return nil, s.show()
	default:
		return nil, false
	}
	return nil, true
}

// show opens what waits. It reports whether there was anything.
func (s *screenTalk) show() bool {
	waits := kit.WaitingOn(s.p.ui)
	if len(waits) == 0 {
		return false
	}
	kit.OpenWaiting(s.p.ui, waits[0])
	return true
}

// choose goes to the line of a number.
func (s *screenTalk) choose(word string) tea.Cmd {
	n := 0
	told := s.tell()
	for _, line := range told.List {
		if line.Do == nil {
			continue
		}
		if n++; fmt.Sprint(n) == word {
			return line.Do()
		}
	}
	s.p.notTaken(word, fmt.Sprintf("There are %d lines to choose from: “list” says them.", n))
	return nil
}

// text says the text of what is chosen, and asks which of its lines is meant, if some can
// be.
func (s *screenTalk) text(told kit.Telling) {
	var of []choice
	for _, line := range told.Text {
		if line.Do == nil {
			s.p.out.say(line.Text)
			continue
		}
		of = append(of, choice{"", line.Text, line.Do})
	}
	if len(told.Text) == 0 {
		s.p.out.say("There is no text.")
	}
	if len(of) > 0 {
		m := &menuTalk{s.p, "Of these one can be chosen:", of}
		s.p.within = m
		m.open()
	}
}

// help says what can be done, and asks which.
func (s *screenTalk) help(words string) {
	acts := s.p.acts(s.of.Place())
	all := s.p.menu(acts)
	if words != "" && words != "all" {
		kept := all[:0]
		for _, c := range all {
			if has(c.name+" "+c.title, words) {
				kept = append(kept, c)
			}
		}
		all = kept
	}
	if words == "all" {
		for _, act := range acts {
			if why := act.Why(s.p.ui); why != "" {
				s.p.out.sayf("Not now: %s. %s", name(acts, act), why)
			}
		}
	}
	s.p.out.say("A number goes to that line of the list; “list” says it, “text” what the chosen line is about. What is typed behind a word is for its first question.")
	if len(all) == 0 {
		s.p.out.say("Nothing that can be done has that.")
		return
	}
	m := &menuTalk{s.p, "What can be done here:", all}
	s.p.within = m
	m.open()
}
