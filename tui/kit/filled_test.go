package kit

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// TestFilledInIsSelected: what is typed takes the place of what was filled in, until the
// cursor is moved; a note's text is there to be gone on with.
func TestFilledInIsSelected(t *testing.T) {
	key := func(code rune, text string) tea.Msg { return tea.KeyPressMsg{Code: code, Text: text} }
	for name, c := range map[string]struct {
		kind FieldKind
		keys []tea.Msg
		want string
	}{
		"a letter":            {LineField, []tea.Msg{key('1', "1"), key('m', "m")}, "1m"},
		"a paste":             {LineField, []tea.Msg{tea.PasteMsg{Content: "1h"}}, "1h"},
		"backspace":           {LineField, []tea.Msg{key(tea.KeyBackspace, "")}, ""},
		"delete":              {LineField, []tea.Msg{key(tea.KeyDelete, "")}, ""},
		"left, then a letter": {LineField, []tea.Msg{key(tea.KeyLeft, ""), key('5', "5")}, "105m"},
		"end, then a letter":  {LineField, []tea.Msg{key(tea.KeyEnd, ""), key('x', "x")}, "10mx"},
		"nothing":             {LineField, nil, "10m"},
		"a note":              {NoteField, []tea.Msg{key('x', "x")}, "10mx"},
		"a path":              {PathField, []tea.Msg{key('x', "x")}, "10mx"},
	} {
		u, _ := sit(t)
		f := NewForm(u, []*Field{{ID: "a", Kind: c.kind}}, map[string]string{"a": "10m"})
		for _, msg := range c.keys {
			f.Update(msg)
		}
		if got := f.Values()["a"]; got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// TestTypedBeforeIsSelected: what comes back into a line is selected as what was filled in is, and
// called what was typed before until it is changed; a text of several lines goes on.
func TestTypedBeforeIsSelected(t *testing.T) {
	key := func(code rune, text string) tea.Msg { return tea.KeyPressMsg{Code: code, Text: text} }
	for name, c := range map[string]struct {
		kind FieldKind
		keys []tea.Msg
		want string
		says bool
	}{
		"a letter":              {LineField, []tea.Msg{key('M', "M")}, "M", false},
		"left, then a letter":   {LineField, []tea.Msg{key(tea.KeyLeft, ""), key('x', "x")}, "234x5", false},
		"nothing":               {LineField, nil, "2345", true},
		"a note":                {NoteField, []tea.Msg{key('x', "x")}, "2345x", false},
		"a note, as it was":     {NoteField, nil, "2345", true},
		"as it was filled in":   {LineField, nil, "begun", false},
		"a choice is not typed": {ChoiceField, nil, "2345", false},
	} {
		u, _ := sit(t)
		f := NewForm(u, []*Field{{ID: "a", Label: "Who", Kind: c.kind, Choices: []Choice{{"begun", "b"}, {"2345", "c"}}}}, map[string]string{"a": "begun"})
		back := "2345"
		if c.want == "begun" {
			back = "begun"
		}
		f.Fill(map[string]string{"a": back})
		for _, msg := range c.keys {
			f.Update(msg)
		}
		lines, _ := f.View(60)
		if got := f.Values()["a"]; got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
		if says := strings.Contains(strings.Join(lines, "\n"), "typed before"); says != c.says {
			t.Errorf("%s: says that it was typed before: %v", name, says)
		}
	}
}

// TestTypeAhead: letters choose the choice that begins with all of them, not each letter
// its own.
func TestTypeAhead(t *testing.T) {
	choices := []Choice{}
	for _, title := range strings.Fields("unknown suspect unaffected affected shut-down restoring restored verified regressed") {
		choices = append(choices, Choice{title, title})
	}
	for typed, want := range map[string]string{
		"restored": "restored", "verified": "verified", "unaffected": "unaffected", "reg": "regressed", "r": "restoring", "rr": "restored", "rrr": "regressed",
		"s": "suspect", "sh": "shut-down", "shv": "verified", "shut d": "shut-down", "shut-d": "shut-down", "x": "unknown", "RESTORED": "restored",
	} {
		u, _ := sit(t)
		f := NewForm(u, []*Field{{ID: "a", Kind: ChoiceField, Choices: choices}}, nil)
		for _, r := range typed {
			f.Update(tea.KeyPressMsg{Code: r, Text: string(r)})
		}
		if got := f.Values()["a"]; got != want {
			t.Errorf("%q chooses %s, want %s", typed, got, want)
		}
		if !f.OK() {
			t.Errorf("%q: what is chosen is refused", typed)
		}
	}
}

// TestTypeAheadAtOnce: over a line with lag the letters come at once, as what was pasted does,
// and choose the same.
func TestTypeAheadAtOnce(t *testing.T) {
	for text, want := range map[string]string{"restored": "restored", "regr": "regressed", " Verified\r\n": "verified", "shut d": "shut-down", "": "unknown", "healthy": "unknown"} {
		u, _ := sit(t)
		f := NewForm(u, []*Field{{ID: "a", Kind: ChoiceField, Choices: []Choice{
			{"unknown", "unknown"}, {"shut-down", "shut-down"}, {"restored", "restored"}, {"verified", "verified"}, {"regressed", "regressed"},
		}}}, nil)
		f.Update(tea.PasteMsg{Content: text})
		if got := f.Values()["a"]; got != want {
			t.Errorf("%q chooses %s, want %s", text, got, want)
		}
		if said := f.Fields[0].wrong; (said != "") != (text == "healthy") {
			t.Errorf("%q: it says %q", text, said)
		}
	}
}

// TestOtherAlphabetFindsNothing: who types with another alphabet where nothing has it is told
// so, in choices and wherever something is found by typing.
func TestOtherAlphabetFindsNothing(t *testing.T) {
	f := &Field{Kind: ChoiceField, Choices: []Choice{{Value: "a", Title: "restored"}, {Value: "b", Title: "verified"}}}
	for key, want := range map[rune]string{'к': "None of them begins with “к”. The keyboard writes Cyrillic.", 'ω': "Greek", 'x': "begins with “x”."} {
		f.choose(tea.KeyPressMsg{Code: key, Text: string(key)})
		if !strings.Contains(f.wrong, want) || f.chosen != 0 {
			t.Errorf("%q: %q, choice %d", key, f.wrong, f.chosen)
		}
	}
	if f.choose(tea.KeyPressMsg{Code: 'v', Text: "v"}); f.chosen != 1 {
		t.Errorf("v chooses %d", f.chosen)
	}
	for text, want := range map[string]string{"сды": " The keyboard writes Cyrillic.", "xyz": "", "": ""} {
		if got := WhyNoMatch(text); got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
}
