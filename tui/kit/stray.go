package kit

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"muster/state/clean"
)

// This file is about words that are typed where letters are keys: on a list, or on an alarm. Whoever means to write
// and looks elsewhere must not skip a step by the s of "signed in". Three rules hold:
// a letter that means nothing begins a word, and what follows without a pause belongs to
// it; a letter that records at once says what it will record, and enter does it; a form
// that a letter has opened, and that is typed into without a pause, asks before it is
// taken.

// The pauses that a hand leaves within a word, and before it types into a form that it
// has opened.
const (
	wordPause = 600 * time.Millisecond
	formPause = 400 * time.Millisecond
)

// maxStray is how many bytes of a stray word are shown.
const maxStray = 60

// A strayed is what was typed where letters are keys.
type strayed struct {
	ui     *UI
	word   string    // on a list, and it meant nothing; "" for none
	at     time.Time // when its last letter came
	armed  *Action   // what a letter will record when enter says so; nil for nothing
	form   asker     // what a letter has opened
	letter string    // that letter, or the one that has armed
	opened time.Time // when that was
	typed  bool      // it was typed into without a pause
}

// An asker is a dialog that can be typed into, and taken.
type asker interface {
	Dialog
	Taker
	// asksFor is what would be taken: what it does, in a word, for what, and what was
	// typed. False if nothing would, or it takes a note anyway.
	asksFor() (verb, title, text string, ok bool)
}

// A NoteTaker is a screen that offers to write down what was typed on it, when that was
// no key.
type NoteTaker interface{ TakeNote(text string) tea.Cmd }

// stray takes a key that belongs to a word on a list, or to what a letter has armed.
// False if it is to mean what it always does, as enter does that comes too soon.
func (s *strayed) stray(msg tea.KeyPressMsg, soon bool) (tea.Cmd, bool) {
	u := s.ui
	name := msg.String()
	if soon && name == "enter" {
		return nil, false
	}
	word, armed := s.word, s.armed
	quick := u.clock().Sub(s.at) < wordPause
	s.word, s.armed = "", nil
	if !takesWords(u) {
		return nil, false
	}
	switch {
	case name == "enter" && armed != nil:
		u.Say("") // what was promised of enter is kept: now it means something else
		return u.Run(armed), true
	case name == "enter" && word != "":
		return s.writeDown(word), true
	case msg.Text == "":
		return nil, false
	}
	return nil, s.begins(msg, word, armed != nil, quick)
}

// takesWords reports whether a word that is typed here is taken for one: on a list, and on
// an alarm that somebody may not have seen coming, if it covers no form.
func takesWords(u *UI) bool {
	is := u.Top().Place().Is
	return is&List != 0 && !u.Covered() || is&Alarm != 0 && u.below() == nil
}

// begins takes a letter on a list: it goes on with a word, or begins one, or is a key.
func (s *strayed) begins(msg tea.KeyPressMsg, word string, armed, quick bool) bool {
	u := s.ui
	known := u.Keys.Find(u.Top().Place(), msg.String()) != nil
	switch {
	case word != "" && quick:
	case known && !(armed && quick && u.Top().Place().Is&Alarm != 0): // there, two keys in a row are a word
		return false
	case armed && quick:
		word = s.letter
	case !unicode.IsLetter(firstRune(msg.Text)):
		u.Say(s.noKey(msg.Text))
		return true
	default:
		word = ""
	}
	s.strays(word + msg.Text)
	return true
}

func firstRune(text string) rune {
	r, _ := utf8.DecodeRuneInString(text)
	return r
}

// strays notes a word that was typed, or pasted, on a list, and says what can be done
// with it.
func (s *strayed) strays(word string) {
	u := s.ui
	s.word, s.at = word, u.clock()
	shown := "“" + clean.Line(clean.Bounded(word, maxStray)) + "”"
	// What can be done stands first: at 80 cells the end is cut off.
	said := shown + " is no key here."
	if _, takes := u.Screen().(NoteTaker); takes && takesWords(u) {
		does := " makes a note of it;"
		if s, ok := u.Screen().(interface{ Cannot() string }); ok && s.Cannot() != "" {
			does = " keeps it for the next note;"
		}
		said += " " + u.keySign("enter") + does
	}
	u.Say(said + " " + u.KeyOf("help") + " lists the keys." + s.whyNoKey(word))
}

// whyNoKey says in brackets why a letter does nothing, if that is known: the keyboard
// writes another alphabet, or it is a key of another screen. "" if it is not.
func (s *strayed) whyNoKey(word string) string {
	u := s.ui
	first, size := utf8.DecodeRuneInString(word)
	if script := scriptOf(first); script != "" {
		return " (the keyboard writes " + script + ", keys are Latin letters)"
	}
	if size < len(word) {
		return ""
	}
	for i := range u.Keys.actions {
		act := &u.Keys.actions[i]
		if !slices.Contains(act.Keys, word) {
			continue
		}
		if strings.HasPrefix(act.ID, "screen.") && !u.Covered() {
			return " (it leads to where you are)"
		}
		for _, p := range u.Keys.placesOf(act) {
			if p.Is&List != 0 && p != u.Top().Place() {
				return " (on " + p.Name + ": " + clean.Bounded(act.Title, 40) + ")"
			}
		}
	}
	return ""
}

