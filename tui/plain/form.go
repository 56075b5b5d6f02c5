package plain

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"

	"muster/state/sorted"
	"muster/tui/kit"
)

// A formTalk asks what a form asks, one question after the other, and then whether to
// take it.
type formTalk struct {
	p     *Program
	of    kit.Asker
	done  []*kit.Field // that were asked
	at    *kit.Field   // that is being asked; nil: whether to take it
	text  []string     // of a note, so far
	taken bool         // it was to be taken, and what became of that is not known yet

	doubted string // a line that was asked about, since it is hardly an answer
	behind  bool   // it stood behind the word that opened the form: words are meant
}

func newFormTalk(p *Program, of kit.Asker) *formTalk { return &formTalk{p: p, of: of} }

func (f *formTalk) question() bool { return true }

// open says what the form is for. One that comes back with what was typed says what is
// wrong with it.
func (f *formTalk) open() {
	a := f.of.Asking()
	f.p.out.say(a.Title)
	if a.About != "" {
		f.p.out.say(a.About)
	}
	rest := f.p.rest
	f.p.rest = ""
	if a.Again || a.Wrong != "" {
		f.done = slices.Clone(a.Form.Fields)
		if !f.wrong() {
			f.summary()
		}
		return
	}
	f.next()
	if f.at != nil && rest != "" {
		f.given(rest)
		return
	}
	f.put()
}

// given takes what was typed behind the action's name as the first answer.
func (f *formTalk) given(rest string) {
	if f.at.Kind == kit.ChoiceField {
		f.chosen(rest)
		return
	}
	if wrong := f.at.Verdict(rest); wrong != "" {
		f.p.out.say(wrong)
		f.put()
		return
	}
	f.behind = true
	doubts := f.doubtful(rest)
	if f.behind = false; doubts {
		f.put()
		return
	}
	f.at.Fill(rest)
	f.advance()
	f.put()
}

// chosen takes the choice that what was typed begins with; what follows it answers the next
// question: commander Ada. A form that opens by a word waits for nothing.
func (f *formTalk) chosen(rest string) {
	asked, words := f.at, strings.Fields(rest)
	n := len(words)
	for n > 0 && f.meant(strings.Join(words[:n], " ")) < 0 {
		n--
	}
	if n == 0 {
		_ = f.pick(rest) // says that it is none
		f.put()
		return
	}
	choice := offered(f.at)[f.meant(strings.Join(words[:n], " "))]
	f.p.out.sayf("%s %s.", kit.Labelled(asked.Label), choice.Title)
	asked.Fill(choice.Value)
	f.advance()
	if more := strings.Join(words[n:], " "); more != "" && f.at != nil {
		f.given(more)
		return
	}
	f.put()
}

// wrong goes to the field that could not be taken, and says why. It reports whether
// anything was wrong.
func (f *formTalk) wrong() bool {
	a := f.of.Asking()
	for _, field := range a.Form.Fields {
		if why := field.Wrong(); why != "" {
			f.at, f.text = field, nil
			f.p.out.say(kit.Labelled(field.Label) + " " + why)
			f.put()
			return true
		}
	}
	if a.Wrong != "" {
		f.p.out.say(a.Wrong)
		f.at = nil
		f.summary()
		return true
	}
	return false
}

// next goes to the field that is to be asked next; to none, if all were.
func (f *formTalk) next() {
	f.at, f.text = nil, nil
	for _, field := range f.of.Asking().Form.Fields {
		alone := field.Kind == kit.ChoiceField && len(field.Choices) < 2
		if !field.Short && !field.Given && !alone && !slices.Contains(f.done, field) {
			f.at = field
			return
		}
	}
}

// advance goes on from the field that was answered.
func (f *formTalk) advance() tea.Cmd {
	f.done = append(f.done, f.at)
	cmd := f.of.Asking().Changed()
	f.next()
	return cmd
}

// leftOut says how a question is passed over, if it may be and nothing else says so.
func leftOut(field *kit.Field) string {
	switch {
	case field.Required || field.Value() != "":
	case field.Kind == kit.NoteField, field.Kind == kit.LineField && field.Hint == "":
		return "; an empty line leaves it out"
	}
	return ""
}

