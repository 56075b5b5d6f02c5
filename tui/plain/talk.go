package plain

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/tui/kit"
)

// A talk is what the next line is for.
type talk interface {
	// open says what it is about.
	open()
	// ask is the question, and the prompt behind it.
	ask() string
	// take takes a line.
	take(line string) tea.Cmd
	// question reports whether something is asked that no answer would leave undone.
	question() bool
}

// A tailer keeps what was typed of a line that was not ended.
type tailer interface{ tail(text string) }

// seen is what was said already.
type seen struct {
	entry  map[any]uint64 // the last that was said, by incident
	warned map[string]bool
	waits  map[kit.Dialog]bool
}

// The most that is said at once.
const (
	mostNews = 12 // entries
	mostRows = 60 // of a list
	mostFind = 20 // of what was found
)

// proceed says what is new, and asks for the next line.
func (p *Program) proceed() {
	if p.over {
		return
	}
	before := p.out.said
	p.report()
	p.turnTo()
	p.report() // what was said by coming there
	switch {
	case p.within != nil:
		p.out.ask(p.mark() + p.within.ask())
	case p.out.said > before || !p.out.prompt:
		p.out.ask(p.mark() + p.talk.ask())
	}
}

// mark stands before every prompt of a drill, and of an incident as it stood before.
func (p *Program) mark() string {
	mark := ""
	if s, ok := p.ui.Screen().(kit.Headed); ok && s.IsDrill() {
		mark = "EXERCISE "
	}
	if s, ok := p.ui.Screen().(interface{ AsOf() time.Time }); ok && !s.AsOf().IsZero() {
		mark += "PAST "
	}
	return mark
}

// turnTo turns to who has the floor now.
func (p *Program) turnTo() {
	for {
		part := p.ui.Top()
		if passing, ok := part.(kit.Passing); ok {
			p.sayTelling(part.(kit.Teller).Tell())
			p.ui.Hide(part.(kit.Dialog))
			passing.Passes()
			continue
		}
		if part == p.part && part.Place() == p.place && p.talk != nil {
			return
		}
		moved := p.screen != p.ui.Screen()
		p.part, p.place, p.within, p.screen = part, part.Place(), nil, p.ui.Screen()
		if s := p.known[part]; s != nil && !moved { // back from a dialog: what has changed is said
			p.talk = s
			return
		}
		if c := p.cards[part]; c != nil {
			p.talk = c
			c.back()
			return
		}
		p.talk = p.talkWith(part)
		p.talk.open()
		if p.ui.Top() != part { // what was typed behind its word has answered it
			continue
		}
		if c, ok := p.talk.(*cardTalk); ok {
			p.cards[part] = c
		}
		if s, ok := p.talk.(*screenTalk); ok {
			p.known[part] = s
		}
		return
	}
}

// talkWith is how a part is talked with.
func (p *Program) talkWith(part kit.Part) talk {
	switch part := part.(type) {
	case kit.Asker:
		return newFormTalk(p, part)
	case *kit.Finder:
		return &findTalk{p: p, of: part}
	case *kit.Confirm:
		return &confirmTalk{p: p, of: part}
	case kit.Dialog:
		if p.ui.Covered() {
			return &cardTalk{p: p, of: part}
		}
	}
	return &screenTalk{p: p, of: part}
}

// report says what happened since it was last called: entries, what was said about what
// was just done, and what needs somebody.
func (p *Program) report() {
	s := &p.seen
	r, ok := p.ui.Screen().(kit.Reporter)
	if ok {
		seq, of := r.Recorded()
		if _, known := s.entry[of]; !known {
			s.entry = map[any]uint64{of: seq}
		}
		lines, last := r.News(s.entry[of])
		if more := len(lines) - mostNews; more > 0 {
			p.out.sayf("%s before these: “timeline” has them.", kit.Entries(more))
			lines = lines[more:]
		}
		for _, line := range lines {
			p.out.say(line)
		}
		s.entry[of] = last
	}
	if said := kit.Word(p.ui); said != "" {
		p.out.say(said)
	}
	p.warn(r, ok)
	waits := map[kit.Dialog]bool{}
	for _, d := range kit.WaitingOn(p.ui) {
		waits[d] = true
		if !s.waits[d] {
			p.announce(d)
		}
	}
	s.waits = waits
}

// announce says what has opened by itself, whole. It waits until it is asked for.
func (p *Program) announce(d kit.Dialog) {
	if f, ok := d.(*kit.Finder); ok {
		p.out.say(f.Title())
		for _, one := range f.Found() {
			p.out.say(row(one))
		}
		p.out.say("“waiting” opens this, to go to one of them.")
		return
	}
	p.out.say("ALERT: " + titleOf(d) + ". It waits: “waiting” opens it.")
	if t, ok := d.(kit.Teller); ok {
		told := t.Tell()
		told.Title = ""
		p.sayTelling(told)
	}
}

