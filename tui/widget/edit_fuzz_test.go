package widget

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"muster/state/clean"
)

// FuzzEdit: whatever is typed, pasted and moved, the cursor stands between two
// characters of a valid text that is no longer than it may be. Each byte of moves
// is a key.
func FuzzEdit(f *testing.F) {
	f.Add("two\r\nlines", []byte{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13})
	f.Add("e\u0301\u200b\u202e宽🇬🇧👩‍👩‍👧\xff", []byte{12, 12, 8, 6, 0, 13, 2, 4})
	f.Add(strings.Repeat("\n", 40), []byte{10, 10, 11, 12, 12, 12, 9})
	f.Add(strings.Repeat("a\u0300", 300), []byte{12, 12, 12, 12, 12, 12, 12, 12, 0, 3})
	keys := []func(Edit) Edit{
		Edit.Backspace, Edit.Delete, Edit.DeleteWord, Edit.DeleteToStart, Edit.DeleteToEnd, Edit.Left, Edit.Right, Edit.WordLeft,
		Edit.WordRight, Edit.Home, Edit.End, Edit.Up, Edit.Down,
	}
	f.Fuzz(func(t *testing.T, text string, moves []byte) {
		e := Edit{}.InsertLine(text)
		if strings.Contains(e.Text(), "\n") {
			t.Errorf("%q in a field of one line is %q", text, e.Text())
		}
		for _, move := range moves[:min(len(moves), 200)] {
			before, way := e, int(move)%(len(keys)+1)
			if way < len(keys) {
				e = keys[way](e)
			} else {
				e = e.Insert(text)
			}
			if !utf8.ValidString(e.text) || e.cursor < 0 || e.cursor > len(e.text) || !utf8.ValidString(e.Before()) || len(e.text) > maxEdit {
				t.Fatalf("key %d makes of %q at %d: %q at %d", way, before.text, before.cursor, e.text, e.cursor)
			}
		}
	})
}

// FuzzQuery: whatever is looked for in whatever there is, what is found is marked
// where it stands.
func FuzzQuery(f *testing.F) {
	f.Add("Ransomware or destructive intrusion", "ran int")
	f.Add("Straße İstanbul ſ K", "STRASSE ist k")
	f.Add("\x1b[31m\u202eevil\xff", "\u202eevil \xff e")
	f.Add("宽宽 🇬🇧 e\u0301", "宽 \u0301")
	f.Add("a", strings.Repeat("a ", 200))
	f.Fuzz(func(t *testing.T, item, query string) {
		index := NewIndex([]string{item, "plain", item + " again"})
		matches, total := index.Query(query)
		if len(matches) > total || total > index.Len() {
			t.Fatalf("%d of %d of %d", len(matches), total, index.Len())
		}
		for _, m := range matches {
			text := index.Item(m.Index)
			if !slices.IsSorted(m.Positions) || slices.ContainsFunc(m.Positions, func(at int) bool { return at < 0 || at >= len(text) || !utf8.RuneStart(text[at]) }) {
				t.Errorf("%q is found in %q at %v", query, text, m.Positions)
			}
			if drawn := Highlight(text, m.Positions, Style{}, Style{}); clean.Line(drawn) != clean.Line(text) {
				t.Errorf("%q is drawn as %q", text, drawn)
			}
		}
	})
}