// put asks the question that is next.
func (f *formTalk) put() {
	field := f.at
	if field == nil {
		f.summary()
		return
	}
	text := field.Label
	if field.Required {
		text += " (needed)"
	}
	if hint := strings.TrimSuffix(field.Hint, "; tab completes it"); hint != "" {
		if !strings.HasSuffix(text, "?") {
			text += ";"
		}
		if unicode.IsDigit(rune(hint[0])) { // an example alone is heard as what stands there
			hint = "such as " + hint
		}
		text += " " + hint
	}
	switch {
	case field.Kind == kit.ChoiceField:
		f.p.out.say(text)
		for i, c := range offered(field) {
			line := fmt.Sprintf("%d. %s", i+1, c.Title)
			if c.Value == field.Value() {
				line += " (as it stands)"
			}
			f.p.out.say(line)
		}
		return
	case field.Kind == kit.NoteField:
		text += ". Several lines; a dot alone ends them"
	}
	text += leftOut(field)
	if value := field.Value(); value != "" {
		text += ". It is: " + value
		if field.Kind == kit.LineField {
			text += "; an empty line keeps it"
		}
	}
	f.p.out.say(text)
}

// offered are the answers that can be chosen: of a question that needs one, not the lack of it.
func offered(field *kit.Field) []kit.Choice {
	if !field.Required {
		return field.Choices
	}
	return sorted.Without(slices.Clone(field.Choices), func(c kit.Choice) bool { return c.Value == "" })
}

// summary says what was filled in, and asks whether to take it.
func (f *formTalk) summary() {
	a := f.of.Asking()
	f.p.out.say("It says:")
	for i, field := range a.Form.Fields {
		f.p.out.sayf("%d. %s %s", i+1, kit.Labelled(field.Label), shown(field))
	}
	if a.Says != "" {
		f.p.out.say(a.Says)
	}
	f.p.out.sayf("“yes”: %s. A number changes that line. “no” leaves it, and what you typed is kept.", a.Verb)
}

// shown is what stands in a field, in words.
func shown(field *kit.Field) string {
	value := field.Value()
	for _, c := range field.Choices {
		if c.Value == value {
			return c.Title
		}
	}
	if value != "" {
		return value
	}
	if field.ID == "when" || field.ID == "detected" {
		return "now"
	}
	return "nothing"
}

func (f *formTalk) ask() string {
	if f.taken {
		f.taken = false
		f.wrong()
	}
	switch {
	case f.at == nil:
		return "yes, no or a number"
	case f.at.Kind == kit.NoteField:
		return "text, a dot ends it"
	case f.at.Kind == kit.ChoiceField:
		return "number"
	}
	return "answer"
}

func (f *formTalk) take(line string) tea.Cmd {
	if f.at == nil {
		return f.decide(strings.TrimSpace(line))
	}
	switch strings.TrimSpace(line) {
	case "/leave":
		return f.leave()
	case "/back":
		f.back()
		return nil
	case "/?", "/again":
		f.put()
		return nil
	case "/empty":
		return f.fill("")
	}
	switch f.at.Kind {
	case kit.NoteField:
		if len(f.text) == 0 && f.doubtful(strings.TrimSpace(line)) {
			return nil
		}
		return f.note(line)
	case kit.ChoiceField:
		return f.pick(strings.TrimSpace(line))
	}
	line = strings.TrimSpace(line)
	if line == "" {
		line = f.at.Value()
	}
	if f.doubtful(line) {
		return nil
	}
	return f.fill(line)
}

// leave leaves the form, and says so even if there was nothing to keep.
func (f *formTalk) leave() tea.Cmd {
	f.p.out.say("Left: nothing of it was recorded.")
	return f.of.Asking().Leave()
}

// back goes to the question before.
func (f *formTalk) back() {
	if n := len(f.done); n > 0 {
		f.at, f.text = f.done[n-1], nil
		f.done = f.done[:n-1]
	}
	f.put()
}

// fill fills a value in, if it can be.
func (f *formTalk) fill(value string) tea.Cmd {
	if wrong := f.at.Verdict(value); wrong != "" {
		f.p.out.say(strings.TrimSuffix(wrong, ".") + ". “/leave” leaves it.")
		return nil
	}
	f.at.Fill(value)
	cmd := f.advance()
	f.put()
	return cmd
}