// scriptOf names the alphabet of a letter that is not Latin; "" for others.
func scriptOf(r rune) string {
	if r < utf8.RuneSelf || !unicode.IsLetter(r) || unicode.Is(unicode.Latin, r) {
		return ""
	}
	for _, name := range []string{"Cyrillic", "Greek", "Arabic", "Hebrew", "Thai", "Devanagari", "Hangul", "Hiragana", "Katakana", "Han", "Georgian", "Armenian"} {
		if unicode.Is(unicode.Scripts[name], r) {
			return name
		}
	}
	return "another alphabet"
}

// WhyNoMatch says why nothing begins with a text, or matches it, if the keyboard may be the
// reason: it writes another alphabet. "" if not.
func WhyNoMatch(text string) string {
	if script := scriptOf(firstRune(text)); script != "" {
		return " The keyboard writes " + script + "."
	}
	return ""
}

// noKey says that a key means nothing here.
func (s *strayed) noKey(key string) string {
	u := s.ui
	return "“" + clean.Line(key) + "” is no key here" + s.whyNoKey(key) + ": " + u.KeyOf("help") + " lists the keys."
}

// writeDown opens a note with a word that was typed on a list.
func (s *strayed) writeDown(word string) tea.Cmd {
	u := s.ui
	u.Say("")
	if taker, ok := u.Screen().(NoteTaker); ok {
		return taker.TakeNote(strings.TrimSpace(word))
	}
	return nil
}

// arms reports whether a letter would record something at once, or begin what a word on an
// alarm does not mean. It is said first; enter does it.
func (s *strayed) arms(act *Action, msg tea.KeyPressMsg) bool {
	u := s.ui
	if msg.Text == "" || act.Why(u) != "" {
		return false
	}
	what := ""
	switch {
	case act.Records != nil:
		if what = act.Records(u); what != "" {
			what = " records: " + what
		}
	case act.Sure && takesWords(u):
		what = " does it: " + act.Title
	}
	if what == "" {
		return false
	}
	s.armed, s.letter, s.at = act, msg.Text, u.clock()
	u.Say(u.keySign("enter") + what + ". Any other key does not.")
	return true
}

// openedBy notes that a letter has opened a form. A sign, as the palette's, begins no word:
// whoever types on after it means what it opened.
func (s *strayed) openedBy(msg tea.KeyPressMsg) {
	u := s.ui
	s.form, s.typed = nil, false
	if form, ok := u.Top().(asker); ok && unicode.IsLetter(firstRune(msg.Text)) {
		s.form, s.letter, s.opened = form, msg.Text, u.clock()
	}
}

// typesOn notes that a form is typed into. What comes at once after the letter that has
// opened it was not meant for it.
func (s *strayed) typesOn(top Part, msg tea.KeyPressMsg) {
	u := s.ui
	if s.form == nil || top != Part(s.form) || msg.Text == "" {
		return
	}
	if since := u.clock().Sub(s.opened); !s.typed && since >= 0 && since < formPause {
		s.typed = true
		return
	}
	if !s.typed {
		s.form = nil // there was a pause: it was meant
	}
}

// asks reports whether a form is to be asked about before it is taken, and asks: it may
// be a note that somebody typed on the list below.
func (s *strayed) asks(top Part, act *Action) (tea.Cmd, bool) {
	u := s.ui
	if act.ID != "take" && act.ID != "form.submit" || s.form == nil || !s.typed || top != Part(s.form) {
		return nil, false
	}
	taker, ok := u.Screen().(NoteTaker)
	verb, title, typed, takes := s.form.asksFor()
	if !ok || !takes {
		return nil, false
	}
	found := []Finding{
		{Kind: "note", Text: "write a note: " + clean.Bounded(s.letter+typed, 200), Do: func() tea.Cmd {
			u.Hide(s.form)
			return taker.TakeNote(s.letter + typed)
		}},
		{Kind: verb, Text: title + ": " + clean.Bounded(typed, 200), Do: s.form.Take},
	}
	s.form = nil
	return u.Show(NewFinder(u, "“"+s.letter+"” opened a form, and typing went on. Which is it?", found)), true
}

func (p *Prompt) asksFor() (verb, title, text string, ok bool) {
	return p.verb, p.title, p.form.first(), !p.IsNote && p.form.OK()
}

func (f *Finder) asksFor() (verb, title, text string, ok bool) {
	return "take", f.title, f.input.Value(), f.count() > 0
}

// first is what was typed into the first field that takes text.
func (f *Form) first() string {
	for _, field := range f.Fields {
		if field.Kind != ChoiceField {
			return field.Value()
		}
	}
	return ""
}
