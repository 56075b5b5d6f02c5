package plain

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"muster/state/sorted"
	"muster/tui/kit"
)

// A screenTalk is with a screen: a list, of which one thing is chosen, and what can be
// done with it.
type screenTalk struct {
	p    *Program
	of   kit.Part
	at   int      // the line that is chosen; -1 for none
	line string   // its text
	read []string // what was last read out of it
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
	s.head(told)
	if len(told.List) <= mostFind {
		s.list(told, "")
	} else {
		n := len(sorted.Without(slices.Clone(told.List), func(line kit.Line) bool { return line.Do == nil }))
		s.p.out.sayf("“list” says all %d lines, “list” and words those with these words.", n)
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

// head says what stands above the list.
func (s *screenTalk) head(told kit.Telling) {
	for _, line := range told.Head {
		s.p.out.say(line.Text)
	}
}

// on says what is chosen, with its text.
func (s *screenTalk) on(told kit.Telling, whole bool) {
	if s.line != "" {
		s.p.out.say("On: " + s.line + ".")
	}
	if !whole {
		return
	}
	s.read = nil
	for _, line := range told.Text {
		s.read = append(s.read, line.Text)
		if line.Text != s.line {
			s.p.out.say(line.Text)
		}
	}
}

// ask says what is chosen now, if that is another thing than before or has changed.
func (s *screenTalk) ask() string {
	told := s.tell()
	at, line := chosen(told)
	moved := at != s.at
	if moved || !sameButTime(line, s.line) {
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
	line = strings.TrimSpace(line)
	if more, ok := strings.CutPrefix(line, "?"); ok {
		line = "? " + more
	}
	word, rest, _ := strings.Cut(line, " ")
	rest = strings.TrimSpace(rest)
	switch {
	case word == "":
		told := s.tell()
		s.heading()
		s.head(told)
		s.at, s.line = chosen(told)
		s.on(told, false)
		return nil
	case rest == "" && (isNumber(word) || s.leads(word) != nil):
		return s.choose(word)
	}
	if cmd, is := s.own(strings.ToLower(word), rest); is {
		return cmd
	}
	if cmd, is := s.p.byNames(s.of.Place(), word, rest); is {
		return cmd
	}
	if rest == "" && leaves(word) {
		s.nothingToLeave(word)
		return nil
	}
	s.p.out.sayf("“%s” is nothing that can be done here: nothing was done. “?” says what can.", word)
	if _, ok := s.of.(kit.Found); ok && rest == "" && !answered(word) {
		s.p.out.sayf("“find %s” finds what has that.", line)
	}
	if _, ok := s.of.(kit.NoteTaker); ok {
		s.p.out.say("“note” and a text writes it down.")
	}
	return nil
}

// nothingToLeave says that nothing was asked, and which words leave more than a question.
// Who says it once too often is not to find the program gone.
func (s *screenTalk) nothingToLeave(word string) {
	text := "Nothing is asked here that “" + word + "” would leave."
	acts := s.p.acts(s.of.Place())
	if i := slices.IndexFunc(acts, func(act *kit.Action) bool { return act.ID == "back" }); i >= 0 {
		text += " “" + name(acts, acts[i]) + "” leaves the incident, as it is;"
	}
	s.p.out.say(text + " “quit” ends muster.")
}

// own does what the program itself has a word for.
func (s *screenTalk) own(word, rest string) (tea.Cmd, bool) {
	told := s.tell()
	switch word {
	case "?", "help":
		s.help(rest)
	case "list", "l":
		s.list(told, rest)
	case "text":
		s.text(told)
	case "again":
		s.open()
	case "waiting":
		return nil, s.waiting()
	case "stop":
		return s.stop(), true
	case s.of.Place().Name:
		s.open()
	default:
		return nil, false
	}
	return nil, true
}

// stop does what escape does elsewhere: it ends what is waited for.
func (s *screenTalk) stop() tea.Cmd {
	for _, act := range s.p.ui.Keys.In(s.of.Place()) {
		if act.ID == "back.run" || act.ID == "back.list" {
			return act.Do(s.p.ui)
		}
	}
	return nil
}

// waiting opens what waits. It reports whether there was anything.
func (s *screenTalk) waiting() bool {
	waits := kit.WaitingOn(s.p.ui)
	switch len(waits) {
	case 0:
		return false
	case 1:
		kit.OpenWaiting(s.p.ui, waits[0])
		return true
	}
	m := &menuTalk{p: s.p, title: "These wait:"}
	for _, d := range waits {
		m.of = append(m.of, choice{"", titleOf(d), func() tea.Cmd {
			kit.OpenWaiting(s.p.ui, d)
			return nil
		}})
	}
	s.p.within = m
	m.open()
	return true
}

// leads is what goes to the one line that begins with a number such as 1.3; nil if none
// does.
func (s *screenTalk) leads(word string) func() tea.Cmd {
	if !strings.Contains(word, ".") {
		return nil
	}
	for _, line := range s.tell().List {
		if line.Do != nil && strings.HasPrefix(line.Text, word+" ") {
			return line.Do
		}
	}
	return nil
}

// choose goes to the line of a number.
func (s *screenTalk) choose(word string) tea.Cmd {
	if do := s.leads(word); do != nil {
		s.at = -1 // it is said, wherever one was
		return do()
	}
	n := 0
	told := s.tell()
	for _, line := range told.List {
		if line.Do == nil {
			continue
		}
		if n++; fmt.Sprint(n) == word {
			s.at = -1
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

// help says what can be done, and asks which: what is done here, and with words or "all",
// everything that has them.
func (s *screenTalk) help(words string) {
	p := s.p
	acts := p.acts(s.of.Place())
	shown := sorted.Without(slices.Clone(acts), func(act *kit.Action) bool {
		if words == "" {
			return !kit.IsHere(p.ui.Keys, act)
		}
		return !has(name(acts, act)+" "+act.Title+" "+p.label(act), words)
	})
	all := p.menu(acts, shown)
	p.out.say("A number of the list goes to that line, and so does 1.3 of a step; “list” says the list, “text” what the chosen line is about. What is typed behind a word answers its first question.")
	if words == "" {
		p.out.say("Everywhere: " + s.names(acts, false) + ".")
		if others := s.names(acts, true); others != "" {
			p.out.say("Elsewhere: " + others + ".")
		}
		p.out.say("“? all” says what each is for, “?” and a word those with the word.")
	}
	if words == "all" {
		for _, act := range shown {
			if why := act.Why(p.ui); why != "" {
				p.out.sayf("Not now: %s. %s", name(acts, act), why)
			}
		}
	}
	if len(all) == 0 {
		p.out.say("Nothing that can be done here now has that.")
		return
	}
	m := &menuTalk{p, "What can be done here:", all}
	p.within = m
	m.open()
}

// names are the actions that are no screen's own, or that lead to others.
func (s *screenTalk) names(acts []*kit.Action, elsewhere bool) string {
	var names []string
	for _, act := range acts {
		keys := s.p.ui.Keys
		if act.Why(s.p.ui) == "" && !kit.IsHere(keys, act) && kit.LeadsElsewhere(keys, act) == elsewhere {
			names = append(names, name(acts, act))
		}
	}
	return strings.Join(names, ", ")
}

// answered reports whether a word answers a question: where none is asked it is nothing to
// look for.
func answered(word string) bool { return leaves(word) || word == "yes" || word == "y" }