// note takes a line of a longer text. It is kept from the first line on.
func (f *formTalk) note(line string) tea.Cmd {
	if strings.TrimSpace(line) == "" && len(f.text) == 0 { // nothing was typed: it is no text's first line
		if value := f.at.Value(); value != "" || !f.at.Required {
			return f.fill(value)
		}
		f.p.out.say("It is needed: nothing was typed yet. A dot alone ends it, “/leave” leaves.")
		return nil
	}
	if strings.TrimSpace(line) != "." {
		f.text = append(f.text, line)
		f.at.Fill(strings.Join(f.text, "\n"))
		return f.of.Asking().Changed()
	}
	value := f.at.Value()
	f.text = nil
	return f.fill(value)
}

// pick takes a number, or the beginning of a choice; nothing, if it is neither.
func (f *formTalk) pick(line string) tea.Cmd {
	if line == "" {
		return f.fill(f.at.Value())
	}
	at := f.meant(line)
	switch {
	case at >= 0:
		return f.fill(offered(f.at)[at].Value)
	case line == "?":
		f.put()
	case leaves(line):
		return f.leave()
	default:
		f.p.notTaken(line, fmt.Sprintf("A number from 1 to %d, or the beginning of one of them; “/leave” leaves.", len(offered(f.at))))
	}
	return nil
}

// meant is the choice that a line means: by its number, whole, or as far as no other is meant
// as well, by its beginning, by its words, or by their first letters; -1 if it means none.
func (f *formTalk) meant(line string) int {
	choices, typed := offered(f.at), strings.ToLower(line)
	if n := number(line, len(choices)); n > 0 {
		return n - 1
	}
	whole := func(c kit.Choice) bool {
		return strings.EqualFold(c.Title, line) || c.Value != "" && strings.EqualFold(c.Value, line)
	}
	if i := slices.IndexFunc(choices, whole); i >= 0 {
		return i
	}
	for _, means := range []func(kit.Choice) bool{
		func(c kit.Choice) bool { return strings.HasPrefix(strings.ToLower(c.Title), typed) },
		func(c kit.Choice) bool {
			return !leaves(line) && hasWords(strings.ToLower(c.Title), strings.Fields(typed))
		},
		func(c kit.Choice) bool {
			return len(typed) > 1 && strings.HasPrefix(initials(strings.ToLower(c.Title)), typed)
		},
	} {
		i := slices.IndexFunc(choices, means)
		switch {
		case i < 0:
		case slices.IndexFunc(choices[i+1:], means) >= 0:
			return -1
		default:
			return i
		}
	}
	return -1
}

// hasWords reports whether each of some beginnings begins a word of a text.
func hasWords(text string, beginnings []string) bool {
	words := strings.Fields(text)
	return !slices.ContainsFunc(beginnings, func(begins string) bool {
		return !slices.ContainsFunc(words, func(word string) bool { return strings.HasPrefix(word, begins) })
	})
}

// initials are the first letters of a text's words.
func initials(text string) string {
	var all []rune
	for _, word := range strings.Fields(text) {
		all = append(all, []rune(word)[0])
	}
	return string(all)
}

// decide takes the form, changes a line of it, or leaves it.
func (f *formTalk) decide(line string) tea.Cmd {
	a := f.of.Asking()
	switch {
	case line == "" || line == "?" || line == "/?" || line == "/again":
		f.summary()
	case strings.EqualFold(line, "yes") || strings.EqualFold(line, "y") || strings.EqualFold(line, a.Verb):
		f.taken = true
		return a.Take()
	case leaves(line):
		return f.leave()
	case line == "/back":
		f.back()
	case number(line, len(a.Form.Fields)) > 0:
		f.at = a.Form.Fields[number(line, len(a.Form.Fields))-1]
		f.put()
	default:
		f.p.notTaken(line, "“yes”, “no”, or the number of a line.")
	}
	return nil
}

// tail keeps what was typed of a line that was not ended.
func (f *formTalk) tail(text string) {
	if f.at == nil || f.at.Kind == kit.ChoiceField {
		f.p.out.sayf("“%s” was not ended by enter: not taken.", text)
		return
	}
	if f.at.Kind == kit.NoteField {
		text = strings.Join(append(f.text, text), "\n")
	}
	f.at.Fill(text)
	_ = f.of.Asking().Changed()
}