// titleOf is what a dialog is called.
func titleOf(d kit.Dialog) string {
	switch d := d.(type) {
	case *kit.Finder:
		return d.Title()
	case kit.Asker:
		return d.Asking().Title
	case *kit.Confirm:
		return d.Title
	case kit.Teller:
		return d.Tell().Title
	}
	return d.Place().Name
}

// warn says what needs somebody, each thing once for as long as it does.
func (p *Program) warn(r kit.Reporter, ok bool) {
	now := map[string]bool{}
	if ok {
		for _, text := range r.Warnings() {
			now[text] = true
			if !p.seen.warned[text] {
				p.out.say("ALERT: " + strings.TrimSuffix(text, ".") + p.wayOut(text))
			}
		}
	}
	p.seen.warned = now
}

// wayOut says how an alert ends, if it is one that stays until somebody ends it.
func (p *Program) wayOut(text string) string {
	s, ok := p.ui.Screen().(interface{ WayOut(text string) string })
	if !ok {
		return ""
	}
	return strings.TrimSuffix(". "+s.WayOut(text), ". ")
}

// sayTelling says what a part says, whole.
func (p *Program) sayTelling(told kit.Telling) {
	if told.Title != "" {
		p.out.say(told.Title)
	}
	for _, line := range told.Text {
		p.out.say(line.Text)
	}
}

// sameButTime reports whether two texts differ at most in numbers: how long something has
// taken, or has left, is no news.
func sameButTime(a, b string) bool { return withoutNumbers(a) == withoutNumbers(b) }

func withoutNumbers(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || strings.ContainsRune(":hms", r) {
			return -1
		}
		return r
	}, text)
}

// number is the number that a line is; 0 if it is none, or none from 1 to most.
func number(line string, most int) int {
	n, err := strconv.Atoi(line)
	if err != nil || n < 1 || n > most {
		return 0
	}
	return n
}

// isNumber reports whether a line is a number, whichever.
func isNumber(line string) bool {
	_, err := strconv.Atoi(line)
	return err == nil
}

// leaves reports whether a line leaves a question.
func leaves(line string) bool {
	switch strings.ToLower(line) {
	case "no", "leave", "/leave", "cancel":
		return true
	}
	return false
}

// leave leaves a dialog, and says so: who hears only a prompt does not know.
func (p *Program) leave() tea.Cmd {
	p.out.say("Left.")
	return p.ui.Cancel()
}

// notTaken says that a line is no answer.
func (p *Program) notTaken(line, how string) {
	p.out.say(fmt.Sprintf("“%s” is no answer here: nothing was done. %s", line, how))
}

// A menuTalk is a question of the program's own: which of several is meant.
type menuTalk struct {
	p     *Program
	title string
	of    []choice
}

// A choice is one of them.
type choice struct {
	name, title string
	do          func() tea.Cmd
}

func (m *menuTalk) question() bool { return true }

func (m *menuTalk) open() {
	m.p.out.say(m.title)
	for i, c := range m.of {
		text := c.name
		if c.title != "" {
			text = strings.TrimPrefix(text+": "+c.title, ": ")
		}
		m.p.out.sayf("%d. %s", i+1, text)
	}
}

func (m *menuTalk) ask() string { return "number or word, empty: none of them" }

func (m *menuTalk) take(line string) tea.Cmd {
	line = strings.TrimSpace(line)
	if line == "" || leaves(line) {
		return nil
	}
	if n := number(line, len(m.of)); n > 0 {
		return m.of[n-1].do()
	}
	for _, c := range m.of {
		if strings.EqualFold(c.name, line) {
			return c.do()
		}
	}
	if isNumber(line) {
		m.p.notTaken(line, fmt.Sprintf("There are numbers from 1 to %d.", len(m.of)))
		return nil
	}
	return m.p.talk.take(line)
}

// A sureTalk asks before an action records at once.
type sureTalk struct {
	p    *Program
	what string
	do   func() tea.Cmd
}

func (s *sureTalk) question() bool { return true }

func (s *sureTalk) open() { s.p.out.sayf("This records: %s. 1. yes; 2. no.", s.what) }

func (s *sureTalk) ask() string { return "yes or no" }

func (s *sureTalk) take(line string) tea.Cmd {
	line = strings.ToLower(strings.TrimSpace(line))
	switch {
	case line == "1" || line == "yes" || line == "y":
		return s.do()
	case line == "2" || leaves(line):
		s.p.out.say("Not done.")
	case line == "" || line == "?":
		s.open()
		s.p.within = s
	default:
		s.p.notTaken(line, "“yes” or “no”.")
		s.p.within = s
	}
	return nil
}
