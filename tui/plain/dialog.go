package plain

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"muster/tui/kit"
)

// A confirmTalk is a question that is answered by yes or no.
type confirmTalk struct {
	p  *Program
	of *kit.Confirm
}

func (c *confirmTalk) question() bool { return true }

func (c *confirmTalk) open() {
	c.p.out.say(c.of.Title)
	c.p.out.say(c.of.About)
	no := "no"
	if c.of.No != "" {
		no += ": " + c.of.No
	}
	c.p.out.sayf("1. yes: %s; 2. %s.", c.of.Yes, no)
}

func (c *confirmTalk) ask() string { return "yes or no" }

func (c *confirmTalk) take(line string) tea.Cmd {
	line = strings.ToLower(strings.TrimSpace(line))
	switch {
	case line == "1" || line == "yes" || line == "y":
		return c.of.Answer(true)
	case line == "2" || leaves(line):
		c.p.out.say("Not done.")
		return c.of.Answer(false)
	case line == "" || line == "?":
		c.open()
		return nil
	}
	c.p.notTaken(line, "“yes” or “no”.")
	return nil
}

// A findTalk is a list to find one thing in.
type findTalk struct {
	p       *Program
	of      *kit.Finder
	doubted string // a name that was asked about, since it is hardly one
}

func (f *findTalk) question() bool { return true }

func (f *findTalk) open() {
	f.p.out.say(f.of.Title())
	rest := f.p.rest
	f.p.rest = ""
	if rest != "" && f.of.Else != nil { // it answers the question
		f.p.begin(f.narrow(rest), f.p.turn)
		f.p.settle()
		return
	}
	if rest != "" {
		f.of.Narrow(rest)
	}
	f.list()
}

// doubtful asks about a name that is a number or does something on the screen. Given once
// more it is meant.
func (f *findTalk) doubtful(line string) bool {
	again := f.doubted == line
	f.doubted = ""
	if f.of.Else == nil || again || !isNumber(line) && !f.p.isWord(line) && !leaves(line) && line != "yes" {
		return false
	}
	f.doubted = line
	f.p.out.sayf("“%s” would be the name here. “/leave” leaves; “%s” once more if you mean just that.", line, line)
	return true
}

// list says what was found, with numbers.
func (f *findTalk) list() {
	found := f.of.Found()
	group := ""
	for i, one := range found {
		if i == mostFind {
			f.p.out.sayf("%d more: type some letters of the one you mean.", len(found)-i)
			break
		}
		if one.Group != group {
			group = one.Group
			f.p.out.say(group)
		}
		f.p.out.sayf("%d. %s", i+1, row(one))
	}
	if len(found) == 0 {
		f.p.out.say("Nothing matches.")
	}
}

// row is one thing that was found, in words.
func row(one kit.Finding) string {
	text := one.Text
	if one.Kind != "" {
		text = one.Kind + ": " + text
	}
	if one.Hint != "" {
		text += "; " + one.Hint
	}
	return text
}

func (f *findTalk) ask() string {
	if f.of.Else != nil {
		return "number or name, “/leave” leaves"
	}
	return "number or letters, “leave” leaves"
}

func (f *findTalk) take(line string) tea.Cmd {
	line = strings.TrimSpace(line)
	found := f.of.Found()
	switch {
	case line == "" || line == "?":
		f.of.Narrow("")
		f.list()
		return nil
	case line == "/leave" || f.of.Else == nil && leaves(line):
		return f.p.leave()
	case number(line, min(len(found), mostFind)) > 0:
		return f.of.TakeThe(number(line, len(found)) - 1)
	case isNumber(line) && f.of.Else == nil:
		f.p.notTaken(line, fmt.Sprintf("There are numbers from 1 to %d.", min(len(found), mostFind)))
		return nil
	case f.doubtful(line):
		return nil
	}
	return f.narrow(line)
}

// narrow takes the one thing that is called so, or finds what may be meant.
func (f *findTalk) narrow(line string) tea.Cmd {
	f.of.Narrow(line)
	found, at, n := f.of.Found(), -1, 0
	for i, one := range found {
		text := strings.ToLower(one.Text)
		exact := text == strings.ToLower(line)
		if exact && (f.of.Else == nil || one.Hint != "another name" || len(found) == 1) {
			return f.of.TakeThe(i)
		}
		if strings.HasPrefix(text, strings.ToLower(line)) {
			at, n = i, n+1
		}
	}
	if n == 1 && f.of.Else == nil {
		return f.of.TakeThe(at)
	}
	if len(found) > 0 {
		f.list()
		return nil
	}
	f.of.Narrow("")
	if at := f.asSaid(line); at >= 0 {
		return f.of.TakeThe(at)
	}
	f.p.out.say("Nothing matches.")
	return nil
}

