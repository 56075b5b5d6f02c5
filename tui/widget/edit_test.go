package widget

import (
	"strings"
	"testing"
	"unicode/utf8"

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
	})
}
