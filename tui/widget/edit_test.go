package widget

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"
)

// editKeys are the keys of the transcripts below.
func editKeys() map[string]func(Edit) Edit {
	return map[string]func(Edit) Edit{
		"backspace": Edit.Backspace, "delete": Edit.Delete, "word": Edit.DeleteWord,
		"kill-start": Edit.DeleteToStart, "kill-end": Edit.DeleteToEnd,
		"left": Edit.Left, "right": Edit.Right, "word-left": Edit.WordLeft, "word-right": Edit.WordRight,
		"home": Edit.Home, "end": Edit.End, "up": Edit.Up, "down": Edit.Down,
	}
}

// press starts with text, in which | is the cursor, and presses keys.
func press(text, keys string) string {
	before, after, _ := strings.Cut(text, "|")
	e := NewEdit(before + after).at(len(before))
	for _, key := range strings.Fields(keys) {
		if f, ok := editKeys()[key]; ok {
			e = f(e)
		} else {
			e = e.Insert(key)
		}
	}
	return e.text[:e.cursor] + "|" + e.text[e.cursor:]
}

func TestEdit(t *testing.T) {
	for _, c := range []struct{ text, keys, want string }{
		{"|", "a b c", "abc|"},
		{"a|c", "b", "ab|c"},
		{"|", "backspace left up word home kill-start", "|"},
		{"|", "delete right down word-right end kill-end", "|"},
		{"ab|c", "backspace", "a|c"},
		{"a|bc", "delete", "a|c"},
		{"ze\u0301|", "backspace", "z|"},
		{"👍🏽|", "backspace", "|"},
		{"a辻|", "left", "a|辻"},
		{"a\n|b", "backspace", "a|b"},
		{"a|\nb", "delete", "a|b"},
		{"kill switch at|", "word", "kill switch |"},
		{"kill switch  |", "word", "kill |"},
		{"one two|", "word-left word-left", "|one two"},
		{"|one two", "word-right", "one| two"},
		{"|one two", "word-right word-right word-right", "one two|"},
		{"a\nbc|d\ne", "home", "a\n|bcd\ne"},
		{"a\nbc|d\ne", "end", "a\nbcd|\ne"},
		{"a\nbc|d\ne", "kill-start", "a\n|d\ne"},
		{"a\nbc|d\ne", "kill-end", "a\nbc|\ne"},
		{"abc\nde|f", "up", "ab|c\ndef"},
		{"a\nbcd|", "up", "a|\nbcd"},
		{"ab|c", "up", "|abc"},
		{"ab|c\ndef", "down", "abc\nde|f"},
		{"abc|\nd", "down", "abc\nd|"},
		{"a|bc", "down", "abc|"},
		{"辻辻|\nabcdef", "down", "辻辻\nabcd|ef"},
		{"abc|\n辻辻", "down", "abc\n辻|辻"},
	} {
		if got := press(c.text, c.keys); got != c.want {
			t.Errorf("%q, %s: got %q, want %q", c.text, c.keys, got, c.want)
		}
	}
}

func TestEditPaste(t *testing.T) {
	for _, c := range []struct{ name, got, want string }{
		{"windows lines", NewEdit("a\r\nb\rc").Text(), "a\nb\nc"},
		{"invalid", NewEdit("a\xff").Text(), "a\uFFFD"},
		{"controls are kept", NewEdit("a\x1b[2J").Text(), "a\x1b[2J"},
		{"one line", Edit{}.InsertLine("a\r\nb\nc\n\n").Text(), "a b c"},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, c.got, c.want)
		}
	}
	if n := len(NewEdit(strings.Repeat("é", maxEdit)).Insert("x").Text()); n != maxEdit {
		t.Errorf("a huge paste leaves %d bytes", n)
	}
	if !NewEdit(" \n").IsEmpty() || NewEdit("x").IsEmpty() {
		t.Error("IsEmpty is wrong")
	}
}