// asSaid is the one thing that is said with such a beginning: “by hand” of “by hand: copy the
// text”; -1 if it is none, or several are.
func (f *findTalk) asSaid(line string) int {
	at := -1
	for i, one := range f.of.Found() {
		if !strings.HasPrefix(strings.ToLower(row(one)), strings.ToLower(line)) {
			continue
		}
		if at >= 0 {
			return -1
		}
		at = i
	}
	return at
}

// A cardTalk is with a dialog that says something, and offers what can be done with it.
type cardTalk struct {
	p    *Program
	of   kit.Part
	on   string   // the line that is chosen
	said string   // all that was told
	text []string // being written
	into func(string) tea.Cmd
	one  bool // of the text a line alone is written
}

func (c *cardTalk) question() bool { return true }

func (c *cardTalk) told() kit.Telling {
	if t, ok := c.of.(kit.Teller); ok {
		return t.Tell()
	}
	return kit.Telling{Title: c.of.Place().Name}
}

func (c *cardTalk) open() {
	told := c.told()
	first := c.said == ""
	_, c.on = chosen(told)
	c.said = whole(told)
	if text, ok := c.of.(kit.Texter); ok && first {
		told.Text = c.unread(told.Text, strings.Count(text.Text(), "\n")+1)
	}
	c.p.sayTelling(told)
	c.offer()
}

// unread takes from what is told what the screen below has just read out, if that is all of
// the text that is written: the first n lines.
func (c *cardTalk) unread(told []kit.Line, n int) []kit.Line {
	below := c.p.known[c.p.ui.Screen()]
	if below == nil || n < 2 || n > len(told) {
		return told
	}
	for _, line := range told[:n] {
		if text := strings.TrimSpace(line.Text); text != "" && !slices.Contains(below.read, text) {
			return told
		}
	}
	news := []kit.Line{{Text: "The text, and what it claims, were just read out; an empty line reads them again."}}
	for _, line := range told[n:] {
		if !slices.Contains(below.read, line.Text) {
			news = append(news, line)
		}
	}
	return news
}

// back says it again after another dialog lay over it, if it says something else now.
func (c *cardTalk) back() {
	if whole(c.told()) != c.said {
		c.open()
		return
	}
	c.offer()
}

// whole is all that is told, as one text.
func whole(told kit.Telling) string {
	var all strings.Builder
	for _, line := range slices.Concat(told.List, told.Text) {
		all.WriteString(line.Text + "\n")
	}
	return told.Title + "\n" + all.String()
}

// choices are the lines that can be chosen, and then what can be done.
func (c *cardTalk) choices() []choice {
	var all []choice
	for _, line := range c.told().List {
		if line.Do == nil {
			continue
		}
		text := line.Text
		if line.On {
			text += " (you are here)"
		}
		all = append(all, choice{"", text, line.Do})
	}
	acts := c.p.acts(c.of.Place())
	for _, one := range c.p.menu(acts, acts) {
		if one.name != "quit" && one.name != "palette" {
			all = append(all, one)
		}
	}
	if text, ok := c.of.(kit.Texter); ok {
		all = append(all, c.edits(text)...)
	}
	leave := "leave it"
	if d, ok := c.of.(kit.Leaver); ok && d.Leaves() != "" {
		leave = d.Leaves()
	}
	return append(all, choice{"leave", leave, c.p.leave})
}

func (c *cardTalk) offer() {
	m := &menuTalk{c.p, "Which?", c.choices()}
	m.open()
}

func (c *cardTalk) ask() string {
	if _, on := chosen(c.told()); on != c.on {
		c.on = on
		c.p.out.say("On: " + on + ".")
	}
	if c.into != nil {
		return "text"
	}
	return c.of.Place().Name
}

func (c *cardTalk) take(line string) tea.Cmd {
	if c.into != nil {
		return c.writing(line)
	}
	line = strings.TrimSpace(line)
	all := c.choices()
	switch {
	case line == "" || line == "?":
		c.open()
		return nil
	case leaves(line):
		return c.p.leave()
	case number(line, len(all)) > 0:
		return all[number(line, len(all))-1].do()
	}
	for _, one := range all {
		if one.name != "" && strings.EqualFold(one.name, line) {
			return one.do()
		}
	}
	word, rest, _ := strings.Cut(line, " ")
	if cmd, is := c.p.byNames(c.of.Place(), word, strings.TrimSpace(rest)); is {
		return cmd
	}
	c.p.notTaken(line, fmt.Sprintf("There are numbers from 1 to %d, and the words beside them.", len(all)))
	return nil
}