// Whatever is typed, the cursor stands between characters and every drawing
// keeps its size.
func TestEditIsAlwaysValid(t *testing.T) {
	theme := NewTheme(Options{Dark: true})
	var names []string
	for name := range editKeys() {
		names = append(names, name)
	}
	rapid.Check(t, func(t *rapid.T) {
		e := Edit{}
		for range rapid.IntRange(0, 20).Draw(t, "keys") {
			if rapid.Bool().Draw(t, "types") {
				e = e.Insert(rapid.OneOf(rapid.String(), rapid.SampledFrom(hostileTexts())).Draw(t, "text"))
			} else {
				e = editKeys()[rapid.SampledFrom(names).Draw(t, "key")](e)
			}
			if !utf8.ValidString(e.text[:e.cursor]) || !utf8.ValidString(e.text) {
				t.Fatalf("cursor %d inside a character of %q", e.cursor, e.text)
			}
		}
		width := rapid.IntRange(1, 30).Draw(t, "width")
		for _, focus := range []bool{false, true} {
			lines := append(Area(theme, e, "type", focus, width, 3), Field(theme, e, "type", focus, width))
			for _, line := range lines {
				if _, kind := scan(line); ansi.StringWidth(line) != width || kind == unsafe {
					t.Fatalf("%q in %d cells is %q", e.text, width, line)
				}
			}
		}
	})
}

// shown replaces the cursor's styling by brackets.
func shown(line string) string {
	return strings.NewReplacer("\x1b[7m", "[", reset, "]").Replace(line)
}

func TestField(t *testing.T) {
	theme := plainTheme()
	theme.Caret = newStyle(0, 0, reverse)
	for _, c := range []struct {
		name  string
		edit  Edit
		focus bool
		want  string
	}{
		{"empty", Edit{}, false, "why?    "},
		{"empty, focus", Edit{}, true, "[w]hy?    "},
		{"at the end", NewEdit("ab"), true, "ab[ ]     "},
		{"inside", NewEdit("ab").Left(), true, "a[b]      "},
		{"no focus", NewEdit("ab"), false, "ab      "},
		{"scrolled", NewEdit("0123456789"), true, "3456789[ ]"},
		{"scrolled back", NewEdit("0123456789").Home(), true, "[0]1234567"},
		{"too long, no focus", NewEdit("0123456789"), false, "0123456…"},
		{"wide", NewEdit("辻辻辻辻"), true, " 辻辻辻[ ]"},
		{"hostile", NewEdit("\x1b]0;"), true, "␛]0;[ ]   "},
	} {
		if got := shown(Field(theme, c.edit, "why?", c.focus, 8)); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestArea(t *testing.T) {
	theme := plainTheme()
	theme.Caret = newStyle(0, 0, reverse)
	for _, c := range []struct {
		name string
		edit Edit
		want string
	}{
		{"empty", Edit{}, "[w]hy?  /      /      "},
		{"lines", NewEdit("ab\nc"), "ab    /c[ ]    /      "},
		{"wrapped", NewEdit("abcdefgh"), "abcdef/gh[ ]   /      "},
		{"full line", NewEdit("abcdef"), "abcdef/[ ]     /      "},
		{"scrolled", NewEdit("1\n2\n3\n4"), "2     /3     /4[ ]    "},
		{"scrolled back", NewEdit("1\n2\n3\n4").Up().Up().Up(), "1[ ]    /2     /3     "},
		{"cursor on a line's end", NewEdit("1\n2").Up(), "1[ ]    /2     /      "},
	} {
		if got := shown(strings.Join(Area(theme, c.edit, "why?", true, 6, 3), "/")); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
	if got := strings.Join(Area(theme, NewEdit("ab"), "", false, 3, 1), "/"); got != "ab " {
		t.Errorf("no focus: %q", got)
	}
	if Area(theme, Edit{}, "", true, 0, 3) != nil || Field(theme, Edit{}, "", true, 0) != "" {
		t.Error("no room draws something")
	}
}
